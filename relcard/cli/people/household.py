"""Households: list, suggest, join, split, set."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.people import show_household
from relcard.cli.people.contact_json import household_json
from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import NONE
from relcard.domain.feasts import find_feast
from relcard.domain.feasts import season_for
from relcard.domain.languages import has_words
from relcard.domain.people.careful_year import LONGEST_CAREFUL
from relcard.domain.seasons.season import State
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.read_household_page import read_household_page
from relcard.services.people.read_households import read_households
from relcard.services.people.state_households import HouseholdWords
from relcard.services.people.state_households import join_households
from relcard.services.people.state_households import set_role
from relcard.services.people.state_households import set_words
from relcard.services.people.state_households import split_households
from relcard.store import contacts
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

ROLES = ("organiser", "adult", "child", "pet")

_UNWRITTEN = (State.PLANNED, State.DRAFTED, State.PRINTED)


class _CarefulUntil(click.ParamType["date | Literal['no']"]):
    """The last day of a careful time, a day, a month or a year, "until" before it or not; or no."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | Literal["no"]:
        """Read the day; raises a usage error for one that is past or has no year."""
        if isinstance(value, date):
            return value
        words = value.split()
        if [word.casefold() for word in words] == ["no"]:
            return "no"
        if words[:1] and words[0].casefold() == "until":
            words = words[1:]
        last = params.PartOfDay(ahead=True).convert(" ".join(words), param, ctx).last_day
        if last is None:
            self.fail(f'"{value}" names no year; say until 2027-05, until 2027 or a day.', param, ctx)
        today = (ctx or click.get_current_context()).find_root().obj.today
        if not 0 <= (last - today).days <= LONGEST_CAREFUL:
            self.fail(f'"{value}" is not within the next two years; no ends a careful time.', param, ctx)
        return last


class _Feast(click.ParamType[str]):
    """A feast by any of its names, none, or "" where nothing is said."""

    name = "feast"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the feast; another word is refused with those there are."""
        if value in {"", NONE}:
            return value
        try:
            return find_feast(value).name
        except NotFoundError:
            self.fail(f'"{value}" is no feast; there are {", ".join(FEASTS)}, and none.', param, ctx)


class _Set(click.Command):
    """The command that takes "--careful until 2027-05" without quotes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave out the "until" that stands before a day."""
        left = [
            word for at, word in enumerate(args) if word != "until" or not at or args[at - 1] != "--careful"
        ]
        return super().parse_args(ctx, left)


@click.group(short_help="Who shares a letterbox, and what the envelope says.")
def household() -> None:
    """Say who shares a letterbox, and what the envelope says.

    A household is the people who get one envelope. relcard proposes households from addresses and names;
    your word beats every proposal.
    """


def read(desk: Desk, db: Connection, ids: Iterable[int] | None) -> list[HouseholdView]:
    """Return households as the user sees them."""
    return read_households(db, ids, desk.standpoint)


@household.command("list", short_help="List households.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List households with the name on the envelope."""
    with desk.reading() as db:
        views = read(desk, db, None)
    if as_json:
        output.say_json("households", [household_json(view) for view in views])
    elif views:
        heads = ("", "addressee", "circle", "place", "roles", "")
        output.table(heads, [_row(view) for view in views], flexible=1)
    else:
        output.say("  There are no households yet. Begin with: relcard import FILE.vcf")


def _row(view: HouseholdView) -> tuple[str, ...]:
    return (
        f"h{view.id}",
        view.addressee,
        view.circle.value if view.circle else "",
        _place(view),
        "; ".join(f"{member.given}: {member.role}" for member in view.members if member.role),
        "" if view.stated else "proposed",
    )


def _place(view: HouseholdView) -> str:
    if view.address is None:
        return "no address"
    town = view.address.locality or (view.address_lines[-1] if view.address_lines else "")
    return f"{town}, {view.country}" if view.country else town


@household.command(short_help="Show one household.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@click.option("--full", is_flag=True, help="Everything, however long.")
@params.as_json
@pass_desk
def show(desk: Desk, who_: tuple[str, ...], full: bool, as_json: bool) -> None:
    """Show one household: who lives there, what is known, what passed and what is due, as show h12 does."""
    with desk.reading() as db:
        page = read_household_page(db, who.one_household(db, " ".join(who_)), desk.standpoint)
    show_household.say(desk, page, full=full, as_json=as_json)


@household.command(short_help="Say what a contact is in the household.")
@click.argument("who_", metavar="WHO")
@click.argument("role_", metavar="ROLE", type=click.Choice([*ROLES, "none"]))
@pass_desk
def role(desk: Desk, who_: str, role_: str) -> None:
    """Say what a contact is in the household: organiser, adult, child, pet; none takes the word back.

    The organiser stands first on the envelope, children behind the adults; a pet stands on no envelope, but
    is greeted.
    """
    with desk.changing(f"household role {who_} {role_}") as db:
        contact_id = who.one_contact(db, who_)
        here = who.one_household(db, contacts.uid_of(db, contact_id))
        set_role(db, here, contact_id, None if role_ == "none" else role_, desk.standpoint)
        (view,) = read(desk, db, [here])
    _say(desk, view)


@household.command(short_help="Show which households are proposed, and why.")
@params.as_json
@pass_desk
def suggest(desk: Desk, as_json: bool) -> None:
    """Show the proposals you have not spoken on yet: several people behind one letterbox."""
    with desk.reading() as db:
        every = read(desk, db, None)
    views = [view for view in every if not view.stated and len(view.members) > 1]
    if as_json:
        output.say_json("households", [household_json(view) for view in views])
    elif views:
        _say_proposals(views)
    else:
        output.say("  There is no proposal to look at.")


def _say_proposals(views: list[HouseholdView]) -> None:
    """Say who is proposed to live together and why, and how the user says that it is right or wrong."""
    for view in views:
        output.say(f"  h{view.id}  {output.clean(view.addressee)}  {output.dim(output.clean(view.reason))}")
        names = ", ".join(member.name for member in view.members)
        for line in output.wrap(names, output.terminal_width() - 8):
            output.say(output.dim(f"        {line}"))
    last = output.clean(views[0].members[-1].name)
    wrong = f'relcard household split "{last}"'
    output.say()
    output.say(f"  Right:  {output.accent(f'relcard household join h{views[0].id}')}")
    output.say(f"  Wrong:  {output.accent(wrong)}")
    output.say(output.dim("  Your word is remembered: who was split is not proposed together again."))


@household.command(short_help="Say that contacts are one household.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@pass_desk
def join(desk: Desk, who_: tuple[str, ...]) -> None:
    """Say that contacts share a letterbox; with one household, that its proposal is right."""
    with desk.changing(f"household join {' '.join(who_)}") as db:
        contact_ids = who.some_contacts(db, who_)
        if len(contact_ids) < 2 and not who.is_household(who_[0]):
            raise UsageError("Who lives with whom?", hint="For example: relcard household join anna jan")
        (view,) = read(desk, db, [join_households(db, contact_ids)])
    _say(desk, view)


@household.command(short_help="Say that a contact lives elsewhere.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@pass_desk
def split(desk: Desk, who_: tuple[str, ...]) -> None:
    """Say that contacts have a letterbox of their own; several go out together, as one household."""
    with desk.changing(f"household split {' '.join(who_)}") as db:
        views = read(desk, db, split_households(db, who.some_contacts(db, who_)))
    for view in views:
        _say(desk, view)


_takes_words = params.gathered(
    HouseholdWords,
    "words",
    click.option("--addressee", metavar="NAME", help='On the envelope; "" takes the wish back.'),
    click.option("--salutation", metavar="WORDS", help='How the greeting begins; "" takes the wish back.'),
    click.option(
        "--formality",
        type=click.Choice(["informal", "formal"]),
        help="Of the greeting: du or Sie, tu or vous.",
    ),
    click.option("--language", metavar="CODE", help="Of their cards, such as en, de or pt-BR."),
    click.option(
        "--feast",
        metavar="FEAST|none",
        type=_Feast(),
        help='Whose card they get: hanukkah, newyear ...; none for no feast at all; "" as the season has it.',
    ),
    click.option("--cheer", type=click.Choice(["yes", "no"]), help="Cheerful words in their careful year."),
    click.option(
        "--careful",
        metavar="until DAY|no",
        type=_CarefulUntil(),
        help="No cheer until then, for mourning or illness: until 2027-05, until 2027; no ends it.",
    ),
    click.option("--since", type=params.FIRST_DAY, help="The first day of the careful time; else today."),
    click.option("--because", metavar="WORDS", help="Why they are in a careful time; for you alone."),
)


@household.command("set", cls=_Set, short_help="Say what the envelope and the greeting are to say.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@_takes_words
@pass_desk
def set_(desk: Desk, who_: tuple[str, ...], words: HouseholdWords) -> None:
    """Say what the envelope and the greeting are to say. Your wording always wins."""
    _check(who_[0], words)
    with desk.changing(f"household set {' '.join(who_)}") as db:
        here = who.some_households(db, who_)
        _check_for_several(here, words)
        for household_id in here:
            set_words(db, household_id, words, desk.standpoint)
        views = read(desk, db, here)
        still_in = _seasons_not_theirs(db, views) if words.feast is not None else []
    for view in views:
        _say(desk, view)
    for line in [] if desk.quiet else still_in:
        output.say_wrapped(line)
    if isinstance(words.careful, date) and not desk.quiet:
        until = output.plain_day(words.careful, desk.today)
        output.say(output.dim(f"  a careful year until {until}: no cheer"))


def _seasons_not_theirs(db: Connection, views: Iterable[HouseholdView]) -> list[str]:
    """Return a sentence for each open season of another feast than theirs that still has a card for them."""
    running = {row.name: row.season for row in seasons.every(db) if row.closed_on is None}
    return [
        f"h{view.id} is still in {name}: relcard season drop h{view.id} --season {name}"
        for view in views
        for name, state in seasons.open_of(db, view.id)
        if State(state) in _UNWRITTEN and season_for(running[name], view.feast) is None
    ]


def _check(who_: str, words: HouseholdWords) -> None:
    """Raise `UsageError` for nothing said, and for more of a careful time than when it ends."""
    until = words.careful if isinstance(words.careful, date) else None
    if until is None and (words.because is not None or words.since is not None):
        raise UsageError(
            "Until when is it a careful time?",
            hint=f'relcard household set {who_} --careful until 2027-05 --because "her mother"',
        )
    if until is not None and words.since is not None and words.since > until:
        raise UsageError(
            f"--since {words.since} is after {until}.", hint="A careful time begins before it ends."
        )
    if all(value is None for value in words):
        raise UsageError(
            "What is to be set?", hint='For example: relcard household set anna --addressee "The Kowalskis"'
        )


def _check_for_several(household_ids: Sequence[int], words: HouseholdWords) -> None:
    """Raise `UsageError` for an addressee or a salutation that several households would share."""
    if len(household_ids) > 1 and (words.addressee or words.salutation):
        raise UsageError(
            "An addressee and a salutation are of one household.",
            hint="Say them for each; --feast, --language, --formality and --careful take several.",
        )


def _say(desk: Desk, view: HouseholdView) -> None:
    if not desk.quiet:
        output.say(
            f"  h{view.id}  {output.clean(view.addressee)}  {output.dim(output.clean(view.salutation))}"
        )
        if not (view.wished_salutation or has_words(view.language)):
            output.say(
                output.dim(f"  no words for {output.clean(view.language)} yet: the greeting is English")
            )

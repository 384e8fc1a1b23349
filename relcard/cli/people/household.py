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
from relcard.domain.languages import has_words
from relcard.domain.people.careful_year import LONGEST_CAREFUL
from relcard.domain.people.careful_year import Careful
from relcard.errors import UsageError
from relcard.services.people.read_household_page import read_household_page
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.cli.desk import Desk
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

_STATED = "as you said"
ROLES = ("organiser", "adult", "child", "pet")


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


class _Set(click.Command):
    """The command that takes "--careful until 2027-05" without quotes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave out the "until" that stands before a day."""
        said = [
            word for at, word in enumerate(args) if word != "until" or not at or args[at - 1] != "--careful"
        ]
        return super().parse_args(ctx, said)


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
        return
    if not views:
        output.say("  There are no households yet. Begin with: relcard import FILE.vcf")
        return
    output.table(
        ("", "addressee", "circle", "place", "roles", ""),
        [
            (
                f"h{view.id}",
                view.addressee,
                view.circle.value if view.circle else "",
                _place(view),
                "; ".join(f"{member.given}: {member.role}" for member in view.members if member.role),
                "" if view.stated else "proposed",
            )
            for view in views
        ],
        flexible=1,
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
        contact = who.one_contact(db, who_)
        here = who.one_household(db, contacts.uid_of(db, contact))
        (view,) = read(desk, db, [here])
        if role_ == "organiser":
            for member in view.members:
                if member.role == role_:
                    households.set_role(db, member.contact_id, None)
        households.set_role(db, contact, None if role_ == "none" else role_)
        (view,) = read(desk, db, [here])
    _say(desk, view)


@household.command(short_help="Show which households are proposed, and why.")
@params.as_json
@pass_desk
def suggest(desk: Desk, as_json: bool) -> None:
    """Show the proposals you have not spoken on yet: several people behind one letterbox."""
    with desk.reading() as db:
        views = [one for one in read(desk, db, None) if not one.stated and len(one.members) > 1]
    if as_json:
        output.say_json("households", [household_json(view) for view in views])
        return
    if not views:
        output.say("  There is no proposal to look at.")
        return
    for view in views:
        output.say(f"  h{view.id}  {output.clean(view.addressee)}  {output.dim(output.clean(view.reason))}")
        for line in output.wrap(
            ", ".join(member.name for member in view.members), output.terminal_width() - 8
        ):
            output.say(output.dim(f"        {line}"))
    first = views[0].id
    output.say()
    output.say(f"  Right:  {output.accent(f'relcard household join h{first}')}")
    last = output.clean(views[0].members[-1].name)
    wrong = f'relcard household split "{last}"'
    output.say(f"  Wrong:  {output.accent(wrong)}")
    output.say(output.dim("  Your word is remembered: who was split is not proposed together again."))


@household.command(short_help="Say that contacts are one household.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@pass_desk
def join(desk: Desk, who_: tuple[str, ...]) -> None:
    """Say that contacts share a letterbox; with one household, that its proposal is right."""
    with desk.changing(f"household join {' '.join(who_)}") as db:
        found = who.some_contacts(db, who_)
        homes = [one for contact in found if (one := households.of_contact(db, contact)) is not None]
        if len(found) < 2 and not who.is_household(who_[0]):
            raise UsageError("Who lives with whom?", hint="For example: relcard household join anna jan")
        here = homes[0]
        for home in homes:
            households.carry_careful(db, home, here)
        for contact in found:
            households.put(db, contact, here)
        households.describe(db, here, stated=True, reason=_STATED)
        households.drop_empty(db, {home: here for home in homes if home != here})
        view = read(desk, db, [here])[0]
    _say(desk, view)


@household.command(short_help="Say that a contact lives elsewhere.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@pass_desk
def split(desk: Desk, who_: tuple[str, ...]) -> None:
    """Say that contacts have a letterbox of their own; several go out together, as one household."""
    with desk.changing(f"household split {' '.join(who_)}") as db:
        found = who.some_contacts(db, who_)
        left = {one for contact in found if (one := households.of_contact(db, contact)) is not None}
        for old in left:
            row = households.get(db, old)
            if row is not None and set(row.members) <= set(found):
                raise UsageError(
                    "Nobody would be left behind: there is nothing to split.",
                    hint="Name only those who live elsewhere.",
                )
            households.describe(db, old, stated=True, reason=_STATED)
        new = households.make(db, reason=_STATED, stated=True)
        for contact in found:
            households.put(db, contact, new)
        views = read(desk, db, [*sorted(left), new])
    for view in views:
        _say(desk, view)


@household.command("set", cls=_Set, short_help="Say what the envelope and the greeting are to say.")
@click.argument("who_", metavar="WHO")
@click.option("--addressee", metavar="NAME", help='On the envelope; "" takes the wish back.')
@click.option("--salutation", metavar="WORDS", help='How the greeting begins; "" takes the wish back.')
@click.option(
    "--formality", type=click.Choice(["informal", "formal"]), help="Of the greeting: du or Sie, tu or vous."
)
@click.option("--language", metavar="CODE", help="Of their cards, such as en, de or pt-BR.")
@click.option("--cheer", type=click.Choice(["yes", "no"]), help="Cheerful words in their careful year.")
@click.option(
    "--careful",
    metavar="until DAY|no",
    type=_CarefulUntil(),
    help="No cheer until then, for mourning or illness: until 2027-05, until 2027; no ends it.",
)
@click.option("--since", type=params.DAY, help="The first day of the careful time; else today.")
@click.option("--because", metavar="WORDS", help="Why they are in a careful time; for you alone.")
@pass_desk
def set_(
    desk: Desk,
    who_: str,
    addressee: str | None,
    salutation: str | None,
    formality: str | None,
    language: str | None,
    cheer: str | None,
    careful: date | Literal["no"] | None,
    since: date | None,
    because: str | None,
) -> None:
    """Say what the envelope and the greeting are to say. Your wording always wins."""
    if (because is not None or since is not None) and not isinstance(careful, date):
        raise UsageError(
            "Until when is it a careful time?",
            hint=f'relcard household set {who_} --careful until 2027-05 --because "her mother"',
        )
    if since is not None and isinstance(careful, date) and since > careful:
        raise UsageError(f"--since {since} is after {careful}.", hint="A careful time begins before it ends.")
    wishes = {
        key: " ".join(value.split()) or None  # one line of an envelope, whatever was pasted
        for key, value in (
            ("addressee", addressee),
            ("salutation", salutation),
            ("formality", formality),
            ("language", language),
        )
        if value is not None
    }
    if not wishes and cheer is None and careful is None:
        raise UsageError(
            "What is to be set?", hint='For example: relcard household set anna --addressee "The Kowalskis"'
        )
    with desk.changing(f"household set {who_}") as db:
        here = who.one_household(db, who_)
        households.set_wishes(db, here, wishes)
        if careful == "no":
            households.end_careful(db, here)
        elif careful is not None:
            reason = " ".join((because or _STATED).split())
            households.set_careful(db, here, Careful(_first_day(desk, db, here, since), careful, reason))
        if cheer is not None:
            if cheer == "yes" and read(desk, db, [here])[0].care is None:
                raise UsageError(
                    f"h{here} is in no careful year.", hint="Cheerful words are withheld from nobody."
                )
            households.set_cheer(db, here, desk.today if cheer == "yes" else None)
        view = read(desk, db, [here])[0]
        households.describe(db, here, stated=True, reason=_STATED)
    _say(desk, view)
    if isinstance(careful, date) and not desk.quiet:
        output.say(output.dim(f"  a careful year until {output.plain_day(careful, desk.today)}: no cheer"))


def _first_day(desk: Desk, db: Connection, household_id: int, said: date | None) -> date:
    """Return the first day of a careful time: as said, else of the one that goes on, else today."""
    care = read(desk, db, [household_id])[0].care
    return said or min(desk.today, care.since if care else desk.today)


def _say(desk: Desk, view: HouseholdView) -> None:
    if not desk.quiet:
        output.say(
            f"  h{view.id}  {output.clean(view.addressee)}  {output.dim(output.clean(view.salutation))}"
        )
        if not (view.wished_salutation or has_words(view.language)):
            output.say(
                output.dim(f"  no words for {output.clean(view.language)} yet: the greeting is English")
            )

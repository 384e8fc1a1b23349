"""Rites: wedding, parting, death, birth, move, leaves-home; one guided step each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.people.rite_dialogue import asked_address
from relcard.cli.people.rite_dialogue import asks
from relcard.cli.people.rite_dialogue import perform
from relcard.cli.people.rite_dialogue import said_address
from relcard.domain.people.contact import fold
from relcard.domain.people.rites import Birth
from relcard.domain.people.rites import Death
from relcard.domain.people.rites import LeavesHome
from relcard.domain.people.rites import Move
from relcard.domain.people.rites import Parting
from relcard.domain.people.rites import Wedding
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.dates import PartialDate
    from relcard.store.file.database import Connection

_one_other = (
    click.argument("one", metavar="WHO"),
    click.argument("other", metavar="WHO"),
)


def _two(command: Callable[..., None]) -> Callable[..., None]:
    for argument in reversed(_one_other):
        command = argument(command)
    return command


def _address(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of an address."""
    for name, metavar, words in (
        ("country", "COUNTRY", "By any of its names, or its code; else yours."),
        ("postcode", "CODE", "As the post of the country writes it."),
        ("region", "REGION", "Where addresses there name one: a state, a county."),
        ("town", "TOWN", "The town or village."),
        ("extra", "WORDS", "A flat, or the name of a house."),
        ("street", "STREET", "With its number."),
    ):
        command = click.option(f"--{name}", metavar=metavar, default="", help=words)(command)
    return command


_yes = click.option("--yes", is_flag=True, help="On a terminal: do it without asking once more.")


@click.group(short_help="When lives change: wedding, death, birth, move.")
def rite() -> None:
    """Tell relcard that a life has changed, in one guided step that undo takes back whole.

    People move between households; addressee, salutation, reminders and tone change with them, and what
    passed between you stays with each. You see first what will change. What only you know is asked on a
    terminal, and is an option everywhere.
    """


@rite.command(short_help="Two contacts become one household.")
@_two
@click.option("--surname", metavar="NAME", multiple=True, help="They bear now; twice: one each.")
@click.option("--on", type=params.PART_OF_DAY, metavar="DAY", help="The day: kept as their anniversary.")
@click.option("--at", "at", metavar="WHO", help="At whose address they live.")
@_yes
@params.dry_run
@params.as_json
@pass_desk
def wedding(
    desk: Desk,
    /,
    one: str,
    other: str,
    surname: tuple[str, ...],
    on: PartialDate | None,
    at: str | None,
    **how: bool,
) -> None:
    """Make two contacts one household, at the address of one of them.

    Each keeps their name unless you say --surname. Children and pets come along with someone who was the only
    adult of a household.
    """
    if len(surname) > 2:
        raise UsageError("Two people bear two surnames at most.", hint="Say --surname once, or twice.")
    with desk.reading() as db:
        both = (who.one_contact(db, one), who.one_contact(db, other))
        home = _among(db, at, both)
    if not surname and asks(how):
        typed = click.prompt(
            "Which surname do both bear? (Enter: each their own)", default="", show_default=False, err=True
        )
        surname = (typed.strip(),) if typed.strip() else ()
    wed = Wedding(one=both[0], other=both[1], surnames=surname, on=on, host=home)
    perform(desk, f"wedding {one} {other}", wed, how)


@rite.command(short_help="A couple becomes two households.")
@_two
@click.option("--stays", metavar="WHO", help="Who stays at the address.")
@click.option("--children", metavar="WHO", help="With whom the children live.")
@_yes
@params.dry_run
@params.as_json
@pass_desk
def parting(
    desk: Desk, /, one: str, other: str, stays: str | None, children: str | None, **how: bool
) -> None:
    """Make a couple two households, each in a careful year.

    What passed between you stays with each of them. Nobody is congratulated on their wedding day any more.
    """
    with desk.reading() as db:
        both = (who.one_contact(db, one), who.one_contact(db, other))
        apart = Parting(
            one=both[0], other=both[1], stays=_among(db, stays, both), children=_among(db, children, both)
        )
    perform(desk, f"parting {one} {other}", apart, how)


@rite.command(short_help="Someone has died.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@click.option("--on", type=params.PART_OF_DAY, metavar="DAY", help="The day, or as much as you know of it.")
@click.option(
    "--keep-name/--drop-name", "keeps_name", default=None, help="Whether the envelope goes on to name both."
)
@_yes
@params.dry_run
@params.as_json
@pass_desk
def death(
    desk: Desk, /, who_: tuple[str, ...], on: PartialDate | None, keeps_name: bool | None, **how: bool
) -> None:
    """Say that someone has died: the day is one to remember, and nothing congratulates any more.

    Birthdays and reminders to call end, the age stops. Whoever is left has a careful year, in which no
    cheerful template is used without your clear yes: relcard household set WHO --cheer yes.
    """
    words = " ".join(who_)
    with desk.reading() as db:
        contact = who.one_contact(db, words)
    if on is None and asks(how):
        typed = click.prompt(
            "When? A day, or as much as you know (Enter: this year)", default="", show_default=False, err=True
        )
        on = (
            params.PART_OF_DAY.convert(typed.strip(), None, click.get_current_context())
            if typed.strip()
            else None
        )
    perform(desk, f"death {words}", Death(who=contact, on=on, keeps_name=keeps_name), how)


@rite.command(short_help="A child is born.")
@click.argument("who_", metavar="PARENT...", nargs=-1, required=True)
@click.option("--name", metavar="NAME", required=True, help="With the surname, or the given name alone.")
@click.option("--on", type=params.PART_OF_DAY, metavar="DAY", required=True, help="The birthday.")
@click.option("--surname", metavar="NAME", help="Where the parents bear different ones.")
@click.option("--at", "at", metavar="WHO", help="With whom the child lives, where the parents live apart.")
@_yes
@params.dry_run
@params.as_json
@pass_desk
def birth(
    desk: Desk,
    /,
    who_: tuple[str, ...],
    name: str,
    on: PartialDate,
    surname: str | None,
    at: str | None,
    **how: bool,
) -> None:
    """Add a child that is born: a new contact with a birthday, in the household of its parents."""
    with desk.reading() as db:
        parents = tuple(dict.fromkeys(who.one_contact(db, one) for one in who_))
        home = _among(db, at, parents)
    if not name.strip():
        raise UsageError("What is the child called?", hint="For example: --name Ola")
    born = Birth(parents=parents, name=name.strip(), on=on, surname=surname, lives_with=home)
    perform(desk, f"birth {' '.join(who_)}", born, how)


@rite.command(short_help="Contacts have a new address.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@_address
@click.option("--in-with", metavar="WHO", help="They move in with somebody.")
@click.option("--everybody/--only", "everybody", default=None, help="Whether their household moves along.")
@_yes
@params.dry_run
@params.as_json
@pass_desk
def move(
    desk: Desk,
    /,
    who_: tuple[str, ...],
    in_with: str | None,
    everybody: bool | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    **parts: str,
) -> None:
    """Give contacts a new address from today; h3 is a whole household.

    The old address is kept as a past one.
    """
    how = {"yes": yes, "dry_run": dry_run, "as_json": as_json}
    with desk.reading() as db:
        movers = tuple(who.some_contacts(db, who_))
        joins = who.one_contact(db, in_with) if in_with else None
        if all(map(who.is_household, who_)):
            movers = _alive(db, movers) or movers
    address = said_address(desk, parts)
    if address is not None and joins is not None:
        raise UsageError("In with somebody, or to an address: say one.", hint="Leave the address out.")
    if address is None and joins is None and asks(how):
        address = asked_address(desk)
    moved = Move(who=movers, address=address, joins=joins, everybody=everybody)
    perform(desk, f"move {' '.join(who_)}", moved, how)


@rite.command("leaves-home", short_help="Someone has a household of their own now.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@_address
@_yes
@params.dry_run
@params.as_json
@pass_desk
def leaves_home(
    desk: Desk, /, who_: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool, **parts: str
) -> None:
    """Give someone a household of their own, and a card of their own from the next season on.

    The address may follow later: relcard rite move WHO.
    """
    words = " ".join(who_)
    with desk.reading() as db:
        contact = who.one_contact(db, words)
    left = LeavesHome(who=contact, address=said_address(desk, parts))
    perform(desk, f"leaves-home {words}", left, {"yes": yes, "dry_run": dry_run, "as_json": as_json})


def _among(db: Connection, words: str | None, people: Sequence[int]) -> int | None:
    """Return which of the people of a rite is meant; another contact is refused."""
    if not words:
        return None
    parts = fold(words).split()
    names = contacts.names(db, people)
    uids = {person: contacts.uid_of(db, person) for person in people}
    matching = [
        person
        for person in people
        if uids[person] == words or all(part in fold(names[person]).split() for part in parts)
    ]
    if len(matching) != 1:
        raise UsageError(
            f'"{words}" is not plainly one of {" and ".join(names[person] for person in people)}.',
            hint="Say the whole name of one of them.",
        )
    return matching[0]


def _alive(db: Connection, people: Sequence[int]) -> tuple[int, ...]:
    return tuple(resident.contact_id for resident in households.residents(db, people) if not resident.died_on)

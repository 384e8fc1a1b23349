"""A card that came: whose it is, and what its envelope told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.seasons.card_states import check_any
from relcard.cli.seasons.card_states import check_take_back
from relcard.cli.seasons.card_states import check_whose
from relcard.cli.seasons.received_page import EnvelopeWords
from relcard.cli.seasons.received_page import ReceivedCards
from relcard.cli.seasons.received_page import ask_envelope
from relcard.cli.seasons.received_page import is_somebody_there
from relcard.cli.seasons.received_page import say_received
from relcard.cli.seasons.received_page import say_received_json
from relcard.cli.seasons.recipients import households_meant
from relcard.cli.seasons.recipients import recipients_of
from relcard.cli.seasons.whom import some_who
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.seasons.card_pictures import read_pictures
from relcard.services.seasons.letterbox import Came
from relcard.services.seasons.letterbox import take_in
from relcard.services.seasons.move_cards import take_received_back
from relcard.services.seasons.open_envelope import last_address
from relcard.services.seasons.read_season import find_season

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection

_takes_envelope = params.gathered(
    EnvelopeWords,
    "said",
    click.option(
        "--line", metavar="TEXT", help="A line worth keeping, for next year's crib; '' takes it off."
    ),
    click.option(
        "--address", metavar="LINE", help='The new address, "1 High Street, Leeds LS1 4DY"; or same.'
    ),
    click.option("--name", "names", metavar="NAME", multiple=True, help='A new name: "Anna = Anna Smith".'),
    click.option("--child", "children", metavar="NAME", multiple=True, help='New: Lena, "Lena 2026-05-03".'),
    click.option(
        "--picture", "pictures", metavar="FILE", multiple=True, help="A picture of the card: front, inside."
    ),
    click.option("--no-answer", is_flag=True, help="Of whom is not in the season: there will be no card."),
)


@click.command(short_help="Record a card that came, and their line.")
@some_who
@click.option("--all", "everybody", is_flag=True, help="Every card of the season that has not come yet.")
@_takes_envelope
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day it came; else today.")
@click.option("--take-back", is_flag=True, help="It is not so: said by mistake, however long ago.")
@params.season
@params.as_json
@pass_desk
def received(
    desk: Desk,
    who_: tuple[str, ...],
    everybody: bool,
    said: EnvelopeWords,
    on: date | None,
    season: str | None,
    take_back: bool,
    as_json: bool,
) -> None:
    """Record a card that came from them; one that comes unannounced puts them into the season.

    Of one card that is named, a terminal asks in one breath what the envelope tells: the same address, a new
    name, a line worth keeping, a new child; Enter leaves a question out, and with an option nothing is asked.
    Whose circle is none stays out of the season until you put them in.
    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23.
    """
    if take_back:
        _take_received_back(desk, who_, season, plain=not everybody and said.is_nothing and on is None)
        return
    day = on or desk.today
    if day > desk.today:
        raise UsageError(f"{day} has not come yet.", hint="Say that a card came when it has come.")
    check_whose("received", who_, "--all" if everybody else "")
    typed = " ".join(who_) or "--all"
    if said.is_nothing and not everybody and is_somebody_there(desk, as_json=as_json):
        who_, said = _asked(desk, who_, season)
    several = read_pictures(map(Path, said.pictures))
    came = Came(day, said.line, said.news, several, answered=not said.no_answer)
    with desk.changing(f"received {typed}") as db:
        cards = _take_in(desk, db, season, who_, came)
    if as_json:
        say_received_json(cards)
    elif not desk.quiet:
        say_received(cards, desk.today)


def _asked(desk: Desk, who_: tuple[str, ...], name: str | None) -> tuple[tuple[str, ...], EnvelopeWords]:
    """Ask what the envelope of one household tells; of several, nothing."""
    with desk.reading() as db:
        here = find_season(db, name, closed_too=True)
        recipients = recipients_of(desk, db, here)
        ids = households_meant(db, here, recipients, who_)
        views = read_households(db, ids, desk.standpoint)
        last = last_address(db, views[0]) if len(views) == 1 else None
    if len(views) != 1:
        return tuple(f"h{view.id}" for view in views), EnvelopeWords()
    (view,) = views
    is_expected = view.id in {recipient.household.id for recipient in recipients}
    said = ask_envelope(view, last, desk.today, season="" if is_expected else here.name)
    return (f"h{view.id}",), said


def _take_in(
    desk: Desk, db: Connection, name: str | None, who_: tuple[str, ...], came: Came
) -> ReceivedCards:
    """Keep that cards came, of nobody named of all who have not written, and what an envelope told."""
    here = find_season(db, name, closed_too=True)
    recipients = recipients_of(desk, db, here)
    if not who_:
        silent = [recipient for recipient in recipients if not recipient.season_row.received_on]
        check_any(silent, here, "received")
        ids = [recipient.household.id for recipient in silent]
    else:
        ids = [*households_meant(db, here, recipients, who_)]
    taken = take_in(db, desk.store, here, ids, came, desk.standpoint)
    told = [("pictures", f"relcard picture h{ids[0]}")] if came.pictures else []
    now = [recipient for recipient in recipients_of(desk, db, here) if recipient.household.id in ids]
    return ReceivedCards(now, taken.outside, [*told, *taken.told])


def _take_received_back(desk: Desk, who_: tuple[str, ...], name: str | None, *, plain: bool) -> None:
    """Forget that the cards of those named came."""
    check_take_back("received", who_, plain=plain)
    with desk.changing(f"received --take-back {' '.join(who_)}") as db:
        here = find_season(db, name, closed_too=True)
        recipients = recipients_of(desk, db, here)
        rows = {recipient.household.id: recipient.row for recipient in recipients}
        views = read_households(db, households_meant(db, here, recipients, who_), desk.standpoint)
        take_received_back(db, here, views, rows)
    if not desk.quiet:
        output.say_wrapped(f"not received: {output.some_names([view.addressee for view in views])}")

"""What the post brought: cards that came, envelopes that came back, and from whom they are likely to be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.seasons.season import State
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.name_households import name_households
from relcard.services.seasons.card_pictures import keep_pictures
from relcard.services.seasons.move_cards import check_lived_in
from relcard.services.seasons.move_cards import let_in
from relcard.services.seasons.move_cards import receive_cards
from relcard.services.seasons.move_cards import return_cards
from relcard.services.seasons.open_envelope import keep_news
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season
from relcard.store import households
from relcard.store import pictures
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.name_households import NamedHousehold
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.open_envelope import EnvelopeNews
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

_MOST = 60  # households that a list names
_SENT = (State.WRITTEN.value, State.POSTED.value)


class Came(NamedTuple):
    """A card that came: its day, the line worth keeping, what its envelope told, pictures as they are kept.

    Who is not in the season and is not to be `answered` stays out of it.
    """

    on: date
    line: str | None = None
    news: EnvelopeNews | None = None
    pictures: Sequence[bytes] = ()
    answered: bool = True


class TakenIn(NamedTuple):
    """The households that stay out of the season, and what an envelope changed, in pairs of words."""

    outside: list[HouseholdView]
    told: list[tuple[str, str]]


def take_in(
    db: Connection,
    store: str,
    season: SeasonRow,
    household_ids: Sequence[int],
    came: Came,
    standpoint: Standpoint,
) -> TakenIn:
    """Keep that cards of a season came, inside the caller's step; who is not in it comes into it.

    Raises `UsageError` where what an envelope told, or a picture, would be of several.
    """
    if len(household_ids) > 1 and (came.pictures or came.news):
        raise UsageError(
            "What an envelope tells, and a picture, is of one household.",
            hint="Name one card, and say the others apart.",
        )
    expected = {row.household_id for row in seasons.recipients(db, season.id)}
    unannounced = [household_id for household_id in household_ids if household_id not in expected]
    outside = let_in(db, season, unannounced, standpoint, on=came.on, line=came.line, answered=came.answered)
    inside = [each for each in read_season(db, season, standpoint) if each.household.id in household_ids]
    receive_cards(db, season, inside, on=came.on, line=came.line)
    if came.pictures:
        card = pictures.Card(pictures.CARD, str(came.on), season.id)
        keep_pictures(db, store, household_ids[0], card, came.pictures, today=standpoint.today)
    told = keep_news(db, household_ids[0], came.news, standpoint) if came.news else []
    return TakenIn(outside, told)


def take_in_between(db: Connection, store: str, home: HouseholdView, came: Came) -> None:
    """Keep a card that came between two seasons, with its day, inside the caller's step.

    Raises `UsageError` for a household of which nobody is living.
    """
    check_lived_in(home)
    for member in home.hosts:
        relationships.add_interaction(
            db,
            member.contact_id,
            channel="card",
            direction=relationships.FROM_THEM,
            on=came.on,
            text=came.line or "",
        )
    if came.pictures:
        keep_pictures(
            db, store, home.id, pictures.Card(pictures.CARD, str(came.on)), came.pictures, today=came.on
        )


def take_back_in(
    db: Connection,
    store: str,
    season: SeasonRow,
    recipients: Sequence[Recipient],
    several: Sequence[bytes],
    *,
    today: date,
) -> None:
    """Keep that cards of a season came back, with pictures of one envelope, inside the caller's step.

    Raises `UsageError` where the pictures would be of several envelopes.
    """
    if several and len(recipients) != 1:
        raise UsageError("A picture is of one envelope.", hint="Name one card, and say the others apart.")
    return_cards(db, season, recipients, today=today)
    if several:
        envelope = pictures.Card(pictures.ENVELOPE, str(today), season.id)
        keep_pictures(db, store, recipients[0].household.id, envelope, several, today=today)


class Sender(NamedTuple):
    """A household that a card may be from: whether you wrote to it, and whether its card has come."""

    household: NamedHousehold
    is_written: bool
    has_come: bool


def likely_senders(db: Connection, standpoint: Standpoint, words: str = "") -> list[Sender]:
    """Return the first households a card may be from: those to whom you wrote and who are silent, by name.

    With words, only those of whom the words may mean somebody; without, those of the season alone.
    """
    here = [season for season in _seasons_of_post(db) if not _is_over(season, standpoint.today)]
    rows = {row.household_id: row for season in here for row in seasons.recipients(db, season.id)}
    ids = households.ids_called(db, fold(words).split(), _MOST) if words.strip() else rows
    written = {number for number, row in rows.items() if row.state in _SENT}
    came = {number for number, row in rows.items() if row.received_on is not None}
    # Of a thousand households of a season only those that are shown are named.
    likely = sorted(households.by_name(db, ids), key=lambda number: (number in came, number not in written))
    senders = [
        Sender(named, is_written=named.id in written, has_come=named.id in came)
        for named in name_households(db, likely[:_MOST], standpoint)
        if named.is_living
    ]
    return sorted(
        senders, key=lambda sender: (sender.has_come, not sender.is_written, sender.household.shelf)
    )


class Awaited(NamedTuple):
    """What may come of a household: in which season, the day its card came, whether yours may come back.

    Where the season is over a card that comes is none of it; yours may still come back.
    """

    season: SeasonRow
    received_on: date | None
    may_come_back: bool
    is_over: bool


def awaited(db: Connection, household_id: int, *, today: date) -> Awaited | None:
    """Return what may come of a household: in the season it is in, else in the latest; None without any."""
    here = _seasons_of_post(db)
    for season in here:
        for row in seasons.recipients(db, season.id, household_id):
            is_over = _is_over(season, today)
            received_on = None if is_over else row.received_on
            return Awaited(season, received_on, State(row.state) is State.POSTED, is_over)
    return Awaited(here[0], None, may_come_back=False, is_over=_is_over(here[0], today)) if here else None


def _is_over(season: SeasonRow, today: date) -> bool:
    """Whether a season is closed, and a card that comes now would be too late to be of it."""
    return season.closed_on is not None and today > season.season.last_card


def _seasons_of_post(db: Connection) -> list[SeasonRow]:
    """Return the seasons that cards come in: the open one, of several all, without any the latest."""
    try:
        return [find_season(db, None, closed_too=True)]
    except NotFoundError:
        return []
    except UndecidedError:
        return [row for row in seasons.every(db) if row.closed_on is None]

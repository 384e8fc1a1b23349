"""How far the cards of a season are: written, posted, received, returned, each inside the caller's step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.people.letterbox import letterbox
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import move
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.store import pictures
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import RecipientRow
    from relcard.store.seasons import SeasonRow

_HOW_FAR = "relcard season list shows how far each is."


def move_cards(
    db: Connection,
    season: SeasonRow,
    recipients: Iterable[Recipient],
    to: State,
    *,
    today: date,
    line: str | None,
) -> None:
    """Say that cards are written or posted, with the line written on them. Raises `UsageError`."""
    for recipient in recipients:
        seasons.set_state(db, recipient.season_row.id, move(recipient.state, to).value)
        if to is State.WRITTEN and recipient.state is not State.WRITTEN:
            seasons.set_written_on(db, recipient.season_row.id, today)
        _log_card(db, recipient.household, season, relationships.TO_THEM, today, line)


def take_state_back(db: Connection, season: SeasonRow, recipients: Iterable[Recipient], of: State) -> None:
    """Take one step of cards back: a posted card is a written one, a written one waits for its words.

    Raises `UsageError` for a card that is not so far, or farther.
    """
    for recipient in recipients:
        row = recipient.season_row
        _check_state(recipient, of)
        before = State.WRITTEN
        if of is State.WRITTEN:
            before = State.PLANNED if row.front is None else State.DRAFTED
            _forget_card(db, recipient.household, season, relationships.TO_THEM)
            seasons.set_written_on(db, row.id, None)
        seasons.set_state(db, row.id, before.value)


def _check_state(recipient: Recipient, state: State) -> None:
    if recipient.state is not state:
        raise UsageError(
            f"The card to {recipient.household.addressee} is {recipient.state.value}, not {state.value}.",
            hint=_HOW_FAR,
        )


def let_in(
    db: Connection,
    season: SeasonRow,
    household_ids: Iterable[int],
    standpoint: Standpoint,
    *,
    on: date,
    line: str | None,
    answered: bool = True,
) -> list[HouseholdView]:
    """Put households whose card came unannounced into the season; return those who stay out.

    Who gets no card, as the user said of the circle or now (not `answered`), owes and is owed none: only what
    came is kept. Raises `UsageError` for a household of which nobody is living.
    """
    outside = []
    for view in read_households(db, household_ids, standpoint):
        check_lived_in(view)
        if view.circle is Circle.NONE or not answered:
            outside.append(view)
            _log_card(db, view, season, relationships.FROM_THEM, on, line)
        else:
            seasons.add_recipient(db, season.id, view.id, "their card came", by_their_card=True)
    return outside


def check_lived_in(view: HouseholdView) -> None:
    """Raise `UsageError` for a household of which nobody is living: no card comes from it."""
    if not view.is_lived_in:
        raise UsageError(
            f"{view.addressee}: {NOBODY_LIVING}.",
            hint="Name who wrote; if the death was a mistake, take its day away: relcard edit WHO",
        )


def receive_cards(
    db: Connection, season: SeasonRow, recipients: Iterable[Recipient], *, on: date, line: str | None
) -> None:
    """Say that cards came from recipients of the season, with the line that stands on them."""
    for recipient in recipients:
        seasons.set_received(db, recipient.season_row.id, on)
        _log_card(db, recipient.household, season, relationships.FROM_THEM, on, line)


def take_received_back(
    db: Connection,
    season: SeasonRow,
    views: Iterable[HouseholdView],
    rows: Mapping[int, RecipientRow | None],
) -> None:
    """Forget that cards came, with their pictures; `rows` are the season's by household.

    Who was in the season for that alone leaves it, unless a card is under way. Raises `UsageError` where none
    came.
    """
    for view in views:
        row = rows.get(view.id)
        was_logged = _forget_card(db, view, season, relationships.FROM_THEM)
        members = [member.contact_id for member in view.members]
        pictures.remove_of_season(db, members, season.id, pictures.CARD)
        if not was_logged and (row is None or row.received_on is None):
            raise UsageError(
                f"No card of {view.addressee} has come.", hint="relcard season list says whose has."
            )
        if row is not None:
            seasons.set_received(db, row.id, None)
            if row.by_their_card and State(row.state) is State.PLANNED:
                seasons.drop_recipient(db, row.id)


def return_cards(db: Connection, season: SeasonRow, recipients: Iterable[Recipient], *, today: date) -> None:
    """Say that cards came back: their addresses are retired, and a note says whence. Raises `UsageError`."""
    for recipient in recipients:
        household, state = recipient.household, recipient.state
        if state not in (State.POSTED, State.RETURNED):
            raise UsageError(
                f"The card to {household.addressee} is {state.value}: it has not been posted.",
                hint=f"First say that it went: relcard posted h{household.id}",
            )
        seasons.set_state(db, recipient.season_row.id, move(state, State.RETURNED).value)
        if household.address is None:
            raise UsageError(
                f"{household.addressee} has no address a card could come back from.",
                hint="relcard season list shows how far each card is.",
            )
        members = [member.contact_id for member in household.members]
        # A summer house stays in use when a card came back from the home.
        seasons.retire_addresses(
            db, members, season=season.name, today=today, letterbox=letterbox(household.address)
        )
        relationships.add_note(db, members[0], _came_back(season, household), on=today)


def take_returned_back(
    db: Connection, season: SeasonRow, recipients: Iterable[Recipient], standpoint: Standpoint
) -> None:
    """Say that cards did not come back: they are posted, and their addresses are used again.

    Raises `UsageError` for a card that is not returned, or was written again since.
    """
    for recipient in recipients:
        _check_state(recipient, State.RETURNED)
        seasons.set_state(db, recipient.season_row.id, State.POSTED.value)
        members = [member.contact_id for member in recipient.household.members]
        seasons.use_addresses_again(db, members, season=season.name)
        pictures.remove_of_season(db, members, season.id, pictures.ENVELOPE)
        arrive_by = season.season.arrive_by
        for household in read_households(db, [recipient.household.id], standpoint, on=arrive_by):
            relationships.forget_note(db, members, _came_back(season, household))


def _came_back(season: SeasonRow, household: HouseholdView) -> str:
    """Return the note on a card that came back."""
    return f"the card of {season.name} came back from {', '.join(household.address_lines)}"


def _log_card(
    db: Connection, household: HouseholdView, season: SeasonRow, direction: str, day: date, line: str | None
) -> None:
    """Record the card once for each living member: a later step moves its day and may add the line."""
    for member in household.hosts:
        relationships.put_season_card(
            db, member.contact_id, season_id=season.id, direction=direction, on=day, text=line
        )


def _forget_card(db: Connection, household: HouseholdView, season: SeasonRow, direction: str) -> bool:
    """Take the record of the card from every member; return whether there was one."""
    members = [member.contact_id for member in household.members]
    return relationships.remove_season_card(db, members, season_id=season.id, direction=direction)

"""The years changed on a page: cards of many households and years, in the one step the caller holds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.seasons.season import State
from relcard.domain.seasons.years import YearCard
from relcard.domain.seasons.years_page import PageRow
from relcard.services.people.read_households import read_households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import years as year_cards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.seasons.years_page import YearChange
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_years import HouseholdYears
    from relcard.store.file.database import Connection


class EditedYears(NamedTuple):
    """What a page changed: households by id, how many cards and lines, and which households are gone."""

    households: tuple[int, ...]
    came: int
    sent: int
    lines: int
    taken_back: int
    gone: tuple[int, ...]


def page_rows(rows: Iterable[HouseholdYears]) -> list[PageRow]:
    """Return households as the page of years has them."""
    return [
        PageRow(row.id, row.addressee, row.cells, {year: lines.came for year, lines in row.lines.items()})
        for row in rows
    ]


def edit_years(db: Connection, changes: Sequence[YearChange], standpoint: Standpoint) -> EditedYears:
    """Keep what a page changed. The store was free meanwhile: a household that went is left out and named."""
    wanted = dict.fromkeys(change.household_id for change in changes)
    views = {view.id: view for view in read_households(db, wanted, standpoint)}
    kept = [change for change in changes if change.household_id in views]
    for change in kept:
        _change(db, views[change.household_id], change, standpoint)
    return EditedYears(
        households=tuple(household_id for household_id in wanted if household_id in views),
        came=sum(change.came is True for change in kept),
        sent=sum(change.sent is True for change in kept),
        lines=sum(change.line is not None for change in kept),
        taken_back=sum((change.came is False) + (change.sent is False) for change in kept),
        gone=tuple(household_id for household_id in wanted if household_id not in views),
    )


def _change(db: Connection, view: HouseholdView, change: YearChange, standpoint: Standpoint) -> None:
    if change.sent is not None:
        _set_way(db, view, change.year, relationships.TO_THEM, change.sent, standpoint)
    if change.came is not None:
        _set_way(db, view, change.year, relationships.FROM_THEM, change.came, standpoint)
    if change.line is not None:
        members = [member.contact_id for member in view.members]
        year_cards.set_line(db, members, change.year, relationships.FROM_THEM, change.line)


def _set_way(
    db: Connection, view: HouseholdView, year: int, direction: str, is_so: bool, standpoint: Standpoint
) -> None:
    """Say of one way of a year that a card went or came, or that none did; the year's season follows."""
    recipients = year_cards.season_cards(db, view.id, year)
    from_them = direction == relationships.FROM_THEM
    if not is_so:
        year_cards.remove_cards(db, [member.contact_id for member in view.members], year, direction)
        for recipient in recipients:
            if from_them:
                seasons.set_received(db, recipient.recipient_id, None)
            else:
                words = State.DRAFTED if recipient.has_words else State.PLANNED
                seasons.set_state(db, recipient.recipient_id, words.value)
        return
    for member in view.living or view.members:
        if not recipients:
            relationships.put_year_card(db, member.contact_id, YearCard(year, from_them))
            continue
        relationships.put_season_card(
            db,
            member.contact_id,
            season_id=recipients[0].season_id,
            direction=direction,
            on=standpoint.today,
            text=None,
        )
    if recipients and from_them:
        seasons.set_received(db, recipients[0].recipient_id, standpoint.today)
    elif recipients:
        seasons.set_state(db, recipients[0].recipient_id, State.POSTED.value)

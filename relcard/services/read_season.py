"""An open season as the user looks at it: recipients in writing order, each with its day to post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain import posting
from relcard.domain import season as rules_of_season
from relcard.domain.closeness import AddressMode
from relcard.domain.closeness import Circle
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.services.read_households import read_households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.closeness import CircleRule
    from relcard.domain.posting import PostingTable
    from relcard.services.read_households import HouseholdView
    from relcard.store.database import Connection
    from relcard.store.seasons import RecipientRow
    from relcard.store.seasons import SeasonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A household to be written to; `row` is None outside a season, `post_by` without an address or a day."""

    household: HouseholdView
    row: RecipientRow | None
    rule: CircleRule
    post_by: date | None

    @property
    def by_hand(self) -> bool:
        """Whether the envelope is addressed by hand, from the crib."""
        return self.rule.address_mode is AddressMode.HAND


def read_season(
    db: Connection,
    season: SeasonRow,
    *,
    rules: Mapping[Circle, CircleRule],
    table: PostingTable,
    today: date,
    home: str,
    language: str,
) -> list[Recipient]:
    """Return the recipients of a season in the order they are best written."""
    rows = {row.household_id: row for row in seasons.recipients(db, season.id)}
    feast = rules_of_season.Season(season.occasion, season.year)
    views = {
        one.id: one
        for one in read_households(db, rows, today=today, home=home, language=language, on=feast.arrive_by)
    }
    days = {
        one.id: posting.post_by(table, home, one.country, feast.arrive_by) if one.address else None
        for one in views.values()
    }
    order = rules_of_season.writing_order(
        rules_of_season.Recipient(
            household_id=one.id, circle=one.circle, name=one.addressee, post_by=days[one.id]
        )
        for one in views.values()
    )
    return [
        Recipient(
            household=views[one.household_id],
            row=rows[one.household_id],
            rule=rules[one.circle or Circle.WIDE],
            post_by=one.post_by,
        )
        for one in order
    ]


def find_season(db: Connection, name: str | None) -> SeasonRow:
    """Return the season of that name, or the open one when no name is said.

    Raises `NotFoundError` when there is none and `UndecidedError` when several are open.
    """
    every = seasons.every(db)
    if name:
        for one in every:
            if one.name == name.lower():
                return one
        known = ", ".join(one.name for one in every)
        raise NotFoundError(
            f"There is no season {name}." + (f" There are: {known}." if known else ""),
            hint="Start one: relcard season start christmas",
        )
    still_open = [one for one in every if one.closed_on is None]
    if not still_open:
        raise NotFoundError("No season is open.", hint="Start one: relcard season start christmas")
    if len(still_open) > 1:
        raise UndecidedError(
            f"{len(still_open)} seasons are open.",
            candidates=tuple(one.name for one in still_open),
            hint="Say which: --season NAME",
        )
    return still_open[0]

"""A season begins: from circles and past years to recipients, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain import season as rules_of_season
from relcard.domain.closeness import Circle
from relcard.errors import UsageError
from relcard.services.read_households import read_households
from relcard.store import households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.closeness import CircleRule
    from relcard.domain.season import Season
    from relcard.services.read_households import HouseholdView
    from relcard.store.database import Connection


@dataclass(frozen=True, slots=True)
class Choice:
    """A household, whether it is in the season, and why."""

    household: HouseholdView
    included: bool
    reason: str


def start_season(
    db: Connection,
    season: Season,
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    home: str,
    language: str,
) -> list[Choice]:
    """Start a season inside the step the caller holds and return a choice for every household with a circle.

    Raises `UsageError` when it has been started already.
    """
    if any(one.name == season.name for one in seasons.every(db)):
        raise UsageError(
            f"The season {season.name} has been started already.",
            hint="relcard season list shows it; relcard season add WHO adds to it.",
        )
    season_id = seasons.add(db, season.name, season.occasion, season.year, today=today)
    ids = households.ids_by_circle(db, [one.value for one in Circle if one is not Circle.NONE])
    choices = choose(db, ids, season, rules=rules, today=today, home=home, language=language)
    for one in choices:
        if one.included:
            seasons.add_recipient(db, season_id, one.household.id, one.reason)
    return choices


def choose(
    db: Connection,
    household_ids: Iterable[int],
    season: Season,
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    home: str,
    language: str,
) -> list[Choice]:
    """Return for each household whether a season would include it, and why."""
    views = read_households(db, household_ids, today=today, home=home, language=language)
    years = seasons.sent_years(db, [one.id for one in views])
    candidates = [
        rules_of_season.Candidate(
            household_id=view.id,
            circle=view.circle,
            has_address=view.address is not None,
            is_organisation=view.is_organisation,
            all_deceased=not view.living,
            sent_years=tuple(sorted(years.get(view.id, (set(), set()))[0])),
            received_years=tuple(sorted(years.get(view.id, (set(), set()))[1])),
            careful=view.careful,
        )
        for view in views
    ]
    by_id = {view.id: view for view in views}
    return [
        Choice(by_id[one.household_id], one.included, one.reason)
        for one in rules_of_season.choose_recipients(candidates, rules, season.year)
    ]

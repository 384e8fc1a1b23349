"""A season begins: from circles and past years to recipients, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.feasts import feast_year
from relcard.domain.feasts import find_feast
from relcard.domain.people.circle import Circle
from relcard.domain.seasons import season as rules_of_season
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.store import households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.feasts import Season
    from relcard.domain.people.circle import CircleRule
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True)
class Choice:
    """A household, whether it is in the season, and why; `outside` the segment it was started for."""

    household: HouseholdView
    included: bool
    reason: str
    outside: bool = False


def start_season(
    db: Connection,
    season: Season,
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    sender_country: str,
    language: str,
    among: Collection[int] | None = None,
) -> list[Choice]:
    """Start a season inside the step the caller holds and return a choice for every household with a circle.

    With `among`, the households of a segment, only these may come in and each has its choice, whatever its
    circle; those outside that the rules would have asked about are left out and marked so.

    Raises `UsageError` when it has been started already.
    """
    if any(one.name == season.name for one in seasons.every(db)):
        raise UsageError(
            f"The season {season.name} has been started already.",
            hint="relcard season list shows it; relcard season add WHO adds to it.",
        )
    season_id = seasons.add(db, season.name, season.occasion, season.year, today=today)
    ids = households.ids_by_circle(db, [one.value for one in Circle if one is not Circle.NONE])
    wanted = set(ids).union(among or ())
    choices = choose(
        db, sorted(wanted), season, rules=rules, today=today, sender_country=sender_country, language=language
    )
    if among is not None:
        inside = set(among)
        choices = [one if one.household.id in inside else _left_outside(one) for one in choices]
    for one in choices:
        if one.included:
            seasons.add_recipient(db, season_id, one.household.id, one.reason)
    return choices


def _left_outside(one: Choice) -> Choice:
    circle = f"{one.household.circle.value}: " if one.household.circle else ""
    return Choice(one.household, included=False, reason=f"{circle}outside the segment", outside=True)


def choose(
    db: Connection,
    household_ids: Iterable[int],
    season: Season,
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    sender_country: str,
    language: str,
) -> list[Choice]:
    """Return for each household whether a season would include it, and why."""
    views = read_households(
        db, household_ids, today=today, sender_country=sender_country, language=language, on=season.arrive_by
    )
    sent, received = _years(db, [one.id for one in views], season)
    candidates = [
        rules_of_season.Candidate(
            household_id=view.id,
            circle=view.circle,
            has_address=view.address is not None,
            is_organisation=view.is_organisation,
            all_deceased=not view.living,
            sent_years=tuple(sorted(sent.get(view.id, ()))),
            received_years=tuple(sorted(received.get(view.id, ()))),
            careful=view.careful,
        )
        for view in views
    ]
    by_id = {view.id: view for view in views}
    return [
        Choice(by_id[one.household_id], one.included, one.reason)
        for one in rules_of_season.choose_recipients(candidates, rules, season.year)
    ]


def _years(
    db: Connection, household_ids: Iterable[int], season: Season
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Return the years in which a card of this feast went to each household, and came from it."""
    feast = find_feast(season.occasion)
    sent: dict[int, set[int]] = {}
    received: dict[int, set[int]] = {}
    for card in seasons.cards_exchanged(db, household_ids):
        if card.on is not None:
            year = feast_year(feast, card.on)
        else:
            year = card.year if card.occasion == feast.name else None
        if year is None:
            continue
        for happened, years in ((card.to_them, sent), (card.from_them, received)):
            if happened:
                years.setdefault(card.household_id, set()).add(year)
    return sent, received

"""What stands in a calendar: the days of contacts, year by year, and by when their cards are to be posted."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import LeapDay
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.occasion import names_of_home
from relcard.domain.reminders.occasion import occasion_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.dates import PartialDate
    from relcard.domain.reminders.occasion import KeptOccasion

AHEAD = dt.timedelta(days=396)  # 13 months of days to post
AHEAD_IN_OTHERS = dt.timedelta(days=3653)  # ten years of days of other calendars, for which no rule is known
_YEARS = 9  # in which 29 February comes at least once: from 1896 to 1904 there was none
# Every year in which the day is kept, as a rule of RFC 5545 section 3.3.10. 29 February is the last day of
# its month, or the sixtieth of the year.
_EVERY_YEAR = "FREQ=YEARLY"
_LEAP_DAYS = {
    LeapDay.FEB28: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
    LeapDay.MAR1: "FREQ=YEARLY;BYYEARDAY=60",
    LeapDay.SKIP: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
}


class Entry(NamedTuple):
    """A whole day in a calendar, or with a `rule` that day and its likes in the years after it.

    `uid` is the same in every run. `beneath` is a second line, "" for none. With `has_alarm` it is told on
    the evening before.
    """

    uid: str
    on: dt.date
    title: str
    rule: str = ""
    beneath: str = ""
    has_alarm: bool = False


class CalledBy(NamedTuple):
    """By which first name somebody is called, the first day they were known, and the UUID of their row.

    `household_id` is that of a living adult, None of anybody else and of a day that the user said.
    """

    first_name: str
    uuid: bytes
    added_on: dt.date
    household_id: int | None


class People(NamedTuple):
    """Those of whom a calendar speaks, by the table that has them and their number there."""

    by_row: Mapping[tuple[str, int], CalledBy]
    adults: Mapping[int, Sequence[str]]

    def first_names(self, occasion: KeptOccasion) -> Sequence[str]:
        """Return who keeps a day: of a whole household its living adults."""
        if occasion.day is not None and occasion.day.of_household:
            return self.adults.get(occasion.household_id or 0, ())
        return (self.by_row[_person(occasion)].first_name,)

    def row(self, occasion: KeptOccasion) -> CalledBy:
        """Return the row a day hangs on: its own where the user said it, else a contact's or member's."""
        return self.by_row[row_of(occasion) if occasion.day else _person(occasion)]


def row_of(occasion: KeptOccasion) -> tuple[str, int]:
    """Return the row that is a day: the table, and the number there."""
    table = "day" if occasion.day else "member" if occasion.host else "occasion"
    return (table, occasion.occasion_id)


def _person(occasion: KeptOccasion) -> tuple[str, int]:
    return ("member", occasion.occasion_id) if occasion.host else ("contact", occasion.contact_id)


def people_of(rows: Mapping[tuple[str, int], CalledBy]) -> People:
    """Return people by their rows, and of each household the first names of its living adults."""
    adults: dict[int, list[str]] = {}
    for person in rows.values():
        if person.household_id is not None:
            adults.setdefault(person.household_id, []).append(person.first_name)
    return People(rows, adults)


def is_told(occasion: KeptOccasion) -> bool:
    """Whether a calendar, which others may see, speaks of a day: not of the dead, nor of who gets no card."""
    if occasion.has_died or occasion.kind is OccasionKind.REMEMBRANCE or occasion.silent_until == dt.date.max:
        return False
    return occasion.circle is not Circle.NONE or occasion.day is not None


def by_couple(occasions: Iterable[KeptOccasion]) -> list[list[KeptOccasion]]:
    """Return days, the anniversary that several of a household keep together."""
    days: dict[object, list[KeptOccasion]] = {}
    for number, occasion in enumerate(occasions):
        is_shared = occasion.kind is OccasionKind.ANNIVERSARY and occasion.household_id is not None
        key = (occasion.household_id, occasion.date._replace(year=None)) if is_shared else number
        days.setdefault(key, []).append(occasion)
    return [*days.values()]


def title_of(day: Sequence[KeptOccasion], people: People) -> str:
    """Return what a day is called, by first names alone: Anna and Jan's anniversary."""
    names = dict.fromkeys(name for occasion in day for name in people.first_names(occasion))
    name = occasion_named(day[0].kind, None, day[0].label)
    return f"{names_of_home([*names])}'s {name}" if names else name


def first_on(occasion: KeptOccasion, since: dt.date, leap_day: LeapDay) -> dt.date | None:
    """Return the first day on which an occasion is kept from a day on, and is not silent; None for never."""
    day, start = occasion.date, since
    if occasion.silent_until is not None:
        start = max(start, occasion.silent_until + dt.timedelta(days=1))
    if day.year is not None:  # nobody has a birthday on the day of birth
        start = max(start, dt.date(day.year + (occasion.kind is OccasionKind.BIRTHDAY), 1, 1))
    is_once = occasion.day is not None and occasion.day.is_once
    years = (day.year,) if is_once and day.year else range(start.year, start.year + _YEARS)
    kept = (day.on(year, leap_day) for year in years)
    return next((on for on in kept if on is not None and on >= start), None)


def rule_of(occasion: KeptOccasion, leap_day: LeapDay) -> str:
    """Return in which years a day is kept, "" for one of a single year."""
    if occasion.day is not None and occasion.day.is_once:
        return ""
    return _LEAP_DAYS[leap_day] if _is_leap_day(occasion.date) else _EVERY_YEAR


def _is_leap_day(day: PartialDate) -> bool:
    return day.month_day == (2, 29)

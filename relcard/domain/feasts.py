"""The feasts that seasons are named after, and the day by which their greeting cards should have arrived.

At the root of the domain: the words of segments name seasons too.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import NamedTuple

from relcard.domain.occasions import known_occasion
from relcard.errors import NotFoundError
from relcard.errors import UsageError


class Feast(NamedTuple):
    """A feast that gives a season its name.

    `month` and `day` are None where the day moves from year to year. `days_before` is how many days before
    the feast a greeting card should lie on the mat.
    """

    name: str
    month: int | None
    day: int | None
    days_before: int


# Christmas cards are for the days before it. On New Year's Day nobody delivers, so 31 December. The neutral
# season has no day of its own: its day is the one its cards arrive by. Easter cards come before Good Friday.
FEASTS: dict[str, Feast] = {
    feast.name: feast
    for feast in (
        Feast(name="christmas", month=12, day=25, days_before=2),
        Feast(name="newyear", month=1, day=1, days_before=1),
        Feast(name="season", month=12, day=20, days_before=0),
        Feast(name="easter", month=None, day=None, days_before=3),
    )
}

_DAYS_BEFORE, _DAYS_AFTER = 60, 40


def find_feast(name: str) -> Feast:
    """Return the feast called `name`; "New Year" finds newyear.

    Raises `NotFoundError` naming the known ones.
    """
    occasion = known_occasion(name)
    if occasion is not None and occasion.name in FEASTS:
        return FEASTS[occasion.name]
    *others, last = FEASTS
    known = f"The known ones are {', '.join(others)} and {last}."
    if occasion is not None:
        raise NotFoundError(
            f"A card for {occasion.name} is for one household at a time: it is not a season.",
            hint=f"{known} One card: relcard draft WHO --for {occasion.name}",
        )
    raise NotFoundError(f'No season is called "{name}".', hint=known)


def feast_day(feast: Feast, year: int) -> date:
    """Return the day of the feast in `year`; newyear in 2027 is 1 January 2027."""
    if feast.month is None or feast.day is None:
        return easter(year)
    return date(year, feast.month, feast.day)


def arrive_by(feast: Feast, year: int) -> date:
    """Return the last day on which a greeting card for the feast of `year` comes in time."""
    return feast_day(feast, year) - timedelta(days=feast.days_before)


def next_year(feast: Feast, today: date) -> int:
    """Return the year of the feast that comes next, or is today: what a season means when no year is said."""
    return today.year if feast_day(feast, today.year) >= today else today.year + 1


def feast_year(feast: Feast, day: date) -> int | None:
    """Return the year of the feast to which a card of `day` belongs, or None for a card between two feasts.

    Cards travel in the sixty days before a feast and the forty after it: one of January is last Christmas's.
    """
    for year in (day.year - 1, day.year, day.year + 1):
        if -_DAYS_BEFORE <= (day - feast_day(feast, year)).days <= _DAYS_AFTER:
            return year
    return None


def card_days(feast: Feast, year: int) -> tuple[date, date]:
    """Return the first and the last day of which a card belongs to the feast of `year`."""
    day = feast_day(feast, year)
    return day - timedelta(days=_DAYS_BEFORE), day + timedelta(days=_DAYS_AFTER)


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches.

    The rule of the calendar reform of 1582 (the Sunday after the full moon, as reckoned by epact and golden
    number, on or after 21 March) in the integer form of J. Meeus, Astronomical Algorithms, chapter 8.
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leaps, leap_rest = divmod(rest, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


class Season(NamedTuple):
    """One feast in one year."""

    occasion: str
    year: int

    @classmethod
    def parse(cls, text: str) -> Season:
        """Read "christmas-2026".

        Raises `UsageError` on another shape and `NotFoundError` on an unknown feast.
        """
        occasion, dash, year = text.strip().rpartition("-")
        if not dash or len(year) != 4 or not (year.isascii() and year.isdigit()) or year < "1900":
            raise UsageError(
                f'"{text}" is not the name of a season.',
                hint="A season is a feast and a year, such as christmas-2026.",
            )
        return cls(find_feast(occasion).name, int(year))

    @property
    def name(self) -> str:
        """The name that commands take: "christmas-2026"."""
        return season_name(self.occasion, self.year)

    @property
    def day(self) -> date:
        """The day of the feast."""
        return feast_day(FEASTS[self.occasion], self.year)

    @property
    def arrive_by(self) -> date:
        """The last day on which its greeting cards come in time."""
        return arrive_by(FEASTS[self.occasion], self.year)


def season_name(occasion: str, year: int) -> str:
    """Return "christmas-2026"."""
    return f"{occasion}-{year}"

"""Public holidays on which the post of the sender's country stands still.

A small table of rules as `feast_rules` reads them, of countries whose days follow rules; those of other
countries and of regions a user may say, and `relcard.postal.public_holidays` finds them with a library.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.feast_rules import rule_day

if TYPE_CHECKING:
    from datetime import date

SUNDAY = 6
_SATURDAY = 5


class Holidays(NamedTuple):
    """Rules of days with commas between, and the weekdays off which one is moved to the next working day."""

    rules: str
    moved_off: tuple[int, ...] = ()

    def are_on(self, day: date) -> bool:
        """Whether a day is one of them."""
        return day in _days(self, day.year)


_NONE = Holidays("")
_WEEKEND = (_SATURDAY, SUNDAY)
# As of 2026, of the whole country; of the United Kingdom those of England and Wales.
_BY_COUNTRY = {
    "AT": Holidays(
        "01-01, 01-06, 1 day after easter, 05-01, 39 days after easter, 50 days after easter, 60 "
        "days after easter, 08-15, 10-26, 11-01, 12-08, 12-25, 12-26"
    ),
    "AU": Holidays("01-01, 01-26, 2 days before easter, 1 day after easter, 04-25, 12-25, 12-26"),
    "BE": Holidays(
        "01-01, 1 day after easter, 05-01, 39 days after easter, 50 days after easter, 07-21, "
        "08-15, 11-01, 11-11, 12-25"
    ),
    "CA": Holidays(
        "01-01, 2 days before easter, 07-01, first monday of september, 12-25",
        _WEEKEND,
    ),
    "CH": Holidays("01-01, 39 days after easter, 08-01, 12-25"),
    "CZ": Holidays(
        "01-01, 2 days before easter, 1 day after easter, 05-01, 05-08, 07-05, 07-06, 09-28, "
        "10-28, 11-17, 12-24, 12-25, 12-26"
    ),
    "DE": Holidays(
        "01-01, 2 days before easter, 1 day after easter, 05-01, 39 days after easter, 50 days "
        "after easter, 10-03, 12-25, 12-26"
    ),
    "DK": Holidays(
        "01-01, 3 days before easter, 2 days before easter, 1 day after easter, 39 days after "
        "easter, 50 days after easter, 12-25, 12-26"
    ),
    "ES": Holidays("01-01, 01-06, 2 days before easter, 05-01, 08-15, 10-12, 11-01, 12-06, 12-08, 12-25"),
    "FR": Holidays(
        "01-01, 1 day after easter, 05-01, 05-08, 39 days after easter, 50 days after easter, "
        "07-14, 08-15, 11-01, 11-11, 12-25"
    ),
    "GB": Holidays(
        "01-01, 2 days before easter, 1 day after easter, first monday of may, last monday of "
        "may, last monday of august, 12-25, 12-26",
        _WEEKEND,
    ),
    "IE": Holidays(
        "01-01, first monday of february, 03-17, 1 day after easter, first monday of may, first "
        "monday of june, first monday of august, last monday of october, 12-25, 12-26"
    ),
    "IT": Holidays(
        "01-01, 01-06, 1 day after easter, 04-25, 05-01, 06-02, 08-15, 10-04, 11-01, 12-08, 12-25, 12-26"
    ),
    "NL": Holidays(
        "01-01, 1 day after easter, 04-27, 39 days after easter, 50 days after easter, 12-25, 12-26"
    ),
    "NO": Holidays(
        "01-01, 3 days before easter, 2 days before easter, 1 day after easter, 05-01, 39 days "
        "after easter, 05-17, 50 days after easter, 12-25, 12-26"
    ),
    "NZ": Holidays(
        "01-01, 01-02, 02-06, 2 days before easter, 1 day after easter, 04-25, first monday of "
        "june, fourth monday of october, 12-25, 12-26",
        _WEEKEND,
    ),
    "PL": Holidays(
        "01-01, 01-06, 1 day after easter, 05-01, 05-03, 60 days after easter, 08-15, 11-01, "
        "11-11, 12-24, 12-25, 12-26"
    ),
    "PT": Holidays(
        "01-01, 2 days before easter, 04-25, 05-01, 60 days after easter, 06-10, 08-15, 10-05, "
        "11-01, 12-01, 12-08, 12-25"
    ),
    "US": Holidays(
        "01-01, third monday of january, third monday of february, last monday of may, 06-19, "
        "07-04, first monday of september, second monday of october, 11-11, fourth thursday of "
        "november, 12-25",
        (SUNDAY,),
    ),
}


def holidays_of(country: str) -> Holidays:
    """Return the holidays of a country (ISO 3166-1 alpha-2), none where its days are not known here."""
    return _BY_COUNTRY.get(country, _NONE)


def check_holidays(words: str) -> None:
    """Raise ValueError for holidays as the user said them, saying which is no day."""
    for rule in _rules(Holidays(words)):
        try:
            rule_day(rule, 2026)
        except ValueError as error:
            raise ValueError(f'holidays: "{rule}" {error}') from error


def _rules(holidays: Holidays) -> list[str]:
    return [rule for words in holidays.rules.split(",") if (rule := words.strip())]


@lru_cache(maxsize=64)
def _days(holidays: Holidays, year: int) -> frozenset[date]:
    """Return the holidays of a year, each on its day and, where it is moved, on the next working day too."""
    days = {day for rule in _rules(holidays) if (day := rule_day(rule, year)) is not None}
    for day in sorted(days):
        if day.weekday() in holidays.moved_off:
            moved = day
            while moved in days or moved.weekday() in _WEEKEND:
                moved += timedelta(days=1)
            days.add(moved)
    return frozenset(days)

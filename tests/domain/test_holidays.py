"""The public holidays known here against the library that knows those of every country."""

from __future__ import annotations

import holidays
import pytest

from relcard.domain.holidays import _BY_COUNTRY
from relcard.domain.holidays import _days
from relcard.domain.holidays import check_holidays
from relcard.domain.holidays import holidays_of

# What no rule says (it moves by decree, by another day or by one of the week), and days on which the post goes.
APART = {
    "IE": {"Saint Brigid's Day"},
    "NL": {"Good Friday", "King's Day", "Liberation Day"},
    "NZ": {"Matariki"},
    "US": {"observed"},  # a holiday on a Saturday is kept on Friday in offices, not by the post
}
YEARS = range(2026, 2036)


@pytest.mark.parametrize("country", _BY_COUNTRY)
def test_the_days_of_a_country_are_those_of_the_library(country: str) -> None:
    for year in YEARS:
        known = holidays.country_holidays(
            country, subdiv="ENG" if country == "GB" else None, years=year, language="en_US"
        )
        apart = APART.get(country, set())
        theirs = {
            day
            for day, name in known.items()
            if day.weekday() != 6 and not any(word in name for word in apart)
        }
        ours = {day for day in _days(holidays_of(country), year) if day.weekday() != 6}
        assert theirs <= ours, year
        assert all(day in known for day in ours) or country in {"CA", "IE", "NL", "NZ"}, year


def test_no_holiday_is_known_of_other_countries() -> None:
    assert not _days(holidays_of("ZA"), 2026)
    assert not _days(holidays_of(""), 2026)


@pytest.mark.parametrize("words", ["someday", "12-25, 13-01", "2026-02-30"])
def test_what_is_no_day_is_refused_by_name(words: str) -> None:
    with pytest.raises(ValueError, match=r'holidays: ".*" is no day'):
        check_holidays(words)

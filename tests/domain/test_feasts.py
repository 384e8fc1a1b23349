from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import Season
from relcard.domain.feasts import arrive_by
from relcard.domain.feasts import easter
from relcard.domain.feasts import feast_day
from relcard.domain.feasts import find_feast
from relcard.domain.feasts import next_year
from relcard.errors import NotFoundError
from relcard.errors import UsageError


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),  # the earliest there can be
        date(1943, 4, 25),  # the latest
        date(1954, 4, 18),
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
        date(2049, 4, 18),
    ],
)
def test_easter_falls_where_the_church_says(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_in_its_five_weeks(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_each_feast_has_its_day_and_an_earlier_one_for_its_cards() -> None:
    assert [arrive_by(FEASTS[name], 2026) for name in ("christmas", "season", "easter")] == [
        date(2026, 12, 23),
        date(2026, 12, 20),
        date(2026, 4, 2),
    ]
    assert feast_day(FEASTS["christmas"], 2026) == date(2026, 12, 25)


def test_newyear_is_named_after_the_year_it_begins() -> None:
    """Newyear 2027 is 1 January 2027, and its cards arrive in the last days of 2026."""
    assert feast_day(FEASTS["newyear"], 2027) == date(2027, 1, 1)
    assert arrive_by(FEASTS["newyear"], 2027) == date(2026, 12, 31)


@given(st.sampled_from(sorted(FEASTS)), st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_the_next_feast_is_the_first_that_is_not_past(name: str, today: date) -> None:
    feast = FEASTS[name]
    year = next_year(feast, today)
    assert feast_day(feast, year) >= today
    assert feast_day(feast, year - 1) < today


def test_on_the_day_itself_the_feast_is_still_this_years() -> None:
    assert next_year(FEASTS["christmas"], date(2026, 12, 25)) == 2026
    assert next_year(FEASTS["christmas"], date(2026, 12, 26)) == 2027


def test_a_feast_is_found_however_it_is_spelt() -> None:
    assert find_feast("New Year").name == find_feast("new-year").name == "newyear"
    assert find_feast("CHRISTMAS").name == find_feast("Xmas").name == "christmas"


def test_an_unknown_feast_names_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match='No season is called "whitsun"') as caught:
        find_feast("whitsun")
    assert all(name in caught.value.hint for name in FEASTS)


@pytest.mark.parametrize("name", ["birthday", "thankyou", "Thank you", "sympathy"])
def test_the_occasions_of_one_contact_are_no_seasons(name: str) -> None:
    with pytest.raises(NotFoundError, match="it is not a season"):
        find_feast(name)


@given(st.sampled_from(sorted(FEASTS)), st.integers(1900, 9999))
def test_a_seasons_name_reads_back(occasion: str, year: int) -> None:
    season = Season(occasion, year)
    assert Season.parse(season.name) == season


def test_a_season_knows_its_days() -> None:
    assert Season.parse("christmas-2026").day == date(2026, 12, 25)
    assert Season.parse("christmas-2026").arrive_by == date(2026, 12, 23)
    assert Season.parse("newyear-2027").arrive_by == date(2026, 12, 31)


@pytest.mark.parametrize(
    "text", ["christmas", "2026", "christmas-26", "christmas 2026", "christmas-٢٠٢٦", "christmas-0026"]
)
def test_what_is_no_season_name_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Season.parse(text)
    assert "christmas-2026" in caught.value.hint


def test_a_season_of_an_unknown_feast_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        Season.parse("whitsun-2026")

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import MONTH_NAMES
from relcard.domain.feast_rules import easter
from relcard.domain.feast_rules import rule_day
from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import Season
from relcard.domain.feasts import arrive_by
from relcard.domain.feasts import feast_day
from relcard.domain.feasts import feast_year
from relcard.domain.feasts import find_feast
from relcard.domain.feasts import next_year
from relcard.domain.feasts import own_feasts
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


@given(st.sampled_from(sorted(FEASTS)), st.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 1)))
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


@given(st.sampled_from(sorted(FEASTS)), st.integers(1990, 2100))
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


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("orthodox-christmas-2027", date(2027, 1, 7)),
        ("Chanukah-2026", date(2026, 12, 5)),
        ("eid-al-fitr-2027", date(2027, 3, 9)),
        ("lunar-newyear-kr-2027", date(2027, 2, 7)),
        ("tet-2027", date(2027, 2, 6)),
        ("thanksgiving-2026", date(2026, 11, 26)),
        ("thanksgiving-ca-2026", date(2026, 10, 12)),
    ],
)
def test_a_season_of_any_feast_is_read_by_its_name(name: str, day: date) -> None:
    assert Season.parse(name).day == day


def test_only_where_the_moon_has_the_last_word_a_day_is_about_one() -> None:
    assert [name for name, feast in FEASTS.items() if feast.by_moon] == ["eid-al-fitr", "eid-al-adha"]


def test_beyond_the_table_the_refusal_says_what_is_known_and_what_to_do() -> None:
    with pytest.raises(UsageError, match="hanukkah is known from 1990 to 2100, not in 2101") as caught:
        Season.parse("hanukkah-2101")
    assert "relcard settings set feasts." in caught.value.hint
    assert Season.parse("christmas-2101").day == date(2101, 12, 25)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("06-24", date(2027, 6, 24)),
        ("24 June", date(2027, 6, 24)),
        ("last Saturday of June", date(2027, 6, 26)),
        ("second monday in october", date(2027, 10, 11)),
        ("39 days after easter", date(2027, 5, 6)),
        ("46 days before easter", date(2027, 2, 10)),
        ("49 days after orthodox-easter", date(2027, 6, 20)),
        ("02-29", date(2027, 2, 28)),
        ("hanukkah", date(2027, 12, 25)),
    ],
)
def test_a_feast_of_ones_own_has_a_day_or_a_rule(rule: str, day: date) -> None:
    own = own_feasts({"midsummer": rule})
    season = Season.of(find_feast("Midsummer", own), 2027)
    assert (season.name, season.day) == ("midsummer-2027", day)
    assert Season.parse("midsummer-2027", own) == season
    assert season.arrive_by == day - timedelta(days=2)


@pytest.mark.parametrize(
    ("name", "rule", "message"),
    [
        ("midsummer", "soon", "feasts.midsummer.*is no day; say it as 06-24"),
        ("midsummer", "06-31", "is no day: no month 6 has a day 31"),
        ("midsummer", "31 Juno", "no month"),
        ("midsummer", "last someday of june", "say it as last saturday"),
        ("Midsummer 2", "06-24", "is no name of a feast"),
        ("easter", "06-24", "known already"),
        ("birthday", "06-24", "known already"),
    ],
)
def test_a_feast_of_ones_own_is_refused_with_the_reason(name: str, rule: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        own_feasts({name: rule})


@given(st.integers(1, 12), st.integers(1990, 2100))
def test_the_last_weekday_of_a_month_has_none_after_it(month: int, year: int) -> None:
    name = MONTH_NAMES[month - 1]
    for weekday, word in enumerate(("monday", "thursday", "sunday")):
        last = rule_day(f"last {word} of {name}", year)
        assert last is not None
        assert last.weekday() == weekday * 3
        assert (last.month, (last + timedelta(days=7)).month == month) == (month, False)
        fourth = rule_day(f"fourth {word} of {name}", year)
        assert fourth is not None
        assert (last - fourth).days in {0, 7}


def test_a_card_between_lunar_new_year_and_christmas_belongs_to_the_nearer() -> None:
    """A card of Christmas Eve is none for the lunar year, one of the end of January is."""
    lunar = FEASTS["lunar-newyear"]
    assert feast_year(lunar, date(2026, 12, 24)) is None
    assert feast_year(lunar, date(2027, 1, 25)) == 2027
    assert feast_year(FEASTS["hanukkah"], date(1989, 12, 20)) is None

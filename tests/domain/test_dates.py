from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import LeapDay
from relcard.domain.dates import PartialDate
from relcard.domain.dates import days_kept
from relcard.domain.dates import next_kept
from relcard.domain.dates import short_day


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    whole = draw(st.dates())
    shape = draw(st.sampled_from(["ymd", "md", "ym", "y", "m", "d"]))
    return PartialDate(
        year=whole.year if "y" in shape else None,
        month=whole.month if "m" in shape else None,
        day=whole.day if "d" in shape else None,
    )


@given(partial_dates())
def test_what_is_written_is_read_back(day: PartialDate) -> None:
    """Every date that can be made reads back from its own text."""
    assert PartialDate.parse(str(day)) == day


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1985-04-12", (1985, 4, 12)),
        ("--04-12", (None, 4, 12)),
        ("--02-29", (None, 2, 29)),
        ("2024-02-29", (2024, 2, 29)),
        ("1985-04", (1985, 4, None)),
        ("1985", (1985, None, None)),
        ("--04", (None, 4, None)),
        ("---12", (None, None, 12)),
    ],
)
def test_each_extended_form_is_understood(text: str, parts: tuple[int | None, ...]) -> None:
    """The forms of RFC 6350 section 4.3.1 name just the parts they hold."""
    day = PartialDate.parse(text)
    assert (day.year, day.month, day.day) == parts
    assert str(day) == text


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "---", "spring", "1985-4-2", "2023-02-29", "--04-31", "0000", "1985-13", "85", "---32"],
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    """A text that is not a date, or a date that does not exist, raises ValueError."""
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_date_needs_a_part() -> None:
    with pytest.raises(ValueError, match="needs a year, a month or a day"):
        PartialDate()


@pytest.mark.parametrize(
    ("rule", "kept"),
    [(LeapDay.FEB28, date(2027, 2, 28)), (LeapDay.MAR1, date(2027, 3, 1)), (LeapDay.SKIP, None)],
)
def test_the_29th_of_february_has_three_rules_in_a_common_year(rule: LeapDay, kept: date | None) -> None:
    """In a common year the rule decides; in a leap year the day is kept as it is."""
    born = PartialDate(1992, 2, 29)
    assert born.on(2027, rule) == kept
    assert born.on(2028, rule) == date(2028, 2, 29)
    assert born.on(2100, rule) == (None if kept is None else kept.replace(year=2100))


def test_a_date_without_its_day_never_returns() -> None:
    assert PartialDate(1985, 4).on(2026) is None
    assert PartialDate(1985).month_day is None
    assert PartialDate(None, 4, 12).month_day == (4, 12)


def test_years_count_from_the_calendar_year_only_when_it_is_known() -> None:
    assert PartialDate(1986, 12, 4).years_by(2026) == 40
    assert PartialDate(None, 12, 4).years_by(2026) is None
    assert PartialDate(2030, 12, 4).years_by(2026) is None


def test_a_short_day_names_the_year_only_when_it_is_another() -> None:
    assert short_day(date(2026, 12, 4)) == "4 Dec"
    assert short_day(date(2026, 11, 23), weekday=True) == "Mon 23 Nov"
    assert short_day(date(2027, 1, 3), weekday=True, beside=date(2026, 12, 30)) == "Sun 3 Jan 2027"
    assert short_day(date(2026, 1, 3), beside=date(2026, 12, 30)) == "3 Jan"


def kept_on(day: PartialDate, start: date, end: date, rule: LeapDay = LeapDay.FEB28) -> tuple[date, ...]:
    return tuple(kept.on for kept in days_kept(day, start, end, rule))


def test_a_window_over_new_year_finds_both_sides() -> None:
    """The window counts days, not months: a birthday in January is near in December."""
    found = kept_on(PartialDate(1986, 1, 3), date(2026, 12, 20), date(2027, 1, 10))
    assert found == (date(2027, 1, 3),)
    assert kept_on(PartialDate(None, 12, 20), date(2026, 12, 20), date(2027, 12, 20)) == (
        date(2026, 12, 20),
        date(2027, 12, 20),
    )


@pytest.mark.parametrize(
    ("rule", "found"),
    [(LeapDay.FEB28, (date(2027, 2, 28),)), (LeapDay.MAR1, (date(2027, 3, 1),)), (LeapDay.SKIP, ())],
)
def test_the_rule_for_29_february_decides_the_day(rule: LeapDay, found: tuple[date, ...]) -> None:
    assert kept_on(PartialDate(1992, 2, 29), date(2027, 2, 1), date(2027, 3, 31), rule) == found


@given(
    st.dates(min_value=date(1900, 1, 1)),
    st.dates(min_value=date(1990, 1, 1), max_value=date(2080, 1, 1)),
    st.integers(0, 1500),
    st.sampled_from([LeapDay.FEB28, LeapDay.MAR1]),
)
def test_a_day_is_kept_once_a_year_and_inside_the_window(
    born: date, start: date, length: int, rule: LeapDay
) -> None:
    """A window of n whole years holds n days, whatever the day and whether the years are leap years."""
    end = start + timedelta(days=length)
    found = kept_on(PartialDate(None, born.month, born.day), start, end, rule)
    assert all(start <= on <= end for on in found)
    assert list(found) == sorted(set(found))
    assert length // 366 <= len(found) <= length // 365 + 1


@pytest.mark.parametrize(
    "text", ["lunar 8/15", "lunar-kr leap 6/10 1962", "hebrew 15 Adar II 5746", "persian 30 Esfand 1340"]
)
def test_a_day_of_another_calendar_is_no_date_of_ours(text: str) -> None:
    """It is written as it is read, and says neither year nor month: so nobody takes its year for one of ours."""
    day = PartialDate.parse(text)
    assert (str(day), day.year, day.month_day, day.last_day) == (text, None, None, None)
    assert day.returns
    assert day.on(2026) is None


def test_what_comes_next_counts_in_the_years_of_its_calendar() -> None:
    """An Islamic day may come twice within a year of ours, and a lunar one not at all."""
    born = PartialDate.parse("islamic 1 Shawwal 1400")
    assert days_kept(born, date(2033, 1, 1), date(2033, 12, 31)) == (
        (date(2033, 1, 2), 1454, 54),
        (date(2033, 12, 23), 1455, 55),
    )
    winter = PartialDate.parse("lunar 11/22 1962")
    assert [len(kept_on(winter, date(year, 1, 1), date(year, 12, 31))) for year in range(2026, 2031)]
    coming = next_kept(winter, date(2026, 11, 30))
    assert coming is not None
    assert (coming.on, coming.years) == (date(2026, 12, 30), 64)

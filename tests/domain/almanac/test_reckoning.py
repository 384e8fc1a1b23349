"""On which day a day of another calendar is kept where the year has no such day or month."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.almanac.other_day import HEBREW
from relcard.domain.almanac.other_day import ISLAMIC
from relcard.domain.almanac.other_day import LUNAR
from relcard.domain.almanac.other_day import PERSIAN
from relcard.domain.almanac.other_day import OtherDay
from relcard.domain.almanac.other_day import checked
from relcard.domain.almanac.other_day import is_leap_year
from relcard.domain.almanac.other_day import read_other_day
from relcard.domain.almanac.reckoning import kept_between


def kept(words: str, start: str, end: str, *, in_memory: bool = False) -> list[str]:
    days = kept_between(
        read_other_day(words), date.fromisoformat(start), date.fromisoformat(end), in_memory=in_memory
    )
    return [on.isoformat() for on, _ in days]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("lunar 6/10", ["2024-07-15", "2025-07-04", "2026-07-23"]),  # 2025 has a leap month after the 6th
        ("lunar leap 6/10 1987", ["2024-07-15", "2025-08-03", "2026-07-23"]),
        ("lunar 7/1", ["2024-08-04", "2025-08-23", "2026-08-13"]),
        (
            "lunar 12/30 1962",
            ["2024-02-09", "2025-01-28", "2026-02-16"],
        ),  # the last day of the year is the 29th
        ("persian 30 Esfand 1366", ["2024-03-19", "2025-03-20", "2026-03-20"]),  # 1403 was a leap year
        ("islamic 30 Ramadan 1400", ["2024-04-09", "2025-03-29", "2026-03-19"]),
    ],
)
def test_a_month_or_day_that_the_year_lacks_is_kept_in_the_ordinary_month_or_on_its_last_day(
    words: str, days: list[str]
) -> None:
    assert kept(words, "2024-01-01", "2026-12-31") == days


@pytest.mark.parametrize(
    ("words", "in_common", "in_leap"),
    [
        ("hebrew 10 Adar 5745", "2025-03-10", "2024-03-20"),  # of a common year: in the last Adar
        ("hebrew 10 Adar II 5746", "2025-03-10", "2024-03-20"),
        ("hebrew 10 Adar I 5746", "2025-03-10", "2024-02-19"),
        ("hebrew 30 Adar I 5746", "2025-03-30", "2024-03-10"),  # the first of Nisan, of the next month
    ],
)
def test_a_birthday_in_adar(words: str, in_common: str, in_leap: str) -> None:
    assert kept(words, "2024-01-01", "2025-12-31") == [in_leap, in_common]


@pytest.mark.parametrize(
    ("words", "in_common", "in_leap"),
    [
        ("hebrew 10 Adar 5745", "2025-03-10", "2024-02-19"),  # of a common year: in Adar I (Rema)
        ("hebrew 10 Adar II 5746", "2025-03-10", "2024-03-20"),
        ("hebrew 10 Adar I 5746", "2025-03-10", "2024-02-19"),
        ("hebrew 30 Adar I 5746", "2025-02-28", "2024-03-10"),  # 30 Shevat
    ],
)
def test_a_yahrzeit_in_adar(words: str, in_common: str, in_leap: str) -> None:
    assert kept(words, "2024-01-01", "2025-12-31", in_memory=True) == [in_leap, in_common]


def test_the_30th_of_a_month_that_varies() -> None:
    """A birthday goes to the first of the next month; of a yahrzeit the first year after decides."""
    # 5784 and 5786 have 29 days in Cheshvan, 5785 has 30 in Kislev, 5784 29.
    assert kept("hebrew 30 Cheshvan 5760", "2023-09-20", "2024-09-20") == ["2023-11-14"]
    assert kept("hebrew 30 Kislev 5756", "2023-09-20", "2024-09-20") == ["2023-12-13"]
    long_after = kept("hebrew 30 Cheshvan 5765", "2023-09-20", "2024-09-20", in_memory=True)
    short_after = kept("hebrew 30 Cheshvan 5760", "2023-09-20", "2024-09-20", in_memory=True)
    assert {*long_after, *short_after} <= {"2023-11-13", "2023-11-14"}


@st.composite
def other_days(draw: st.DrawFn) -> OtherDay:
    calendar = draw(st.sampled_from((*LUNAR, HEBREW, ISLAMIC, PERSIAN)))
    month = draw(st.integers(1, 13 if calendar == HEBREW else 12))
    day = draw(st.integers(1, 29))
    return OtherDay(calendar, month, day, is_leap=calendar in LUNAR and draw(st.booleans()))


@settings(max_examples=60)
@given(other_days(), st.dates(date(1991, 1, 1), date(2090, 1, 1)), st.booleans())
def test_each_year_of_a_calendar_has_the_day_once(day: OtherDay, start: date, in_memory: bool) -> None:
    """Over six years no year is left out or doubled, the days go forward, and the words are read again."""
    days = kept_between(day, start, start + timedelta(days=2200), in_memory=in_memory)
    years = [year for _, year in days]
    assert years == list(range(years[0], years[0] + len(years)))
    gaps = [(after - on).days for (on, _), (after, _) in pairwise(days)]
    assert all(350 <= gap <= 415 for gap in gaps)
    assert read_other_day(str(day)) == day


@pytest.mark.parametrize("year", range(5740, 5760))
def test_seven_hebrew_years_of_nineteen_have_two_adars(year: int) -> None:
    assert is_leap_year(year) == ((year % 19) in {0, 3, 6, 8, 11, 14, 17})


@pytest.mark.parametrize(
    "words",
    [
        "lunar 13/1",
        "lunar 1/31",
        "lunar 15 Av",
        "hebrew 30 Tevet",
        "hebrew 15 Adar 5746",
        "hebrew 15 Adar I 5745",
        "hebrew 5715-05-15",
        "islamic 12 Ramadan 2020",
        "persian 31 Mehr",
        "persian",
        "hebrew 15",
    ],
)
def test_what_no_calendar_has_is_refused_with_the_reason(words: str) -> None:
    with pytest.raises(ValueError, match=r"is no day|is on no calendar|has a year|may be Adar"):
        read_other_day(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("chinese 1962-8-15", "lunar 8/15 1962"),
        ("lunar 6L/10", "lunar leap 6/10"),
        ("Hebrew Av 15, 5715".replace(",", ""), "hebrew 15 Av 5715"),
        ("jewish 1 Adar bet 5746", "hebrew 1 Adar II 5746"),
        ("hijri 3 Rabi al-awwal", "islamic 3 Rabi I"),
        ("persian 1340-01-01", "persian 1 Farvardin 1340"),
    ],
)
def test_one_day_is_said_in_several_ways(words: str, said: str) -> None:
    assert str(read_other_day(words)) == said
    assert checked(read_other_day(said)) == read_other_day(words)

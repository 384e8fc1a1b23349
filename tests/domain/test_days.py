from __future__ import annotations

from datetime import date

import pytest

from relcard.domain.days import read_day
from relcard.domain.days import read_partial_day

_TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-12", "2026-11-12"),
        (" 2026-11-12 ", "2026-11-12"),
        ("20261112", "2026-11-12"),
        ("2026/11/2", "2026-11-02"),
        ("2026.11.02", "2026-11-02"),
        ("today", "2026-11-20"),
        ("Today", "2026-11-20"),
        ("YESTERDAY", "2026-11-19"),
        ("last night", "2026-11-19"),
        ("this morning", "2026-11-20"),
        ("the day before yesterday", "2026-11-18"),
        ("tomorrow", "2026-11-21"),
        ("tuesday", "2026-11-17"),
        ("Tuesday", "2026-11-17"),
        ("tue", "2026-11-17"),
        ("tues.", "2026-11-17"),
        ("last tuesday", "2026-11-17"),
        ("on Tuesday", "2026-11-17"),
        ("thursday", "2026-11-19"),
        ("saturday", "2026-11-14"),
        ("friday", "2026-11-13"),
        ("next friday", "2026-11-27"),
        ("3 days ago", "2026-11-17"),
        ("three days ago", "2026-11-17"),
        ("1 day ago", "2026-11-19"),
        ("a week ago", "2026-11-13"),
        ("2 weeks ago", "2026-11-06"),
        ("a fortnight ago", "2026-11-06"),
        ("a month ago", "2026-10-20"),
        ("two years ago", "2024-11-20"),
        ("12 Nov", "2026-11-12"),
        ("12 nov", "2026-11-12"),
        ("12nov", None),
        ("12 november", "2026-11-12"),
        ("Nov 12", "2026-11-12"),
        ("12th of November", "2026-11-12"),
        ("November 12th", "2026-11-12"),
        ("24 Dec", "2025-12-24"),
        ("20 Nov", "2026-11-20"),
        ("21 Nov", "2025-11-21"),
        ("29 Feb", "2024-02-29"),
        ("3 Sept", "2026-09-03"),
        ("12 November 2025", "2025-11-12"),
        ("November 12, 2025", "2025-11-12"),
        ("12-Nov-2025", "2025-11-12"),
        ("12. November 2025", "2025-11-12"),
        ("Thu 12 Nov", "2026-11-12"),
        ("12 März", "2026-03-12"),
        ("1 novembre 2025", "2025-11-01"),
        ("12.11.2026", "2026-11-12"),
        ("1.2.2026", "2026-02-01"),
        ("12.11.", "2026-11-12"),
        ("12.11.25", "2025-11-12"),
        ("24/12/2025", "2025-12-24"),
        ("12/24/2025", "2025-12-24"),
        ("11/11/2026", "2026-11-11"),
        ("24/12", "2025-12-24"),
        ("2024", "2024"),
        ("2026-03", "2026-03"),
        ("Nov 2025", "2025-11"),
        ("last year", "2025"),
        ("last month", "2026-10"),
    ],
)
def test_a_day_as_people_say_it(text: str, day: str | None) -> None:
    """Without a year or with a weekday it is the last one there was."""
    if day is None:
        with pytest.raises(ValueError, match="is no day"):
            read_day(text, _TODAY)
    else:
        assert str(read_day(text, _TODAY)) == day


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [
        ("12/11/2026", "GB", "2026-11-12"),
        ("12/11/2026", "US", "2026-12-11"),
        ("12/11", "DE", "2026-11-12"),
        ("24/12/2025", "US", "2025-12-24"),
        ("13.11.2026", "US", "2026-11-13"),
        ("12/11/2026", "", None),
        ("12/11/2026", "CA", None),
        ("12.11.2026", "US", None),
        ("12-11-26", "GB", None),
    ],
)
def test_the_order_of_a_day_is_that_of_the_country(text: str, country: str, day: str | None) -> None:
    """Where neither a number nor the country tells, both ways to read it are named."""
    if day is None:
        with pytest.raises(ValueError, match=r"to some and|more than one way"):
            read_day(text, _TODAY, country=country)
    else:
        assert str(read_day(text, _TODAY, country=country)) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no day"),
        ("spring", "is no day"),
        ("12", "is no day"),
        ("may", "is no day"),
        ("last week", "is no day"),
        ("last 12 Nov", "is no day"),
        ("31 Nov", "no calendar"),
        ("2026-02-30", "no calendar"),
        ("31/31/2026", "no calendar"),
        ("99999 years ago", "further"),
        ("Mon 12 Nov 2026", "is a Thursday"),
        ("x" * 1000, "is no day"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text: str, reason: str) -> None:
    """Nothing is guessed of words that name no day of the calendar."""
    with pytest.raises(ValueError, match=reason):
        read_day(text, _TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tuesday", "2026-11-24"),
        ("friday", "2026-11-27"),
        ("next week", "2026-11-27"),
        ("3 days", "2026-11-23"),
        ("in 3 days", "2026-11-23"),
        ("in a month", "2026-12-20"),
        ("12 Nov", "2027-11-12"),
        ("20 Nov", "2026-11-20"),
        ("29 Feb", "2028-02-29"),
        ("1.2.", "2027-02-01"),
        ("yesterday", "2026-11-19"),
    ],
)
def test_a_day_to_come(text: str, day: str) -> None:
    """For what is still ahead the same words mean the next such day."""
    assert str(read_day(text, _TODAY, ahead=True)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1985-04-12", "1985-04-12"),
        ("04-12", "--04-12"),
        ("--04-12", "--04-12"),
        ("---12", "---12"),
        ("12 April", "--04-12"),
        ("Apr 12th", "--04-12"),
        ("12.4.", "--04-12"),
        ("12/4", "--04-12"),
        ("29 Feb", "--02-29"),
        ("12 April 1985", "1985-04-12"),
        ("12.4.1985", "1985-04-12"),
        ("April 1985", "1985-04"),
        ("1985", "1985"),
        ("yesterday", "2026-11-19"),
        ("last friday", "2026-11-13"),
    ],
)
def test_a_day_that_returns_has_a_year_only_where_one_is_said(text: str, day: str) -> None:
    """A birthday without a year is one whose year is not known, never that of the last such day."""
    assert str(read_partial_day(text, _TODAY, country="GB")) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("spring", "is no day"),
        ("--spring", "is no day"),
        ("12.4.85", "leaves the century open"),
        ("04-31", "is on no calendar"),
        ("31.4.", "is on no calendar"),
        ("12/4/1985", "12 Apr to some and 4 Dec to others"),
    ],
)
def test_what_is_no_day_that_returns_is_refused(text: str, reason: str) -> None:
    """Of two digits the century would be a guess, and a guess is not what was said."""
    with pytest.raises(ValueError, match=reason):
        read_partial_day(text, _TODAY, country="CA")

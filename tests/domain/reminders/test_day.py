from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.kinds import OccasionKind
from relcard.domain.reminders.day import Day
from relcard.domain.reminders.day import said_day
from relcard.domain.reminders.occasion import KeptOccasion
from relcard.domain.reminders.occasion import occurrences
from relcard.errors import UsageError

TODAY = dt.date(2026, 11, 20)


def _day(what: str, on: str, *, is_once: bool = False) -> Day:
    return Day(1, False, OccasionKind.CUSTOM, what, PartialDate.parse(on), is_once)


@pytest.mark.parametrize(
    ("what", "is_once", "remember", "kind", "lead_days"),
    [
        ("name day", False, False, OccasionKind.CUSTOM, None),
        ("Wedding", False, False, OccasionKind.ANNIVERSARY, None),
        ("wedding", True, False, OccasionKind.CUSTOM, None),  # the feast itself, and no anniversary
        ("Walter", False, True, OccasionKind.REMEMBRANCE, 1),
        ("day of remembrance", False, False, OccasionKind.REMEMBRANCE, 1),
    ],
)
def test_the_word_for_a_day_says_its_kind(
    what: str, is_once: bool, remember: bool, kind: OccasionKind, lead_days: int | None
) -> None:
    """A wedding counts years, a day of remembrance is told on the eve, any other word is the user's own."""
    kept = said_day(_day(what, "--12-01", is_once=is_once), remember=remember, today=TODAY)
    assert (kept.kind, kept.label, kept.lead_days) == (kind, what, lead_days)


@pytest.mark.parametrize("what", ["birthday", "", " ", "x" * 61, "two\x07bells"])
def test_what_cannot_name_a_day_is_refused(what: str) -> None:
    """A birthday is somebody's, and a name has letters, not too many."""
    with pytest.raises(UsageError):
        said_day(_day(what, "--12-01"), remember=False, today=TODAY)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)), st.dates(dt.date(2026, 1, 1), dt.date(2036, 12, 31))
)
def test_a_day_of_one_year_happens_once_and_the_others_every_year(on: dt.date, today: dt.date) -> None:
    """Over twenty years one comes once, from its year on the other in each; next_on is the first of them."""
    start, end = today, dt.date(today.year + 20, 12, 31)
    yearly = Day(1, False, OccasionKind.CUSTOM, "fete", PartialDate(on.year, on.month, on.day))
    once = said_day(
        Day(1, False, OccasionKind.CUSTOM, "fete", PartialDate(None, on.month, on.day), True),
        remember=False,
        today=today,
    )
    for day, count in ((once, 1), (yearly, None)):
        kept = KeptOccasion(1, 1, day.kind, day.date, day.label, day=day)
        falling = [each.on for each in occurrences([kept], start=start, end=end)]
        assert falling[:1] == [day.next_on(today)]
        if count is None:
            assert [each.year for each in falling] == list(range(falling[0].year, end.year + 1))
        else:
            assert len(falling) == count


def test_a_day_that_is_over_has_no_next() -> None:
    """A day of one year that is past is refused, and one that passed since has no next."""
    assert _day("fete", "2026-11-19", is_once=True).next_on(TODAY) is None
    with pytest.raises(UsageError, match="is over"):
        said_day(_day("fete", "2026-11-19", is_once=True), remember=False, today=TODAY)

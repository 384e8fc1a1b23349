from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.reminders.absence import Absence
from relcard.domain.reminders.absence import absences
from relcard.domain.reminders.absence import at_home_by
from relcard.domain.reminders.absence import away_since
from relcard.domain.reminders.absence import said_absence
from relcard.domain.reminders.absence import told_after
from relcard.errors import UsageError

TODAY = date(2026, 6, 20)
JULY = Absence(date(2026, 7, 1), date(2026, 7, 21))

times = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(
        lambda days: Absence(TODAY + timedelta(days=days[0]), TODAY + timedelta(days=sum(days)))
    ),
    max_size=4,
)


def test_a_time_away_is_kept_among_what_is_put_off() -> None:
    kept = {JULY.id: JULY.last, "birthday-3-2026": None, "cadence-3-20260601": TODAY}
    assert absences(kept) == [JULY]


def test_what_falls_into_it_is_done_before_and_what_can_wait_after() -> None:
    assert at_home_by(date(2026, 7, 10), [JULY]) == date(2026, 6, 30)
    assert told_after(date(2026, 7, 10), [JULY]) == date(2026, 7, 22)
    for outside in (date(2026, 6, 30), date(2026, 7, 22)):
        assert at_home_by(outside, [JULY]) == told_after(outside, [JULY]) == outside


@given(times, st.integers(0, 90))
def test_nothing_is_told_while_one_is_away(away: list[Absence], later: int) -> None:
    """However the times lie, the days before and after them are at home."""
    day = TODAY + timedelta(days=later)
    before, after = at_home_by(day, away), told_after(day, away)
    assert before <= day <= after
    assert not any(time.first <= after <= time.last for time in away)
    assert not any(time.first <= before <= time.last for time in away)


def test_who_is_just_back_is_told_what_was_missed() -> None:
    """After a time away that was said, or a week without a change; a change ends it."""
    back = date(2026, 7, 23)
    assert away_since(date(2026, 6, 29), [JULY], back) == date(2026, 6, 30)
    assert away_since(date(2026, 7, 22), [JULY], back) is None
    assert away_since(date(2026, 7, 16), [], back) == date(2026, 7, 16)
    assert away_since(date(2026, 7, 17), [], back) is None
    assert away_since(None, [], back) is None


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 7, 21), date(2026, 7, 1)),
        (date(2026, 6, 1), date(2026, 6, 19)),
        (TODAY, date(2028, 1, 1)),
    ],
)
def test_no_time_away_is_over_or_backwards(first: date, last: date) -> None:
    with pytest.raises(UsageError, match="no time away"):
        said_absence(first, last, TODAY)

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.posting import DEFAULT_TABLE
from relcard.domain.posting import next_posting_day
from relcard.domain.seasons.plan import EARLY
from relcard.domain.seasons.plan import Pace
from relcard.domain.seasons.plan import plan_evenings
from relcard.domain.seasons.plan import quicker_pace
from relcard.domain.seasons.plan import read_pace

MONDAY = date(2026, 11, 30)
_DAYS = st.integers(-5, 60).map(lambda days: MONDAY + timedelta(days=days))
_CARDS = st.lists(_DAYS, max_size=60).map(lambda days: list(zip(days, range(60), strict=False)))
_PACES = st.builds(
    Pace, st.integers(1, 8), st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
)


@pytest.mark.parametrize(
    ("words", "pace"),
    [
        ("6 an evening, Mon Wed Fri", Pace(6, (0, 2, 4))),
        ("6 an evening", Pace(6)),
        ("10", Pace(10)),
        ("4 cards a night on weekdays", Pace(4, (0, 1, 2, 3, 4))),
        ("8 per evening Saturday and Sunday", Pace(8, (5, 6))),
        ("5 each evening; wednesday, monday", Pace(5, (0, 2))),
        ("3 every day", Pace(3)),
    ],
)
def test_pace_is_read_as_people_say_it(words: str, pace: Pace) -> None:
    """And written back in words that read the same."""
    assert read_pace(words) == pace
    assert read_pace(str(pace)) == pace


@pytest.mark.parametrize(
    ("words", "days"),
    [("6, Mon-Fri", (0, 1, 2, 3, 4)), ("6, fri–mon", (0, 4, 5, 6)), ("6, mon/wed, sun", (0, 2, 6))],
)
def test_a_span_of_days_is_every_day_of_it(words: str, days: tuple[int, ...]) -> None:
    """Mon-Fri are five evenings; a span may go over the end of the week."""
    assert read_pace(words) == Pace(6, days)


@pytest.mark.parametrize(
    "words", ["", "0 an evening", "many", "500", "6 an evening, someday", "6, mon-wed-fri", "-3"]
)
def test_no_pace_is_refused(words: str) -> None:
    """With the reason, and the words there are."""
    with pytest.raises(ValueError, match="Mon Wed Fri"):
        read_pace(words)


def posted_on(evening: date) -> date:
    """Return the day an evening's cards are posted in England."""
    return next_posting_day(DEFAULT_TABLE, "GB", evening)


def test_what_is_written_on_saturday_is_posted_on_monday() -> None:
    """No post takes letters on a Sunday, nor on a public holiday."""
    assert posted_on(MONDAY) == date(2026, 12, 1)
    assert posted_on(date(2026, 12, 5)) == date(2026, 12, 7)
    assert posted_on(date(2026, 12, 24)) == date(
        2026, 12, 29
    )  # Christmas, Boxing Day, Sunday, and its substitute


@given(_CARDS, _PACES)
def test_plan_keeps_its_laws(cards: list[tuple[date, int]], pace: Pace) -> None:
    """Never above the pace, nobody lost or doubled, far before near, nothing too late and nothing in the past."""
    plan = plan_evenings(cards, pace, MONDAY, posted_on)
    last_day = {key: day for day, key in cards}
    planned = [key for evening in plan.evenings for key in evening.cards]
    assert sorted([*planned, *plan.late, *plan.crowded]) == sorted(last_day)
    for evening in plan.evenings:
        assert 1 <= len(evening.cards) <= pace.cards
        assert evening.on >= MONDAY
        assert evening.on.weekday() in pace.weekdays
        assert all(posted_on(evening.on) <= last_day[key] for key in evening.cards)
    assert [last_day[key] for key in planned] == sorted(last_day[key] for key in planned)
    assert [evening.on for evening in plan.evenings] == sorted({evening.on for evening in plan.evenings})
    assert all(last_day[key] < posted_on(MONDAY) for key in plan.late)


@given(_CARDS, _PACES)
def test_quicker_pace_loses_nobody_more(cards: list[tuple[date, int]], pace: Pace) -> None:
    """One card more an evening never makes another late, and the quicker pace leaves as few as any."""
    now = plan_evenings(cards, pace, MONDAY, posted_on)
    quicker = plan_evenings(cards, pace._replace(cards=pace.cards + 1), MONDAY, posted_on)
    assert len(quicker.crowded) <= len(now.crowded)
    best = quicker_pace(cards, pace, MONDAY, posted_on) or pace
    all_at_once = plan_evenings(cards, pace._replace(cards=max(len(cards), 1)), MONDAY, posted_on)
    assert len(plan_evenings(cards, best, MONDAY, posted_on).crowded) <= len(all_at_once.crowded)


@given(_CARDS, _PACES)
def test_all_come_a_week_early_where_there_is_room(cards: list[tuple[date, int]], pace: Pace) -> None:
    """What is less than a week early could not be more so: with days a week nearer it would be left behind."""
    plan = plan_evenings(cards, pace, MONDAY, posted_on)
    nearer = plan_evenings([(day - EARLY, key) for day, key in cards], pace, MONDAY, posted_on)
    assert bool(plan.tight or plan.late or plan.crowded) == bool(nearer.late or nearer.crowded)
    last_day = {key: day for day, key in cards}
    for evening in plan.evenings:
        for key in evening.cards:
            assert (key in plan.tight) == (posted_on(evening.on) + EARLY > last_day[key])


@given(_CARDS, _PACES, st.integers(0, 3))
def test_who_falls_behind_is_planned_again(cards: list[tuple[date, int]], pace: Pace, evenings: int) -> None:
    """After some evenings that were kept nobody is lost who was not before."""
    plan = plan_evenings(cards, pace, MONDAY, posted_on)
    done = plan.evenings[:evenings]
    if len(done) == len(plan.evenings):
        return
    written = {key for evening in done for key in evening.cards}
    left = [card for card in cards if card[1] not in written]
    again = plan_evenings(left, pace, plan.evenings[len(done)].on, posted_on)
    assert {*again.late, *again.crowded} == {*plan.late, *plan.crowded}
    assert again.evenings == plan.evenings[len(done) :]

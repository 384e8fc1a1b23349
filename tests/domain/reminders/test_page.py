from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.cadence import UNSET
from relcard.domain.reminders.cadence import Cadence
from relcard.domain.reminders.cadence import cadence_due
from relcard.domain.reminders.cadence import days_between
from relcard.domain.reminders.cadence import nearness
from relcard.domain.reminders.page import by_house
from relcard.domain.reminders.page import page_of
from relcard.domain.reminders.page import parts_of
from relcard.domain.reminders.page import through_the_day
from relcard.domain.reminders.page import turns
from relcard.domain.reminders.reminder import Action
from relcard.domain.reminders.reminder import Reminder
from tests.support.dose import dose

if TYPE_CHECKING:
    from relcard.domain.reminders.page import Page

TODAY = date(2026, 11, 20)


def a_reminder(
    home: int | None, kind: str = "birthday", *, on: int = 0, due: int = 0, who: str = "", near: int = 1
) -> Reminder:
    """Return a reminder of a household, its days counted from today."""
    return Reminder(
        id=f"{kind}-{home}-{who}{on}",
        kind=kind,
        action=Action.WRITE,
        who=who or f"House {home}",
        contact_id=home,
        title=who or f"House {home}",
        due=TODAY + timedelta(days=due),
        on=TODAY + timedelta(days=on),
        reason="",
        age=None,
        nearness=near,
        household_id=home,
        every=30 if kind == "cadence" else None,
    )


def shown(page: Page) -> list[str]:
    return [line.reminder.who for line in page.shown]


def nobody(_: Reminder) -> bool:
    return False


def test_what_can_be_in_time_comes_first_then_the_season_then_what_is_owed() -> None:
    """Inner before friend in each, whatever is due earlier; of whom nothing was said comes last."""
    lines = [
        a_reminder(1, "cadence", due=-9, near=2, who="friend owed"),
        a_reminder(2, "cadence", due=-1, near=0, who="inner owed"),
        a_reminder(None, "season", who="christmas-2026", near=6),
        a_reminder(3, on=-3, due=-9, near=0, who="inner belated"),
        a_reminder(4, on=2, due=-2, near=2, who="friend in time"),
        a_reminder(5, on=4, due=0, near=0, who="inner in time"),
        a_reminder(6, on=0, due=0, near=UNSET, who="no circle, today"),
    ]
    page = page_of(lines, TODAY, 5, nobody)
    assert shown(page) == ["inner in time", "friend in time", "christmas-2026", "inner belated", "inner owed"]
    assert [(line.number, line.reminder.who) for line in page.rest] == [
        (6, "friend owed"),
        (7, "no circle, today"),
    ]


def test_a_season_whose_feast_is_over_waits_behind_what_is_owed() -> None:
    over = a_reminder(None, "season", on=-1, who="christmas-2026", near=6)
    page = page_of([over, a_reminder(1, "cadence", due=-9, who="Jo")], TODAY, 5, nobody)
    assert shown(page) == ["Jo", "christmas-2026"]


def test_one_house_is_one_line() -> None:
    """A couple's day is one, two birthdays in a week go with one card, and a word owed joins them."""
    lines = by_house(
        [
            a_reminder(7, "anniversary", on=5, who="Anna"),
            a_reminder(7, "anniversary", on=5, who="Jan"),
            a_reminder(8, on=3, who="Ida"),
            a_reminder(8, on=9, due=5, who="Jo"),
            a_reminder(8, on=30, due=25, who="Una"),
            a_reminder(8, "cadence", on=-9, due=-9, who="Ida and Jo"),
        ],
        TODAY,
        TODAY,
    )
    couple, home = sorted(lines, key=lambda line: line.household_id or 0)
    assert [part.title for part in parts_of(couple)] == ["Anna and Jan's anniversary"]
    assert [part.id for part in (couple, *couple.parts)] == ["anniversary-7-Anna5", "anniversary-7-Jan5"]
    assert [part.who for part in parts_of(home)] == ["Ida", "Jo", "Ida and Jo"]
    assert all(part.due <= TODAY for part in parts_of(home))


def test_a_couple_is_one_behind_a_birthday_too() -> None:
    """Their day, once of each vCard and once as the user said it of the house, is told once."""
    (line,) = by_house(
        [
            a_reminder(7, on=2, who="Ola"),
            a_reminder(7, "anniversary", on=5, who="Anna"),
            a_reminder(7, "anniversary", on=5, who="Jan"),
            a_reminder(7, "anniversary", on=5, who="Anna and Jan"),
        ],
        TODAY,
        TODAY,
    )
    assert [part.title for part in parts_of(line)] == ["Ola", "Anna and Jan's anniversary"]
    assert len(line.parts) == 3


def test_what_is_done_is_not_filled_up_and_lines_keep_their_numbers() -> None:
    """Of seven lines five are shown; two done leave three of them, and what came since is the last number."""
    houses = [a_reminder(home, on=home) for home in range(1, 8)]
    morning = page_of(houses, TODAY, 5, nobody)
    left = [*houses[:1], *houses[3:], a_reminder(9, "answer")]
    page = through_the_day(morning, left, 5)
    assert [line.number for line in page.shown] == [1, 4, 5]
    assert [line.number for line in page.rest] == [6, 7, 8]
    quiet = through_the_day(page_of(houses[:1], TODAY, 5, nobody), left[-1:], 5)
    assert [line.number for line in quiet.shown] == [2]


cadences = st.lists(st.integers(1, 400), min_size=1, max_size=60).map(
    lambda days: dict(enumerate(days, start=1))
)


@given(cadences, st.integers(1, 12))
def test_a_turn_comes_in_every_period_and_never_too_many_on_a_day(every: dict[int, int], most: int) -> None:
    """As often as the book allows, at least once in each cadence where it is small enough."""
    turn_of = turns(every, most)
    assert bool(turn_of) == (most > 1)
    assert all(0 <= day < period for period, day in turn_of.values())
    for today in range(400):
        assert sum(today % period == day for period, day in turn_of.values()) <= most // 2
    if sum(2 / days for days in every.values()) <= most // 2:
        assert all(period <= every[home] for home, (period, _) in turn_of.items())


@st.composite
def books(draw: st.DrawFn) -> list[Cadence]:
    """Return households whose circles were said on one evening, no more than the daily number bears."""
    sizes = {Circle.INNER: 6, Circle.CLOSE: 12, Circle.FRIEND: 24, Circle.WIDE: 40}
    circles = [circle for circle, most in sizes.items() for _ in range(draw(st.integers(0, most)))]
    ids = draw(st.permutations(range(1, len(circles) + 1)))
    return [
        Cadence(home, f"House {home}", circle, TODAY, household_id=home)
        for home, circle in zip(ids, circles, strict=True)
    ]


@settings(max_examples=dose(2, 60))
@pytest.mark.parametrize("is_idle", [True, False], ids=["nothing is done", "all is done"])
@given(book=books(), most=st.integers(5, 7))
def test_everybody_is_named_within_twice_their_cadence(book: list[Cadence], most: int, is_idle: bool) -> None:
    """Whether one does all that is shown or nothing, with birthdays on the page too, and never too many lines."""
    every = {cadence.household_id or 0: days_between(cadence, RULES) or 0 for cadence in book}
    turn_of = turns(every, most)
    named = dict.fromkeys(every, TODAY)
    last: dict[int, date] = {}
    for later in range(800):
        today = TODAY + timedelta(days=later)
        lines = [
            a_reminder(1000 + number, on=later + 1, due=later, near=1) for number in range(later % (most + 2))
        ]
        for cadence in book:
            home = cadence.household_id or 0
            due = cadence_due(cadence._replace(last_on=last.get(home)), RULES)
            if due is not None and due <= today:
                lines.append(
                    a_reminder(home, "cadence", due=(due - TODAY).days, near=nearness(cadence.circle))
                )

        def is_turn(line: Reminder, today: date = today) -> bool:
            period, day = turn_of.get(line.household_id or 0, (1, 1))
            return today.toordinal() % period == day

        page = page_of(lines, today, most, is_turn)
        assert len(page.shown) <= most
        assert len(page.shown) == min(most, len(lines))
        for line in page.shown:
            home = line.reminder.household_id or 0
            if home in named:
                named[home] = today
                if not is_idle:
                    last[home] = today
        assert all((today - named[home]).days <= 2 * days for home, days in every.items())

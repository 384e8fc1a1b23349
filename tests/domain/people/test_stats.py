from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.circle import Circle
from relcard.domain.people.stats import by_month
from relcard.domain.people.stats import card_years
from relcard.domain.people.stats import filled
from relcard.domain.people.stats import strip

TODAY = date(2026, 11, 20)


def test_every_circle_that_gets_cards_is_shown_filled_or_not() -> None:
    found = filled({Circle.INNER: 4, Circle.NONE: 90, None: 12})
    assert [(one.circle.value, one.contacts, one.about) for one in found] == [
        ("inner", 4, 5),
        ("close", 0, 15),
        ("friend", 0, 50),
        ("wide", 0, 150),
    ]


def test_an_envelope_counts_once_however_often_it_is_told() -> None:
    """The season says it went, each of two members says so, and their card came too."""
    told = [
        (("h1", "christmas"), 2024, True, True),
        (("h1", "christmas"), 2024, True, False),
        (("h1", "christmas"), 2024, False, True),
        (("h2", "christmas"), 2024, True, False),
    ]
    assert [(one.year, one.sent, one.received) for one in card_years(told, TODAY)] == [
        (2024, 2, 1),
        (2025, 0, 0),
        (2026, 0, 0),
    ]


def test_without_a_card_there_is_no_year() -> None:
    assert card_years([], TODAY) == ()
    assert card_years([("h1", 2024, False, False)], TODAY) == ()


def test_a_strip_is_twelve_months_up_to_this_one() -> None:
    """What lies before counts as the last word only, and a day to come not at all."""
    found = strip("ada", "Ada Oak", [date(2025, 11, 30), date(2026, 1, 5), date(2026, 1, 5)], TODAY)
    assert [(one.year, one.month) for one in (found.months[0], found.months[-1])] == [(2025, 12), (2026, 11)]
    assert [one.words for one in found.months] == [0, 1, *[0] * 10]
    assert (found.silent, found.last_on) == (11, date(2026, 1, 5))
    assert strip("ada", "Ada Oak", [date(2026, 12, 1)], TODAY).last_on is None
    assert strip("ada", "Ada Oak", [date(2019, 1, 1)], TODAY).last_on == date(2019, 1, 1)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1))))
def test_the_months_of_a_strip_follow_each_other(today: date, days: list[date]) -> None:
    """Twelve of them, each after the one before, the last with today in it, and none of their days is lost."""
    months = strip("ada", "Ada Oak", days, today).months
    counted = [one.year * 12 + one.month for one in months]
    assert counted == list(range(counted[-1] - 11, counted[-1] + 1))
    assert (months[-1].year, months[-1].month) == (today.year, today.month)
    inside = {day for day in days if day <= today and day.year * 12 + day.month >= counted[0]}
    assert sum(one.words for one in months) == len(inside)


def test_birthdays_are_counted_by_month() -> None:
    days = [PartialDate(1992, 2, 29), PartialDate(None, 2, 1), PartialDate(1990), PartialDate(None, 12, None)]
    assert by_month(days) == (0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)

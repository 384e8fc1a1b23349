from __future__ import annotations

from collections import Counter
from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.cadence import Cadence
from relcard.domain.reminders.cadence import cadence_due
from relcard.domain.reminders.cadence import of_households

LONG_AGO = date(2020, 1, 1)
SAID = date(2026, 3, 10)


def test_household_has_one_cadence() -> None:
    """Of the nearest adult's circle, under the names of two; the shortest that was said goes before never."""
    anna = Cadence(1, "Anna Nowak", Circle.CLOSE, LONG_AGO, household_id=7)
    jan = Cadence(2, "Jan Nowak", Circle.INNER, LONG_AGO, household_id=7)
    cy = Cadence(4, "Cy", Circle.WIDE, LONG_AGO)
    both, alone = of_households([anna, cy, jan])
    assert (both.contact_id, both.name, both.circle) == (2, "Jan Nowak and Anna Nowak", Circle.INNER)
    assert alone == cy
    (three,) = of_households([anna, jan, cy._replace(household_id=7)])
    assert three.name == "Jan Nowak and 2 more"
    for days, expected in (((None, None), None), ((0, None), 0), ((0, 30), 30), ((14, 30), 14)):
        adults = [adult._replace(cadence_days=own) for adult, own in zip((anna, jan), days, strict=True)]
        (own,) = of_households(adults)
        assert own.cadence_days == expected
    weekly = anna._replace(segment="regulars", segment_days=7)
    (segment,) = of_households([weekly, jan._replace(segment="quiet", segment_days=0)])
    assert (segment.segment, segment.segment_days) == ("regulars", 7)


def test_never_is_never() -> None:
    """Neither a household's own cadence nor a segment's of 0 days is ever due."""
    close = Cadence(1, "Anna Nowak", Circle.CLOSE, LONG_AGO)
    assert cadence_due(close, RULES) is not None
    assert cadence_due(close._replace(cadence_days=0), RULES) is None
    assert cadence_due(close._replace(segment="quiet", segment_days=0), RULES) is None
    assert cadence_due(close._replace(segment="quiet", segment_days=0, cadence_days=14), RULES) is not None


@given(
    st.integers(1, 10**6),
    st.integers(1, 200),
    st.sampled_from([Circle.INNER, Circle.CLOSE, Circle.FRIEND, Circle.WIDE]),
)
def test_first_words_are_spread_over_the_cadence(first: int, count: int, circle: Circle) -> None:
    """However many circles are said on one evening, no day has two more than its share; nobody waits longer."""
    every = RULES[circle].cadence_days or 0
    days = Counter(
        cadence_due(Cadence(number, "", circle, SAID, household_id=number), RULES)
        for number in range(first, first + count)
    )
    assert SAID < min(filter(None, days)) <= max(filter(None, days)) <= SAID + timedelta(days=every)
    assert max(days.values()) <= -(-count // every) + 2


def test_a_word_counts_before_the_circle_was_said() -> None:
    """Five days overdue when the circle is said is due at once; two years are no flood on that evening."""
    wren = Cadence(1, "Aunt Wren", Circle.INNER, SAID, SAID - timedelta(days=19))
    assert cadence_due(wren, RULES) == SAID - timedelta(days=5)
    long_silent = cadence_due(wren._replace(last_on=LONG_AGO), RULES)
    assert long_silent is not None
    assert SAID < long_silent <= SAID + timedelta(days=14)

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.circle import Circle
from relcard.domain.posting import post_by
from relcard.domain.reminders.occasion import KeptOccasion
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.reminder import MISSED_DAYS
from relcard.domain.reminders.reminder import NEAR_MISSED_DAYS
from relcard.domain.reminders.reminder import build_reminders
from relcard.domain.reminders.reminder import done
from relcard.domain.reminders.reminder import occasion_windows
from relcard.domain.standpoint import Standpoint

FULL = os.environ.get("RELCARD_FAULTS") == "full"
YEARS = 10 if FULL else 4
FIRST = date(2024, 2, 20)
STANDPOINT = Standpoint(today=FIRST, sender_country="GB", language="en")
MISSED = {Circle.INNER: NEAR_MISSED_DAYS, Circle.CLOSE: NEAR_MISSED_DAYS, None: 0}


@st.composite
def people(draw: st.DrawFn) -> list[KeptOccasion]:
    """Return birthdays of any circle and country: leap days, year ends and unknown years among them."""
    born = st.dates(date(1930, 1, 1), date(2023, 12, 31))
    odd = st.sampled_from([date(1980, 2, 29), date(1980, 12, 31), date(1980, 1, 1), date(1980, 3, 1)])
    kept = []
    for number in range(draw(st.integers(4, 12))):
        day = draw(born | odd)
        kept.append(
            KeptOccasion(
                contact_id=number,
                occasion_id=number,
                kind=OccasionKind.BIRTHDAY,
                date=PartialDate(draw(st.sampled_from([day.year, None])), day.month, day.day),
                name=f"Contact {number}",
                circle=draw(st.sampled_from([*Circle, None])),
                has_address=draw(st.booleans()),
                country=draw(st.sampled_from(["", "GB", "JP", "NZ"])),
            )
        )
    return kept


@st.composite
def days_of_use(draw: st.DrawFn) -> list[date]:
    """Return the days of some years on which the program is asked: with gaps, absences and a clock set back."""
    gap = st.integers(1, 5) | st.sampled_from([1, 30, 75, -1, -40])
    gaps = draw(st.lists(gap, min_size=40, max_size=90))
    days, day, number = [], FIRST, 0
    while day < FIRST + timedelta(days=365 * YEARS):
        days.append(day)
        # A clock may go back by weeks, again and again, but never before the first day.
        day = max(FIRST, day + timedelta(days=gaps[number % len(gaps)] if number % 7 else 3))
        number += 1
        if number > 1500:  # a clock that goes back as often as on
            break
    return days


def expected(kept: list[KeptOccasion], days: list[date]) -> set[str]:
    """Return the ids of what a day of use fell into: from its day to post until it is past."""
    asked = sorted(set(days))
    ids = set()
    for occasion in kept:
        if occasion.circle is Circle.NONE or occasion.date.month is None or occasion.date.day is None:
            continue
        for year in range(asked[0].year - 1, asked[-1].year + 3):
            leap = (occasion.date.month, occasion.date.day) == (2, 29) and year % 4
            on = date(year, occasion.date.month, 28 if leap else occasion.date.day)
            card = occasion.has_address and occasion.circle is not None
            first = post_by(STANDPOINT.posting, "GB", occasion.country, on) if card else on
            last = on + timedelta(days=MISSED.get(occasion.circle, MISSED_DAYS))
            if any(first <= day <= last for day in asked):
                ids.add(f"birthday-{occasion.occasion_id}-{year}")
    return ids


@settings(max_examples=60 if FULL else 6)
@given(people(), days_of_use())
def test_every_day_of_every_year_is_told_once(kept: list[KeptOccasion], days: list[date]) -> None:
    """On whatever days one asks, and if the clock goes back: what is done is never told again, nothing is lost."""
    told: Counter[str] = Counter()
    put_off: dict[str, date | None] = {}
    for today in days:
        standpoint = STANDPOINT._replace(today=today)
        start, end = occasion_windows(standpoint).near
        for due in build_reminders(
            standpoint,
            occurrences=occurrences(kept, start=start, end=end),
            spoken_on={},
            cadences=(),
            seasons=(),
            put_off=put_off,
        ):
            told[due.id] += 1
            dealt = done(due, today)
            put_off[dealt.id] = dealt.until
    assert set(told.values()) <= {1}
    assert set(told) == expected(kept, days)

"""The page of today, what to have in mind beside each line, and what was missed while one was away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.reminders import reminder
from relcard.domain.reminders.absence import absences
from relcard.domain.reminders.absence import away_since
from relcard.domain.reminders.cadence import days_between
from relcard.domain.reminders.cadence import nearness
from relcard.domain.reminders.known import in_words
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.page import TOGETHER
from relcard.domain.reminders.page import by_house
from relcard.domain.reminders.page import page_of
from relcard.domain.reminders.page import through_the_day
from relcard.domain.reminders.page import turns
from relcard.services.reminders.upcoming import read_days
from relcard.services.reminders.upcoming import read_reminders
from relcard.store import last_words
from relcard.store import occasions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from relcard.domain.reminders.cadence import Cadence
    from relcard.domain.reminders.occasion import KeptOccasion
    from relcard.domain.reminders.page import Line
    from relcard.domain.reminders.page import Page
    from relcard.domain.standpoint import Standpoint
    from relcard.services.reminders.upcoming import Found
    from relcard.store.file.database import Connection


class Missed(NamedTuple):
    """A day that passed while one was away, of a couple under both names."""

    who: str
    on: date
    nearness: int


class Today(NamedTuple):
    """The page of today, the last change of the store, and what was missed, only when one is just back."""

    page: Page
    last_change: date | None
    missed: list[Missed]


def read_today(db: Connection, standpoint: Standpoint, seen_on: date | None = None) -> Today:
    """Return the page of today: at most the user's number of lines, and the rest.

    Through the day it stays that of the morning, less what was dealt with: so lines keep their numbers, and
    an evening has an end. `seen_on` is the last day before this one on which the page was read: it tells, as
    a change does, that the user was not away.
    """
    today, most = standpoint.today, standpoint.daily
    last_change = occasions.last_change(db)
    now = read_reminders(db, standpoint, days=0, together=TOGETHER)
    houses = by_house(now.reminders, today, today)
    is_morning = today not in now.spoken_on.values() and not occasions.is_any_dismissed(db, today)
    if is_morning:
        page = _page(houses, now.cadences, standpoint)
        last_sign = max(filter(None, (last_change, seen_on)), default=None)
        since = away_since(last_sign, absences(now.put_off), today) if last_change != today else None
        return Today(page, last_change, _missed(db, standpoint, now, since) if since else [])
    before = read_reminders(db, standpoint, days=0, together=TOGETHER, morning=True)
    morning = _page(by_house(before.reminders, today, today), before.cadences, standpoint)
    return Today(through_the_day(morning, houses, most), last_change, [])


def _page(houses: list[reminder.Reminder], cadences: Iterable[Cadence], standpoint: Standpoint) -> Page:
    today, most = standpoint.today, standpoint.daily
    turn_of = turns(_every(cadences, standpoint), most) if len(houses) > most else {}

    def is_turn(house: reminder.Reminder) -> bool:
        period, day = turn_of.get(house.household_id or 0, (0, 0))
        is_owed = any(part.every is not None for part in (house, *house.parts))
        return is_owed and period > 0 and today.toordinal() % period == day

    return page_of(houses, today, most, is_turn)


def _every(cadences: Iterable[Cadence], standpoint: Standpoint) -> dict[int, int]:
    """Return the days of each household that has a cadence."""
    known = {cadence.household_id or 0: days_between(cadence, standpoint.rules) for cadence in cadences}
    return {household: every for household, every in known.items() if every}


def _missed(db: Connection, standpoint: Standpoint, now: Found, since: date) -> list[Missed]:
    """Return the days of those in a circle that passed since a day, and nobody was in touch for."""
    yesterday = standpoint.today - timedelta(days=1)
    first = max(since + timedelta(days=1), yesterday - timedelta(days=reminder.NEAR_MISSED_DAYS))
    window = (first, yesterday)
    nobody = (standpoint.today, yesterday)
    kept, said = read_days(db, standpoint, reminder.Windows(window, window, nobody), yesterday)
    passed = occurrences([*kept, *said], start=first, end=yesterday, leap_day=standpoint.leap_day)
    days: dict[tuple[date, object], list[KeptOccasion]] = {}
    for occurrence in sorted(passed, key=lambda passed: (passed.on, passed.occasion.contact_id)):
        if reminder.is_missed(occurrence, now.spoken_on, now.put_off):
            occasion, on = occurrence.occasion, occurrence.on
            whose = f"h{occasion.household_id}" if occasion.is_of_home else occasion
            days.setdefault((on, whose), []).append(occasion)
    return [
        Missed(
            " and ".join(dict.fromkeys(occasion.name for occasion in theirs)),
            on,
            min(nearness(occasion.circle) for occasion in theirs),
        )
        for (on, _), theirs in days.items()
    ]


def known_beside(db: Connection, lines: Iterable[Line], today: date) -> dict[int, list[str]]:
    """Return what to have in mind beside some lines, by household."""
    homes = [line.reminder.household_id for line in lines if line.reminder.household_id]
    known = last_words.known_of(db, homes, today) if homes else {}
    return {household_id: in_words(theirs, today) for household_id, theirs in known.items()}

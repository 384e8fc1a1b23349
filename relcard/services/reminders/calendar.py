"""The days of contacts for a calendar, and by when to post: first names alone, no circle, note or fact."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from relcard.calendars.icalendar import Revision
from relcard.calendars.icalendar import write_calendar
from relcard.domain.dates import short_day
from relcard.domain.posting import longest_lead
from relcard.domain.reminders import reminder
from relcard.domain.reminders.calendar import AHEAD
from relcard.domain.reminders.calendar import AHEAD_IN_OTHERS
from relcard.domain.reminders.calendar import Entry
from relcard.domain.reminders.calendar import by_couple
from relcard.domain.reminders.calendar import first_on
from relcard.domain.reminders.calendar import is_told
from relcard.domain.reminders.calendar import people_of
from relcard.domain.reminders.calendar import row_of
from relcard.domain.reminders.calendar import rule_of
from relcard.domain.reminders.calendar import title_of
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.occasion import silent_until
from relcard.domain.reminders.page import by_house
from relcard.services.reminders.season_work import left_to_write
from relcard.services.reminders.upcoming import read_days
from relcard.store import occasions
from relcard.store.file import identity
from relcard.store.file import journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.reminders.calendar import People
    from relcard.domain.reminders.occasion import Bereavement
    from relcard.domain.reminders.occasion import KeptOccasion
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection

_YEAR = timedelta(days=365)


def read_calendar(db: Connection, standpoint: Standpoint) -> list[Entry]:
    """Return the days of all contacts but those of circle none, and the days to post of the next 13 months.

    The dead are silent, and a household in a careful time is until it is over. The order is that of the days,
    and tells nothing of how near anybody is.
    """
    told = _days_told(db, standpoint)
    people = people_of(occasions.called_by(db, standpoint.today))
    uids = _uids(told, people)
    entries = [
        *_days(told, people, uids, standpoint),
        *_to_post(db, told, people, uids, standpoint),
        *_seasons_to_post(db, standpoint),
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.uid))


def file_of(db: Connection, entries: Sequence[Entry], today: date, before: bytes) -> bytes:
    """Return an iCalendar file of entries; `before` is the one that it takes the place of.

    What changed since has a larger number than that one gave it, and than any of a file that is gone.
    """
    return write_calendar(entries, Revision(journal.last_entry(db), today), before)


def _days_told(db: Connection, standpoint: Standpoint) -> list[KeptOccasion]:
    """Return the days of which a calendar speaks; of a household in a careful time silent until its end."""
    year = (standpoint.today, standpoint.today + _YEAR)
    kept, said = read_days(db, standpoint, reminder.Windows(year, year, year), standpoint.today)
    care: dict[int, list[Bereavement]] = {}
    for household_id, bereavement in occasions.careful_homes(db):
        care.setdefault(household_id, []).append(bereavement)
    until = {household_id: silent_until(times) for household_id, times in care.items()}
    days = [_silent(occasion, until.get(occasion.household_id or 0)) for occasion in (*kept, *said)]
    return [occasion for occasion in days if is_told(occasion)]


def _silent(occasion: KeptOccasion, until: date | None) -> KeptOccasion:
    times = [day for day in (occasion.silent_until, until) if day is not None]
    return occasion._replace(silent_until=max(times)) if times else occasion


def _days(
    told: Sequence[KeptOccasion], people: People, uids: Mapping[tuple[str, int], str], standpoint: Standpoint
) -> Iterator[Entry]:
    """Yield the days, each from the first year on in which it is known here: no year is invented."""
    for day in by_couple(told):
        first = min(day, key=lambda occasion: uids[row_of(occasion)])
        if first.date.other is not None:
            end = standpoint.today + AHEAD_IN_OTHERS
            for coming in occurrences([first], start=standpoint.today, end=end):
                uid = _made_uid(uids[row_of(first)], str(coming.year))
                yield Entry(uid, coming.on, title_of(day, people))
            continue
        is_once = first.day is not None and first.day.is_once
        since = standpoint.today if is_once else min(standpoint.today, people.row(first).added_on)
        on = first_on(first, since, standpoint.leap_day)
        if on is not None:
            rule = rule_of(first, standpoint.leap_day)
            yield Entry(uids[row_of(first)], on, title_of(day, people), rule)


def _to_post(
    db: Connection,
    told: Sequence[KeptOccasion],
    people: People,
    uids: Mapping[tuple[str, int], str],
    standpoint: Standpoint,
) -> Iterator[Entry]:
    """Yield by when to post the cards that are not written yet, those that go together as one."""
    today, last = standpoint.today, standpoint.today + AHEAD
    lead = timedelta(days=longest_lead(standpoint.posting, standpoint.sender_country))
    coming = occurrences(told, start=today, end=last + lead, leap_day=standpoint.leap_day)
    occasion_of = {occurrence.id: occurrence.occasion for occurrence in coming}
    reminders = reminder.build_reminders(
        standpoint,
        days=AHEAD.days,
        occurrences=coming,
        spoken_on={},
        cadences=(),
        seasons=(),
        put_off=occasions.dismissals(db),
    )
    cards = [card for card in reminders if card.post_by is not None and today <= card.post_by <= last]
    for line in by_house(cards, today, last):
        parts = [line, *line.parts]
        days = by_couple(occasion_of[part.id] for part in parts)
        first = min(parts, key=lambda part: (part.on, part.id))
        titles = ", ".join(title_of(day, people) for day in days)
        yield Entry(
            _made_uid("post", uids[row_of(occasion_of[first.id])], str(first.on.year)),
            min(part.post_by for part in parts if part.post_by is not None),
            f"Post a card: {titles}",
            beneath=f"To arrive by {short_day(first.on, weekday=True)}",
            has_alarm=True,
        )


def _seasons_to_post(db: Connection, standpoint: Standpoint) -> Iterator[Entry]:
    """Yield by when to post the cards of open seasons that are not written yet, one a destination."""
    for work in left_to_write(db, standpoint):
        last_days = [(card.place, card.post_by) for card in work.left if card.post_by is not None]
        for place in {place for place, _ in last_days}:
            on = min(day for where, day in last_days if where == place)
            if standpoint.today <= on <= standpoint.today + AHEAD:
                where = f" to {place}" if place else ""
                title = f"Post the cards of {work.name}{where}"
                yield Entry(_made_uid("season", work.name, place), on, title, has_alarm=True)


def _uids(told: Sequence[KeptOccasion], people: People) -> dict[tuple[str, int], str]:
    """Return by what each day is known: it stays when a birthday is corrected, and when a vCard comes anew.

    Of two of a kind that somebody has, the second is known by its date besides.
    """
    uids: dict[str, tuple[str, int]] = {}
    for occasion in told:
        uid = _made_uid("day", people.row(occasion).uuid.hex(), occasion.kind.value, occasion.label)
        if uid in uids:
            uid = _made_uid(uid, str(occasion.date))
        uids[uid] = row_of(occasion)
    return {row: uid for uid, row in uids.items()}


def _made_uid(*parts: str) -> str:
    return str(UUID(bytes=identity.key_uuid(b"calendar", *(part.encode() for part in parts))))

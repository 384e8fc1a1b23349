"""Reminders, from what the store knows: a fixed number of queries, none in a loop."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import next_kept
from relcard.domain.kinds import OccasionKind
from relcard.domain.reminders import reminder
from relcard.domain.reminders.cadence import Cadence
from relcard.domain.reminders.cadence import of_households
from relcard.domain.reminders.day import LONGEST_LEAD
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.occasion import silent_until
from relcard.domain.reminders.page import TOGETHER
from relcard.domain.reminders.page import by_house
from relcard.domain.reminders.waiting import WAITS_DAYS
from relcard.domain.reminders.waiting import of_waiting
from relcard.store import last_words
from relcard.store import occasions
from relcard.store import segments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.contact import Address
    from relcard.domain.reminders.occasion import Answer
    from relcard.domain.reminders.occasion import Bereavement
    from relcard.domain.reminders.occasion import KeptOccasion
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection

_ANSWERS_BACK = LONGEST_LEAD + 60  # days, more than any answer can be before an occasion that is told


def upcoming(
    db: Connection,
    standpoint: Standpoint,
    *,
    days: int,
    household_id: int | None = None,
) -> list[reminder.Reminder]:
    """Return what is overdue, due today or due within `days`, each with its reason.

    With `household_id` only what concerns this household is read, and no season.
    """
    return read_reminders(db, standpoint, days=days, household_id=household_id).reminders


def lines_ahead(db: Connection, standpoint: Standpoint, *, days: int) -> list[reminder.Reminder]:
    """Return what is due within `days`, one line a house, by the day it is due."""
    last = standpoint.today + timedelta(days=days)
    found = read_reminders(db, standpoint, days=days, together=TOGETHER)
    lines = by_house(found.reminders, standpoint.today, last)
    return sorted(lines, key=reminder.by_due)


class Found(NamedTuple):
    """What is due, and what it was made of: the cadences, the last words with contacts, what is put off."""

    reminders: list[reminder.Reminder]
    cadences: list[Cadence]
    spoken_on: dict[int, date]
    put_off: dict[str, date | None]


def read_reminders(
    db: Connection,
    standpoint: Standpoint,
    *,
    days: int,
    together: timedelta = timedelta(),
    household_id: int | None = None,
    morning: bool = False,
) -> Found:
    """Return what is due within `days`, with its sources, and `together` what one card may do besides.

    That is of those in a circle alone, to whom cards go. `morning` leaves out what was done today.
    """
    today = standpoint.today
    spoken_by = today - timedelta(days=morning)
    put_off = occasions.dismissals(db, before=today if morning else None)
    snoozed = any(put_off.values())
    no_circle = reminder.occasion_windows(standpoint, days=days, snoozed=snoozed).no_circle
    days += together.days
    windows = reminder.occasion_windows(standpoint, days=days, snoozed=snoozed)._replace(no_circle=no_circle)
    start, end = windows.near
    kept, said = read_days(db, standpoint, windows, spoken_by, household_id=household_id)
    adults, cadences = read_cadences(db, today, household_id=household_id, spoken_by=spoken_by)
    spoken_on = {row.contact_id: row.spoken_on for row in adults if row.spoken_on}
    reminders = reminder.build_reminders(
        standpoint,
        days=days,
        occurrences=[
            *occurrences(kept, start=start, end=end, leap_day=standpoint.leap_day),
            *occurrences(
                said, start=start, end=end + timedelta(days=LONGEST_LEAD), leap_day=standpoint.leap_day
            ),
        ],
        spoken_on=spoken_on,
        cadences=cadences,
        seasons=_seasons(db, standpoint) if household_id is None else (),
        put_off=put_off,
    )
    came = last_words.waiting(db, today - timedelta(days=WAITS_DAYS), spoken_by, household_id=household_id)
    if came:
        last = today + timedelta(days=days)
        reminders += [due for due in of_waiting(came, put_off, today) if due.due <= last]
        reminders.sort(key=reminder.by_due)
    return Found(reminders, cadences, spoken_on, put_off)


def read_days(
    db: Connection,
    standpoint: Standpoint,
    windows: reminder.Windows,
    spoken_by: date,
    *,
    household_id: int | None = None,
) -> tuple[list[KeptOccasion], list[KeptOccasion]]:
    """Return the days of vCards and members in some windows, and those the user said, with their answers."""
    today = standpoint.today
    kept = _without_untimely(db, occasions.between(db, windows, household_id=household_id))
    kept += occasions.of_members_between(db, *windows.near, household_id=household_id)
    said = occasions.days_said(db, today, household_id=household_id)
    both = _with_answers(db, _in_season(db, [*kept, *said], today), spoken_by)
    return both[: len(kept)], both[len(kept) :]


def read_cadences(
    db: Connection, today: date, *, household_id: int | None = None, spoken_by: date | None = None
) -> tuple[list[last_words.CadenceRow], list[Cadence]]:
    """Return the adults one is to be in touch with, and what of it is due to each household, or to one."""
    of_segments = segments.cadences(db, today, household_id=household_id)
    adults = last_words.cadences(db, today, household_id=household_id, also=of_segments, spoken_by=spoken_by)
    return adults, of_households(_cadence(row, of_segments.get(row.contact_id)) for row in adults)


def _without_untimely(db: Connection, kept: list[KeptOccasion]) -> list[KeptOccasion]:
    """Return the occasions; an anniversary knows until when a death or a careful year silences it."""
    anniversaries = [occasion.occasion_id for occasion in kept if occasion.kind is OccasionKind.ANNIVERSARY]
    if not anniversaries:
        return kept
    known: dict[int, list[Bereavement]] = {}
    for bereavement in occasions.bereavements(db, anniversaries):
        known.setdefault(bereavement.occasion_id, []).append(bereavement)
    return [
        occasion._replace(silent_until=silent_until(known.get(occasion.occasion_id, ()))) for occasion in kept
    ]


def _with_answers(db: Connection, kept: list[KeptOccasion], today: date) -> list[KeptOccasion]:
    """Return the occasions, each with the cards, letters and calls to whose day it is that may answer it.

    The day of a couple or of a whole household is answered by a word to any of them.
    """
    answers: dict[tuple[bool, int | None], list[Answer]] = {}
    first = today - timedelta(days=_ANSWERS_BACK)
    homes = {occasion.household_id for occasion in kept if occasion.household_id and occasion.is_of_home}
    contact_ids = {occasion.contact_id for occasion in kept}
    for contact_id, household_id, answer in last_words.answers(db, contact_ids, homes, first, today):
        answers.setdefault((False, contact_id), []).append(answer)
        answers.setdefault((True, household_id), []).append(answer)
    if not answers:
        return kept
    return [occasion._replace(answers=tuple(_answers_of(occasion, answers))) for occasion in kept]


def _answers_of(
    occasion: KeptOccasion, answers: Mapping[tuple[bool, int | None], Sequence[Answer]]
) -> Iterator[Answer]:
    whose = occasion.household_id if occasion.is_of_home else occasion.contact_id
    return filter(occasion.is_answered_by, answers.get((occasion.is_of_home, whose), ()))


def _in_season(db: Connection, kept: list[KeptOccasion], today: date) -> list[KeptOccasion]:
    """Return the occasions with the address that will be used on the day, where that depends on the day."""
    if not any(occasion.has_season for occasion in kept):
        return kept
    from relcard.store.addresses import in_use  # noqa: PLC0415  10 ms, and seldom needed

    known = in_use(db, {occasion.contact_id for occasion in kept if occasion.has_season})
    return [
        _on_its_day(occasion, known[occasion.contact_id], today) if occasion.has_season else occasion
        for occasion in kept
    ]


def _on_its_day(occasion: KeptOccasion, known: list[Address], today: date) -> KeptOccasion:
    from relcard.domain.people.contact import Contact  # noqa: PLC0415  as above

    day = next_kept(occasion.date, today)
    there = Contact(addresses=tuple(known)).address_on(day.on if day else today)
    return occasion._replace(
        town=there.locality if there else "",
        country=there.country_code if there else "",
        has_address=there is not None,
    )


def _cadence(row: last_words.CadenceRow, of_segment: segments.SegmentCadence | None) -> Cadence:
    return Cadence(
        contact_id=row.contact_id,
        name=row.name,
        circle=row.circle,
        since=row.since,
        last_on=row.household_spoken_on or row.spoken_on,
        cadence_days=row.cadence_days,
        segment=of_segment.name if of_segment else "",
        segment_days=of_segment.days if of_segment else None,
        household_id=row.household_id,
        channel=row.channel,
    )


def _seasons(db: Connection, standpoint: Standpoint) -> list[reminder.SeasonWork]:
    """Return what is left to write in each open season."""
    if not occasions.is_any_season_open(db):
        return []
    from relcard.services.reminders.season_work import left_to_write  # noqa: PLC0415  6 ms, for open seasons

    return left_to_write(db, standpoint)

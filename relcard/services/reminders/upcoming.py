"""Reminders, from what the store knows: a fixed number of queries, none in a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.feasts import Season
from relcard.domain.posting import post_by
from relcard.domain.reminders import occasion
from relcard.domain.reminders import reminder
from relcard.domain.seasons.season import State
from relcard.store import occasions
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import segments

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.people.contact import Address
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection
    from relcard.store.occasions import OccasionRow

_WRITTEN = frozenset({State.WRITTEN.value, State.POSTED.value, State.RETURNED.value})


def upcoming(
    db: Connection,
    standpoint: Standpoint,
    *,
    days: int,
    contact_id: int | None = None,
) -> list[reminder.Reminder]:
    """Return what is overdue, due today or due within `days`, each with its reason.

    With `contact_id` only what concerns this contact is read, and no season.
    """
    today = standpoint.today
    put_off = occasions.dismissals(db)
    start, end = reminder.occasion_window(standpoint, days=days, snoozed=any(put_off.values()))
    of_segments = segments.cadences(db, today, contact_id=contact_id)
    cadences = relationships.cadences(db, contact_id=contact_id, also=of_segments)
    last_on = {one.contact_id: one.since for one in cadences if one.spoken}
    kept: list[occasion.KeptOccasion] = []
    subjects: dict[int, reminder.Subject] = {}
    rows = occasions.between(
        db,
        start,
        end,
        without_circle=reminder.window_without_circle(today, days=days, snoozed=any(put_off.values())),
        contact_id=contact_id,
    )
    if any(row.has_season for row in rows):
        rows = _in_season(db, rows, today)
    for row in rows:
        kept.append(
            occasion.KeptOccasion(
                contact_id=row.contact_id,
                occasion_id=row.id,
                kind=row.kind,
                date=row.date,
                label=row.label,
                has_died=row.has_died,
            )
        )
        if row.contact_id not in subjects:
            subjects[row.contact_id] = reminder.Subject(
                contact_id=row.contact_id,
                name=row.name,
                circle=row.circle,
                since=today,
                last_on=last_on.get(row.contact_id),
                has_address=row.has_address,
                country=row.country,
                town=row.place,
                has_died=row.has_died,
            )
    return reminder.build_reminders(
        standpoint,
        days=days,
        subjects=subjects,
        occurrences=occasion.occurrences(kept, start=start, end=end, leap_day=standpoint.leap_day),
        cadences=[_subject(one, of_segments.get(one.contact_id)) for one in cadences],
        seasons=_work(db, standpoint) if contact_id is None else (),
        dismissals=[reminder.Dismissal(key, until) for key, until in put_off.items()],
    )


def _in_season(db: Connection, rows: list[OccasionRow], today: date) -> list[OccasionRow]:
    """Return the occasions with the address that will be used on the day, where that depends on the day."""
    # Seldom needed, and more to load than `today` should wait for.
    from relcard.store.contacts import addresses

    known = addresses(db, {row.contact_id for row in rows if row.has_season})
    return [_on_its_day(row, known[row.contact_id], today) if row.has_season else row for row in rows]


def _on_its_day(row: OccasionRow, known: list[Address], today: date) -> OccasionRow:
    from relcard.domain.people.contact import Contact

    day = row.date.on(today.year)
    if day is not None and day < today:
        day = row.date.on(today.year + 1)
    there = Contact(addresses=tuple(known)).address_on(day or today)
    return row._replace(
        place=there.locality if there else "",
        country=there.country_code if there else "",
        has_address=there is not None,
    )


def _subject(row: relationships.CadenceRow, of_segment: segments.SegmentCadence | None) -> reminder.Subject:
    return reminder.Subject(
        contact_id=row.contact_id,
        name=row.name,
        circle=row.circle,
        since=row.since,
        last_on=row.since if row.spoken else None,
        cadence_days=row.cadence_days,
        segment=of_segment.name if of_segment else "",
        segment_days=of_segment.days if of_segment else None,
    )


def _work(db: Connection, standpoint: Standpoint) -> list[reminder.SeasonWork]:
    sender_country = standpoint.sender_country
    totals: dict[int, int] = {}
    left: dict[int, list[reminder.Unwritten]] = {}
    names: dict[int, str] = {}
    days: dict[tuple[int, str], date] = {}
    for season_id, name, feast, year, state, country in seasons.open_states(db):
        names[season_id] = name
        totals[season_id] = totals.get(season_id, 0) + 1
        if state in _WRITTEN:
            continue
        key = (season_id, country)
        if key not in days:
            arrive = Season(feast, year).arrive_by
            days[key] = post_by(standpoint.posting, sender_country, country or sender_country, arrive)
        left.setdefault(season_id, []).append(
            reminder.Unwritten(days[key], _place(country) if country and country != sender_country else "")
        )
    return [
        reminder.SeasonWork(
            season_id=season_id, name=names[season_id], total=total, left=tuple(left.get(season_id, ()))
        )
        for season_id, total in totals.items()
    ]


def _place(country: str) -> str:
    from relcard.postal import country_name

    return country_name(country).title()

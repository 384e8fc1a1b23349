"""Days that return, and which reminders are dealt with."""

from __future__ import annotations

import json
from datetime import date
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.dates import PartialDate
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.careful_year import careful_as_said
from relcard.domain.people.circle import Circle
from relcard.domain.people.surnames import full_name
from relcard.domain.reminders.day import Day
from relcard.domain.reminders.day import kind_by_label
from relcard.domain.reminders.occasion import Bereavement
from relcard.domain.reminders.occasion import KeptOccasion
from relcard.domain.reminders.occasion import names_of_home
from relcard.domain.reminders.row_names import with_number
from relcard.domain.reminders.row_names import with_uuid
from relcard.store import ADULTS_AT_HOME
from relcard.store import IS_GROWN
from relcard.store import IS_MEMBER
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.reminders.calendar import CalledBy
    from relcard.domain.reminders.reminder import Windows


# The nearest circle of each household, which who has none takes: a child in a close house has a birthday.
_NEAR = """near AS MATERIALIZED (
    SELECT home.contact_id, min(instr('inner close friend wide', circle)) AS nearness,
           max(said_on) AS since
    FROM circle CROSS JOIN membership AS own ON own.contact_id = circle.contact_id
    CROSS JOIN membership AS home ON home.household_id = own.household_id
    WHERE circle <> 'none' GROUP BY home.contact_id)"""
_CIRCLE = """coalesce(circle, CASE near.nearness WHEN 1 THEN 'inner' WHEN 7 THEN 'close'
                                      WHEN 13 THEN 'friend' WHEN 20 THEN 'wide' END)"""
_TOWN = """(SELECT locality FROM address WHERE contact_id = contact.id AND retired_on IS NULL
              AND street || locality || po_box || postcode || label <> ''
            ORDER BY coalesce(from_on, until_on) IS NOT NULL, preferred DESC,
                     types LIKE '%home%' DESC, types LIKE '%work%', id LIMIT 1)"""
_HAS_SEASON = """EXISTS (SELECT 1 FROM address WHERE contact_id = contact.id AND retired_on IS NULL
                         AND coalesce(from_on, until_on) IS NOT NULL)"""
_IS_OF_HOUSEHOLD = "contact.id IN (SELECT contact_id FROM membership WHERE household_id = :household_id)"
_HOUSEHOLD = "(SELECT household_id FROM membership WHERE contact_id = contact.id)"


def between(
    db: sqlite3.Connection, windows: Windows, *, household_id: int | None = None
) -> list[KeptOccasion]:
    """Return the occasions whose month and day fall in the window of their circle, in one query.

    Those whose circle is "none" are in no window, those of other calendars in each. With `household_id` only
    those of its contacts. 29 February is in every window that holds 28 February or 1 March; the rule for
    common years decides later.
    """
    only = "" if household_id is None else f"AND {_IS_OF_HOUSEHOLD}"
    rows = db.execute(
        f"""WITH {_NEAR}
           SELECT occasion.id, contact.id, contact.name, occasion.kind, occasion.label, date,
                  {_CIRCLE} AS nearest, iif(circle IS NULL, near.since, said_on), country,
                  {_TOWN},
                  EXISTS (SELECT 1 FROM occasion AS death
                          WHERE death.contact_id = contact.id AND death.kind = 'remembrance'),
                  {_HAS_SEASON}, home.household_id,
                  CASE WHEN occasion.kind = 'remembrance' THEN {ADULTS_AT_HOME} END
           FROM occasion JOIN contact ON contact.id = occasion.contact_id
           LEFT JOIN membership AS home ON home.contact_id = contact.id
           LEFT JOIN near ON near.contact_id = contact.id {WITH_CIRCLE}
           WHERE month_day IN (SELECT value FROM json_each(:near)) AND archived_on IS NULL {only}
                 AND (month_day IN (SELECT value FROM json_each(:no_circle))
                      OR occasion.contact_id IN (SELECT contact_id FROM near))
                 AND CASE WHEN nearest IS NULL THEN month_day IN (SELECT value FROM json_each(:no_circle))
                          WHEN nearest IN ('friend', 'wide') THEN
                              month_day IN (SELECT value FROM json_each(:others))
                          ELSE nearest <> 'none' END
           ORDER BY month_day, contact.sort_key""",
        {
            "near": _month_days(*windows.near),
            "others": _month_days(*windows.others),
            "no_circle": _month_days(*windows.no_circle),
            "household_id": household_id,
            "year": windows.near[1].year,
        },
    )
    return [
        KeptOccasion(
            occasion_id=row[0],
            contact_id=row[1],
            name=row[2],
            kind=kind_by_label(OccasionKind(row[3]), row[4]),
            label=row[4],
            date=PartialDate.parse(row[5]),
            circle=Circle(row[6]) if row[6] else None,
            near_since=_day(row[7]) or date.min,
            country=row[8],
            town=row[9] or "",
            has_address=row[9] is not None,
            has_died=bool(row[10]),
            has_season=bool(row[11]),
            household_id=row[12],
            left_behind=tuple(_living(row[13])) if row[13] else (),
        )
        for row in rows
    ]


def of_members_between(
    db: sqlite3.Connection, start: date, end: date, *, household_id: int | None = None
) -> list[KeptOccasion]:
    """Return the birthdays of members without a vCard whose month and day fall in a window of days."""
    only = "" if household_id is None else f"AND {_IS_OF_HOUSEHOLD}"
    rows = db.execute(
        f"""WITH {_NEAR}
           SELECT member.id, contact.id,
                  member.name, contact.name, born, {_CIRCLE}, country,
                  {_TOWN}, {_HAS_SEASON}, {_HOUSEHOLD}, surname,
                  iif(circle IS NULL, near.since, said_on)
           FROM member JOIN contact ON contact.id = member.contact_id
           LEFT JOIN near ON near.contact_id = contact.id {WITH_CIRCLE}
           WHERE month_day IN (SELECT value FROM json_each(:window)) AND died_on = '' AND archived_on IS NULL
                 AND {IS_MEMBER} {only}
           ORDER BY month_day, sort_key""",
        {"window": _month_days(start, end), "household_id": household_id},
    )
    return [
        KeptOccasion(
            occasion_id=row[0],
            contact_id=row[1],
            name=full_name(row[2], row[10]),
            host=row[3],
            kind=OccasionKind.BIRTHDAY,
            date=PartialDate.parse(row[4]),
            circle=Circle(row[5]) if row[5] else None,
            country=row[6],
            town=row[7] or "",
            has_address=row[7] is not None,
            has_season=bool(row[8]),
            household_id=row[9],
            near_since=_day(row[11]) or date.min,
        )
        for row in rows
    ]


_SAID = "day.contact_id, of_household, day.kind, label, date, is_once, way, lead_days, day.id"


def add_day(db: sqlite3.Connection, day: Day) -> int:
    """Keep a day that the user said, and return its id."""
    row_id = db.execute(
        """INSERT INTO day (contact_id, of_household, kind, label, date, is_once, way, lead_days)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            day.contact_id,
            day.of_household,
            day.kind.value,
            day.label,
            str(day.date),
            day.is_once,
            day.way,
            day.lead_days,
        ),
    ).lastrowid
    assert row_id is not None  # noqa: S101  a row was inserted
    return row_id


def remove_day(db: sqlite3.Connection, day_id: int) -> None:
    """Forget a day that the user said, and which of its reminders were dealt with."""
    for name in _names(db, f"day-{day_id}-"):
        db.execute("DELETE FROM dismissal WHERE reminder LIKE ?", (f"{name}%",))
    db.execute("DELETE FROM day WHERE id = ?", (day_id,))


def leave_days(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Leave the days of a household with another contact of it when the one they hang on leaves."""
    db.execute("UPDATE day SET contact_id = ? WHERE contact_id = ? AND of_household", (stays, gone))


def days_of(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[Day]:
    """Return the days that the user said of some contacts, in the order of the calendar."""
    rows = db.execute(
        f"""SELECT {_SAID} FROM day WHERE contact_id IN (SELECT value FROM json_each(?))
            ORDER BY substr(date, -5), day.id""",
        (json.dumps(list(contact_ids)),),
    )
    return [_day_said(row) for row in rows]


def _day_said(row: tuple[Any, ...]) -> Day:
    contact_id, of_household, kind, label, day, is_once, *rest = row
    return Day(
        contact_id,
        bool(of_household),
        OccasionKind(kind),
        label,
        PartialDate.parse(day),
        bool(is_once),
        *rest,
    )


def days_said(db: sqlite3.Connection, today: date, *, household_id: int | None = None) -> list[KeptOccasion]:
    """Return the days that the user said, in one query; with `household_id` only those of its contacts.

    One of a household bears the names of its adults. A wedding ends with the life of either, and is silent
    in a careful time.
    """
    rows = db.execute(
        f"""SELECT {_SAID}, contact.name, circle, country, {_TOWN}, {_HAS_SEASON}, home.household_id,
                  CASE WHEN cheer_on IS NULL THEN careful_until END,
                  EXISTS (SELECT 1 FROM occasion WHERE contact_id = contact.id AND kind = 'remembrance'),
                  (SELECT min(instr('inner close friend wide', circle))
                   FROM membership JOIN circle USING (contact_id) JOIN contact ON contact.id = contact_id
                   WHERE membership.household_id = home.household_id AND circle <> 'none'
                     AND archived_on IS NULL),
                  {ADULTS_AT_HOME}
           FROM day JOIN contact ON contact.id = day.contact_id
           LEFT JOIN membership AS home ON home.contact_id = contact.id
           LEFT JOIN household ON household.id = home.household_id {WITH_CIRCLE}
           WHERE contact.archived_on IS NULL
                 {"" if household_id is None else "AND home.household_id = :household_id"}
           ORDER BY day.id""",
        {"year": today.year, "household_id": household_id},
    )
    return [_kept_day(row) for row in rows]


_NEAREST = {1: Circle.INNER, 7: Circle.CLOSE, 13: Circle.FRIEND, 20: Circle.WIDE}  # as _NEAR has them


def _kept_day(row: tuple[Any, ...]) -> KeptOccasion:
    day = _day_said(row[:9])
    name, circle, country, town, has_season, household_id, careful_until, has_died, nearest, adults = row[9:]
    living = _living(adults)
    is_wedding = day.kind is OccasionKind.ANNIVERSARY
    is_whole = day.of_household
    return KeptOccasion(
        occasion_id=day.id,
        contact_id=day.contact_id,
        name=names_of_home(living) if is_whole and living else name,
        kind=day.kind,
        label=day.label,
        date=day.date,
        circle=Circle(circle) if circle and not is_whole else _NEAREST.get(nearest),
        country=country,
        town=town or "",
        has_address=town is not None,
        has_died=len(living) < len(json.loads(adults)) if is_wedding else bool(has_died) and not is_whole,
        has_season=bool(has_season),
        silent_until=_day(careful_until) if is_wedding else None,
        household_id=household_id,
        day=day,
    )


def _living(adults: str) -> list[str]:
    return [name for name, has_died in json.loads(adults) if not has_died]


def bereavements(db: sqlite3.Connection, occasion_ids: Iterable[int]) -> list[Bereavement]:
    """Return who died in the households of those who keep some anniversaries, and their careful years."""
    rows = db.execute(
        """SELECT own.id, coalesce(dead.name, ''), death.date,
                  EXISTS (SELECT 1 FROM occasion AS theirs
                          WHERE theirs.contact_id = dead.id AND theirs.kind = 'anniversary'
                            AND theirs.month_day = own.month_day),
                  household.careful_since, household.careful_until, household.cheer_on
           FROM occasion AS own
           JOIN membership ON membership.contact_id = own.contact_id
           JOIN household ON household.id = membership.household_id
           LEFT JOIN (membership AS other
                      JOIN contact AS dead ON dead.id = other.contact_id
                      JOIN occasion AS death ON death.contact_id = dead.id AND death.kind = 'remembrance')
                  ON other.household_id = household.id AND other.contact_id <> own.contact_id
           WHERE own.id IN (SELECT value FROM json_each(?))
             AND (dead.id IS NOT NULL OR household.careful_until IS NOT NULL)""",
        (json.dumps(list(occasion_ids)),),
    )
    return [_bereavement(row) for row in rows]


def _bereavement(row: Sequence[Any]) -> Bereavement:
    occasion_id, name, died_on, shared, since, until, cheer_on = row
    return Bereavement(
        occasion_id=occasion_id,
        name=name,
        died_on=PartialDate.parse(died_on) if died_on else None,
        shared=bool(shared),
        careful=careful_as_said(_day(since), date.fromisoformat(until), "") if until else None,
        cheer_on=_day(cheer_on),
    )


def careful_homes(db: sqlite3.Connection) -> Iterator[tuple[int, Bereavement]]:
    """Yield the households in which somebody died or that have a careful time, past ones too."""
    rows = db.execute(
        """SELECT household.id, 0, coalesce(dead.name, ''), death.date, 0,
                  careful_since, careful_until, cheer_on
           FROM household
           LEFT JOIN (membership JOIN contact AS dead ON dead.id = membership.contact_id
                      JOIN occasion AS death ON death.contact_id = dead.id AND death.kind = 'remembrance')
                  ON household_id = household.id
           WHERE dead.id IS NOT NULL OR careful_until IS NOT NULL"""
    )
    for household_id, *row in rows:
        yield household_id, _bereavement(row)


def called_by(db: sqlite3.Connection, today: date) -> dict[tuple[str, int], CalledBy]:
    """Return by which first name contacts and members are called, and the days that the user said, by row."""
    from relcard.domain.reminders.calendar import CalledBy  # noqa: PLC0415  1 ms that `today` does without

    rows = db.execute(
        f"""SELECT 'contact', contact.id, coalesce(nullif(json_extract(detail, '$.n.given'), ''), name),
                  contact.uuid, added_on,
                  iif({IS_GROWN} AND archived_on IS NULL
                      AND NOT EXISTS (SELECT 1 FROM occasion WHERE contact_id = contact.id
                                      AND kind = 'remembrance'), household_id, NULL)
           FROM contact JOIN membership ON membership.contact_id = contact.id
           UNION ALL
           SELECT 'member', member.id, member.name, member.uuid, added_on, NULL
           FROM member JOIN contact ON contact.id = contact_id
           UNION ALL
           SELECT 'day', day.id, '', day.uuid, added_on, NULL
           FROM day JOIN contact ON contact.id = contact_id""",
        {"year": today.year},
    )
    return {
        (table, row_id): CalledBy(first_name, uuid, date.fromisoformat(added_on), household_id)
        for table, row_id, first_name, uuid, added_on, household_id in rows
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _month_days(start: date, end: date) -> str:
    """Return the days of a window as the store keeps them, 1120 for 20 November, as a JSON list.

    Days of other calendars, 0, are in every window: which day each is kept on is reckoned later.
    """
    days = set() if start > end else {0}
    day = start
    while day <= end and len(days) <= 366:
        days.add(day.month * 100 + day.day)
        day += timedelta(days=1)
    if days & {228, 301}:
        days.add(229)
    return json.dumps(sorted(days))


def dismissals(db: sqlite3.Connection, *, before: date | None = None) -> dict[str, date | None]:
    """Return the reminders dealt with (None) or put off to a day; with `before` those of earlier days.

    What the other laptop of a list said of what is not in this store is left out.
    """

    @cache
    def numbers(table: str) -> dict[str, int]:
        return dict(db.execute(f"SELECT lower(hex(uuid)), id FROM {table}").fetchall())

    rows = db.execute(
        "SELECT reminder, until FROM dismissal WHERE dismissed_on < ? ORDER BY dismissed_on",
        ((before or date.max).isoformat(),),
    )
    named = ((with_number(name, lambda table, uuid: numbers(table).get(uuid)), until) for name, until in rows)
    return {name: date.fromisoformat(until) if until else None for name, until in named if name}


def _names(db: sqlite3.Connection, reminder: str) -> tuple[str, str]:
    """Return by which names a reminder may be kept: as it is called here, and on both laptops."""

    def uuid_of(table: str, number: int) -> str:
        row = db.execute(f"SELECT lower(hex(uuid)) FROM {table} WHERE id = ?", (number,)).fetchone()
        return str(row[0]) if row else f"{number:032}"

    return reminder, with_uuid(reminder, uuid_of)


def is_any_season_open(db: sqlite3.Connection) -> bool:
    """Return whether a season is open, without what the page of one needs."""
    return db.execute("SELECT 1 FROM season WHERE closed_on IS NULL LIMIT 1").fetchone() is not None


def is_any_dismissed(db: sqlite3.Connection, today: date) -> bool:
    """Return whether anything was dealt with or put off today."""
    rows = db.execute("SELECT 1 FROM dismissal WHERE dismissed_on = ? LIMIT 1", (today.isoformat(),))
    return rows.fetchone() is not None


def forget_dismissal(db: sqlite3.Connection, reminder: str) -> None:
    """Forget what was said of a reminder."""
    db.execute("DELETE FROM dismissal WHERE reminder IN (?, ?)", _names(db, reminder))


def addresses_waiting(db: sqlite3.Connection) -> int:
    """Return how many new addresses from other devices wait for the owner; today asks, and loads no more."""
    (number,) = db.execute("SELECT count(*) FROM proposal").fetchone()
    return int(number)


def last_change(db: sqlite3.Connection) -> date | None:
    """Return the day of the latest step of the history by the clock of its time, None before the first."""
    (day,) = db.execute("SELECT max(done_on) FROM journal_step").fetchone()
    return date.fromisoformat(day) if day else None


def dismiss(db: sqlite3.Connection, reminder: str, *, until: date | None, today: date) -> None:
    """Remember that a reminder is dealt with, or put off until a day."""
    said = (until.isoformat() if until else None, today.isoformat())
    names = _names(db, reminder)
    known = db.execute(
        "UPDATE dismissal SET until = ?, dismissed_on = ? WHERE reminder IN (?, ?)", (*said, *names)
    )
    if not known.rowcount:
        from relcard.store.file import identity  # noqa: PLC0415  3 ms, which today need not pay

        uuid = identity.key_uuid(b"dismissal", names[1].encode())  # as the other laptop of a list makes it
        db.execute(
            "INSERT INTO dismissal (reminder, until, dismissed_on, uuid) VALUES (?, ?, ?, ?)",
            (reminder, *said, uuid),
        )

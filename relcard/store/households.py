"""Households: who shares a letterbox, as proposed or as the user stated it."""

from __future__ import annotations

import json
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.people.careful_year import careful_as_said
from relcard.store import IS_GROWN
from relcard.store import IS_SHARED
from relcard.store import NAMES_RELATIONS
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.people.careful_year import Careful

_ROWS_AT_ONCE = 1024  # in memory

_IN_A_HOUSEHOLD = 6  # people of one name, at the most, where many are looked through


class HouseholdRow(NamedTuple):
    """A household as stored; `addressee` and `salutation` are the user's wishes, "" when there is none."""

    id: int
    stated: bool
    reason: str
    addressee: str
    salutation: str
    formality: str
    language: str
    members: tuple[int, ...]  # contact ids, in the order they came
    careful_until: str = ""  # the last day without cheer, and why; the day the user said yes to cheer
    careful_reason: str = ""
    cheer_on: str = ""
    careful_since: str = ""
    feast: str = ""  # whose card it gets; "none", or "" for the season's

    @property
    def careful(self) -> Careful | None:
        """The careful time that was said of the household or began with a rite, be it past or not."""
        if not self.careful_until:
            return None
        since = date.fromisoformat(self.careful_since) if self.careful_since else None
        return careful_as_said(since, date.fromisoformat(self.careful_until), self.careful_reason)


class DoorRow(NamedTuple):
    """What tells whether anybody may live with a contact: little, since it is asked of everybody."""

    contact_id: int
    uid: str
    kind: str
    name: str
    family: str
    letterbox: str
    is_related: bool  # the card names relations
    household_id: int | None


class ResidentRow(NamedTuple):
    """What the rules of households need to know of one contact, in one row."""

    contact_id: int
    uid: str
    kind: str
    name: str
    circle: str | None
    detail: dict[str, Any]  # the parts of the card that are shown, by name; what is empty is left out
    letterbox: str
    birth: str  # date of birth, or ""
    died_on: str  # day of death, or ""
    household_id: int | None
    role: str  # organiser, adult, child, pet: the user's word, or ""


# An address a card came back from still tells who lives together, as long as there is no other.
_LETTERBOX = """
    coalesce((SELECT letterbox FROM address WHERE contact_id = contact.id AND letterbox <> ''
              ORDER BY retired_on IS NOT NULL, coalesce(from_on, until_on) IS NOT NULL, preferred DESC,
                       types LIKE '%home%' DESC, types LIKE '%work%', id LIMIT 1), '') AS letterbox
"""
_RESIDENTS = f"""
    SELECT contact.id, uid, kind, contact.name, circle, detail, {_LETTERBOX},
           coalesce((SELECT date FROM occasion
                     WHERE contact_id = contact.id AND kind = 'birthday' AND month_day IS NOT 0 LIMIT 1), ''),
           coalesce((SELECT date FROM occasion
                     WHERE contact_id = contact.id AND kind = 'remembrance' LIMIT 1), ''),
           household_id, coalesce(role, '')
    FROM contact LEFT JOIN membership ON membership.contact_id = contact.id {WITH_CIRCLE}
"""
# NOT INDEXED: in the order of an index on something else, which SQLite would take, half as long again.
_OPEN_DOORS = f"""
    SELECT contact.id, uid, kind, contact.name, coalesce(json_extract(detail, '$.n.family'), ''),
           {_LETTERBOX}, {NAMES_RELATIONS} > 0, household_id
    FROM contact NOT INDEXED LEFT JOIN membership ON membership.contact_id = contact.id
    WHERE archived_on IS NULL AND (household_id IS NULL
       OR NOT EXISTS (SELECT 1 FROM household WHERE household.id = household_id
                      AND (stated OR {IS_SHARED})))
    ORDER BY letterbox, contact.id
"""


def residents(db: sqlite3.Connection, contact_ids: Iterable[int]) -> Iterator[ResidentRow]:
    """Yield some contacts as the rules of households see them, in the order of the ids."""
    wanted = json.dumps(list(contact_ids))
    yield from _residents(db, "WHERE contact.id IN (SELECT value FROM json_each(?))", wanted)


def members(db: sqlite3.Connection, household_ids: Iterable[int]) -> Iterator[ResidentRow]:
    """Yield the members of some households in one query; who is archived is in none, whatever is stored."""
    wanted = json.dumps(list(household_ids))
    where = "WHERE archived_on IS NULL AND household_id IN (SELECT value FROM json_each(?))"
    yield from _residents(db, where, wanted)


def open_doors(db: sqlite3.Connection) -> Iterator[DoorRow]:
    """Yield the contacts whose household the user has not stated, those of one letterbox together."""
    rows = db.execute(_OPEN_DOORS)
    yield from map(DoorRow._make, rows)


def relations(db: sqlite3.Connection) -> Iterator[list[list[str]]]:
    """Yield the relations of every contact whose card names some: kind, name and UID of each."""
    rows = db.execute(f"SELECT json_extract(detail, '$.relations') FROM contact WHERE {NAMES_RELATIONS}")
    yield from (json.loads(row[0]) for row in rows)


_DETAIL = ResidentRow._fields.index("detail")


def _residents(db: sqlite3.Connection, where: str, *values: object) -> Iterator[ResidentRow]:
    rows = db.execute(f"{_RESIDENTS} {where} ORDER BY contact.id", values)
    for row in rows:
        yield ResidentRow._make((*row[:_DETAIL], json.loads(row[_DETAIL]), *row[_DETAIL + 1 :]))


def get(db: sqlite3.Connection, household_id: int) -> HouseholdRow | None:
    """Return one household, or None."""
    return next(iter(some(db, [household_id])), None)


def some(db: sqlite3.Connection, household_ids: Iterable[int]) -> list[HouseholdRow]:
    """Return some households in the order of their ids."""
    wanted = json.dumps(list(household_ids))
    return _households(db, "AND household.id IN (SELECT value FROM json_each(?))", wanted)


def uuid_of(db: sqlite3.Connection, household_id: int) -> str:
    """Return by which identifier a household is known everywhere, "" where there is none of that number."""
    row = db.execute("SELECT uuid FROM household WHERE id = ?", (household_id,)).fetchone()
    return row[0].hex() if row else ""


def every(db: sqlite3.Connection) -> list[HouseholdRow]:
    """Return every household that somebody is in who is not archived."""
    return _households(db, "")


class OneRow(NamedTuple):
    """The one contact of a household; `name_parts` is JSON, by the names of `Name`."""

    household_id: int
    name: str
    sort_key: str
    circle: str | None
    name_parts: str


def of_one(db: sqlite3.Connection) -> list[OneRow]:
    """Return the households of one living contact of whom nothing is said that changes the envelope's name.

    No wish, no careful time, no relations or members, no pet; in one query, whatever their number.
    """
    rows = db.execute(
        f"""SELECT household_id, contact.name, sort_key, circle, coalesce(json_extract(detail, '$.n'), '{{}}')
            FROM membership JOIN contact ON contact.id = membership.contact_id
                 JOIN household ON household.id = household_id {WITH_CIRCLE}
            WHERE kind = 'individual' AND coalesce(addressee, '') = '' AND careful_until IS NULL
              AND role IS NOT 'pet' AND NOT {NAMES_RELATIONS} AND archived_on IS NULL
              AND household_id NOT IN
                  (SELECT household_id FROM membership GROUP BY household_id HAVING count(*) > 1)
              AND contact.id NOT IN (SELECT contact_id FROM member)
              AND contact.id NOT IN (SELECT contact_id FROM occasion WHERE kind = 'remembrance')"""
    )
    return list(map(OneRow._make, rows))


def ids(db: sqlite3.Connection) -> list[int]:
    """Return the households that somebody is in who is not archived."""
    rows = db.execute(
        """SELECT DISTINCT household_id FROM membership JOIN contact ON contact.id = contact_id
           WHERE archived_on IS NULL ORDER BY household_id"""
    )
    return [row[0] for row in rows]


def ids_called(db: sqlite3.Connection, words: Sequence[str], most: int) -> list[int]:
    """Return the first households of which somebody's names, towns or e-mails hold all of some folded words.

    Somebody without a vCard counts too. Those come first where each of the words begins a word.
    """
    places = range(1, len(words) + 1)
    holds = " AND ".join(f"instr({{0}}, ?{place})" for place in places)
    begins = " AND ".join(
        f"(instr(' ' || {{0}}, ' ' || ?{place}) OR instr({{0}}, char(10) || ?{place}))" for place in places
    )
    rows = db.execute(
        f"""SELECT household_id FROM (
                SELECT household_id, sort_key, {begins.format("search")} AS is_likely
                FROM contact JOIN membership ON membership.contact_id = contact.id
                WHERE contact.id IN (SELECT id FROM contact WHERE {holds.format("search")})
                      AND archived_on IS NULL
                UNION ALL
                SELECT household_id, sort_key, {begins.format("member.name_key")}
                FROM member JOIN contact ON contact.id = member.contact_id
                     JOIN membership ON membership.contact_id = contact.id
                WHERE {holds.format("member.name_key")} AND is_removed = 0 AND archived_on IS NULL)
            ORDER BY is_likely DESC, sort_key, household_id LIMIT ?""",
        [*words, most * _IN_A_HOUSEHOLD],
    )
    return list(dict.fromkeys(household_id for (household_id,) in rows))[:most]


def by_name(db: sqlite3.Connection, household_ids: Iterable[int]) -> list[int]:
    """Return some households in the order of their people's family names."""
    rows = db.execute(
        """SELECT household_id FROM membership JOIN contact ON contact.id = contact_id
           WHERE household_id IN (SELECT value FROM json_each(?)) AND archived_on IS NULL
           GROUP BY household_id ORDER BY min(sort_key), household_id""",
        (json.dumps(list(household_ids)),),
    )
    return [household_id for (household_id,) in rows]


def ids_of_several(db: sqlite3.Connection, contact_ids: Iterable[int], *, least: int) -> list[int]:
    """Return the households of some contacts that have at least so many members."""
    rows = db.execute(
        """SELECT household_id FROM membership JOIN contact ON contact.id = contact_id
           WHERE archived_on IS NULL AND household_id IN
               (SELECT household_id FROM membership WHERE contact_id IN (SELECT value FROM json_each(?)))
           GROUP BY household_id HAVING count(*) >= ? ORDER BY household_id""",
        (json.dumps(list(contact_ids)), least),
    )
    return [row[0] for row in rows]


def ids_by_circle(db: sqlite3.Connection, circles: Sequence[str]) -> list[int]:
    """Return the households with at least one member in one of the circles."""
    wanted = json.dumps(list(circles))
    rows = db.execute(
        """SELECT DISTINCT household_id FROM circle JOIN membership USING (contact_id)
           JOIN contact ON contact.id = contact_id
           WHERE circle IN (SELECT value FROM json_each(?)) AND archived_on IS NULL
           ORDER BY household_id""",
        (wanted,),
    )
    return [row[0] for row in rows]


def _households(db: sqlite3.Connection, where: str, *values: object) -> list[HouseholdRow]:
    rows = db.execute(
        f"""SELECT household.id, stated, reason, addressee, salutation, formality, language,
                   careful_until, careful_reason, cheer_on, careful_since, feast, group_concat(contact_id)
            FROM household JOIN membership ON household_id = household.id
                 JOIN contact ON contact.id = contact_id
            WHERE archived_on IS NULL {where} GROUP BY household.id ORDER BY household.id""",
        values,
    )
    return [
        HouseholdRow(
            id=household_id,
            stated=bool(stated),
            reason=reason,
            addressee=addressee or "",
            salutation=salutation or "",
            formality=formality,
            language=language or "",
            members=tuple(sorted(map(int, ids.split(",")))),
            careful_until=careful_until or "",
            careful_reason=careful_reason or "",
            cheer_on=cheer_on or "",
            careful_since=careful_since or "",
            feast=feast or "",
        )
        for (
            household_id,
            stated,
            reason,
            addressee,
            salutation,
            formality,
            language,
            careful_until,
            careful_reason,
            cheer_on,
            careful_since,
            feast,
            ids,
        ) in rows
    ]


def of_contact(db: sqlite3.Connection, contact_id: int) -> int | None:
    """Return the id of the household a contact is in."""
    row = db.execute("SELECT household_id FROM membership WHERE contact_id = ?", (contact_id,)).fetchone()
    return row[0] if row else None


def host(db: sqlite3.Connection, household_id: int, *, today: date) -> int:
    """Return the contact that what is said of a household hangs on, and follows: the first living adult."""
    row = get(db, household_id)
    assert row is not None  # noqa: S101  WHO meant it
    return (grown(db, row.members, today=today) or row.members)[0]


def grown(db: sqlite3.Connection, contact_ids: Iterable[int], *, today: date) -> list[int]:
    """Return those of some contacts who live and are neither child nor pet of others, in the same order."""
    wanted = list(contact_ids)
    rows = db.execute(
        f"""SELECT contact.id FROM contact LEFT JOIN membership ON membership.contact_id = contact.id
            WHERE contact.id IN (SELECT value FROM json_each(:wanted)) AND {IS_GROWN}
              AND NOT EXISTS (SELECT 1 FROM occasion
                              WHERE contact_id = contact.id AND kind = 'remembrance')""",
        {"wanted": json.dumps(wanted), "year": today.year},
    )
    adults = {row[0] for row in rows}
    return [contact_id for contact_id in wanted if contact_id in adults]


def archived_of(db: sqlite3.Connection, household_id: int) -> list[int]:
    """Return the contacts of a household who are archived."""
    rows = db.execute(
        """SELECT contact_id FROM membership JOIN contact ON contact.id = contact_id
           WHERE household_id = ? AND archived_on IS NOT NULL ORDER BY contact_id""",
        (household_id,),
    )
    return [contact_id for (contact_id,) in rows]


def make(db: sqlite3.Connection, *, reason: str, stated: bool = False) -> int:
    """Make an empty household and return its id; the caller puts members in it."""
    return make_some(db, [reason], stated=stated)[0]


def make_some(db: sqlite3.Connection, reasons: Sequence[str], *, stated: bool = False) -> range:
    """Make an empty household for each reason and return their ids; the caller puts members in them."""
    (newest,) = db.execute("SELECT coalesce(max(id), 0) FROM household").fetchone()
    ids = range(newest + 1, newest + 1 + len(reasons))
    db.executemany(
        "INSERT INTO household (id, stated, reason, formality) VALUES (?, ?, ?, 'informal')",
        ((household_id, int(stated), reason) for household_id, reason in zip(ids, reasons, strict=True)),
    )
    return ids


def put(db: sqlite3.Connection, contact_id: int, household_id: int) -> None:
    """Put a contact into a household, out of the one it was in."""
    put_some(db, [(contact_id, household_id)])


def put_some(db: sqlite3.Connection, placed: Iterable[tuple[int, int]]) -> None:
    """Put contacts into households, each a contact's id and a household's, out of those they were in."""
    db.executemany(
        """INSERT INTO membership (contact_id, household_id) VALUES (?, ?)
           ON CONFLICT (contact_id) DO UPDATE SET household_id = excluded.household_id
           WHERE household_id <> excluded.household_id""",
        placed,
    )


def describe(db: sqlite3.Connection, household_id: int, *, stated: bool, reason: str) -> None:
    """Keep the reason why these people are one household, and whether the user said so."""
    db.execute(
        "UPDATE household SET stated = ?, reason = ? WHERE id = ? AND (stated <> ? OR reason <> ?)",
        (int(stated), reason, household_id, int(stated), reason),
    )


def set_wishes(db: sqlite3.Connection, household_id: int, wishes: dict[str, str | None]) -> None:
    """Set what the user wants on the envelope and in the salutation; None takes a wish back."""
    for column in ("addressee", "salutation", "formality", "language", "feast"):
        if column in wishes:
            db.execute(f"UPDATE household SET {column} = ? WHERE id = ?", (wishes[column], household_id))


def set_role(db: sqlite3.Connection, contact_id: int, role: str | None) -> None:
    """Keep the role of a contact in its household: organiser, adult, child or pet; None takes it back."""
    db.execute(
        "UPDATE membership SET role = ? WHERE contact_id = ? AND role IS NOT ?", (role, contact_id, role)
    )


def set_careful(db: sqlite3.Connection, household_id: int, care: Careful) -> None:
    """Withhold cheer from a household for some time; a yes that was said before does not hold for this."""
    db.execute(
        """UPDATE household SET careful_since = ?, careful_until = ?, careful_reason = ?, cheer_on = NULL
           WHERE id = ?""",
        (care.since.isoformat(), care.until.isoformat(), care.reason, household_id),
    )


def end_careful(db: sqlite3.Connection, household_id: int) -> None:
    """Forget the careful time that was said of a household; one after a death on a card stays."""
    db.execute(
        """UPDATE household
           SET careful_since = NULL, careful_until = NULL, careful_reason = NULL, cheer_on = NULL
           WHERE id = ? AND careful_until IS NOT NULL""",
        (household_id,),
    )


def carry_careful(db: sqlite3.Connection, old: int, new: int) -> None:
    """Give a household (`new`) the careful year of another, where that ends later than its own."""
    row = get(db, old)
    there = get(db, new)
    if row is not None and there is not None and row.careful_until > there.careful_until:
        care = row.careful
        assert care is not None  # noqa: S101  it has an end
        set_careful(db, new, care)


def organisers(db: sqlite3.Connection) -> dict[int, int]:
    """Return who organises, as the user said: contacts by household."""
    rows = db.execute("SELECT household_id, contact_id FROM membership WHERE role = 'organiser'")
    return {row[0]: row[1] for row in rows}


def set_cheer(db: sqlite3.Connection, household_id: int, on: date | None) -> None:
    """Remember the day the user said yes to cheer in a careful year; None takes the yes back."""
    day = on.isoformat() if on else None
    db.execute(
        "UPDATE household SET cheer_on = ? WHERE id = ? AND cheer_on IS NOT ?", (day, household_id, day)
    )


def delete_left(db: sqlite3.Connection, household_ids: Iterable[int]) -> None:
    """Forget those of some households that nobody is in any more, and their cards in every season."""
    nobody = "NOT EXISTS (SELECT 1 FROM membership WHERE membership.household_id = ?1)"
    for household_id in household_ids:
        db.execute(f"DELETE FROM recipient WHERE household_id = ?1 AND {nobody}", (household_id,))
        db.execute(f"DELETE FROM household WHERE id = ?1 AND {nobody}", (household_id,))


def drop_empty(db: sqlite3.Connection, went: Mapping[int, int] = MappingProxyType({})) -> None:
    """Forget households that nobody is in any more; `went` says where the last of them went.

    The seasons of a household follow its people: nobody vanishes from a list. What no season knows is gone.
    """
    from relcard.store.merges import move_recipients  # noqa: PLC0415  1 ms, where a household is left

    for old, new in went.items():
        if get(db, old) is None:
            move_recipients(db, old, new, drafts={})
    # One of a list that is shared goes with the command that left it, never by itself.
    db.execute(
        f"""DELETE FROM household
            WHERE NOT EXISTS (SELECT 1 FROM membership WHERE household_id = household.id)
           AND NOT EXISTS (SELECT 1 FROM recipient WHERE household_id = household.id)
           AND (NOT {IS_SHARED} OR id IN (SELECT value FROM json_each(?)))""",
        (json.dumps(list(went)),),
    )

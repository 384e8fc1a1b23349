"""Who is what to whom: as the user said, and as cards name each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.store import NAMES_RELATIONS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date


class SaidRelation(NamedTuple):
    """A relation by hand: `other_id` is to the contact what `kind` says."""

    contact_id: int
    kind: str
    other_id: int


class CardRelation(NamedTuple):
    """A relation as a contact's card has it, unread: `name` and `uid` are of the one related."""

    contact_id: int
    kind: str
    name: str
    uid: str


def say(db: sqlite3.Connection, contact_id: int, kind: str, other_id: int, *, today: date) -> bool:
    """Keep that the other is something to a contact; False when that was said before."""
    if _find(db, contact_id, kind, other_id):
        return False
    db.execute(
        "INSERT INTO relation (contact_id, kind, other_id, name, said_on) VALUES (?, ?, ?, '', ?)",
        (contact_id, kind, other_id, today.isoformat()),
    )
    return True


def forget(db: sqlite3.Connection, contact_id: int, kind: str, other_id: int) -> bool:
    """Take a relation by hand back; False when there is none like it."""
    relation_ids = _find(db, contact_id, kind, other_id)
    for relation_id in relation_ids:
        db.execute("DELETE FROM relation WHERE id = ?", (relation_id,))
    return bool(relation_ids)


def _find(db: sqlite3.Connection, contact_id: int, kind: str, other_id: int) -> list[int]:
    rows = db.execute(
        "SELECT id FROM relation WHERE contact_id = ? AND kind = ? AND other_id = ?",
        (contact_id, kind, other_id),
    )
    return [row[0] for row in rows]


def said(db: sqlite3.Connection, contact_id: int) -> list[SaidRelation]:
    """Return the relations by hand in which a contact is either end, in the order they were said."""
    rows = db.execute(
        """SELECT contact_id, kind, other_id FROM relation
           WHERE (contact_id = :id OR other_id = :id) AND other_id IS NOT NULL ORDER BY id""",
        {"id": contact_id},
    )
    return [SaidRelation(*row) for row in rows]


def naming(db: sqlite3.Connection, uid: str, name: str) -> list[CardRelation]:
    """Return the relations on other contacts' cards that name a contact, by UID or by its whole name."""
    # The last word narrows the search to few cards; accents are compared below.
    rows = db.execute(
        f"""SELECT id, json_extract(detail, '$.relations') FROM contact
            WHERE {NAMES_RELATIONS} AND (instr(detail, ?) OR instr(detail, ?)) ORDER BY id""",
        (_as_stored(uid), _as_stored((name.split() or [name])[-1])),
    )
    key = fold(name)
    return [
        CardRelation(row[0], kind, other, other_uid)
        for row in rows
        for kind, other, other_uid in json.loads(row[1])
        if other_uid == uid or (not other_uid and fold(other) == key)
    ]


def _as_stored(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def only_bearers(db: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """Return for each name that exactly one contact bears that contact, by folded name."""
    rows = db.execute(
        """SELECT name_key, id FROM contact WHERE name_key IN (SELECT value FROM json_each(?))
           GROUP BY name_key HAVING count(*) = 1""",
        (json.dumps([fold(name) for name in names]),),
    )
    return {row[0]: row[1] for row in rows}


def names_and_uids(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return the names and UIDs of some contacts, in one query."""
    rows = db.execute(
        "SELECT id, name, uid FROM contact WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(contact_ids)),),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def between_households(db: sqlite3.Connection) -> dict[int, set[int]]:
    """Return for each household those related to it: by hand, or on a card by UID or a sole bearer's name."""
    household_of = dict(db.execute("SELECT contact_id, household_id FROM membership").fetchall())
    pairs = db.execute("SELECT contact_id, other_id FROM relation WHERE other_id IS NOT NULL").fetchall()
    cards = db.execute(f"SELECT id, json_extract(detail, '$.relations') FROM contact WHERE {NAMES_RELATIONS}")
    named = [(row[0], name, uid) for row in cards for _, name, uid in json.loads(row[1])]
    bearers = only_bearers(db, {name for _, name, uid in named if not uid})
    rows = db.execute(
        "SELECT uid, id FROM contact WHERE uid IN (SELECT value FROM json_each(?))",
        (json.dumps([uid for _, _, uid in named if uid]),),
    )
    by_uid = dict(rows.fetchall())
    pairs += [(contact, by_uid.get(uid) if uid else bearers.get(fold(name))) for contact, name, uid in named]
    related: dict[int, set[int]] = {}
    for contact, other in pairs:
        here, there = household_of.get(contact), household_of.get(other)
        if here and there and here != there:
            related.setdefault(here, set()).add(there)
            related.setdefault(there, set()).add(here)
    return related

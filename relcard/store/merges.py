"""Two contacts that are one, or are not: what moves from one to the other, and what is remembered of it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.store import WITH_CADENCE
from relcard.store import WITH_CIRCLE
from relcard.store import addresses
from relcard.store import members
from relcard.store import relationships

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping

# How far a greeting card has come. One that came back is on the desk again, short of one written anew.
_STATES = ("planned", "drafted", "printed", "returned", "written", "posted")


class Origin(NamedTuple):
    """A file a contact came from, and when it was last imported."""

    source: str
    imported_on: date


class Closeness(NamedTuple):
    """The circle and cadence the user stated, and the first day; None where nothing was said."""

    circle: str | None
    said_on: str | None
    cadence_days: int | None
    added_on: str


class KeptCard(NamedTuple):
    """One of the vCards of a contact; not its `own` is one that was merged into it, or of another source."""

    id: int
    own: bool
    uid: str  # of a card that is not its own: "" where that had none
    abuid: str
    name_key: str
    source: str


class _SeasonCard(NamedTuple):
    """A household's card in one season."""

    id: int
    season_id: int
    season: str
    state: str
    front: str | None
    inside: str | None
    edited: int
    received_on: str | None


def say_not_same(db: sqlite3.Connection, contact_id: int, other_id: int, *, today: date) -> None:
    """Remember that two contacts are not the same; saying it again changes nothing."""
    db.execute(
        "INSERT INTO not_same (one_id, other_id, said_on) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (min(contact_id, other_id), max(contact_id, other_id), today.isoformat()),
    )


def not_same(db: sqlite3.Connection) -> set[frozenset[str]]:
    """Return the pairs that are not the same, by UID."""
    rows = db.execute(
        """SELECT one.uid, other.uid FROM not_same
           JOIN contact AS one ON one.id = one_id JOIN contact AS other ON other.id = other_id"""
    )
    return {frozenset((row[0], row[1])) for row in rows}


def origins(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[Origin]]:
    """Return the files some contacts came from, newest first; a contact without a vCard has none."""
    by_contact: dict[int, list[Origin]] = {}
    for contact_id, name, imported_on in db.execute(
        """SELECT contact_id, source.name, max(imported_on)
           FROM vcard JOIN source ON source.id = source_id
           WHERE contact_id IN (SELECT value FROM json_each(?))
           GROUP BY contact_id, source.name ORDER BY contact_id, max(imported_on) DESC, max(vcard.id) DESC""",
        (json.dumps(list(contact_ids)),),
    ):
        by_contact.setdefault(contact_id, []).append(Origin(name, date.fromisoformat(imported_on)))
    return by_contact


def cards_of(db: sqlite3.Connection, contact_id: int) -> list[KeptCard]:
    """Return the vCards of a contact, its own first."""
    rows = db.execute(
        """SELECT vcard.id, alias.id IS NULL, coalesce(alias.uid, ''),
                  coalesce(CASE WHEN alias.id IS NULL THEN contact.abuid ELSE alias.abuid END, ''),
                  coalesce(alias.name_key, contact.name_key), source.name
           FROM vcard JOIN source ON source.id = source_id JOIN contact ON contact.id = vcard.contact_id
                LEFT JOIN alias ON vcard_id = vcard.id
           WHERE vcard.contact_id = ? ORDER BY alias.id IS NOT NULL, vcard.id""",
        (contact_id,),
    )
    return [
        KeptCard(id=row[0], own=bool(row[1]), uid=row[2], abuid=row[3], name_key=row[4], source=row[5])
        for row in rows
    ]


def beside(db: sqlite3.Connection) -> dict[int, int]:
    """Return the vCards that are not their contact's own, each with the contact's id."""
    rows = db.execute("SELECT vcard_id, contact_id FROM alias WHERE vcard_id IS NOT NULL")
    return {row[0]: row[1] for row in rows}


def add_alias(
    db: sqlite3.Connection, contact_id: int, *, uid: str, abuid: str, name_key: str, vcard_id: int | None
) -> None:
    """Remember a further identity of a contact, so that the next import of that vCard finds it."""
    db.execute(
        "INSERT INTO alias (contact_id, uid, abuid, name_key, vcard_id) VALUES (?, ?, ?, ?, ?)",
        (contact_id, uid or None, abuid or None, name_key, vcard_id),
    )


def has_aliases(db: sqlite3.Connection) -> bool:
    """Whether any contact has a further identity."""
    return db.execute("SELECT 1 FROM alias LIMIT 1").fetchone() is not None


def aliases(db: sqlite3.Connection, column: str, values: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return the contacts with some further `uid`, `abuid` or `name_key`, by that value.

    Each is a contact's id and that of the card with this identity; 0 is the contact's own card.
    """
    by_value: dict[str, list[tuple[int, int]]] = {}
    for value, contact_id, card_id in db.execute(
        f"""SELECT DISTINCT {column}, contact_id, coalesce(vcard_id, 0) FROM alias
            WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY contact_id, vcard_id""",
        (json.dumps(list(values)),),
    ):
        by_value.setdefault(value, []).append((contact_id, card_id))
    return by_value


def names_of(db: sqlite3.Connection, contact_id: int) -> set[str]:
    """Return the folded names that a contact had before, or has on cards of other sources."""
    return {row[0] for row in db.execute("SELECT name_key FROM alias WHERE contact_id = ?", (contact_id,))}


def closeness_of(db: sqlite3.Connection, contact_id: int) -> Closeness:
    """Return the circle, the cadence and the first day of a contact."""
    row = db.execute(
        f"""SELECT circle, said_on, days, added_on FROM contact {WITH_CIRCLE} {WITH_CADENCE}
            WHERE contact.id = ?""",
        (contact_id,),
    ).fetchone()
    return Closeness(*row)


def set_closeness(db: sqlite3.Connection, contact_id: int, closeness: Closeness) -> None:
    """Replace the circle, the cadence and the first day of a contact."""
    db.execute("UPDATE contact SET added_on = ? WHERE id = ?", (closeness.added_on, contact_id))
    relationships.set_cadence(db, [contact_id], closeness.cadence_days)
    if closeness.circle is None or closeness.said_on is None:
        relationships.forget_circle(db, contact_id)
    else:
        said_on = date.fromisoformat(closeness.said_on)
        relationships.set_circle(db, contact_id, Circle(closeness.circle), today=said_on)


def take_over(db: sqlite3.Connection, gone: int, stays: int, *, facts: Mapping[str, str]) -> None:
    """Move what one contact has to another, and forget the contact that has nothing left.

    Notes, days, gifts, pictures, interactions of both are kept, the very same ones once. `facts` says by key
    what stands. The vCards and former identities go along, as do pairs that are not the same. What both know
    of each other in vCards must have been brought together before.
    """
    for table, columns in (
        ("note", ("noted_on", "text")),
        ("day", ("kind", "label", "date", "is_once")),
        ("gift", ("state", "what", "occasion", "year")),
        ("picture", ("sha256",)),
        ("proposal", ("line",)),
        (
            "interaction",
            ("season_id", "channel", "direction", "happened_on", "text", "occasion", "member_id"),
        ),
    ):
        alike = " AND ".join(f"theirs.{column} IS {table}.{column}" for column in columns)
        db.execute(
            f"""UPDATE {table} SET contact_id = ? WHERE contact_id = ? AND NOT EXISTS
                (SELECT 1 FROM {table} AS theirs WHERE theirs.contact_id = ? AND {alike})""",
            (stays, gone, stays),
        )
    db.execute("UPDATE OR IGNORE through SET contact_id = ? WHERE contact_id = ?", (stays, gone))
    db.execute(
        """DELETE FROM through WHERE contact_id =
           (SELECT contact_id FROM interaction WHERE interaction.id = interaction_id)"""
    )
    _take_facts(db, gone, stays, facts)
    _take_identities(db, gone, stays)
    _take_pairs(db, gone, stays)
    addresses.take_over(db, gone, stays)
    _take_relations(db, gone, stays)
    members.take_over(db, gone, stays)
    (gone_uuid,) = db.execute("SELECT lower(hex(uuid)) FROM contact WHERE id = ?", (gone,)).fetchone()
    for was in (gone, gone_uuid):
        _rename_reminders(db, f"cadence-{was}-", f"cadence-{stays}-")
        _rename_reminders(db, f"drift-{was}-", f"drift-{stays}-")
    db.execute("DELETE FROM contact WHERE id = ?", (gone,))


def _take_facts(db: sqlite3.Connection, gone: int, stays: int, facts: Mapping[str, str]) -> None:
    """Leave each key with the row whose value stands: its day is that of the value."""
    for key, value in facts.items():
        (fact_id,) = db.execute(
            """SELECT id FROM fact WHERE key = ? AND value = ? AND contact_id IN (?, ?)
               ORDER BY contact_id = ?""",
            (key, value, gone, stays, gone),
        ).fetchone()
        db.execute(
            "DELETE FROM fact WHERE key = ? AND contact_id IN (?, ?) AND id <> ?",
            (key, gone, stays, fact_id),
        )
        db.execute("UPDATE fact SET contact_id = ? WHERE id = ? AND contact_id <> ?", (stays, fact_id, stays))


def _take_relations(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Move relations by hand, each once; those between the two contacts themselves go."""
    for column in ("contact_id", "other_id"):
        db.execute(f"UPDATE relation SET {column} = ? WHERE {column} = ?", (stays, gone))
    db.execute("DELETE FROM relation WHERE contact_id = other_id")
    db.execute(
        """DELETE FROM relation WHERE ? IN (contact_id, other_id) AND id NOT IN
           (SELECT min(id) FROM relation GROUP BY contact_id, kind, other_id, name)""",
        (stays,),
    )


def _take_identities(db: sqlite3.Connection, gone: int, stays: int) -> None:
    uid, abuid, name_key, uuid = db.execute(
        "SELECT uid, abuid, name_key, uuid FROM contact WHERE id = ?", (gone,)
    ).fetchone()
    own = next((card.id for card in cards_of(db, gone) if card.own), None)
    db.execute("UPDATE vcard SET contact_id = ? WHERE contact_id = ?", (stays, gone))
    # In a shared list it may stand though it was merged once, as another laptop did in the other direction.
    db.execute("DELETE FROM alias WHERE uid = ?", (uid,))
    db.execute("UPDATE alias SET contact_id = ? WHERE contact_id = ?", (stays, gone))
    add_alias(db, stays, uid=uid, abuid=abuid or "", name_key=name_key, vcard_id=own)
    # Whoever speaks of the contact that is gone is sent on to the one that stays.
    db.execute("UPDATE alias SET merged = ? WHERE id = last_insert_rowid()", (uuid,))


def _take_pairs(db: sqlite3.Connection, gone: int, stays: int) -> None:
    pairs = db.execute(
        "SELECT one_id + other_id - :gone, said_on FROM not_same WHERE :gone IN (one_id, other_id)",
        {"gone": gone},
    ).fetchall()
    db.execute("DELETE FROM not_same WHERE ? IN (one_id, other_id)", (gone,))
    for other, said_on in pairs:
        if other != stays:
            say_not_same(db, other, stays, today=date.fromisoformat(said_on))


def occasion_ids(
    db: sqlite3.Connection, contact_ids: Iterable[int]
) -> list[tuple[int, str, str, int | None, str]]:
    """Return id, kind, label, month_day (month * 100 + day) and UUID (hex) of some contacts' occasions."""
    rows = db.execute(
        """SELECT id, kind, label, month_day, lower(hex(uuid)) FROM occasion
           WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY id""",
        (json.dumps(list(contact_ids)),),
    )
    return [tuple(row) for row in rows]


def follow_occasions(
    db: sqlite3.Connection, before: Iterable[tuple[int, str, str, int | None, str]], contact_id: int
) -> None:
    """Move dismissals and snoozes to the occasions that stand in the place of others.

    `before` is what `occasion_ids` returned of both contacts before they became one.
    """
    now = occasion_ids(db, [contact_id])
    standing = {occasion_id for occasion_id, *_ in now}
    for old, kind, label, month_day, uuid in before:
        if old in standing:
            continue
        alike = [new for new, its_kind, _, its_day, _ in now if (its_kind, its_day) == (kind, month_day)]
        same = [new for new, *parts, _ in now if parts == [kind, label, month_day]]
        for was in (old, uuid) if alike else ():
            _rename_reminders(db, f"{kind}-{was}-", f"{kind}-{(same or alike)[0]}-")


def _rename_reminders(db: sqlite3.Connection, old: str, new: str) -> None:
    db.execute(
        """UPDATE OR IGNORE dismissal SET reminder = ? || substr(reminder, ?)
           WHERE substr(reminder, 1, ?) = ?""",
        (new, len(old) + 1, len(old), old),
    )


def move_recipients(
    db: sqlite3.Connection, old: int, new: int, *, drafts: Mapping[str, tuple[str, str]]
) -> None:
    """Move the seasons of a household to another, and drop the first.

    Where both are in one season the further state stands, and the day their card came. `drafts` says by the
    name of a season which printed words (front, inside) stand when a person wrote those of both.
    """
    theirs = {card.season_id: card for card in _cards_of_household(db, new)}
    for card in _cards_of_household(db, old):
        other = theirs.get(card.season_id)
        if other is None:
            db.execute("UPDATE recipient SET household_id = ? WHERE id = ?", (new, card.id))
            continue
        worded = max(other, card, key=lambda each: (each.edited, each.front is not None))
        front, inside = drafts.get(card.season, (worded.front, worded.inside))
        db.execute(
            """UPDATE recipient SET state = ?, front = ?, inside = ?, edited = ?, received_on = ?,
                   number = coalesce(number, (SELECT number FROM recipient WHERE id = ?)) WHERE id = ?""",
            (
                max(card.state, other.state, key=_STATES.index),
                front,
                inside,
                worded.edited,
                min(filter(None, (card.received_on, other.received_on)), default=None),
                card.id,
                other.id,
            ),
        )
        db.execute("DELETE FROM recipient WHERE id = ?", (card.id,))


def _cards_of_household(db: sqlite3.Connection, household_id: int) -> list[_SeasonCard]:
    rows = db.execute(
        """SELECT recipient.id, season_id, season.name, state, front, inside, edited, received_on
           FROM recipient JOIN season ON season.id = season_id
           WHERE household_id = ? ORDER BY recipient.id""",
        (household_id,),
    )
    return [_SeasonCard(*row) for row in rows]


def drop_household(db: sqlite3.Connection, household_id: int) -> None:
    """Forget a household that nobody is in and no season knows; any other stands."""
    db.execute(
        """DELETE FROM household WHERE id = :id
           AND NOT EXISTS (SELECT 1 FROM membership WHERE household_id = :id)
           AND NOT EXISTS (SELECT 1 FROM recipient WHERE household_id = :id)""",
        {"id": household_id},
    )


def edited_drafts(db: sqlite3.Connection, household_id: int) -> dict[str, tuple[str, str]]:
    """Return the printed words (front, inside) a person wrote for a household, by season."""
    rows = db.execute(
        """SELECT name, coalesce(front, ''), coalesce(inside, '')
           FROM recipient JOIN season ON season.id = season_id WHERE household_id = ? AND edited""",
        (household_id,),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def related_to(db: sqlite3.Connection, uid: str) -> list[int]:
    """Return the contacts whose relations name another by this UID."""
    rows = db.execute(
        """SELECT contact.id FROM contact, json_each(detail, '$.relations') AS relation
           WHERE instr(detail, ?) AND json_extract(relation.value, '$[2]') = ? GROUP BY contact.id""",
        (json.dumps(uid, ensure_ascii=False)[1:-1], uid),
    )
    return [row[0] for row in rows]

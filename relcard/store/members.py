"""Members of households without a vCard of their own: as cards name them, and as the user said."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Relation
from relcard.domain.people.joint_names import read_card_name
from relcard.domain.people.member import Member
from relcard.domain.people.member import read_members
from relcard.domain.people.member import surname_for
from relcard.domain.people.surnames import full_name
from relcard.domain.text import fold
from relcard.store import IS_MEMBER
from relcard.store import NAMES_RELATIONS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

# A card may name somebody twice, once with an age: "Nils Lindqvist" and "Nils (7)".
_INSERT = """INSERT INTO member (contact_id, name, surname, name_key, role, born, month_day, died_on,
                                 card_name, stated, is_removed)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
             ON CONFLICT (contact_id, name_key)
             DO UPDATE SET born = excluded.born, month_day = excluded.month_day
             WHERE born = '' AND NOT stated"""


class _Named(NamedTuple):
    """Whom the card of a contact names, and the contact's surname."""

    contact_id: int
    surname: str
    relations: tuple[Relation, ...]


def of_contacts(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[Member]]:
    """Return the members of the households of some contacts, by contact; who is a contact too is none."""
    by_contact: dict[int, list[Member]] = {}
    for row in db.execute(
        f"""SELECT name, role, born, died_on, id, contact_id, stated, surname FROM member
           WHERE contact_id IN (SELECT value FROM json_each(?)) AND {IS_MEMBER}
           ORDER BY id""",
        (json.dumps(list(contact_ids)),),
    ):
        name, role, born, died_on, member_id, contact_id, stated, surname = row
        member = Member(name, role, _read(born), _read(died_on), member_id, contact_id, bool(stated), surname)
        by_contact.setdefault(member.contact_id, []).append(member)
    return by_contact


def _read(day: str) -> PartialDate | None:
    return PartialDate.parse(day) if day else None


class NamedByCard(NamedTuple):
    """Somebody without a vCard, the contact whose card names them, and the birth, "" if it is unknown."""

    name: str
    role: str
    contact: str
    born: str


def last_id(db: sqlite3.Connection) -> int:
    """Return the newest member's id, 0 without any: `named_since` begins there."""
    (newest,) = db.execute("SELECT coalesce(max(id), 0) FROM member").fetchone()
    return int(newest)


def named_since(db: sqlite3.Connection, member_id: int) -> list[NamedByCard]:
    """Return the members who came after one, but for those who are contacts."""
    rows = db.execute(
        f"""SELECT member.name, surname, member.role, contact.name, born
            FROM member JOIN contact ON contact.id = member.contact_id
            WHERE member.id > ? AND {IS_MEMBER} ORDER BY member.id""",
        (member_id,),
    )
    return [NamedByCard(full_name(name, surname), *others) for name, surname, *others in rows]


def add(db: sqlite3.Connection, contact_id: int, member: Member) -> None:
    """Keep a member of a contact's household, as the user said; one who was taken out is back."""
    row = _row(member, contact_id, _surname(db, contact_id), card_name=None)
    (name_key,) = row[_NAME_KEY : _NAME_KEY + 1]
    removed = db.execute(
        "SELECT id FROM member WHERE contact_id = ? AND name_key = ? AND is_removed", (contact_id, name_key)
    ).fetchone()
    if removed is None:
        db.execute(_INSERT, row)
        return
    db.execute("UPDATE member SET is_removed = 0 WHERE id = ?", removed)
    change(db, member._replace(id=removed[0], contact_id=contact_id))


def change(db: sqlite3.Connection, member: Member) -> None:
    """Keep what the user says of a member: name, role, birth and death."""
    _, name, surname, key, role, born, month_day, died_on, *_ = _row(
        member, member.contact_id, _surname(db, member.contact_id), card_name=None
    )
    db.execute(
        "DELETE FROM member WHERE contact_id = ? AND name_key = ? AND id <> ? AND is_removed",
        (member.contact_id, key, member.id),
    )
    db.execute(
        """UPDATE member SET name = ?, surname = ?, name_key = ?, role = ?, born = ?, month_day = ?,
                  died_on = ?, stated = 1
           WHERE id = ?""",
        (name, surname, key, role, born, month_day, died_on, member.id),
    )


def remove(db: sqlite3.Connection, member_id: int) -> None:
    """Take a member out of its household; one whom a card names is remembered as not belonging to it."""
    db.execute("DELETE FROM member WHERE id = ? AND card_name IS NULL", (member_id,))
    db.execute("UPDATE member SET is_removed = 1, stated = 1 WHERE id = ?", (member_id,))


def follow_cards(db: sqlite3.Connection, contact_ids: Iterable[int], *, today: date) -> None:
    """Keep whom the cards of some contacts name now: an age is that of the day it was first read.

    What the user said of a member stays, also when the card names it no more.
    """
    wanted = json.dumps(list(contact_ids))
    known: dict[int, dict[str, int]] = {}
    for contact_id, card_name, member_id in db.execute(
        """SELECT contact_id, card_name, id FROM member
           WHERE card_name IS NOT NULL AND contact_id IN (SELECT value FROM json_each(?))""",
        (wanted,),
    ):
        known.setdefault(contact_id, {})[card_name] = member_id
    for card in _cards(db, "contact.id IN (SELECT value FROM json_each(?))", wanted):
        _follow(db, card, known.pop(card.contact_id, {}), today)
    for members in known.values():
        _forget(db, members.values())


def follow_first_cards(db: sqlite3.Connection) -> None:
    """Keep whom all cards name, with their ages on the day each contact was added."""
    for added_on, numbers in db.execute(
        f"SELECT added_on, json_group_array(id) FROM contact WHERE {NAMES_RELATIONS} GROUP BY added_on"
    ).fetchall():
        follow_cards(db, json.loads(numbers), today=date.fromisoformat(added_on))


def take_over(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Give a contact the members of one that is merged into it; of two of one name the one stated stays."""
    double = """DELETE FROM member WHERE contact_id = ? AND EXISTS (
                    SELECT 1 FROM member AS other
                    WHERE other.contact_id = ? AND other.name_key = member.name_key AND other.stated >= ?)"""
    db.execute(f"{double} AND NOT stated", (stays, gone, 1))
    db.execute(double, (gone, stays, 0))
    db.execute("UPDATE member SET contact_id = ? WHERE contact_id = ?", (stays, gone))


def stay(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Leave the members the user stated with another contact of the household when theirs leaves it."""
    db.execute(
        """UPDATE OR IGNORE member SET contact_id = ?, card_name = NULL
           WHERE contact_id = ? AND stated AND NOT is_removed""",
        (stays, gone),
    )


def _cards(db: sqlite3.Connection, where: str, *values: object) -> list[_Named]:
    rows = db.execute(
        f"""SELECT id, name, json_extract(detail, '$.n'), json_extract(detail, '$.relations')
            FROM contact WHERE {NAMES_RELATIONS} AND kind = 'individual' AND {where} ORDER BY id""",
        values,
    )
    return [
        _Named(row[0], _surname_of(row[1], row[2]), tuple(map(Relation._make, json.loads(row[3]))))
        for row in rows
    ]


def _surname_of(display_name: str, parts: str | None) -> str:
    """Return the surname of a contact, by the parts of its name where it has them."""
    card = read_card_name(display_name, Name(**json.loads(parts or "{}")))
    return card.family or next((person.family for person in card.people if person.family), "")


def _follow(db: sqlite3.Connection, card: _Named, known: dict[str, int], today: date) -> None:
    named = read_members(card.relations, on=today)
    _forget(db, [member_id for card_name, member_id in known.items() if card_name not in named])
    if known:
        _take_surname(db, card)
    db.executemany(
        _INSERT,
        [
            _row(member, card.contact_id, card.surname, card_name=card_name)
            for card_name, member in named.items()
            if card_name not in known
        ],
    )


def _take_surname(db: sqlite3.Connection, card: _Named) -> None:
    """Give who is named on a card its surname of now; who is there under that whole name stays alone."""
    for member_id, name in db.execute(
        """SELECT id, name FROM member
           WHERE contact_id = ? AND card_name IS NOT NULL AND surname NOT IN ('', ?)""",
        (card.contact_id, card.surname),
    ).fetchall():
        surname = surname_for(name, card.surname)
        key = fold(full_name(name, surname))
        there = "SELECT 1 FROM member WHERE contact_id = ? AND name_key = ? AND id <> ?"
        if db.execute(there, (card.contact_id, key, member_id)).fetchone():
            db.execute("DELETE FROM member WHERE id = ?", (member_id,))
        else:
            db.execute("UPDATE member SET surname = ?, name_key = ? WHERE id = ?", (surname, key, member_id))


def _forget(db: sqlite3.Connection, member_ids: Iterable[int]) -> None:
    wanted = (json.dumps(list(member_ids)),)
    here = "id IN (SELECT value FROM json_each(?))"
    db.execute(f"DELETE FROM member WHERE {here} AND (is_removed OR NOT stated)", wanted)
    db.execute(f"UPDATE member SET card_name = NULL WHERE {here}", wanted)


_NAME_KEY = 3  # of what `_row` returns


def _row(member: Member, contact_id: int, surname: str, *, card_name: str | None) -> tuple[object, ...]:
    born = member.born
    member = member._replace(surname="" if member.is_pet else surname_for(member.name, surname))
    return (
        contact_id,
        member.name,
        member.surname,
        fold(member.full_name),
        member.role,
        str(born or ""),
        born.place_in_year if born else None,
        str(member.died_on or ""),
        card_name,
        int(card_name is None),
    )


def _surname(db: sqlite3.Connection, contact_id: int) -> str:
    row = db.execute(
        "SELECT name, json_extract(detail, '$.n') FROM contact WHERE id = ?", (contact_id,)
    ).fetchone()
    return _surname_of(*row)

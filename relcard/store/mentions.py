"""Contacts as free words may call them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.people.mentions import Named
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def some(db: sqlite3.Connection, words: Iterable[str]) -> list[Named]:
    """Return the contacts whose names hold any of some folded words, in one query."""
    wanted = list(words)
    if not wanted:
        return []
    rows = db.execute(
        f"""SELECT contact.id, contact.name, coalesce(json_extract(detail, '$.n.given'), ''),
                  coalesce(json_extract(detail, '$.n.family'), ''), json_extract(detail, '$.nicknames'),
                  coalesce(json_extract(detail, '$.gender'), ''),
                  coalesce(json_extract(detail, '$.n.prefixes'), ''), circle, household_id,
                  EXISTS (SELECT 1 FROM occasion WHERE contact_id = contact.id AND kind = 'remembrance')
           FROM (SELECT *, substr(search, 1, instr(search, char(10))) AS names FROM contact) AS contact
                LEFT JOIN membership ON membership.contact_id = contact.id {WITH_CIRCLE}
           WHERE archived_on IS NULL AND ({" OR ".join(["instr(names, ?)"] * len(wanted))})
           ORDER BY sort_key, contact.id""",
        wanted,
    )
    return [
        Named(
            contact_id=contact_id,
            display_name=name,
            given=given,
            family=family,
            nicknames=tuple(json.loads(nicknames)) if nicknames else (),
            gender=gender,
            prefixes=prefixes,
            circle=Circle(circle) if circle else None,
            household_id=household_id,
            has_died=bool(has_died),
        )
        for (
            contact_id,
            name,
            given,
            family,
            nicknames,
            gender,
            prefixes,
            circle,
            household_id,
            has_died,
        ) in rows
    ]


def living_of(db: sqlite3.Connection, household_id: int) -> tuple[int, ...]:
    """Return the members of a household who live, in the order of their ids."""
    rows = db.execute(
        """SELECT contact_id FROM membership JOIN contact ON contact.id = contact_id
           WHERE household_id = ? AND archived_on IS NULL AND NOT EXISTS
               (SELECT 1 FROM occasion WHERE contact_id = membership.contact_id AND kind = 'remembrance')
           ORDER BY contact_id""",
        (household_id,),
    )
    return tuple(contact_id for (contact_id,) in rows)

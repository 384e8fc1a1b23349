"""Gifts, of contacts and of households."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.reminders.gift import IDEA
from relcard.domain.reminders.gift import Gift
from relcard.domain.reminders.occasion import names_of_home
from relcard.store import ADULTS_AT_HOME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date

_GIFT = "gift.contact_id, of_household, state, what, occasion, year, ours, gift.id"
# What one means to give, then the newest.
_ORDER = "state <> 'idea', year DESC, gift.id DESC"


def keep(db: sqlite3.Connection, gift: Gift, *, today: date) -> int:
    """Keep a gift and return its id; what was an idea of the same words is one no more.

    An idea that was here alone, or on both, is so as a gift unless something else is said.
    """
    if gift.state != IDEA:
        ideas = db.execute(
            """DELETE FROM gift WHERE state = 'idea' AND (contact_id, of_household, what) = (?, ?, ?)
               RETURNING ours""",
            (gift.contact_id, gift.of_household, gift.what),
        ).fetchall()
        said = [bool(ours) for (ours,) in ideas if ours is not None]
        gift = gift._replace(ours=min(said, default=None) if gift.ours is None else gift.ours)
    row_id = db.execute(
        """INSERT INTO gift (contact_id, of_household, state, what, occasion, year, ours, noted_on)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (*gift[:-1], today.isoformat()),
    ).lastrowid
    assert row_id is not None  # noqa: S101  a row was inserted
    return row_id


def remove(db: sqlite3.Connection, gift_id: int) -> None:
    """Forget a gift."""
    db.execute("DELETE FROM gift WHERE id = ?", (gift_id,))


def leave(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Leave the gifts of a household with another contact of it when the one they hang on leaves."""
    db.execute("UPDATE gift SET contact_id = ? WHERE contact_id = ? AND of_household", (stays, gone))


def of_contacts(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[Gift]:
    """Return the gifts of some contacts and their households: what one means to give, then the newest."""
    rows = db.execute(
        f"""SELECT {_GIFT} FROM gift WHERE contact_id IN (SELECT value FROM json_each(?))
            ORDER BY {_ORDER}""",
        (json.dumps(list(contact_ids)),),
    )
    return [_read(row) for row in rows]


def every(
    db: sqlite3.Connection, today: date, *, household_id: int | None = None
) -> list[tuple[Gift, str, int | None]]:
    """Return all gifts, or those of one household, each with whose it is and the id of the household."""
    rows = db.execute(
        f"""SELECT {_GIFT}, contact.name, home.household_id, {ADULTS_AT_HOME}
            FROM gift JOIN contact ON contact.id = gift.contact_id
            LEFT JOIN membership AS home ON home.contact_id = contact.id
            WHERE contact.archived_on IS NULL
                  {"" if household_id is None else "AND home.household_id = :household_id"}
            ORDER BY contact.sort_key, {_ORDER}""",
        {"year": today.year, "household_id": household_id},
    )
    return [(_read(row[:8]), _whose(*row[8:9], *row[10:], is_whole=bool(row[1])), row[9]) for row in rows]


def _read(row: tuple[Any, ...]) -> Gift:
    contact_id, of_household, *rest = row
    gift = Gift(contact_id, bool(of_household), *rest)
    return gift._replace(ours=None if gift.ours is None else bool(gift.ours))


def _whose(name: str, adults: str, *, is_whole: bool) -> str:
    living = [called for called, is_dead in json.loads(adults) if not is_dead]
    return names_of_home(living) if is_whole and living else name

"""Lasting facts, of one contact or of all of a household, each under the key that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.text import fold
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.store.file.database import Connection


def set_facts(
    db: Connection, contact_ids: Sequence[int], key: str, value: str, *, today: date
) -> dict[int, str]:
    """Give contacts a fact, or let those who have it forget it; return under which key each has it."""
    kept = {}
    for contact_id in contact_ids:
        keys = tuple(known.key for known in relationships.facts(db, contact_id))
        here = known_key(key, keys)
        if value or here in keys:
            relationships.set_fact(db, contact_id, here, value, today=today)
            kept[contact_id] = here
    return kept


def known_key(key: str, keys: tuple[str, ...]) -> str:
    """Return the key there is already that differs only in capitals and accents, else the key itself."""
    if key in keys:
        return key
    return next((known for known in keys if fold(known.strip(" :")) == fold(key)), key)

"""Lasting facts, of one contact or of all of a household, each under the key that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.store.file.database import Connection


class KeptFact(NamedTuple):
    """Under which key a contact has a fact, and its value, "" of one that was forgotten."""

    key: str
    value: str


def set_facts(
    db: Connection,
    contact_ids: Sequence[int],
    key: str,
    value: str,
    *,
    today: date,
    ours: bool | None = None,
) -> dict[int, KeptFact]:
    """Give contacts a fact, or let those who have it forget it; return what each has then.

    Without a value `ours` is said of the fact there is: that it is on both laptops of a list, or here alone.
    """
    kept = {}
    for contact_id in contact_ids:
        facts = {fact.key: fact for fact in relationships.facts(db, contact_id)}
        here = known_key(key, tuple(facts))
        if value or here in facts:
            stays = not value and ours is not None
            new, on = (facts[here].value, facts[here].noted_on) if stays else (value, today)
            relationships.set_fact(db, contact_id, here, new, today=on, ours=ours)
            kept[contact_id] = KeptFact(here, new)
    return kept


def known_key(key: str, keys: tuple[str, ...]) -> str:
    """Return the key there is already that differs only in capitals and accents, else the key itself."""
    if key in keys:
        return key
    return next((known for known in keys if fold(known.strip(" :")) == fold(key)), key)

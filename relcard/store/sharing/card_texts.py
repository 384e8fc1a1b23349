"""The texts of a vCard that two laptops replaced apart: what stands in the store is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.sharing.steps import value_from_text
from relcard.domain.sharing.travelling import CARD
from relcard.store import photos
from relcard.store import vcards

if TYPE_CHECKING:
    import sqlite3


def apart(db: sqlite3.Connection) -> dict[int, list[vcards.StoredCard]]:
    """Return by its id each card of several texts, with these, the latest first."""
    rows = db.execute(
        """SELECT vcard.id, value FROM share_field JOIN share_row ON share_row.id = row_id
           JOIN vcard ON vcard.uuid = share_row.uuid LEFT JOIN share_step
           ON share_step.device = share_field.device AND share_step.number = share_field.number
           WHERE column_name = ?1 AND name = 'vcard' AND kept IS NULL AND row_id IN
               (SELECT row_id FROM share_field WHERE column_name = ?1 GROUP BY row_id HAVING count(*) > 1)
           ORDER BY clock DESC""",
        (CARD,),
    ).fetchall()
    texts: dict[int, list[vcards.StoredCard]] = {}
    for card_id, text in rows:
        line, kept, places = value_from_text(text)
        raw = photos.put_back(kept, [(at, photos.of_digest(db, digest)) for at, digest in places])
        texts.setdefault(card_id, []).append(vcards.one(db, card_id)._replace(line=line, raw=raw))
    return texts

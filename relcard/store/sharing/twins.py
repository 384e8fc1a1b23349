"""What two laptops imported before either had the other's: the same card stands once, with what came of it.

Who has one address book for two pulls the same new contact on both laptops. The contact is one by its UID;
its card, addresses, days and years have no key, and would stand twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.sharing.travelling import POSTED_CHANNELS
from relcard.domain.sharing.travelling import TABLES
from relcard.store.sharing import encoding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping

COMMAND = "imported on both laptops"  # of the step by which it goes, which is no person's
_CAME_OF_IT = ("address", "occasion", "interaction")


def let_go(db: sqlite3.Connection, people: Collection[int]) -> bool:
    """Let go what stands twice of some contacts, in the caller's step; return whether anything did.

    Of two cards with the same bytes the same one stays on every laptop, and beside it what its laptop made of
    it, in the order of the card.
    """
    went = False
    same = [*_same_cards(db, people)]
    makers = {table: _makers(db, table) for table in ("vcard", *_CAME_OF_IT) if same}
    for contact_id, stays, goes in same:
        winner, loser = makers["vcard"].get(stays["uuid"]), makers["vcard"].get(goes["uuid"])
        if winner is None or loser is None or winner == loser or _is_named(db, goes["rowid"]):
            continue
        for table in _CAME_OF_IT:
            _let_rows_go(db, table, contact_id, makers[table], winner, loser)
        db.execute("UPDATE problem SET vcard_id = ? WHERE vcard_id = ?", (stays["rowid"], goes["rowid"]))
        db.execute("DELETE FROM cutting WHERE vcard_id = ?", (goes["rowid"],))
        db.execute("DELETE FROM vcard WHERE id = ?", (goes["rowid"],))
        went = True
    return went


def _same_cards(
    db: sqlite3.Connection, people: Collection[int]
) -> Iterator[tuple[int, encoding.Raw, encoding.Raw]]:
    """Yield contacts with two cards of the same bytes: the card that stays, and each other."""
    several = db.execute(
        """SELECT contact_id, sha256 FROM vcard WHERE contact_id IN (SELECT value FROM json_each(?))
           GROUP BY contact_id, sha256 HAVING count(*) > 1 ORDER BY contact_id""",
        (f"[{','.join(map(str, people))}]",),
    ).fetchall()
    for contact_id, digest in several:
        cards = encoding.read(db, "vcard", "(contact_id, sha256) = (?, ?)", contact_id, digest)
        stays, *others = sorted(cards, key=lambda card: (not _is_named(db, card["rowid"]), card["uuid"]))
        for goes in others:
            yield contact_id, stays, goes


def _makers(db: sqlite3.Connection, table: str) -> dict[bytes, int]:
    """Return by UUID which laptop made each row of a table that is in the list."""
    return dict(
        db.execute("SELECT uuid, device FROM share_row WHERE name = ? AND kept IS NULL", (table,)).fetchall()
    )


def _is_named(db: sqlite3.Connection, card_id: int) -> bool:
    """Whether a contact that was merged, or an identifier, is known by a card: that one stays."""
    return bool(db.execute("SELECT 1 FROM alias WHERE vcard_id = ?", (card_id,)).fetchone())


def _let_rows_go(
    db: sqlite3.Connection,
    table: str,
    contact_id: int,
    makers: Mapping[bytes, int],
    winner: int,
    loser: int,
) -> None:
    """Let the rows of a contact go that one laptop made and that say what those of the other say."""
    rows = [
        raw
        for raw in encoding.read(db, table, "contact_id = ?", contact_id)
        if raw.get("channel", POSTED_CHANNELS[0]) in POSTED_CHANNELS
    ]
    said = {_words(table, raw) for raw in rows if makers.get(raw["uuid"]) == winner}
    for raw in rows:
        if makers.get(raw["uuid"]) == loser and _words(table, raw) in said:
            if table == "interaction":
                db.execute("DELETE FROM through WHERE interaction_id = ?", (raw["rowid"],))
            db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (raw["rowid"],))


def _words(table: str, raw: encoding.Raw) -> tuple[object, ...]:
    return tuple(raw[column] for column in TABLES[table].columns)

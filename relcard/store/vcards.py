"""Imported vCards, byte for byte, and what was not understood of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.errors import Problem

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCard:
    """The raw text last imported for a contact; `contact_id` is None for one that was not understood."""

    id: int
    contact_id: int | None
    source: str
    line: int
    raw: bytes


def add_source(db: sqlite3.Connection, name: str, *, today: date) -> int:
    """Remember a file that was imported and return its id."""
    cursor = db.execute("INSERT INTO source (name, imported_on) VALUES (?, ?)", (name, today.isoformat()))
    assert cursor.lastrowid is not None  # noqa: S101  an INSERT that did not raise has a row
    return cursor.lastrowid


def known(db: sqlite3.Connection, digests: Sequence[bytes]) -> dict[bytes, int | None]:
    """Return those of some digests whose very text is in the store, each with the contact it is of."""
    found = db.execute(
        f"SELECT sha256, contact_id FROM vcard WHERE sha256 IN ({', '.join('?' * len(digests))})", digests
    )
    found.row_factory = None
    return dict(found)


def replace_text(
    db: sqlite3.Connection, card_id: int, *, source_id: int, line: int, raw: bytes, digest: bytes
) -> None:
    """Put a newer text in the place of a known card's; its problems go with it."""
    db.execute("DELETE FROM problem WHERE vcard_id = ?", (card_id,))
    db.execute(
        "UPDATE vcard SET source_id = ?, line = ?, raw = ?, sha256 = ? WHERE id = ?",
        (source_id, line, raw, digest, card_id),
    )


def one(db: sqlite3.Connection, card_id: int) -> StoredCard:
    """Return one card; raises LookupError when there is none of that id."""
    for card in _cards(db, "WHERE vcard.id = ?", card_id):
        return card
    raise LookupError(card_id)


def source_names(db: sqlite3.Connection) -> list[str]:
    """Return the names of the files that were imported, each once."""
    return [row[0] for row in db.execute("SELECT DISTINCT name FROM source ORDER BY name")]


def contacts_of_sources(db: sqlite3.Connection, names: Sequence[str]) -> list[int]:
    """Return the contacts of which a card last came from a file of one of these names."""
    found = db.execute(
        f"""SELECT DISTINCT contact_id FROM vcard JOIN source ON source.id = source_id
            WHERE contact_id IS NOT NULL AND name IN ({", ".join("?" * len(names))}) ORDER BY contact_id""",
        names,
    )
    return [row[0] for row in found]


def all_cards(db: sqlite3.Connection) -> Iterator[StoredCard]:
    """Yield every card in the order it came, understood or not."""
    yield from _cards(db, "")


def _cards(db: sqlite3.Connection, where: str, *values: object) -> Iterator[StoredCard]:
    found = db.execute(
        f"""SELECT vcard.id, contact_id, source.name, line, raw
            FROM vcard JOIN source ON source.id = source_id {where} ORDER BY vcard.id""",
        values,
    )
    for card_id, contact_id, source, line, raw in found:
        yield StoredCard(id=card_id, contact_id=contact_id, source=source, line=line, raw=raw)


def add_problems(db: sqlite3.Connection, card_id: int | None, problems: Iterable[Problem]) -> None:
    """Remember what was not understood, so that `import --report` can say it again."""
    for one in problems:
        db.execute(
            "INSERT INTO problem (vcard_id, source, line, name, message) VALUES (?, ?, ?, ?, ?)",
            (card_id, one.source, one.line, one.name, one.message),
        )


def problems(db: sqlite3.Connection) -> list[Problem]:
    """Return every problem of the cards the store keeps, in the order of their files."""
    found = db.execute("SELECT source, line, name, message FROM problem ORDER BY source, line, id")
    return [Problem(*row) for row in found]


def group_names(db: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the group cards: tags that their members carry without a line of their own."""
    found = db.execute("SELECT DISTINCT group_name FROM vcard WHERE group_name IS NOT NULL")
    return frozenset(row[0] for row in found)

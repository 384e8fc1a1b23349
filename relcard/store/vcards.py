"""Imported vCards, byte for byte, and what was not understood of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import Problem
from relcard.store import photos

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date


class StoredCard(NamedTuple):
    """The raw text last imported for a contact; `contact_id` is None for one that was not understood."""

    id: int
    contact_id: int | None
    source: str
    line: int
    raw: bytes


class CardText(NamedTuple):
    """The text of a card that comes in, and where in its file it stands.

    `photo_places` are where in the text its photos stand: these are kept apart, once each.
    """

    source_id: int
    line: int
    raw: bytes
    digest: bytes
    photo_places: Sequence[tuple[int, int]] = ()


def add_source(db: sqlite3.Connection, name: str, *, today: date) -> int:
    """Remember a file that was imported and return its id."""
    cursor = db.execute("INSERT INTO source (name, imported_on) VALUES (?, ?)", (name, today.isoformat()))
    assert cursor.lastrowid is not None  # noqa: S101  an INSERT that did not raise has a row
    return cursor.lastrowid


def known(db: sqlite3.Connection, digests: Sequence[bytes]) -> dict[bytes, tuple[int | None, int]]:
    """Return those of some digests whose very text is in the store, each with contact and card."""
    rows = db.execute(
        f"""SELECT sha256, contact_id, id FROM vcard
            WHERE substr(sha256, 1, 8) IN ({", ".join("?" * len(digests))})""",
        [digest[:8] for digest in digests],  # of which there is an index, small enough to stay in memory
    )
    wanted = set(digests)
    return {digest: (contact_id, card_id) for digest, contact_id, card_id in rows if digest in wanted}


def replace_text(db: sqlite3.Connection, card_id: int, text: CardText) -> None:
    """Put a newer text in the place of a known card's; its problems go with it."""
    kept, cuttings = photos.cut_out(text.raw, text.photo_places)
    photos.replace(db, card_id, cuttings)
    db.execute("DELETE FROM problem WHERE vcard_id = ?", (card_id,))
    db.execute(
        "UPDATE vcard SET source_id = ?, line = ?, raw = ?, sha256 = ? WHERE id = ?",
        (text.source_id, text.line, kept, text.digest, card_id),
    )


def one(db: sqlite3.Connection, card_id: int) -> StoredCard:
    """Return one card; raises LookupError when there is none of that id."""
    for card in _cards(db, "WHERE vcard.id = ?", card_id):
        return card
    raise LookupError(card_id)


def labelled(db: sqlite3.Connection, contact_id: int) -> list[bytes]:
    """Return the text, without its photos, of a contact's cards in which a label of the user's own may be."""
    rows = db.execute(
        """SELECT raw FROM vcard WHERE contact_id = ?
           AND (instr(raw, CAST('X-ABL' AS BLOB)) OR instr(raw, CAST('X-CUSTOM(' AS BLOB))) ORDER BY id""",
        (contact_id,),
    )
    return [row[0] for row in rows]


def source_names(db: sqlite3.Connection) -> list[str]:
    """Return the names of the files that were imported, each once."""
    return [row[0] for row in db.execute("SELECT DISTINCT name FROM source ORDER BY name")]


def contacts_of_sources(db: sqlite3.Connection, names: Sequence[str]) -> list[tuple[int, int]]:
    """Return contact and card of every card that last came from a file of one of these names."""
    rows = db.execute(
        f"""SELECT contact_id, vcard.id FROM vcard JOIN source ON source.id = source_id
            WHERE contact_id IS NOT NULL AND name IN ({", ".join("?" * len(names))}) ORDER BY vcard.id""",
        names,
    )
    return [(row[0], row[1]) for row in rows]


def all_cards(db: sqlite3.Connection) -> Iterator[StoredCard]:
    """Yield every card in the order it came, understood or not."""
    yield from _cards(db, "")


def _cards(db: sqlite3.Connection, where: str, *values: object) -> Iterator[StoredCard]:
    rows = db.execute(
        f"""SELECT vcard.id, contact_id, source.name, line, raw,
                   EXISTS (SELECT 1 FROM cutting WHERE vcard_id = vcard.id)
            FROM vcard JOIN source ON source.id = source_id {where} ORDER BY vcard.id""",
        values,
    )
    for card_id, contact_id, source, line, kept, has_photos in rows:
        raw = photos.put_back(kept, photos.of_card(db, card_id)) if has_photos else kept
        yield StoredCard(id=card_id, contact_id=contact_id, source=source, line=line, raw=raw)


def add_problems(db: sqlite3.Connection, card_id: int | None, problems: Iterable[Problem]) -> None:
    """Remember what was not understood, so that `import --report` can say it again."""
    for problem in problems:
        db.execute(
            "INSERT INTO problem (vcard_id, source, line, name, message) VALUES (?, ?, ?, ?, ?)",
            (card_id, problem.source, problem.line, problem.name, problem.message),
        )


def keep_outside(db: sqlite3.Connection, source: str, problems: Sequence[Problem]) -> None:
    """Remember what is wrong with a file beside its cards, instead of what an earlier reading said."""
    rows = db.execute(
        "SELECT source, line, name, message FROM problem WHERE vcard_id IS NULL AND source = ? ORDER BY id",
        (source,),
    )
    if [Problem(*row) for row in rows] != list(problems):
        db.execute("DELETE FROM problem WHERE vcard_id IS NULL AND source = ?", (source,))
        add_problems(db, None, problems)


def problems(db: sqlite3.Connection) -> list[Problem]:
    """Return every problem of the files and cards that came in, in the order of the files."""
    rows = db.execute("SELECT source, line, name, message FROM problem ORDER BY source, line, id")
    return [Problem(*row) for row in rows]


def unclear(db: sqlite3.Connection) -> list[int]:
    """Return the ids of the cards that were not understood, or not wholly, in the order they came."""
    rows = db.execute(
        """SELECT id FROM vcard WHERE (contact_id IS NULL AND group_name IS NULL)
           OR id IN (SELECT vcard_id FROM problem) ORDER BY id"""
    )
    return [row[0] for row in rows]


def problems_of(db: sqlite3.Connection, card_id: int) -> list[Problem]:
    """Return what was not understood of one card."""
    rows = db.execute(
        "SELECT source, line, name, message FROM problem WHERE vcard_id = ? ORDER BY id", (card_id,)
    )
    return [Problem(*row) for row in rows]


def understand(
    db: sqlite3.Connection,
    card_id: int,
    problems: Iterable[Problem],
    *,
    contact_id: int | None,
    group: str = "",
) -> None:
    """Record what a second reading made of a card: its contact or group, and what is still not understood."""
    db.execute(
        "UPDATE vcard SET contact_id = ?, group_name = ? WHERE id = ?", (contact_id, group or None, card_id)
    )
    db.execute("DELETE FROM problem WHERE vcard_id = ?", (card_id,))
    add_problems(db, card_id, problems)


def groups(db: sqlite3.Connection) -> list[StoredCard]:
    """Return the group cards."""
    return list(_cards(db, "WHERE vcard.id IN (SELECT id FROM vcard WHERE group_name IS NOT NULL)"))


def group_names(db: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the group cards: tags that their members carry without a line of their own."""
    rows = db.execute("SELECT DISTINCT group_name FROM vcard WHERE group_name IS NOT NULL")
    return frozenset(row[0] for row in rows)

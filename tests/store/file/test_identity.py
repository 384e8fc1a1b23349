from __future__ import annotations

import uuid
from contextlib import closing
from typing import TYPE_CHECKING

from relcard.domain.importing.differences import Side
from relcard.domain.people.circle import Circle
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import checksums
from relcard.store.file import identity
from relcard.store.file import journal
from relcard.store.file.database import open_store
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from tests.support.book import Book


def _uuids(db: sqlite3.Connection, table: str) -> dict[int, bytes]:
    return dict(db.execute(f"SELECT rowid, uuid FROM {table}"))


def test_every_row_that_may_travel_has_a_uuid_of_its_own(book: Book) -> None:
    """Random ones are of version 4, those of a natural key of version 5, and no two rows of a table share one."""
    book.imported(*(card(f"Ann{number} Poe", "CATEGORIES:choir", "BDAY:1980-04-12") for number in range(200)))
    with journal.step(book.db, "more", today=TODAY):
        relationships.set_fact(book.db, 1, "bread", "rye", today=TODAY)
        relationships.add_note(book.db, 1, "tea", on=TODAY)
        merges.say_not_same(book.db, 2, 1, today=TODAY)
    versions = {"contact": 4, "note": 4, "occasion": 4, "tag": 5, "fact": 5, "membership": 5, "not_same": 5}
    for table, version in versions.items():
        found = [uuid.UUID(bytes=value) for value in _uuids(book.db, table).values()]
        assert {one.version for one in found} == {version}, table
        assert {one.variant for one in found} == {uuid.RFC_4122}
        assert len(set(found)) == len(found)


def test_two_stores_make_the_same_row_of_one_key(tmp_path: Path, book: Book) -> None:
    """A tag, a fact, a circle, a proposed household of one contact have one UUID in two copies of a store."""
    book.imported(card("Ann Poe"), card("Ben Poe"))
    made: list[list[dict[int, bytes]]] = []
    for _ in range(2):
        with closing(open_store(str(tmp_path / f"{len(made)}.db"), create=True)) as copy:
            book.db.backup(copy)
            with journal.step(copy, "say", today=TODAY):
                for name in ("choir", f"own {len(made)}"):
                    relationships.add_tag(copy, 1, name)
                relationships.set_fact(copy, 2, "bread", f"rye {len(made)}", today=TODAY)
                relationships.set_circle(copy, 1, (Circle.CLOSE, Circle.INNER)[len(made)], today=TODAY)
                relationships.set_cadence(copy, [1], 10 + len(made))
                households.put(copy, 2, households.make(copy, reason="moved"))
            tables = ("tag", "fact", "circle", "cadence", "household", "membership")
            made.append([_uuids(copy, table) for table in tables])
    (tags, *same), (other_tags, *others) = made
    assert all(same)
    assert same == others
    assert (tags[1] == other_tags[1], tags[2] == other_tags[2]) == (True, False)


def test_proposed_household_is_known_by_its_people_whatever_their_order(book: Book) -> None:
    """Its UUID follows from the smallest of theirs; one that was stated keeps what it had."""
    db = book.db
    book.imported(card("Ann Poe"), card("Ben Poe"), card("Cy Poe"))
    people = _uuids(db, "contact")
    for order in ((1, 2, 3), (3, 1, 2), (2, 3, 1)):
        with journal.step(db, "propose", today=TODAY):
            home = households.make(db, reason="one letterbox")
            for contact_id in order:
                households.put(db, contact_id, home)
            households.drop_empty(db)
        assert _uuids(db, "household") == {home: identity.key_uuid(b"household", min(people.values()))}
    with journal.step(db, "state", today=TODAY):
        households.describe(db, home, stated=True, reason="said")
    stated = _uuids(db, "household")[home]
    smallest = min(people, key=people.__getitem__)
    with journal.step(db, "move out", today=TODAY):
        alone = households.make(db, reason="moved")
        households.put(db, smallest, alone)
    after = _uuids(db, "household")
    assert after[home] == stated
    assert identity.is_uuid(after[alone])
    assert after[alone] != stated


def test_uuids_are_stable_through_undo(book: Book) -> None:
    """What an undone step had removed comes back with the UUID it had."""
    book.imported(card("Ann Poe", "CATEGORIES:choir"), card("Ben Poe"))
    before = dump(book.db)
    with journal.step(book.db, "away", today=TODAY):
        book.db.execute("DELETE FROM contact WHERE id = 1")
    journal.undo(book.db)
    assert dump(book.db) == before


def test_merge_keeps_uuids_and_leaves_a_forwarding_mark(book: Book) -> None:
    """Rows of the contact that is gone keep theirs, and its own stands with the one it is merged into."""
    book.imported(card("Ann Poe", "EMAIL:ann@example.com"), card("Ann R Poe", "EMAIL:ann@example.com"))
    first, second = book.id_of("Ann Poe"), book.id_of("Ann R Poe")
    with journal.step(book.db, "note", today=TODAY):
        relationships.add_note(book.db, second, "plays the cello", on=TODAY)
    stays, goes = (
        book.db.execute("SELECT uuid FROM contact WHERE id = ?", (contact_id,)).fetchone()[0]
        for contact_id in (first, second)
    )
    (note,) = book.db.execute("SELECT uuid FROM note").fetchone()
    with journal.step(book.db, "merge", today=TODAY):
        merge_contacts(book.db, first, second, take={"name": Side.FIRST}, today=TODAY)
    assert book.db.execute("SELECT uuid, contact_id FROM note").fetchone() == (note, first)
    assert book.db.execute("SELECT uuid FROM contact").fetchone() == (stays,)
    assert book.db.execute("SELECT contact_id FROM alias WHERE merged = ?", (goes,)).fetchone() == (first,)
    journal.undo(book.db)
    assert book.db.execute("SELECT uuid FROM contact WHERE id = ?", (second,)).fetchone() == (goes,)


def test_doctor_names_doubles_and_nonsense(book: Book, store_path: str) -> None:
    """Two rows of one UUID are named, and so are bytes that are none."""
    book.imported(card("Ann Poe"), card("Ben Poe"), card("Cy Poe"))
    book.db.execute("UPDATE contact SET uuid = (SELECT uuid FROM contact WHERE id = 1) WHERE id = 2")
    book.db.execute("UPDATE contact SET uuid = x'00' WHERE id = 3")
    checksums.seal_all(book.db)
    messages = [one.message for one in checks.examine(store_path).findings]
    assert messages == [
        "The rows 1 and 2 of contact have the same UUID.",
        "The row 3 of contact has no UUID that could be one.",
    ]

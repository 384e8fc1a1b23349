from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.store import migrations
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import checksums
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book

PHOTO = b"PHOTO;ENCODING=b:AAAA\r\n BBBB\r\n"


@pytest.fixture
def store(store_path: str, book: Book, today: date) -> str:
    book.imported(card("Anna Nowak", "NOTE:tea"), card("Jan Nowak"), source="friends.vcf")
    with journal.step(book.db, "note", today=today):
        relationships.add_note(book.db, 1, "garden", on=today)
    return store_path


def _found(path: str) -> list[str]:
    return [one.message for one in checks.examine(path).findings]


def test_sound_store_has_no_findings(store: str) -> None:
    """Of a store that is whole nothing is said, and all of it was counted."""
    found = checks.examine(store)
    assert found.findings == []
    assert found.is_sound
    assert (found.contacts, found.cards, found.version) == (2, 2, migrations.LATEST)


def test_examining_changes_nothing(store: str, book: Book) -> None:
    """The doctor looks and never touches, not even a store of an older format."""
    book.db.execute(f"PRAGMA user_version = {migrations.LATEST - 1}")
    book.db.close()
    before = Path(store).read_bytes()
    found = checks.examine(store)
    assert Path(store).read_bytes() == before
    assert any("the next command brings it" in one.message for one in found.findings)
    assert [one.name for one in Path(store).parent.iterdir()] == [Path(store).name]


def test_flipped_bit_in_a_card_is_named(store: str, book: Book) -> None:
    """One bit of a card's text, which SQLite does not notice, is found with name, file and line."""
    book.db.close()
    data = Path(store).read_bytes()
    assert data.count(b"NOTE:tea\r\n") == 1
    Path(store).write_bytes(data.replace(b"NOTE:tea\r\n", b"NOTE:tec\r\n"))
    (found,) = checks.examine(store).findings
    assert found.is_damage
    assert (found.who, found.source, found.line) == ("Anna Nowak", "friends.vcf", 1)
    assert "Anna Nowak" in found.message


def test_card_that_nobody_understood_is_named_by_its_place(store: str, book: Book) -> None:
    """A kept card without a contact still has its file and line."""
    book.db.execute("UPDATE vcard SET contact_id = NULL, raw = x'00' WHERE id = 2")
    checksums.seal_all(book.db)
    found = checks.examine(store).findings
    assert [(one.who, one.source) for one in found] == [("", "friends.vcf")]
    assert found[0].line > 1


def test_photo_kept_apart_belongs_to_the_text(store: str, book: Book) -> None:
    """A card whose photo was cut out is whole with it put back, and damaged once a bit of the photo is not."""
    (raw,) = book.db.execute("SELECT raw FROM vcard WHERE id = 1").fetchone()
    at = raw.index(b"NOTE")
    whole = raw[:at] + PHOTO + raw[at:]
    book.db.execute("UPDATE vcard SET sha256 = ? WHERE id = 1", (hashlib.sha256(whole).digest(),))
    book.db.execute(
        "INSERT INTO photo (id, sha256, data) VALUES (1, ?, ?)", (hashlib.sha256(PHOTO).digest(), PHOTO)
    )
    book.db.execute("INSERT INTO cutting (vcard_id, at, photo_id) VALUES (1, ?, 1)", (at,))
    checksums.seal_all(book.db)
    assert checks.examine(store).findings == []
    book.db.execute("UPDATE photo SET data = ?", (PHOTO.replace(b"A", b"B", 1),))
    assert [one.who for one in checks.examine(store).findings] == ["Anna Nowak", ""]  # the card, the photo


def test_contact_in_no_household_is_named(store: str, book: Book) -> None:
    """A contact whom no envelope would reach is damage, with what to do."""
    book.db.execute("DELETE FROM membership WHERE contact_id = 2")
    checksums.seal_all(book.db)
    damage = [one for one in checks.examine(store).findings if one.is_damage]
    assert [one.who for one in damage] == ["Jan Nowak"]
    assert damage[0].next_step.startswith("relcard household")


def test_empty_household_is_no_damage(store: str, book: Book) -> None:
    """A household that nobody is in is said, and the store is whole all the same."""
    book.db.execute(
        "INSERT INTO household (id, stated, reason, formality) VALUES (99, 0, 'left over', 'informal')"
    )
    checksums.seal_all(book.db)
    found = checks.examine(store)
    assert [one.message for one in found.findings] == [
        "Household h99 has no members and no season; the next import lets it go."
    ]
    assert found.is_sound


def test_row_without_its_parent_is_named(store: str, book: Book) -> None:
    """What points to something that is gone is found, with the contact it speaks of."""
    book.db.execute("PRAGMA foreign_keys = OFF")
    book.db.execute("UPDATE vcard SET source_id = 99 WHERE id = 1")
    book.db.execute("DELETE FROM contact WHERE id = 2")
    messages = _found(store)
    assert "A row of vcard points to a source that is gone (Anna Nowak)." in messages
    assert any("membership" in one and "contact that is gone" in one for one in messages)


def test_foreign_and_missing_objects_are_named(store: str, book: Book) -> None:
    """A trigger that relcard did not make, and an index that it did, are both missed."""
    book.db.execute("CREATE TRIGGER spy AFTER INSERT ON note BEGIN DELETE FROM fact; END")
    book.db.execute("DROP INDEX note_by_contact")
    book.db.execute("DROP INDEX alias_by_contact")
    book.db.execute("CREATE INDEX alias_by_contact ON alias (id)")
    assert _found(store) == [
        "The index note_by_contact is missing.",
        "The trigger spy is none of relcard's.",
        "The index alias_by_contact is not as relcard made it.",
    ]


def test_others_may_not_read_the_store(store: str) -> None:
    """A store that others may open is no damage, and the command that closes it is given."""
    Path(store).chmod(0o644)
    found = checks.examine(store)
    assert found.is_sound
    assert found.findings[0].next_step == f"chmod 600 {store}"
    assert "0644" in found.findings[0].message


def test_broken_index_does_not_hide_a_card(store: str, book: Book) -> None:
    """With a page of the file destroyed the doctor says so, and still reads every card that is left."""
    (page,) = book.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'contact'").fetchone()
    (size,) = book.db.execute("PRAGMA page_size").fetchone()
    book.db.close()
    data = bytearray(Path(store).read_bytes())
    data[(page - 1) * size : page * size] = bytes(size)
    Path(store).write_bytes(data)
    found = checks.examine(store)
    assert not found.is_sound
    assert found.cards == 2
    assert not any("vCard" in one.message for one in found.findings)


@pytest.mark.parametrize(
    "data",
    [b"", b"hello\n", b"SQLite format 3\0", b"SQLite format 3\0" + bytes(4080), b"\xff" * 8192],
    ids=["empty", "text", "head", "zeroes", "ones"],
)
def test_what_is_no_store_is_damage_and_no_crash(tmp_path: Path, data: bytes) -> None:
    """Whatever the bytes are, something is found and nothing is raised."""
    path = tmp_path / "relcard.db"
    path.write_bytes(data)
    assert not checks.examine(str(path)).is_sound
    assert path.read_bytes() == data


def test_tables_that_cannot_be_read_are_named(store: str, book: Book) -> None:
    """Of a damaged file it is said which table ends early, and what stands in the others is left out."""
    (page,) = book.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").fetchone()
    (size,) = book.db.execute("PRAGMA page_size").fetchone()
    book.db.close()
    data = bytearray(Path(store).read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    Path(store).write_bytes(data)
    messages = _found(store)
    assert "Of the table note only the first 0 rows can be read." in messages
    assert len([one for one in messages if one.startswith("Of the table")]) == 1


def test_newer_store_is_not_judged(store: str, book: Book) -> None:
    """Of a format to come only its number is said."""
    book.db.execute(f"PRAGMA user_version = {migrations.LATEST + 1}")
    (found,) = checks.examine(store).findings
    assert "make install" in found.next_step


def test_store_of_another_program_is_named(tmp_path: Path) -> None:
    """A file of another program is not called a damaged page but what it is."""
    path = tmp_path / "music.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE song (title TEXT)")
    db.close()
    assert any("does not say that it is a store of relcard" in one for one in _found(str(path)))

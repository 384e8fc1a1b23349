from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Phone
from relcard.errors import StoreError
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import checksums
from relcard.store.file import identity
from relcard.store.file import journal
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    import sqlite3

    from tests.support.book import Book


def test_what_was_changed_elsewhere_stays_and_is_named(book: Book, store_path: str) -> None:
    """Undo writes back the field its step changed: a name that another wrote in between is not its business."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "circle", today=TODAY):
        db.execute("UPDATE contact SET kind = 'org', abuid = 'A'")
    db.execute("UPDATE contact SET name = 'Nora Quell-Hart', abuid = 'B'")
    taken = journal.undo(db)
    assert taken is not None
    assert db.execute("SELECT name, kind, abuid FROM contact").fetchone() == (
        "Nora Quell-Hart",
        "individual",
        "B",
    )
    assert taken.left == ("abuid of contact Nora Quell-Hart",)
    assert checks.examine(store_path).is_sound


def test_value_that_comes_by_again_is_not_taken_for_the_steps_own(book: Book) -> None:
    """A step went from one word over a second to a third; the second, written elsewhere, stays."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "twice", today=TODAY):
        db.execute("UPDATE contact SET abuid = 'DE'")
        db.execute("UPDATE contact SET abuid = 'FR'")
    db.execute("UPDATE contact SET abuid = 'DE'")
    journal.undo(db)
    assert db.execute("SELECT abuid FROM contact").fetchone() == ("DE",)


def _detail(**parts: str) -> tuple[str]:
    return (json.dumps({"n": {"family": "Quell", "given": "Nora"}} | parts, ensure_ascii=False),)


def test_parts_of_a_contact_are_taken_back_one_by_one(book: Book, store_path: str) -> None:
    """A step changed org, title and note; org and phonetic, changed elsewhere since, stay; undone twice over."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "before", today=TODAY):
        db.execute("UPDATE contact SET detail = ?", _detail(org="Mill", title="Miller"))
    with journal.step(db, "parts", today=TODAY):
        db.execute("UPDATE contact SET detail = ?", _detail(org="Kiln", note="é"))
    db.execute("UPDATE contact SET detail = ?", _detail(org="Forge", note="é", phonetic="Nora"))
    checksums.seal_all(db)
    taken = journal.undo(db)
    assert taken is not None
    assert taken.left == ("org of contact Nora Quell",)
    now = _detail(org="Forge", title="Miller", phonetic="Nora")
    assert json.loads(db.execute("SELECT detail FROM contact").fetchone()[0]) == json.loads(now[0])
    taken = journal.undo(db)
    assert taken is not None
    assert taken.left == ("org of contact Nora Quell",)
    now = _detail(org="Forge", phonetic="Nora")
    assert db.execute("SELECT detail FROM contact").fetchone() == now
    assert checks.examine(store_path).is_sound


def test_parts_of_another_contact_under_the_same_number_stay(book: Book) -> None:
    """What was written of one contact is never written into another."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "parts", today=TODAY):
        db.execute("UPDATE contact SET detail = ?", _detail(org="Mill"))
    db.execute("UPDATE contact SET uuid = zeroblob(16)")
    journal.undo(db)
    assert db.execute("SELECT detail FROM contact").fetchone() == _detail(org="Mill")


def test_circle_is_taken_back_and_the_cadence_from_elsewhere_stays(book: Book, store_path: str) -> None:
    """They are rows of their own: neither undo nor a merge of two stores mixes them up."""
    db = book.db
    book.imported(card("Nora Quell"))
    book.circle(Circle.CLOSE, "Nora Quell")
    relationships.set_cadence(db, [1], 14)
    identity.settle(db, "cadence", "1")
    checksums.seal_all(db)
    journal.undo(db)
    assert merges.closeness_of(db, 1)[:3] == (None, None, 14)
    assert checks.examine(store_path).is_sound


def test_note_from_elsewhere_keeps_its_contact(book: Book, store_path: str) -> None:
    """Undoing an import leaves the one contact a later note hangs on, with household and card; nothing dangles."""
    db = book.db
    book.imported(card("Nora Quell", "CATEGORIES:choir"), card("Otto Brink"))
    db.execute("INSERT INTO note (contact_id, noted_on, text) VALUES (1, '2026-11-20', 'tea')")
    taken = journal.undo(db)
    assert taken is not None
    assert "contact Nora Quell" in taken.left
    assert [row[0] for row in db.execute("SELECT name FROM contact")] == ["Nora Quell"]
    for table in ("membership", "household", "vcard", "tag", "note"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert checks.examine(store_path).is_sound


def test_row_that_took_the_number_of_a_steps_row_stays(book: Book) -> None:
    """What a step added is removed by UUID: another row of the same number is not its own."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "note", today=TODAY):
        relationships.add_note(db, 1, "tea", on=TODAY)
    db.execute("DELETE FROM note")
    db.execute("INSERT INTO note (contact_id, noted_on, text) VALUES (1, '2026-11-20', 'from elsewhere')")
    journal.undo(db)
    assert [row[0] for row in db.execute("SELECT text FROM note")] == ["from elsewhere"]


class TestEarlierStep:
    """A step that is not the last: what later steps changed stays, and all the rest goes back."""

    def test_other_values_of_the_row_stand(self, book: Book, store_path: str) -> None:
        """A later circle and a later e-mail stay when a phone is taken back; search follows what stands."""
        db = book.db
        book.imported(card("Nora Quell"))
        edit(db, phones=(Phone("030 1234"),), nicknames=("Nonna",))
        step = journal.last_step(db)
        edit(db, emails=(Email("nora@quell.example"),))
        book.circle(Circle.CLOSE, "Nora Quell")
        taken = journal.undo(db, step)
        assert taken is not None
        assert (taken.back, taken.left) == (
            ("nicknames of contact Nora Quell", "phones of contact Nora Quell"),
            (),
        )
        now = contacts.load(db, 1)
        assert (now.phones, now.nicknames, now.emails) == ((), (), (Email("nora@quell.example"),))
        assert db.execute("SELECT search FROM contact").fetchone() == ("nora quell\nnora@quell.example",)
        assert relationships.circles(db, [1]) == {1: Circle.CLOSE}
        assert checks.examine(store_path).is_sound

    def test_value_said_again_since_stays(self, book: Book) -> None:
        """Close, then wide, then close once more: taking the first back leaves what was said last."""
        db = book.db
        book.imported(card("Nora Quell"))
        book.circle(Circle.INNER, "Nora Quell")
        book.circle(Circle.CLOSE, "Nora Quell")
        step = journal.last_step(db)
        book.circle(Circle.WIDE, "Nora Quell")
        book.circle(Circle.CLOSE, "Nora Quell")
        taken = journal.undo(db, step)
        assert taken is not None
        assert taken.left == ("circle of Nora Quell",)
        assert relationships.circles(db, [1]) == {1: Circle.CLOSE}

    def test_note_that_was_edited_since_stays(self, book: Book) -> None:
        """A row that a step added and a later one changed is not removed."""
        db = book.db
        book.imported(card("Nora Quell"))
        with journal.step(db, "note", today=TODAY):
            relationships.add_note(db, 1, "tea", on=TODAY)
        step = journal.last_step(db)
        with journal.step(db, "edit", today=TODAY):
            db.execute("UPDATE note SET text = 'green tea'")
        taken = journal.undo(db, step)
        assert taken is not None
        assert taken.left == ("note of Nora Quell",)
        assert db.execute("SELECT text FROM note").fetchone() == ("green tea",)

    def test_what_was_deleted_never_comes_back_to_another(self, book: Book, store_path: str) -> None:
        """A new contact has the number of one that was deleted: nothing of that one is given to it."""
        db = book.db
        book.imported(card("Nora Quell"), card("Otto Brink"))
        with journal.step(db, "note", today=TODAY):
            relationships.add_note(db, 2, "tea", on=TODAY)
        with journal.step(db, "delete", today=TODAY):
            db.execute("DELETE FROM contact WHERE id = 2")
            households.drop_empty(db)
        step = journal.last_step(db)
        book.imported(card("Pia Stone"), source="more.vcf")
        assert book.id_of("Pia Stone") == 2
        taken = journal.undo(db, step)
        assert taken is not None
        assert "a contact that was removed: another has its place" in taken.left
        assert db.execute("SELECT count(*) FROM note").fetchone() == (0,)
        assert checks.examine(store_path).is_sound

    def test_nobody_is_left_without_a_household(self, book: Book, store_path: str) -> None:
        """Nora moved in with Otto, who was deleted since: she is alone again, and no empty house stands."""
        db = book.db
        book.imported(card("Nora Quell"), card("Otto Brink"))
        with journal.step(db, "join", today=TODAY):
            households.put(db, 1, book.home_of("Otto Brink"))
            households.drop_empty(db)
        step = journal.last_step(db)
        with journal.step(db, "delete", today=TODAY):
            db.execute("DELETE FROM contact WHERE id = 2")
        assert journal.undo(db, step) is not None
        assert db.execute("SELECT count(*) FROM household").fetchone() == (1,)
        assert checks.examine(store_path).is_sound


def edit(db: sqlite3.Connection, **changes: object) -> None:
    with journal.step(db, "edit", today=TODAY):
        contacts.update(db, 1, contacts.load(db, 1)._replace(**changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE journal_entry SET inverse = replace(inverse, 'tea', 'tee') WHERE inverse IS NOT NULL",
        "UPDATE journal_entry SET before = 'x' WHERE column_name IS NOT NULL",
        "UPDATE journal_entry SET row_id = row_id + 1",
        "UPDATE journal_step SET command = 'another' WHERE undone = 0",
    ],
)
def test_damaged_step_is_never_taken_back(book: Book, store_path: str, damage: str) -> None:
    """A step of which a value in the journal is another is refused, and nothing is changed."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "note", today=TODAY):
        relationships.add_note(db, 1, "tea", on=TODAY)
    with journal.step(db, "change", today=TODAY):
        db.execute("DELETE FROM note")
        db.execute("UPDATE contact SET country = 'FR'")
    db.execute(damage)
    before = dump(db, with_journal=True)
    with pytest.raises(StoreError, match="damaged"):
        journal.undo(db)
    assert dump(db, with_journal=True) == before
    assert not checks.examine(store_path).is_sound


_FIRST, _SECOND, _BARE = (
    card("Ada Oak", *lines)
    for lines in (
        ["PHOTO;ENCODING=b:" + "QUJD" * 700],
        ["PHOTO;ENCODING=b:" + "REVG" * 700],
        ["TITLE:Captain"],
    )
)


@pytest.mark.parametrize("texts", [(_BARE, _FIRST, _SECOND, _BARE), (_FIRST, _SECOND, _FIRST, _SECOND)])
@pytest.mark.parametrize("steps", [(1,), (2,), (2, 3), (3, 2), (3, 4, 2)])
def test_a_text_that_stays_keeps_its_photo(
    book: Book, store_path: str, texts: tuple[str, ...], steps: tuple[int, ...]
) -> None:
    """Where a newer text of a card stands, an older import taken back neither takes its photo nor adds one."""
    for text in texts:
        book.imported(text)
    for step in steps:
        journal.undo(book.db, step)
        assert checks.examine(store_path).is_sound

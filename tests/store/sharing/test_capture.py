"""What of a step travels: read from the lines that go out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest

from relcard.domain.people.circle import Circle
from relcard.errors import StoreError
from relcard.services.people.state_households import join_households
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.sharing import ledger
from relcard.store.sharing.ledger import Sharing
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

PEOPLE = (card("Ada Oak", "TEL:0113 496 0101", street="1 High Street"), card("Ben Elm", street="2 Low Road"))


def _share(book: Book, *own: str) -> None:
    ledger.begin(book.db, Sharing("kitchen", own=own), today=TODAY)


def _steps(book: Book) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger.unbundled(book.db)]


def _changes(book: Book) -> list[dict[str, Any]]:
    """Return the changes of the last step."""
    changes: list[dict[str, Any]] = _steps(book)[-1]["changes"]
    return changes


def _note(book: Book, name: str, text: str) -> None:
    with journal.step(book.db, f"note {name}", today=TODAY):
        relationships.add_note(book.db, book.id_of(name), text, on=TODAY)


def test_a_store_of_ones_own_keeps_nothing_for_a_list(book: Book) -> None:
    book.imported(*PEOPLE)
    assert ledger.standing(book.db) is None
    assert not book.db.execute("SELECT 1 FROM share_device").fetchone()


def test_what_stands_goes_out_first_and_then_each_command(book: Book) -> None:
    book.imported(PEOPLE[0])
    _share(book)
    book.imported(PEOPLE[1])
    start, second = _steps(book)
    assert (start["n"], start["clock"], second["n"], second["clock"]) == (1, 1, 2, 2)
    assert {change["t"] for change in start["changes"]} == {"contact", "address", "vcard"}
    assert [change["row"]["name"] for change in second["changes"] if change["t"] == "contact"] == ["Ben Elm"]


def test_derived_columns_and_proposed_households_stay(book: Book) -> None:
    _share(book)
    book.imported(*PEOPLE)
    rows = {change["t"]: change["row"] for change in _changes(book)}
    assert not {"household", "membership"} & rows.keys()
    assert not {"search", "sort_key", "name_key", "country", "detail"} & rows["contact"].keys()
    assert rows["address"]["postal"][2] == "2 Low Road"
    assert "letterbox" not in rows["address"]


def test_a_household_travels_once_the_user_has_spoken(book: Book) -> None:
    _share(book)
    book.imported(*PEOPLE)
    with journal.step(book.db, "household join", today=TODAY):
        join_households(book.db, [book.id_of("Ada Oak"), book.id_of("Ben Elm")])
    assert sorted(change["t"] for change in _changes(book)) == ["household", "membership", "membership"]


def test_a_proposal_travels_when_a_season_has_it(book: Book) -> None:
    _share(book)
    book.imported(*PEOPLE)
    with journal.step(book.db, "circle", today=TODAY):
        relationships.set_circle(book.db, book.id_of("Ada Oak"), Circle.INNER, today=TODAY)
    book.start()
    came = [change["t"] for change in _changes(book)]
    assert sorted(came) == ["household", "membership", "recipient", "season"]
    assert came.index("household") < came.index("recipient")


def test_the_own_book_stays_unless_its_kind_was_chosen(book: Book) -> None:
    book.imported(*PEOPLE)
    _share(book, "facts")
    _note(book, "Ada Oak", "zqxlow")
    with journal.step(book.db, "fact", today=TODAY):
        relationships.set_fact(book.db, book.id_of("Ada Oak"), "bread", "rye", today=TODAY)
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(
            book.db, book.id_of("Ada Oak"), channel="visit", direction="to them", on=TODAY, text="zqxlow"
        )
    lines = ledger.unbundled(book.db)
    assert len(lines) == 2
    assert b"zqxlow" not in b"".join(lines)
    assert [(change["t"], change["row"]["value"]) for change in _changes(book)] == [("fact", "rye")]


def test_parts_of_a_contact_travel_one_by_one(book: Book) -> None:
    book.imported(*PEOPLE)
    _share(book)
    with journal.step(book.db, "edit", today=TODAY):
        ada = book.id_of("Ada Oak")
        contacts.update(book.db, ada, contacts.load(book.db, ada)._replace(title="Captain"))
    own = ledger.standing(book.db)
    assert own is not None
    (change,) = _changes(book)
    assert (change["c"], change["v"], change["r"]) == ("detail.title", "Captain", [[own.device_id, 1]])


def test_what_goes_because_of_a_contact_says_so(book: Book) -> None:
    book.imported(*PEOPLE)
    _share(book, "notes")
    _note(book, "Ada Oak", "tea")
    with journal.step(book.db, "delete", today=TODAY):
        contacts.delete(book.db, [book.id_of("Ada Oak")])
    gone = {change["t"]: change for change in _changes(book)}
    assert gone["contact"]["via"] is None
    assert {change["via"] for table, change in gone.items() if table != "contact"} == {gone["contact"]["u"]}


def test_undo_is_a_step_of_its_own(book: Book) -> None:
    book.imported(*PEOPLE)
    _share(book, "notes")
    before = ledger.tables_hash(book.db)
    _note(book, "Ada Oak", "tea")
    assert ledger.tables_hash(book.db) != before
    journal.undo(book.db)
    assert [step["command"] for step in _steps(book)] == ["share start", "note Ada Oak", "undo note Ada Oak"]
    assert [(change["t"], change["gone"]) for change in _changes(book)] == [("note", True)]
    assert ledger.tables_hash(book.db) == before


def _fail(book: Book) -> None:
    with journal.step(book.db, "note", today=TODAY):
        relationships.add_note(book.db, book.id_of("Ada Oak"), "tea", on=TODAY)
        raise LookupError


def test_a_step_that_failed_or_was_only_tried_leaves_no_line(book: Book) -> None:
    book.imported(*PEOPLE)
    _share(book, "notes")
    with pytest.raises(LookupError):
        _fail(book)
    with journal.step(book.db, "note", today=TODAY, dry_run=True):
        relationships.add_note(book.db, book.id_of("Ada Oak"), "tea", on=TODAY)
    assert len(ledger.unbundled(book.db)) == 1


def test_photos_go_ahead_of_the_card_they_came_in(book: Book) -> None:
    _share(book)
    book.imported(card("Ada Oak", "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 4000))
    photo, imported = _steps(book)
    assert [change["t"] for change in photo["changes"]] == ["photo"]
    (cards,) = (change["row"]["card"] for change in imported["changes"] if change["t"] == "vcard")
    assert cards[2][0][1] == photo["changes"][0]["row"]["sha256"]


@pytest.mark.parametrize("uuid", [b"short", None])
def test_two_rows_that_nobody_could_tell_apart_are_not_shared(book: Book, uuid: bytes | None) -> None:
    book.imported(*PEOPLE)
    same = book.db.execute("SELECT uuid FROM contact").fetchone()[0]
    book.db.execute("UPDATE contact SET uuid = ?", (uuid or same,))
    with pytest.raises(StoreError):
        _share(book)
    assert ledger.standing(book.db) is None

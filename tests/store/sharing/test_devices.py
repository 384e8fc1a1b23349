"""The laptops of a list, and a store that was copied: what it sent is the old laptop's, what it did not its own."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING
from typing import Any

import pytest

from relcard.domain.sharing.steps import from_line
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.sharing import devices
from relcard.store.sharing import ledger
from relcard.store.sharing.ledger import Reached
from relcard.store.sharing.ledger import Sharing
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

OTHER = "2b" * 16


@pytest.fixture
def shared(book: Book) -> Book:
    """Return a store that shares a list: two steps are sent, two wait in a bundle, one in none."""
    book.imported(card("Ada Oak", street="1 High Street"), card("Ben Elm"))
    ledger.begin(book.db, Sharing("kitchen", own=("notes", "facts")), today=TODAY)
    note(book, "sent")
    bundle(book, 1)
    ledger.mark_sent(book.db, 1)
    fact(book, "rye")
    fact(book, "white")
    bundle(book, 2)
    with journal.step(book.db, "unnote", today=TODAY):
        book.db.execute("DELETE FROM note")
    return book


def note(book: Book, text: str) -> None:
    with journal.step(book.db, "note", today=TODAY):
        relationships.add_note(book.db, book.id_of("Ada Oak"), text, on=TODAY)


def fact(book: Book, value: str) -> None:
    with journal.step(book.db, "fact", today=TODAY):
        relationships.set_fact(book.db, book.id_of("Ada Oak"), "bread", value, today=TODAY)


def bundle(book: Book, number: int) -> None:
    last = ledger.own_last(book.db).last + len(ledger.unbundled(book.db))
    ledger.keep_bundle(book.db, number, f"{number}" * 64, b"made", last)


def own(book: Book) -> str:
    sharing = ledger.standing(book.db)
    assert sharing is not None
    return sharing.device_id


def lines(book: Book, device: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger.steps(book.db, device, 0)]


def test_a_copied_store_is_a_new_laptop(shared: Book) -> None:
    """The old device is read up to what was sent; what was not are the first steps of the new one."""
    old, hash_before = own(shared), ledger.tables_hash(shared.db)
    assert devices.own_sent(shared.db) == Reached(1, "1" * 64, 2)
    devices.renew(shared.db)
    new = own(shared)
    assert new != old
    assert ledger.read_so_far(shared.db) == {old: Reached(1, "1" * 64, 2)}
    assert ledger.vector(shared.db) == {old: 2, new: 3}
    assert (ledger.own_last(shared.db), ledger.unsent(shared.db)) == (Reached(), [])
    assert ledger.unbundled(shared.db) == ledger.steps(shared.db, new, 0)
    assert [line["n"] for line in lines(shared, old)] == [1, 2]
    assert [(line["n"], line["seen"]) for line in lines(shared, new)] == [(n, {old: 2}) for n in (1, 2, 3)]
    assert ledger.tables_hash(shared.db) == hash_before


def test_what_a_renewed_step_replaces_is_named_anew(shared: Book) -> None:
    """A write that was not sent is named by the new device wherever it is spoken of; one that was, by the old."""
    old = own(shared)
    devices.renew(shared.db)
    new = own(shared)
    steps = [from_line(line) for line in ledger.steps(shared.db, new, 0)]
    (changed,) = [change for change in steps[1].changes if change.column == "value"]
    assert changed.replaces == ((new, 1),)
    assert [json.loads(seen) for (seen,) in shared.db.execute("SELECT seen FROM share_gone")] == [{old: 2}]
    for table in ("share_step", "share_row", "share_field", "share_gone", "share_touch"):
        writes = shared.db.execute(f"SELECT device, number FROM {table}").fetchall()
        assert all(number <= (3 if device == 1 else 2) for device, number in writes), table


def test_the_new_laptop_goes_on(shared: Book) -> None:
    """Steps made after it became one of its own follow on those that were not sent."""
    devices.renew(shared.db)
    note(shared, "and on")
    assert [line["n"] for line in lines(shared, own(shared))] == [1, 2, 3, 4]
    devices.renew(shared.db)
    assert [line["n"] for line in lines(shared, own(shared))] == [1, 2, 3, 4]


def test_whose_steps_are_waited_for(shared: Book) -> None:
    """Of what waiting steps have seen, the last that has not come is named, once for each device."""
    third = "3c" * 16
    for number, seen in ((1, {third: 4}), (2, {third: 5, own(shared): 1, OTHER: 1})):
        line = json.dumps(
            {"n": number, "clock": 1, "seen": seen, "command": "x", "on": "2026-11-20", "changes": []}
        )
        shared.db.execute(
            "INSERT INTO share_waiting (device, number, line) VALUES (?, ?, ?)",
            (bytes.fromhex(OTHER), number, zlib.compress(line.encode())),
        )
    assert devices.awaited(shared.db) == {third: 5}
    assert devices.last_waiting(shared.db) == {OTHER: 2}


def test_laptops_have_names_and_a_last_sign_of_life(shared: Book) -> None:
    """Another laptop is called as it says; one that is retired is so until it is heard of again."""
    devices.name(shared.db, OTHER, "Zoë's laptop", "2026-11-20")
    devices.name(shared.db, OTHER, "Zoë's laptop", "2026-11-03")
    devices.retire(shared.db, OTHER)
    here, there = devices.every(shared.db)
    assert (here.name, here.is_own, here.steps) == ("kitchen", True, 5)
    assert (there.name, there.seen_on, there.is_own, there.is_retired) == (
        "Zoë's laptop",
        "2026-11-20",
        False,
        True,
    )
    devices.name(shared.db, OTHER, "Zoë's laptop", "2026-12-01")
    assert not devices.every(shared.db)[1].is_retired


def test_what_came_of_an_exchange_is_remembered(shared: Book) -> None:
    """The report of the last exchange is kept as it was given."""
    assert devices.remembered(shared.db) == ""
    devices.remember(shared.db, '{"sent": 1}')
    assert devices.remembered(shared.db) == '{"sent": 1}'

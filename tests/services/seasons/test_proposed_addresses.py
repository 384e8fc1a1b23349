"""New addresses from another device: nothing changes until the owner takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.seasons.proposed_addresses import drop_proposal
from relcard.services.seasons.proposed_addresses import find_proposal
from relcard.services.seasons.proposed_addresses import list_proposals
from relcard.services.seasons.proposed_addresses import propose_address
from relcard.services.seasons.proposed_addresses import take_proposal
from relcard.store import contacts
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book


def _propose(book: Book, name: str, line: str) -> None:
    with journal.step(book.db, "received h1", today=TODAY):
        propose_address(book.db, book.home_of(name), line, device="Marta's phone", today=TODAY)


def _waiting(book: Book) -> list[tuple[str, str, str]]:
    waiting = list_proposals(book.db, STANDPOINT)
    return [(each.household.addressee, each.proposed.line, each.proposed.device) for each in waiting]


def test_a_proposal_changes_nothing_until_it_is_taken(open_season: Book) -> None:
    """It says what, who and which device; taken, it is the address of everybody there, in one step."""
    before = dump(open_season.db)
    _propose(open_season, "Ada Oak", "  7 Low Lane\r\n Leeds\tLS2 8AA, \n\n")
    _propose(open_season, "Ada Oak", "7 Low Lane, Leeds LS2 8AA")  # said twice, it waits once
    _propose(open_season, "Ada Oak", "\n")
    assert _waiting(open_season) == [("Ada Oak", "7 Low Lane, Leeds LS2 8AA", "Marta's phone")]
    now = dump(open_season.db)
    assert {table: rows for table, rows in now.items() if table != "proposal"} == {
        table: rows for table, rows in before.items() if table != "proposal"
    }
    with journal.step(open_season.db, "take", today=TODAY):
        told = take_proposal(open_season.db, find_proposal(open_season.db, 1, STANDPOINT), STANDPOINT)
    assert told
    address = contacts.load(open_season.db, open_season.id_of("Ada Oak")).address_on(TODAY)
    assert address is not None
    assert (address.street, address.locality, address.postcode) == ("7 Low Lane", "Leeds", "LS2 8AA")
    assert _waiting(open_season) == []
    journal.undo(open_season.db)
    assert dump(open_season.db) == now


def test_a_proposal_can_be_dropped_or_corrected(open_season: Book) -> None:
    _propose(open_season, "Ben Elm", "somewhere")
    proposal = find_proposal(open_season.db, 1, STANDPOINT)
    with pytest.raises(UsageError, match="No town"), journal.step(open_season.db, "take", today=TODAY):
        take_proposal(open_season.db, proposal, STANDPOINT)
    assert len(_waiting(open_season)) == 1
    with journal.step(open_season.db, "drop", today=TODAY):
        drop_proposal(open_season.db, proposal)
    assert _waiting(open_season) == []
    journal.undo(open_season.db)
    with journal.step(open_season.db, "take", today=TODAY):
        take_proposal(open_season.db, proposal, STANDPOINT, line="9 Low Lane, Leeds LS2 8AA")
    address = contacts.load(open_season.db, open_season.id_of("Ben Elm")).address_on(TODAY)
    assert address is not None
    assert address.street == "9 Low Lane"


def test_what_cannot_wait_is_refused(book: Book) -> None:
    book.imported(card("Ann Poe"))
    with pytest.raises(UsageError, match="too long"):
        _propose(book, "Ann Poe", "x" * 301)
    with pytest.raises(NotFoundError, match="No new address 1"):
        find_proposal(book.db, 1, STANDPOINT)


def test_a_proposal_follows_a_merge_and_goes_with_the_contact(book: Book) -> None:
    book.imported(card("Ann Poe", uid="a"), card("Ann Poe", uid="b"))
    with journal.step(book.db, "propose", today=TODAY):
        home = book.db.execute("SELECT household_id FROM membership WHERE contact_id = 2").fetchone()[0]
        propose_address(book.db, home, "7 Low Lane, Leeds", device="phone", today=TODAY)
    with journal.step(book.db, "merge", today=TODAY):
        merge_contacts(book.db, 1, 2, take={}, today=TODAY)
    assert [line for _, line, _ in _waiting(book)] == ["7 Low Lane, Leeds"]
    with journal.step(book.db, "delete", today=TODAY):
        contacts.delete(book.db, [1])
    assert book.db.execute("SELECT count(*) FROM proposal").fetchone() == (0,)

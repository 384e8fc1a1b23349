"""From an address book on a server to the store: what comes, what is named, and what never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.errors import ServerError
from relcard.share.https import Login
from relcard.share.pull import fetch_book
from relcard.share.pull import look_for_books
from relcard.share.pull import own_name
from relcard.share.pull import take_books
from relcard.store import contacts
from relcard.store.file import journal
from relcard.store.sharing import remotes
from relcard.store.sharing.remotes import Remote
from tests.support.address_books import BOOK
from tests.support.address_books import OFFICE
from tests.support.address_books import PASSWORD
from tests.support.address_books import USER
from tests.support.address_books import address_books
from tests.support.address_books import vcard
from tests.support.book import TODAY
from tests.support.card_servers import carddav_server
from tests.support.loopback import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from relcard.share.pull import FetchedBook
    from relcard.share.pull import Pulled
    from tests.support.address_books import AddressBooks
    from tests.support.book import Book

ANNA = Login(USER, PASSWORD)


@pytest.fixture
def server(book: Book) -> Iterator[AddressBooks]:
    """Run a server whose address book of three the store knows of."""
    with address_books("Ada Oak", "Ben Elm", "Cyd Ash") as server:
        _know(book, server.url.rstrip("/") + BOOK)
        yield server


def _know(book: Book, url: str, name: str = "Contacts") -> None:
    with journal.step(book.db, "pull add", today=TODAY):
        remotes.save(book.db, Remote(0, url, name, USER, ""))


def _pull(book: Book, *, login: Login = ANNA) -> Pulled:
    fetched = [
        fetch_book(remote, login, remotes.cards(book.db, remote.id)) for remote in remotes.every(book.db)
    ]
    return _take(book, fetched)


def _take(book: Book, fetched: list[FetchedBook]) -> Pulled:
    with journal.step(book.db, "pull", today=TODAY):
        return take_books(book.db, fetched, today=TODAY)


def _counts(pulled: Pulled) -> tuple[int, int, int]:
    return pulled.report.new, pulled.report.updated, pulled.report.unchanged


def _names(book: Book) -> list[str]:
    return sorted(row.name for row in contacts.listing(book.db))


def _rows(book: Book) -> list[str]:
    """Return the whole store but its journal, as statements."""
    return [line for line in book.db.iterdump() if "journal_" not in line and "checksum" not in line]


def test_all_come_once_and_then_nothing(book: Book, server: AddressBooks) -> None:
    """The first pull brings everybody; without news there the next is one request and no step."""
    assert _counts(_pull(book)) == (3, 0, 0)
    server.asked()
    steps = len(journal.history(book.db))
    assert _counts(_pull(book)) == (0, 0, 3)
    assert server.asked() == ["PROPFIND"]
    assert len(journal.history(book.db)) == steps


def test_what_changed_there_is_merged_with_what_changed_here(book: Book, server: AddressBooks) -> None:
    """A new phone comes in, our own line stays, and only the changed card is asked for."""
    _pull(book)
    ada = book.id_of("Ada Oak")
    with journal.step(book.db, "edit", today=TODAY):
        contacts.update(book.db, ada, contacts.load(book.db, ada)._replace(title="Gardener"))
    server.book["ada.vcf"] = vcard("Ada Oak", "TEL:+44 20 7946 0000")
    server.asked()
    assert _counts(_pull(book)) == (0, 1, 2)
    kept = contacts.load(book.db, ada)
    assert (kept.title, [phone.value for phone in kept.phones]) == ("Gardener", ["+44 20 7946 0000"])
    (report,) = [request for request in server.server.requests if request.method == "REPORT"]
    assert report.body.count(b"<D:href>") == 1


def test_nothing_is_taken_from_absence(book: Book, server: AddressBooks) -> None:
    """Who is gone there is named once and stays here, be it everybody."""
    _pull(book)
    del server.book["ada.vcf"]
    assert _pull(book).gone == ["Ada Oak"]
    assert _pull(book).gone == []
    server.book.clear()
    assert sorted(_pull(book).gone) == ["Ben Elm", "Cyd Ash"]
    assert _names(book) == ["Ada Oak", "Ben Elm", "Cyd Ash"]


def test_who_was_deleted_here_is_not_named_there(book: Book, server: AddressBooks) -> None:
    """A card that is gone on both sides is no news, nor does one come back that did not change there."""
    _pull(book)
    with journal.step(book.db, "delete", today=TODAY):
        book.db.execute("DELETE FROM contact WHERE name = 'Ada Oak'")
    assert _counts(_pull(book)) == (0, 0, 3)
    del server.book["ada.vcf"]
    assert _pull(book).gone == []
    assert _names(book) == ["Ben Elm", "Cyd Ash"]


def test_undo_takes_back_what_is_known_of_the_cards_too(book: Book, server: AddressBooks) -> None:
    """After undo the same cards come again: nobody is lost between the store and its memory of the server."""
    before = _rows(book)
    _pull(book)
    journal.undo(book.db)
    assert _rows(book) == before
    assert _counts(_pull(book)) == (3, 0, 0)


def test_a_card_that_moved_to_another_book_is_not_gone(book: Book, server: AddressBooks) -> None:
    """Two address books of one server: who goes from one to the other stays who they are."""
    server.books[OFFICE] = {}
    server.fill("Dee Fir", book=OFFICE)
    _know(book, server.url.rstrip("/") + OFFICE, "Work")
    assert _counts(_pull(book)) == (4, 0, 0)
    server.books[OFFICE]["other-name.vcf"] = server.book.pop("ada.vcf")
    pulled = _pull(book)
    assert (_counts(pulled), pulled.gone) == ((0, 0, 4), [])
    del server.books[OFFICE]["other-name.vcf"]
    assert _pull(book).gone == ["Ada Oak"]


def test_one_card_in_two_books_is_one_contact(book: Book, server: AddressBooks) -> None:
    """A card that stands in both books is known again in the second."""
    server.books[OFFICE] = {"a.vcf": server.book["ada.vcf"].replace("END", "TITLE:Gardener\r\nEND")}
    _know(book, server.url.rstrip("/") + OFFICE, "Work")
    assert _counts(_pull(book)) == (3, 1, 0)
    assert contacts.load(book.db, book.id_of("Ada Oak")).title == "Gardener"


def test_one_uid_for_two_people_of_two_servers_is_two(book: Book, server: AddressBooks) -> None:
    """Servers that count their cards from 1 mean other people by one UID: both are kept, again and again."""
    server.book.clear()
    server.book["1.vcf"] = vcard("Ada Oak", "EMAIL:ada@example.org", uid="1")
    with address_books() as other:
        _know(book, other.url.rstrip("/") + BOOK, "Elsewhere")
        other.book["1.vcf"] = vcard("Zed Ivy", "EMAIL:zed@example.net", uid="1")
        pulled = _pull(book)
        assert _counts(pulled) == (2, 0, 0)
        assert "UID is another card's too" in pulled.report.problems[0].message
        other.book["1.vcf"] = vcard("Zed Ivy", "EMAIL:zed@example.net", "TITLE:Baker", uid="1")
        assert _counts(_pull(book)) == (0, 1, 1)
        server.book["1.vcf"] = vcard("Ada Oak", "EMAIL:ada@example.org", "TITLE:Gardener", uid="1")
        assert _counts(_pull(book)) == (0, 1, 1)
    titles = {name: contacts.load(book.db, book.id_of(name)).title for name in _names(book)}
    assert titles == {"Ada Oak": "Gardener", "Zed Ivy": "Baker"}


def test_a_broken_card_is_named_and_asked_for_again(book: Book, server: AddressBooks) -> None:
    """The others come; when it is mended, it comes too, and until then it is named by what it was called."""
    _pull(book)
    server.book["ben.vcf"] = "BEGIN:VCARD\r\nFN:Ben"
    for _ in range(2):
        (fetched,) = [fetch_book(one, ANNA, remotes.cards(book.db, one.id)) for one in remotes.every(book.db)]
        assert fetched.left_out == [("Ben Elm", "it is no vCard")]
        assert _counts(_take(book, [fetched])) == (0, 0, 2)
    server.book["ben.vcf"] = vcard("Ben Elm", "TITLE:Smith")
    assert _counts(_pull(book)) == (0, 1, 2)


def test_a_fault_changes_no_row(book: Book, server: AddressBooks) -> None:
    """Let in by nobody, cut in the middle of the cards, or gone: the store is as it was."""
    before = _rows(book)
    with pytest.raises(ServerError):
        _pull(book, login=Login(USER, "wrong"))
    server.spoil = lambda asked, reply: (
        reply if asked.method == "PROPFIND" else Reply(207, reply.body, cut=99)
    )
    with pytest.raises(ServerError, match="cannot be asked"):
        _pull(book)
    server.server.close()
    with pytest.raises(ServerError, match="refused"):
        _pull(book)
    assert _rows(book) == before


def test_without_etags_every_card_is_read_and_nothing_changes(book: Book, server: AddressBooks) -> None:
    """A server that has no ETags is read whole each time; what says the same is unchanged."""
    server.etags = lambda _: ""
    assert _counts(_pull(book)) == (3, 0, 0)
    assert _counts(_pull(book)) == (0, 0, 3)


def test_no_picture_is_fetched(book: Book, server: AddressBooks) -> None:
    """An address of a photo, a logo or a sound is kept as text: nobody learns that a card was read."""
    tracker = f"{server.url}tracker.png"
    server.book["ada.vcf"] = vcard(
        "Ada Oak", f"PHOTO;VALUE=uri:{tracker}", f"LOGO:{tracker}", f"URL:{tracker}"
    )
    _pull(book)
    assert "tracker.png" not in "".join(request.path for request in server.server.requests)


def test_nothing_is_ever_written_there(book: Book, server: AddressBooks) -> None:
    """Whatever is pulled, the server is asked three kinds of question, and none of them changes anything."""
    server.book["odd.vcf"] = "hello"
    look_for_books(server.url, ANNA)
    _pull(book)
    server.book.clear()
    _pull(book)
    assert set(server.asked()) == {"PROPFIND", "REPORT", "GET"}


def test_each_address_book_has_a_name_of_its_own() -> None:
    """A second one of a name is numbered."""
    known = [Remote(1, "a", "Contacts", "", ""), Remote(2, "b", "Contacts 2", "", "")]
    assert [own_name("Contacts", known), own_name("Work", known)] == ["Contacts 3", "Work"]


@pytest.mark.parametrize("program", ["radicale", "xandikos"])
def test_real_servers(book: Book, tmp_path: Path, program: str) -> None:
    """A real server is found and read; what it has sorted and folded in its own way is unchanged."""
    lines = ("N:Oak;Ada;;;", "item1.TEL;TYPE=CELL;TYPE=pref:+44 20 7946 0000", "item1.X-ABLabel:mobile")
    more = (
        "EMAIL;type=INTERNET;type=HOME:ada@example.org",
        f"NOTE:tea\\, and a walk\\; {'often ' * 20}",
        "BDAY:19600412",
    )
    texts = [vcard(f"Ada{number} Oak", *lines, *more) for number in range(12)]
    assert book.imported(*texts).new == 12
    with carddav_server(program, tmp_path) as real:
        for number, text in enumerate(texts):
            real.put(f"{number}.vcf", text)
        ((found, cards),) = look_for_books(real.url, real.login)
        assert cards == 12
        _know(book, found.url, found.name)
        assert _counts(_pull(book, login=real.login)) == (0, 0, 12)
        assert _counts(_pull(book, login=real.login)) == (0, 0, 12)
        real.put("7.vcf", vcard("Ada7 Oak", "TITLE:Gardener"))
        assert _counts(_pull(book, login=real.login)) == (0, 1, 11)

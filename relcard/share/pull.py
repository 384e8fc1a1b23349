"""New and changed cards of address books on servers, taken in as an import takes them.

Nothing is written there. Nothing is taken from absence: a card that is gone is named, and its contact stays.
The network comes first and the store afterwards: no step is open while a server is waited for.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from dataclasses import field
from io import BytesIO
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.services.importing.import_cards import import_cards
from relcard.share.carddav import fetch_cards
from relcard.share.carddav import find_books
from relcard.share.carddav import list_cards
from relcard.share.https import Server
from relcard.share.https import address_of
from relcard.store import contacts
from relcard.store import merges
from relcard.store.sharing import remotes
from relcard.store.sharing.remotes import RemoteCard
from relcard.vcard import RawCard
from relcard.vcard import parse_card

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.services.importing.import_cards import ImportReport
    from relcard.share.carddav import Book
    from relcard.share.carddav import Card
    from relcard.share.https import Login
    from relcard.store.file.database import Connection
    from relcard.store.sharing.remotes import Remote


class LeftOut(NamedTuple):
    """A card that could not be had, by the name it had or its path, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class FetchedBook:
    """What came of an address book: the texts of its new and changed cards, and what they are."""

    remote: Remote
    listed: int = 0  # cards there
    unchanged: int = 0  # of them, by their ETags
    texts: BytesIO = field(default_factory=BytesIO)
    read: dict[str, RemoteCard] = field(default_factory=dict)  # by path
    gone: dict[str, RemoteCard] = field(default_factory=dict)  # known by path, and not listed
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def source(self) -> str:
        """What the cards come from, as a report names it."""
        return f"{self.remote.name} ({address_of(self.remote.url).host})"


class Pulled(NamedTuple):
    """What became of the cards of all address books; `gone` names contacts whose card is there no more."""

    report: ImportReport
    gone: list[str]


def look_for_books(url: str, login: Login | None) -> list[tuple[Book, int]]:
    """Return the address books that a URL is or leads to, each with how many cards it has.

    Raises `ServerError`.
    """
    with closing(Server(url, login, within_site=True)) as server:
        books = find_books(server)
    counted = []
    for book in books:
        with closing(Server(book.url, login, within_site=True)) as server:
            counted.append((book, len(list_cards(server).etags)))
    return counted


def fetch_book(
    remote: Remote,
    login: Login | None,
    known: Mapping[str, RemoteCard],
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> FetchedBook:
    """Return what an address book has that is not `known`, the cards last read by path.

    `progress` is told with every card how many there are to come. Raises `ServerError`: nothing came then.
    """
    book = FetchedBook(remote)
    with closing(Server(remote.url, login, within_site=True)) as server:
        listing = list_cards(server)
        book.listed = len(listing.etags)
        book.left_out = [LeftOut(href, "it lies outside the address book") for href in listing.outside]
        book.gone = {path: card for path, card in known.items() if path not in listing.etags}
        news = [
            path
            for path, etag in sorted(listing.etags.items())
            if not etag or path not in known or known[path].etag != etag
        ]
        book.unchanged = book.listed - len(news)
        for card in fetch_cards(server, news, listing):
            _take_down(book, card, listing.etags[card.path], known)
            progress(len(news))
    book.texts.seek(0)
    return book


def _take_down(book: FetchedBook, card: Card, etag: str, known: Mapping[str, RemoteCard]) -> None:
    """Add a card to what came of a book."""
    if card.problem:
        name = known[card.path].name if card.path in known else card.path.rpartition("/")[2]
        book.left_out.append(LeftOut(name, card.problem))
        return
    book.texts.write(card.text.strip() + b"\r\n")
    contact = parse_card(RawCard(raw=card.text, line=1, ordinal=0, closed=True), source="").contact
    name = contact.display_name if contact else card.path.rpartition("/")[2]
    book.read[card.path] = RemoteCard(etag, contact.uid if contact else "", name)


def take_books(
    db: Connection,
    books: Sequence[FetchedBook],
    *,
    today: date,
    before_change: Callable[[], None] = lambda: None,
) -> Pulled:
    """Take in what came of some address books, inside the step the caller holds."""
    streams = [(book.source, book.texts) for book in books if book.read]
    report = import_cards(db, streams, today=today, before_change=before_change)
    report.missing = 0  # only what is new or changed was read: nothing is missing for that
    report.unchanged += sum(book.unchanged for book in books)
    for book in books:
        remotes.keep_cards(db, book.remote.id, book.read)
        remotes.forget_cards(db, book.remote.id, book.gone)
    elsewhere = remotes.uids(db)
    gone = [card for book in books for card in book.gone.values() if card.uid not in elsewhere]
    return Pulled(report, [card.name for card in gone if not card.uid or _is_here(db, card.uid)])


def _is_here(db: Connection, uid: str) -> bool:
    return bool(contacts.ids_of_uids(db, [uid]) or merges.aliases(db, "uid", [uid]))


def own_name(name: str, others: Iterable[Remote]) -> str:
    """Return a name for an address book that no other has: Contacts, Contacts 2."""
    taken = {other.name for other in others}
    number, own = 1, name
    while own in taken:
        number += 1
        own = f"{name} {number}"
    return own

"""Two laptops that share a list, with the commands of those who sit at them."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from relcard.domain.importing.differences import Side
from relcard.services.importing.merge_contacts import compare_contacts
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.file.database import open_store
from relcard.store.sharing import conflicts
from relcard.store.sharing import ledger
from relcard.store.sharing import taking
from relcard.store.sharing.ledger import Reached
from relcard.store.sharing.ledger import Sharing
from tests.support.book import TODAY
from tests.support.book import Book
from tests.support.book import card

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from relcard.domain.people.contact import Contact
    from relcard.store.sharing.conflicts import Conflict
    from relcard.store.sharing.ledger import Taken

TERMS = taking.Terms(TODAY, suggest_households)
PEOPLE = (
    card("Ada Oak", "TEL:0113 496 0101", street="1 High Street"),
    card("Ben Elm", street="2 Low Road"),
    card("Cyd Ash", street="3 Mill Lane"),
)


@dataclass
class Laptop:
    """A store of the list and its user's commands."""

    book: Book
    path: str
    device: str
    read: dict[str, int] = field(default_factory=dict)

    @property
    def db(self) -> sqlite3.Connection:
        return self.book.db

    def id_of(self, name: str) -> int:
        return self.book.id_of(name)

    def note(self, name: str, text: str) -> None:
        with journal.step(self.db, f"note {name}", today=TODAY):
            relationships.add_note(self.db, self.id_of(name), text, on=TODAY)

    def edit(self, name: str, **parts: object) -> None:
        with journal.step(self.db, f"edit {name}", today=TODAY):
            contact: Contact = contacts.load(self.db, self.id_of(name))
            contacts.update(self.db, self.id_of(name), contact._replace(**parts))  # type: ignore[arg-type]

    def rename(self, name: str, new: str) -> None:
        self.edit(name, display_name=new)

    def say(self, command: str, *values: object) -> None:
        """Run a statement as a command would."""
        with journal.step(self.db, "command", today=TODAY):
            self.db.execute(command, values)

    def lines(self) -> list[bytes]:
        return ledger.steps(self.db, self.device, 0)

    def take(self, other: Laptop, lines: list[bytes] | None = None, **terms: object) -> Taken:
        if lines is None:
            lines = other.lines()[self.read.get(other.device, 0) :]
            self.read[other.device] = len(other.lines())
        taking.keep(self.db, other.device, Reached(), lines)
        return taking.take(self.db, TERMS._replace(**terms))  # type: ignore[arg-type]

    def listed(self) -> list[Conflict]:
        return conflicts.conflicts(self.db)

    def names(self) -> list[str]:
        return [row[0] for row in self.db.execute("SELECT name FROM contact ORDER BY name")]

    def notes(self) -> list[str]:
        return [row[0] for row in self.db.execute("SELECT text FROM note ORDER BY text")]


def couple(folder: Path, *own: str, people: tuple[str, ...] = PEOPLE) -> tuple[Laptop, Laptop]:
    """Return two laptops with the same list."""
    desk: list[Laptop] = []
    list_id = ""
    for name in ("his", "hers"):
        path = str(folder / f"{name}.db")
        book = Book(open_store(path, create=True))
        book.db.execute("PRAGMA synchronous = OFF")
        if not desk:
            book.imported(*people)
        standing = ledger.begin(book.db, Sharing(name, own=own, list_id=list_id), today=TODAY)
        list_id = standing.list_id
        desk.append(Laptop(book, path, standing.device_id))
    his, hers = desk
    hers.take(his)
    return his, hers


def come_together(*desk: Laptop) -> None:
    """Let all take all there is; they then have the same tables and list the same."""
    for _ in range(3):
        for laptop in desk:
            for other in desk:
                if other is not laptop:
                    laptop.take(other)
    first = desk[0]
    for laptop in desk[1:]:
        assert ledger.vector(first.db) == ledger.vector(laptop.db)
        assert ledger.tables_hash(first.db) == ledger.tables_hash(laptop.db)
        assert first.listed() == laptop.listed()


def delete(laptop: Laptop, name: str) -> None:
    """Delete a contact."""
    with journal.step(laptop.db, f"delete {name}", today=TODAY):
        contacts.delete(laptop.db, [laptop.id_of(name)])


def merge(laptop: Laptop, stays: str, goes: str) -> None:
    """Merge two contacts, of which the first has the word."""
    with journal.step(laptop.db, f"merge {stays} {goes}", today=TODAY):
        one, other = laptop.id_of(stays), laptop.id_of(goes)
        take = {differs.field: Side.FIRST for differs in compare_contacts(laptop.db, one, other).differences}
        merge_contacts(laptop.db, one, other, take=take, today=TODAY)

"""What tests of the store and of the services share: a fresh store on disk and small invented vCards."""

from __future__ import annotations

import io
import os
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import settings

from relcard.domain.people.closeness import RULES
from relcard.domain.people.closeness import Circle
from relcard.domain.seasons.posting import DEFAULT_TABLE
from relcard.domain.seasons.season import Season
from relcard.services.importing.import_cards import import_cards
from relcard.services.people.read_households import read_households
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season
from relcard.services.seasons.start_season import start_season
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from relcard.store.file.database import open_store

# Where a change is judged, the same examples every time; at home, new ones with each run.
settings.register_profile("judged", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("judged")

os.environ["RELCARD_FONTS"] = "packaged"  # what can be printed is then the same on every machine

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from relcard.services.importing.import_cards import ImportReport
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient
    from relcard.services.seasons.start_season import Choice

TODAY = date(2026, 11, 20)
CIRCLES = {"Ada Oak": Circle.INNER, "Ben Elm": Circle.CLOSE, "Cyd Ash": Circle.FRIEND, "Dee Fir": Circle.WIDE}
JOURNAL = ("journal_step", "journal_entry")


def _card(name: str, *lines: str, uid: str | None = None, version: str = "3.0", street: str = "") -> str:
    """Return a vCard of a person "Given Family"; `uid` "" leaves it out, `street` is one of Leeds."""
    given, _, family = name.rpartition(" ")
    body = [f"FN:{name}", f"N:{family};{given};;;"]
    known = name.lower().replace(" ", "-") if uid is None else uid
    if known:
        body.append(f"UID:{known}")
    if street:
        body.append(f"ADR;TYPE=home:;;{street};Leeds;;LS1 4DY;United Kingdom")
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *body, *lines, "END:VCARD", ""])


def _dump(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but the journal's."""
    names = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    return {
        name: sorted((tuple(row) for row in db.execute(f'SELECT * FROM "{name}"')), key=repr)
        for name in names
        if name not in JOURNAL
    }


@dataclass(frozen=True, slots=True)
class Book:
    """A store and the commands a user would give it, each one step."""

    db: sqlite3.Connection

    def imported(self, *cards: str | bytes, source: str = "cards.vcf") -> ImportReport:
        data = b"".join(one.encode() if isinstance(one, str) else one for one in cards)
        with journal.step(self.db, f"import {source}", today=TODAY):
            return import_cards(self.db, [(source, io.BytesIO(data))], today=TODAY)

    def id_of(self, name: str) -> int:
        (found,) = self.db.execute("SELECT id FROM contact WHERE name = ?", (name,)).fetchone()
        return int(found)

    def home_of(self, name: str) -> int:
        found = households.of_contact(self.db, self.id_of(name))
        assert found is not None
        return found

    def circle(self, circle: Circle, *names: str) -> None:
        with journal.step(self.db, f"circle {circle.value}", today=TODAY):
            for name in names:
                relationships.set_circle(self.db, self.id_of(name), circle, today=TODAY)

    def views(self) -> dict[str, HouseholdView]:
        found = read_households(self.db, None, today=TODAY, home="GB", language="en")
        return {one.addressee: one for one in found}

    def start(self, name: str = "christmas-2026") -> dict[str, Choice]:
        with journal.step(self.db, f"season start {name}", today=TODAY):
            choices = start_season(
                self.db, Season.parse(name), rules=RULES, today=TODAY, home="GB", language="en"
            )
        return {one.household.addressee: one for one in choices}

    def recipients(self, name: str | None = None) -> list[Recipient]:
        return read_season(
            self.db,
            find_season(self.db, name),
            rules=RULES,
            table=DEFAULT_TABLE,
            today=TODAY,
            home="GB",
            language="en",
        )


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day on which every test takes place."""
    return TODAY


@pytest.fixture(scope="session")
def card() -> Callable[..., str]:
    """Return the writer of small vCards."""
    return _card


@pytest.fixture(scope="session")
def dump() -> Callable[[sqlite3.Connection], dict[str, list[tuple[object, ...]]]]:
    """Return the reader of every row that undo must bring back."""
    return _dump


def _pdf_text(data: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        pages = [page.get_textpage() for page in document]
        return [page.get_text_range().replace("\r\n", "\n") for page in pages]


@pytest.fixture(scope="session")
def pdf_text() -> Callable[[bytes], list[str]]:
    """Return the reader of a PDF's text, page by page."""
    return _pdf_text


@pytest.fixture
def store_path(tmp_path: Path) -> str:
    """Return where a store may be made."""
    return str(tmp_path / "relcard.db")


@pytest.fixture
def db(store_path: str) -> Iterator[sqlite3.Connection]:
    """Open a fresh store on disk."""
    with closing(open_store(store_path, create=True)) as found:
        found.execute("PRAGMA synchronous=OFF")  # no power fails here, and hundreds of tests begin like this
        yield found


@pytest.fixture
def book(db: sqlite3.Connection) -> Book:
    """Return a fresh store with a user's hands on it."""
    return Book(db)


@pytest.fixture
def open_season(book: Book) -> Book:
    """Return a book with a household of each circle in christmas-2026: Ada Oak, Ben Elm, Cyd Ash, Dee Fir."""
    book.imported(*(_card(name, street=f"{number} High Street") for number, name in enumerate(CIRCLES, 1)))
    with journal.step(book.db, "circles", today=TODAY):
        for name, circle in CIRCLES.items():
            relationships.set_circle(book.db, book.id_of(name), circle, today=TODAY)
        start_season(book.db, Season("christmas", 2026), rules=RULES, today=TODAY, home="GB", language="en")
        seasons.add_recipient(book.db, 1, book.home_of("Dee Fir"), "you added them")
    return book


@pytest.fixture
def new_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Book]]:
    """Return a maker of further stores, for laws that are tried on many."""
    opened: list[sqlite3.Connection] = []

    def make() -> Book:
        path = tmp_path_factory.mktemp("store") / "relcard.db"
        opened.append(open_store(str(path), create=True))
        opened[-1].execute("PRAGMA synchronous=OFF")  # a law is tried often, and no power fails here
        return Book(opened[-1])

    yield make
    for one in opened:
        one.close()

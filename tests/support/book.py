"""A store with a user's hands on it, and what tests put into it and read out of it."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.feasts import Season
from relcard.domain.people.circle import Circle
from relcard.domain.standpoint import Standpoint
from relcard.services.data.export import write_archive
from relcard.services.importing.import_cards import import_cards
from relcard.services.people.read_households import read_households
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season
from relcard.services.seasons.start_season import start_season
from relcard.store import households
from relcard.store import relationships
from relcard.store.file import journal

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.services.importing.import_cards import ImportReport
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient
    from relcard.services.seasons.start_season import SeasonChoice
    from relcard.store.seasons import RecipientRow

TODAY = date(2026, 11, 20)
STANDPOINT = Standpoint(today=TODAY, sender_country="GB", language="en")
CIRCLES = {"Ada Oak": Circle.INNER, "Ben Elm": Circle.CLOSE, "Cyd Ash": Circle.FRIEND, "Dee Fir": Circle.WIDE}
Rows = dict[str, list[tuple[object, ...]]]  # of each table, in the order of their ids
JOURNAL = ("journal_step", "journal_entry", "checksum")


def card(name: str, *lines: str, uid: str | None = None, version: str = "3.0", street: str = "") -> str:
    """Return a vCard of a person "Given Family"; `uid` "" leaves it out, `street` is one of Leeds."""
    given, _, family = name.rpartition(" ")
    body = [f"FN:{name}", f"N:{family};{given};;;"]
    known = name.lower().replace(" ", "-") if uid is None else uid
    if known:
        body.append(f"UID:{known}")
    if street:
        body.append(f"ADR;TYPE=home:;;{street};Leeds;;LS1 4DY;United Kingdom")
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *body, *lines, "END:VCARD", ""])


def dump(store: sqlite3.Connection | Path | str, *, with_journal: bool = False) -> Rows:
    """Return every row of every table of a store, open or a file; those of the journal only when asked."""
    if not isinstance(store, sqlite3.Connection):
        with closing(sqlite3.connect(store)) as db:
            return dump(db, with_journal=with_journal)
    names = [row[0] for row in store.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    return {
        name: [tuple(row) for row in store.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
        for name in names
        if with_journal or name not in JOURNAL
    }


def archive_of(db: sqlite3.Connection, store: Path | str = "") -> bytes:
    """Return an archive of a store, with the pictures that lie beside it."""
    out = io.BytesIO()
    assert write_archive(db, str(store), out) == []
    return out.getvalue()


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
        found = read_households(self.db, None, STANDPOINT)
        return {one.addressee: one for one in found}

    def start(self, name: str = "christmas-2026") -> dict[str, SeasonChoice]:
        with journal.step(self.db, f"season start {name}", today=TODAY):
            choices = start_season(self.db, Season.parse(name), STANDPOINT)
        return {one.household.addressee: one for one in choices}

    def recipients(self, name: str | None = None) -> list[Recipient]:
        return read_season(self.db, find_season(self.db, name), STANDPOINT)

    def rows(self, name: str | None = None) -> dict[str, RecipientRow]:
        """Return what the store keeps of a season's recipients, by addressee, in writing order."""
        return {one.household.addressee: one.row for one in self.recipients(name) if one.row is not None}

from __future__ import annotations

import io
import sqlite3
import tempfile
from contextlib import contextmanager
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import invariant
from hypothesis.stateful import rule

from relcard.domain.feasts import Season
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.draft import Printed
from relcard.errors import UsageError
from relcard.services.importing.import_cards import import_cards
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.read_season import read_season
from relcard.services.seasons.start_season import start_season
from relcard.store import contacts
from relcard.store import households
from relcard.store import new_contacts
from relcard.store import occasions
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.file.database import open_store
from tests.support.book import STANDPOINT
from tests.support.book import dump
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.services.seasons.read_season import Recipient
    from tests.support.book import Rows


TODAY = date(2026, 11, 20)
WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())

numbers = st.integers(0, 50)  # chooses one of what there is
texts = st.sampled_from(("", "rye", "it's", "Łódź \U0001f37a", "a\nb", "x" * 300, "NULL", "--"))
cards = st.lists(
    st.tuples(
        st.sampled_from(("Anna Nowak", "Jan Nowak", "Eve Ash", "Tom O'Leary", "佐藤 健")),
        st.sampled_from(("", "1 High Street", "2 Low Road", "1 High St.")),
        st.sampled_from(
            ("", "BDAY:1980-02-29", "BDAY:spring", "CATEGORIES:a,b", "CATEGORIES:b,a,c", "TEL:0113 496 0000")
        ),
        st.booleans(),  # whether the card has a UID
    ),
    max_size=4,
)


def _text(given_name: str, street: str, line: str, with_uid: bool) -> str:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{given_name}", f"UID:{given_name}" if with_uid else ""]
    lines += [f"ADR;TYPE=home:;;{street};Leeds;;LS1 4DY;United Kingdom" if street else "", line, "END:VCARD"]
    return "\r\n".join([one for one in lines if one] + [""])


class Undo(RuleBasedStateMachine):
    """Random commands on a store; every one of them is taken back row for row."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.db: sqlite3.Connection = open_store(str(Path(self.folder.name) / "relcard.db"), create=True)
        self.db.execute("PRAGMA synchronous=OFF")
        self.past: list[Rows] = []  # before each step that is in the history

    def teardown(self) -> None:
        while self.past:
            self._take_back()
        assert all(not rows for rows in dump(self.db).values())
        self.db.close()
        self.folder.cleanup()

    @contextmanager
    def _step(self) -> Iterator[None]:
        before = dump(self.db)
        with journal.step(self.db, "command", today=TODAY):
            yield
        if dump(self.db) != before:
            self.past.append(before)
        undoable = [one for one in journal.history(self.db) if not one.undone]
        # A step that brought every row back to what it was is in the history too; undoing it changes nothing.
        while len(self.past) < len(undoable):
            self.past.append(before)
        assert len(self.past) == len(undoable)

    def _take_back(self) -> None:
        step = journal.undo(self.db)
        assert step is not None
        assert dump(self.db) == self.past.pop()

    def _contact(self, number: int) -> int | None:
        ids = [one.id for one in contacts.listing(self.db)]
        return ids[number % len(ids)] if ids else None

    def _recipients(self) -> list[Recipient]:
        return [one for season in seasons.every(self.db) for one in read_season(self.db, season, STANDPOINT)]

    @rule(some=cards, bad=st.booleans(), group=st.booleans())
    def import_file(self, some: list[tuple[str, str, str, bool]], bad: bool, group: bool) -> None:
        data = "".join(_text(*one) for one in some)
        if bad:
            data += "BEGIN:VCARD\r\nVERSION:3.0\r\nX-ODD:1\r\nEND:VCARD\r\n"
        if group:
            data += "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Choir\r\nMEMBER:Eve Ash\r\nEND:VCARD\r\n"
        with self._step():
            import_cards(self.db, [("a.vcf", io.BytesIO(data.encode()))], today=TODAY)

    @rule(number=numbers, circle=st.sampled_from(Circle))
    def say_circle(self, number: int, circle: Circle) -> None:
        if one := self._contact(number):
            with self._step():
                relationships.set_circle(self.db, one, circle, today=TODAY)

    @rule(number=numbers, text=texts, key=st.sampled_from(("bread", "it's")))
    def know(self, number: int, text: str, key: str) -> None:
        if one := self._contact(number):
            with self._step():
                relationships.set_fact(self.db, one, key, text, today=TODAY)
                relationships.add_note(self.db, one, text, on=TODAY)
                relationships.add_tag(self.db, one, text)
                relationships.remove_tag(self.db, one, "a")
                relationships.add_interaction(
                    self.db, one, channel="call", direction="to them", on=TODAY, text=text
                )

    @rule(number=numbers, text=texts)
    def edit(self, number: int, text: str) -> None:
        if one := self._contact(number):
            with self._step():
                now = contacts.load(self.db, one)
                mine = now._replace(note=text, tags=now.tags[1:], addresses=now.addresses[:1], occasions=())
                contacts.update(self.db, one, mine)

    @rule(number=numbers, other=numbers)
    def join(self, number: int, other: int) -> None:
        one, two = self._contact(number), self._contact(other)
        if one and two:
            with self._step():
                home = households.of_contact(self.db, one)
                assert home is not None
                households.put(self.db, two, home)
                households.describe(self.db, home, stated=True, reason="you said so")
                households.drop_empty(self.db)

    @rule(number=numbers, text=texts)
    def split_and_wish(self, number: int, text: str) -> None:
        if one := self._contact(number):
            with self._step():
                home = households.make(self.db, reason="", stated=True)
                households.put(self.db, one, home)
                households.set_wishes(self.db, home, {"addressee": text or None, "formality": "formal"})
                households.drop_empty(self.db)

    @rule(year=st.sampled_from((2026, 2027)))
    def start(self, year: int) -> None:
        with self._step():
            try:
                start_season(self.db, Season("christmas", year), STANDPOINT)
            except UsageError:
                return

    @rule()
    def draft(self) -> None:
        with self._step():
            draft_cards(self.db, self._recipients(), WANTED)

    @rule(number=numbers, state=st.sampled_from(("written", "posted", "returned")), text=texts)
    def move(self, number: int, state: str, text: str) -> None:
        found = self._recipients()
        if not found:
            return
        one = found[number % len(found)]
        with self._step():
            assert one.row is not None
            seasons.set_state(self.db, one.row.id, state)
            keep_draft(self.db, one, Printed("Peace", "x"), edited=True)
            seasons.set_received(self.db, one.row.id, TODAY)
            members = [member.contact_id for member in one.household.members]
            for member in members:
                relationships.put_season_card(
                    self.db,
                    member,
                    season_id=one.row.season_id,
                    direction="from them",
                    on=TODAY,
                    text=text,
                )
            if state == "returned":
                seasons.retire_addresses(self.db, members, season="christmas-2026", today=TODAY)

    @rule(number=numbers)
    def drop_or_close(self, number: int) -> None:
        found = self._recipients()
        with self._step():
            if found and number % 2:
                row = found[number % len(found)].row
                assert row is not None
                seasons.drop_recipient(self.db, row.id)
            else:
                for season in seasons.every(self.db):
                    seasons.close(self.db, season.id, today=TODAY)

    @rule(number=numbers, done=st.booleans())
    def dismiss(self, number: int, done: bool) -> None:
        with self._step():
            until = None if done else TODAY + timedelta(days=number)
            occasions.dismiss(self.db, f"birthday-{number % 3}-2026", until=until, today=TODAY)

    @rule()
    def fail(self) -> None:
        before = dump(self.db)
        with pytest.raises(sqlite3.IntegrityError):
            self._fail()
        assert dump(self.db) == before

    def _fail(self) -> None:
        with journal.step(self.db, "fails", today=TODAY):
            self.db.execute("DELETE FROM interaction")
            self.db.execute("UPDATE contact SET name = 'x'")
            relationships.add_note(self.db, 999_999, "of nobody", on=TODAY)

    @rule()
    def undo(self) -> None:
        if self.past:
            self._take_back()
        else:
            assert journal.undo(self.db) is None

    @invariant()
    def holds_together(self) -> None:
        assert self.db.execute("PRAGMA foreign_key_check").fetchall() == []
        (homeless,) = self.db.execute(
            "SELECT count(*) FROM contact WHERE id NOT IN (SELECT contact_id FROM membership)"
        ).fetchone()
        assert homeless == 0


TestUndo = Undo.TestCase
TestUndo.settings = settings(max_examples=20, stateful_step_count=12, suppress_health_check=list(HealthCheck))


class UndoAny(Undo):
    """Random commands, of which any is taken back, not the last alone: the store is whole after each."""

    def teardown(self) -> None:
        for step in journal.history(self.db):
            if not step.undone:
                self._take_any_back(step.id)
        path = str(Path(self.folder.name) / "relcard.db")
        report = checks.examine(path)
        assert report.is_sound, [finding.message for finding in report.findings]
        for contact in contacts.listing(self.db):
            described = new_contacts.described(contacts.load(self.db, contact.id))
            row = self.db.execute("SELECT name_key, search, country FROM contact WHERE id = ?", (contact.id,))
            assert row.fetchone() == (described[2], described[4], described[5])
        self.db.close()
        self.folder.cleanup()

    @contextmanager
    def _step(self) -> Iterator[None]:
        with journal.step(self.db, "command", today=TODAY):
            yield

    def _take_any_back(self, step: int) -> None:
        before = dump(self.db, with_journal=True)
        told = journal.undo(self.db, step, dry_run=True)
        assert dump(self.db, with_journal=True) == before
        assert journal.undo(self.db, step) == told
        assert journal.undo(self.db, step) is None

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        if contact := self._contact(number):
            with self._step():
                self.db.execute("DELETE FROM contact WHERE id = ?", (contact,))
                households.drop_empty(self.db)

    @rule(number=numbers)
    def undo(self, number: int) -> None:
        standing = [step.id for step in journal.history(self.db) if not step.undone]
        if standing:
            self._take_any_back(standing[number % len(standing)])


TestUndoAny = UndoAny.TestCase
TestUndoAny.settings = settings(
    max_examples=dose(10, 200),
    stateful_step_count=12,
    suppress_health_check=list(HealthCheck),
)

"""A store brought back to an earlier copy of itself, as a step that travels and can be taken back."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import checks
from relcard.store.file import identity
from relcard.store.file import journal
from relcard.store.file.identity import TRAVELLING
from relcard.store.sharing import encoding
from relcard.store.sharing import ledger
from relcard.store.sharing.rewinding import rewind
from tests.share import machine
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(1, 41) if os.environ.get("RELCARD_FAULTS") == "full" else range(1, 3)


def said(db: sqlite3.Connection) -> dict[str, set[str]]:
    """Return what every row says, by table: its own number left out, others by their UUIDs.

    A household is known by its people: one that was proposed is called after them anew.
    """
    called = {
        table: dict(db.execute(f'SELECT rowid, hex(uuid) FROM "{table}"').fetchall()) for table in TRAVELLING
    }
    called["source"] = dict(db.execute("SELECT id, name || imported_on FROM source").fetchall())
    people: dict[int, list[str]] = {}
    for home, uuid in db.execute(
        """SELECT household_id, hex(contact.uuid) FROM membership JOIN contact ON contact.id = contact_id
           ORDER BY contact.uuid"""
    ):
        people.setdefault(home, []).append(uuid)
    called["household"] |= {home: ", ".join(uuids) for home, uuids in people.items()}
    return {table: _rows(db, table, called) for table in TRAVELLING}


def _rows(db: sqlite3.Connection, table: str, called: dict[str, dict[int, str]]) -> set[str]:
    pointing = {key[3]: key[2] for key in db.execute(f'PRAGMA foreign_key_list("{table}")')}
    rows: set[str] = set()
    for raw in encoding.read(db, table, "1"):
        values = {name: raw[name] for name in raw.keys() - {"id", "rowid"}}
        for name in pointing.keys() & values.keys():
            values[name] = values[name] and called[pointing[name]][values[name]]
        if table in identity.NATURAL:  # called after what it says, which is compared
            del values["uuid"]
        if table == "not_same":
            values["one_id"], values["other_id"] = sorted((values["one_id"], values["other_id"]))
        rows.add(repr(sorted(values.items())))
    return rows


def work(desk: list[machine.Laptop], chance: random.Random, edits: int) -> None:
    for _ in range(edits):
        for laptop in desk:
            laptop.do(machine.choose(chance), chance)
            if chance.random() < 0.3:
                laptop.fetch(desk[0] if laptop is desk[1] else desk[1])


def damage(path: str) -> list[str]:
    return [finding.message for finding in checks.examine(path).findings if finding.is_damage]


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_is_as_it_was(tmp_path: Path, seed: int) -> None:
    """After any commands of two, all is as in the copy, on both, and undo brings back what there was."""
    chance = random.Random(seed)  # noqa: S311  a run can be had again, but for the UUIDs
    one = machine.Laptop(str(tmp_path / "a.db"), "a")
    for _ in range(4):
        one.do(machine.add, chance)
    other = machine.Laptop(str(tmp_path / "b.db"), "b", list_id=one.list_id)
    desk = [one, other]
    other.fetch(one)
    work(desk, chance, 4)
    machine.come_together(desk)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as then:
        one.db.backup(then)
        work(desk, chance, 8)
        machine.come_together(desk)
        before = said(one.db)
        look = rewind(one.db, then, "restore --rewind", today=TODAY, dry_run=True)
        assert said(one.db) == before
        for _ in range(2):
            assert rewind(one.db, then, "restore --rewind", today=TODAY) == look
            assert said(one.db) == said(then)
            assert damage(one.path) == []
            if look.tables:
                assert journal.undo(one.db) is not None
            assert said(one.db) == before
        rewind(one.db, then, "restore --rewind", today=TODAY)
    for _ in range(2):
        machine.come_together(desk)
        assert ledger.tables_hash(one.db) == ledger.tables_hash(other.db)
        assert damage(one.path) == damage(other.path) == []
        journal.undo(one.db)


def test_values_that_are_unique_change_places(tmp_path: Path) -> None:
    """Two contacts that swapped their UIDs have their own again, and the next pull reads what came since."""
    his, hers = couple(tmp_path)
    his.say(
        "INSERT INTO remote (url, name, user, password_command) VALUES ('https://a.example/', 'a', '', '')"
    )
    his.say("INSERT INTO remote_card (remote_id, path, etag, uid, name) VALUES (1, '/1', 'x', '', 'Ada Oak')")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as then:
        his.db.backup(then)
        his.say("UPDATE remote_card SET etag = 'y'")
        ada, ben = (his.id_of(name) for name in ("Ada Oak", "Ben Elm"))
        for uid, contact in (("aside", ada), ("ada", ben), ("ben", ada)):
            his.say("UPDATE contact SET uid = ? WHERE id = ?", uid, contact)
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as swapped:
            his.db.backup(swapped)
            his.say("UPDATE contact SET uid = ? WHERE id = ?", "aside", ada)
            his.say("UPDATE contact SET uid = ? WHERE id = ?", "ben", ben)
            his.say("UPDATE contact SET uid = ? WHERE id = ?", "ada", ada)
            rewind(his.db, swapped, "restore --rewind", today=TODAY)
            assert said(his.db) == said(swapped)
        rewind(his.db, then, "restore --rewind", today=TODAY)
        assert said(his.db) == said(then)
        assert his.db.execute("SELECT count(*) FROM remote_card").fetchone() == (0,)
        assert his.id_of("Ada Oak") == ada
    assert damage(his.path) == []
    come_together(his, hers)


def test_a_card_comes_back_with_its_photo(tmp_path: Path) -> None:
    """A vCard of which a newer text came has its older text and photo again, byte for byte."""
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 100
    his, hers = couple(tmp_path, people=(card("Ada Oak", photo, "X-TEA:green", "BDAY:spring"),))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as then:
        his.db.backup(then)
        his.book.imported(card("Ada Oak", photo.replace("QUJD", "REVG"), "BDAY:1980-02-01"))
        hers.take(his)
        assert len(said(his.db)["vcard"] | said(then)["vcard"]) == 2
        rewind(his.db, then, "restore --rewind", today=TODAY)
        assert said(his.db) == said(then)
        ours, theirs = (db.execute("SELECT name, message FROM problem").fetchall() for db in (his.db, then))
        assert ours == theirs
    assert damage(his.path) == []
    come_together(his, hers)
    assert damage(hers.path) == []

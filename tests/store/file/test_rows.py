"""What no command could read is named by the doctor, and refused by restore."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import checks
from relcard.store.file import checksums

if TYPE_CHECKING:
    from tests.support.book import Book

_STOCK = "INSERT INTO stock VALUES (1, 'S', 'A4', 210, 297, 60, 30, 5, 5, 62, 32, {columns}, {rows}, 0, '', '2026-01-01')"
_PRINTER = "INSERT INTO printer VALUES (1, 'P', '', {dx}, 0, 1, 1, '{day}')"
_CIRCLE = "INSERT INTO circle (contact_id, circle, said_on) VALUES (1, {})"
_DAY = (
    "INSERT INTO day (contact_id, of_household, kind, label, date, is_once, way) "
    "VALUES (1, 0, {}, 'fete', {}, 0, {})"
)
_PICTURE = "INSERT INTO picture (contact_id, kind, came_on, place, sha256) VALUES (1, {})"
_BROKEN = {
    "contact.detail": ("UPDATE contact SET detail = '{'", "Anna Nowak"),
    "contact.detail list": ("UPDATE contact SET detail = '[1]'", "Anna Nowak"),
    "contact.added_on": ("UPDATE contact SET added_on = 'spring'", "Anna Nowak"),
    "circle.said_on": (_CIRCLE.format("'inner', '2026-02-30'"), "Anna Nowak"),
    "cadence.days": ("INSERT INTO cadence (contact_id, days) VALUES (1, 100000000000)", "Anna Nowak"),
    "address.from_on": ("UPDATE address SET from_on = '99-99'", "Anna Nowak"),
    "address.retired_on": ("UPDATE address SET retired_on = 'once'", "Anna Nowak"),
    "occasion.date": ("UPDATE occasion SET date = '--02-30'", "Anna Nowak"),
    "note.noted_on": (
        "INSERT INTO note (id, contact_id, noted_on, text) VALUES (1, 1, 'May', 'tea')",
        "Anna Nowak",
    ),
    "fact.noted_on": (
        "INSERT INTO fact (id, contact_id, key, value, noted_on) VALUES (1, 1, 'tea', 'black', '')",
        "Anna Nowak",
    ),
    "dismissal.until": (
        "INSERT INTO dismissal (id, reminder, until, dismissed_on) VALUES (1, 'x', 'soon', '2026-01-01')",
        "",
    ),
    "day.date": (_DAY.format("'custom'", "'2026-02-30'", "''"), "Anna Nowak"),
    "day.kind": (_DAY.format("'saint'", "'--02-28'", "''"), "Anna Nowak"),
    "day.way": (_DAY.format("'custom'", "'--02-28'", "'fax'"), "Anna Nowak"),
    "gift.state": (
        "INSERT INTO gift (contact_id, of_household, state, what, occasion, noted_on) VALUES (1, 0, 'lost', 'scarf', '', '2026-01-01')",
        "Anna Nowak",
    ),
    "household.careful_since": ("UPDATE household SET careful_since = 'May'", "Anna Nowak"),
    "household.careful_until": ("UPDATE household SET careful_until = '2026'", "Anna Nowak"),
    "household.addressee": ("UPDATE household SET addressee = CAST(x'ff41' AS TEXT)", "Anna Nowak"),
    "household.feast": ("UPDATE household SET feast = 'whitsun'", "Anna Nowak"),
    "household.language": ("UPDATE household SET language = '{'", "Anna Nowak"),
    "address.confirmed_on": ("UPDATE address SET confirmed_on = '9999-12-31'", "Anna Nowak"),
    "contact.country": ("UPDATE contact SET country = '99'", "Anna Nowak"),
    "picture.came_on": (_PICTURE.format("'card', 'spring', 1, zeroblob(32)"), "Anna Nowak"),
    "picture.sha256": (_PICTURE.format("'card', '2019', 1, x'00'"), "Anna Nowak"),
    "season": (
        "INSERT INTO season (id, name, occasion, year, started_on, closed_on) VALUES (1, 'spring-2026', 'spring', 2026, '2026-01-01', NULL)",
        "",
    ),
    "season year": (
        "INSERT INTO season (id, name, occasion, year, started_on, closed_on) VALUES (1, 'christmas-99999', 'christmas', 99999, '2026-01-01', NULL)",
        "",
    ),
    "season beyond the table": (
        "INSERT INTO season (id, name, occasion, year, started_on, closed_on) VALUES (1, 'nowruz-2200', 'nowruz', 2200, '2026-01-01', NULL)",
        "",
    ),
    "season.feast_on": (
        "INSERT INTO season (id, name, occasion, year, started_on, feast_on) VALUES (1, 'may-2026', 'may', 2026, '2026-01-01', 'May')",
        "",
    ),
    "season.started_on": (
        "INSERT INTO season (id, name, occasion, year, started_on, closed_on) VALUES (1, 'christmas-2026', 'christmas', 2026, 'x', NULL)",
        "",
    ),
    "journal_step.done_on": ("UPDATE journal_step SET done_on = '0'", ""),
    "source.imported_on": ("UPDATE source SET imported_on = 'x'", ""),
    "segment.filter": (
        "INSERT INTO segment (id, name, filter, cadence_days, saved_on) VALUES (1, 'choir', '[', NULL, '2026-01-01')",
        "",
    ),
    "sheet.used": ("INSERT INTO sheet VALUES (1, 'L7160', '[0, -4]', '2026-01-01')", ""),
    "sheet.used number": ("INSERT INTO sheet VALUES (1, 'L7160', '4', '2026-01-01')", ""),
    "stock": (_STOCK.format(columns=10**9, rows=10**9), ""),
    "stock empty": (_STOCK.format(columns=0, rows=8), ""),
    "stock endless": (_STOCK.format(columns=3, rows=8).replace("297", "9e999"), ""),
    "circle.circle": (_CIRCLE.format("'dear', '2026-01-01'"), "Anna Nowak"),
    "membership.role": ("UPDATE membership SET role = 'cousin'", "Anna Nowak"),
    "occasion.kind": ("UPDATE occasion SET kind = 'name day'", "Anna Nowak"),
    "recipient.state": (
        "INSERT INTO recipient (id, season_id, household_id, state, reason) VALUES (1, 1, 1, 'mailed', '')",
        "Anna Nowak",
    ),
    "interaction.channel": (
        "INSERT INTO interaction (id, contact_id, channel, direction, happened_on, text) VALUES (1, 1, 'ray', 'to them', '2026-01-01', '')",
        "Anna Nowak",
    ),
    "interaction.direction": (
        "INSERT INTO interaction (id, contact_id, channel, direction, happened_on, text) VALUES (1, 1, 'card', 'up', '2026-01-01', '')",
        "Anna Nowak",
    ),
    "printer.set_on": (_PRINTER.format(dx=1, day="x"), ""),
}
_CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Nowak\r\nBDAY:1985-04-12\r\n"
    "ADR:;;4 Orchard Row;Bath;;BA1 5DQ;GB\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize("name", _BROKEN)
def test_what_no_command_could_read_is_named(book: Book, store_path: str, name: str) -> None:
    """Table, contact and value are named, and the store is not called whole."""
    book.imported(_CARD)
    assert checks.examine(store_path).is_sound
    statement, who = _BROKEN[name]
    with closing(sqlite3.connect(store_path)) as db, db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(statement)
        checksums.seal_all(db)
    finding, *_ = [each for each in checks.examine(store_path).findings if "cannot be read" in each.message]
    assert finding.is_damage
    assert name.partition(" ")[0] in finding.message
    assert finding.who == who


@pytest.mark.parametrize(
    "statement",
    [
        _PRINTER.format(dx=9000, day="2026-01-01"),
        "INSERT INTO segment (id, name, filter, cadence_days, saved_on) VALUES (1, 'choir', '{\"hats\": [\"2\"]}', NULL, '2026-01-01')",
    ],
)
def test_what_commands_refuse_in_a_sentence_is_no_damage(book: Book, store_path: str, statement: str) -> None:
    """A value of which every command says what is wrong with it is named, and the store restored all the same."""
    book.imported(_CARD)
    with closing(sqlite3.connect(store_path)) as db, db:
        db.execute(statement)
        checksums.seal_all(db)
    report = checks.examine(store_path)
    assert len(report.findings) == 1
    assert report.is_sound


def test_many_rows_are_counted(book: Book, store_path: str) -> None:
    """Of one kind the first few are named, and how many there are besides."""
    book.imported(*(_CARD.replace("Anna", f"Anna{number}") for number in range(9)))
    with closing(sqlite3.connect(store_path)) as db, db:
        db.execute("UPDATE contact SET added_on = ?", (json.dumps("x" * 100),))
        checksums.seal_all(db)
    messages = [finding.message for finding in checks.examine(store_path).findings]
    assert len(messages) == 6
    assert messages[-1].startswith("4 further rows")
    assert all(len(message) < 150 for message in messages)

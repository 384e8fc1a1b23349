"""Steps of a laptop that is broken or lies, but has the key: valid JSON, wrong meaning."""

from __future__ import annotations

import hashlib
import random
import shutil
from typing import TYPE_CHECKING
from typing import Any
from uuid import UUID

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import Step
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import to_line
from relcard.domain.sharing.travelling import TABLES
from relcard.errors import FileError
from relcard.store.file import checks
from relcard.store.file.database import open_store
from relcard.store.sharing import encoding
from relcard.store.sharing import ledger
from relcard.store.sharing import projecting
from relcard.store.sharing import taking
from tests.store.sharing.laptops import TERMS
from tests.store.sharing.laptops import Laptop
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.support.book import TODAY
from tests.support.book import Book
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.domain.sharing.merging import Key

STRANGE = "ee" * 16
_NEW = "00112233445546778899aabbccddeeff"
_NONSENSE: tuple[Any, ...] = (
    *(None, 0, -1, 1 << 53, 1.5, True, "", "x", "a\0b", "a\nb", "\x1b[31mred", "y" * 100_000),
    *("9999-12-31", "2026-02-30", "2026-12-24", "--02-30", "[]", '{"a": [1', [], ["a"], [[1]], {}, {"a": 1}),
    *(b"", b"\xff" * 16, "planned", "returned", "formal", "hebrew 15 Av", "GB", "card", "birthday"),
    *([1, b"no card", []], [-1, b"x", [[10, b"y"]]], ["f.vcf", "2026-01-01"], [None] * 9, ["x"] * 3),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Laptop]:
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 40
    people = (card("Ada Oak", "BDAY:1980-12-01", photo, street="1 High Street"), card("Ben Elm"))
    his, hers = couple(tmp_path_factory.mktemp("made"), "notes", people=people)
    his.book.circle(Circle.INNER, "Ada Oak")
    his.book.start()
    his.note("Ada Oak", "tea")
    come_together(his, hers)
    for laptop in (his, hers):
        laptop.db.close()
    return his, hers


@pytest.fixture
def pair(tmp_path: Path, made: tuple[Laptop, Laptop]) -> tuple[Laptop, Laptop]:
    """Return two laptops with a card and its photo, a season and a note."""
    his, hers = (_copied(laptop, tmp_path) for laptop in made)
    return his, hers


def _copied(laptop: Laptop, folder: Path) -> Laptop:
    path = str(shutil.copy(laptop.path, folder))
    db = open_store(path)
    db.execute("PRAGMA synchronous = OFF")
    return Laptop(Book(db), path, laptop.device, {**laptop.read})


def _all(laptop: Laptop, table: str) -> list[tuple[str, dict[str, Any]]]:
    encoder = encoding.Encoder(laptop.db)
    return [
        (encoding.uuid_of(raw), encoder.values(table, raw)) for raw in encoding.read(laptop.db, table, "1")
    ]


def _of(laptop: Laptop, table: str) -> tuple[str, dict[str, Any]]:
    return _all(laptop, table)[0]


def _step(laptop: Laptop, *changes: Change, number: int = 1, clock: int = 0) -> bytes:
    seen = ledger.vector(laptop.db)
    seen.pop(STRANGE, None)
    return to_line(Step(number, clock or sum(seen.values()) + number, seen, "edit", TODAY, changes))


def _refused(laptop: Laptop, *lines: bytes) -> str:
    with pytest.raises(FileError) as refusal:
        taking.keep(laptop.db, STRANGE, ledger.Reached(), lines)
    assert not laptop.db.execute("SELECT count(*) FROM share_waiting").fetchone()[0]
    return refusal.value.message


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("contact", "name", 7),
        ("contact", "name", None),
        ("contact", "name", "A\0da"),
        ("contact", "kind", "animal"),
        ("contact", "archived_on", "2026-02-30"),
        ("contact", "detail.phones", "0113"),
        ("contact", "detail.phones", [["0113", [7], ""]]),
        ("contact", "detail.n", {"given": ["Ada"]}),
        ("contact", "detail.photo", b"x"),
        ("address", "preferred", True),
        ("address", "preferred", 1 << 63),
        ("address", "postal", ["x"]),
        ("address", "contact_id", "Ada Oak"),
        ("occasion", "day", ["birthday", "", "1980-13-41"]),
        ("note", "text", ["tea"]),
        ("membership", "contact_id", 7),
        ("vcard", "card", "BEGIN:VCARD"),
        ("vcard", "card", [1, b"BEGIN:VCARD", [[-5, b"x" * 32]]]),
        ("vcard", "card", [1, b"BEGIN:VCARD", [[5, b"x" * 32], [1, b"x" * 32]]]),
        ("vcard", "source", ["cards.vcf", "spring"]),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_refused(
    pair: tuple[Laptop, Laptop], table: str, column: str, value: object
) -> None:
    """Nothing of it is kept, and the refusal says which step says what."""
    his, _ = pair
    uuid, values = _of(his, table)
    for change in (
        Change(table, uuid, column, value),
        Change(table, _NEW, row={**values, column: value}),
    ):
        words = _refused(his, _step(his, change))
        assert "step 1" in words
        assert f"{table}.{column}" in words


def test_values_as_they_are_and_columns_of_a_newer_relcard_are_kept(pair: tuple[Laptop, Laptop]) -> None:
    his, _ = pair
    changes = [
        Change(table, uuid, row=row) for table in TABLES if table != "photo" for uuid, row in _all(his, table)
    ]
    changes += [
        Change("pet", _NEW, row={"name": [1, {"a": None}]}),
        Change("note", _of(his, "note")[0], "mood", 7),
    ]
    taking.keep(his.db, STRANGE, ledger.Reached(), [_step(his, *changes)])
    assert taking.take(his.db, TERMS).steps == {STRANGE: 1}


def test_a_photo_that_is_another_and_a_uuid_that_is_none_are_refused(pair: tuple[Laptop, Laptop]) -> None:
    his, _ = pair
    digest = hashlib.sha256(b"photo").digest()
    uuid = encoding.uuid_of({"sha256": digest})
    assert "photo" in _refused(
        his, _step(his, Change("photo", uuid, row={"sha256": digest, "data": b"other"}))
    )
    assert "UUID" in _refused(his, _step(his, Change("note", "ff" * 16, row=_of(his, "note")[1])))
    taking.keep(
        his.db,
        STRANGE,
        ledger.Reached(),
        [_step(his, Change("photo", uuid, row={"sha256": digest, "data": b"photo"}))],
    )


def test_a_counter_that_jumps_and_a_number_that_is_left_out_are_refused(pair: tuple[Laptop, Laptop]) -> None:
    """Else this laptop's own next step would have a counter that nobody reads."""
    his, _ = pair
    note = Change("note", _of(his, "note")[0], "text", "milk")
    assert "counter" in _refused(his, _step(his, note, clock=1 << 53))
    assert "follow" in _refused(his, _step(his, note), _step(his, note, number=3))


def test_half_a_letter_and_a_number_that_is_none_are_refused(pair: tuple[Laptop, Laptop]) -> None:
    his, _ = pair
    line = _step(his, Change("note", _of(his, "note")[0], "text", "milk"))
    for value in (b'"\\ud800"', b"NaN", b"1e999"):
        _refused(his, line.replace(b'"milk"', value))


def test_a_row_without_what_it_needs_waits_for_it(pair: tuple[Laptop, Laptop]) -> None:
    """It stands nowhere, nor does a vCard whose photo is not here, and both come with what they lacked."""
    his, hers = pair
    _, note = _of(his, "note")
    _, text = _of(his, "vcard")
    digest = hashlib.sha256(b"photo").digest()
    photo = Change("photo", encoding.uuid_of({"sha256": digest}), row={"sha256": digest, "data": b"photo"})
    other = {**text, "card": [1, b"BEGIN:VCARD\r\nPHOTO:\r\nEND:VCARD\r\n", [[19, digest]]]}
    half = {column: value for column, value in note.items() if column != "noted_on"}
    nobody = Change("membership", _NEW, row={**_of(his, "membership")[1], "contact_id": None})
    lines = [
        _step(
            his, Change("note", _NEW, row={**half, "text": "milk"}), Change("vcard", _NEW, row=other), nobody
        ),
        _step(his, photo, Change("note", _NEW, "noted_on", "2026-11-20"), number=2),
    ]
    for laptop in pair:
        taking.keep(laptop.db, STRANGE, ledger.Reached(), lines[:1])
        taking.take(laptop.db, TERMS)
        assert laptop.notes() == ["tea"]
    come_together(his, hers)
    for laptop in pair:
        taking.keep(laptop.db, STRANGE, ledger.Reached(), lines[1:])
        taking.take(laptop.db, TERMS)
        assert laptop.notes() == ["milk", "tea"]
        assert checks.examine(laptop.path).is_sound
    come_together(his, hers)


def test_a_card_of_no_household_is_listed_of_nobody(pair: tuple[Laptop, Laptop]) -> None:
    """A pointer to nothing takes the row out of its table, and both laptops go on."""
    his, hers = pair
    uuid, _ = _of(his, "recipient")
    for laptop in pair:
        taking.keep(
            laptop.db,
            STRANGE,
            ledger.Reached(),
            [_step(his, Change("recipient", uuid, "household_id", None))],
        )
        taking.take(laptop.db, TERMS)
    come_together(his, hers)
    assert [conflict.who for conflict in his.listed() if conflict.table == "recipient"] == [""]


def test_what_ends_in_a_fault_waits_and_others_come_in(
    pair: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault nobody foresaw costs the steps of that laptop alone, which wait, and it is told why."""
    his, hers = pair
    put = projecting.Projection._put

    def faulty(self: projecting.Projection, key: Key, *rest: Any, **more: Any) -> bool:
        assert key != ("note", _NEW)
        return put(self, key, *rest, **more)

    monkeypatch.setattr(projecting.Projection, "_put", faulty)
    note = {**_of(his, "note")[1], "text": "milk"}
    taking.keep(his.db, STRANGE, ledger.Reached(), [_step(his, Change("note", _NEW, row=note))])
    hers.note("Ada Oak", "bread")
    taken = his.take(hers)
    assert (taken.steps, taken.waiting) == ({hers.device: 1}, 1)
    assert "AssertionError" in taken.untaken[STRANGE]
    assert his.notes() == ["bread", "tea"]
    monkeypatch.undo()
    assert his.take(hers).steps == {STRANGE: 1}
    assert his.notes() == ["bread", "milk", "tea"]


def _changes(chance: random.Random, rows: dict[Key, dict[str, Any]], heads: list[Write]) -> list[Change]:
    """Return some changes with the values of other rows, or any, pointers to any row, and vias in circles."""
    changes: list[Change] = []
    keys = [key for key in rows if key[0] != "photo"]
    for _ in range(chance.choice((1, 2, 6))):
        table, uuid = chance.choice(keys)
        replaced = tuple(heads) if chance.random() < 0.5 else ()
        values = dict(rows[table, uuid])
        for column in [chance.choice([*values]) for _ in range(chance.choice((1, 1, 3)))]:
            like = [other[column] for (name, _), other in rows.items() if name == table and column in other]
            values[column] = chance.choice(
                (*like, *like, *like, chance.choice(keys)[1], chance.choice(_NONSENSE))
            )
            changes.append(Change(table, uuid, column, values[column], replaces=replaced))
        if table in ("membership", "circle", "cadence"):  # their contact is their row's number for good
            changes = [change for change in changes if change.column != "contact_id"]
        elif chance.random() < 0.6:
            new = UUID(bytes=chance.randbytes(16), version=4).hex
            changes.append(Change(table, new, row=values, touches=(chance.choice(keys)[1],)))
            keys.append((table, new))
            rows[table, new] = values
        if chance.random() < 0.4:
            gone, via = chance.choice(keys), chance.choice(keys)[1]
            changes.append(Change(*gone, is_gone=True, via=via, replaces=replaced))
    return changes


def test_whatever_a_laptop_says_the_others_go_on(
    pair: tuple[Laptop, Laptop], dose: Callable[[int, int], int]
) -> None:
    """Refused or taken: both have the same, all can be read, and what one writes oneself reaches the other."""
    his, hers = pair
    outcomes = {True: 0, False: 0}
    for seed in range(dose(15, 1500)):
        chance = random.Random(seed)  # noqa: S311  repeatable
        rows = {(table, uuid): row for table in TABLES for uuid, row in _all(his, table)}
        number = ledger.vector(his.db).get(STRANGE, 0) + 1
        line = _step(his, *_changes(chance, rows, [Write(his.device, 1)]), number=number)
        is_taken = [_takes(laptop, line) for laptop in pair] == [True, True]
        outcomes[is_taken] += 1
        if is_taken and not seed % 4:
            _go_on(his, hers, f"seed {seed}")
    assert outcomes[True]


def _takes(laptop: Laptop, line: bytes) -> bool:
    """Whether a laptop takes a step, or refuses it in words."""
    try:
        taking.keep(laptop.db, STRANGE, ledger.Reached(), [line])
    except FileError:
        return False
    assert taking.take(laptop.db, TERMS._replace(allowed=None)).untaken == {}
    return True


def _go_on(his: Laptop, hers: Laptop, words: str) -> None:
    his.book.imported(card(f"Una {words}"))
    his.note(f"Una {words}", words)
    come_together(his, hers)
    assert words in hers.notes()
    for laptop in (his, hers):
        assert checks.examine(laptop.path).is_sound, words

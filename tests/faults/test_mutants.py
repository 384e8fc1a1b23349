"""Damaged files through the whole import: no crash, and every BEGIN:VCARD is stored or named."""

from __future__ import annotations

import io
import random
import re
import signal
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.services.importing.import_cards import import_cards
from relcard.store import vcards
from relcard.store.file import journal
from relcard.store.file.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from relcard.services.importing.import_cards import ImportReport

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "sample_contacts.vcf", *sorted((ROOT / "tests/data/vcards").rglob("*.vcf"))]
TODAY = date(2026, 11, 20)
# What stands for a card of its own: a BEGIN at the start of a line, give or take a group and spaces.
_BEGIN = re.compile(rb"(?:^|[\r\n])[ \t]*(?:[\w-]+\.)*BEGIN[ \t]*:[ \t]*VCARD[ \t]*(?=[\r\n])", re.IGNORECASE)
_TOKENS = (
    b'"', b":", b";", b",", b"\\", b"\n", b"\r", b" ", b"=", b"\n ", b"\xff", b"\xc3", b"\x00", b"\x1b[2J",
    b"BEGIN:VCARD\r\n", b"\r\nEND:VCARD\r\n", b"CHARSET=utf-7", b"ENCODING=b;", b"VERSION:2.1\r\n", b"item1.",
    b"\xef\xbb\xbf", b"\xe2\x80\xae", b"UID:x\r\n", b"N:;;;;\r\n", b"BDAY:1604-02-30\r\n", b"KIND:group\r\n",
)  # fmt: skip
_LONGEST = (
    10  # seconds of this process's own work for one mutant: far beyond what any needs; no hang passes it
)


def _mutant(seed: int, files: list[bytes]) -> bytes:
    rng = random.Random(seed)  # noqa: S311  a seed that can be repeated
    data = bytearray(rng.choice(files))
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(data) + 1)
        chance = rng.random()
        if chance < 0.6:
            data[at:at] = rng.choice(_TOKENS)
        elif chance < 0.9:
            del data[at : at + rng.randint(1, 40)]
        else:
            data[at:at] = data[at : at + rng.randint(1, 400)]
    return bytes(data)


def _hangs(_signal: int, _frame: FrameType | None) -> None:
    raise AssertionError("a mutant was not read in time")


def test_mutants_of_every_fixture_are_stored_or_named(dose: Callable[[int, int], int]) -> None:
    """Whatever happened to a file, its cards are in the store, understood or kept, and undo takes all back."""
    files = [path.read_bytes() for path in FILES]
    files = [data for data in files if not data.startswith((b"\xff\xfe", b"\xfe\xff"))]  # UTF-16 is re-coded
    before = signal.signal(signal.SIGVTALRM, _hangs)
    try:
        with closing(open_store(":memory:")) as db:
            for seed in range(dose(300, 10_000)):
                data = _mutant(seed, files)
                signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
                with journal.step(db, "import", today=TODAY):
                    report = import_cards(db, [("mutant.vcf", io.BytesIO(data))], today=TODAY)
                kept = b"\n".join(card.raw for card in vcards.all_cards(db))
                begins = _BEGIN.findall(data)
                assert len(_BEGIN.findall(kept)) + report.unchanged >= len(begins) - _named(report), seed
                journal.undo(db)
                assert not list(vcards.all_cards(db)), seed
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _named(report: ImportReport) -> int:
    """Return how many stretches outside every card the report names."""
    return sum("outside" in str(one) for one in report.problems)

"""A disk that grows old: the doctor finds every flipped bit in a card, and no bit anywhere makes it fall over."""

from __future__ import annotations

import base64
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from relcard.store.file import checks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.laptop import Laptop

_PIECE = 256  # bytes of a long text that surely stand together on one page


def _cards(path: Path, data: bytes) -> list[tuple[str, range]]:
    """Return where in the file the text of each card stands, with the contact's name; long texts in pieces."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            """SELECT name, raw FROM vcard JOIN contact ON contact.id = contact_id
               UNION ALL
               SELECT name, data FROM cutting JOIN photo ON photo.id = photo_id
               JOIN vcard ON vcard.id = vcard_id JOIN contact ON contact.id = contact_id"""
        ).fetchall()
    found = []
    for name, raw in rows:
        pieces = [raw] if len(raw) < 2000 else [raw[at : at + _PIECE] for at in range(0, len(raw), _PIECE)]
        for piece in pieces:
            if data.count(piece) == 1:  # one that goes over the end of a page stands nowhere as a whole
                at = data.index(piece)
                found.append((name, range(at, at + len(piece))))
    return found


def test_every_flipped_bit_in_a_card_is_found(
    laptop: Laptop, sample: Path, dose: Callable[[int, int], int]
) -> None:
    """Flips in the cards and anywhere else: each that hit a card is found with the name, none raises."""
    chance = random.Random(20261120)  # noqa: S311  the same flips every time
    photo = base64.b64encode(chance.randbytes(20_000)).decode()
    large = laptop.folder / "large.vcf"
    large.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lars Large\r\nPHOTO;ENCODING=b:{photo}\r\nEND:VCARD\r\n"
    )
    laptop.command("import", str(sample), str(large))
    data = laptop.store.read_bytes()
    cards = _cards(laptop.store, data)
    names = {name for name, _ in cards}
    assert {"Anna Kowalska", "Lars Large"} <= names
    assert len(names) > 25
    hits = 0
    for number in range(dose(30, 1000)):
        where = chance.choice(chance.choice(cards)[1]) if number % 2 else chance.randrange(len(data))
        flipped = bytearray(data)
        flipped[where] ^= 1 << chance.randrange(8)
        laptop.store.write_bytes(flipped)
        found = checks.examine(str(laptop.store))
        hit = next((name for name, place in cards if where in place), None)
        if hit is not None:
            hits += 1
            assert not found.is_sound
            assert hit in {one.who for one in found.findings}, (hit, where)
    assert hits >= dose(15, 500)
    laptop.store.write_bytes(data)
    assert checks.examine(str(laptop.store)).findings == []

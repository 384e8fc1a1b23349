"""Everything in one file that outlives relcard: vCards for any program, and the store row by row."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from relcard.services.data.export_cards import export_cards
from relcard.store.file import archive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.store.file.database import Connection

CARDS = "contacts.vcf"
STORE = "store.json"
README = "README.txt"
MANIFEST = "MANIFEST"

_WORDS = """\
An address book, written by relcard, which keeps contacts and leaves room for your pen.
contacts.vcf has every contact as a vCard: any address book can read it.
store.json has all the rest too: circles, notes, facts, households, seasons. Keep it to yourself.
MANIFEST has the SHA-256 of each file, as sha256sum -c reads it.
To have all of it back in relcard: relcard restore with the name of this archive.
Settings and templates are files beside the store and not in here; nor are the steps that undo takes back.
"""
# The same store gives the same bytes: no clock, no name of a computer.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def export_archive(db: Connection) -> bytes:
    """Return a ZIP archive of the whole store, from which `restore_store` makes the same store again."""
    out = io.BytesIO()
    manifest = []
    with zipfile.ZipFile(out, "w") as file:
        for name, pieces in (
            (README, iter([_WORDS.encode()])),
            (CARDS, export_cards(db)),
            (STORE, (line.encode() for line in archive.as_text(db))),
        ):
            manifest.append(f"{_add(file, name, pieces)}  {name}\n")
        _add(file, MANIFEST, ["".join(manifest).encode()])
    return out.getvalue()


def _add(file: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    with file.open(entry, "w", force_zip64=True) as member:
        for piece in pieces:
            digest.update(piece)
            member.write(piece)
    return digest.hexdigest()

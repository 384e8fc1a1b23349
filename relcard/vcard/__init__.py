"""vCards in and out: RFC 6350, RFC 2426, vCard 2.1 and what programs make of them.

What writes vCards is loaded when it is first asked for: an import only reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.vcard.photos import find_photos
from relcard.vcard.read import ParsedCard
from relcard.vcard.read import parse_card
from relcard.vcard.read_file import Reader
from relcard.vcard.split import RawCard
from relcard.vcard.split import split_cards

if TYPE_CHECKING:
    from relcard.vcard.patch import patch_vcard
    from relcard.vcard.write import contact_to_vcard

__all__ = [
    "ParsedCard",
    "RawCard",
    "Reader",
    "contact_to_vcard",
    "find_photos",
    "parse_card",
    "patch_vcard",
    "split_cards",
]

_WRITERS = {"contact_to_vcard": "relcard.vcard.write", "patch_vcard": "relcard.vcard.patch"}


def __getattr__(name: str) -> object:
    if name not in _WRITERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_WRITERS[name]), name)

"""vCards in and out: RFC 6350, RFC 2426, vCard 2.1 and what programs make of them.

What reads them is here; what writes them is in `write` and `patch`, which an import does not load.
"""

from __future__ import annotations

from relcard.vcard.photos import find_photos
from relcard.vcard.read import ParsedCard
from relcard.vcard.read import has_same_lines
from relcard.vcard.read import own_labels
from relcard.vcard.read import parse_card
from relcard.vcard.read import shared_lines
from relcard.vcard.read_file import Reader
from relcard.vcard.split import RawCard
from relcard.vcard.split import split_cards

__all__ = [
    "ParsedCard",
    "RawCard",
    "Reader",
    "find_photos",
    "has_same_lines",
    "own_labels",
    "parse_card",
    "shared_lines",
    "split_cards",
]

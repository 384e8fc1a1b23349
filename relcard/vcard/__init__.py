"""vCards in and out: RFC 6350, RFC 2426, vCard 2.1 and what programs make of them."""

from __future__ import annotations

from relcard.vcard.lines import RawCard
from relcard.vcard.lines import split_cards
from relcard.vcard.patch import patch_vcard
from relcard.vcard.photos import find_photos
from relcard.vcard.read import ParsedCard
from relcard.vcard.read import parse_card
from relcard.vcard.reader import Reader
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

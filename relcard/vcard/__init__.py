"""vCards in and out: RFC 6350, RFC 2426, vCard 2.1 and what programs make of them."""

from __future__ import annotations

from relcard.vcard.lines import RawCard
from relcard.vcard.lines import split_cards
from relcard.vcard.patch import patch_vcard
from relcard.vcard.read import ParsedCard
from relcard.vcard.read import parse_card
from relcard.vcard.write import contact_to_vcard

__all__ = ["ParsedCard", "RawCard", "contact_to_vcard", "parse_card", "patch_vcard", "split_cards"]

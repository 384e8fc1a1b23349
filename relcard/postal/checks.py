"""What is wrong with an address, in words, with the shape its country expects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.domain.people.owner_label import contradicts
from relcard.domain.people.owner_label import owner_label
from relcard.postal.countries import country_code
from relcard.postal.countries import plain_name
from relcard.postal.countries import spelling_key
from relcard.postal.postcodes import spaced_postcode
from relcard.postal.rules import rules_for

if TYPE_CHECKING:
    from relcard.domain.people.contact import Address
    from relcard.postal.rules import Rules

_DIGITS = re.compile(r"\\d\{(\d)\}")
# What people write of two countries at once.
_SEVERAL = {
    "channel islands": "Jersey or Guernsey",
    "virgin islands": "British Virgin Islands or US Virgin Islands",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def check_address(address: Address, *, sender_country: str = "") -> tuple[str, ...]:
    """Return the faults that keep a greeting card from an address, in words; none when it is sound.

    An address that names no country is taken for one in `sender_country` when its postcode has that country's
    shape; else the missing country is the first thing said. A label that says
    what the parts say is its owner's word: only its country is asked for. Where it says something else the
    parts are printed, and the difference is named.
    """
    if address.is_empty:
        return ("no address",)
    if lacks_country(address, sender_country=sender_country):
        return ("no country", *_differing(address), *_lacking(address, None))
    code = address.country_code or country_code(address.country)
    if not code and address.country.strip():
        return (_unknown_country(address.country.strip()),)
    code = code or sender_country.upper()
    if owner_label(address):
        return ()
    rules = rules_for(code)
    return (*_differing(address), *_lacking(address, rules), *(_postcode(address, rules) if rules else ()))


def _unknown_country(written: str) -> str:
    several = _SEVERAL.get(spelling_key(written))
    if several:
        return f'"{written}" is more than one country; write {several}'
    return f'no country is called "{written}"; write its name in English'


def lacks_country(address: Address, *, sender_country: str = "") -> bool:
    """Whether an address names no country and its postcode has not the shape of the sender's."""
    if address.is_empty or address.country_code or address.country.strip():
        return False
    rules = rules_for(sender_country.upper()) if sender_country else None
    return rules is None or not _may_lie_in(address, rules)


def _differing(address: Address) -> list[str]:
    """Say where label and parts are two addresses."""
    if not contradicts(address):
        return []
    label = ", ".join(line.strip(" ,") for line in address.label.splitlines() if line.strip(" ,"))
    parts = (address.street, address.extended, address.po_box, address.postcode, address.locality)
    printed = ", ".join(" ".join(part.split()) for part in parts if part.strip())
    return [f'its label says "{label}", its parts say "{printed}", which is what is printed']


def _may_lie_in(address: Address, rules: Rules) -> bool:
    """Whether the postcode of an address has a country's shape, if it has one."""
    if owner_label(address) or rules.postcode is None:
        return True
    return bool(rules.postcode.fullmatch(address.postcode.strip()))


def _lacking(address: Address, rules: Rules | None) -> list[str]:
    """Name the parts that are missing and required; without rules, what no country can do without."""
    if owner_label(address):
        return []
    required = rules.required if rules else frozenset("AC")
    missing = []
    if "A" in required and not (address.street or address.po_box or address.extended):
        missing.append("no street")
    if "C" in required and not address.locality:
        missing.append("no town")
    if rules and "S" in required and not address.region:
        missing.append(f"no {rules.region_word}; {plain_name(rules.code)} wants one")
    return missing


def _postcode(address: Address, rules: Rules) -> list[str]:
    if rules.postcode is None:
        return []
    typed = " ".join(address.postcode.split())
    spaced = spaced_postcode(typed, rules.code)
    if not typed:
        missing = "Z" in rules.required
        return [f"no postcode; {plain_name(rules.code)} wants {_shape(rules)}"] if missing else []
    bare = re.sub(rf"(?:{rules.code}|[A-Z]|〒)[- ]?(?=\d)", "", typed, count=1)
    if any(map(rules.postcode.fullmatch, (typed, spaced, bare, f"{rules.code}-{bare}"))):
        return []
    return [f'the postcode "{typed}" does not fit; {plain_name(rules.code)} wants {_shape(rules)}']


def _shape(rules: Rules) -> str:
    """Describe a postcode: "five digits" where that says it all, else by an example."""
    assert rules.postcode is not None  # noqa: S101  asked only where there is one
    digits = _DIGITS.fullmatch(rules.postcode.pattern)
    if digits:
        return f"{_NUMBERS[int(digits[1])]} digits"
    return f"one like {rules.example}" if rules.example else "another shape"

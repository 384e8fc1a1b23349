"""An address that stands in one cell, in lines or between commas, taken apart where its shape is plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.domain.people.contact import Address

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 400  # characters; a longer text is no address with a plain shape

# Postcode and town on one line: 10115 Berlin, PL 31-147 Kraków, 111 51 Stockholm, 1012 AB Amsterdam.
_CODE_FIRST = re.compile(
    r"((?:[A-Z]{1,2}[- ])?(?:\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|\d{4,5}))[ ]+(\D.+)"
)
# Leeds LS1 4DY, and the postcode on a line of its own.
_BRITISH = re.compile(r"(.*?)[, ]*\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})", re.IGNORECASE)
# Portland, OR 97209 and Ottawa ON K1A 0B1.
_AMERICAN = re.compile(r"(.*?)[, ]*\b([A-Z]{2})[, ]+(\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)")


def address_of_lines(text: str, *, country: str, code_of: Callable[[str], str]) -> Address:
    """Return the parts of an address, or its lines as a label: what its owner would write is never wrong.

    `country` is what a column of its own says; else a last line that names one is it.
    """
    glue = "\n" if "\n" in text else ","
    lines = [one.strip(" ,\t") for one in text.split(glue)]
    lines = [one for one in lines if one]
    if len(text) <= _LONGEST and not country and len(lines) > 1 and not _has_digit(lines[-1]):
        country = lines.pop() if code_of(lines[-1]) else ""
    if len(text) <= _LONGEST and len(lines) > 1:
        found = _last_line(lines)
        if found is not None:
            street, town, region, postcode = found
            return Address(
                street="\n".join(street), locality=town, region=region, postcode=postcode, country=country
            )
    if not country and len(lines) == 1:
        return Address(street=lines[0]) if lines else Address()
    return Address(label="\n".join([*lines, *([country] if country else [])]), country=country)


def _last_line(lines: list[str]) -> tuple[list[str], str, str, str] | None:
    """Return street, town, region and postcode when the last line or two have a shape that says so."""
    last = lines[-1]
    if found := _CODE_FIRST.fullmatch(last):
        return lines[:-1], found[2], "", found[1]
    for shape, region in ((_AMERICAN, True), (_BRITISH, False)):
        found = shape.fullmatch(last)
        if not found:
            continue
        street, town = (lines[:-1], found[1]) if found[1] else (lines[:-2], lines[-2])
        if street:
            return street, town, found[2] if region else "", found[found.lastindex or 1]
    return None


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))

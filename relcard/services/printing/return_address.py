"""The sender's own address: typed as one text, kept as the lines that stand on an envelope."""

from __future__ import annotations

from typing import NamedTuple

from relcard.domain.people.contact import Address
from relcard.domain.people.typed_address import read_apart
from relcard.postal import country_code
from relcard.postal.countries import country_name
from relcard.postal.lines import address_lines


class ReturnAddress(NamedTuple):
    """Lines in the letters they were typed in; `country` is the one the text named, ISO 3166-1, or ""."""

    lines: tuple[str, ...]
    country: str = ""


def read_return_address(typed: str, sender_country: str) -> ReturnAddress:
    """Return the lines of an address as its own post writes them, without a country that is the sender's.

    What has no plain shape keeps its lines as they were typed, at its commas.
    """
    named = _read(typed, "")
    read = named if named.country_code else _read(typed, sender_country)
    code = named.country_code or sender_country
    pieces = tuple(line.strip() for line in typed.replace("\n", ",").split(",") if line.strip())
    if not (read.locality and code) or (sender_country and code != sender_country):
        return ReturnAddress(pieces, named.country_code)
    lines = address_lines(read._replace(label="", country="", country_code=code), sender_country=code)
    return ReturnAddress(tuple(_in_letters_of(typed, line) for line in lines), named.country_code)


def lines_abroad(lines: tuple[str, ...], sender_country: str) -> tuple[str, ...]:
    """Return the sender's lines on mail abroad: with the country, without which nothing would come back."""
    return (*lines, country_name(sender_country)) if lines and sender_country else lines


def _read(typed: str, code: str) -> Address:
    return read_apart(Address(label=typed, country_code=code), code_of=country_code).address


def _in_letters_of(typed: str, line: str) -> str:
    """Return a line with each word as it was typed: a post's capitals are not the sender's."""
    words = {word.casefold(): word for word in typed.replace(",", " ").split()}
    return " ".join(
        words.get(bare.casefold(), bare) + "," * (word != bare)
        for word in line.split()
        for bare in (word.removesuffix(","),)
    )

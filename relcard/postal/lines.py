"""The lines under the addressee, in the order the country of destination wants them.

Every non-empty part of an address comes out once, whether the country's format foresees it or not: a line too
many is read by the postman, a part too few comes back in January.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Literal

from relcard.domain.people.owner_label import owner_label
from relcard.domain.posts import head_of_post
from relcard.domain.posts import is_found_by_postcode
from relcard.domain.text import fold
from relcard.domain.text import has_east_asian
from relcard.domain.text import is_east_asian
from relcard.postal.countries import capitals
from relcard.postal.countries import country_code
from relcard.postal.countries import country_name
from relcard.postal.postcodes import spaced_postcode
from relcard.postal.rules import plain_rules
from relcard.postal.rules import rules_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from relcard.domain.people.contact import Address
    from relcard.postal.rules import Piece
    from relcard.postal.rules import Rules

CountryLine = Literal["auto", "always", "never"]

_NAMES_LAST = frozenset(("CN", "HK", "JP", "KP", "KR", "MO", "TW"))

# A flat in a part of its own: stands behind the house number, but on a line above it where the post asks so.
_FLAT = (
    r"(?i)(?:#|№|(?:apt|apartment|unit|suite|ste|rm|m|lok|miesz\w*|кв|kv|lgh|tür|top|whg|wohnung|piso|int|interno|"
    r"bus|bte|boîte|daire|em|emelet|fszt|byt|d)\b\.?)? ?[\w./-]*\d[\w./ -]*|[a-z]|\d+ ?[a-z]"
)
_FLAT_ABOVE = frozenset(("GB", "IE", "FR", "GG", "JE", "IM", "MC"))
# Whose own post wants the island's name above the postcode, and has no line for a country.
_ISLANDS = frozenset(("GG", "JE", "IM"))
_COMMA_COUNTRIES = frozenset(("RU", "UA", "BY", "KZ", "BG"))

_BOX_WORDS = {
    "DE": "Postfach",
    "AT": "Postfach",
    "CH": "Postfach",
    "LI": "Postfach",
    "FR": "BP",
    "BE": "BP",
    "MC": "BP",
    "ES": "Apartado de Correos",
    "PT": "Apartado",
    "BR": "Caixa Postal",
    "IT": "Casella Postale",
    "NL": "Postbus",
    "PL": "Skr. poczt.",
    "SE": "Box",
    "DK": "Postboks",
    "NO": "Postboks",
    "FI": "PL",
    "CZ": "P. O. Box",
    "HU": "Pf.",
    "RU": "а/я",
    "UA": "а/с",
    "GR": "Τ.Θ.",
}
# Posts that want no country's letters before a postcode, since the last line names it: DIN 5008,
# ÖNORM A 1080, Swiss Post. Else the destination has its wish: PostNord's is "SE-111 51" from abroad.
_WITHOUT_LETTERS = frozenset(("AT", "CH", "DE", "LI"))
# NF Z 10-011, wherever La Poste delivers: the last lines in capitals; PostNL: the town.
_CAPITALS_AT_HOME = {"FR": frozenset("ASC"), "NL": frozenset("C")}
_LANGUAGE_OF_CAPITALS = {"TR": "tr", "AZ": "az", "GR": "el", "CY": "el"}


def address_lines(
    address: Address,
    *,
    sender_country: str,
    country_line: CountryLine = "auto",
    language: str = "en",
    names: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the lines that go under the addressee; none for an empty address.

    `sender_country` is ISO alpha-2 and also the country of an address that names none. `country_line` "auto"
    leaves the country out of domestic post; it is last, in capitals and in `language` (see `post_language`).
    An address with a label that says what its parts say is written as its owner wants it; a first line that
    is one of `names` is left out there, since the addressee stands above.
    """
    if address.is_empty:
        return ()
    code = _destination(address, sender_country)
    lines = (
        _label_lines(address, code, names)
        if owner_label(address)
        else _composed(address, code, sender_country)
    )
    country = _country_line(address, code, sender_country, country_line, language)
    if not country:
        return tuple(lines)
    if len(lines) > 1 and lines[-1].casefold() == country.casefold():
        lines.pop()  # Gibraltar is both the town and the country
    return (*lines, country)


def names_come_last(address: Address) -> bool:
    """Whether the addressee stands under the address: one in Chinese, Japanese or Korean script.

    A country line stays the last of all.
    """
    return (
        not owner_label(address)
        and address.country_code in _NAMES_LAST
        and _is_written_large_to_small(address)
    )


def _destination(address: Address, sender_country: str) -> str:
    """Return the code of the country, "" for one nobody knows."""
    return address.country_code.upper() or country_code(address.country, default=sender_country)


def _country_line(address: Address, code: str, sender_country: str, wish: CountryLine, language: str) -> str:
    if wish == "never" or (wish == "auto" and code and is_found_by_postcode(sender_country.upper(), code)):
        return ""
    return country_name(code, language) or capitals(address.country.strip() or code)


def _label_lines(address: Address, code: str, names: Collection[str]) -> list[str]:
    lines = [line for line in map(_squeezed, address.label.splitlines()) if line]
    if len(lines) > 1 and lines[0].casefold() in {_squeezed(name).casefold() for name in names}:
        del lines[0]
    if len(lines) > 1 and code and country_code(lines[-1]) == code:
        del lines[-1]  # whether and how the country is named is decided for the whole envelope
    return lines


def _composed(address: Address, code: str, sender_country: str) -> list[str]:
    sender = sender_country.upper()
    rules = rules_for(code) or plain_rules()
    layout = rules.native if _is_written_large_to_small(address) else rules.latin
    abroad = not code or not is_found_by_postcode(sender, code)
    parts = _parts(address, rules, _in_capitals(rules, sender, abroad=abroad))
    if code in _ISLANDS and not abroad and code != sender:
        parts["S"] = "\n".join(filter(None, (parts["S"], country_name(code))))
    if not parts["S"]:
        layout = rules.without_region or layout
    letters = abroad and sender not in _WITHOUT_LETTERS
    lines: list[str] = []
    for pieces in layout:
        line = _line(pieces, parts, letters=letters)
        lines += [part for part in map(_trimmed, line.split("\n")) if any(map(str.isalnum, part))]
    return lines


def _in_capitals(rules: Rules, sender: str, *, abroad: bool) -> frozenset[str]:
    """Return the fields that stand in capitals: those of the destination, at home those of the own post."""
    if abroad:
        return rules.upper_abroad
    return rules.upper | _CAPITALS_AT_HOME.get(head_of_post(sender), frozenset())


def _parts(address: Address, rules: Rules, upper: frozenset[str]) -> dict[str, str]:
    """Return the text of each field, those in `upper` in capitals."""
    town, region = _joined(address.locality), _joined(address.region)
    if region and town.isascii() and not region.isascii() and fold(town) == fold(region):
        town = region  # Izmir lies in İzmir
    street = _street(address, rules)
    if region and rules.own_region == rules.code != country_code(region):
        if fold(region) != fold(town):  # to the post the state is FM, whatever island it is
            street = f"{street}\n{region}"
        region = ""
    parts = {
        "A": street,
        "C": town,
        "S": _region(region, town, rules),
        "Z": spaced_postcode(_joined(address.postcode).strip("〒 "), rules.code),
    }
    if "A" in upper and head_of_post(rules.code) in _CAPITALS_AT_HOME:
        parts["A"] = re.sub(r"(?m)^(\d+\w*) ?,", r"\1", parts["A"])  # NF Z 10-011: no comma behind the number
    language = _LANGUAGE_OF_CAPITALS.get(rules.code, "")
    return {field: capitals(text, language) if field in upper else text for field, text in parts.items()}


def _region(typed: str, town: str, rules: Rules) -> str:
    """Return the region as the country's post has it, "" where it says only what stands elsewhere."""
    if not (typed or rules.own_region):
        return ""
    region = rules.regions.get(typed.lower(), typed)
    if rules.own_region and (not typed or country_code(typed) == rules.code):
        return rules.own_region
    if rules.needs_region:
        return region
    is_country = len(typed) > 2 and not rules.has_region and country_code(typed) == rules.code
    return "" if is_country or fold(region) == fold(town) else region  # Moscow lies in Moscow


def _street(address: Address, rules: Rules) -> str:
    """Return post box, building and street, the flat where the country puts it; lines parted by newlines."""
    street = _squeezed_lines(address.street)
    extended = _squeezed_lines(address.extended)
    if street and extended and rules.code not in _FLAT_ABOVE and re.fullmatch(_FLAT, extended):
        between = ", " if rules.code in _COMMA_COUNTRIES else " "
        street, extended = f"{street}{between}{extended}", ""
    elif has_east_asian(street):
        street, extended = f"{street}\n{extended}", ""  # the building comes after the block
    box = _joined(address.po_box)
    if box and not any(map(str.isalpha, box)):
        box = f"{_BOX_WORDS.get(rules.code, 'PO Box')} {box}"
    # Many a card says the same in two fields: the post box as the street too, the house as the flat.
    parts: dict[str, str] = {}
    for part in (street, extended, box):
        if part.strip():
            parts.setdefault(_squeezed(part).casefold(), part)
    return "\n".join(reversed(parts.values()))


def _line(pieces: tuple[Piece, ...], parts: dict[str, str], *, letters: bool) -> str:
    """Write one line; text between two fields stays only when both are there."""
    line = ""
    between: list[str] = []
    for piece in pieces:
        if not piece.field:
            between.append(piece.text)
            continue
        value = parts[piece.field]
        if not value:
            continue
        words = [text for text in between if any(map(str.isalnum, text))]
        if words:
            line += "".join(words)
        elif line:
            line += _separator(between, line, value)
        line += _prefixed(piece, value, letters=letters)
        between = []
    if line:
        line += "".join(text for text in between if any(map(str.isalnum, text)))
    return line


def _separator(between: list[str], before: str, after: str) -> str:
    if len(between) == 1:
        return between[0]
    if not between and is_east_asian(before[-1]) and is_east_asian(after[:1]):
        return ""
    return " "  # what stood between is gone, and its punctuation with it


def _prefixed(piece: Piece, value: str, *, letters: bool) -> str:
    """Put the country's `letters` before its postcode, or take those away that somebody typed."""
    if not piece.prefix:
        return value
    bare = re.sub(rf"(?i){piece.prefix.rstrip('-')}[- ]?(?=\d)", "", value, count=1)
    return piece.prefix + bare if letters or piece.prefix == "〒" else bare


def _is_written_large_to_small(address: Address) -> bool:
    """Tell an address in letters of Chinese, Japanese or Korean, which names the country's part first."""
    return has_east_asian(f"{address.street}{address.locality}{address.region}")


def _joined(text: str) -> str:
    return _squeezed(text) if text else ""


def _squeezed_lines(text: str) -> str:
    """Return a text whose own line breaks stay."""
    if "\n" not in text and "\r" not in text:
        return _squeezed(text)
    return "\n".join(filter(None, map(_squeezed, text.splitlines())))


def _trimmed(line: str) -> str:
    return line.strip(",; ")


def _squeezed(text: str) -> str:
    return " ".join(text.split()).strip(",; ")

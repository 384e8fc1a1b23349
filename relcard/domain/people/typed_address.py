"""An address as people type it: all of it in one field, or its parts in one another's, taken apart.

Only what has a plain shape is read. What is doubtful stays as it stands, and no word is ever dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.address_shapes import ANYWHERE
from relcard.domain.people.address_shapes import SHAPES
from relcard.domain.people.contact import Address
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.people.address_shapes import Shape
    from relcard.domain.people.contact import Contact

_LONGEST = 400  # characters; a longer text is no address with a plain shape
_LONGEST_REGION = 4  # words: Newfoundland and Labrador has three
_PARTS = ("po_box", "extended", "street", "locality", "region", "postcode", "country")

# A town that is nothing but one, beside its own postcode: the common case, decided without a look at shapes.
_PLAIN = re.compile(r"(?!.*(?:[ .]|^)[A-Za-z.]{2,4}$)[^\d,;()\n]*|[^\W\d_]+")
_PLAIN_CODE = re.compile(r"[^,;\n]{0,10}")
_WORDS = re.compile(r"\w+")
_NAMES_CODE = re.compile(r"(?<!^)\b(?:\d{4,}|[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d|\d[A-Za-z]{2})\b")
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
# What goes with the line before it: Apt 4, #4, Unit 12, 2º B, and a house number after a comma.
_UNIT = re.compile(
    r"#.*|\d{1,3}\s*[-/]?\s*[A-Za-z]?|\d+\s*[ºª°].*"
    r"|(?:apt|apartment|unit|suite|ste|app|apto|piso|puerta|int|interno|scala|lok|m|top|whg|wohnung|appt|bus)"
    r"\b\.?\s*(?:\w?\d\S*(?: .{1,4})?|[A-Za-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}\s*[A-Za-z]?")
# The shapes that tell a country by themselves, and the countries whose regions tell them.
_TELLING = (*(shape for shape in SHAPES.values() if shape.alone), ANYWHERE)
_WITH_REGIONS = ("US", "CA", "AU")
_ANYBODYS = {"US", "AU", "IT", "ES"}  # postcodes of any country: the region tells whose


class Reading(NamedTuple):
    """What was made of an address; `is_doubtful` says that it stands as it stood and wants a look."""

    address: Address
    is_doubtful: bool = False


class _End(NamedTuple):
    """The end of an address, taken apart; `town_at` is the piece the town was found in."""

    street: list[str]
    town: str
    region: str = ""
    postcode: str = ""


def read_apart(address: Address, *, code_of: Callable[[str], str]) -> Reading:
    """Return an address with the parts that stand in another field put into their own.

    `code_of` gives the ISO 3166-1 code of a country as people write it, "" for what is none. An address whose
    parts stand where they belong comes back as it is.
    """
    if _is_plain(address):
        return Reading(address)
    is_label = not any(address.postal[:-1])
    text = "\n".join(filter(None, (address.label,) if is_label else address.postal))
    if len(text) > _LONGEST:
        return Reading(address)
    read = _read(address, is_label=is_label, code_of=code_of)
    if read is not None and _words(read, is_label=False) == _words(address, is_label=is_label):
        return Reading(read)
    whole = address.label if is_label else address.street
    return Reading(address, is_doubtful=not address.locality and bool(_NAMES_CODE.search(whole)))


def read_line(line: str, before: Address | None, *, code_of: Callable[[str], str]) -> Address | None:
    """Return the address typed in one line, in the country of the one before where it names none.

    None where no town stands in it as the posts write one.
    """
    street = " ".join(line.split())
    homes = [("", "")]
    if before:
        last = street.rpartition(",")[2].strip()
        is_abroad = len(last) > 2 and code_of(last) not in (
            "",
            before.country_code or code_of(before.country),
        )
        homes.insert(is_abroad, (before.country, before.country_code))
    for country, code in homes:
        typed = Address(street=street, country=country, country_code=code, types=("home",))
        read = read_apart(typed, code_of=code_of).address
        if read.locality:
            return read
    return None


class AddressRead(NamedTuple):
    """An address of somebody called `name` as it stood, and with its parts; `after` is None for a doubt."""

    name: str
    before: Address
    after: Address | None


def with_addresses_apart(
    contact: Contact, *, code_of: Callable[[str], str]
) -> tuple[Contact, tuple[AddressRead, ...]]:
    """Return a contact with its addresses read apart, and what was done with those that did not stand so."""
    if all(map(_is_plain, contact.addresses)):
        return contact, ()
    readings = [(address, read_apart(address, code_of=code_of)) for address in contact.addresses]
    told = tuple(
        AddressRead(contact.display_name, before, None if reading.is_doubtful else reading.address)
        for before, reading in readings
        if reading.is_doubtful or reading.address is not before
    )
    if any(read.after for read in told):
        contact = contact._replace(addresses=tuple(reading.address for _, reading in readings))
    return contact, told


def _is_plain(address: Address) -> bool:
    town, postcode = address.locality, address.postcode
    if town and postcode:
        if " " in town and not (address.country or address.country_code):
            return False  # Berlin Germany
        plain = _PLAIN.fullmatch(town) is not None or bool(address.region)
        return plain and _PLAIN_CODE.fullmatch(postcode) is not None and not _is_short_first(postcode)
    return not (town or address.street or address.label or address.region)


def _is_short_first(postcode: str) -> bool:
    """Whether a region stands in the postcode's field: NC 28801."""
    return re.match(r"[A-Za-z]{2,3} \d{4,5}\b", postcode) is not None


def _read(address: Address, *, is_label: bool, code_of: Callable[[str], str]) -> Address | None:
    """Return the address its words say, None where nothing is gained or the shape is not plain."""
    own_region = "" if is_label else _own_region(address)
    typed = _typed_pieces(address, own_region, is_label=is_label)
    pieces, country, code = _country_of(address, typed, code_of)
    if not pieces:
        return None
    end = next(_ends(pieces, code, own_region, has_town=bool(address.locality)), None)
    if end is None:  # nothing but the country was found
        return None if is_label or country == address.country else _without_country(address, country)
    if not country and end.town != address.locality and code_of(end.town):
        return None  # 70101 Costa Rica: that is no town
    street = address.street if _pieces(address.street) == end.street else "\n".join(end.street)
    region = own_region or end.region
    read = address._replace(
        street=street, locality=end.town, region=region, postcode=end.postcode, country=country,
        country_code=code,
    )  # fmt: skip
    return read if _is_better(address, read) else None


def _typed_pieces(address: Address, own_region: str, *, is_label: bool) -> list[str]:
    """Return the pieces of what was typed, but for a region that stands in its own field."""
    cells = (
        (address.label,)
        if is_label
        else (address.street, address.locality, "" if own_region else address.region, address.postcode)
    )
    return [piece for cell in cells for piece in _pieces(cell)]


def _country_of(
    address: Address, pieces: list[str], code_of: Callable[[str], str]
) -> tuple[list[str], str, str]:
    """Return the pieces without the country's name, that name and its code; both "" where none is said."""
    country, code = address.country, address.country_code or code_of(address.country)
    if country or code:
        return pieces, country, code
    rest, country = _country(pieces, code_of)
    if not country and len(pieces) > 1 and _has_digit(pieces[-1]):  # Berlin Germany, 10115
        before, inner = _country(pieces[:-1], code_of)
        if inner and code_of(inner) in SHAPES:
            rest, country = [*before, pieces[-1]], inner
    return rest, country, code_of(country) if country else ""


def _is_better(before: Address, after: Address) -> bool:
    """Whether a part is filled that was empty or held a region, and no street became a town."""
    if before.street and not (after.street or before.locality):
        return False
    parts = ("street", "locality", "region", "postcode", "country")
    is_filled = any(getattr(after, part) and not getattr(before, part) for part in parts)
    return is_filled or _is_short_first(before.postcode)


def _without_country(address: Address, country: str) -> Address | None:
    for part in ("postcode", "region", "locality"):
        text = getattr(address, part).rstrip()
        if text.endswith(country) and text != country:
            rest = text.removesuffix(country).rstrip(" ,;\n")
            return address._replace(country=country, country_code="", **{part: rest})
        if text:
            return None
    return None


def _own_region(address: Address) -> str:
    """Return the region's field when it says that alone: no postcode, and no town instead of one."""
    has_digit = any(map(str.isdigit, address.region))
    return address.region if not has_digit and any(map(str.isalpha, address.locality)) else ""


def _country(pieces: list[str], code_of: Callable[[str], str]) -> tuple[list[str], str]:
    """Take the country off the end of the last piece, if one stands there."""
    if not pieces:
        return pieces, ""
    *before, last = pieces
    if before and not _has_digit(last) and not _is_any_region(last) and code_of(last):
        return before, last
    words = last.split()
    for count in range(min(3, len(words) - 1), 0, -1):
        name, rest = " ".join(words[-count:]), words[:-count]
        is_name = len(name) > 3 or name in {"USA", "UK", "US"}  # letters of an abbreviation
        if is_name and not _is_any_region(name) and rest[-1] != "New" and code_of(name) in SHAPES:
            return [*before, " ".join(rest).rstrip(" -")], name
    return pieces, ""


def _ends(pieces: Sequence[str], code: str, own_region: str, *, has_town: bool) -> Iterator[_End]:
    """Yield the ends the pieces can be read as, the likeliest first."""
    shapes = (SHAPES.get(code, ANYWHERE),) if code else _TELLING
    for shape in shapes:
        end = _with_postcode(pieces, shape)
        if end and (code or _tells_country(end, shape, own_region)):
            yield end
    if has_town and not own_region:
        for shape in shapes:
            if shape.code in _WITH_REGIONS and (code or shape.code != "AU"):
                yield from _without_postcode(pieces, shape)


def _tells_country(end: _End, shape: Shape, own_region: str) -> bool:
    """Whether the end of an address without a country can only be one of this country's."""
    if shape.code in _ANYBODYS and not (end.region or own_region):
        return False
    return not own_region or not shape.regions or _is_region(own_region, shape)


def _with_postcode(pieces: Sequence[str], shape: Shape) -> _End | None:
    for at in range(len(pieces) - 1, -1, -1):
        for code in reversed(list(shape.postcode.finditer(pieces[at]))):
            before, after = pieces[at][: code.start()].strip(" -"), pieces[at][code.end() :].strip(" -")
            read = _code_first if shape.first else _code_last
            if end := read(pieces, at, before, after, shape):
                return end._replace(postcode=code[0])
    return None


def _code_first(pieces: Sequence[str], at: int, before: str, after: str, shape: Shape) -> _End | None:
    """Read 10115 Berlin: what stands before the postcode is the street's, what follows is the town."""
    behind = list(pieces[at + 1 :])
    street = [*pieces[:at], *([before] if before else [])]
    town = after or (behind.pop(0) if behind else _town_before(street, before))
    is_alone = not (street or behind or after or before == town)
    if is_alone or not _is_town(town, before, shape):
        return None
    town, region = _region_behind(town, behind, shape)
    return None if behind or (after and not street and not shape.code) else _End(street, town, region)


def _town_before(street: list[str], before: str) -> str:
    """Take the town off the end of the street, where the postcode stands last: Lyon, 69003. "" for none."""
    if street and not _has_digit(street[-1]) and (before or len(street) > 1):
        return street.pop()
    return ""


def _region_behind(town: str, behind: list[str], shape: Shape) -> tuple[str, str]:
    """Part Milano (MI), Milano MI and Cádiz (Cádiz), or take the region off the pieces behind the town."""
    in_brackets = _IN_BRACKETS.fullmatch(town)
    if in_brackets and _is_region(in_brackets[2], shape):
        return in_brackets[1], in_brackets[2]
    head, _, last = town.rpartition(" ")
    if head and last in shape.short:
        return head, last
    return town, behind.pop(0) if behind and not _has_digit(behind[0]) else ""


def _code_last(pieces: Sequence[str], at: int, before: str, after: str, shape: Shape) -> _End | None:
    """Read Asheville, NC 28801: region and town stand before the postcode; a region may stand behind it."""
    behind = [*([after] if after else []), *pieces[at + 1 :]]
    if len(behind) > 1 or (behind and not _is_region(behind[0], shape)):
        return None
    heads = [*pieces[:at], *([before] if before else [])]
    if not heads:
        return None
    if behind:
        return _End(heads[:-1], heads[-1], behind[0]) if not _is_street(heads[-1]) else None
    return _town_and_region(heads, shape)


def _town_and_region(heads: list[str], shape: Shape) -> _End | None:
    """Part the pieces before a postcode into street, town and region."""
    town, region = _split_region(heads[-1], shape)
    street = heads[:-1]
    if not town and street and not _is_street(street[-1]):
        town = street.pop()
    elif not town:
        town, region = region, ""  # New York, 10001
    return None if _is_street(town) else _End(street, town, region)


def _is_town(town: str, before: str, shape: Shape) -> bool:
    """Whether words are a town, behind no more than itself or a house number before the postcode."""
    if not town or _has_digit(town.split(maxsplit=1)[0]):
        return False
    return before in ("", town) or (bool(shape.code) and _has_digit(before))


def _without_postcode(pieces: Sequence[str], shape: Shape) -> Iterator[_End]:
    """Read Asheville, NC in the field of the town, where the postcode is nowhere."""
    end = _town_and_region(list(pieces), shape)
    if end and end.region and (end.region in shape.short or len(end.region) > 3):  # letters
        yield end


def _split_region(text: str, shape: Shape) -> tuple[str, str]:
    """Return a text without the region at its end, and the region; British counties want a piece alone."""
    if _is_region(text, shape):
        return "", text
    words = text.split()
    if shape.code == "GB":
        return text, ""
    for count in range(min(_LONGEST_REGION, len(words) - 1), 0, -1):
        region = " ".join(words[-count:])
        is_code = region.replace(".", "") in shape.short
        if is_code or (not region.isupper() and fold(region) in shape.regions):
            return " ".join(words[:-count]).rstrip(" -"), region
    return text, ""


def _is_region(text: str, shape: Shape) -> bool:
    return text.replace(".", "").upper() in shape.short or fold(text) in shape.regions


def _is_any_region(text: str) -> bool:
    return any(_is_region(text, SHAPES[code]) for code in _WITH_REGIONS)


def _is_street(text: str) -> bool:
    return _has_digit(text) or fold(text).startswith(("po box", "p.o.", "c/o"))


def _pieces(text: str) -> list[str]:
    """Part a text at its line ends and commas, but for the comma before a unit and behind a house number."""
    pieces: list[str] = []
    for line in re.split(r"[\n;]", text):
        begins = True
        for piece in filter(None, (part.strip() for part in line.split(","))):
            if not begins and (_UNIT.fullmatch(piece) or _NUMBER.fullmatch(pieces[-1])):
                pieces[-1] += f", {piece}"
            else:
                pieces.append(piece)
            begins = False
    return pieces


def _words(address: Address, *, is_label: bool) -> Counter[str]:
    text = address.label if is_label else " ".join(getattr(address, part) for part in _PARTS)
    if is_label:
        text += f" {address.country}"
    return Counter(_WORDS.findall(text.casefold()))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))

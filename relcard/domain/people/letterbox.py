"""When two spellings are one letterbox: a key for the many, a closer look for near misses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.people.contact import Address

# Words for one kind of street, brought to one short form; "" means that many leave the word out altogether.
# "St" is a street and a saint in the same breath: both become "st", wherever they stand.
_SAME = {
    "st": "street saint sankt sainte ste",
    "rd": "road",
    "av": "avenue ave aven avda avenida",
    "dr": "drive drv",
    "ln": "lane",
    "ct": "court crt",
    "cl": "close",
    "cres": "crescent cr",
    "gdns": "gardens",
    "gr": "grove",
    "ter": "terrace terr",
    "blvd": "boulevard boul bd bvd bulvar bulvari bul",
    "hwy": "highway",
    "pkwy": "parkway",
    "pl": "place platz plac plaza piazza pza praca",
    "sq": "square",
    "al": "aleja aleje allee",
    "os": "osiedle",
    "r": "rue rua",
    "ch": "chemin",
    "c": "calle",
    "v": "via",
    "cad": "caddesi cd",
    "sk": "sokak sok sokagi",
    "str": "strasse strada",
    "n": "north nord",
    "s": "south",
    "e": "east",
    "w": "west",
    "пр": "проспект просп прт",
    "пер": "переулок",
    "": "ul ulica ulitsa ул улица вул вулиця vul odos οδος utca u nr no num numer number numero d dom д дом "
    "буд house the and a co de la le du des di da del della l",
}
_CANONICAL = {word: short for short, words in _SAME.items() for word in words.split()}

# The number behind one of these is a flat: "3, Flat 10" and "10, Flat 3" are different letterboxes.
_FLATS = (
    "flat apt apartment appt app unit suite wohnung whg tur top lok lokal m miesz mieszkanie кв квартира kv "
    "lgh bus bte piso int interno daire kat em emelet byt # №"
)
_FLAT_WORDS = frozenset(_FLATS.split())
_FLAT_LAST = frozenset(("PL", "TR", "BG", "RU", "UA", "BY", "SK", "AT"))  # 5/3: house 5, flat 3
_FLAT_FIRST = frozenset(("AU", "NZ"))  # 3/5: flat 3, house 5

_WORDS = re.compile(r"[^\W\d_]+|\d[^\W_]*(?:/[^\W_]+)?|[#№]")
_NOT_ALNUM = re.compile(r"[\W_]+")
_LETTERS_THEN_DIGITS = re.compile(r"[a-z]{1,2}(\d{4,})")  # D-10115, SE-111 51; never a British postcode
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


def letterbox(address: Address) -> str:
    """Return the key two spellings of one letterbox share; "" for an address that says too little."""
    return household_key(address, address.country_code)


def household_key(address: Address, country: str = "") -> str:
    """Return what two spellings of one letterbox have in common, or "" when the address names no letterbox.

    The parts, with | between: the postcode (or "~", country and town where there is none), the words of the
    street, the numbers in their order, the flat, the post box. The town is left out beside a postcode: it has
    too many names (Warsaw, Warszawa). `country` is ISO alpha-2; it says how "5/3" is meant and tells towns
    without a postcode apart.
    """
    street = address.street
    postcode = address.postcode.lower()
    if not postcode.isalnum():
        postcode = _NOT_ALNUM.sub("", postcode)
    place = _bare_postcode(postcode) if postcode else f"~{country.lower()} {_plain(address.locality)}"
    if not (street or address.po_box or address.extended):
        if address.label and not address.is_empty:
            street = address.label
        elif any(map(str.isdigit, address.locality)):
            street = address.locality  # a village without streets: "Grzybów 12"
        else:
            return ""
    words, numbers, flats = _taken_apart(street, country)
    if address.extended:
        more_words, more_numbers, more_flats = _taken_apart(address.extended, country)
        if numbers:
            flats = more_flats or flats or more_numbers  # a bare number beside a house number is a flat
        else:
            words, numbers, flats = words or more_words, more_numbers, more_flats
    box = address.po_box and ("".join(filter(str.isdigit, address.po_box)) or _plain(address.po_box))
    return f"{place}|{''.join(words)}|{' '.join(numbers)}|{' '.join(flats)}|{box}"


def same_letterbox(one: str, other: str) -> bool:
    """Whether two keys are likely one letterbox spelt differently: a slip of the pen, a flat left out.

    House numbers must be equal; a number is never a slip.
    """
    if not one or not other:
        return False
    place, words, numbers, flat, box = one.split("|")
    place2, words2, numbers2, flat2, box2 = other.split("|")
    if numbers != numbers2 or box != box2 or (flat and flat2 and flat != flat2):
        return False
    if not (numbers or box):
        return False
    if place != place2 and place.startswith("~") == place2.startswith("~"):
        return False  # where only one has a postcode, the town says nothing against it
    if words == words2:
        return True
    from difflib import SequenceMatcher  # noqa: PLC0415  1 ms, and `show` compares no letterboxes

    return SequenceMatcher(None, words, words2, autojunk=False).ratio() >= 0.82


@lru_cache(maxsize=1024)  # those who live together stand close together in many books
def _taken_apart(text: str, country: str) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return words, numbers (with their letters) and flats of a street or of a part beside it."""
    words: list[str] = []
    numbers: list[str] = []
    flats: list[str] = []
    flat_comes = number_before = False
    for token in _WORDS.findall(fold(text)):
        if token[0].isdigit():
            house, _, second = token.partition("/")
            if flat_comes:
                flats.append(token)
            elif not second:
                numbers.append(token)
            elif country in _FLAT_FIRST:
                numbers.append(second)
                flats.append(house)
            elif country in _FLAT_LAST:
                numbers.append(house)
                flats.append(second)
            else:
                numbers += (house, second)
            number_before = not flat_comes
            flat_comes = False
            continue
        if token in _FLAT_WORDS:
            flat_comes = True
        elif len(token) == 1 and flat_comes:
            flats.append(token)
            flat_comes = False
        elif len(token) == 1 and number_before and numbers[-1].isdigit():
            numbers[-1] += token  # "17 a" is 17a
        else:
            words.append(_short(token))
            flat_comes = flat_comes and not words[-1]  # "Unit No. 3", but not "Flat above the shop, 3 ..."
        number_before = False
    return words, numbers, flats


@lru_cache(maxsize=1024)  # streets have few names
def _short(word: str) -> str:
    """Return the short form of a word for a kind of street, any other as it is respelt."""
    short = _CANONICAL.get(word)
    return _respelt(word) if short is None else short


def _respelt(word: str) -> str:
    """Return a word as those write it who have no umlauts: Mueller and Müller, Aarhus and Århus meet."""
    if word.endswith("strasse"):
        word = word[:-4]
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    return word


def _bare_postcode(place: str) -> str:
    """Return a postcode (lower case, no spaces) without its country's letters and without a ZIP+4's four."""
    if place.isdigit():
        return place[:5] if len(place) == 9 else place
    found = _LETTERS_THEN_DIGITS.fullmatch(place)
    return found[1] if found else place


def _plain(text: str) -> str:
    return _respelt(_NOT_ALNUM.sub("", fold(text))) if text else ""

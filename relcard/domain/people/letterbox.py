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
    """Return the key of a letterbox, which its spellings share, or "" when the address names none.

    The parts, with | between: the postcode (or "~", country and town where there is none), the words of the
    street, the numbers in their order, the flat, the post box. The town is left out beside a postcode: it has
    too many names (Warsaw, Warszawa). `country` is ISO alpha-2; it says how "5/3" is meant and tells towns
    without a postcode apart.
    """
    street = _street_of(address)
    if not (street or address.po_box or address.extended):
        return ""
    place = _bare_postcode(address.postcode) or f"~{country.lower()} {_plain(address.locality)}"
    words, numbers, flats = _taken_apart(street, country)
    if address.extended:
        more_words, more_numbers, more_flats = _taken_apart(address.extended, country)
        if numbers:
            flats = more_flats or flats or more_numbers  # a bare number beside a house number is a flat
        else:
            words, numbers, flats = words or more_words, more_numbers, more_flats
    box = address.po_box and ("".join(filter(str.isdigit, address.po_box)) or _plain(address.po_box))
    return f"{place}|{''.join(words)}|{' '.join(numbers)}|{' '.join(flats)}|{box}"


def _street_of(address: Address) -> str:
    """Return the street; of an address with no line of its own, what its label or its town says."""
    if address.street or address.po_box or address.extended:
        return address.street
    if address.label and not address.is_empty:
        return address.label
    # a village without streets: "Grzybów 12"
    return address.locality if any(map(str.isdigit, address.locality)) else ""


def same_letterbox(key: str, other: str) -> bool:
    """Whether two keys are likely one letterbox spelt differently: a slip of the pen, a flat left out.

    House numbers must be equal; a number is never a slip.
    """
    if not key or not other:
        return False
    place, words, numbers, flat, box = key.split("|")
    place2, words2, numbers2, flat2, box2 = other.split("|")
    if numbers != numbers2 or box != box2 or (flat and flat2 and flat != flat2):
        return False
    if not (numbers or box):
        return False
    if not _may_be_one_place(place, place2):
        return False
    if words == words2:
        return True
    from difflib import SequenceMatcher  # noqa: PLC0415  1 ms, and `show` compares no letterboxes

    return SequenceMatcher(None, words, words2, autojunk=False).ratio() >= 0.82


def _may_be_one_place(place: str, other: str) -> bool:
    """Whether postcodes, or towns without one, agree; a town says nothing against a postcode."""
    return place == other or place.startswith("~") != other.startswith("~")


@lru_cache(maxsize=1024)  # those who live together stand close together in many books
def _taken_apart(text: str, country: str) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return words, numbers (with their letters) and flats of a street or of a part beside it."""
    words: list[str] = []
    numbers: list[str] = []
    flats: list[str] = []
    flat_comes = number_before = False
    for token in _WORDS.findall(fold(text)):
        if token[0].isdigit():
            house, flat = ((), (token,)) if flat_comes else _house_and_flat(token, country)
            numbers += house
            flats += flat
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


def _house_and_flat(number: str, country: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return which of "5/3" are numbers of the house, and which of a flat in it."""
    first, _, second = number.partition("/")
    if not second:
        return (number,), ()
    if country in _FLAT_FIRST:
        return (second,), (first,)
    if country in _FLAT_LAST:
        return (first,), (second,)
    return (first, second), ()


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


def _bare_postcode(postcode: str) -> str:
    """Return a postcode without spaces, its country's letters and a ZIP+4's four, in small letters."""
    postcode = postcode.lower()
    if not postcode.isalnum():
        postcode = _NOT_ALNUM.sub("", postcode)
    if postcode.isdigit():
        return postcode[:5] if len(postcode) == 9 else postcode
    behind_letters = _LETTERS_THEN_DIGITS.fullmatch(postcode)
    return behind_letters[1] if behind_letters else postcode


def _plain(text: str) -> str:
    return _respelt(_NOT_ALNUM.sub("", fold(text))) if text else ""

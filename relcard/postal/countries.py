"""Countries: the code for what people write, and the name a sender's post reads.

The names are the Unicode CLDR's (Unicode License v3, see the head of countries.tsv). The table is read when a
spelling is not among the few that nearly every address book uses, and then once.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

from relcard.domain.text import fold

# ISO 3166-1 alpha-2, and XK, which the posts of Europe use for Kosovo.
_CODES = (
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
    "BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG "
    "EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR "
    "HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR "
    "LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG "
    "NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE "
    "SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ "
    "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
)
CODES = frozenset(_CODES.split())

# Answered without opening the table: what phones write most, and two codes that ISO does not have.
_COMMON = {
    "uk": "GB",
    "el": "GR",
    "usa": "US",
    "united kingdom": "GB",
    "united states": "US",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "germany": "DE",
    "deutschland": "DE",
    "france": "FR",
    "polska": "PL",
    "poland": "PL",
    "italia": "IT",
    "italy": "IT",
    "españa": "ES",
    "spain": "ES",
    "nederland": "NL",
    "netherlands": "NL",
    "canada": "CA",
    "australia": "AU",
    "ireland": "IE",
    "japan": "JP",
    "日本": "JP",
    "österreich": "AT",
    "austria": "AT",
    "schweiz": "CH",
    "switzerland": "CH",
}

# What a post office reads beside the languages of the country: Latin letters travel everywhere. Puerto Rico's
# is USPS, which wants English (International Mail Manual 122.1).
_POST_LANGUAGES = {
    "de": "DE AT LI",
    "fr": "FR BE CH LU MC BJ BF BI CD CF CG CI CM DJ GA GN HT KM MG ML NE RE GP MQ GF SN TD TG TN DZ MA",
    "es": "ES AR BO CL CO CR CU DO EC GT HN MX NI PA PE PY SV UY VE GQ",
    "it": "IT SM VA",
    "nl": "NL SR AW CW SX",
    "pl": "PL",
    "pt": "PT BR AO MZ CV",
    "sv": "SE AX",
    "da": "DK GL FO",
    "nb": "NO SJ",
    "fi": "FI",
    "cs": "CZ",
    "hu": "HU",
    "tr": "TR",
}
_READS = {code: language for language, codes in _POST_LANGUAGES.items() for code in codes.split()}
# Posts with several languages, of which a sender's own is one; where it is not, the table above decides.
# Swiss Post recommends "the destination country in French or English" (Addressing items correctly), and so
# neither of its other languages.
_SEVERAL_LANGUAGES = {"BE": "de fr nl", "CA": "en fr", "CH": "en fr", "FI": "fi sv", "LU": "de fr"}

_DOTLESS = str.maketrans({"i": "İ", "ı": "I"})
_LIGATURE = str.maketrans({"և": "եւ"})  # Armenian ech and yiwn: Unicode has no capital of the two in one
_PUNCTUATION = str.maketrans({"’": "'", "`": "'", "ʻ": "'", "&": " ", "+": " "} | dict.fromkeys(",()[]", " "))
_HYPHEN = r"(?<=\w)[-‑–](?=\w)"  # Guinea-Bissau, with whichever hyphen a phone has
_LONGEST_NAME = 200  # letters; what is longer is a damaged cell, and _FORMAL would search it for long
_BETWEEN_NAMES = r"[/|(),]| - "
_UNSAID = frozenset(("and", "the"))  # "Antigua & Barbuda", "Antigua and Barbuda"; "The Gambia"
_SHORT = {"saint": "st", "sankt": "st", "isl": "islands", "is": "islands", "rep": "republic"}
# What stands before a name on paper with a seal: "Kingdom of Denmark", "República de Chile".
_FORMAL = (
    r"(?:[\w']+ )*?(?:republic|federation|confederation|kingdom|states?|commonwealth|principality|duchy|"
    r"sultanate|union|emirate|bailiwick|territory|republica|republique|republik|reino|royaume|konigreich|repubblica|"
    r"republika) (?:of|de|del|da|do|du|di|der|von)? ?"
)
_FIRST_NAME_COLUMN = 4  # after code, alpha3, also, native


def country_code(text: str, default: str = "") -> str:
    """Return the ISO 3166-1 alpha-2 code of what someone wrote, "" when no country is called that.

    Knows codes of two and three letters, and names in some twenty languages and the country's own. `default`
    is the answer for a blank text, and only for that: an unknown country is abroad, not home.
    """
    return _code(text) if text and not text.isspace() else default


@lru_cache(maxsize=1024)
def country_name(code: str, language: str = "en") -> str:
    """Return the country's name in capitals, as an envelope's last line wants it; "" for an unknown code.

    A language the table does not have (BCP 47; only its first part counts) is answered in English.
    """
    name = _name(code, language)
    return capitals(name, language) if name else ""


def plain_name(code: str) -> str:
    """Return the English name as a sentence has it: "Germany", "the Netherlands"."""
    name = _name(code, "en")
    return f"the {name}" if name.startswith(("United ", "Nether", "Philip", "Czech R", "Baham")) else name


def post_language(sender_country: str, own: str = "") -> str:
    """Return the language for country lines that the post of `sender_country` reads, in Latin letters.

    The Universal Postal Union asks for the language of the country of posting, or one known abroad: where
    ours would need another script, English. Of several languages of a post the sender's `own` (BCP 47) is
    taken; without it French in Belgium, Luxembourg and Switzerland, which is the union's own language.
    """
    own = own.split("-", 1)[0].lower()
    if own in _SEVERAL_LANGUAGES.get(sender_country, "").split():
        return own
    return _READS.get(sender_country, "en")


def capitals(text: str, language: str = "") -> str:
    """Return text in capitals as the language writes them.

    Turkish and Azerbaijani i becomes İ, Greek capitals bear no accent, and ß becomes ẞ: GIESSEN would be
    another spelling of Gießen. Georgian stays as it is: the capitals that Unicode gives it are for headlines.
    """
    if text.isascii() and language not in ("tr", "az"):
        return text.upper()
    if language in ("tr", "az"):
        text = text.translate(_DOTLESS)
    elif language == "el":
        text = _without_tonos(text)
    text = text.replace("ß", "ẞ").translate(_LIGATURE)
    return "".join(
        letter if len(letter.upper()) > 1 or "ა" <= letter <= "ჿ" else letter.upper() for letter in text
    )


def _without_tonos(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", apart.replace("\u0301", ""))


@lru_cache(maxsize=4096)
def _code(text: str) -> str:
    text = text.strip()
    if len(text) == 2 and text.upper() in CODES:
        return text.upper()
    common = _COMMON.get(text.lower())
    if common:
        return common
    return code_of_spelling(text) or _of_parts(text) or _further_spellings().get(spelling_key(text), "")


def code_of_spelling(text: str) -> str:
    """Return the code of a name in countries.tsv, also behind "Kingdom of"; "" for others."""
    if len(text) > _LONGEST_NAME:
        return ""
    spellings = _spellings()
    written = spelling_key(text)
    formal = spelling_key(" ".join(reversed(text.split(","))))  # "Moldova, Republic of"
    keys = (written, formal, re.sub(_FORMAL, "", formal, count=1))
    return next((spellings[key] for key in keys if key in spellings), "")


def _of_parts(text: str) -> str:
    """Return the code of "Suisse / Schweiz": both are known, and both are the same country."""
    parts = [part for part in re.split(_BETWEEN_NAMES, text) if part.strip()]
    several = {_code(part) for part in parts} if len(parts) > 1 else set()
    return several.pop() if len(several) == 1 else ""


def spelling_key(text: str) -> str:
    """Return a country's name as it is looked up: folded, without punctuation and small words."""
    if text.isalpha() and "ʻ" not in text:  # most names there are
        word = fold(text)
        return _SHORT.get(word, word)
    apart = re.sub(_HYPHEN, " ", text.translate(_PUNCTUATION))
    words = fold(apart).replace(".", "").split()
    said = [_SHORT.get(word, word) for word in words if word not in _UNSAID]
    return " ".join(said or words)  # AND is Andorra


@lru_cache(maxsize=1)
def _table() -> tuple[list[str], dict[str, list[str]]]:
    """Return the heading of the table and its rows by code."""
    heading, *rows = _read("countries.tsv")
    return heading, {row[0]: row for row in rows}


def _read(name: str) -> list[list[str]]:
    # Looked for beside this file: importlib.resources would load more than all else that writes an address.
    path = os.path.join(os.path.dirname(__file__), name)  # noqa: PTH118, PTH120  pathlib: 3 ms
    with open(path, encoding="utf-8") as table:  # noqa: PTH123
        return [line.rstrip("\n").split("\t") for line in table if not line.startswith("#")]


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    _, rows = _table()
    known = dict(_COMMON)
    for code, row in rows.items():
        for written in (*row[1].split(), *row[2].split("|"), *row[3].split("|"), *row[_FIRST_NAME_COLUMN:]):
            if written:
                known.setdefault(spelling_key(written), code)
    return known


@lru_cache(maxsize=1)
def _further_spellings() -> dict[str, str]:
    """Return the names in languages of which no envelope's last line is: a phone writes its owner's."""
    return {name: code for code, names in _read("country_names.tsv") for name in names.split("|")}


def _name(code: str, language: str) -> str:
    heading, rows = _table()
    row = rows.get(code)
    if row is None:
        return ""
    language = language.replace("_", "-").split("-")[0].lower()
    column = heading.index(language, _FIRST_NAME_COLUMN) if language in heading[_FIRST_NAME_COLUMN:] else 4
    return row[column]

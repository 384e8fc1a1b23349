"""What columns of a spreadsheet are called, gathered from every language, and by Google."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from relcard.domain.languages import ColumnNames
from relcard.domain.languages import all_languages
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

# The fields every language has a name for; it may have more.
COMMON_FIELDS = ColumnNames._fields[: ColumnNames._fields.index("others")]
PLACES = ("home", "work", "other")

FIELD_OF: dict[str, str] = {}
_FIELDS_BY_LANGUAGE: dict[str, dict[str, str]] = {}  # the same, by code
PLACE_OF: dict[str, str] = {}  # words beside the others that say which of several
MONTH_OF: dict[str, int] = {}
# What the plain word for a name is, "given" or "family", where the other part has a column of its own.
UNCLEAR_NAMES: dict[str, str] = {}
COURTESY: set[str] = set()  # Mr and Mrs, which everybody has, and titles, which are earned; by both
TITLES: set[str] = set()  # a column "Title" is told from one of professions
DATE_WORDS: set[str] = set()
# Between the words of a name they say nothing: "Ciudad del trabajo", "Telefoon op werk", "País o región".
SMALL_WORDS = frozenset(
    {"d", "de", "del", "dell", "della", "di", "do", "du", "e", "et", "la", "le", "les", "na", "nr", "o", "of"}
    | {"op", "the", "w", "y"}
)
ANDS: set[str] = set()

for _words in all_languages():
    _columns = _words.columns
    _all_names = {field: getattr(_columns, field) for field in COMMON_FIELDS} | dict(_columns.others)
    _fields = {_name: _field for _field, _names in _all_names.items() for _name in _names.split("|")}
    _FIELDS_BY_LANGUAGE[_words.code] = _fields
    FIELD_OF = _fields | FIELD_OF
    for _place in PLACES:
        for _word in getattr(_columns, _place).split():
            PLACE_OF.setdefault(_word, _place)
    for _number, _months in enumerate(_words.months, start=1):
        for _month in _months.split():
            MONTH_OF.setdefault(_month, _number)
    UNCLEAR_NAMES.update(_columns.unclear)
    COURTESY.update(fold(" ".join((_words.women, _words.men, _words.anybody or ""))).split())
    TITLES.update(fold(_words.titles).split())
    DATE_WORDS.update((_words.date_words or "").split())
    ANDS.add(_words.and_)
TITLES |= COURTESY


def fields_of(names: Sequence[str]) -> list[str]:
    """Return the field of each name of a column, "" for a name nobody knows.

    A name that is one thing in one language and another in the next, as "aniversario" is in Spanish and in
    Portuguese, is what it is in the language most of the names are in; of two, the earlier one.
    """
    known_in = Counter(
        code for code, fields in _FIELDS_BY_LANGUAGE.items() for name in names if name in fields
    )
    fields: dict[str, str] = {}
    for code, _ in known_in.most_common():
        fields = _FIELDS_BY_LANGUAGE[code] | fields
    return [fields.get(name, "") for name in names]


# What Google's columns "Phone 1 - Value" and so on are, by the two parts of the name.
NUMBERED = {
    "address": {
        "label": "address label", "type": "address label", "formatted": "address", "street": "street",
        "city": "town", "po box": "po box", "region": "region", "postal code": "postcode",
        "country": "country", "extended address": "extended",
    },
    "phone": {"label": "phone label", "type": "phone label", "value": "phone"},
    "e mail": {"label": "email label", "type": "email label", "value": "email"},
    "website": {"label": "url label", "type": "url label", "value": "url"},
    "relation": {"label": "relation label", "type": "relation label", "value": "relation"},
    "event": {"label": "event label", "type": "event label", "value": "event"},
    "organization": {"name": "org", "title": "title", "department": "department"},
}  # fmt: skip

"""The languages of greeting cards: everything the program knows of each stands in one module of this folder.

A module is called by its BCP 47 code and holds one `LANGUAGE`. Every field is required, so that a language
that is only half written cannot be imported. What a language does not have is said with `WITHOUT`.
docs/languages.md is the recipe for another one.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple
from typing import cast

if TYPE_CHECKING:
    from collections.abc import Mapping


class Without(Enum):
    """Says on purpose that a language has no such words; false where it is asked for."""

    WORDS = "without"

    def __bool__(self) -> Literal[False]:
        """Return False, so that `if language.ranks` reads as it should."""
        return False


WITHOUT = Without.WORDS

Pair = tuple[str, str]


class ColumnNames(NamedTuple):
    """What the columns of a spreadsheet are called; `|` stands between the names.

    Names are folded (no accents, small letters) and have a space for all that is no letter or digit. `others`
    are further fields of `vcard.spreadsheet.columns.FIELDS`, "home street" too where one word is both. `home`, `work` and `other` are words beside a
    name, with spaces between them. `unclear` are names that mean the whole name, or the given or the family
    name where the other part has a column of its own.
    """

    name: str
    given: str
    family: str
    email: str
    phone: str
    mobile: str
    street: str
    town: str
    postcode: str
    country: str
    birthday: str
    note: str
    language: str
    tag: str
    others: Mapping[str, str]
    home: str
    work: str
    other: str
    unclear: Mapping[str, Literal["given", "family"]]


class CellWords(NamedTuple):
    """What stands in a column of cards, such as "Sent 2024": words, folded, with spaces between them.

    `yes` and `no` say whether there was a card, `sent`, `came` and `both` in a column of both ways which one.
    `moved` are phrases by which a list says that a card came back or that somebody moved.
    """

    yes: str
    no: str
    sent: str
    came: str
    both: str
    moved: tuple[str, ...]


class ToneWords(NamedTuple):
    """Words by which a card makes a friend feel processed; regular expressions, searched in lines and sentences.

    `boasts` praise one's own, unless a word of `of_yours` says that the sentence is about the reader. In
    `name_plurals` capitals count: "the Smith's". `jolly` lines are unkind in a careful year. `fields` are words of a
    field for a name, folded, with spaces between them: [NAME], <<Vorname>>. `examples` has one line for each
    rule that goes by words, as domain/seasons/tone/rules.py calls it.
    """

    boasts: tuple[str, ...]
    of_yours: tuple[str, ...]
    name_plurals: str
    jolly: tuple[str, ...]
    fields: str
    examples: Mapping[str, str]


class Language(NamedTuple):
    """Everything the program knows of one language. A tuple with names: made in 1 ms, a dataclass in 4.

    In patterns `{}` is where the names go; one without it stands alone. A `Pair` of patterns is for one woman
    and one man, and is used when everybody's gender is stated. Regular expressions ignore case.
    """

    code: str

    # Envelope. `family` is for parents and children of one surname (WITHOUT where the surname would change),
    # `and_family` for adults whose children are not named, and `family_joined` says whether those adults are
    # joined by `and_` before it. `and_before` is a word in its place before names of some sound.
    and_: str
    and_before: tuple[str, str] | Without
    family: str | Without
    and_family: str
    both_surnames: Literal["first", "last"] | Without  # a child bears this of each parent's surnames
    large_particles_but_in: str | Without  # "Familie Van den Berg", but in this country
    family_joined: bool

    # Salutation. Twins are two children of one birthday, boys or mixed and girls: among names, and greeted by
    # themselves where there is a `dear_pair`. `ranks` are pairs by title, where it takes the place of the name.
    dear: str
    dear_several: str
    dear_pair: Pair | Without
    dear_plural: Pair | Without  # several of one surname, all women and otherwise; where everybody is stated
    dear_family: str
    behind_each: str | Without  # behind each name of a greeting, with a comma of Japan between them: 様
    surname_in_plural: bool  # "Dear Joneses,"
    surname_endings: tuple[tuple[str, str, str], ...] | Without  # of a family, a woman and a man: Kowalscy
    formal: str
    formal_several: str
    formal_pair: Pair | Without
    formal_several_pair: Pair | Without  # several women or men, where the pair names nobody
    formal_family: str
    formal_titled: Pair | Without  # before a title
    ranks: Mapping[str, Pair] | Without
    title_begins_large: bool  # "Dear Dr Lee," of a card that says "dr"
    twins: Pair
    dear_twins: Pair | Without
    couple_is_family: bool  # formally, two of one surname are greeted as a family
    organisation: str
    end: str

    # Before a name, with spaces between the words, no full stops: the Mr and Mrs that state a gender, and
    # titles one earned.
    women: str
    men: str
    anybody: str | Without
    titles: str

    # Which titles a letter greets by. `lesser_titles` are left out except in one country; `given_titles` go
    # with the given name ("Sir Hugh"), of `clergy` the courtesy greets instead ("Dear Mr Dale"), and
    # `shared_titles` have a plural for several of one surname ("Drs Dale"; Mr and Mrs share it too).
    # `consorts` are a wife and husband named as one ("Sir Hugh and Lady Dale").
    greeted_titles: Literal["all", "highest", "none"]
    lesser_titles: tuple[str, str] | Without
    given_titles: Pair | Without
    clergy: Mapping[str, Pair] | Without
    shared_titles: Mapping[str, str] | Without
    consorts: Pair | Without
    spelled_courtesies: Mapping[str, str] | Without  # in a greeting: "Hyvä rouva Laine"

    # Behind a name, as titles are written above, and never in a greeting; some are greeted as a title.
    suffixes: str
    suffix_titles: Mapping[str, str] | Without

    # Words one calls a relation by, with the name behind them: "Aunt Wren".
    kin: str
    # Words that tell a business from two people: "Kettler & Sons Plumbing". Small, without full stops.
    business_words: str

    # What a name in an address book says besides, small and without a last full stop: it is on no envelope.
    born_as: tuple[str, ...]
    died_as: tuple[str, ...]

    # Words that make a family of a name, as one types them: "the Okafors", "Familie Weber".
    family_words: tuple[str, ...]

    # Signatures. A closing alone on the last line, or before names, signs a card; a weak one only before names
    # or a comma, because greetings begin with the same words. `wished_by` is the end of "wishes you Anna".
    # `family_lines` are whole last lines, `offices` sign anywhere. Both have names after them in capitals;
    # `before_names` may stand between, and `wishes` are words with a capital that are nobody's name.
    closings: tuple[str, ...]
    weak_closings: tuple[str, ...]
    wished_by: tuple[str, ...]
    family_lines: tuple[str, ...]
    offices: tuple[str, ...]
    before_names: tuple[str, ...]
    wishes: str
    nouns_begin_large: bool  # a capital says nothing of a word in the middle of a line

    # What gives a printed card away: how a salutation begins, and words sent to hundreds.
    openings: tuple[str, ...]
    sent_to_hundreds: tuple[str, ...]
    tone: ToneWords | Without  # without: a language nobody has written them for yet

    # A message that asks for an address, or whether one still holds; without you, thou or gender, so that it is
    # right for one person, for several and for a formal tone.
    ask_where: str
    ask_still: str

    # Spreadsheets. Months are folded, all spellings of one with spaces between; `date_words` are small words of
    # a date.
    columns: ColumnNames
    cells: CellWords
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    date_words: str | Without


# Where two languages call two columns of a spreadsheet by one word, the earlier one is believed.
CODES = ("en", "de", "fr", "pl", "es", "nl", "it", "pt", "sv", "da", "nb", "fi", "cs", "hu", "tr", "uk", "ja")
_ALIASES = {"no": "nb", "nn": "nb"}


def language_code(tag: str) -> str:
    """Return the code of the language a BCP 47 tag means, of which the first part counts; "en" for any other."""
    first = tag.replace("_", "-").split("-")[0].lower()
    code = _ALIASES.get(first, first)
    return code if code in CODES else "en"


def is_language_tag(text: str) -> bool:
    """Tell what is built as a language code: two or three letters, and more after a hyphen (BCP 47)."""
    first, *more = text.split("-")
    fits = first.isalpha() and 2 <= len(first) <= 3
    return fits and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in (first, *more))


def has_words(tag: str) -> bool:
    """Tell whether a tag means a language with words of its own: ru has none yet, and none at all is English."""
    first = tag.replace("_", "-").split("-")[0].lower()
    return not first or _ALIASES.get(first, first) in CODES


def language(tag: str) -> Language:
    """Return the words of a language (a BCP 47 tag), English where we have none; loads its module alone."""
    return _load(language_code(tag))


def all_languages() -> tuple[Language, ...]:
    """Return every language, in the order of `CODES`. Loads them all: for what may be in any of them."""
    return tuple(map(_load, CODES))


@cache
def _load(code: str) -> Language:
    return cast("Language", import_module(f"{__name__}.{code}").LANGUAGE)

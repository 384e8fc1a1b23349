"""Phrases by which a card sounds processed, looked for in the card's language and in English."""

from __future__ import annotations

import re
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.languages import CODES
from relcard.domain.languages import language as language_of
from relcard.domain.languages import language_code
from relcard.domain.seasons.tone.signatures import any_of
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

LONGEST = 200  # letters in type on one side of a card; what comes with relcard has 80 at most
_REMEMBERED = 256  # a season prints the same words for most households: what they say is found out once
# One mark is as people write "Merry Christmas!"; marks in a row, or a third one, are shouted.
_SHOUT = re.compile(r"[!！]\s*[!！]|(?:[!！].*?){3}", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_WORD = re.compile(r"[^\W\d_]+")
# What no writer types: the fields of mail programs, and a blank to be filled in.
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\*\|.*?\|\*|\$\{.*?\}|_{3,}|\b(?:FIRST|LAST|F|L)_?NAME\b")
# What a writer may type, unless all words inside are a field's: [NAME], <<Vorname>>, %NOM%, #Imię#, $name.
_BRACKETED = re.compile(r"[\[{<«%#]{1,2}([^\[\]{}<>«»%#]{1,40})[\]}>»%#]{1,2}|[$@]\w+")
_NEVER = re.compile(r"(?!)")


class _Phrases(NamedTuple):
    """What is looked for in one language."""

    hundreds: re.Pattern[str]
    boasts: re.Pattern[str] = _NEVER
    of_yours: re.Pattern[str] = _NEVER
    name_plurals: re.Pattern[str] = _NEVER
    jolly: re.Pattern[str] = _NEVER
    fields: frozenset[str] = frozenset()


@cache
def _phrases(code: str) -> _Phrases:
    language = language_of(code)
    words = language.tone
    hundreds = any_of(language.sent_to_hundreds, end="")
    if not words:
        return _Phrases(hundreds=hundreds)
    return _Phrases(
        hundreds=hundreds,
        boasts=any_of(words.boasts, end=""),
        of_yours=any_of(words.of_yours, end=""),
        name_plurals=re.compile(words.name_plurals),
        jolly=any_of(words.jolly, end=""),
        fields=frozenset(words.fields.split()),
    )


@cache
def _opening(code: str) -> re.Pattern[str]:
    return any_of(language_of(code).openings)


@cache
def _wishes(code: str) -> frozenset[str]:
    return frozenset(map(fold, language_of(code).wishes.split()))


@lru_cache(maxsize=_REMEMBERED)
def find_phrases(lines: tuple[str, ...], language: str, *, careful: bool) -> tuple[tuple[str, str], ...]:
    """Return what sounds processed in the lines of one side of a card: the name of a rule, and the line.

    `language` is the card's (BCP 47); `careful` says that the household is in a careful year.
    """
    codes = dict.fromkeys((language_code(language), "en"))
    return tuple(dict.fromkeys(_found(lines, [*map(_phrases, codes)], careful=careful)))


def _found(lines: Sequence[str], known: Sequence[_Phrases], *, careful: bool) -> Iterator[tuple[str, str]]:
    for line in lines:
        if _field_in(line, known):
            yield "merge-field", line
    if lines and any(_greets_by_name(lines[0], code) for code in CODES):
        yield "salutation", lines[0]
    for phrases in known:
        yield from (("hundreds", line) for line in _lines_with(phrases.hundreds, lines))
        yield from (("boast", line) for line in _lines_with(phrases.boasts, lines, unless=phrases.of_yours))
        yield from (("plural", line) for line in lines if phrases.name_plurals.search(line))
        yield from (("jolly", line) for line in lines if careful and phrases.jolly.search(line))
    if sum(map(str.isalpha, "".join(lines))) > LONGEST:
        yield "length", lines[0]
    if _SHOUT.search("\n".join(lines)):
        yield "shout", next(line for line in lines if "!" in line or "！" in line)


def _lines_with(
    pattern: re.Pattern[str], lines: Iterable[str], *, unless: re.Pattern[str] = _NEVER
) -> Iterator[str]:
    """Yield the line in which a phrase begins, in sentences without `unless`; a sentence goes over lines."""
    text = "\n".join(lines)
    flat = text.replace("\n", " ")
    for sentence in _SENTENCE.finditer(flat):
        if unless.search(sentence.group()):
            continue
        for match in pattern.finditer(sentence.group()):
            at = sentence.start() + match.start()
            yield text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]


def _field_in(line: str, known: Iterable[_Phrases]) -> bool:
    """Whether a field to be filled by a machine stands in a line: {{first_name}}, [NAME], <<Vorname>>."""
    if _FIELD.search(line):
        return True
    inside = [set(_WORD.findall(fold(bracketed.group()))) for bracketed in _BRACKETED.finditer(line)]
    return any(words and words <= phrases.fields for words in inside for phrases in known)


def _greets_by_name(line: str, code: str) -> bool:
    greeted = _opening(code).match(line)
    if greeted is None:
        return False
    rest = line[greeted.end() :]
    name = _WORD.search(rest)
    if name is None or not rest.startswith(" ") or not rest.lstrip()[:1].isupper():
        return False
    return fold(name.group()) not in _wishes(code)

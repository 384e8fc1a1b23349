"""Signatures and names in type: a closing, names beneath it, a family's line, a name of the household."""

from __future__ import annotations

import re
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.languages import CODES
from relcard.domain.languages import language as language_of
from relcard.domain.languages import language_code
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from relcard.domain.seasons.draft import Printed


_WORD = re.compile(r"[^\W\d_]+")
_DASH = re.compile(r"[–—-]\s?(?=\w)")
# Small words inside a name: Anna van den Berg, Ludwig von Mises.
_PARTICLES = frozenset(
    ("van", "der", "den", "von", "zu", "zum", "ter", "ten", "te", "de", "du", "del", "della", "di", "la",
     "el", "al", "da", "do", "dos", "das", "af", "av", "bin", "ibn")
)  # fmt: skip
_MOST_LINES_OF_NAMES = 2
_MOST_NAMES = 8  # words on a line of names


class _Patterns(NamedTuple):
    """What is looked for in printed words of one language."""

    code: str
    closing: re.Pattern[str]
    office: re.Pattern[str]
    and_: str
    before_names: frozenset[str]
    wishes: frozenset[str]
    nouns_begin_large: bool


def any_of(alternatives: Iterable[str], end: str = r"(?!\w)") -> re.Pattern[str]:
    """Return a pattern that matches any of several, whatever the case, where a word ends."""
    return re.compile(rf"(?:{'|'.join(alternatives)}){end}", re.IGNORECASE)


@cache
def _patterns(code: str) -> _Patterns:
    words = language_of(code)
    return _Patterns(
        code=code,
        closing=any_of(words.closings),
        office=any_of(words.offices, end=""),
        and_=words.and_,
        before_names=frozenset((*words.before_names, *words.family_words)),
        wishes=frozenset(map(fold, words.wishes.split())),
        nouns_begin_large=words.nouns_begin_large,
    )


class _WeakPatterns(NamedTuple):
    """What signs only before names, of the card's language: made for two languages, not for all."""

    closing: re.Pattern[str]
    wished_by: re.Pattern[str]
    family_line: re.Pattern[str]


@cache
def _weak_patterns(code: str) -> _WeakPatterns:
    words = language_of(code)
    families = (*words.family_lines, *([words.family] if words.family else []))
    return _WeakPatterns(
        closing=any_of(words.weak_closings),
        wished_by=any_of([rf"\b(?:{pattern})" for pattern in words.wished_by]),
        family_line=any_of(
            [line.replace("{}", r"[\w’'-]+(?: [\w’'-]+){0,3}") for line in families], end=r"[.,]?"
        ),
    )


def _in_all() -> Iterator[_Patterns]:
    return map(_patterns, CODES)


# A season prints the same words for most households: what they say is found out once.
_REMEMBERED = 256


@lru_cache(maxsize=_REMEMBERED)
def find_signature(lines: tuple[str, ...], language: str) -> str:
    """Return the end of some lines that signs, or "": a closing, names behind or beneath it, or a family."""
    if not lines:
        return ""
    last = lines[-1]
    own = {language_code(language), "en"}
    if _is_dashed_name(last):
        return last
    for code in CODES:
        words = _patterns(code)
        if _closes(last, words) or (code in own and _closes_weakly(last, words)):
            return last
        for number in range(len(lines) - 2, max(-1, len(lines) - 2 - _MOST_LINES_OF_NAMES), -1):
            if not _is_line_of_names(lines[number + 1], words, sure=lines[number].endswith(",")):
                break
            if _ends_before_names(lines[number], words, weakly=code in own):
                return " / ".join(lines[number:])
    return ""


@lru_cache(maxsize=_REMEMBERED)
def sender_alone(lines: tuple[str, ...], sender_names: tuple[str, ...]) -> str:
    """Return the last line if it is the sender's names and nothing else; names that are wishes may stand."""
    senders = set(map(fold, sender_names))
    tokens = _WORD.findall(lines[-1]) if lines else []
    for words in _in_all() if senders else ():
        named = {fold(name) for name in _names_of(tokens, words)}
        if named and named <= senders and not any(named <= others.wishes for others in _in_all()):
            return lines[-1]
    return ""


def _is_dashed_name(line: str) -> bool:
    dash = _DASH.match(line)
    return dash is not None and line[dash.end()].isupper()


def _closes(line: str, words: _Patterns) -> bool:
    """Whether a line is a closing alone, or before names."""
    end = _end_of_closing(line, words, words.closing)
    if end is None:
        return False
    return _signs(line[end:], words, bare=True) or _ends_in_names(line[end:], words)


def _closes_weakly(line: str, words: _Patterns) -> bool:
    """Whether a line signs by its names: after words that may begin a greeting too, or as a family's line."""
    weak = _weak_patterns(words.code)
    end = _end_of_closing(line, words, weak.closing)
    rest = "" if end is None else line[end:]
    if rest and _signs(rest, words, strictly=True, bare=True):
        return True
    if not words.nouns_begin_large and _ends_in_names(rest, words):
        return True
    wished = weak.wished_by.search(line)
    if wished and _signs(line[wished.end() :], words, strictly=True):
        return True
    return weak.family_line.fullmatch(line) is not None and _signs(line, words, strictly=True)


def _end_of_closing(line: str, words: _Patterns, last: re.Pattern[str]) -> int | None:
    """Return where a closing ends that begins a line: `last` alone, or behind another and an "and"."""
    closing = words.closing.match(line)
    and_ = f" {words.and_} "
    if closing and line.startswith(and_, closing.end()):
        second = last.match(line, closing.end() + len(and_))
        if second:
            return second.end()
    alone = last.match(line)
    return alone.end() if alone else None


def _signs(rest: str, words: _Patterns, *, strictly: bool = False, bare: bool = False) -> bool:
    """Whether what stands behind a closing is names: it goes on as a greeting if its first word begins small.

    `strictly`, if any word does. `bare` says that nothing at all signs as well.
    """
    tokens = _WORD.findall(rest)
    if not tokens:
        return bare and not any(map(str.isdigit, rest))
    if bare and not strictly and tokens[0].lower() == words.and_:
        return False
    return _are_names(rest, tokens, words, strictly=strictly)


def _are_names(rest: str, tokens: Sequence[str], words: _Patterns, *, strictly: bool) -> bool:
    """Whether the words behind a closing are names, and no wishes such as Joy or Noël."""
    named = _names_of(tokens, words)
    if not named:
        return True
    if named[0].islower() or (strictly and any(map(str.islower, named))):
        return False
    if len(named) == 1 and rest.lstrip().startswith(","):
        return True
    return not words.wishes.issuperset(fold(word) for word in named if not word.islower())


def _ends_in_names(rest: str, words: _Patterns) -> bool:
    """Whether a closing that goes on ends in names behind a comma: "All the best for the new year, Anna"."""
    _, comma, names = rest.rpartition(",")
    return bool(comma) and _is_line_of_names(names, words, sure=False)


def _names_of(tokens: Sequence[str], words: _Patterns) -> list[str]:
    """Return the words of a line that would be names: without "and", "the", "from", "van der"."""
    named = []
    for number, word in enumerate(tokens):
        small = word.lower()
        inside = word in _PARTICLES and 0 < number < len(tokens) - 1
        if small != words.and_ and small not in words.before_names and not inside:
            named.append(word)
    return named


def _is_line_of_names(line: str, words: _Patterns, *, sure: bool) -> bool:
    """Whether a line is nothing but names. `sure` of it, it may hold a word of wishes too: Joy, Noël."""
    tokens = _WORD.findall(line)
    if not tokens or len(tokens) > _MOST_NAMES or "!" in line or any(map(str.isdigit, line)):
        return False
    named = _names_of(tokens, words)
    if any(word.islower() for word in named):
        return False
    wishes = [fold(word) in words.wishes for word in named]
    return not all(wishes) if sure and wishes else not any(wishes)


def _ends_before_names(line: str, words: _Patterns, *, weakly: bool) -> bool:
    """Whether a line ends in a closing that names may stand beneath: "Warmly,", "Merry Christmas from"."""
    end = _end_of_closing(line, words, words.closing)
    if end is not None and not _names_of(_WORD.findall(line[end:]), words):
        return True
    if not weakly:
        return False
    weak = _weak_patterns(words.code)
    half = weak.closing.match(line)
    if half and line[half.end() :].strip() == ",":
        return True
    wished = weak.wished_by.search(line)
    return wished is not None and not _WORD.search(line[wished.end() :])


def find_names(line: str, names: Sequence[str], common: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """Yield the words of `line` that are one of `names`, also with an s; "joy" is no Joy.

    Words that are `common`, printed for everybody, are no name.
    """
    words, folded = _words_in(line)
    for name in names:
        forms = _forms_of(name)
        length = len(forms[0]) if forms else 0
        for start in range(len(words) - length + 1):
            if folded[start : start + length] in forms:
                here = words[start : start + length]
                if not set(here) <= common and not all(map(str.islower, here)):
                    yield " ".join(here)


@lru_cache(maxsize=_REMEMBERED)
def _words_in(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a line, as they stand and folded."""
    words = tuple(_WORD.findall(line))
    return words, tuple(map(fold, words))


@lru_cache(maxsize=_REMEMBERED)
def _forms_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name of one or several words as it may stand in a line, folded: Hale, Hales, Halees."""
    parts = tuple(map(fold, _WORD.findall(name)))
    return tuple((*parts[:-1], parts[-1] + ending) for ending in ("", "s", "es")) if parts else ()


@lru_cache(maxsize=_REMEMBERED)
def signs_for_an_office(line: str) -> bool:
    """Tell a line that signs for somebody: "On behalf of", "from all of us"."""
    return any(words.office.search(line) for words in _in_all())


@lru_cache(maxsize=_REMEMBERED)
def words_of(printed: Printed) -> frozenset[str]:
    """Return the words of a card, by which a name is told from what is printed for everybody."""
    return frozenset(_WORD.findall(f"{printed.front} {printed.inside}"))

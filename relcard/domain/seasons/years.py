"""The years of a household: which round of cards was sent and which came, as people keep it on paper.

A card of which only the year is known stands as that year alone ("2019"); a card of January is last year's.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple
from typing import Self

from relcard.domain.languages import all_languages
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence


class Cell(Enum):
    """What one household's year was; `mark` stands for it in a grid, "" for nothing."""

    mark: str

    SENT = "sent", "s"
    CAME = "came", "c"
    BOTH = "both", "sc"
    MOURNING = "mourning", "m"
    NONE = "none", ""

    def __new__(cls, value: str, mark: str) -> Self:
        """Keep the mark beside the word, as an attribute: a grid asks for tens of thousands."""
        cell = object.__new__(cls)
        cell._value_ = value
        cell.mark = mark
        return cell


class YearCard(NamedTuple):
    """A card of a year as a list has it, and the line on it, "" where the list keeps none."""

    year: int
    from_them: bool
    text: str = ""


class ListedYear(NamedTuple):
    """A cell of a column such as "Sent 2019"; `way` is "sent", "received" or "sent and received"."""

    year: int
    way: str
    text: str


class CellReading(NamedTuple):
    """What a cell says: the cards of that year, and what is to be asked about: "moved", "returned".

    Where there is a question, the cards are those it would be in an earlier year: old news is answered.
    """

    cards: tuple[YearCard, ...] = ()
    question: str = ""


# Signs of lists. The words that say the same are the languages' own, as `CellWords` has them.
_TICKS = frozenset("1✓✔☑+")  # and any letter: L letter, P photo
_NOTHING = frozenset(("", "0", "-", "--", "–", "—", "./.", "/"))
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?\.?|\d{1,2}\.? [a-z]{3,9}\.?|[a-z]{3,9}\.? \d{1,2}")


@lru_cache(maxsize=4096)
def read_cell(cell: ListedYear) -> CellReading:
    """Return the cards a cell tells of.

    x, yes, a date or a letter (L letter, P photo) is a card, other words are its line, nothing and "no" are
    none. Of "s/r" the first is sent, the second came.
    """
    if cell.way == "sent and received":
        return _read_both(cell)
    line, question = _read_words(cell.text)
    if line is None:
        return CellReading(question=question)
    return CellReading((YearCard(cell.year, cell.way == "received", line),), question)


def written_cell(line: str) -> str:
    """Return the cell of a card and its line, in quotes, so that whatever it says is read as its line."""
    return f"“{line}”" if line else "x"


def _read_words(text: str) -> tuple[str | None, str]:
    """Return the line of a cell of one way, None for no card, and what is to be asked about.

    Who moved may have written so; a death is no card in any year.
    """
    text = text.strip()
    if text.startswith("“") and text.endswith("”") and len(text) > 1:
        return text[1:-1], ""  # as `written_cell` has it
    text = " ".join(text.split())
    words = fold(text).strip(" !.,;")
    if _is_nothing(words):
        return None, ""
    if death := _phrases("died").search(words):
        return None, death[0]
    moved = _phrases("moved").search(words)
    return _line(text, words), moved[0] if moved else ""


def _line(text: str, words: str) -> str:
    """Return the line of a cell without its tick: "baby coming in May" of "x - baby coming in May"."""
    if _is_tick(words):
        return ""
    begun = _BEGUN.match(text)
    if begun is None:
        return text
    tick = fold(begun[1]).strip(".")
    return begun[2] if _is_tick(tick) else text


_BEGUN = re.compile(r"(\S+?)(?:\s*[:,]\s+|\s*[-–—]\s+|\s+[-–—])\s*(.+)", re.DOTALL)


def _read_both(cell: ListedYear) -> CellReading:
    """Read a column of both ways: "s/r", "s", "r", "x/x", "x/-", "both"."""
    words = fold(cell.text).replace(" ", "")
    if _is_nothing(words):
        return CellReading()
    sent, slash, came = words.partition("/")
    if slash:
        ways = (not _is_nothing(sent), not _is_nothing(came))
    else:
        both = words in _TICKS | {"x", "y"} | _words("both") | _words("yes")
        ways = (both or words in _words("sent"), both or words in _words("came"))
    if not any(ways):
        return CellReading(question=" ".join(cell.text.split()))
    return CellReading(
        tuple(YearCard(cell.year, from_them) for from_them in (False, True) if ways[from_them])
    )


def _is_nothing(words: str) -> bool:
    return words in _NOTHING or words in _words("no")


def _is_tick(words: str) -> bool:
    """Whether a cell says of a card no more than that there was one: x, yes, "sent", a letter, a day."""
    is_letter = len(words) == 1 and words.isascii() and words.isalpha() and words not in _words("no")
    if is_letter or words in _TICKS or _DAY.fullmatch(words):
        return True
    return any(words in _words(field) for field in ("yes", "sent", "came"))


@cache
def _words(field: Literal["yes", "no", "sent", "came", "both"]) -> frozenset[str]:
    """Return words of a cell in every language."""
    return frozenset(" ".join(getattr(words.cells, field) for words in all_languages()).split())


@cache
def _phrases(news: Literal["moved", "died"]) -> re.Pattern[str]:
    """Return a pattern of what is no card but news of the household, in every language."""
    several = (words.cells.moved if news == "moved" else words.died_as for words in all_languages())
    folded = sorted({fold(phrase) for phrases in several for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, folded))})\b(?!-)")


def year_of_column(words: Sequence[str]) -> tuple[int, list[str]]:
    """Return the year in a column's name, 0 without, and its other words: "rec d 24" is of 2024."""
    for at, word in enumerate(words):
        if re.fullmatch(r"(?:19|20)\d\d", word):
            return int(word), [*words[:at], *words[at + 1 :]]
    for at, word in enumerate(words):
        if re.fullmatch(r"\d\d", word):
            return (1900 if int(word) > 70 else 2000) + int(word), [
                *words[:at],
                *words[at + 1 :],
            ]  # 1971 to 2070
    return 0, list(words)


def cell_of(*, sent: bool, came: bool, mourning: bool = False) -> Cell:
    """Return what a year was; a card in a year of mourning counts before the mourning."""
    if sent and came:
        return Cell.BOTH
    if sent:
        return Cell.SENT
    if came:
        return Cell.CAME
    return Cell.MOURNING if mourning else Cell.NONE


def silent_years(cells: Mapping[int, Cell], years: Iterable[int]) -> int:
    """Return for how many of the latest years nothing came from them; years of mourning do not count."""
    silent = 0
    for year in sorted(years, reverse=True):
        cell = cells.get(year)
        if cell in _THEIRS:
            break
        silent += cell is not _MOURNING
    return silent


# Named once: an enumeration looks its members up anew, and a page asks a hundred thousand times.
_THEIRS = (Cell.CAME, Cell.BOTH)
_MOURNING = Cell.MOURNING

"""A page of one screen: parts with a label, of which the longest give way until all have room."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.people.correspondence import Exchange
    from relcard.domain.people.correspondence import Written

_LABEL = 11  # columns of the left-hand words
_FEWEST_LINES = 16
_USUAL_LINES = 24
_MORE = 2  # lines that say what is not shown
LINES_OF_AN_ADDRESS = 6
LONGEST_NAME = 200  # letters of a name above the page, where the screen is short
_LINES_OF_A_TEXT = 2  # of one note or line on a card, where the screen is short


class Part(NamedTuple):
    """A part of the page: entries of several lines each, of which the last ones may give way.

    `keep` entries stay on any screen, `like` while others have more than they would like to keep.
    """

    label: str
    entries: list[list[str]]
    keep: int = 1
    like: int = 2
    yields: int = 0  # of parts that are as long, which gives way sooner
    called: str = ""  # what is said to be there when some gave way; else its label

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return sum(map(len, self.entries))


def columns_and_lines(*, full: bool) -> tuple[int, int]:
    """Return how many columns stand beside the labels, and how many lines a text may take, 0 for all."""
    return output.terminal_width() - _LABEL - 2, 0 if full else _LINES_OF_A_TEXT


def say_page(title: str, aside: str, parts: Iterable[Part], *, whole: str, full: bool) -> None:
    """Print a page; what is not known takes no line, and what does not fit is counted below.

    `whole` is the command that shows all of it.
    """
    known = [part for part in parts if part.entries]
    hidden = [] if full else _fit(known, _screen() - 5)
    lines = ["", f"  {output.bold(cut_name(title, full=full))}{output.dim(f'  {aside}')}", ""]
    for part in known:
        label = part.label
        for line in (line for entry in part.entries for line in entry):
            lines.append(f"  {output.dim(output.pad(label, _LABEL))}{line}".rstrip())
            label = ""
    if hidden:
        more = output.wrap(f"more {_listed(hidden)}: {whole}", columns_and_lines(full=full)[0])
        lines += [output.dim(f"  {' ' * _LABEL}{line}") for line in more]
    output.say("\n".join((*lines, "")))


def cut_name(text: str, *, full: bool) -> str:
    """Return a name, or what stands beside one, cut where it is endless and the page is not full."""
    return output.clean(text, most=0 if full else LONGEST_NAME)


def _screen() -> int:
    """Return how many lines a screen has, 24 where nobody can tell."""
    wish = os.environ.get("LINES", "")
    if wish.isdigit() and int(wish):
        return max(_FEWEST_LINES, int(wish))
    try:
        lines = os.get_terminal_size(sys.__stdout__.fileno()).lines if sys.__stdout__ else 0
    except (OSError, ValueError):  # no terminal, or a stream without a file
        lines = 0
    return max(_FEWEST_LINES, lines or _USUAL_LINES)


def _fit(parts: Sequence[Part], room: int) -> list[str]:
    """Let the last entries of the longest parts give way until the page has room; return what did."""
    gone: dict[str, None] = {}
    for wish in (True, False):
        while sum(part.height for part in parts) + (_MORE if gone else 0) > room:
            loose = [
                (len(part.entries) - (part.like if wish else part.keep), part.yields, part.height, number)
                for number, part in enumerate(parts)
                if len(part.entries) > (part.like if wish else part.keep)
            ]
            if not loose:
                break
            part = parts[max(loose)[-1]]
            part.entries.pop()
            gone[part.called or part.label] = None
    return list(gone)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def cards(exchanges: Sequence[Exchange], columns: int, most: int) -> list[list[str]]:
    """Return their line beside yours, year by year."""
    if not exchanges:
        return []
    half = (columns - 6 - 2) // 2
    entries = [[output.dim(" " * 6 + output.pad("they wrote", half + 2) + "you wrote")]]
    for exchange in exchanges:
        left = _written(exchange.theirs, half, most)
        right = _written(exchange.yours, half, most)
        height = max(len(left), len(right))
        left += [""] * (height - len(left))
        right += [""] * (height - len(right))
        year = str(exchange.year)
        lines = []
        for theirs, yours in zip(left, right, strict=True):
            lines.append(f"{year:6}{output.pad(theirs, half)}  {yours}".rstrip())
            year = ""
        entries.append(lines)
    return entries


def _card_in_words(card: Written) -> str:
    if card.text:
        return f"{card.occasion}: “{card.text}”" if card.occasion else f"“{card.text}”"
    called = f"a card for {card.occasion}" if card.occasion else "a card"
    return called if card.year_alone else f"{called}, {output.plain_day(card.on, card.on)}"


def _written(lines: Sequence[Written], columns: int, most: int) -> list[str]:
    if not lines:
        return ["-"]
    return [row for line in lines for row in lines_of(_card_in_words(line), columns, most)]


def flowing(words: Sequence[str], columns: int, most: int) -> list[list[str]]:
    """Return short pieces on as few lines as they take, each line an entry.

    One piece alone takes at most so many (0: all).
    """
    lines: list[str] = []
    for word in (output.clean(word, most=0) for word in words):
        if lines and output.width(lines[-1]) + output.width(word) + 3 <= columns:
            lines[-1] += f" · {word}"
        else:
            lines += lines_of(word, columns, most)
    return [[line] for line in lines]


def lines_of(text: str, columns: int, most: int) -> list[str]:
    """Return a text in lines, at most so many (0: all), the last one cut."""
    lines = output.wrap(text, columns, most=most and 2 * most * columns)
    if most and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return [*lines[: most - 1], output.cut(rest, columns)]
    return lines

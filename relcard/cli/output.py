"""Everything that is printed on the terminal: cleaned, aligned, calm."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from contextlib import contextmanager
from itertools import compress
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date


_SOON_DONE = 1_000_000  # bytes, which take less than a second
# Joiners that scripts need; everything else that cannot be printed could steer a terminal.
_ALLOWED = "\u200c\u200d"
_LONGEST_WORD = 500  # letters, more than any address on the web that a person keeps
_NO_WORD = rf"\S{{{_LONGEST_WORD + 1},}}"
_LONGEST_LINE = 1000  # letters, more than any name, title or path
_LONGEST_TEXT = 2000  # letters of a text in several lines, where nobody asked for all of it
_WIDEST = 100  # columns of a table that are filled up for one long cell
_LONGEST_CELL = 2000  # letters
# How narrow a table's columns become, in columns of the terminal, where it has too few for all of them.
_LEGIBLE, _NARROW, _LEAST = 20, 12, 6
_GAP_OR_COMMAND = r"( {2,}| (?=\x1b\[36m))"  # where a line is broken best: at a gap, and before a command


def clean(text: str, *, most: int = _LONGEST_LINE) -> str:
    """Return text without what could steer a terminal: control characters are shown, not obeyed.

    What is no word any more for its length is cut, and so is a text of more than `most` letters (0: of none).
    """
    if 0 < most < len(text):
        text = f"{text[:most]}…"
    if len(text) > _LONGEST_WORD:
        text = re.sub(_NO_WORD, lambda word: f"{word[0][:_LONGEST_WORD]}…", text)
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in _ALLOWED
        else ("\n" if character == "\n" else f"\\x{ord(character):02x}")
        for character in text
    )


def say(text: str = "", *, err: bool = False) -> None:
    """Print lines of ours; names in them must have been cleaned."""
    click.echo(fitted(text, err=err), err=err)


def fitted(text: str, *, err: bool = False) -> str:
    """Return lines as they are printed: where lines have an end, long ones go on below."""
    if not lines_end(err=err):
        return text
    columns = terminal_width()
    return "\n".join(line if _seen(line) <= columns else _folded(line, columns) for line in text.split("\n"))


def _seen(line: str) -> int:
    """Return how many columns a line takes, whatever its colours."""
    return width(click.unstyle(line))


def _folded(line: str, columns: int) -> str:
    """Return a long line in several, those below set in; what stands between gaps stays whole if it can."""
    plain = click.unstyle(line)
    indent = len(plain) - len(plain.lstrip(" "))
    below = " " * (indent + 2 if indent else 0)
    lines, here = [], ""
    gaps_and_pieces = re.split(_GAP_OR_COMMAND, line)
    for gap, piece in zip(["", *gaps_and_pieces[1::2]], gaps_and_pieces[::2], strict=True):
        is_whole = _seen(here + gap + piece) <= columns or _seen(below + piece) <= columns
        for number, word in enumerate([piece] if is_whole else piece.split(" ")):
            longer = f"{here}{' ' if number else gap}{word}"
            if _seen(longer) > columns and click.unstyle(here).strip():
                lines.append(here)
                here = below + word
            else:
                here = longer
    return "\n".join((*lines, here))


def say_wrapped(text: str) -> None:
    """Print a sentence, on several lines where it is long."""
    say("  " + "\n    ".join(wrap(text, terminal_width() - 4)))


def dim(text: str) -> str:
    """Return text as context: quieter than the rest."""
    return click.style(text, dim=True)


def accent(text: str) -> str:
    """Return text as the one thing to do."""
    return click.style(text, fg="cyan")


def bold(text: str) -> str:
    """Return text as a title."""
    return click.style(text, bold=True)


def say_json(noun: str, value: object, **more: object) -> None:
    """Print the one object that `--json` promises, and nothing else."""
    import json  # noqa: PLC0415  2 ms, which a screen does without

    text = json.dumps({"version": 1, noun: value, **more}, ensure_ascii=False, indent=2)
    if sys.stdout.isatty():  # the same values, in letters that steer no terminal
        text = "".join(
            letter if letter.isprintable() or letter in f"\n{_ALLOWED}" else json.dumps(letter)[1:-1]
            for letter in text.replace("\x7f", "\\u007f")
        )
    click.echo(text.encode(errors="replace"))  # UTF-8 under any locale; a file's name may not be


def say_bytes(data: bytes) -> None:
    """Print a file as it is; on a terminal as text, without what could steer it."""
    if sys.stdout.isatty():
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        click.echo(clean(text, most=0), nl=False)
    else:
        click.echo(data, nl=False)


def iso(day: date | None) -> str | None:
    """Return a date for JSON."""
    return day.isoformat() if day else None


def short_day(day: date, today: date) -> str:
    """Return a date as it is said: Mon 23 Nov, with the year when it is another one."""
    from relcard.domain import dates  # noqa: PLC0415  1 ms that --help and a list do without

    return dates.short_day(day, weekday=True, beside=today)


def plain_day(day: date, today: date) -> str:
    """Return a date without its weekday, for columns: 23 Nov."""
    from relcard.domain import dates  # noqa: PLC0415  as above

    return dates.short_day(day, beside=today)


_VIRAMA = 9  # the combining class of the signs that make one of two letters in the scripts of India
# The later parts of a syllable of Hangul, fillers, and what chooses the form of the letter before it.
_JOINING = frozenset(
    map(chr, (*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC), 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)))
)
# Letters, numbers, signs and spaces, each of which takes its columns whatever stands beside it.
_ALONE = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"))
_ALONE |= {"Sc", "Sm", "Zs"}
_TOO_MANY = 1_000_000  # columns no text has: it holds a letter whose width its neighbours decide


class _Columns(dict[str, int]):
    """The columns of each letter, worked out once each; `_TOO_MANY` where it depends on its neighbours."""

    def __missing__(self, letter: str) -> int:
        category = unicodedata.category(letter)
        if letter in _JOINING:
            columns = _TOO_MANY
        elif category in _ALONE:
            columns = 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        else:  # an accent stands above or below
            columns = 0 if category == "Mn" and unicodedata.combining(letter) != _VIRAMA else _TOO_MANY
        self[letter] = columns
        return columns


_COLUMNS = _Columns()


def width(text: str) -> int:
    """Return how many columns a text takes."""
    # Every letter before U+0300, the first that stands over another, takes one column: nearly every name.
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    columns = sum(map(_COLUMNS.__getitem__, text))
    return columns if columns < _TOO_MANY else _joined_width(text)


def _joined_width(text: str) -> int:
    """Return the columns of a text with emoji, or in a script whose letters join: the library's part."""
    from wcwidth import wcswidth  # noqa: PLC0415  60 ms, as long as Python and click together

    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


def cut(text: str, columns: int) -> str:
    """Return the text in at most that many columns, an ellipsis where it was cut."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[:-1]
    return f"{text}…"


def pad(text: str, columns: int) -> str:
    """Return the text filled with spaces to that many columns."""
    return text + " " * (columns - width(text))


def terminal_width() -> int:
    """Return the columns there are, 100 at most: COLUMNS or the terminal's, and 80 where there is none."""
    wish = os.environ.get("COLUMNS", "")
    if wish.isdigit() and int(wish):
        return min(int(wish), 100)
    try:
        columns = os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
    except (OSError, ValueError):  # no terminal, or a stream without a file
        columns = 0
    return min(columns or 80, 100)


def table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, flexible: int = 0, indent: str = "  "
) -> None:
    """Print aligned columns. Where lines have an end, the column `flexible` goes on below itself.

    Where that is not enough, so do the others, the widest first.

    One pass over plain strings: a library's table is fifty times slower on ten thousand rows.
    """
    cells = [tuple(map(clean, row)) for row in rows]
    if not cells:
        return
    told = [any(column) for column in zip(*cells, strict=True)]  # a column that says nothing is left out
    if not all(told):
        flexible = sum(told[:flexible])
        headers = tuple(compress(headers, told))
        cells = [tuple(compress(row, told)) for row in cells]
    widths, cells = _widths(headers, cells)
    heads = [header.upper() for header in headers]
    too_many = sum(widths) + 2 * (len(widths) - 1) + len(indent) - terminal_width() if lines_end() else 0
    if too_many > 0:
        _narrow(widths, too_many, flexible, heads, cells)
    lines_of = _lines_of_row if too_many > 0 else _line_of_row
    before = [dim(indent + line) for line in lines_of(heads, widths)] if any(headers) else []
    click.echo("\n".join([*before, *(indent + line for row in cells for line in lines_of(row, widths))]))


def _widths(headers: Sequence[str], cells: list[tuple[str, ...]]) -> tuple[list[int], list[tuple[str, ...]]]:
    """Return how many columns of the terminal each column takes, and the cells; one far too long is cut."""
    widths = [
        max(map(width, (header, *column)))
        for header, column in zip(headers, zip(*cells, strict=True), strict=True)
    ]
    if max(widths) > _WIDEST:  # one long cell must not fill up those of everybody
        widths = [min(columns, _WIDEST) for columns in widths]
        cells = [tuple(cut(cell[:_LONGEST_CELL], _LONGEST_CELL - 1) for cell in row) for row in cells]
    return widths, cells


def _line_of_row(row: Sequence[str], widths: Sequence[int]) -> tuple[str]:
    """Return a row in the one line that has room for it."""
    return (_line(row, widths),)


def _narrow(
    widths: list[int],
    too_many: int,
    flexible: int,
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
) -> None:
    """Take columns of the terminal from those of a table: the flexible one, titles, and the widest."""

    def take(column: int, least: int) -> None:
        nonlocal too_many
        taken = max(0, min(too_many, widths[column] - least))
        widths[column] -= taken
        too_many -= taken

    take(flexible, _LEGIBLE)
    for column, head in enumerate(heads):
        if too_many and " " in head and column != flexible:  # a title of two words stands on two lines
            take(column, max(map(width, (*head.split(), *(row[column] for row in cells)))))
    take(flexible, _NARROW)
    while too_many and max(widths) > _LEAST:
        take(widths.index(max(widths)), max(widths) - 1)


def _lines_of_row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield a row in as many lines as its tallest cell takes."""
    several = [_lines_of_cell(cell, columns) for cell, columns in zip(row, widths, strict=True)]
    return (_line(parts, widths) for parts in zip_longest(*several, fillvalue=""))


def _lines_of_cell(cell: str, columns: int) -> list[str]:
    """Return a cell in lines; a longer word is broken, behind a hyphen if it has one."""
    if width(cell) <= columns:
        return [cell]
    lines = []
    for line in wrap(cell, columns):
        rest = line
        while width(rest) > columns:
            ends = range(min(columns, len(rest)), 0, -1)
            most = next((end for end in ends if width(rest[:end]) <= columns), 1)
            hyphen = rest.rfind("-", 0, most) + 1
            end = hyphen if hyphen > most // 2 else most
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    return lines


def lines_end(*, err: bool = False) -> bool:
    """Whether lines have an end: on a terminal, or where COLUMNS says so. A pipe takes any length."""
    return (sys.stderr if err else sys.stdout).isatty() or "COLUMNS" in os.environ


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    parts = [
        cell.ljust(columns) if cell.isascii() else pad(cell, columns)
        for cell, columns in zip(row, widths, strict=True)
    ]
    return "  ".join(parts).rstrip()


def bar(amount: float, most: float, columns: int) -> str:
    """Return a thin bar, padded to its columns; what is not nothing shows at least half a column."""
    halves = round(2 * columns * amount / most) if most > 0 else 0
    halves = max(halves, 1 if amount > 0 else 0)
    whole, half = "━╸" if _draws("━╸") else "=-"
    return (whole * (halves // 2) + half * (halves % 2)).ljust(columns)


def _draws(letters: str) -> bool:
    """Whether the terminal has some letters, as one without Unicode has not."""
    try:
        letters.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Return "1 card", "2 cards"."""
    return f"{number} {noun}" if number == 1 else f"{number} {nouns or noun + 's'}"


def some_names(names: Sequence[str]) -> str:
    """Return names with commas; of more than six the first five, and how many there are besides."""
    shown = [cut(clean(name[:_WIDEST]), _WIDEST - 1) for name in names]
    return ", ".join(shown) if len(shown) <= 6 else f"{', '.join(shown[:5])} and {len(shown) - 5} more"


def wrap(text: str, columns: int, *, most: int = _LONGEST_TEXT) -> list[str]:
    """Return the text in lines of at most that many columns, broken at spaces.

    It is cut behind `most` letters (0: never).
    """
    lines: list[str] = []
    for paragraph in clean(text, most=most).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer) > columns and line:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


@contextmanager
def progress(
    total: int, label: str, *, quiet: bool, least: int = _SOON_DONE
) -> Iterator[Callable[[int], None]]:
    """Show how many of so many bytes are done, where somebody sees it and there are at least some."""
    if quiet or not sys.stderr.isatty() or total < least:
        yield lambda _: None
        return
    with click.progressbar(
        length=total, label=label, file=sys.stderr, update_min_steps=min(65536, total // 100)
    ) as shown:
        yield shown.update


Json = dict[str, Any]

"""The text of a page that is edited by hand: TOML, written with care and read with the line of each fault.

The standard library reads TOML and says nowhere on which line a value stood, so the lines are found here.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from collections.abc import Sequence

_MARK = "#! "  # begins the line that is put above a fault when the page is opened again
_JOINERS = "\u200c\u200d"  # scripts need them, though Python calls them unprintable
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|#[^\n]*", re.DOTALL
)
_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_PLACE = re.compile(r" \(at line (\d+), column \d+\)\Z")


class Fault(NamedTuple):
    """A fault of a page, and on which line it is, counted from 1."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class PageError(UsageError):
    """A page says something that cannot be kept; `faults` are all of it, in the order of the lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def written(text: str) -> str:
    """Return a text as a TOML string: in quotes on one line, several lines as a block."""
    if "\n" not in text:
        return '"' + _escaped(text).replace('"', '\\"') + '"'
    block = "\n".join(_escaped(line) for line in text.split("\n")).replace('"""', '""\\"')
    if block.endswith('"'):
        block = block[:-1] + '\\"'
    return f'"""\n{block}"""'


def listed(items: Sequence[str]) -> str:
    """Return texts as a TOML list on one line."""
    return "[" + ", ".join('"' + _escaped(item).replace('"', '\\"') + '"' for item in items) + "]"


def remark(text: str) -> str:
    """Return a text as it may stand in a comment: on one line, and nothing in it that TOML forbids."""
    return _escaped(" ".join(text.split()))


def table_text(values: Mapping[str, object]) -> str:
    """Return values as a page: texts, lists of texts, and tables, which stand behind the others."""
    lines: list[str] = []
    tables: list[str] = []
    for key, value in values.items():
        if isinstance(value, str):
            lines.append(f"{key} = {written(value)}")
        elif isinstance(value, dict):
            tables.append(f"[[{key}]]\n{table_text(value)}")
        elif isinstance(value, list) and _is_tables(value):
            tables += [f"[[{key}]]\n{table_text(table)}" for table in value]
        elif isinstance(value, list):
            lines.append(f"{key} = {listed(value)}")
    return "\n".join([*lines, *tables])


def _escaped(text: str) -> str:
    return "".join(letter if letter.isprintable() and letter != "\\" else _escape(letter) for letter in text)


def _escape(letter: str) -> str:
    if letter in _JOINERS:
        return letter
    code = ord(letter)
    return _ESCAPES.get(letter) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")


def marked(text: str, faults: Sequence[Fault]) -> str:
    """Return a page with each fault in words above its line, for the next try."""
    lines = text.split("\n")
    for fault in sorted(faults, reverse=True):
        lines.insert(min(fault.line, len(lines)) - 1, f"{_MARK}{' '.join(fault.message.split())}")
    return "\n".join(lines)


def unmarked(text: str, faults: Sequence[Fault]) -> str:
    """Return a page without the lines that `marked` put there."""
    marks = {f"{_MARK}{' '.join(fault.message.split())}" for fault in faults}
    return "\n".join(line for line in text.split("\n") if line.rstrip("\r") not in marks)


class Page:
    """A page that was read: its values, and the faults that are found in them."""

    def __init__(self, text: str) -> None:
        """Read the text; raises `PageError` when it is not TOML."""
        text = text.replace("\r\n", "\n")
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PageError([_not_toml(text, str(error))]) from error
        self.faults: list[Fault] = []
        self.lines = _places(text)
        self.values = self._with_plain_keys(values)

    def _with_plain_keys(self, values: dict[str, Any], table: str = "") -> dict[str, Any]:
        """Return values under keys as relcard writes them: Birthday is birthday, and stands there once."""
        made: dict[str, Any] = {}
        for key, value in values.items():
            plain = _plain(key)
            if plain in made:
                self.faults.append(Fault(self.line_of(table, 0, plain), f"this stands here twice: {key}"))
            if _is_tables(value):
                tables = [value] if isinstance(value, dict) else value
                made[plain] = [self._with_plain_keys(each, plain) for each in tables]
            else:
                made[plain] = value
        return made

    def top(self) -> Table:
        """Return what stands before the first table."""
        return Table(self, "", 0, {k: v for k, v in self.values.items() if not _is_tables(v)})

    def tables(self, name: str) -> list[Table]:
        """Return the tables of one name, in order, without those in which nothing is said."""
        tables = self.values.get(name, [])
        tables = tables if _is_tables(tables) else []
        made = [Table(self, name, number, values) for number, values in enumerate(tables)]
        return [
            table for table in made if any(value not in ("", [], False) for value in table.values.values())
        ]

    def refuse_other_tables(self, names: Collection[str]) -> None:
        """Find fault with tables of any other name."""
        for name, value in self.values.items():
            if _is_tables(value) and name not in names:
                words = ", ".join(f"[[{name}]]" for name in names)
                self.faults.append(
                    Fault(self.line_of(name), f"there is no [[{name}]] here; there are {words}")
                )

    def line_of(self, table: str, number: int = 0, key: str = "") -> int:
        """Return the line of an entry, else of its table."""
        return self.lines.get((table, number, key)) or self.lines.get((table, number, ""), 1)


class Table:
    """One table of a page. What is left out is empty."""

    def __init__(self, page: Page, name: str, number: int, values: dict[str, Any]) -> None:
        self._page = page
        self._name = name
        self._number = number
        self.values = values

    def fault(self, key: str, message: str) -> None:
        """Find fault with an entry, or with the table itself when `key` is ""."""
        line = self._page.line_of(self._name, self._number, key)
        self._page.faults.append(Fault(line, message))

    def refuse_other_keys(self, keys: Collection[str], elsewhere: Mapping[str, str] | None = None) -> None:
        """Find fault with entries of any other name; `elsewhere` says where some are said."""
        for key in self.values:
            if elsewhere and key in elsewhere:
                self.fault(key, f'"{key}" is no entry of its own here: {elsewhere[key]}')
            elif key not in keys:
                where = f"[[{self._name}]] has" if self._name else "there is"
                self.fault(key, f'{where} no "{key}"; write {", ".join(keys)}')

    def raw(self, key: str) -> str:
        """Return a text as it stands; a number or a day is taken for the words it is written in."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return value
        if isinstance(value, int | date) and not isinstance(value, bool):
            return str(value)
        self.fault(key, f'{key} wants words in quotes, as {key} = "..."')
        return ""

    def text(self, key: str) -> str:
        """Return a text on one line, its spaces squeezed."""
        return " ".join(self.raw(key).split())

    def many_lines(self, key: str) -> str:
        """Return a text of one line or several, without spaces at their ends and empty lines around."""
        return "\n".join(line.rstrip() for line in self.raw(key).split("\n")).strip("\n")

    def raw_items(self, key: str) -> list[str]:
        """Return a list as it stands; a text in its place is a list separated by commas."""
        value = self.values.get(key, [])
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
        self.fault(key, f'{key} wants a list, as {key} = ["...", "..."]')
        return []

    def items(self, key: str) -> tuple[str, ...]:
        """Return a list, each item on one line and once, without the empty ones."""
        items = (" ".join(item.split()) for item in self.raw_items(key))
        return tuple(dict.fromkeys(item for item in items if item))

    def flag(self, key: str) -> bool:
        """Return a yes or no."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"{key} is true or false, without quotes")
            return False
        return value


def _plain(key: str) -> str:
    return fold(key).replace("-", "_").replace(" ", "_")


def _is_tables(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    )


def _places(text: str) -> dict[tuple[str, int, str], int]:
    """Return the line of each entry and, under the key "", of each table: table, its number, key."""
    bare = _STRING_OR_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    lines: dict[tuple[str, int, str], int] = {}
    seen: Counter[str] = Counter()
    table, depth = "", 0
    for number, line in enumerate(bare.split("\n"), start=1):
        if depth == 0:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = _plain(header[1])
                lines[table, seen[table], ""] = number
                seen[table] += 1
                continue
            if key:
                lines[table, max(seen[table] - 1, 0), _plain(key[1])] = number
        depth += sum(line.count(bracket) for bracket in "[{") - sum(line.count(bracket) for bracket in "]}")
    return lines


def _not_toml(text: str, message: str) -> Fault:
    place = _PLACE.search(message)
    lines = text.split("\n")
    if place:
        line = min(int(place[1]), len(lines))
    else:  # at the end of the document: something was opened and never closed
        opened = [number for number, line in enumerate(lines, start=1) if '"""' in line or "'''" in line]
        line = opened[-1] if opened else len(lines) if lines[-1] else max(len(lines) - 1, 1)
    what = lines[line - 1].strip()
    shown = what if len(what) <= 50 else f"{what[:49]}…"
    if "overwrite" in message or "twice" in message:
        return Fault(line, f"this stands here twice: {shown}")
    return Fault(line, f'this cannot be read: {shown} - what you write stands in quotes, as town = "Leeds"')

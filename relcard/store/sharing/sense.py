"""What a step of another laptop may say: each value must be one that its column here can hold.

Without that a laptop that is broken would stop those that are not. Tables and columns that this relcard does
not know hold anything.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from relcard.domain.sharing.steps import UnreadStepError
from relcard.domain.sharing.steps import is_uuid
from relcard.domain.sharing.travelling import CARD
from relcard.domain.sharing.travelling import TABLES
from relcard.store.file import identity
from relcard.store.file import rows
from relcard.store.sharing.encoding import DETAIL

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Step
    from relcard.domain.sharing.steps import Value

_KINDS: Mapping[str, type] = {"TEXT": str, "INTEGER": int, "BLOB": bytes}
_LARGEST = 1 << 63  # an INTEGER of SQLite is less
_DIGEST = 32  # bytes


class Sense:
    """Knows of each column that travels what it can hold."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._kinds: dict[Key, tuple[type, bool]] = {}  # by table and column, and whether it may be missing
        self._needed: dict[str, frozenset[str]] = {}
        for table, how in TABLES.items():
            needed = set(how.groups) | ({"source", CARD} if table == "vcard" else set())
            for _, column, kind, is_said, default, is_key in db.execute(f'PRAGMA table_info("{table}")'):
                is_needed = is_said or is_key
                if column in how.columns:
                    self._kinds[table, column] = (_KINDS[kind], not is_needed)
                if is_needed and default is None and column in (*how.values, *how.to):
                    needed.add(column)
            self._needed[table] = frozenset(needed if table != "photo" else ())  # its bytes stand elsewhere

    def check(self, step: Step, *, behind: int) -> None:
        """Raise `UnreadStepError` where a step says what cannot be; `behind` is the number before its own."""
        wrong = "it does not follow the one before" if step.number != behind + 1 else ""
        if step.clock > step.number + sum(step.seen.values()):
            wrong = "its counter is ahead of all the steps that it knew"
        wrong = next(filter(None, map(self._wrong, step.changes)), wrong)
        if wrong:
            raise UnreadStepError(f"step {step.number}, {wrong}")

    def _wrong(self, change: Change) -> str:
        """Return what of a change cannot be, "" where it can."""
        if change.table not in TABLES or change.is_gone:
            return ""
        if not identity.is_uuid(bytes.fromhex(change.uuid)):
            return f"a row of {change.table} has no UUID that could be one"
        values = {change.column: change.value} if change.row is None else change.row
        for column, value in values.items():
            if not self._is_sound(change.table, column, value):
                return f"{change.table}.{column} cannot be {_shown(value)}"
        return "a photo is not the one it says" if change.table == "photo" and not _is_photo(change) else ""

    def can_stand(self, table: str, values: Mapping[str, Value]) -> bool:
        """Whether values make a row: none that it needs is missing, and together they can be."""
        if any(values.get(column) is None for column in self._needed[table]):
            return False
        return table != "season" or rows.makes_season(values)

    def _is_sound(self, table: str, column: str, value: Value) -> bool:
        how = TABLES[table]
        if column in how.groups:
            names = how.groups[column]
            return (
                isinstance(value, list)
                and len(value) == len(names)
                and all(self._is_sound(table, name, part) for name, part in zip(names, value, strict=True))
            )
        if table == "vcard" and column in ("source", CARD):
            return _is_source(value) if column == "source" else _is_card(value)
        if column.startswith(DETAIL):
            return value is None or _is_part(column.removeprefix(DETAIL), value)
        if column in how.to:
            return value is None or is_uuid(value)
        if (table, column) not in self._kinds:
            return True
        kind, is_optional = self._kinds[table, column]
        if value is None:
            return is_optional
        return type(value) is kind and _fits(value) and rows.can_read(table, column, value)


def _fits(value: Value) -> bool:
    """Whether SQLite keeps a value as it is; a text behind a NUL is not always."""
    return (
        "\0" not in value
        if isinstance(value, str)
        else not isinstance(value, int) or -_LARGEST <= value < _LARGEST
    )


def _is_part(name: str, value: Value) -> bool:
    try:
        text = json.dumps({name: value})
    except TypeError:  # bytes
        return False
    return "\\u0000" not in text and rows.can_read("contact", "detail", text)


def _is_source(value: Value) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(text, str) and _fits(text) for text in value)
        and rows.can_read("source", "imported_on", value[1])
    )


def _is_card(value: Value) -> bool:
    """Whether a value is the text of a vCard, its line in a file and its photos in their order."""
    if not isinstance(value, list) or [*map(type, value)] != [int, bytes, list] or not _fits(value[0]):
        return False
    _, raw, places = value
    if not all(
        isinstance(place, list) and [*map(type, place)] == [int, bytes] and len(place[1]) == _DIGEST
        for place in places
    ):
        return False
    starts = [at for at, _ in places]
    return starts == sorted(starts) and all(0 <= at <= len(raw) for at in starts)


def _is_photo(change: Change) -> bool:
    """Whether a photo is called after its bytes."""
    values = change.row or {}
    data, digest = values.get("data"), values.get("sha256")
    return (
        isinstance(data, bytes)
        and hashlib.sha256(data).digest() == digest
        and identity.key_uuid(b"photo", digest).hex() == change.uuid
    )


def _shown(value: Value) -> str:
    text = json.dumps(value, default=repr)
    return text if len(text) <= 40 else f"{text[:40]}…"

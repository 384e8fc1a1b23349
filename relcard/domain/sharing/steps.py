"""Steps as they travel between two laptops that keep one list: values, and each as one line of JSON.

A device is one laptop's store in the list (32 hex digits), a write one value of one field, named by its
device and the number of its step there. A row is named by its table and UUID, and another row a value points
to by its UUID, in hex; bytes are {"b": base64}.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = Any  # of JSON: null, number, text, list or object; bytes are read as such
MOST_DEEP = 8  # levels of lists and objects in a value
_HEX = re.compile(r"[0-9a-f]{32}\Z")
_SURROGATE = b"\\ud"
_LAST_NUMBER = 1 << 53  # what every reader of JSON keeps exactly


class Write(NamedTuple):
    """One value of one field, or a row that came or went: what one step of a device wrote there."""

    device: str
    number: int


class Change(NamedTuple):
    """What a step did to one field or one row.

    A value has a `column`; a row that came has its values in `row`; else the row went (`is_gone`).
    """

    table: str
    uuid: str
    column: str = ""
    value: Value = None
    row: Mapping[str, Value] | None = None
    is_gone: bool = False
    via: str = ""  # UUID of the row because of which this one went; "": it went itself
    replaces: tuple[Write, ...] = ()
    touches: tuple[str, ...] = ()  # UUIDs of contacts a change of their household or its card speaks of
    # Of a row that went: of each device the last step that was known, where that is less than the step knew.
    # So an undo brings back a removal that did not know what stands.
    knew: Mapping[str, int] | None = None

    def speaks_of(self, column: str) -> bool:
        """Whether it says a value of a column."""
        return self.column == column if self.row is None else column in self.row

    def value_of(self, column: str) -> Value:
        """Return the value that it says of a column."""
        return self.value if self.row is None else self.row.get(column)


class Step(NamedTuple):
    """One command of one device."""

    number: int  # from 1, on its device
    clock: int  # Lamport's: greater than of all steps its device knew
    seen: Mapping[str, int]  # of each other device the last step that its device knew
    command: str
    on: date
    changes: tuple[Change, ...]


class UnreadStepError(ValueError):
    """A line that is no step of this format, and why."""


def to_line(step: Step) -> bytes:
    """Return a step as its line, without an end of line: the same step gives the same bytes."""
    return _encode(
        {
            "n": step.number,
            "clock": step.clock,
            "seen": dict(step.seen),
            "command": step.command,
            "on": step.on.isoformat(),
            "changes": [_change_as_json(change) for change in step.changes],
        }
    ).encode()


def from_line(line: bytes) -> Step:
    """Read a step; raises `UnreadStepError` for a key that is missing, unknown or of another kind."""
    try:
        whole = json.loads(line, parse_constant=_refuse)
        if _SURROGATE in line.lower():
            _encode(whole).encode()  # half a letter that JSON can say, and no file hold
    except (ValueError, RecursionError) as error:
        raise UnreadStepError(f"it is not JSON: {error}") from error
    _check(
        isinstance(whole, dict) and whole.keys() == {"n", "clock", "seen", "command", "on", "changes"},
        "a step has n, clock, seen, command, on and changes",
    )
    _check(isinstance(whole["changes"], list), "changes are a list")
    return Step(
        number=_number(whole["n"], least=1),
        clock=_number(whole["clock"], least=1),
        seen=_seen(whole["seen"], "seen"),
        command=_text(whole["command"]),
        on=_day(whole["on"]),
        changes=tuple(map(_change_from_json, whole["changes"])),
    )


def value_to_text(value: Value) -> str:
    """Return a value as JSON, always the same text for the same value."""
    return _encode(_as_json(value))


def value_from_text(text: str) -> Value:
    """Read a value that `value_to_text` wrote."""
    return _from_json(json.loads(text))


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def _change_as_json(change: Change) -> dict[str, object]:
    said: dict[str, object] = {"t": change.table, "u": change.uuid, "r": list(change.replaces)}
    if change.is_gone:
        said |= {"gone": True, "via": change.via or None}
        if change.knew is not None:
            said["knew"] = dict(change.knew)
    elif change.row is not None:
        said["row"] = {column: _as_json(value) for column, value in change.row.items()}
    else:
        said |= {"c": change.column, "v": _as_json(change.value)}
    if change.touches:
        said["with"] = list(change.touches)
    return said


def _change_from_json(said: Any) -> Change:
    _check(isinstance(said, dict), "a change is an object")
    keys = said.keys() - {"with"}
    head: dict[str, Any] = {
        "table": _name(said.get("t")),
        "uuid": _uuid(said.get("u")),
        "replaces": _writes(said.get("r")),
        "touches": tuple(map(_uuid, said.get("with", ()))),
    }
    if keys == {"t", "u", "r", "c", "v"}:
        return Change(**head, column=_name(said["c"]), value=_from_json(said["v"]))
    if keys == {"t", "u", "r", "row"}:
        _check(isinstance(said["row"], dict), "a row has columns")
        return Change(**head, row={_name(column): _from_json(value) for column, value in said["row"].items()})
    is_gone = keys - {"knew"} == {"t", "u", "r", "gone", "via"} and said["gone"] is True
    _check(is_gone, "a change is of no known kind")
    knew = _seen(said["knew"], "knew") if "knew" in said else None
    return Change(**head, is_gone=True, via="" if said["via"] is None else _uuid(said["via"]), knew=knew)


def _seen(seen: Any, name: str) -> dict[str, int]:
    _check(isinstance(seen, dict) and all(map(is_uuid, seen)), f"{name} names devices")
    return {device: _number(number, least=0) for device, number in seen.items()}


def _as_json(value: Value) -> Value:
    if value is None or isinstance(value, str | int):  # nearly all
        return value
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode()}
    return [_as_json(part) for part in value] if isinstance(value, list | tuple) else value


def _from_json(value: Value, depth: int = 0) -> Value:
    """Read a value: bytes as such, lists part by part, any other object as it is."""
    _check(depth < MOST_DEEP, "a value is nested too deeply")
    if isinstance(value, list):
        return [_from_json(part, depth + 1) for part in value]
    if isinstance(value, dict) and value.keys() == {"b"}:
        try:
            return base64.b64decode(value["b"], validate=True)
        except (TypeError, ValueError, binascii.Error) as error:
            raise UnreadStepError("bytes are not base64") from error
    return value


def _refuse(name: str) -> None:
    raise UnreadStepError(f"{name} is no number of JSON")


def _check(is_so: bool, words: str) -> None:
    if not is_so:
        raise UnreadStepError(words)


def _number(value: Any, *, least: int) -> int:
    _check(type(value) is int and least <= value <= _LAST_NUMBER, "a number is none, or out of bounds")
    return int(value)


def _text(value: Any) -> str:
    _check(isinstance(value, str), "a text is none")
    return str(value)


def _name(value: Any) -> str:
    _check(isinstance(value, str) and bool(_NAME.match(value)), "the name of a table or column is none")
    return str(value)


_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z")


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise UnreadStepError("the day of a step is none") from error


def is_uuid(value: object) -> bool:
    """Whether a value is a UUID in hex, as devices and rows have one."""
    return isinstance(value, str) and bool(_HEX.match(value))


def _uuid(value: Any) -> str:
    _check(is_uuid(value), "a UUID is none")
    return str(value)


def _writes(value: Any) -> tuple[Write, ...]:
    _check(isinstance(value, list), "what a change replaces is a list")
    writes = []
    for write in value:
        _check(isinstance(write, list) and len(write) == 2, "a write is a device and a number")
        writes.append(Write(_uuid(write[0]), _number(write[1], least=1)))
    return tuple(writes)

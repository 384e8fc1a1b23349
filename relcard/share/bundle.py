"""A bundle: a numbered file in which a device hands its steps on, believed only when it is whole and its own.

Its first line can be read by eye and says how many bytes follow and their SHA-256. Behind it stands,
compressed by zlib, a header in JSON and a line for each step; all of that is sealed by age
(age-encryption.org) for the key of the list, unless the list is plain. Who has the key opens one without
relcard: `tail -n +2 FILE | age -d -i KEY`.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import ExtraError
from relcard.errors import InputError
from relcard.installation import bring_extra

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

MOST_PACKED = 8 * 1024 * 1024  # bytes of a file
MOST_TEXT = 64 * 1024 * 1024  # bytes of what is in it
_VERSION = 1
_FIRST_LINE = re.compile(rb"relcard bundle ([1-9]\d{0,3}) ([1-9]\d{0,8}) ([0-9a-f]{64})\n")
_BEGINNING = b"relcard bundle "
_LONGEST_FIRST_LINE = 96  # bytes
_SHA256 = re.compile(r"[0-9a-f]{64}|")
_DEVICE = re.compile(r"[0-9a-f]{32}")


class Fault(Enum):
    """Why a bundle is not taken, in words that go on from "it"."""

    HALF = "is not all there yet"
    DAMAGED = "is damaged"
    STRANGE = "is no bundle of relcard"
    OTHER_KEY = "is sealed with another key"
    OTHER_LIST = "belongs to another list"
    MISPLACED = "says that it is another bundle than its name"
    OUT_OF_CHAIN = "does not follow the bundle before it"
    NEWER = "was written by a newer relcard"
    TOO_LARGE = "is larger than a bundle may be"


class BundleError(InputError):
    """A bundle that is not taken; `fault` says why."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        hint = "Update relcard on this laptop." if fault is Fault.NEWER else ""
        super().__init__(f"it {fault.value}{f' ({detail})' if detail else ''}", hint=hint)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a bundle says of itself. Devices are 32 hex digits, checksums SHA-256 in hex.

    A pack holds the steps of several bundles, from `number` to `through`; `ends` is the checksum of the last.
    """

    list_id: str
    device: str
    name: str  # of the laptop, in its user's words
    on: str  # the day it was made, ISO 8601
    number: int
    before: str  # the checksum of the bundle before, "" before the first
    format: int  # of the store that wrote it
    first: int  # step
    last: int  # step, one less than the first where there is none
    tables: str  # what the shared tables came to at `vector`
    vector: Mapping[str, int] = field(default_factory=dict)  # the last step seen of each device
    through: int = 0
    ends: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the header's line before it is written."""
        kept = {name: getattr(self, name) for name in _KEYS if name != "list"}
        return {"relcard": _VERSION, "list": self.list_id, **kept}


_KEYS: dict[str, type] = {
    "list": str,
    "device": str,
    "name": str,
    "on": str,
    "number": int,
    "before": str,
    "format": int,
    "first": int,
    "last": int,
    "tables": str,
    "vector": dict,
    "through": int,
    "ends": str,
}


def checksum(data: bytes) -> str:
    """Return the checksum by which the next bundle names this one."""
    return sha256(data).hexdigest()


def pack(header: Header, lines: Sequence[bytes], key: str) -> bytes:
    """Return a bundle, sealed unless the key is "". Each sealing differs: the bytes once made are kept.

    Raises `BundleError` where it would be larger than others take, `ExtraError` without pyrage.
    """
    first = json.dumps(header.as_json(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = b"".join(line + b"\n" for line in (first.encode(), *lines))
    if len(text) > MOST_TEXT:
        raise BundleError(Fault.TOO_LARGE, f"{len(text) >> 20} MiB of text")
    body = zlib.compress(text, 9)
    if key:
        age = _age()
        body = age.encrypt(body, [age.x25519.Identity.from_str(key).to_public()])
    data = b"%s%d %d %s\n%s" % (_BEGINNING, _VERSION, len(body), sha256(body).hexdigest().encode(), body)
    if len(data) > MOST_PACKED:
        raise BundleError(Fault.TOO_LARGE, f"{len(data) >> 20} MiB")
    return data


def unpack(data: bytes, key: str) -> tuple[Header, list[bytes]]:
    """Return what is in a bundle: its header and the lines of its steps.

    Raises `BundleError` for one that is not whole, not for this key or of a newer relcard, and `ExtraError`
    without pyrage.
    """
    if len(data) > MOST_PACKED:
        raise BundleError(Fault.TOO_LARGE)
    text = _inflated(_opened(_body(data), key))
    first, *lines = text.split(b"\n")
    if not lines or lines.pop():
        raise BundleError(Fault.DAMAGED)
    return _read_header(first), lines


def check_place(header: Header, list_id: str, device: str, number: int, through: int = 0) -> None:
    """Refuse a bundle that lies where another belongs. Raises `BundleError`."""
    if header.list_id != list_id:
        raise BundleError(Fault.OTHER_LIST)
    if (header.device, header.number, header.through) != (device, number, through):
        raise BundleError(Fault.MISPLACED)


def _body(data: bytes) -> bytes:
    """Return what follows the first line, whole."""
    line = _FIRST_LINE.match(data)
    if line is None:
        has_size_alone = not data.strip(b"\0")
        if has_size_alone or _BEGINNING.startswith(data):
            raise BundleError(Fault.HALF)
        if not data.startswith(_BEGINNING):
            raise BundleError(Fault.STRANGE)
        is_cut = len(data) < _LONGEST_FIRST_LINE and b"\n" not in data
        raise BundleError(Fault.HALF if is_cut else Fault.DAMAGED)
    version, length = int(line[1]), int(line[2])
    body = data[line.end() :]
    if version > _VERSION:
        raise BundleError(Fault.NEWER)
    if len(body) < length:
        raise BundleError(Fault.HALF, f"{len(body)} of {length} bytes")
    if len(body) > length or sha256(body).hexdigest().encode() != line[3]:
        raise BundleError(Fault.DAMAGED)
    return body


def _opened(body: bytes, key: str) -> bytes:
    """Return what age had sealed. A list with a key takes nothing that is not sealed."""
    if not key:
        if body.startswith(b"age-encryption.org/"):
            raise BundleError(Fault.OTHER_KEY)
        return body
    age = _age()
    try:
        opened: bytes = age.decrypt(body, [age.x25519.Identity.from_str(key)])
    except age.DecryptError as error:
        raise BundleError(Fault.OTHER_KEY) from error
    return opened


def _inflated(packed: bytes) -> bytes:
    """Return the text in what zlib packed; of a bomb no more is made than a bundle may hold."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, MOST_TEXT)
    except zlib.error as error:
        raise BundleError(Fault.DAMAGED) from error
    if reader.unconsumed_tail:
        raise BundleError(Fault.TOO_LARGE)
    if not reader.eof or reader.unused_data:
        raise BundleError(Fault.DAMAGED)
    return text


def _read_header(line: bytes) -> Header:
    """Return a header, of which keys that are not known yet are passed over."""
    try:
        values = json.loads(line)
        if isinstance(values["relcard"], int) and values["relcard"] > _VERSION:
            raise BundleError(Fault.NEWER)
        kept = {name: values[name] for name in _KEYS}
        json.dumps(kept, ensure_ascii=False).encode()  # half a letter is none
        date.fromisoformat(kept["on"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BundleError(Fault.DAMAGED) from error
    if any(type(kept[name]) is not kind for name, kind in _KEYS.items()):
        raise BundleError(Fault.DAMAGED)
    header = Header(list_id=kept.pop("list"), **kept)
    if not _is_sound(header):
        raise BundleError(Fault.DAMAGED)
    return header


def _is_sound(header: Header) -> bool:
    return (
        all(_SHA256.fullmatch(text) for text in (header.before, header.ends))
        and min(header.number, header.format, header.first) > 0
        and header.last >= header.first - 1
        and (header.through == 0 or header.through >= header.number)
        and all(
            _DEVICE.fullmatch(device) and type(step) is int and step >= 0
            for device, step in (*header.vector.items(), (header.device, 0))
        )
    )


def _age() -> Any:
    try:
        import pyrage  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise ExtraError(
            "To share a list needs pyrage, which is not installed.",
            hint=f"{bring_extra('share')}. A folder that nobody else can read does without: --plain",
        ) from error
    return pyrage

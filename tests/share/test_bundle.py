"""Bundles: what is in one comes out again, and whatever is not whole, not ours or not its place is refused."""

from __future__ import annotations

import json
import sys
import zlib
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.errors import ExtraError
from relcard.share import bundle
from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.bundle import Header
from relcard.share.bundle import check_place
from relcard.share.bundle import pack
from relcard.share.bundle import unpack

KEY = "AGE-SECRET-KEY-122ZZJ39FFXCNDXCM2APE69LWFS56RVWGQSEGPR8DAM50SCYF3ZHSP7UPQL"
OTHER_KEY = "AGE-SECRET-KEY-1HPCS8ZSN8L0P879P6JKAQFX669XFVNYJRULEGWH3L22QPY95HUWS2CNRTU"
LINES = [b'{"n":7,"command":"note h12"}', '{"n":8,"command":"edit Zoë"}'.encode()]
HEADER = Header(
    list_id="5" * 32,
    device="ab" * 16,
    name="Zoë's laptop",
    on="2026-11-30",
    number=42,
    before="0" * 64,
    format=7,
    first=7,
    last=8,
    tables="1" * 64,
    vector={"ab" * 16: 8, "cd" * 16: 3},
)
SEALED = pack(HEADER, LINES, KEY)
PLAIN = pack(HEADER, LINES, "")


def fault_of(data: bytes, key: str = KEY) -> Fault:
    with pytest.raises(BundleError) as refused:
        unpack(data, key)
    return refused.value.fault


def framed(body: bytes, version: int = 1) -> bytes:
    """Return any bytes behind a first line that is right for them."""
    return b"relcard bundle %d %d %s\n%s" % (version, len(body), sha256(body).hexdigest().encode(), body)


def plain(*lines: bytes) -> bytes:
    return framed(zlib.compress(b"".join(line + b"\n" for line in lines)))


@pytest.mark.parametrize(("data", "key"), [(SEALED, KEY), (PLAIN, "")], ids=["sealed", "plain"])
def test_what_was_packed_comes_out(data: bytes, key: str) -> None:
    """Header and steps come out of a bundle as they went in, sealed or plain."""
    assert unpack(data, key) == (HEADER, LINES)


def test_a_sealed_bundle_tells_nothing() -> None:
    """No name, device or command can be read in a sealed bundle, and a plain one is made the same each time."""
    assert not any(
        word in SEALED for word in (b"Zo", b"note", HEADER.device.encode(), HEADER.list_id.encode())
    )
    assert pack(HEADER, LINES, "") == PLAIN


@given(st.integers(0, 8 * len(SEALED) - 1), st.sampled_from([(SEALED, KEY), (PLAIN, "")]))
def test_a_flipped_bit_is_refused(bit: int, sound: tuple[bytes, str]) -> None:
    """A bundle of which any bit is another is refused."""
    data, key = bytearray(sound[0]), sound[1]
    bit %= 8 * len(data)
    data[bit // 8] ^= 1 << bit % 8
    fault_of(bytes(data), key)


@given(st.integers(0, len(SEALED) - 1), st.sampled_from([(SEALED, KEY), (PLAIN, "")]))
def test_a_cut_is_seen_as_one(end: int, sound: tuple[bytes, str]) -> None:
    """A bundle cut anywhere is "not all there yet"."""
    data, key = sound
    assert fault_of(data[: end % len(data)], key) is Fault.HALF


@pytest.mark.parametrize(
    ("data", "key", "fault"),
    [
        (SEALED, OTHER_KEY, Fault.OTHER_KEY),
        (SEALED, "", Fault.OTHER_KEY),
        (PLAIN, KEY, Fault.OTHER_KEY),
        (b"<!DOCTYPE html><title>Hotel</title>", KEY, Fault.STRANGE),
        (SEALED + b"\n", KEY, Fault.DAMAGED),
        (b"relcard bundle one two three\n", KEY, Fault.DAMAGED),
        (framed(b"what a later relcard writes", version=2), KEY, Fault.NEWER),
        (plain(b'{"relcard":2}'), "", Fault.NEWER),
        (plain(b'{"relcard":1}'), "", Fault.DAMAGED),
        (plain(b"[]"), "", Fault.DAMAGED),
        (plain(b"no JSON"), "", Fault.DAMAGED),
        (framed(b"no zlib"), "", Fault.DAMAGED),
        (framed(zlib.compress(b"{}\nno end of line")), "", Fault.DAMAGED),
        (framed(zlib.compress(b"{}\n") + b"more"), "", Fault.DAMAGED),
        (b"\0" * (bundle.MOST_PACKED + 1), KEY, Fault.TOO_LARGE),
        (b"", KEY, Fault.HALF),
        (bytes(4096), KEY, Fault.HALF),
    ],
    ids=range(17),
)
def test_each_fault_is_named(data: bytes, key: str, fault: Fault) -> None:
    """Another key, a page of a hotel, a newer relcard, damage and size each have a refusal of their own."""
    assert fault_of(data, key) is fault


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": True},
        {"number": "42"},
        {"device": "../../etc"},
        {"before": "short"},
        {"last": 5},
        {"through": 41},
        {"vector": {"x": 1}},
        {"vector": {"ab" * 16: -1}},
        {"list": None},
        {"on": "yesterday"},
    ],
)
def test_a_header_that_makes_no_sense_is_damage(wrong: dict[str, object]) -> None:
    """Whatever a header holds, it is refused and never followed."""
    line = json.dumps({**HEADER.as_json(), **wrong}).encode()
    assert fault_of(plain(line), "") is Fault.DAMAGED


def test_later_keys_of_a_header_are_passed_over() -> None:
    """A header may say more than this relcard knows."""
    line = json.dumps({**HEADER.as_json(), "mood": "good"}).encode()
    assert unpack(plain(line, *LINES), "") == (HEADER, LINES)


def test_a_bomb_is_not_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of little that would become much, no more is made than a bundle may hold."""
    monkeypatch.setattr(bundle, "MOST_TEXT", 1 << 16)
    assert fault_of(framed(zlib.compress(b"\0" * (1 << 22))), "") is Fault.TOO_LARGE
    with pytest.raises(BundleError) as refused:
        pack(HEADER, [b"x" * (1 << 17)], "")
    assert refused.value.fault is Fault.TOO_LARGE


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        (replace(HEADER, list_id="6" * 32), Fault.OTHER_LIST),
        (replace(HEADER, device="cd" * 16), Fault.MISPLACED),
        (replace(HEADER, number=41), Fault.MISPLACED),
        (replace(HEADER, through=43), Fault.MISPLACED),
    ],
)
def test_a_bundle_that_lies_in_anothers_place_is_refused(other: Header, fault: Fault) -> None:
    """A sound bundle of another list, device or number is not what its name says."""
    check_place(HEADER, HEADER.list_id, HEADER.device, 42)
    with pytest.raises(BundleError) as refused:
        check_place(other, HEADER.list_id, HEADER.device, 42)
    assert refused.value.fault is fault


def test_without_pyrage_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyrage is not installed, sealing says what brings it, and a plain list goes on."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(ExtraError, match="needs pyrage") as refused:
        pack(HEADER, LINES, KEY)
    assert "pyrage" in refused.value.hint
    assert unpack(PLAIN, "") == (HEADER, LINES)

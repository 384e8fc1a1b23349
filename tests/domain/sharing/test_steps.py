"""A step and its line: what goes out comes in again, and what is no step is refused."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.sharing import steps
from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import Step
from relcard.domain.sharing.steps import Write

HERE, THERE, ROW = "0a" * 16, "0b" * 16, "0c" * 16
_uuids = st.binary(min_size=16, max_size=16).map(bytes.hex)
_values = st.recursive(
    st.none() | st.integers(-(2**53), 2**53) | st.text(max_size=8) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)
_names = st.sampled_from(["note", "contact", "text", "detail.phones", "of_a_newer_format"])
_writes = st.lists(st.builds(Write, _uuids, st.integers(1, 99)), max_size=2).map(tuple)
_changes = st.one_of(
    st.builds(Change, _names, _uuids, _names, _values, replaces=_writes),
    st.builds(Change, _names, _uuids, row=st.dictionaries(_names, _values), replaces=_writes),
    st.builds(
        Change,
        *(_names, _uuids),
        is_gone=st.just(True),
        via=st.just("") | _uuids,
        replaces=_writes,
        knew=st.none() | st.dictionaries(_uuids, st.integers(0, 99), max_size=2),
    ),
)
_steps = st.builds(
    Step,
    number=st.integers(1, 2**40),
    clock=st.integers(1, 2**40),
    seen=st.dictionaries(_uuids, st.integers(0, 99), max_size=2),
    command=st.text(max_size=20),
    on=st.dates(),
    changes=st.lists(_changes, max_size=3).map(tuple),
)
EDIT = Step(7, 913, {THERE: 41}, "note h12", date(2026, 12, 1), (Change("note", ROW, "text", "x"),))


@given(_steps)
def test_a_step_comes_in_as_it_went_out(step: Step) -> None:
    line = steps.to_line(step)
    assert b"\n" not in line
    assert steps.from_line(line) == step
    assert steps.to_line(steps.from_line(line)) == line


def test_a_line_reads_as_the_format_says() -> None:
    gone = Change("note", ROW, is_gone=True, via=HERE, replaces=(Write(HERE, 3),))
    line = json.loads(steps.to_line(EDIT._replace(changes=(*EDIT.changes, gone))))
    assert line == {
        "n": 7,
        "clock": 913,
        "seen": {THERE: 41},
        "command": "note h12",
        "on": "2026-12-01",
        "changes": [
            {"t": "note", "u": ROW, "c": "text", "v": "x", "r": []},
            {"t": "note", "u": ROW, "gone": True, "via": HERE, "r": [[HERE, 3]]},
        ],
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("n", 0),
        ("n", True),
        ("clock", 2**60),
        ("seen", {"x": 1}),
        ("on", "spring"),
        ("command", 3),
        ("changes", [{}]),
        ("changes", [{"t": "note", "u": ROW, "r": [], "c": "text"}]),
        ("changes", [{"t": "note; --", "u": ROW, "r": [], "c": "text", "v": 1}]),
        ("changes", [{"t": "note", "u": "12", "r": [], "c": "text", "v": 1}]),
        ("changes", [{"t": "note", "u": ROW, "r": [[HERE]], "c": "text", "v": 1}]),
        ("changes", [{"t": "note", "u": ROW, "r": [], "c": "text", "v": {"b": "?"}}]),
        ("changes", [{"t": "note", "u": ROW, "r": [], "gone": False, "via": None}]),
        ("changes", [{"t": "note", "u": ROW, "r": [], "gone": True, "via": None, "knew": {"x": 1}}]),
        ("more", 1),
    ],
)
def test_what_is_no_step_is_refused(key: str, value: object) -> None:
    line = json.loads(steps.to_line(EDIT)) | {key: value}
    with pytest.raises(steps.UnreadStepError):
        steps.from_line(json.dumps(line).encode())


@pytest.mark.parametrize("line", [b"", b"[]", b"\xff", b"[" * 5000, b'{"n": 1}'])
def test_what_is_no_object_of_ours_is_refused(line: bytes) -> None:
    with pytest.raises(steps.UnreadStepError):
        steps.from_line(line)

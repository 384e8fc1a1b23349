from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.kinds import OccasionKind
from relcard.domain.people.drift import rest_key
from relcard.domain.reminders.row_names import with_number
from relcard.domain.reminders.row_names import with_uuid

KINDS = {
    "day-": "day",
    "cadence-": "contact",
    "drift-": "contact",
    "season-": "season",
    "answer-card-": "recipient",
    "answer-": "interaction",
    "thanks-i": "interaction",
    "thanks-": "gift",
    **{f"{kind.value}-": "occasion" for kind in OccasionKind},
    **{f"{kind.value}-m": "member" for kind in OccasionKind},
}
NUMBERS = st.integers(min_value=1, max_value=2**53)
UUIDS = st.uuids().map(lambda uuid: uuid.hex)


@given(kind=st.sampled_from(sorted(KINDS)), number=NUMBERS, theirs=NUMBERS, uuid=UUIDS, rest=st.text())
def test_a_name_goes_to_the_other_laptop_and_means_the_same_row(
    kind: str, number: int, theirs: int, uuid: str, rest: str
) -> None:
    """Of each shape the number becomes the UUID of its table's row, and there the number that the row has there."""
    rest = f"-{rest}" if rest else ""
    rows = {(KINDS[kind], number): uuid}
    shared = with_uuid(f"{kind}{number}{rest}", lambda *row: rows[row])
    assert shared == f"{kind}{uuid}{rest}"
    assert with_uuid(shared, lambda *row: rows[row]) == shared
    assert with_number(shared, lambda *row: {(KINDS[kind], uuid): theirs}[row]) == f"{kind}{theirs}{rest}"
    assert with_number(f"{kind}{number}{rest}", lambda *_: None) == f"{kind}{number}{rest}"


@given(number=NUMBERS, kind=st.sampled_from(sorted(KINDS)))
def test_a_row_that_is_not_there_is_nobodys_on_either_laptop(number: int, kind: str) -> None:
    shared = with_uuid(f"{kind}{number}-2026", lambda *_: None)
    assert str(number) not in shared.removesuffix("-2026").removeprefix(kind).replace("0", "")
    assert with_number(shared, lambda *_: None) is None


@pytest.mark.parametrize("name", ["away-2026-07-01", "", "cadence-", "cadence-x-1", "season-1x", "9-1"])
def test_a_name_of_no_row_is_the_same_everywhere(name: str) -> None:
    assert with_uuid(name, lambda *_: "0") == name
    assert with_number(name, lambda *_: None) == name


def test_rests_are_of_a_contact() -> None:
    assert with_uuid(rest_key(5), lambda *row: f"{row}") == "drift-('contact', 5)-rest"

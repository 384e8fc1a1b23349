"""Writes of the list's rows come together: whatever comes first, and no word is dropped that nobody replaced."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.sharing.steps import Write
from tests.domain.sharing.histories import histories

if TYPE_CHECKING:
    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.merging import Row
    from tests.domain.sharing.histories import History
    from tests.domain.sharing.histories import Laptop

    Said = dict[tuple[Key, str], set[Write]]  # by row and column

MANY = settings(max_examples=400 if os.environ.get("RELCARD_FAULTS") == "full" else 20)


def _heads(laptop: Laptop) -> Said:
    return {(key, column): {*row.heads(column)} for key, row in laptop.rows.items() for column in row.columns}


def _last_writes(row: Row) -> dict[str, int]:
    """Return the last step of each laptop that wrote of a row."""
    device, number = row.made or Write("", 0)
    return row.touched | {device: max(number, row.touched.get(device, 0))}


@MANY
@given(histories, st.integers())
def test_the_order_of_arrival_does_not_matter(history: History, seed: int) -> None:
    """Any order that keeps what each step had seen gives the same writes, removals and last words of each row."""
    chance = random.Random(seed)  # noqa: S311  no secret
    one, other = history.arrived(chance), history.arrived(chance)
    assert _heads(one) == _heads(other)
    for key, row in one.rows.items():
        assert row.removals == other.rows[key].removals
        assert _last_writes(row) == _last_writes(other.rows[key])


@MANY
@given(histories)
def test_what_was_written_stands_or_was_replaced_by_who_had_seen_it(history: History) -> None:
    written: defaultdict[tuple[Key, str], set[Write]] = defaultdict(set)
    replaced: defaultdict[tuple[Key, str], set[Write]] = defaultdict(set)
    for device, steps in history.steps.items():
        for step in steps:
            write = Write(device, step.number)
            for change in step.changes:
                key = (change.table, change.uuid)
                columns = change.row if change.row is not None else [change.column]
                for column in [] if change.is_gone else columns:
                    written[key, column].add(write)
                    replaced[key, column] |= {
                        old
                        for old in change.replaces
                        if old.number <= {**step.seen, device: step.number - 1}[old.device]
                    }
    heads = _heads(history.arrived(random.Random(0)))  # noqa: S311  no secret
    assert heads == {field: writes - replaced[field] for field, writes in written.items()}

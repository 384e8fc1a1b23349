"""What stands of a list's rows: the same on every laptop, nothing without what it needs, of one key one row."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from typing import TYPE_CHECKING
from typing import NamedTuple

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.sharing.standing import Rows
from relcard.domain.sharing.standing import natural_key
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.travelling import OPTIONAL
from relcard.domain.sharing.travelling import PARENTS
from relcard.domain.sharing.travelling import TABLES
from tests.domain.sharing.histories import histories

if TYPE_CHECKING:
    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.steps import Step
    from tests.domain.sharing.histories import History

MANY = settings(max_examples=400 if os.environ.get("RELCARD_FAULTS") == "full" else 20)


@MANY
@given(histories, st.integers())
def test_the_order_of_arrival_does_not_matter(history: History, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    one, other = history.arrived(chance).standing(), history.arrived(chance).standing()
    assert one.pointers == other.pointers
    assert one.instead == other.instead


@MANY
@given(histories)
def test_whatever_lives_stands_with_what_it_needs_or_another_in_its_place(history: History) -> None:
    laptop = history.arrived(random.Random(0))  # noqa: S311  no secret
    standing = laptop.standing()
    for key, pointers in standing.pointers.items():
        for column, parent in TABLES[key[0]].to.items():
            pointed = pointers[column]
            was = standing.values(laptop.rows[key]).get(column)
            assert was is None or pointed is not None or (key[0], column) in OPTIONAL
            assert pointed is None or standing.is_there(parent, pointed)
    for key, row in laptop.rows.items():
        if standing.lives(key) and (not TABLES[key[0]].own or standing.resolved(row) is not None):
            assert standing.is_there(key[0], standing.stands_for(*key))


@MANY
@given(histories)
def test_of_several_rows_of_one_natural_key_one_stands(history: History) -> None:
    laptop = history.arrived(random.Random(0))  # noqa: S311  no secret
    standing = laptop.standing()
    keys = [
        (key[0], natural)
        for key, pointers in standing.pointers.items()
        if (natural := natural_key(key[0], {**standing.values(laptop.rows[key]), **pointers})) is not None
    ]
    assert len(keys) == len(set(keys))
    for (table, _), uuid in standing.instead.items():
        assert standing.is_there(table, uuid)


class _Told(NamedTuple):
    """What the steps say of a row: who wrote of it, and who removed it and was not taken back."""

    writes: set[Write]
    removals: dict[Write, tuple[Step, str]]  # with the row because of which it went


def _told(history: History) -> dict[Key, _Told]:
    every: defaultdict[Key, _Told] = defaultdict(lambda: _Told(set(), {}))
    replaced: set[tuple[Key, Write]] = set()
    for device, steps in history.steps.items():
        for step in steps:
            write = Write(device, step.number)
            for change in step.changes:
                key = (change.table, change.uuid)
                replaced |= {(key, old) for old in change.replaces}
                if change.is_gone:
                    every[key].removals[write] = (step, change.via)
                    continue
                row = change.row or {}
                pointed = [
                    (parent, row[column]) for column, parent in TABLES[key[0]].to.items() if row.get(column)
                ]
                spoken = [(table, uuid) for table in PARENTS for uuid in change.touches]
                for hung_on in (key, *pointed, *spoken):
                    every[hung_on].writes.add(write)
    for key, old in replaced:
        every[key].removals.pop(old, None)
    return every


@MANY
@given(histories)
def test_a_row_lives_unless_who_removed_it_had_seen_all_that_was_written_of_it(history: History) -> None:
    """And what went because of another row comes back with that; of a merged contact another decides."""
    laptop = history.arrived(random.Random(0))  # noqa: S311  no secret
    standing = laptop.standing()
    told = _told(history)
    for key in laptop.rows:
        writes, removals = told[key]
        if standing.stands_for(*key) != key[1] or Rows(laptop.rows.values()).merges_of(key[1]):
            continue
        ours = {
            write: step
            for write, (step, via) in removals.items()
            if not (via and any(standing.lives((table, via)) for table in PARENTS))
        }
        unaware = [
            write
            for write in writes
            if not any(
                write.number
                <= (gone.number if gone.device == write.device else step.seen.get(write.device, 0))
                for gone, step in ours.items()
            )
        ]
        assert standing.lives(key) == bool(unaware or not ours), key

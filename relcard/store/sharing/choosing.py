"""Which kinds of the own book travel, said anew in a list that is shared already."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.travelling import OWN_KINDS
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.sharing.travelling import goes_along
from relcard.store.file import journal
from relcard.store.sharing import capture
from relcard.store.sharing import encoding
from relcard.store.sharing import ledger
from relcard.store.sharing import projecting
from relcard.store.sharing.state import OWN
from relcard.store.sharing.state import State
from relcard.store.sharing.state import chosen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from collections.abc import Mapping
    from datetime import date


class Chosen(NamedTuple):
    """What came of it, by kind: rows that came to the list, and rows of it that had been sent."""

    came: Mapping[str, int]
    stays: Mapping[str, int]


def choose_own(db: sqlite3.Connection, kinds: Collection[str], *, today: date) -> Chosen:
    """Let these kinds of the own book travel from now on, and no others.

    What stands of a new kind comes to the list in a step, and what the other laptop sent of it into the
    tables; where both said something, the two differ. What was sent of a kind that travels no more stays on
    the other laptop: a row that can say so is both's from now on, any other is each laptop's own.
    """
    before = chosen(db)
    asked = set(kinds) & set(OWN_KINDS)
    command = f"share own {' '.join(sorted(asked)) or 'none'}"
    with journal.taking(db) as history:
        history.begin(command, today, "", write=(OWN, 0))
        db.execute("UPDATE share_list SET own = ?", (json.dumps(sorted(asked)),))
        stays = {kind: _let_stay(db, kind, asked) for kind in sorted(before - asked)}
        new = [table for table, how in TABLES.items() if how.own in asked - before]
        changes = capture.capture_rows(
            db, {}, ledger.everything(db, new), command, today=today, is_apart=True
        )
        projecting.Projection(db).settle()
    came = Counter(
        TABLES[change.table].own for change in changes if change.row is not None and change.table in new
    )
    return Chosen({kind: came[kind] for kind in sorted(asked - before)}, stays)


def _let_stay(db: sqlite3.Connection, kind: str, asked: Collection[str]) -> int:
    """Let the rows of a kind go no more with it; return how many the other laptop has."""
    state = State(db)
    number = 0
    for table, how in TABLES.items():
        if how.own != kind or table == "through":  # which goes as its visit does
            continue
        for raw in encoding.read(db, table, "1"):
            uuid = encoding.uuid_of(raw)
            what = raw.get("channel") or raw.get("reminder", "")
            if not state.stands(table, uuid) or goes_along(table, asked, what):
                continue
            number += 1
            if "ours" in how.here:
                db.execute(f'UPDATE "{table}" SET ours = 1 WHERE rowid = ?', (raw["rowid"],))
            elif row := state.load(table, uuid):
                state.save(row, kept=row.values, behind=state.behind(table, uuid))
    return number

"""What travels: every column of the store has a say."""

from __future__ import annotations

import pytest

from relcard.domain.sharing.travelling import STAYING
from relcard.domain.sharing.travelling import TABLES
from relcard.store.file import checksums
from relcard.store.file import identity
from relcard.store.file.database import open_store


def test_every_column_of_the_store_travels_or_is_said_to_stay() -> None:
    db = open_store("/nowhere/relcard.db")
    names = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert names - set(checksums.OWN_TABLES) == TABLES.keys() | STAYING.keys()
    for name, table in TABLES.items():
        columns = [
            row[1] for row in db.execute(f'PRAGMA table_info("{name}")') if row[1] not in ("id", "uuid")
        ]
        said = [*table.columns, *table.made, *table.here]
        assert sorted(said) == sorted(columns), f"{name}: say in travelling.py how each column travels"


@pytest.mark.parametrize("name", TABLES)
def test_a_row_points_to_one_that_is_made_before_it(name: str) -> None:
    order = list(TABLES)
    assert all(order.index(parent) < order.index(name) for parent in TABLES[name].to.values())


def test_a_row_that_travels_has_a_uuid() -> None:
    assert TABLES.keys() - {"photo"} == set(identity.TRAVELLING) - STAYING.keys()

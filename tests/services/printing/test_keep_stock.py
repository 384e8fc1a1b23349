"""Tests of keeping a sheet as one's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.paper.stock.known import all_stock
from relcard.services.printing.find_stock import own_stock
from relcard.services.printing.keep_stock import keep_stock

if TYPE_CHECKING:
    import sqlite3

TODAY = date(2026, 11, 20)


def test_every_sheet_of_the_table_can_be_kept(db: sqlite3.Connection) -> None:
    """All measures come back as they were; only the brand stays behind, as a sheet of one's own has none."""
    for one in all_stock():
        keep_stock(db, one, today=TODAY)
    for mine, one in zip(own_stock(db), all_stock(), strict=True):
        assert (mine.name, mine.brand) == (one.part, "")
        for measure in (
            "page",
            "page_w",
            "page_h",
            "label_w",
            "label_h",
            "left",
            "top",
            "pitch_x",
            "pitch_y",
        ):
            assert getattr(mine, measure) == getattr(one, measure)
        assert (mine.columns, mine.rows, mine.corner, mine.source) == (
            one.columns,
            one.rows,
            one.corner,
            one.source,
        )

"""A sheet of labels kept as the user's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from relcard.paper.stock.known import match_stock
from relcard.services.printing.find_stock import own_stock
from relcard.store import stocks

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.printing.stock import Stock
    from relcard.store.file.database import Connection


def keep_stock(db: Connection, stock: Stock, *, today: date) -> Stock | None:
    """Keep a sheet under its part; return the user's earlier one of that name, whose place it takes."""
    earlier = match_stock(stock.part, own_stock(db))
    if earlier is not None:
        stocks.remove(db, earlier.part)
    measures = asdict(stock)
    del measures["brand"]
    stocks.add(db, stocks.StockRow(name=measures.pop("part"), **measures), today=today)
    return earlier

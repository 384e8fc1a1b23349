"""A sheet of labels by its name: the user's own, those relcard knows, those other programs brought."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from relcard.domain.printing.stock import Stock
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import match_stock
from relcard.paper.stock.known import unknown_stock
from relcard.store import stocks

if TYPE_CHECKING:
    from relcard.store.file.database import Connection


def find_stock(db: Connection | None, name: str) -> Stock:
    """Return the sheet called `name`, whatever the case, spaces and hyphens.

    The user's own come first, then our table, then the templates of LibreOffice and gLabels, which are read
    only for a name that is in neither. `db` is None where there is no store. Raises `NotFoundError` with the
    nearest names of all.
    """
    known = (own_stock(db), all_stock())
    for among in known:
        found = match_stock(name, among)
        if found is not None:
            return found
    from relcard.paper.stock.foreign import installed_stock

    installed = installed_stock()
    found = match_stock(name, installed)
    if found is None:
        raise unknown_stock(name, (one for among in (*known, installed) for one in among))
    return found


def own_stock(db: Connection | None) -> tuple[Stock, ...]:
    """Return the sheets the user described, in the order they were added; they have no brand."""
    if db is None:
        return ()
    return tuple(_as_stock(row) for row in stocks.every(db))


def _as_stock(row: stocks.StockRow) -> Stock:
    measures = asdict(row)
    return Stock(brand="", part=measures.pop("name"), **measures)

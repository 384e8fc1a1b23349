"""A sheet of labels by its name: the user's own, those relcard knows, those other programs brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.stock import match_stock
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import unknown_stock
from relcard.store import stocks

if TYPE_CHECKING:
    from relcard.domain.printing.stock import Stock
    from relcard.store.file.database import Connection


def find_stock(db: Connection, name: str) -> Stock:
    """Return the sheet called `name`, whatever the case, spaces and hyphens.

    The user's own come first, then our table, then the templates of LibreOffice and gLabels, which are read
    only for a name that is in neither. Raises `NotFoundError` with the nearest names of all.
    """
    known = (stocks.every(db), all_stock())
    for among in known:
        stock = match_stock(name, among)
        if stock is not None:
            return stock
    from relcard.paper.stock.foreign import installed_stock  # noqa: PLC0415  XML: 15 ms, rarely asked

    installed = installed_stock()
    stock = match_stock(name, installed)
    if stock is None:
        raise unknown_stock(name, (other for among in (*known, installed) for other in among))
    return stock

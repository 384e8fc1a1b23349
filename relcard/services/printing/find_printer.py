"""The printer a page goes to, with the offset that its stock needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.printer import Printer
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.store import printers

if TYPE_CHECKING:
    from relcard.store.file.database import Connection
    from relcard.store.printers import PrinterRow


def find_printer(db: Connection, name: str | None, stock: str) -> Printer | None:
    """Return the printer of that name, or the only one there is, as it must be corrected on a stock.

    `stock` is the name of a sheet, envelope or size of card; "" asks for what holds on all. None is a printer
    without a correction for it, or that there are several and no name was said. Raises `NotFoundError` when
    nothing is known of the printer named.
    """
    rows = rows_of(db, name)
    if name and not rows:
        known = ", ".join(dict.fromkeys(one.name for one in printers.every(db)))
        raise NotFoundError(
            f"Nothing is known of a printer {name}." + (f" There are: {known}." if known else ""),
            hint=f"Measure it once: relcard print calibration --printer {name}",
        )
    if len({fold(one.name) for one in rows}) != 1:
        return None
    by_stock = {fold(one.stock): one for one in rows}
    row = by_stock.get(fold(stock)) or by_stock.get(printers.ANY)
    return as_printer(row) if row else None


def rows_of(db: Connection, name: str | None) -> list[PrinterRow]:
    """Return what is kept of the printer of that name, in capitals or not; of all when no name is said."""
    return [one for one in printers.every(db) if not name or fold(one.name) == fold(name)]


def as_printer(row: PrinterRow) -> Printer:
    """Return a printer as it is kept."""
    return Printer(name=row.name, dx=row.dx, dy=row.dy, scale_x=row.scale_x, scale_y=row.scale_y)

"""The printer a page goes to, with the offset that its stock needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.store import printers

if TYPE_CHECKING:
    from relcard.domain.printing.printer import Printer
    from relcard.store.file.database import Connection


def find_printer(
    db: Connection, name: str | None, stock: str, *, sent_to: str | None = None
) -> Printer | None:
    """Return the printer of that name, or the only one there is, as it must be corrected on a stock.

    What is `sent_to` a printer is corrected as is known of that one, and not at all where nothing is.

    `stock` is the name of a sheet, envelope or size of card; "" asks for what holds on all. None is a printer
    without a correction for it, or that there are several and no name was said. Raises `NotFoundError` when
    nothing is known of the printer named.
    """
    wanted = name or sent_to
    kept = printers.of_name(db, wanted) if wanted else printers.every(db)
    if name and not kept:
        known = ", ".join(dict.fromkeys(other.printer.name for other in printers.every(db)))
        raise NotFoundError(
            f"Nothing is known of a printer {name}." + (f" There are: {known}." if known else ""),
            hint=f"Measure it once: relcard print calibration --printer {name}",
        )
    if len({fold(row.printer.name) for row in kept}) != 1:
        return None
    by_stock = {fold(row.stock): row.printer for row in kept}
    return by_stock.get(fold(stock)) or by_stock.get(printers.ANY)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.printer import Printer
from relcard.errors import NotFoundError
from relcard.services.printing.find_printer import find_printer
from relcard.store import printers

if TYPE_CHECKING:
    import sqlite3
    from datetime import date


def kept(db: sqlite3.Connection, today: date, name: str, stock: str, dx: float) -> None:
    printers.save(db, Printer(name=name, dx=dx), stock, today=today)


def test_the_only_printer_needs_no_name(db: sqlite3.Connection, today: date) -> None:
    """Nothing is moved without a printer, everything for the only one, nothing where there are several."""
    assert find_printer(db, None, "Avery L7160") is None
    kept(db, today, "den", "", 1)
    assert find_printer(db, None, "Avery L7160") == Printer(name="den", dx=1)
    kept(db, today, "shop", "", 2)
    assert find_printer(db, None, "Avery L7160") is None
    assert find_printer(db, "SHOP", "Avery L7160") == Printer(name="shop", dx=2)


def test_a_stock_of_its_own_goes_before_all(db: sqlite3.Connection, today: date) -> None:
    """What holds on the stock is taken, else what holds on all, else nothing."""
    kept(db, today, "den", "Avery L7160", 1)
    assert find_printer(db, "den", "Avery 5160") is None
    kept(db, today, "den", "", 2)
    assert find_printer(db, "den", "avery l7160") == Printer(name="den", dx=1)
    assert find_printer(db, "den", "C6") == Printer(name="den", dx=2)


def test_an_unknown_printer_is_refused_with_those_known(db: sqlite3.Connection, today: date) -> None:
    """A name that nobody measured is no silent nothing: it is refused."""
    kept(db, today, "den", "", 1)
    with pytest.raises(NotFoundError, match="There are: den") as caught:
        find_printer(db, "shop", "")
    assert "calibration" in caught.value.hint

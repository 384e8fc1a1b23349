"""Tests of finding a sheet by its name: in the store, in our table, in what other programs brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.errors import NotFoundError
from relcard.paper.stock import foreign
from relcard.paper.stock import known
from relcard.services.printing.find_stock import find_stock
from relcard.store import stocks

if TYPE_CHECKING:
    import sqlite3

    from relcard.domain.printing.stock import Stock

TODAY = date(2026, 11, 20)
TEMPLATES = Path(__file__).parents[2] / "data" / "stock" / "glabels"


@pytest.fixture(autouse=True)
def _no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test see what this computer has."""
    monkeypatch.setenv(foreign.VARIABLE, "")


def _own(name: str) -> Stock:
    return replace(known.find_stock("L7160"), part=name, brand="", label_h=38.0, source="your measures")


def test_a_sheet_of_ones_own_goes_before_the_table(db: sqlite3.Connection) -> None:
    """A name of the user's own wins, in any case and spacing; the brand still leads to ours."""
    assert find_stock(db, "l7160").name == "Avery L7160"
    stocks.keep(db, _own("L 7160"), today=TODAY)
    assert find_stock(db, "l7160").name == "L 7160"
    assert find_stock(db, "avery L7160").brand == "Avery"
    assert stocks.every(db) == (_own("L 7160"),)


def test_names_in_other_letters_are_names(db: sqlite3.Connection) -> None:
    """A sheet may be called in any script, and accents composed or not are one name."""
    stocks.keep(db, _own("Étiquettes"), today=TODAY)
    stocks.keep(db, _own("Этикетки"), today=TODAY)
    assert find_stock(db, "e\u0301tiquettes").part == "Étiquettes"
    assert find_stock(db, "этикетки").part == "Этикетки"


def test_templates_are_read_only_for_a_name_that_is_nowhere_else(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What other programs brought is found last, and left alone while the table has the name."""
    monkeypatch.setenv(foreign.VARIABLE, str(TEMPLATES))
    assert find_stock(db, "Harbour H101").label_w == 66.675
    assert find_stock(db, "H200").rows == 3

    def never() -> tuple[Stock, ...]:
        raise AssertionError

    monkeypatch.setattr(foreign, "installed_stock", never)
    stocks.keep(db, _own("Jam jars"), today=TODAY)
    assert find_stock(db, "jam jars").part == "Jam jars"
    assert find_stock(db, "L7160").brand == "Avery"


def test_an_unknown_name_is_answered_with_the_nearest_of_all(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own, ours and the installed ones are all among the names that may have been meant."""
    stocks.keep(db, _own("Jam jars"), today=TODAY)
    monkeypatch.setenv(foreign.VARIABLE, str(TEMPLATES))
    for said, meant in (("jam jar", "Jam jars"), ("L7160x", "L7160"), ("H1O1", "H101")):
        with pytest.raises(NotFoundError, match="No label sheet is called") as caught:
            find_stock(db, said)
        assert meant in caught.value.hint
    with pytest.raises(NotFoundError, match="is an envelope"):
        find_stock(db, "C6")

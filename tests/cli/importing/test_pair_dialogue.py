from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.cli.importing.pair_dialogue import sit_line_by_line
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.pair_sitting import PairSitting
from relcard.store import contacts
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


@pytest.fixture
def pairs(book: Book) -> Book:
    """Return a store with two pairs: names in capitals, and a first name alone."""
    book.imported(
        card("Ann Poe", "EMAIL:ann@example.org", uid="a1", street="1 Elm St"),
        card("ANN POE", "EMAIL:ann@example.org", uid="a2"),
        card("Ben Roe", uid="b1"),
        card("Ben Roe", uid="b2"),
    )
    return book


def _said(book: Book, capsys: pytest.CaptureFixture[str], *answers: str) -> str:
    """Give the answers one after another, and return what stands on the terminal."""
    left = iter((*answers, "q"))
    sitting = PairSitting(book.db, find_duplicates(book.db), STANDPOINT)
    sit_line_by_line(sitting, TODAY, ask=lambda: next(left))
    return capsys.readouterr().out


def test_a_pair_is_shown_with_what_a_merge_makes(
    pairs: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line the same stands as on the page, within the width of the terminal."""
    monkeypatch.setenv("COLUMNS", "60")
    said = _said(pairs, capsys, "1")
    assert "same name and e-mail  0 of 2" in said
    assert "m makes: Ann Poe · cards go to 1 Elm St, LS1 4DY Leeds," in said
    assert "m makes: ANN POE · cards go to" in said
    assert all(len(line) <= 60 for line in said.splitlines())


def test_answers_are_kept_and_taken_back(pairs: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """m, n, u, l and a search do what they do on the page; anything else is no answer."""
    said = _said(pairs, capsys, "x", "/nobody", "/ben", "n", "u", "l", "m")
    assert "One of the keys, please." in said
    assert "No pair has nobody in a name." in said
    assert "Ben Roe: not the same" in said
    assert "Taken back: Ben Roe: not the same" in said
    assert "Ben Roe: later" in said
    assert "Ann Poe and ANN POE: one contact now" in said
    assert sorted(row.name for row in contacts.listing(pairs.db)) == ["Ann Poe", "Ben Roe", "Ben Roe"]

"""Columns of a card list, as families keep them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies

from relcard.domain.languages import CODES
from relcard.domain.languages import language
from relcard.domain.seasons.years import Cell
from relcard.domain.seasons.years import CellReading
from relcard.domain.seasons.years import ListedYear
from relcard.domain.seasons.years import YearCard
from relcard.domain.seasons.years import cell_of
from relcard.domain.seasons.years import read_cell
from relcard.domain.seasons.years import silent_years


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x", ""), ("X", ""), ("yes", ""), ("Y", ""), ("✓", ""), ("12/19", ""), ("19.12.", ""), ("19 Dec", ""),
        ("L", ""), ("P", ""), ("ja", ""), ("oui", ""), ("tak", ""), ("1", ""),
        ("x - baby in May", "baby in May"), ("12/19 - new porch", "new porch"), ("yes, twins", "twins"),
        ("photo card", "photo card"), ("come and see us", "come and see us"), ("x-ray went well", "x-ray went well"),
    ],
)  # fmt: skip
def test_a_tick_is_a_card_and_other_words_are_its_line(text: str, line: str) -> None:
    assert read_cell(ListedYear(2024, "received", text)).cards == (YearCard(2024, True, line),)
    assert read_cell(ListedYear(2024, "sent", text)).cards == (YearCard(2024, False, line),)


@pytest.mark.parametrize("text", ["", "  ", "no", "N", "-", "–", "0", "none", "nein"])
def test_nothing_is_no_card(text: str) -> None:
    assert read_cell(ListedYear(2024, "sent", text)).cards == ()


@pytest.mark.parametrize("text", ["moved!", "Returned", "RTS", "deceased", "Doris died", "umgezogen"])
def test_news_is_asked_about(text: str) -> None:
    assert read_cell(ListedYear(2024, "received", text)).question


@pytest.mark.parametrize("text", ["deceased", "Doris died", "verstorben"])
def test_a_death_is_no_card(text: str) -> None:
    assert read_cell(ListedYear(2024, "sent", text)).cards == ()


@pytest.mark.parametrize(
    ("text", "ways"),
    [("s/r", (False, True)), ("s", (False,)), ("r", (True,)), ("x/-", (False,)), ("-/x", (True,)), ("both", (False, True)),
     ("no", ()), ("", ())],
)  # fmt: skip
def test_one_column_may_be_of_both_ways(text: str, ways: tuple[bool, ...]) -> None:
    cards = read_cell(ListedYear(2023, "sent and received", text)).cards
    assert tuple(card.from_them for card in cards) == ways


@pytest.mark.parametrize("code", CODES)
def test_the_words_of_each_language_are_understood_in_a_cell(code: str) -> None:
    """No word of one language says the opposite in another."""
    words = language(code).cells
    for word in f"{words.yes} {words.sent} {words.came}".split():
        assert read_cell(ListedYear(2024, "sent", word)) == CellReading((YearCard(2024, False),)), word
    for word in words.no.split():
        assert read_cell(ListedYear(2024, "received", word)) == CellReading(), word
    for phrase in (*words.moved, *language(code).died_as):
        assert read_cell(ListedYear(2024, "received", f"Ann {phrase}!")).question, phrase
    for field, ways in (("sent", [False]), ("came", [True]), ("both", [False, True])):
        for word in getattr(words, field).split():
            cards = read_cell(ListedYear(2024, "sent and received", word)).cards
            assert [card.from_them for card in cards] == ways, word


@given(strategies.text(max_size=40), strategies.sampled_from(("sent", "received", "sent and received")))
def test_any_cell_is_read(text: str, way: str) -> None:
    reading = read_cell(ListedYear(2020, way, text))
    assert all(card.year == 2020 for card in reading.cards)
    assert len(reading.cards) <= (2 if way == "sent and received" else 1)


def test_silence_is_counted_from_the_newest_year_and_mourning_is_no_silence() -> None:
    cells = {2022: Cell.BOTH, 2023: Cell.SENT, 2024: Cell.MOURNING, 2025: Cell.NONE}
    assert silent_years(cells, range(2022, 2026)) == 2
    assert silent_years({}, range(2022, 2026)) == 4


def test_a_card_counts_before_the_mourning() -> None:
    assert cell_of(sent=False, came=True, mourning=True) is Cell.CAME
    assert cell_of(sent=False, came=False, mourning=True) is Cell.MOURNING

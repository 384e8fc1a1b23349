"""Tests of the sitting over pairs, by its keys, on a screen of 80x24."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from relcard.errors import StoreError
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.find_duplicates import nearest_first
from relcard.services.importing.pair_sitting import PairSitting
from relcard.store import contacts
from relcard.tui.pairs import PairsApp
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card
from tests.tui.test_triage import SIZE
from tests.tui.test_triage import screen_of

if TYPE_CHECKING:
    from tests.support.book import Book

LIST = (
    "Name,Street,Town,Postcode,Country,Sent 2024,Received 2024\n"
    "John & Mary Smith,1 Elm Street,Leeds,LS1 4DY,United Kingdom,x,a warm line\n"
)


class Pilot:
    """A user before the screen: gives keys, and reads what stands on the screen after each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.app: PairsApp

    def press(self, *keys: str, size: tuple[int, int] = SIZE) -> list[str]:
        """Sit down, press the keys, and return the screens: the first, and the one after each key."""

        async def sit() -> list[str]:
            pairs = nearest_first(self.book.db, find_duplicates(self.book.db))
            self.app = PairsApp(PairSitting(self.book.db, pairs, STANDPOINT), today=TODAY)
            async with self.app.run_test(size=size) as pilot:
                await pilot.pause()
                screens = [screen_of(self.app)]
                for key in keys:
                    await pilot.press(key)
                    if not self.app.is_running:
                        break
                    screens.append(screen_of(self.app))
                return screens

        return asyncio.run(sit())

    def names(self) -> list[str]:
        return sorted(row.name for row in contacts.listing(self.book.db))


@pytest.fixture
def pilot(book: Book) -> Pilot:
    """Return a user before two Anns of one e-mail, and a list's couple beside the card of one of the two."""
    book.imported(LIST, source="list.csv")
    book.imported(
        card("Ann Poe", "EMAIL:ann@example.org", uid="a1"),
        card("ANN POE", "EMAIL:ann@example.org", "TEL:0113 496 0000", uid="a2"),
        card("John Smith", "BDAY:1950-03-01", street="1 Elm Street"),
    )
    return Pilot(book)


def test_the_page_at_80_columns_and_24_lines(pilot: Pilot) -> None:
    """Why they look alike, what a merge makes and both side by side stand on one screen, the keys beneath."""
    screens = pilot.press("l")
    assert screens[1] == PAGE


def test_a_key_for_each_answer(pilot: Pilot) -> None:
    """Merge, not the same, undo: each is kept at once and told of, and the bar grows."""
    merged, taken_back, two, _ = pilot.press("m", "u", "n", "m")[1:]
    assert "Ann Poe and ANN POE: one contact now   u takes it back" in merged
    assert "1 of 2" in merged
    assert "Taken back: Ann Poe and ANN POE: one contact now" in taken_back
    assert "0 of 2" in taken_back
    assert "0 one contact now · 1 not the same" in two
    assert pilot.names() == ["ANN POE", "Ann Poe", "John Smith"]
    assert "That is every pair." in pilot.press("m")[1]


def test_the_number_turns_over_which_name_stands(pilot: Pilot) -> None:
    """The value that stands is the one the first line tells."""
    first, turned = pilot.press("1")
    assert "m  makes     Ann Poe · no address is known" in first
    assert "m  makes     ANN POE · no address is known" in turned


def test_search_help_and_the_end(pilot: Pilot) -> None:
    """A pair is found by words of a name; ? tells the keys; at the end l goes through those put off."""
    screens = pilot.press("slash", *"smith", "enter", "question_mark", "x", "l", "l", "l")
    assert "› John & Mary Smith · John Smith  same address, similar name" in screens[6]
    assert "1-9  which stands" in screens[8]
    assert "That is every pair." in screens[-2]
    assert "2 put off: l goes through them now" in screens[-2]
    assert "same name and e-mail" in screens[-1]


@pytest.mark.parametrize("size", [(60, 20), (40, 16), (200, 50)])
def test_other_terminals(pilot: Pilot, size: tuple[int, int]) -> None:
    """A narrow or low screen shows both beside each other all the same, and a wide one uses its width."""
    screen = pilot.press(size=size)[0]
    assert "Ann Poe" in screen
    assert "ANN POE" in screen
    assert all(len(line) <= size[0] for line in screen.splitlines())


def test_a_fault_ends_the_sitting_without_a_word_of_names(
    pilot: Pilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What goes wrong is raised after the terminal is restored."""
    monkeypatch.setattr(PairSitting, "merge", lambda _: (_ for _ in ()).throw(StoreError("full")))
    pilot.press("m")
    monkeypatch.setattr(PairsApp, "run", lambda *_, **__: None)
    with pytest.raises(StoreError, match="full"):
        pilot.app.keep_to_the_end()


PAGE = """\
 Are these one?                                                0 of 2 · 1 later
 ──────────────────────────────────────────────────────────────────────────────

  same address, similar name
  m  makes     John Smith · Mary Smith stays in the household · cards go to
               1 Elm Street, LS1 4DY Leeds, United Kingdom

  1  name      John Smith                     John & Mary Smith
     household Mary and John Smith            Mary and John Smith
  +  birthday  1 Mar 1950
     address   1 Elm Street, LS1 4DY Leeds,   1 Elm Street, LS1 4DY Leeds,
               United Kingdom                 United Kingdom
     cards                                    sent 1, last 2024 · came 1,
                                              last 2024
     from      cards.vcf, 20 Nov              list.csv, 20 Nov





 Ann Poe and ANN POE: later
 0 one contact now · 0 not the same
 m merge   n not the same   l later   u undo
 1-9 which stands   / search   ? help   q stop"""

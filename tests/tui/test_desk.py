"""Tests of the desk, by its keys, on a screen of 80x24."""

from __future__ import annotations

import asyncio
import re
from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.years import YearCard
from relcard.errors import InkContractError
from relcard.services.seasons.desk_sitting import DeskSitting
from relcard.services.seasons.desk_sitting import lay_piles
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.read_season import find_season
from relcard.store import households
from relcard.store import relationships
from relcard.store.file import journal
from relcard.tui.desk import DeskApp
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card
from tests.tui.test_triage import SIZE
from tests.tui.test_triage import screen_of

if TYPE_CHECKING:
    from relcard.services.seasons.draft_cards import Draft
    from tests.support.book import Book

_HAND = Hand()


class Pilot:
    """A user before the screen: gives keys, and reads what stands on the screen after each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.pace = ""
        self.hand = _HAND
        self.typed: Printed | InkContractError | None = None  # what comes out of the editor
        self.app: DeskApp
        self.picture = ""  # the last one

    def press(self, *keys: str, size: tuple[int, int] = SIZE) -> list[str]:
        """Sit down, press the keys, and return the screens: the first, and the one after each key.

        Keys in one string with spaces between them are pressed without a look at the screen in between.
        """
        standpoint = STANDPOINT._replace(pace=self.pace)
        season = find_season(self.book.db, None)
        piles = lay_piles(season, self.book.recipients(), standpoint)
        wanted = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=self.hand)

        async def sit() -> list[str]:
            sitting = DeskSitting(self.book.db, season, piles, wanted, standpoint)
            self.app = DeskApp(sitting, edit=self._edit, today=TODAY)
            async with self.app.run_test(size=size) as pilot:
                await pilot.pause()
                screens = [screen_of(self.app)]
                for key in keys:
                    await pilot.press(*key.split())
                    if not self.app.is_running:
                        break
                    screens.append(screen_of(self.app))
                self.picture = self.app.export_screenshot()
                return screens

        return asyncio.run(sit())

    def _edit(self, _: Draft) -> Printed | None:
        if isinstance(self.typed, InkContractError):
            raise self.typed
        return self.typed


@pytest.fixture
def pilot(book: Book) -> Pilot:
    """Return a user before a couple with a daughter, of whom much is known, and one of whom nothing is."""
    book.imported(
        card("Anna Nowak", street="1 Lake Road"),
        card("Jan Nowak", street="1 Lake Road"),
        card("Ola Nowak", "BDAY:2020-05-01", street="1 Lake Road"),
        card("Cyd Yew", street="2 Lake Road"),
    )
    book.circle(Circle.CLOSE, "Anna Nowak")
    book.circle(Circle.FRIEND, "Cyd Yew")
    with journal.step(book.db, "known", today=TODAY):
        anna = book.id_of("Anna Nowak")
        for year_card in (
            YearCard(2025, from_them=True, text="come and see the garden"),
            YearCard(2024, from_them=False),
        ):
            relationships.put_year_card(book.db, anna, year_card)
        relationships.put_year_card(
            book.db, anna, YearCard(2025, from_them=False, text="the train is booked")
        )
        relationships.add_note(book.db, anna, "new \x1b[31mkitchen", on=date(2026, 9, 1))
        relationships.set_fact(book.db, anna, "garden", "quinces", today=TODAY)
    book.start()
    (nowaks,) = [one for one in book.recipients() if one.household.addressee == "The Nowak Family"]
    with journal.step(book.db, "draft edit", today=TODAY):
        keep_draft(
            book.db,
            nowaks,
            Printed("A quiet Christmas", "A lamp in the window\nand a kind year"),
            edited=True,
        )
    return Pilot(book)


def test_the_page_at_80_columns_and_24_lines(pilot: Pilot) -> None:
    """The blank in its proportions, and beside it all that helps to write, on one screen."""
    screens = pilot.press("s", "b")
    assert screens[0] == PAGE
    assert screens[2] == PAGE
    assert "nothing new" in screens[1]
    assert "or a call instead" in screens[1]


def test_written_with_a_line_and_taken_back(pilot: Pilot) -> None:
    """The key w asks for a line with the page in sight; the next card comes, and u returns to the one before."""
    asked, kept, taken_back, nothing = pilot.press("w", "h i enter", "u", "u")[1:]
    assert "Written. A line of yours to remember" in asked
    assert "begin with   Dear Anna, Jan and Ola," in asked
    assert "The Nowak Family: written   u takes it back" in kept
    assert "1 of 2 written" in kept
    assert "1 kept this evening · 1 card still to write" in kept
    assert "Taken back: The Nowak Family: written" in taken_back
    assert "0 of 2 written" in taken_back
    assert "Nothing was kept this evening yet." in nothing


def test_a_note_a_question_and_the_way_out(pilot: Pilot) -> None:
    """A note is kept, escape leaves a line untyped, q asks another question each time, escape ends."""
    noted, left, first, second, explained = pilot.press(
        "n o k enter", "w x escape", "q", "q", "question_mark", "x escape"
    )[1:]
    assert "since then   ok (Nov)" in noted
    assert "noted   u takes it back" in noted
    assert "0 of 2 written" in left
    asked = [screen.splitlines()[20].strip() for screen in (first, second)]
    assert len(set(asked)) == 2
    assert all(question.startswith(("Ask", "Say", "Name")) for question in asked)
    assert "All is kept at once." in explained
    assert not pilot.app.is_running
    assert journal.history(pilot.book.db)[0].command == "desk"


def test_the_end_of_a_pile_and_of_all(pilot: Pilot) -> None:
    """Tonight's pile ends with a calm page; the space bar goes on, and a search finds what is behind it."""
    pilot.pace = "1 an evening"
    first, end, on, found, gone_to, last = pilot.press(
        "w enter", "space", "slash n o w", "enter", "s w enter"
    )
    assert "0 of 1 written tonight" in first
    assert "That is the pile, all 1 written. Enough for one evening." in end
    assert "space  goes on with the next 1" in end
    assert "Cyd Yew" in on
    assert "› The Nowak Family  Leeds" in found
    assert "written      no line kept" in gone_to
    assert "Every card of christmas-2026 is written." in last


def test_who_sits_down_again_has_written_tonights(pilot: Pilot) -> None:
    """The page says so, and the space bar goes on with the next evening's."""
    pilot.pace = "1 an evening"
    pilot.press("w enter")
    again, on = pilot.press("space")
    assert "tonight's is written" in again
    assert "Tonight's pile is written. Enough for one evening." in again
    assert "0 of 1 written" in on


def test_words_are_edited_outside_the_page(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes back is on the page as the user's own; a refusal is shown whole; some screens cannot."""
    pilot.typed = Printed("Peace, and quinces")
    assert "Not from here: relcard draft edit h" in pilot.press("e")[1]
    monkeypatch.setattr(DeskApp, "suspend", lambda _: nullcontext())
    (edited,) = pilot.press("e")[1:]
    assert "your words   front: Peace, and quinces" in edited
    assert "your words are kept" in edited
    pilot.typed = InkContractError("The words eat the room.", hint="Shorten the text.")
    refused, page = pilot.press("e", "x")[1:]
    assert "The words eat the room." in refused
    assert "Shorten the text." in refused
    assert "begin with" in page


def test_a_card_that_cannot_be_printed_says_why(pilot: Pilot) -> None:
    """Where the room has no place there is no drawing, and all the rest is there."""
    pilot.hand = Hand(pitch_mm=29)
    (screen,) = pilot.press()
    assert "no card      A6 is" in screen
    assert "they  “come and see the garden”" in screen
    assert "┌" not in screen


def test_a_household_with_a_feast_of_its_own(pilot: Pilot) -> None:
    """The first line says what its card is for, where that is another feast than the season's."""
    with journal.step(pilot.book.db, "household set", today=TODAY):
        households.set_wishes(pilot.book.db, pilot.book.home_of("Cyd Yew"), {"feast": "hanukkah"})
    assert any("for hanukkah · post by" in screen for screen in pilot.press("s"))


def test_a_long_first_line_ends_between_two_parts(pilot: Pilot) -> None:
    with journal.step(pilot.book.db, "household set", today=TODAY):
        longest = "The Nowak Family and everybody who lives there"
        households.set_wishes(pilot.book.db, pilot.book.home_of("Anna Nowak"), {"addressee": longest})
    lines = pilot.press()[0].splitlines()
    assert lines[3].strip() == "The Nowak Family and everybody who lives there  close · Leeds, GB"
    assert lines[4].strip() == "post by 17 Dec · number 1"


@pytest.mark.parametrize("size", [(50, 18), (200, 50)])
def test_other_terminals(pilot: Pilot, size: tuple[int, int]) -> None:
    """A narrow screen has the words first and the drawing beneath them; a wide one uses its width."""
    screen = pilot.press(size=size)[0]
    assert "Dear" in screen
    assert all(len(line) <= size[0] for line in screen.splitlines())
    assert ("┌" in screen) is (size[0] > 60)


def test_it_keeps_its_meaning_without_colours(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the same words stand on the screen and none of it is coloured."""
    coloured = pilot.press("q")
    in_colours = set(re.findall(r"fill: (#\w+)", pilot.picture))
    monkeypatch.setenv("NO_COLOR", "1")
    assert pilot.press("q") == coloured
    assert set(re.findall(r"fill: (#\w+)", pilot.picture)) < in_colours


PAGE = """\
 The desk · christmas-2026                                       0 of 2 written
 ──────────────────────────────────────────────────────────────────────────────

  The Nowak Family  close · Leeds, GB · post by 17 Dec · number 1

  ┌──────────────────┐   begin with   Dear Anna, Jan and Ola,
  │                  │   2025         they  “come and see the garden”
  │  ━━━━━━━━━       │                you   “the train is booked”
  │  ━━━━━━━         │   since then   Anna: new  [31mkitchen (Sep)
  │                  │   you know     garden: quinces
  │                  │   ages         Ola 6
  │  ┌────────────┐  │   room         10 lines of your hand, about 48 words,
  │  │            │  │                64% of the inside
  │  │            │  │   your words   front: A quiet Christmas
  │  │            │  │                inside: A lamp in the window / and a
  │  │            │  │                kind year
  │  │            │  │   by hand      The Nowak Family
  │  └────────────┘  │                1 Lake Road                            ▄
  │                  │                LEEDS
  └──────────────────┘                LS1 4DY

 2 cards still to write
 w written   s skip   b back   n note   e edit   u undo
 q a question   / search   ? help   esc stop"""

"""Tests of an evening at the desk: piles, answers, undo, and one step for all of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.season import State
from relcard.services.seasons.desk_sitting import Deed
from relcard.services.seasons.desk_sitting import DeskSitting
from relcard.services.seasons.desk_sitting import lay_piles
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.read_season import find_season
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import checksums
from relcard.store.file import journal
from relcard.store.file.database import open_store
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())


@dataclass
class Evening:
    """A season of four cards, and someone who sits down to write."""

    book: Book

    def sit(self, pace: str = "") -> DeskSitting:
        standpoint = STANDPOINT._replace(pace=pace)
        season = find_season(self.book.db, None)
        piles = lay_piles(season, self.book.recipients(), standpoint)
        return DeskSitting(self.book.db, season, piles, WANTED, standpoint)

    def steps(self) -> list[str]:
        return [step.command for step in journal.history(self.book.db) if not step.undone][:2]

    def states(self) -> list[str]:
        return [row.state for row in self.book.rows().values()]

    def notes(self, name: str) -> list[str]:
        return [note.text for note in relationships.notes(self.book.db, [self.book.id_of(name)])]


@pytest.fixture
def evening(open_season: Book) -> Evening:
    """Return a season before its first card is written."""
    return Evening(open_season)


def name(sitting: DeskSitting) -> str:
    page = sitting.page
    return "" if page is None else page.recipient.household.addressee


def names(sitting: DeskSitting) -> list[str]:
    """Return whose cards come, when each is skipped, up to the end of the pile."""
    several = []
    while name(sitting):
        several.append(name(sitting))
        sitting.skip()
    return several


def test_without_a_pace_the_whole_season_is_one_pile(evening: Evening) -> None:
    """The cards come in the agreed order, and at the end those skipped come again."""
    sitting = evening.sit()
    order = list(evening.book.rows())
    assert (sitting.total, sitting.left, sitting.further) == (len(order), len(order), 0)
    assert names(sitting) == order
    sitting.skip()
    assert name(sitting) == order[0]


def test_with_a_pace_tonights_pile_comes_first(evening: Evening) -> None:
    """The pile ends; one more key goes on to the next evening's, and nobody is lost."""
    order = list(evening.book.rows())
    sitting = evening.sit(pace="1 an evening")
    assert (sitting.total, sitting.further, sitting.left) == (1, 1, len(order))
    assert names(sitting) == order[:1]
    several = []
    while sitting.further:
        sitting.skip()
        several += names(sitting)
    assert sorted(several) == sorted(order[1:])


def test_what_was_written_tonight_is_taken_off_its_pile(evening: Evening) -> None:
    """Two an evening are two, however often one sits down; the third is the next evening's. Undo counts too."""
    sitting = evening.sit(pace="2 an evening")
    sitting.write()
    assert evening.sit(pace="2 an evening").total == 1
    sitting.write()
    again = evening.sit(pace="2 an evening")
    assert (again.total, again.page, again.further) == (0, None, 2)
    sitting.undo()
    assert evening.sit(pace="2 an evening").total == 1


def test_a_card_is_in_the_store_at_once(evening: Evening) -> None:
    """Another process sees the card as written, with its line, and nothing holds the store meanwhile."""
    sitting = evening.sit()
    first = name(sitting)
    done = sitting.write("the train is booked ")
    assert done is not None
    assert (done.deed, sitting.written, name(sitting) != first) == (Deed.WRITTEN, 1, True)
    _, _, path = evening.book.db.execute("PRAGMA database_list").fetchone()
    with closing(open_store(path)) as other:
        assert [row[0] for row in other.execute("SELECT text FROM interaction")] == ["the train is booked"]
        with journal.step(other, "other", today=TODAY):
            relationships.add_tag(other, 1, "choir")
    assert evening.book.rows()[first].state == "written"


def test_the_whole_evening_is_one_step(evening: Evening) -> None:
    """Cards, lines, notes and words: one undo takes all of them back, row by row."""
    before = dump(evening.book.db)
    sitting = evening.sit()
    sitting.note("a second cat")
    sitting.keep_words(Printed("Peace", ""))
    sitting.write("a line")
    sitting.write()
    sitting.note("moved")
    sitting.undo()
    sitting.write("another")
    assert evening.steps()[0] == "desk"
    assert evening.steps()[1] != "desk"
    journal.undo(evening.book.db)
    assert dump(evening.book.db) == before


DEEDS = st.sampled_from(("write", "line", "note", "words", "skip", "back", "undo", "undo"))


def _press(sitting: DeskSitting, key: str, number: int) -> object:
    deeds: dict[str, Callable[[], object]] = {
        "write": sitting.write,
        "line": lambda: sitting.write(f"line {number}"),
        "note": lambda: sitting.note(f"note {number}"),
        "words": lambda: sitting.keep_words(Printed(f"words {number}")),
        "skip": sitting.skip,
        "back": sitting.back,
    }
    return deeds[key]()


@given(st.lists(DEEDS, max_size=9))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_at_the_desk_goes_back_deed_by_deed(evening: Evening, keys: list[str]) -> None:
    """Whatever keys are pressed: each u gives the store that was, and one undo the store of before."""
    db = evening.book.db
    sitting = evening.sit()
    stood = [dump(db)]
    for number, key in enumerate(keys):
        if key == "undo":
            if sitting.undo():
                stood.pop()
            assert dump(db) == stood[-1]
            continue
        if _press(sitting, key, number) is not None:
            stood.append(dump(db))
    assert len(stood) == len(sitting.done) + 1
    assert not list(checksums.mismatches(db))
    if sitting.done:
        assert evening.steps()[0] == "desk"
        journal.undo(db)
    assert dump(db) == stood[0]
    assert evening.steps()[0] != "desk"


def test_what_came_between_is_not_taken_back_from_here(evening: Evening) -> None:
    """Another command in the middle begins a second step, and must be taken back before the first."""
    sitting = evening.sit()
    sitting.write()
    with journal.step(evening.book.db, "another", today=TODAY):
        relationships.add_tag(evening.book.db, 1, "choir")
    assert sitting.undo() is None
    assert len(sitting.done) == 1
    sitting.write()
    assert evening.steps() == ["desk", "another"]
    assert sitting.undo() is not None
    journal.undo(evening.book.db)
    assert sitting.undo() is not None
    assert not sitting.done


def test_what_another_relcard_did_meanwhile_is_passed_over(evening: Evening) -> None:
    """A card written or dropped elsewhere is not asked about; one posted under the pen is left as it is."""
    order = list(evening.book.rows())
    rows = evening.book.rows()
    sitting = evening.sit()
    with journal.step(evening.book.db, "another", today=TODAY):
        seasons.set_state(evening.book.db, rows[order[0]].id, "posted")
        seasons.drop_recipient(evening.book.db, rows[order[1]].id)
        seasons.set_state(evening.book.db, rows[order[2]].id, "written")
    assert name(sitting) in order[:1] + order[3:]
    sitting.skip()
    assert name(sitting) == order[3]
    assert sitting.page is not None
    with journal.step(evening.book.db, "another", today=TODAY):
        seasons.set_state(evening.book.db, rows[order[3]].id, "posted")
    assert sitting.write("too late") is None
    assert evening.book.rows()[order[3]].state == "posted"


def test_back_shows_a_written_card_and_mends_its_line(evening: Evening) -> None:
    """A line said too fast is said anew, an empty one takes it off; going on passes what is written."""
    sitting = evening.sit()
    first = name(sitting)
    sitting.write("a lien")
    sitting.back()
    assert sitting.page is not None
    assert (name(sitting), sitting.page.line, sitting.page.waits) == (first, "a lien", False)
    sitting.write("a line")
    second = name(sitting)
    assert second != first
    sitting.back()
    assert sitting.page.line == "a line"
    sitting.write("")
    sitting.back()
    assert sitting.page.line == ""
    sitting.skip()
    assert name(sitting) == second


def test_a_note_is_for_whom_it_names(evening: Evening) -> None:
    """Without a name it is the whole household's; without words it is none."""
    sitting = evening.sit()
    assert sitting.note("  ") is None
    who = name(sitting)
    sitting.note("has a second cat")
    assert evening.notes(who) == ["has a second cat"]
    assert name(sitting) == who


def test_undo_returns_to_the_card(evening: Evening) -> None:
    """What was taken back is on the page again, and counts as unwritten."""
    sitting = evening.sit()
    first = name(sitting)
    sitting.write()
    sitting.skip()
    assert sitting.undo() is not None
    assert (name(sitting), sitting.written, evening.states()[0]) == (first, 0, "planned")
    assert sitting.undo() is None


def test_a_card_is_found_by_name_or_town_and_gone_to(evening: Evening) -> None:
    """One of a later evening lays its pile out."""
    order = list(evening.book.rows())
    sitting = evening.sit(pace="1 an evening")
    (last,) = sitting.find(order[-1].casefold())
    sitting.go_to(last)
    assert name(sitting) == order[-1]
    assert not sitting.find("")


def test_words_edited_at_the_desk_stay(evening: Evening) -> None:
    """The page has them as the user's own, and the card as drafted."""
    sitting = evening.sit()
    sitting.keep_words(Printed("Peace"))
    assert sitting.page is not None
    assert sitting.page.draft is not None
    assert (sitting.page.draft.printed.front, sitting.page.draft.edited) == ("Peace", True)
    assert sitting.page.recipient.state is State.DRAFTED

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.people.member import Member
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.years import Cell
from relcard.domain.seasons.years import YearCard
from relcard.services.seasons.desk_page import read_desk_page
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.move_cards import receive_cards
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_recipient
from relcard.store import households
from relcard.store import members
from relcard.store import pictures
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import TODAY

if TYPE_CHECKING:
    from relcard.services.seasons.desk_page import DeskPage
    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())


def page_of(book: Book, name: str, wanted: Wanted = WANTED) -> DeskPage:
    season = find_season(book.db, None)
    recipient = read_recipient(book.db, season, book.home_of(name), STANDPOINT, number=7)
    assert recipient is not None
    return read_desk_page(book.db, season, recipient, wanted, STANDPOINT)


def test_all_that_lies_beside_one_card(open_season: Book) -> None:
    """Lines of both sides by year, the newest first, their card of this year too; the years; the room and words."""
    book = open_season
    with journal.step(book.db, "cards", today=TODAY):
        season = find_season(book.db, None)
        ben = book.id_of("Ben Elm")
        relationships.put_year_card(book.db, ben, YearCard(2024, from_them=True, text="come and see"))
        relationships.put_year_card(book.db, ben, YearCard(2025, from_them=False, text="the train"))
        ours = [one for one in book.recipients() if one.household.addressee == "Ben Elm"]
        receive_cards(book.db, season, ours, on=TODAY, line="come soon")
    page = page_of(book, "Ben Elm")
    assert [(year, *both) for year, both in page.lines.items()] == [
        (2026, "", "come soon"),
        (2025, "the train", ""),
        (2024, "", "come and see"),
    ]
    assert [page.cells[year] for year in (2023, 2024, 2025, 2026)] == [
        Cell.NONE,
        Cell.CAME,
        Cell.SENT,
        Cell.CAME,
    ]
    assert not {"they wrote", "you wrote", "begin with"} & {label for label, _ in page.crib}
    assert page.draft is not None
    assert page.printed_lines
    assert (page.recipient.number, page.line, page.refused) == (7, "", None)


def test_the_question_of_the_crib_is_not_asked_again(open_season: Book) -> None:
    """Other questions are worth asking; the one that stands there is told once."""
    page = page_of(open_season, "Cyd Ash")
    told = dict(page.crib)["nothing new"]
    assert page.questions
    assert not any(told.startswith(question) for question in page.questions)


def test_words_that_may_not_be_printed_are_there_to_be_mended(open_season: Book) -> None:
    """What they break is said beside them; where no card has the room there are none."""
    book = open_season
    (ben,) = [one for one in book.recipients() if one.household.addressee == "Ben Elm"]
    with journal.step(book.db, "draft edit", today=TODAY):
        keep_draft(book.db, ben, Printed("Dear Ben"), edited=True)
    page = page_of(book, "Ben Elm")
    assert page.refused is not None
    assert page.draft is not None
    assert page.draft.printed.front == "Dear Ben"
    bare = page_of(
        book, "Ben Elm", Wanted(occasion="christmas", on=WANTED.on, size=A6, hand=Hand(pitch_mm=29))
    )
    assert bare.refused is not None
    assert bare.draft is None


def test_ages_are_those_on_the_feast_of_the_household(open_season: Book) -> None:
    """Whose card is for New Year has children as old as they will be then, on the desk and in its questions."""
    book = open_season
    with journal.step(book.db, "member add", today=TODAY):
        members.add(book.db, book.id_of("Ben Elm"), Member("Lena", "child", PartialDate(2016, 12, 28)))
    assert dict(page_of(book, "Ben Elm").crib)["ages"] == "Lena 9"
    with journal.step(book.db, "household set", today=TODAY):
        households.set_wishes(book.db, book.home_of("Ben Elm"), {"feast": "newyear"})
    page = page_of(book, "Ben Elm")
    assert dict(page.crib)["ages"] == "Lena 10"
    assert any("Lena (10)" in words for words in (*page.questions, *dict(page.crib).values()))


def test_the_desk_says_where_a_picture_of_their_last_card_is(open_season: Book) -> None:
    with journal.step(open_season.db, "picture", today=TODAY):
        pictures.keep(
            open_season.db,
            open_season.id_of("Ben Elm"),
            pictures.Card(pictures.CARD, "2024-12-20"),
            bytes(32),
        )
    said = ("their card", f"of 2024: relcard picture h{open_season.home_of('Ben Elm')}")
    assert said in page_of(open_season, "Ben Elm").crib
    assert "their card" not in dict(page_of(open_season, "Ada Oak").crib)

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.years import YearCard
from relcard.services.seasons.gather_crib import gather_crib
from relcard.services.seasons.gather_crib import gather_questions
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

CHRISTMAS = date(2026, 12, 25)


def _crib(book: Book, addressee: str) -> list[tuple[str, str]]:
    view = book.views()[addressee]
    return list(gather_crib(book.db, [view], on=CHRISTMAS)[view.id])


def test_newest_line_of_each_side(book: Book, today: date) -> None:
    """Their last written line and yours, from cards and letters only; a line not of last year bears its year."""
    book.imported(card("Anna Nowak"))
    with journal.step(book.db, "log", today=today):
        for channel, direction, year, line in (
            ("card", "from them", 2023, "an old line"),
            ("letter", "from them", 2025, "come and see the garden"),
            ("call", "from them", 2026, "not written"),
            ("card", "to them", 2024, "the train is booked"),
            ("card", "to them", 2025, ""),
        ):
            relationships.add_interaction(
                book.db, 1, channel=channel, direction=direction, on=date(year, 12, 20), text=line
            )
    crib = _crib(book, "Anna Nowak")
    assert ("they wrote", "“come and see the garden”") in crib
    assert ("you wrote", "“the train is booked”  (2024)") in crib
    assert "not written" not in f"{crib}"
    assert "an old line" not in f"{crib}"


def test_three_newest_notes_with_month_and_whose(book: Book, today: date) -> None:
    """In a household of several each note says whose it is; older ones give way to the newest three."""
    book.imported(card("Anna Nowak", street="1 High St"), card("Jan Nowak", street="1 High St"))
    with journal.step(book.db, "note", today=today):
        for month in (5, 9, 2, 7):
            relationships.add_note(book.db, 1 + month % 2, f"note {month}", on=date(2026, month, 3))
        relationships.add_note(book.db, 1, "note of old", on=date(2024, 3, 3))
    notes = [text for label, text in _crib(book, "Anna and Jan Nowak") if label in ("since then", "")]
    assert notes == ["Jan: note 9 (Sep)", "Jan: note 7 (Jul)", "Jan: note 5 (May)"]


def test_children_are_as_old_as_on_the_day(book: Book) -> None:
    """Ages are those of the occasion, older first; a child born without a year has none."""
    book.imported(
        card("Anna Nowak", "BDAY:1985-01-01", street="1 High St"),
        card("Ola Nowak", "BDAY:2017-12-24", street="1 High St"),
        card("Piotr Nowak", "BDAY:2019-12-26", street="1 High St"),
    )
    (view,) = book.views()
    assert ("ages", "Ola 9 · Piotr 6") in _crib(book, view)


def test_nothing_known_asks_for_a_question(book: Book) -> None:
    """Where nothing was ever noted there is one question and what else would do; how to begin is always there."""
    book.imported(card("Anna Nowak"))
    question = gather_questions(book.db, book.views()["Anna Nowak"], on=CHRISTMAS, aged_on=CHRISTMAS)[0]
    assert _crib(book, "Anna Nowak") == [
        ("nothing new", f"{question}; or a call instead"),
        ("begin with", "Dear Anna,"),
    ]


def test_what_was_noted_since_your_last_card_needs_no_question(book: Book, today: date) -> None:
    """A note, a visit or a line of theirs after your last card is something to write about; older ones are not.

    The card that is written now is not the last one.
    """
    book.imported(card("Anna Nowak"))

    def log(channel: str, direction: str, on: date, text: str = "") -> None:
        with journal.step(book.db, "log", today=today):
            relationships.add_interaction(book.db, 1, channel=channel, direction=direction, on=on, text=text)

    def has_news() -> bool:
        return "nothing new" not in dict(_crib(book, "Anna Nowak"))

    log("card", "to them", date(2025, 12, 10), "the train is booked")
    log("card", "from them", date(2025, 12, 5), "come and see the garden")
    with journal.step(book.db, "note", today=today):
        relationships.add_note(book.db, 1, "a new kitchen", on=date(2025, 6, 1))
    assert not has_news()
    assert ("you noted", "a new kitchen (Jun 2025)") in _crib(book, "Anna Nowak")
    for channel, direction, on, text in (
        ("card", "from them", date(2025, 12, 19), "the kitchen is done"),
        ("visit", "to them", date(2026, 8, 1), ""),
    ):
        log(channel, direction, on, text)
        assert has_news()
        journal.undo(book.db)
        assert not has_news()
    log("card", "to them", date(2026, 12, 1), "written this evening")
    with journal.step(book.db, "note", today=today):
        relationships.add_note(book.db, 1, "a second cat", on=date(2026, 5, 1))
    assert ("since then", "a second cat (May)") in _crib(book, "Anna Nowak")
    assert has_news()


def test_a_year_off_for_whom_three_cards_brought_nothing(book: Book, today: date) -> None:
    """In the wide circle three years without an answer are said kindly, with the year of their last card."""
    book.imported(card("Anna Nowak"))
    book.circle(Circle.WIDE, "Anna Nowak")
    with journal.step(book.db, "log", today=today):
        for year in (2023, 2024, 2025):
            relationships.put_year_card(book.db, 1, YearCard(year, from_them=False))
        relationships.put_year_card(book.db, 1, YearCard(2022, from_them=True))
    told = dict(_crib(book, "Anna Nowak"))["nothing new"]
    assert told.endswith("; or a year off: nothing came since 2022, and it may rest")


def test_each_household_has_its_own(book: Book, today: date) -> None:
    """What is known of one household is on no other's crib."""
    book.imported(card("Anna Nowak"), card("Bob Ash"))
    with journal.step(book.db, "note", today=today):
        relationships.add_note(book.db, book.id_of("Anna Nowak"), "hers", on=today)
        relationships.set_fact(book.db, book.id_of("Bob Ash"), "bread", "his", today=today)
    views = list(book.views().values())
    cribs = gather_crib(book.db, views, on=CHRISTMAS)
    text = {view.addressee: f"{cribs[view.id]}" for view in views}
    assert "hers" in text["Anna Nowak"]
    assert "bread: his" in text["Bob Ash"]
    assert "hers" not in text["Bob Ash"]
    assert "his'" not in text["Anna Nowak"]


def test_a_note_shared_is_on_the_crib_once(book: Book, today: date) -> None:
    """What was noted for two of three is one line with both names; noted for all it needs none."""
    book.imported(*(card(f"{name} Nowak", street="1 High St") for name in ("Anna", "Jan", "Ola")))
    with journal.step(book.db, "note", today=today):
        for contact_id in (1, 2):
            relationships.add_note(book.db, contact_id, "new kitchen", on=today)
        for contact_id in (1, 2, 3):
            relationships.add_note(book.db, contact_id, "moved to Leeds", on=today)
    texts = [text for label, text in _crib(book, "Anna, Jan and Ola Nowak") if label in ("since then", "")]
    assert texts == ["moved to Leeds (Nov)", "Anna and Jan: new kitchen (Nov)"]


def test_what_a_whole_house_has_in_common_is_told_once(book: Book, today: date) -> None:
    """A fact kept for everybody of a household is one remark; one that differs stays two."""
    book.imported(card("Anna Nowak", street="1 High St"), card("Jan Nowak", street="1 High St"))
    with journal.step(book.db, "fact", today=today):
        for contact_id, tea in ((1, "black"), (2, "green")):
            relationships.set_fact(book.db, contact_id, "garden", "quinces", today=today)
            relationships.set_fact(book.db, contact_id, "tea", tea, today=today)
    known = [text for _, text in _crib(book, "Anna and Jan Nowak")]
    assert known.count("garden: quinces") == 1
    assert {"tea: black", "tea: green"} <= set(known)

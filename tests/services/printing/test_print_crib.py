from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.services.printing.print_crib import CribPages
from relcard.services.printing.print_crib import print_crib
from relcard.services.seasons.draft_cards import Wanted
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card
from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from relcard.services.printing.print_run import PrintRun
    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())
BY_POST = CribPages(title="t", sender_country="GB", envelope="C6")


def _crib(book: Book) -> PrintRun:
    return print_crib(book.db, book.recipients(), WANTED, CribPages(title="christmas-2026"))


def test_crib_stands_in_writing_order(book: Book) -> None:
    """What must be posted first is first on the paper, each with its day."""
    book.imported(
        card("Home Hill", street="1 High Street"),
        card("Kiwi King", "ADR;TYPE=home:;;3 Bay Road;Nelson;;7010;New Zealand"),
        card("Ola Lis", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
    )
    book.circle(Circle.FRIEND, "Home Hill", "Kiwi King", "Ola Lis")
    book.start()
    run = _crib(book)
    text = " ".join(page_texts(run.data))
    places = [text.index(name) for name in ("Kiwi King", "Ola Lis", "Home Hill")]
    assert run.items == 3
    assert places == sorted(places)
    day = book.recipients()[0].post_by
    assert day is not None
    assert f"{day.day} {day:%b}" in text


def test_crib_holds_what_the_writer_needs(open_season: Book, today: date) -> None:
    """Their line and yours, notes, facts, how to begin and the room; the address where it is written by hand."""
    ada = open_season.id_of("Ada Oak")
    with journal.step(open_season.db, "know", today=today):
        for direction, line in (("from them", "come and see the garden"), ("to them", "the train is booked")):
            relationships.add_interaction(
                open_season.db, ada, channel="card", direction=direction, on=date(2025, 12, 20), text=line
            )
        relationships.add_note(open_season.db, ada, "new kitchen", on=date(2026, 9, 1))
        relationships.set_fact(open_season.db, ada, "bread", "rye", today=today)
    text = " ".join(" ".join(page_texts(_crib(open_season).data)).split())
    for words in (
        "come and see the garden",
        "the train is booked",
        "new kitchen",
        "bread: rye",
        "Dear Ada,",
        "1 High Street",
        "lines, about",
    ):
        assert words in text


def test_numbers_are_those_of_the_season_and_stamps_go_as_far(book: Book) -> None:
    """An entry printed alone keeps its number; each says whether home, Europe or the world."""
    book.imported(
        card("Home Hill", street="1 High Street"),
        card("Kiwi King", "ADR;TYPE=home:;;3 Bay Road;Nelson;;7010;New Zealand"),
        card("Ola Lis", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
    )
    book.circle(Circle.INNER, "Home Hill", "Kiwi King", "Ola Lis")
    book.start()
    for one, stamp in zip(book.recipients(), ("world", "europe", "home"), strict=True):
        run = print_crib(book.db, [one], WANTED, BY_POST)
        (text,) = page_texts(run.data)
        lines = [line.casefold() for line in text.split("\n")]
        assert str(one.number) in " ".join(lines).split()
        assert stamp in lines
        assert "on the envelope, c6" in text.casefold()
    assert [one.number for one in book.recipients()] == [1, 2, 3]


def test_a_stamp_nobody_knows_is_left_open(book: Book) -> None:
    """A country that is none is not taken for the sender's own."""
    book.imported(card("Far Away", "ADR;TYPE=home:;;1 Road;Town;;123;Atlantis"))
    book.circle(Circle.INNER, "Far Away")
    book.start()
    run = print_crib(book.db, book.recipients(), WANTED, BY_POST)
    lines = [line.casefold() for line in page_texts(run.data)[0].split("\n")]
    assert not {"home", "europe", "world"}.intersection(lines)


def test_name_no_font_has_is_named_and_still_there(book: Book) -> None:
    """The crib is for reading: what cannot be printed leaves a mark, and the report says so."""
    book.imported(card("佐藤 健", street="5 High Street"))
    book.circle(Circle.INNER, "佐藤 健")
    book.start()
    run = _crib(book)
    assert run.items == 1
    assert "5 High Street" in page_texts(run.data)[0]
    (skipped,) = run.skipped
    assert skipped.who == "佐藤 健"


def test_eighty_households_take_at_most_eight_pages(book: Book) -> None:
    """Of whom nothing is noted takes three lines, ages and all; who is near, or noted, has all their lines."""
    names = [f"Ada{number} Oak{number}" for number in range(80)]
    book.imported(*(card(name, street=f"{number} High Street") for number, name in enumerate(names)))
    book.circle(Circle.FRIEND, *names[10:])
    book.circle(Circle.CLOSE, *names[:10])
    noted = [book.id_of(name) for name in names[10:15]]
    with journal.step(book.db, "know", today=date(2026, 11, 20)):
        for contact_id in noted:
            relationships.add_note(book.db, contact_id, "new kitchen", on=date(2026, 9, 1))
    book.start()
    run = _crib(book)
    pages = page_texts(run.data)
    assert run.items == 80
    assert len(pages) <= 8
    text = "\n".join(pages)
    assert text.count("begin with") == 15
    assert text.count("Dear Ada") == text.count(" lines, about ") == 80
    full = print_crib(book.db, book.recipients(), WANTED, CribPages(title="t", full=True))
    assert "\n".join(page_texts(full.data)).count("begin with") == 80


def test_who_died_is_named_and_not_on_the_crib(open_season: Book) -> None:
    """A household of which nobody lives any more is left out with the reason."""
    open_season.imported(
        card("Cyd Ash", "DEATHDATE:2026-11-01", street="3 High Street", version="4.0"),
    )
    run = _crib(open_season)
    assert run.items == 3
    assert "Cyd" not in " ".join(page_texts(run.data))
    assert [(one.who, one.reason) for one in run.skipped] == [
        ("Cyd Ash", "nobody of this household is living")
    ]

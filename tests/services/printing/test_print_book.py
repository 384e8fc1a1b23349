from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.standpoint import Standpoint
from relcard.services.printing.print_book import print_book
from relcard.store import relationships
from tests.support.book import card
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from tests.support.book import Book

FROM = Standpoint(today=date(2026, 11, 20), sender_country="GB", language="en")


def test_households_stand_by_surname_with_people_birthdays_and_phones(book: Book) -> None:
    """A house has a line for each who lives there; a house of one has its name once, and no note is on it."""
    book.imported(
        card("Zoe Ash", "BDAY:1980-03-04", "TEL:07700 900123", "TEL:+44 1632 960211", street="1 High Street"),
        card("Ben Yew", "BDAY:--0512", "NOTE:likes rye", street="2 High Street"),
        card("Cat Yew", "TEL:07700 900786", street="2 High Street"),
    )
    run = print_book(book.db, None, FROM, page="A4")
    text = pdf_text(run.data)
    assert run.skipped == ()
    assert text.index("Zoe Ash") < text.index("Ben Yew")
    assert text.count("Zoe Ash") == 1
    assert "4 Mar 1980 · 07700 900123 · +44 1632 960211" in text
    assert "Ben Yew · 12 May" in text
    assert "Cat Yew · 07700 900786" in text
    assert "rye" not in text


def test_a_name_that_stands_above_is_no_line_of_its_own(book: Book) -> None:
    """With a phone or a birthday it is one, and so is a name that the envelope does not say."""
    book.imported(
        card("Tom & Lois Oak", street="1 High Street"),
        card("Lois Oak", "TEL:07700 900123", street="1 High Street"),
        card("Ada Yew", street="2 High Street"),
        card("Ben Yew", street="2 High Street"),
        card("Max Yew", "BDAY:2017", street="2 High Street"),
        card("Eve Elm", "TEL:07700 900456", street="3 High Street").replace(";Eve;;;", ";Eve;;Dr;"),
    )
    lines = pdf_text(print_book(book.db, None, FROM, page="A4").data).splitlines()
    assert [line for line in lines if "Oak" in line] == ["Tom and Lois Oak", "Lois Oak · 07700 900123"]
    assert lines[lines.index("Dr Eve Elm") + 1 :][:2] == ["3 High Street, LEEDS, LS1 4DY", "07700 900456"]
    assert [line for line in lines if "Yew" in line] == [
        "The Yew Family",
        "Ada Yew",
        "Ben Yew",
        "Max Yew · 2017",
    ]


def test_some_households_and_the_dead(book: Book) -> None:
    """Asked for some, the others are left out; a household in which nobody lives is named with the reason."""
    book.imported(card("Zoe Ash", street="1 High Street"), card("Ben Yew", "DEATHDATE:2024-01-02"))
    assert print_book(book.db, [book.home_of("Zoe Ash")], FROM, page="A4").items == 1
    run = print_book(book.db, None, FROM, page="A4")
    assert "Ben" not in pdf_text(run.data)
    assert [left_out.who for left_out in run.skipped] == ["Ben Yew"]


def test_years_are_there_when_asked_for(book: Book) -> None:
    """The cards of the years asked for have their marks, and those of others none."""
    book.imported(card("Zoe Ash", street="1 High Street"))
    ash = book.id_of("Zoe Ash")
    for day in (date(2019, 12, 10), date(2025, 12, 10)):
        relationships.add_interaction(book.db, ash, channel="card", direction="to them", on=day)
    assert "2025" not in pdf_text(print_book(book.db, None, FROM, page="A4").data)
    text = pdf_text(print_book(book.db, None, FROM, page="A4", years=range(2021, 2027)).data)
    assert "2025 s" in text
    assert "2019" not in text

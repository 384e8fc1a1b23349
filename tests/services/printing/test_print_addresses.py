from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.paper.stock.known import find_envelope
from relcard.paper.stock.known import find_stock
from relcard.services.printing.print_addresses import OnEnvelopes
from relcard.services.printing.print_addresses import OnLabels
from relcard.services.printing.print_addresses import print_addresses
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card
from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book

LABELS = OnLabels(stock=find_stock("L7160"))


def test_hand_addressed_circles_are_left_out_and_named(open_season: Book) -> None:
    """Inner and close are addressed by hand: not on the labels, but named with the circle and where they are."""
    run = print_addresses(open_season.recipients(), LABELS)
    (text,) = page_texts(run.data)
    assert run.items == 2
    assert "Cyd Ash" in text
    assert "Dee Fir" in text
    assert "3 High Street" in text
    assert "Ada" not in text
    assert "Ben" not in text
    assert {one.who: one.reason for one in run.skipped} == {
        "Ada Oak": "addressed by hand (inner): on the crib",
        "Ben Elm": "addressed by hand (close): on the crib",
    }


def test_address_mode_overrides_for_one_run(open_season: Book) -> None:
    """With label everybody is printed; with hand nobody, and each is named."""
    run = print_addresses(open_season.recipients(), LABELS, address_mode=AddressMode.LABEL)
    assert (run.items, run.skipped) == (4, ())
    assert "Ada Oak" in page_texts(run.data)[0]
    run = print_addresses(open_season.recipients(), LABELS, address_mode=AddressMode.HAND)
    assert (run.data, run.pages, run.items) == (b"", 0, 0)
    assert [one.who for one in run.skipped] == [one.household.addressee for one in open_season.recipients()]


def test_home_mail_bears_no_country_and_mail_abroad_does(book: Book) -> None:
    """From Britain, Leeds needs no country and Kraków ends with POLAND."""
    book.imported(
        card("Cyd Ash", street="3 High Street"),
        card("Ola Lis", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
    )
    book.circle(Circle.FRIEND, "Cyd Ash", "Ola Lis")
    book.start()
    (text,) = page_texts(print_addresses(book.recipients(), LABELS).data)
    assert "UNITED KINGDOM" not in text.upper()
    assert "31-146" in text
    assert "POLAND" in text


def test_who_cannot_be_printed_is_named(book: Book) -> None:
    """No address, a name no font has, an address too long: each is skipped by name, the rest is printed."""
    book.imported(
        card("Cyd Ash", street="3 High Street"),
        card("Lost Lane"),
        card("佐藤 健", street="5 High Street"),
        card("Max Long", street="W" * 200),
    )
    book.circle(Circle.FRIEND, "Cyd Ash", "Lost Lane", "佐藤 健", "Max Long")
    book.start()
    run = print_addresses(book.recipients(), LABELS)
    reasons = {one.who: one.reason for one in run.skipped}
    assert run.items == 1
    assert "Cyd Ash" in page_texts(run.data)[0]
    assert reasons["Lost Lane"] == "no address"
    assert "no font" in reasons["佐藤 健"]
    assert " mm too " in reasons["Max Long"]


def test_address_a_card_came_back_from_is_not_printed(open_season: Book, today: date) -> None:
    """A retired address never stands on a label again."""
    with journal.step(open_season.db, "returned", today=today):
        seasons.retire_addresses(open_season.db, [open_season.id_of("Cyd Ash")], today=today)
    run = print_addresses(open_season.recipients(), LABELS)
    assert "3 High Street" not in page_texts(run.data)[0]
    assert ("Cyd Ash", "no address") in {(one.who, one.reason) for one in run.skipped}


def test_envelopes_bear_the_sender_and_one_address_each(open_season: Book) -> None:
    """Each envelope is a page of its own with the return address on it."""
    medium = OnEnvelopes(envelope=find_envelope("C6"), sender=("Pat Post", "9 Home Row"))
    run = print_addresses(open_season.recipients(), medium)
    pages = page_texts(run.data)
    assert len(pages) == run.pages == run.items == 2
    assert all("9 Home Row" in page for page in pages)
    assert ["Cyd Ash" in page for page in pages].count(True) == 1


def test_nothing_known_leaves_the_desk(open_season: Book, today: date) -> None:
    """Circles, notes and facts are on no label and no envelope."""
    with journal.step(open_season.db, "know", today=today):
        for contact in range(1, 5):
            relationships.add_note(open_season.db, contact, "canary note", on=today)
            relationships.set_fact(open_season.db, contact, "canary", "canary fact", today=today)
    for medium in (LABELS, OnEnvelopes(envelope=find_envelope("C6"))):
        run = print_addresses(open_season.recipients(), medium, address_mode=AddressMode.LABEL)
        text = " ".join(page_texts(run.data)).casefold()
        assert "ada oak" in text
        for word in ("canary", "inner", "close", "friend", "wide"):
            assert word not in text

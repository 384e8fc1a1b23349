from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.errors import UsageError
from relcard.paper.stock.known import find_envelope
from relcard.paper.stock.known import find_stock
from relcard.services.printing.print_addresses import OnEnvelopes
from relcard.services.printing.print_addresses import OnLabels
from relcard.services.printing.print_addresses import lay_out_labels
from relcard.services.printing.print_addresses import print_envelopes
from relcard.services.printing.print_addresses import print_labels
from relcard.store import print_runs
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import sheets
from relcard.store.file import journal
from tests.support.book import card
from tests.support.book import dump
from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from datetime import date

    from relcard.services.printing.print_addresses import LabelsPrinted
    from relcard.services.printing.print_run import PrintRun
    from tests.support.book import Book

L7160 = find_stock("L7160")

wanted = partial(OnLabels, stock=L7160, address_mode=AddressMode.LABEL)


def _labels(book: Book, address_mode: AddressMode | None = None) -> PrintRun:
    return lay_out_labels(book.db, book.recipients(), OnLabels(stock=L7160, address_mode=address_mode)).run


def _envelopes(book: Book, medium: OnEnvelopes, today: date) -> PrintRun:
    with journal.step(book.db, "print envelopes", today=today):
        return print_envelopes(book.db, book.recipients(), medium, season_id=1, today=today)


def printed(book: Book, today: date, *, skip: int = 0, new_sheet: bool = False) -> LabelsPrinted:
    with journal.step(book.db, "print labels", today=today):
        return print_labels(
            book.db, book.recipients(), wanted(skip=skip, new_sheet=new_sheet), season_id=1, today=today
        )


def test_hand_addressed_circles_are_left_out_and_named(open_season: Book) -> None:
    """Inner and close are addressed by hand: not on the labels, but named with the circle and where they are."""
    run = _labels(open_season)
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
    run = _labels(open_season, AddressMode.LABEL)
    assert (run.items, run.skipped) == (4, ())
    assert "Ada Oak" in page_texts(run.data)[0]
    run = _labels(open_season, AddressMode.HAND)
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
    (text,) = page_texts(_labels(book).data)
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
    run = _labels(book)
    reasons = {one.who: one.reason for one in run.skipped}
    assert run.items == 1
    assert "Cyd Ash" in page_texts(run.data)[0]
    assert reasons["Lost Lane"] == "no address"
    assert "no font" in reasons["佐藤 健"]
    assert " mm too " in reasons["Max Long"]


def test_address_a_card_came_back_from_is_not_printed(open_season: Book, today: date) -> None:
    """A retired address never stands on a label again."""
    with journal.step(open_season.db, "returned", today=today):
        seasons.retire_addresses(
            open_season.db, [open_season.id_of("Cyd Ash")], season="christmas-2026", today=today
        )
    run = _labels(open_season)
    assert "3 High Street" not in page_texts(run.data)[0]
    assert ("Cyd Ash", "no address") in {(one.who, one.reason) for one in run.skipped}


def test_envelopes_bear_the_sender_and_one_address_each(open_season: Book, today: date) -> None:
    """Each envelope is a page of its own with the return address on it."""
    medium = OnEnvelopes(envelope=find_envelope("C6"), sender=("Pat Post", "9 Home Row"))
    run = _envelopes(open_season, medium, today)
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
    medium = OnEnvelopes(envelope=find_envelope("C6"), address_mode=AddressMode.LABEL)
    for run in (_labels(open_season, AddressMode.LABEL), _envelopes(open_season, medium, today)):
        text = " ".join(page_texts(run.data)).casefold()
        assert "ada oak" in text
        for word in ("canary", "inner", "close", "friend", "wide"):
            assert word not in text


def test_a_part_used_sheet_is_filled_and_the_rest_remembered(open_season: Book, today: date) -> None:
    """Four labels take the three slots left of one sheet and one of a whole one, which is kept."""
    db = open_season.db
    old = sheets.add(db, L7160.name, range(1, 19), today=today)
    other = sheets.add(db, "Avery 5160", {1}, today=today)
    done = printed(open_season, today)
    assert [(one.sheet.id, one.taken, one.left) for one in done.fills] == [
        (old, (19, 20, 21), 0),
        (None, (1,), 20),
    ]
    [kept] = sheets.of_stock(db, L7160.name)
    assert (kept.id, kept.used) == (done.fills[1].kept, frozenset({1}))
    assert kept.id not in (old, other)
    assert sheets.find(db, other) is not None
    run = print_runs.last_of(db, "labels", 1)
    assert run == ("labels", L7160.name, 4, 2, today, "")


def test_undo_frees_the_slots(open_season: Book, today: date) -> None:
    """A run is one step: what it used and recorded is taken back as one."""
    sheets.add(open_season.db, L7160.name, range(1, 19), today=today)
    before = dump(open_season.db)
    printed(open_season, today)
    assert dump(open_season.db) != before
    journal.undo(open_season.db)
    assert dump(open_season.db) == before


def test_a_new_sheet_leaves_the_open_one_alone(open_season: Book, today: date) -> None:
    """With a new sheet, or one begun that is in the tray, the one remembered stays as it is."""
    db = open_season.db
    old = sheets.add(db, L7160.name, {1}, today=today)
    printed(open_season, today, new_sheet=True)
    done = printed(open_season, today, skip=7)
    assert done.fills[0].taken == (8, 9, 10, 11)
    found = {one.id: one.used for one in sheets.every(db)}
    assert found.pop(old) == {1}
    assert sorted(map(len, found.values())) == [4, 11]


def test_a_second_run_knows_of_the_first(open_season: Book, today: date) -> None:
    """The season's labels printed once before are told with their number and day."""
    assert printed(open_season, today).before is None
    before = printed(open_season, today).before
    assert before is not None
    assert (before.items, before.printed_on) == (4, today)


def test_a_proof_changes_nothing(open_season: Book, today: date) -> None:
    """A proof lies on the slots a run would take, and leaves no trace in the store."""
    sheets.add(open_season.db, L7160.name, range(1, 19), today=today)
    before = dump(open_season.db)
    done = lay_out_labels(open_season.db, open_season.recipients(), wanted(), proof=True)
    assert dump(open_season.db) == before
    assert [one.taken for one in done.fills] == [(19, 20, 21), (1,)]
    assert all("no label is used up" in text for text in page_texts(done.run.data))
    assert [one.taken for one in printed(open_season, today).fills] == [one.taken for one in done.fills]


def test_nobody_to_print_records_nothing(open_season: Book, today: date) -> None:
    """A run without a label takes no sheet and leaves no trace."""
    before = dump(open_season.db)
    done = print_labels(open_season.db, [], wanted(), season_id=1, today=today)
    assert (done.run.data, done.fills) == (b"", ())
    assert dump(open_season.db) == before


def test_numbers_are_those_of_the_recipients(open_season: Book) -> None:
    """With numbers each label bears its recipient's own, though the run has only some of them."""
    some = open_season.recipients()[1:]
    (plain,) = page_texts(lay_out_labels(open_season.db, some, wanted()).run.data)
    (told,) = page_texts(lay_out_labels(open_season.db, some, wanted(numbers=True)).run.data)
    assert sorted(set(told.split("\n")) - set(plain.split("\n"))) == [str(one.number) for one in some]


def test_a_skip_beyond_the_sheet_is_refused(open_season: Book, today: date) -> None:
    """A sheet of 21 cannot have 21 used."""
    with pytest.raises(UsageError, match="21 labels"):
        printed(open_season, today, skip=21)


def test_a_run_of_envelopes_is_recorded_and_one_of_nobody_is_not(open_season: Book, today: date) -> None:
    """What went to paper is remembered with the envelope; where all are written by hand, nothing is."""
    by_hand = OnEnvelopes(envelope=find_envelope("C6"), address_mode=AddressMode.HAND)
    assert _envelopes(open_season, by_hand, today).items == 0
    assert print_runs.last_of(open_season.db, "envelopes", 1) is None
    assert _envelopes(open_season, OnEnvelopes(envelope=find_envelope("C6")), today).items == 2
    assert print_runs.last_of(open_season.db, "envelopes", 1) == ("envelopes", "C6", 2, 2, today, "")

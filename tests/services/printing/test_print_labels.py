from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import AddressMode
from relcard.errors import UsageError
from relcard.paper.stock.known import find_stock
from relcard.services.printing.print_labels import WantedLabels
from relcard.services.printing.print_labels import lay_out
from relcard.services.printing.print_labels import print_labels
from relcard.store import print_runs
from relcard.store import sheets
from relcard.store.file import journal
from tests.support.book import dump
from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from datetime import date

    from relcard.services.printing.print_labels import LabelsPrinted
    from tests.support.book import Book

L7160 = find_stock("L7160")


wanted = partial(WantedLabels, stock=L7160, address_mode=AddressMode.LABEL)


def printed(book: Book, today: date, *, skip: int = 0, new_sheet: bool = False) -> LabelsPrinted:
    with journal.step(book.db, "print labels", today=today):
        return print_labels(
            book.db, book.recipients(), wanted(skip=skip, new_sheet=new_sheet), season_id=1, today=today
        )


def test_a_part_used_sheet_is_filled_and_the_rest_remembered(open_season: Book, today: date) -> None:
    """Four labels take the three slots left of one sheet and one of a whole one, which is kept."""
    db = open_season.db
    old = sheets.add(db, L7160.name, range(1, 19), today=today)
    other = sheets.add(db, "Avery 5160", {1}, today=today)
    done = printed(open_season, today)
    assert [(one.tray.id, one.taken, one.left) for one in done.fills] == [
        (old, (19, 20, 21), 0),
        (None, (1,), 20),
    ]
    [kept] = sheets.of_stock(db, L7160.name)
    assert (kept.id, kept.used) == (done.fills[1].kept, frozenset({1}))
    assert kept.id not in (old, other)
    assert sheets.find(db, other) is not None
    run = print_runs.last_of(db, "labels", 1)
    assert run == ("labels", L7160.name, 4, 2, today)


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
    done = lay_out(open_season.db, open_season.recipients(), wanted(), proof=True)
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
    (plain,) = page_texts(lay_out(open_season.db, some, wanted()).run.data)
    (told,) = page_texts(lay_out(open_season.db, some, wanted(numbers=True)).run.data)
    assert sorted(set(told.split("\n")) - set(plain.split("\n"))) == [str(one.number) for one in some]


def test_a_skip_beyond_the_sheet_is_refused(open_season: Book, today: date) -> None:
    """A sheet of 21 cannot have 21 used."""
    with pytest.raises(UsageError, match="21 labels"):
        printed(open_season, today, skip=21)

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.card_size import QUARTER_LETTER
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.draft import Printed
from relcard.errors import UsageError
from relcard.paper.documents.results import Refusal
from relcard.services.printing import print_cards as print_cards_module
from relcard.services.printing.print_cards import ForShop
from relcard.services.printing.print_cards import OnSheets
from relcard.services.printing.print_cards import print_cards
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.draft_cards import keep_draft
from relcard.store import print_runs
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card
from tests.support.book import dump
from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.documents.cards import CardFace
    from relcard.paper.documents.results import DrawnPdf
    from relcard.services.printing.print_run import PrintRun
    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())
HOME = OnSheets()


def _print(book: Book, today: date, wanted: Wanted = WANTED, medium: OnSheets | ForShop = HOME) -> PrintRun:
    with journal.step(book.db, "print cards", today=today):
        return print_cards(book.db, book.recipients(), wanted, medium, season_id=1, today=today)


def _states(book: Book) -> dict[str, str]:
    return {addressee: row.state for addressee, row in book.rows().items()}


@pytest.mark.parametrize(("size", "pages"), [(A6, 4), (QUARTER_LETTER, 4)])
def test_printing_moves_every_card_on(open_season: Book, today: date, size: CardSize, pages: int) -> None:
    """Four cards are two A4 sheets of two sides, or four Letter sheets of one; each is printed now."""
    run = _print(open_season, today, replace(WANTED, size=size))
    assert (run.items, run.pages, run.skipped) == (4, pages, ())
    assert len(page_texts(run.data)) == pages
    assert set(_states(open_season).values()) == {"printed"}


def test_state_is_never_taken_back(open_season: Book, today: date) -> None:
    """A card printed once more after it was posted stays posted."""
    posted, row = next(iter(open_season.rows().items()))
    with journal.step(open_season.db, "posted", today=today):
        seasons.set_state(open_season.db, row.id, "posted")
    assert _print(open_season, today).items == 4
    assert _states(open_season).pop(posted) == "posted"


def test_template_that_eats_the_room_is_refused_by_name_with_millimetres(
    open_season: Book, today: date, tmp_path: Path
) -> None:
    """Only the inner circle, of whose template nothing stands inside, is printed; the others stay where they were."""
    (tmp_path / "christmas.en.txt.j2").write_text(
        "{% block front %}Peace{% endblock %}{% block inside %}"
        + "one line\n" * 12
        + "the last{% endblock %}"
    )
    run = _print(open_season, today, replace(WANTED, folders=(tmp_path,)))
    assert run.items == 1
    assert {one.who for one in run.skipped} == {"Ben Elm", "Cyd Ash", "Dee Fir"}
    assert all(" mm" in one.reason and "draft edit" in one.reason for one in run.skipped)
    assert _states(open_season) == {
        "Ada Oak": "printed",
        "Ben Elm": "planned",
        "Cyd Ash": "planned",
        "Dee Fir": "planned",
    }


def test_nothing_is_printed_when_all_are_refused(open_season: Book, today: date, tmp_path: Path) -> None:
    """A front too tall for the card stops every card: no data, nobody moved on."""
    (tmp_path / "christmas.en.txt.j2").write_text(
        "{% block front %}" + "Peace\n" * 40 + "on earth{% endblock %}{% block inside %}{% endblock %}"
    )
    run = _print(open_season, today, replace(WANTED, folders=(tmp_path,)))
    assert (run.data, run.items, run.pages) == (b"", 0, 0)
    assert len(run.skipped) == 4
    assert set(_states(open_season).values()) == {"planned"}


def test_edited_words_are_what_is_printed(open_season: Book, today: date) -> None:
    """The user's own front stands on the paper, and still does after printing."""
    one = open_season.recipients()[-1]
    with journal.step(open_season.db, "draft edit", today=today):
        keep_draft(open_season.db, one, Printed("Owls and larches", ""), edited=True)
    assert "Owls and larches" in " ".join(page_texts(_print(open_season, today).data))
    row = open_season.rows()[one.household.addressee]
    assert (row.front, row.edited, row.state) == ("Owls and larches", True, "printed")


def test_nothing_known_and_no_name_is_on_the_paper(open_season: Book, today: date) -> None:
    """Notes, facts, lines, circles and names are in no text of the PDF, nor in its title."""
    with journal.step(open_season.db, "know", today=today):
        for contact in range(1, 5):
            relationships.add_note(open_season.db, contact, "canary note", on=today)
            relationships.set_fact(open_season.db, contact, "canary", "canary fact", today=today)
            relationships.add_interaction(
                open_season.db, contact, channel="card", direction="to them", on=today, text="canary line"
            )
    run = _print(open_season, today)
    text = " ".join(page_texts(run.data)).casefold()
    assert "christmas" in text
    for word in ("canary", "inner", "friend", "wide", "ada", "ben", "cyd", "dee", "dear"):
        assert word not in text.split()
    assert b"canary" not in run.data


def test_undo_unprints(open_season: Book, today: date) -> None:
    """After undo the recipients are planned again and their words are gone."""
    before = dump(open_season.db)
    _print(open_season, today)
    journal.undo(open_season.db)
    assert dump(open_season.db) == before


def test_a_run_is_recorded_with_the_cards_size(open_season: Book, today: date) -> None:
    """What went to paper is remembered, and undo forgets it."""
    _print(open_season, today)
    row = print_runs.last_of(open_season.db, "cards", 1)
    assert row is not None
    assert (row.stock, row.items, row.pages, row.printed_on) == ("A6", 4, 4, today)
    journal.undo(open_season.db)
    assert print_runs.last_of(open_season.db, "cards", 1) is None


def test_a_shop_gets_each_design_once_and_no_name(open_season: Book, today: date, tmp_path: Path) -> None:
    """Equal cards are two pages with their number, most copies first; a printed salutation is refused."""
    (tmp_path / "christmas.en.txt.j2").write_text(
        "{% block front %}Peace{% endblock %}{% block inside %}at home{% endblock %}"
    )
    run = _print(open_season, today, replace(WANTED, folders=(tmp_path,)), ForShop())
    assert run.items == sum(map(len, run.copies)) == 4
    assert sorted(map(len, run.copies), reverse=True) == list(map(len, run.copies))
    assert run.pages == 2 * len(run.copies) < 8
    text = " ".join(page_texts(run.data)).casefold()
    for name in ("ada", "ben", "cyd", "dee", "oak", "elm", "ash", "fir"):
        assert name not in text.split()
    with pytest.raises(UsageError, match="no name goes to a print shop"):
        _print(open_season, today, replace(WANTED, print_salutation=True), ForShop())


def test_a_household_has_the_same_card_from_a_shop_and_at_home(open_season: Book, today: date) -> None:
    """Which of several words it gets hangs on the household alone: a shop counts as many cards as there are words."""
    from_shop = _print(open_season, today, medium=ForShop())
    words = {name: (row.front, row.inside) for name, row in open_season.rows().items()}
    assert len(from_shop.copies) == len(set(words.values()))
    journal.undo(open_season.db)
    _print(open_season, today)
    assert {name: (row.front, row.inside) for name, row in open_season.rows().items()} == words


def test_two_households_of_one_addressee_are_told_apart(
    book: Book, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card the paper refuses stays where it was; that of their namesakes is printed."""
    book.imported(card("Ada Oak", street="1 High Street"), card("Ada Oak", street="9 Low Road", uid="other"))
    with journal.step(book.db, "circle friend ada", today=today):
        for contact in (1, 2):
            relationships.set_circle(book.db, contact, Circle.FRIEND, today=today)
    book.start()
    draw = print_cards_module._draw

    def refuse_the_first(
        faces: Sequence[CardFace], wanted: Wanted, medium: OnSheets | ForShop, ruled: Hand | None
    ) -> DrawnPdf:
        refusal = Refusal(who=faces[0].who, reason="does not fit")
        return replace(draw(faces[1:], wanted, medium, ruled), refused=(refusal,))

    monkeypatch.setattr(print_cards_module, "_draw", refuse_the_first)
    before = book.recipients()
    assert [one.household.addressee for one in before] == ["Ada Oak", "Ada Oak"]
    run = _print(book, today)
    assert run.skipped == (Skipped("Ada Oak", "does not fit", Why.REFUSED),)
    states = {one.household.id: one.row.state for one in book.recipients() if one.row is not None}
    assert [states[one.household.id] for one in before] == ["drafted", "printed"]

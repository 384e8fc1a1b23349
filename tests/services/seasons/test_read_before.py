from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.draft import Printed
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.read_before import read_before
from relcard.store import relations
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import TODAY

if TYPE_CHECKING:
    from tests.support.book import Book

WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())
TENT = "We still laugh about the tent"


def _write(book: Book, name: str, words: str) -> None:
    """Put words of the user's own on the inside of somebody's card of christmas-2026."""
    (recipient,) = [each for each in book.recipients("christmas-2026") if each.household.addressee == name]
    with journal.step(book.db, "draft edit", today=TODAY):
        keep_draft(book.db, recipient, Printed("Peace", words), edited=True)


def _told(book: Book) -> dict[str, list[str]]:
    """Return what the rule says of the drafts of christmas-2026, by addressee."""
    run = draft_cards(book.db, book.recipients("christmas-2026"), WANTED)
    told = {
        draft.recipient.household.addressee: [
            remark.reason for remark in draft.remarks if remark.rule == "again"
        ]
        for draft in run.drafts
    }
    return {addressee: reasons for addressee, reasons in told.items() if reasons}


def test_what_was_printed_for_them_before_is_known(open_season: Book) -> None:
    """The words of a card that went out last year, and of no other household's."""
    with journal.step(open_season.db, "season start", today=TODAY):
        before = seasons.add(open_season.db, "christmas-2025", "christmas", 2025, today=date(2025, 11, 1))
        for name in ("Cyd Ash", "Dee Fir"):
            seasons.add_recipient(open_season.db, before, open_season.home_of(name), "close")
        cyd, dee = seasons.recipients(open_season.db, before)
        seasons.set_draft(open_season.db, cyd.id, "Peace", TENT, edited=True)
        seasons.set_draft(open_season.db, dee.id, "Peace", TENT, edited=True)
        seasons.set_state(open_season.db, cyd.id, "posted")  # the other one was never printed
    _write(open_season, "Cyd Ash", f"{TENT}.\nCome again")
    _write(open_season, "Dee Fir", TENT)
    assert _told(open_season) == {"Cyd Ash": ["this was printed for them in 2025"]}


def test_the_line_you_wrote_is_known(open_season: Book) -> None:
    """A line kept of an earlier card, to them and not from them."""
    with journal.step(open_season.db, "log", today=TODAY):
        for name, direction in (("Ben Elm", "to them"), ("Cyd Ash", "from them")):
            relationships.add_interaction(
                open_season.db,
                open_season.id_of(name),
                channel="card",
                direction=direction,
                on=date(2024, 12, 10),
                text=f"{TENT}!",
            )
    for name in ("Ben Elm", "Cyd Ash"):
        _write(open_season, name, TENT)
    assert _told(open_season) == {"Ben Elm": ["you wrote this to them in 2024"]}


def test_a_sisters_card_is_known_on_both(open_season: Book) -> None:
    """Whoever is related reads both cards; a template's words and strangers' are nobody's business."""
    for name in ("Ben Elm", "Cyd Ash", "Dee Fir"):
        _write(open_season, name, TENT)
    assert _told(open_season) == {}
    with journal.step(open_season.db, "relation", today=TODAY):
        ben, cyd = open_season.id_of("Ben Elm"), open_season.id_of("Cyd Ash")
        relations.say(open_season.db, ben, "sister", cyd, today=TODAY)
    assert _told(open_season) == {
        "Ben Elm": ["this is on the card of Cyd Ash too"],
        "Cyd Ash": ["this is on the card of Ben Elm too"],
    }


def test_outside_a_season_nothing_is_kept(open_season: Book) -> None:
    """A birthday card has no words in the store to be held against."""
    assert read_before(open_season.db, []) == {}

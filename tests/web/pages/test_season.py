from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.services.printing.print_plan import PreflightRemark
from relcard.services.printing.print_plan import PreflightReport
from relcard.services.printing.print_plan import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.visitor import Visitor


@pytest.fixture(autouse=True)
def season(book: Book, house: House) -> None:
    book.circle(Circle.FRIEND, "Ada Oak", "Ben Elm")
    book.start()


def test_season_says_how_far_it_is(phone: Visitor) -> None:
    """Its cards by state, what is still to be posted by when, and what it can print."""
    words = phone.get("/season").words
    assert "christmas-2026 Friday 25 December · 2 cards planned 2" in words
    assert "2 inland · by Thursday 17 December" in words
    assert "Labels Crib" in words
    assert "friend" not in words


def test_season_is_told_in_the_language_of_the_device(phone: Visitor) -> None:
    phone.language = "pl"
    assert "2 kartki zaplanowane 2" in phone.get("/season").words


def test_crib_is_not_offered_where_notes_are_hidden(visitor: Callable[[], Visitor]) -> None:
    """It is made of notes; who asks for it all the same finds nothing."""
    kitchen = visitor().paired("kitchen", private=False)
    assert "Crib" not in kitchen.get("/season").words
    assert kitchen.get("/season/1/crib").status == 404
    assert kitchen.get("/season/1/crib/1").status == 404


def test_preflight_says_that_all_is_well(phone: Visitor) -> None:
    assert "all is well" in phone.get("/season/1/look").words


def test_season_that_is_closed_or_never_was_has_no_page(phone: Visitor) -> None:
    assert phone.get("/season/9/look").status == 404


def test_circles_are_named_only_where_they_may_be_seen(visitor: Callable[[], Visitor], house: House) -> None:
    """A remark on a whole circle says how many are in it."""
    remarks = (
        PreflightRemark(kind=RemarkKind.WORDS, who="2 of friend", reason="no room"),
        PreflightRemark(kind=RemarkKind.ASK, who="Ada Oak", reason="no address", household=1),
    )
    house.writing = house.writing._replace(look_over=lambda _, __: PreflightReport(remarks=remarks, notes=()))
    assert "2 of friend" in visitor().paired("desk").get("/season/1/look").words
    words = visitor().paired("kitchen", private=False).get("/season/1/look").words
    assert "friend" not in words
    assert "Ada Oak no address" in words

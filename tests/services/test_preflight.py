from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.closeness import Circle
from relcard.paper.stock import find_stock
from relcard.services.preflight import preflight

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

STOCK = find_stock("L7160")


def _remarks(book: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in preflight(book.recipients(), STOCK, home="GB"):
        found.setdefault(one.who, []).append(one.reason)
    return found


def test_sound_addresses_are_a_clear_flight(open_season: Any) -> None:
    """Four whole addresses, by hand or by label, have nothing that wants a look."""
    assert _remarks(open_season) == {}


def test_everything_that_would_fail_is_named_before_paper(book: Any, card: Callable[..., str]) -> None:
    """No address, no postcode, an unknown country, a missing glyph and a line too long, each by name."""
    broken = {
        "Lost Lane": card("Lost Lane"),
        "Zoë Müller": card("Zoë Müller", "ADR;TYPE=home:;;Hauptstr. 1;Ulm;;;Germany"),
        "Far Away": card("Far Away", "ADR;TYPE=home:;;1 Road;Town;;123;Atlantis"),
        "佐藤 健": card("佐藤 健", street="5 High Street"),
        "Max Long": card("Max Long", street="W" * 200),
        "Cyd Ash": card("Cyd Ash", street="3 High Street"),
    }
    book.imported(*broken.values())
    book.circle(Circle.FRIEND, *broken)
    book.start()
    found = _remarks(book)
    assert set(found) == set(broken) - {"Cyd Ash"}
    assert found["Lost Lane"] == ["no address"]
    assert any("postcode" in one for one in found["Zoë Müller"])
    assert any("Atlantis" in one for one in found["Far Away"])
    assert any("no font" in one for one in found["佐藤 健"])
    assert any(" mm too " in one for one in found["Max Long"])


def test_hand_addressed_names_are_checked_for_the_crib(book: Any, card: Callable[..., str]) -> None:
    """A name no font has is said for the inner circle too, though no label is printed."""
    book.imported(card("佐藤 健", street="5 High Street"), card("Max Long", street="W" * 200))
    book.circle(Circle.INNER, "佐藤 健", "Max Long")
    book.start()
    found = _remarks(book)
    assert set(found) == {"佐藤 健"}
    assert "crib" in found["佐藤 健"][0]


def test_who_is_not_living_is_no_remark(open_season: Any, card: Callable[..., str]) -> None:
    """Nobody is asked to mend the address of the dead."""
    open_season.imported(card("Cyd Ash", "DEATHDATE:2026-11-01", version="4.0"))
    assert _remarks(open_season) == {}

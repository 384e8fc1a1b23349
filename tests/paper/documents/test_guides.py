from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import numpy as np
import pytest

from relcard.domain.people.circle import RULES
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.card_size import find_size
from relcard.domain.printing.hand import circle_rooms
from relcard.domain.printing.room import Hand
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.guides import CLEARANCE
from relcard.paper.documents.guides import draw_guides
from relcard.paper.documents.guides import envelope_guide
from relcard.paper.documents.guides import line_sheet
from relcard.paper.stock.known import all_envelopes
from relcard.paper.stock.known import find_envelope
from tests.paper.paper_model import pictures

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.stock import Envelope
    from relcard.paper.documents.guides import Guide

DPI = 144
HANDS = (Hand(pitch_mm=6.5), Hand(), Hand(pitch_mm=11))


def _sheet(size: CardSize, hand: Hand) -> Guide:
    return line_sheet(size, [one.room for one in circle_rooms(size, RULES, hand) if one.room], hand)


def _ink(data: bytes, page: int = 0) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return a page as black (True) and paper."""
    return pictures(data, DPI)[page] < 160


@pytest.mark.parametrize("size", SIZES.values(), ids=lambda one: one.name)
def test_every_line_of_a_room_is_a_line_of_the_sheet(size: CardSize) -> None:
    """For each hand a room's lines, counted from its foot, are those of the one sheet for all circles."""
    for hand in HANDS:
        guide = _sheet(size, hand)
        assert (guide.width, guide.height) == (size.panel_w, size.panel_h)
        for one in circle_rooms(size, RULES, hand):
            if one.room is None:
                continue
            foot = one.room.y + one.room.height
            assert guide.lines[-1] == pytest.approx(foot)
            assert len(guide.lines) >= one.room.lines
            assert foot - one.room.lines * hand.pitch_mm >= one.room.y - 1e-6
        assert guide.lines[0] - hand.pitch_mm >= size.margin - 1e-6
        assert np.diff(guide.lines) == pytest.approx(hand.pitch_mm)


def test_the_printed_lines_are_where_they_are_said_to_be() -> None:
    """The dark rows of the page are the sheet's lines, at the pitch, as wide as the room."""
    guide = _sheet(find_size("A6"), Hand())
    ink = _ink(draw_guides([guide]).data)
    left, top = (210 - 105) / 2, 20
    across = ink[:, int((left + 13) / 25.4 * DPI) : int((left + 92) / 25.4 * DPI)].all(axis=1)
    rows = np.flatnonzero(across)
    starts = rows[np.flatnonzero(np.diff(np.concatenate(([-9], rows))) > 1)] / DPI * 25.4
    assert starts - top == pytest.approx([0, *guide.lines, 148.5], abs=0.35)  # between the edges to cut
    edge = round((left + 12) / 25.4 * DPI)
    upright = ink[:, edge - 1 : edge + 2].any(axis=1)
    assert upright.sum() / DPI * 25.4 == pytest.approx(124.5, abs=2)  # and the upper and lower edge


@pytest.mark.parametrize("envelope", all_envelopes(), ids=lambda one: one.name)
@pytest.mark.parametrize("country", ["GB", "US", ""])
def test_address_lines_keep_the_zones_of_the_post(envelope: Envelope, country: str) -> None:
    """On every envelope at least four lines, tails and all, lie within the sender's post's address zone."""
    for hand in HANDS:
        guide = envelope_guide(envelope, hand, country=country)
        zone = envelope_areas(envelope, country).address
        assert 4 <= len(guide.lines) <= 6
        assert guide.pitch <= hand.pitch_mm
        assert guide.lines[0] + CLEARANCE - guide.pitch >= zone.y - 1e-6
        assert guide.lines[-1] + CLEARANCE + 0.3 * guide.pitch <= zone.bottom + 1e-6
        assert guide.width == envelope.width - 2 * CLEARANCE


@pytest.mark.parametrize(("card", "envelope", "pages"), [("A6", "C6", 1), ("5x7", "A7", 2), ("A6", "#10", 2)])
def test_guides_lie_whole_within_the_printers_margin(card: str, envelope: str, pages: int) -> None:
    """As many as fit share a page, wide ones are turned, and no ink comes near the paper's edge."""
    guides = [_sheet(find_size(card), Hand()), envelope_guide(find_envelope(envelope), Hand())]
    run = draw_guides(guides)
    assert (run.pages, run.items, run.refused) == (pages, 2, ())
    margin = int(5.5 / 25.4 * DPI)
    for page in range(pages):
        ink = _ink(run.data, page)
        assert ink.any()
        ink[margin:-margin, margin:-margin] = False
        assert not ink.any()


def test_a_guide_larger_than_the_page_is_refused_with_its_size() -> None:
    """C4 does not fit A4; the sheet for the card is printed all the same."""
    run = draw_guides([_sheet(find_size("A6"), Hand()), envelope_guide(find_envelope("C4"), Hand())])
    assert run.items == 1
    (refused,) = run.refused
    assert refused.who == "envelope C4"
    assert refused.reason == "is 319 × 224 mm; no A4 page holds it, upright or turned"
    assert draw_guides([envelope_guide(find_envelope("C4"), Hand())]).data == b""

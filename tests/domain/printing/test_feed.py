from __future__ import annotations

import pytest

from relcard.domain.printing.feed import TURNS
from relcard.domain.printing.feed import Edge
from relcard.domain.printing.feed import Feed
from relcard.domain.printing.feed import TraySide
from relcard.domain.printing.feed import find_feed
from relcard.domain.printing.feed import place
from relcard.errors import UsageError
from relcard.paper.stock.known import find_envelope

C6 = find_envelope("C6")


def on_page(feed: Feed, x: float, y: float) -> tuple[float, float]:
    """Return where a point of a C6 lies on its page."""
    a, b, c, d, e, f = place(C6, feed).matrix()
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("tray", [None, *TraySide])
def test_an_envelope_fills_its_place_whatever_the_turn(turn: int, tray: TraySide | None) -> None:
    """Its corners are the corners of the box it has on the page."""
    feed = Feed(turn=turn, tray=tray)
    box = place(C6, feed).box
    corners = {on_page(feed, x, y) for x in (0, C6.width) for y in (0, C6.height)}
    assert corners == {(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)}


@pytest.mark.parametrize(("turn", "leads"), [(0, (81, 0)), (90, (0, 57)), (180, (81, 114)), (270, (162, 57))])
def test_the_edge_that_is_said_goes_in_first(turn: int, leads: tuple[float, float]) -> None:
    """The middle of the flap, left, foot and stamp edge comes to the head of the page."""
    assert on_page(Feed(turn=turn), *leads)[1] == 0


def test_a_tray_has_the_envelope_at_its_side_and_at_the_head() -> None:
    """On a page of A4 the envelope lies left, in the middle or right, where the paper goes in."""
    boxes = {tray: place(C6, Feed(turn=270, tray=tray)).box for tray in TraySide}
    assert {tray: (box.x, box.y) for tray, box in boxes.items()} == {
        TraySide.LEFT: (0, 0),
        TraySide.CENTRE: (48, 0),
        TraySide.RIGHT: (96, 0),
    }
    lies = place(C6, Feed(turn=270, tray=TraySide.LEFT, page="Letter"))
    assert (lies.page_w, lies.page_h) == (215.9, 279.4)


def test_without_a_tray_the_page_is_the_envelope() -> None:
    """Short edge first makes the page stand upright."""
    assert (place(C6, Feed()).page_w, place(C6, Feed()).page_h) == (162, 114)
    assert (place(C6, Feed(turn=90)).page_w, place(C6, Feed(turn=90)).page_h) == (114, 162)


def test_what_is_not_said_is_the_usual() -> None:
    """The long edge first, and of a short one the end with the stamp; a turn alone says all."""
    assert find_feed(None, None).turn == 0
    assert find_feed(Edge.SHORT, None).turn == 270
    assert find_feed(None, 90).turn == 90
    assert find_feed(Edge.LONG, 180).turn == 180


@pytest.mark.parametrize(("edge", "turn"), [(Edge.SHORT, 180), (Edge.LONG, 90)])
def test_a_turn_that_contradicts_the_edge_is_refused(edge: Edge, turn: int) -> None:
    """The message says which edge that turn brings to the head, the hint which turns fit."""
    with pytest.raises(UsageError, match=f"not the {edge.value} one") as caught:
        find_feed(edge, turn)
    assert f"--feed {edge.value}" in caught.value.hint


def test_an_envelope_wider_than_the_page_is_refused_with_the_way_out() -> None:
    """A C5 goes through an A4 tray by its short edge only, a C4 not at all."""
    with pytest.raises(UsageError, match="229 x 162 mm") as caught:
        place(find_envelope("C5"), Feed(tray=TraySide.CENTRE))
    assert "--feed short" in caught.value.hint
    with pytest.raises(UsageError, match="C4") as caught:
        place(find_envelope("C4"), Feed(turn=90, tray=TraySide.CENTRE))
    assert "--tray" in caught.value.hint

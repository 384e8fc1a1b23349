from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest

from relcard.domain.printing.feed import Feed
from relcard.domain.printing.feed import TraySide
from relcard.domain.printing.feed import place
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.printer import Printer
from relcard.errors import UsageError
from relcard.installation import bring_extra
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.envelope_areas import flap_area
from relcard.paper.documents.envelopes import check_envelopes
from relcard.paper.documents.envelopes import check_sender
from relcard.paper.documents.envelopes import draw_envelopes
from relcard.paper.documents.envelopes import draw_flaps
from relcard.paper.documents.envelopes import draw_test_page
from relcard.paper.stock.known import all_envelopes
from relcard.paper.stock.known import find_envelope
from tests.paper.paper_model import pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.printing.stock import Envelope
    from tests.paper.paper_model import Picture
    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]

ADDRESS = Label(who="Ann", lines=("Ann Gjerstad", "Gågata 7", "5003 Bergen", "NORWAY"))
SENDER = ("wren ashby", "4 mill lane")
SCALE = 4  # pixels a millimetre


def picture(data: bytes) -> Picture:
    """Return the first page as greys, 0 for black."""
    return pictures(data, SCALE * 25.4)[0]


def px(mm: float) -> int:
    return int(mm * SCALE)


def rows(start: float, end: float) -> slice:
    """Return the pixels between two places in mm, those wholly inside."""
    return slice(round(start * SCALE), round(end * SCALE))


def differ(one: Picture, other: Picture) -> float:
    """Return the largest difference of grey in any square of 2 mm: a turned page falls on other pixels."""
    side = 2 * SCALE
    height, width = (min(pair) // side * side for pair in zip(one.shape, other.shape, strict=True))
    gap = one[:height, :width].astype(float) - other[:height, :width]
    squares = gap.reshape(height // side, side, width // side, side).mean(axis=(1, 3))
    return float(abs(squares).max())


@pytest.mark.parametrize("envelope", all_envelopes(), ids=lambda one: one.name)
def test_the_address_keeps_the_zones_of_the_post(envelope: Envelope, glyphs: ReadGlyphs) -> None:
    """On every envelope of every sender, address and return address lie in their zones, and the page fits."""
    for country in ("GB", "US", ""):
        data = draw_envelopes([ADDRESS], envelope, sender=SENDER, country=country).data
        [page] = glyphs(data)
        zones = envelope_areas(envelope, country)
        sender = [one for one in page if zones.sender.contains(one.box, within=0.01)]
        address = [one for one in page if zones.address.contains(one.box, within=0.01)]
        assert "".join(one.character for one in sender) == "".join(SENDER).replace(" ", "")
        assert "".join(one.character for one in address) == "".join(ADDRESS.lines).replace(" ", "")
        assert len(page) == len(sender) + len(address)
        assert min(one.box.x for one in address) == pytest.approx(zones.address.x, abs=0.5)
    document = pypdfium2.PdfDocument(data)
    size = [round(one / 72 * 25.4, 1) for one in document[0].get_size()]
    document.close()
    assert size == [pytest.approx(envelope.width, abs=0.1), pytest.approx(envelope.height, abs=0.1)]


@pytest.mark.parametrize("envelope", all_envelopes(), ids=lambda one: one.name)
def test_stamp_and_foot_are_blank_paper(envelope: Envelope) -> None:
    """The largest address and return address there may be leave no ink on the stamp's corner, foot and edges."""
    zone = envelope_areas(envelope).address
    lines = int(zone.height / (8 * 1.2 / 72 * 25.4))
    full = Label(who="Full", lines=("Ågjp" * 6,) * lines)
    run = draw_envelopes([full], envelope, sender=("Åg " * 8,) * 6)
    assert run.items == 1
    page = picture(run.data)
    assert page.min() < 100
    for box in (envelope_areas(envelope).stamp, envelope_areas(envelope).foot):
        inner = box.inset(0.25, 0.25, 0.25, 0.25)  # a pixel, of which half may be ink's
        assert (page[rows(inner.y, inner.bottom), rows(inner.x, inner.right)] == 255).all()
    edge = px(PRINTER_MARGIN)
    inside = page[edge:-edge, edge:-edge]
    assert (page < 255).sum() == (inside < 255).sum()


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("tray", [None, TraySide.LEFT, TraySide.CENTRE, TraySide.RIGHT])
@pytest.mark.parametrize("name", ["C6", "B6", "Square 155"])
def test_the_reader_sees_the_same_however_it_was_fed(name: str, turn: int, tray: TraySide | None) -> None:
    """Cut out of its page and turned back, an envelope is the one that was never turned."""
    envelope = find_envelope(name)
    feed = Feed(turn=turn, tray=tray)
    plain = picture(draw_envelopes([ADDRESS], envelope, sender=SENDER).data)
    page = picture(draw_envelopes([ADDRESS], envelope, sender=SENDER, feed=feed).data)
    box = place(envelope, feed).box
    cut = page[rows(box.y, box.bottom), rows(box.x, box.right)]
    turned = np.rot90(cut, k=turn // 90)  # to the left, as the print was turned to the right
    assert differ(plain, plain[::-1, ::-1]) > 80
    assert differ(plain, turned) < 40
    assert (page < 255).sum() == (cut < 255).sum()


def test_a_printer_that_misses_is_met_half_way(glyphs: ReadGlyphs) -> None:
    """With an offset everything is sent that much to the side, and the return address keeps from the edge."""
    printer = Printer(name="P", dx=-5, dy=-4)
    [page] = glyphs(draw_envelopes([ADDRESS], find_envelope("C6"), sender=SENDER, printer=printer).data)
    assert min(one.box.x for one in page) >= PRINTER_MARGIN
    assert min(one.box.y for one in page) >= PRINTER_MARGIN
    [plain] = glyphs(draw_envelopes([ADDRESS], find_envelope("C6"), printer=None).data)
    [moved] = glyphs(draw_envelopes([ADDRESS], find_envelope("C6"), printer=printer).data)
    assert moved[0].box.x - plain[0].box.x == pytest.approx(-5, abs=0.01)
    assert moved[0].box.y - plain[0].box.y == pytest.approx(-4, abs=0.01)


@pytest.mark.parametrize("envelope", all_envelopes(), ids=lambda one: one.name)
def test_the_flap_has_the_return_address_in_its_middle(
    envelope: Envelope, glyphs: ReadGlyphs, words: ReadWords
) -> None:
    """A back for each envelope: the lines one under the other, centred, inside the flap, upright."""
    run = draw_flaps(2, envelope, sender=SENDER)
    assert (run.pages, run.items) == (2, 2)
    assert [one.split("\n") for one in words(run.data)] == [list(SENDER)] * 2
    zone = flap_area(envelope)
    page = glyphs(run.data)[1]
    assert all(zone.contains(one.box, within=0.01) for one in page)
    first = page[: len(SENDER[0].replace(" ", ""))]
    middle = (first[0].box.x + first[-1].box.right) / 2
    assert middle == pytest.approx(envelope.width / 2, abs=0.5)


def test_no_sender_no_flap() -> None:
    """Without a return address, or without envelopes, there is no second file."""
    assert draw_flaps(3, find_envelope("C6"), sender=()).data == b""
    assert draw_flaps(0, find_envelope("C6"), sender=SENDER).data == b""


@pytest.mark.parametrize(
    ("turn", "leads"), [(0, "the flap"), (90, "the left edge"), (180, "the foot"), (270, "the stamp end")]
)
def test_the_test_page_names_its_edges(turn: int, leads: str, words: ReadWords) -> None:
    """It says where the flap is and which edge goes in first, and keeps from the edges itself."""
    run = draw_test_page(find_envelope("DL"), feed=Feed(turn=turn))
    [page] = words(run.data)
    for wanted in ("the flap is at this edge", f"{leads} goes in first", f"turned by {turn}", "stamp"):
        assert wanted in page
    drawn = picture(run.data)
    edge = px(PRINTER_MARGIN)
    assert (drawn < 255).sum() == (drawn[edge:-edge, edge:-edge] < 255).sum()


def test_one_page_an_envelope_in_order(words: ReadWords) -> None:
    """Each item has its own page; signs of markup come out as plain text."""
    items = [ADDRESS, Label(who="B", lines=("Tom & <May> O'Shea", "Cork"))]
    run = draw_envelopes(items, find_envelope("C6"))
    assert run.pages == run.items == 2
    assert [one.split("\n") for one in words(run.data)] == [list(one.lines) for one in items]


def test_what_cannot_be_printed_is_refused_by_name() -> None:
    """Missing glyphs and lines too wide at 8 points are named, and the rest is printed."""
    items = [
        Label(who="Sato", lines=("佐藤 健",)),
        Label(who="Wide", lines=("W" * 80,)),
        ADDRESS,
    ]
    run = draw_envelopes(items, find_envelope("C6"))
    assert run.items == 1
    assert [one.who for one in run.refused] == ["Sato", "Wide"]
    assert "健" in run.refused[0].reason
    assert run.refused[1].reason.endswith(" mm too wide at 8 pt")


def test_one_long_address_does_not_shrink_the_others(glyphs: ReadGlyphs) -> None:
    """Envelopes do not lie side by side: each is as large as it can be."""
    wide = Label(who="Wide", lines=("HENRIETTA HOHENBERGER-HOLLENSTEIN-HABSBURG",))
    pages = glyphs(draw_envelopes([wide, Label(who="H", lines=("H",))], find_envelope("C6")).data)
    first, second = (max(one.box.height for one in page) for page in pages)
    assert first < second == pytest.approx(0.714 * 12 / 72 * 25.4, abs=0.02)


def test_a_return_address_that_cannot_be_printed_stops_the_run() -> None:
    """The sender is on every envelope: the character that no font has is named, and what brings one."""
    c6 = find_envelope("C6")
    for draw in (
        partial(draw_envelopes, [ADDRESS], c6, sender=("健",)),
        partial(draw_flaps, 1, c6, sender=("健",)),
    ):
        with pytest.raises(
            UsageError, match="return address cannot be printed: no font here can print 健"
        ) as caught:
            draw()
        assert caught.value.hint == bring_extra("cjk")


def test_a_return_address_that_is_too_long_stops_the_run() -> None:
    """Too wide for its corner is another fault with another way out."""
    with pytest.raises(UsageError, match=r"on C6: .* mm too wide at 8 pt") as caught:
        draw_envelopes([ADDRESS], find_envelope("C6"), sender=("W" * 60,))
    assert "Shorten" in caught.value.hint


def test_nothing_to_print_is_no_document() -> None:
    """When every item is refused there is no empty page."""
    run = draw_envelopes([Label(who="Sato", lines=("佐",))], find_envelope("DL"), sender=SENDER)
    assert (run.data, run.pages, run.items) == (b"", 0, 0)


def test_what_will_be_refused_is_known_before_it_is_drawn() -> None:
    """The look before a run refuses the addresses that the run would, for the same reasons."""
    envelope = find_envelope("C6")
    wide = Label(who="Max", lines=("W" * 60,))
    refused = check_envelopes([ADDRESS, wide], envelope, country="GB")
    assert [one.who for one in refused] == ["Max"]
    assert refused == draw_envelopes([ADDRESS, wide], envelope, country="GB").refused


def test_a_return_address_is_tried_for_its_own_place() -> None:
    """What fits the corner may not fit the flap, nor the corner of a printer that keeps far from edges."""
    envelope = find_envelope("C6")
    sender = (
        "Maud Ellery",
        "The-Old-Rectory-behind-Orchard-Row-Upper-Wick".replace("-", "\N{NO-BREAK SPACE}"),
    )
    check_sender(sender, envelope)
    with pytest.raises(UsageError, match="on the flap of C6"):
        check_sender(sender, envelope, on_flap=True)
    with pytest.raises(UsageError, match="on C6"):
        check_sender(
            (sender[0], sender[1] + "\N{NO-BREAK SPACE}on"), envelope, printer=Printer(name="attic", dx=6)
        )

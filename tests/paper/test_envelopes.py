from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from relcard.errors import UsageError
from relcard.paper.envelopes import address_zone
from relcard.paper.envelopes import draw_envelopes
from relcard.paper.imposition import Box
from relcard.paper.labels import Label
from relcard.paper.stock import all_envelopes
from relcard.paper.stock import find_envelope

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.paper.stock import Envelope
    from tests.paper.conftest import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]

ADDRESS = Label(who="Ann", lines=("Ann Gjerstad", "Gågata 7", "5003 Bergen", "NORWAY"))
SENDER = ("wren ashby", "4 mill lane")  # small letters, to be told from the address by its capitals


@pytest.mark.parametrize("envelope", all_envelopes(), ids=lambda one: one.name)
def test_the_address_keeps_the_zones_of_the_post(envelope: Envelope, glyphs: ReadGlyphs) -> None:
    """On every envelope the address lies in its zone, clear of the foot, stamp and sender, and the page fits."""
    data = draw_envelopes([ADDRESS], envelope, sender=SENDER).data
    [page] = glyphs(data)
    sender = [one for one in page if one.box.bottom < 40]
    address = [one for one in page if one.box.bottom >= 40]
    assert "".join(one.character for one in sender) == "".join(SENDER).replace(" ", "")
    assert "".join(one.character for one in address) == "".join(ADDRESS.lines).replace(" ", "")
    zone = address_zone(envelope)
    assert all(zone.contains(one.box, within=0.01) for one in address)
    assert max(one.box.bottom for one in address) <= envelope.height - 15.875
    paper = Box(0, 0, envelope.width, envelope.height)
    assert all(paper.inset(8, 8, 8, 8).contains(one.box, within=0.01) for one in page)
    assert min(one.box.x for one in address) == pytest.approx(0.45 * envelope.width, abs=0.5)
    if envelope.height <= 155.6:
        assert min(one.box.y for one in address) >= envelope.height - 69.85
    document = pypdfium2.PdfDocument(data)
    size = [round(one / 72 * 25.4, 1) for one in document[0].get_size()]
    document.close()
    assert size == [pytest.approx(envelope.width, abs=0.1), pytest.approx(envelope.height, abs=0.1)]


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
    """The sender is on every envelope, so a fault in it is said once and nothing is printed."""
    with pytest.raises(UsageError, match="return address") as caught:
        draw_envelopes([ADDRESS], find_envelope("C6"), sender=("健",))
    assert "settings" in caught.value.hint


def test_nothing_to_print_is_no_document() -> None:
    """When every item is refused there is no empty page."""
    run = draw_envelopes([Label(who="Sato", lines=("佐",))], find_envelope("DL"), sender=SENDER)
    assert (run.data, run.pages, run.items) == (b"", 0, 0)

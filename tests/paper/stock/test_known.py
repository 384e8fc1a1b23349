from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.imposition import Box
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.imposition import stock_facts
from relcard.errors import NotFoundError
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.labels import draw_labels
from relcard.paper.stock.known import all_card_stock
from relcard.paper.stock.known import all_envelopes
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import find_envelope
from relcard.paper.stock.known import find_stock
from relcard.paper.stock.known import match_card_stock
from tests.paper.paper_model import slots_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.printing.stock import Stock
    from tests.support.pdf import Glyph


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_a_sheet_is_symmetric_and_its_labels_apart(stock: Stock) -> None:
    """Sheets are die-cut evenly: the margins agree, no label leaves the page or meets its neighbour."""
    slots = sheet_slots(stock)
    page = Box(0, 0, stock.page_w, stock.page_h)
    assert all(page.contains(slot, within=0.001) for slot in slots)
    assert slots[0].x == pytest.approx(stock.page_w - slots[-1].right, abs=0.05)
    assert slots[0].y == pytest.approx(stock.page_h - slots[-1].bottom, abs=0.05)
    assert stock.pitch_x >= stock.label_w
    assert stock.pitch_y >= stock.label_h


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_addresses_stay_in_their_slots(stock: Stock, glyphs: Callable[[bytes], list[list[Glyph]]]) -> None:
    """On every sheet, whole or begun, each letter of as many lines as fit lies in its own slot's safe area."""
    full = stock.slots_per_sheet
    lines = ("Ågot Quigley", "9 Jay Way", "Łódź", "POLAND")[: stock_facts(stock).lines]
    letters = Counter("".join(lines).replace(" ", ""))
    for count, skip in ((1, 0), (full, 0), (full + 1, 0), (2, full - 1), (full, full // 2), (3, 1 % full)):
        labels = [Label(who=str(one), lines=lines) for one in range(count)]
        run = draw_labels(labels, stock, first=[range(skip + 1, full + 1)])
        assert (run.items, run.refused) == (count, ())
        found: dict[int, Counter[str]] = {}
        for page, ink in enumerate(glyphs(run.data)):
            for one, slot in zip(ink, slots_of(stock, [one.box for one in ink]), strict=True):
                assert slot is not None
                found.setdefault(page * full + slot, Counter())[one.character] += 1
        assert found == dict.fromkeys(range(skip, skip + count), letters)


def test_the_table_is_whole() -> None:
    """All labels, envelopes and papers of the table are there, every name once."""
    assert (len(all_stock()), len(all_envelopes()), len(all_card_stock())) == (65, 27, 20)
    for names in ([one.name for one in all_stock()], [one.name for one in all_envelopes()]):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["Avery 5160", "5160", "avery-5160", "AVERY5160", " 5160 "])
def test_a_sheet_answers_to_its_part_and_brand(name: str) -> None:
    """Brand, case, spaces and hyphens do not matter."""
    assert find_stock(name).name == "Avery 5160"


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_every_sheet_is_found_by_its_full_name(stock: Stock) -> None:
    """A name that is shown can be typed."""
    assert find_stock(stock.name) is stock
    assert find_stock(stock.part) is stock


def test_every_envelope_is_found_by_its_name() -> None:
    """A name that is shown can be typed, and common spellings with it."""
    assert all(find_envelope(one.name) is one for one in all_envelopes())
    assert find_envelope("No. 10") is find_envelope("#10")
    assert find_envelope("c6/c5").name == "C6/C5 (DL+)"


def test_every_card_paper_is_found_by_its_name() -> None:
    """A name that is shown can be typed, in any case."""
    assert all(match_card_stock(one.name.lower()) is one for one in all_card_stock())
    assert match_card_stock("L7160") is None


def test_an_unknown_sheet_names_the_nearest() -> None:
    """A slip of the finger is answered with what was probably meant."""
    with pytest.raises(NotFoundError, match="L7161x") as caught:
        find_stock("L7161x")
    assert "L7161" in caught.value.hint
    with pytest.raises(NotFoundError) as caught:
        find_stock("nothing like it")
    assert caught.value.hint == "All of them: relcard stock list"
    with pytest.raises(NotFoundError) as caught:
        find_envelope("C66")
    assert "C6" in caught.value.hint


def test_an_envelope_asked_for_as_labels_is_explained() -> None:
    """Naming an envelope where labels are wanted leads to the right command."""
    with pytest.raises(NotFoundError, match="is an envelope") as caught:
        find_stock("C6")
    assert "print envelopes" in caught.value.hint

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.imposition import PAGES
from relcard.paper.documents.address_book import BookEntry
from relcard.paper.documents.address_book import draw_address_book
from tests.support.pdf import page_texts
from tests.support.pdf import pdf_text
from tests.support.pdf import read_glyphs

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import Page

ADDRESS = ("Flat 5, 22 Cotham Vale", "BRISTOL", "BS6 6HR")


def entry(number: int, people: int = 2) -> BookEntry:
    lines = tuple(f"Child {count} of {number} · 4 Mar 1980 · 07700 90{number:04}" for count in range(people))
    return BookEntry(name=f"Household {number}.", address=ADDRESS, people=lines)


def test_an_entry_says_all_it_is_given() -> None:
    """Name, address, people and years stand beneath each other; the legend stands where years are."""
    whole = BookEntry(
        name="Ada & <Ben> Oak", address=ADDRESS, people=("Ada · 4 Mar 1980",), years="2024 s · 2025 sc"
    )
    drawn = draw_address_book([whole], with_years=True)
    text = pdf_text(drawn.data)
    assert (
        "Ada & <Ben> Oak\nFlat 5, 22 Cotham Vale, BRISTOL, BS6 6HR\nAda · 4 Mar 1980\n2024 s · 2025 sc"
        in text
    )
    assert "s sent · c came" in text
    assert "s sent" not in pdf_text(draw_address_book([whole]).data)
    assert (drawn.pages, drawn.items, drawn.refused) == (1, 1, ())


@pytest.mark.parametrize("page", ["A4", "Letter"])
@settings(max_examples=10, deadline=None)
@given(sizes=st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_everybody_stands_within_the_margins_in_order(page: Page, sizes: list[int]) -> None:
    """However long the entries are, all are there, in order, and no ink leaves the paper's margins."""
    drawn = draw_address_book([entry(number, people) for number, people in enumerate(sizes)], page=page)
    text = pdf_text(drawn.data)
    places = [text.index(f"Household {number}.") for number in range(len(sizes))]
    assert places == sorted(places)
    assert text.count("Child") == sum(sizes)
    width, height = PAGES[page]
    for glyphs in read_glyphs(drawn.data):
        assert min(glyph.box.x for glyph in glyphs) > 13
        assert max(glyph.box.right for glyph in glyphs) < width - 13
        assert max(glyph.box.bottom for glyph in glyphs) < height - 6.35


def test_an_entry_is_never_divided() -> None:
    """The people of a household stand on the page that has its name."""
    for text in page_texts(draw_address_book([entry(number, 7) for number in range(40)]).data):
        for number in range(40):
            if f"Household {number}." in text:
                assert text.count(f" of {number} ·") == 7


def folios(pdf: bytes) -> list[tuple[int, int]]:
    """Return the number of the page at the left and at the right of each side, 0 for an empty one."""
    sides = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for side in document:
            width, height = side.get_size()
            halves = ((0, width / 2), (width / 2, width))
            text = side.get_textpage()
            read = [text.get_text_bounded(left=left, right=right, top=height) for left, right in halves]
            left, right = (re.search(r"(\d+) of \d+", words) for words in read)
            sides.append((int(left[1]) if left else 0, int(right[1]) if right else 0))
    return sides


@pytest.mark.parametrize(
    ("entries", "sides"),
    [
        (1, [(0, 1)]),
        (9, [(0, 1), (2, 0)]),
        (22, [(4, 1), (2, 3)]),
        (34, [(0, 1), (2, 0), (6, 3), (4, 5)]),
    ],
)
def test_a_booklet_is_a_book_when_it_is_folded(entries: int, sides: list[tuple[int, int]]) -> None:
    """The outermost sheet bears the first page and the last; all households are on it, in order of the pages."""
    drawn = draw_address_book([entry(number, 4) for number in range(entries)], booklet=True)
    assert folios(drawn.data) == sides
    assert drawn.pages == len(sides)
    text = pdf_text(drawn.data)
    assert all(f"Household {number}." in text for number in range(entries))


def test_a_booklet_is_turned_over_its_short_edge() -> None:
    """Its sheets lie across, and the file tells the printer how to turn them."""
    pdf = draw_address_book([entry(0)], page="Letter", booklet=True).data
    assert b"/DuplexFlipShortEdge" in pdf
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert document[0].get_size() == pytest.approx((792, 612))


def test_what_no_font_prints_is_named() -> None:
    """A bracket stands in its place, and the household is refused by name with the reason."""
    drawn = draw_address_book([BookEntry(name="Ada \U0001f98a Oak")])
    assert [refusal.who for refusal in drawn.refused] == ["Ada \U0001f98a Oak"]
    assert drawn.items == 1
    assert "Oak" in pdf_text(drawn.data)


def test_an_empty_book_is_no_file() -> None:
    """Without households there is nothing to print."""
    assert draw_address_book([]).data == b""

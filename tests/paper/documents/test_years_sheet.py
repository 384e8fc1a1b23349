"""The years on paper, read back from the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Literal

import pytest

from relcard.domain.printing.imposition import PAGES
from relcard.paper.documents.years_sheet import YearsRow
from relcard.paper.documents.years_sheet import draw_years

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]

PAST = range(2021, 2026)
FINCH = YearsRow(name="Mo and Ida Finch", past=("s", "sc", "", "m", "c"))
LONG = "Maximiliane Freifrau von und zu Hohenstein-Wallersdorf and Bartholomäus Schellenberger"


def test_a_row_has_its_past_in_small_and_this_year_to_tick(words: ReadWords) -> None:
    [page] = words(draw_years([FINCH], past=PAST, newest=2026).data)
    lines = page.splitlines()
    assert "Cards 2026" in lines
    for wanted in ("21", "25", "sent", "came", "a word", "s sent · c came · m mourning", "1 of 1"):
        assert wanted in page
    assert page.index("Mo and Ida Finch") < page.index("sc")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_eighty_households_fill_sheets_whole_and_in_order(
    glyphs: ReadGlyphs, words: ReadWords, size: Literal["A4", "Letter"]
) -> None:
    """Nobody is missing, nothing leaves the page, and the head stands on each sheet."""
    rows = [YearsRow(name=f"Household {number:02}", past=("sc",) * 5, sent=True) for number in range(80)]
    drawn = draw_years(rows, past=PAST, newest=2026, page=size)
    pages = words(drawn.data)
    assert (drawn.items, drawn.pages) == (80, len(pages)) == (80, 3)
    assert all("Cards 2026" in page and "came" in page for page in pages)
    text = "\n".join(pages)
    places = [text.index(row.name) for row in rows]
    assert places == sorted(places)
    width, height = PAGES[size]
    for page in glyphs(drawn.data):
        assert all(glyph.box.x >= 10 and glyph.box.right <= width - 10 for glyph in page)
        assert all(glyph.box.bottom <= height - 6 for glyph in page)


@pytest.mark.usefixtures("every_script")
@pytest.mark.parametrize(
    "name", [LONG, "佐藤 健", "محمد العربي", "Νίκος Παπαδόπουλος", "Анна Петрова", "W" * 300]
)
def test_a_name_stays_in_its_column(glyphs: ReadGlyphs, name: str) -> None:
    """A long one is smaller and, where that is not enough, ends in three dots; any script is printed."""
    drawn = draw_years([YearsRow(name=name, past=())], past=(), newest=2026)
    assert drawn.refused == ()
    [page] = glyphs(drawn.data)
    row = [glyph for glyph in page if 32 < glyph.box.y < 37]
    assert row
    assert max(glyph.box.right for glyph in row) <= 14 + 61


def test_of_many_years_the_latest_are_shown(words: ReadWords) -> None:
    row = YearsRow(name="Ann Oak", past=("",) * 20)
    [page] = words(draw_years([row], past=range(2006, 2026), newest=2026).data)
    assert "17" in page
    assert "16" not in page


def test_what_no_font_can_print_is_named() -> None:
    drawn = draw_years([YearsRow(name="Ann \U0001f98a", past=())], past=(), newest=2026)
    assert [refusal.who for refusal in drawn.refused] == ["Ann \U0001f98a"]
    assert drawn.items == 1
    assert draw_years([], past=(), newest=2026).data == b""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.imposition import Box
from relcard.paper.documents.crib import CribEntry
from relcard.paper.documents.crib import draw_crib
from relcard.paper.documents.crib import spell_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]

ENTRY = CribEntry(
    who="Kowalska",
    number=1,
    addressee="Anna Kowalska and Jan Smith",
    address_lines=("ul. Długa 12", "31-109 Kraków", "POLAND"),
    salutation="Droga Aniu, drogi Janie,",
    remarks=(("they wrote", "come & see the <garden>"),),
    room="8 lines, about 48 words",
    by_hand=True,
    post_by="9 Dec",
)
SIZES = {"A4": (210, 297), "Letter": (215.9, 279.4)}


def test_everything_the_writer_needs_is_there(words: ReadWords) -> None:
    """Addressee, address, salutation, remarks, date and number stand on the page, each line whole."""
    [page] = words(draw_crib([ENTRY], title="Christmas 2026").data)
    for wanted in (
        "Christmas 2026",
        ENTRY.addressee,
        *ENTRY.address_lines,
        ENTRY.salutation,
        "they wrote",
        "come & see the <garden>",
        "8 lines, about 48 words",
        "by hand · 8 lines, about 48 words · post by 9 Dec",
        "1 of 1",
    ):
        assert wanted in page


def test_the_address_is_large_only_where_it_is_written_by_hand(glyphs: ReadGlyphs) -> None:
    """An address that a label carries takes one small line; one for the pen stands as on the envelope."""
    heights = []
    for by_hand in (True, False):
        entry = replace(ENTRY, address_lines=("XXX", "XXX"), by_hand=by_hand)
        [page] = glyphs(draw_crib([entry], title="t").data)
        heights.append({round(one.box.height, 1) for one in page if one.character == "X"})
    assert heights == [{round(0.714 * 14 / 72 * 25.4, 1)}, {round(0.714 * 10 / 72 * 25.4, 1)}]


def test_the_envelope_stands_line_by_line_with_its_size_and_stamp(words: ReadWords) -> None:
    """What the pen writes is one block, the name where the country has it, and the stamp says how far."""
    entry = replace(ENTRY, name_at=2, envelope="C6", stamp="Europe", remarks=())
    [page] = words(draw_crib([entry], title="t").data)
    block = f"ul. Długa 12\n31-109 Kraków\n{ENTRY.addressee}\nPOLAND"
    assert block in page
    assert page.count(ENTRY.addressee) == 1
    assert "on the envelope, C6" in page
    assert "Europe" in page
    [page] = words(draw_crib([replace(entry, by_hand=False)], title="t").data)
    assert "label · Europe · post by 9 Dec" in page
    assert "on the envelope" not in page


def test_a_line_of_the_envelope_stays_one_line_as_long_as_it_can(words: ReadWords) -> None:
    """A long line is smaller; one too long even so goes on after three dots, so that nobody writes two."""
    long = "Henrietta Hohenberger-Hollenstein of Habsburg"
    [page] = words(draw_crib([replace(ENTRY, addressee=long)], title="t").data)
    assert long in page
    [page] = words(draw_crib([replace(ENTRY, addressee=f"{long}, {long}")], title="t").data)
    assert "\n… " in page
    assert f"{long}, {long}" in page.replace("\n… ", " ")


def test_an_address_that_no_face_can_show_is_below_the_name(words: ReadWords) -> None:
    """Forty lines fit no envelope; they are on the crib all the same."""
    lines = tuple(f"Line {number};" for number in range(40))
    pages = words(draw_crib([replace(ENTRY, address_lines=lines)], title="t").data)
    assert all(one in "".join(pages) for one in lines)
    assert "on the envelope" not in pages[0]


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_entries_are_in_order_and_never_divided(size: Literal["A4", "Letter"], words: ReadWords) -> None:
    """Twenty entries run over several numbered pages in writing order, each whole on its page."""
    entries = [
        replace(ENTRY, number=number, addressee=f"Begin {number};", remarks=(("end", f"End {number};"),))
        for number in range(1, 21)
    ]
    run = draw_crib(entries, title="t", page=size)
    pages = words(run.data)
    assert (run.items, run.pages) == (20, len(pages))
    assert len(pages) > 2
    order = []
    for number, page in enumerate(pages, 1):
        assert f"{number} of {len(pages)}" in page
        begun = [one for one in range(1, 21) if f"Begin {one};" in page]
        assert begun == [one for one in range(1, 21) if f"End {one};" in page]
        order += begun
    assert order == list(range(1, 21))


def test_a_brief_entry_takes_three_lines(words: ReadWords) -> None:
    """Name, address and room, how to begin with what there is to say; a longer question goes on below."""
    brief = replace(ENTRY, by_hand=False, brief=True, stamp="Europe", remarks=(("", "Ola 9"),))
    [page] = words(draw_crib([brief], title="t").data)
    lines = page.split("\n")
    start = next(number for number, line in enumerate(lines) if ENTRY.addressee in line)
    assert "label · Europe · post by 9 Dec" in lines[start]
    assert "ul. Długa 12, 31-109 Kraków, POLAND" in lines[start + 1]
    assert brief.room in lines[start + 1]
    assert f"{ENTRY.salutation} Ola 9" in " ".join(lines[start + 2].split())
    long = replace(brief, remarks=(("they wrote", "“the garden”"), ("", "Ask how they are. " * 9)))
    [page] = words(draw_crib([long], title="t").data)
    told = " ".join(page.split())
    assert f"{ENTRY.salutation} they wrote “the garden” · Ask how they are." in told
    assert told.count("Ask how they are.") == 9


def test_an_entry_longer_than_a_page_runs_on(words: ReadWords) -> None:
    """Remarks that no page could hold are divided between pages and none is lost."""
    remarks = tuple(("note", f"Remark {number};") for number in range(90))
    run = draw_crib([replace(ENTRY, remarks=remarks), replace(ENTRY, addressee="After")], title="t")
    pages = words(run.data)
    assert run.pages > 1
    assert all(f"Remark {number};" in "".join(pages) for number in range(90))
    assert "After" in pages[-1]


def test_a_name_no_font_can_print_is_on_the_crib_all_the_same(words: ReadWords) -> None:
    """Its place says how many characters are missing, and the run names it with them."""
    entry = replace(ENTRY, who="Sato", addressee="佐藤 健", remarks=(("they wrote", "see you 🎂"),))
    run = draw_crib([entry, ENTRY], title="t")
    assert run.items == 2
    assert [one.who for one in run.refused] == ["Sato"]
    assert "健" in run.refused[0].reason
    [page] = words(run.data)
    assert "[3 characters no font here can print]" in page
    assert "see you [birthday cake]" in page


def test_signs_and_letters_are_spelt_out_where_they_stand() -> None:
    """Text that can be printed is untouched round a bracket, spaces included."""
    assert spell_out("plain [a-z] text") == "plain [a-z] text"
    assert (
        spell_out("to 佐藤 健 with ❤️.")
        == "to [3 characters no font here can print] with [heavy black heart]."
    )
    assert spell_out("^]佐") == "^][1 character no font here can print]"


def test_an_empty_crib_is_no_document() -> None:
    """With nobody to write to there is no page."""
    assert draw_crib([], title="t").data == b""


texts = st.text(
    alphabet=st.one_of(st.sampled_from("abc WÅjf g\n"), st.characters(codec="utf-8")), max_size=120
)


@settings(max_examples=40)
@given(st.lists(texts, min_size=3, max_size=6), st.sampled_from(["A4", "Letter"]))
def test_any_words_stay_on_the_page(
    glyphs: ReadGlyphs, said: list[str], size: Literal["A4", "Letter"]
) -> None:
    """Whatever is remembered of a household, it is set inside the margins."""
    title, name, remark, *lines = said
    entry = replace(ENTRY, addressee=name, address_lines=tuple(lines), remarks=((remark[:20], remark),))
    run = draw_crib([entry], title=title, page=size)
    paper = Box(0, 0, *SIZES[size]).inset(18, 8, 18, 8)
    for page in glyphs(run.data):
        assert all(paper.contains(one.box) for one in page if one.box.width > 0)


def test_marks_piled_on_one_letter_do_not_stop_a_run() -> None:
    """Thousands of marks on a letter reach off any page and out of a font's numbers; the crib is drawn."""
    run = draw_crib([replace(ENTRY, addressee="Zo" + "\u0301" * 4000)], title="Crib", page="A4")
    assert run.items == 1
    assert run.data.startswith(b"%PDF")

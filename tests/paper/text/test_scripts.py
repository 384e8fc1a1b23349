"""Every script on paper: labels, envelopes, crib and greeting cards, read back and looked at.

The pictures in golden/ were looked at by eye; RELCARD_GOLDEN=write draws them anew, to be looked at again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.cards import CardFace
from relcard.paper.documents.cards import draw_cards
from relcard.paper.documents.crib import CribEntry
from relcard.paper.documents.crib import draw_crib
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.envelopes import draw_envelopes
from relcard.paper.documents.folds import Panel
from relcard.paper.documents.folds import fold_for
from relcard.paper.documents.labels import draw_labels
from relcard.paper.fronts.design_library import find_design
from relcard.paper.stock.known import find_envelope
from relcard.paper.stock.known import find_stock
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import ink
from tests.paper.paper_model import pictures
from tests.paper.paper_model import placement

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]
    Picture = np.ndarray[Any, np.dtype[np.int16]]

pytestmark = pytest.mark.usefixtures("every_script")

GOLDEN = Path(__file__).parent / "golden"
DPI = 100
ADDRESSES = {
    "latin": ("Łucja Żółć-Şahin", "ul. Świętej 5", "90-001 Łódź", "POLAND"),
    "greek": ("Ελένη Παύλου", "Ερμού 12", "105 63 Αθήνα", "GREECE"),
    "cyrillic": ("Ольга Жданова", "ул. Лесная, д. 5", "125075 Москва", "RUSSIAN FEDERATION"),
    "vietnamese": ("Nguyễn Thị Hương", "12 Hàng Bài, Hoàn Kiếm", "Hà Nội 100000", "VIET NAM"),
    "devanagari": ("कमला क्षत्रिय", "गांधी मार्ग १२", "नई दिल्ली 110001", "INDIA"),
    "arabic": ("ليلى منصور", "شارع النيل 12 (شقة 4)", "القاهرة 11511", "EGYPT"),
    "hebrew": ("שרה כהן", "רחוב הרצל 12 (ב)", "תל אביב 6688312", "ISRAEL"),
    "thai": ("สมชาย ใจดี", "ถนนสุขุมวิท น้ำผึ้ง", "กรุงเทพมหานคร 10110", "THAILAND"),
    "japanese": ("〒150-0001", "東京都渋谷区神宮前1-2-3", "佐藤 健 様", "JAPAN"),
    "chinese": ("100022 北京市朝阳区", "建国路88号", "张小明 先生", "CHINA"),
    "korean": ("김민수 귀하", "서울특별시 종로구 세종대로 209", "03171", "SOUTH KOREA"),
}
BY_SCRIPT = pytest.mark.parametrize("script", ADDRESSES)


def rendered(data: bytes, *, dpi: int = DPI) -> Picture:
    """Return the first page in grey, 255 for paper."""
    return pictures(data, dpi)[0].astype(np.int16)


def label(script: str) -> Label:
    return Label(who=script, lines=ADDRESSES[script])


def picture(script: str) -> Picture:
    """Return the first label of a sheet, and a line of the words for cards below it."""
    stock = find_stock("L7160")
    slot = sheet_slots(stock)[0]
    run = draw_labels([label(script)], stock)
    assert not run.refused
    page = rendered(run.data)
    cut = page[
        int(slot.y / 25.4 * DPI) : int(slot.bottom / 25.4 * DPI),
        int(slot.x / 25.4 * DPI) : int(slot.right / 25.4 * DPI),
    ]
    sheet = new_canvas(slot.width, 12, title="t")
    sheet.text(slot.width / 2, 7, ADDRESSES[script][1], TextStyle(Face.SERIF, 11), align="centre")
    words = rendered(sheet.to_bytes())
    return np.vstack([cut, words[:, : cut.shape[1]]])


def alike(one: Picture, other: Picture) -> bool:
    """Tell whether two pictures differ by no more than another version's smoothing of edges."""
    if one.shape != other.shape:
        return False
    apart = np.abs(one - other)
    return bool(apart.mean() < 1 and (apart > 64).mean() < 0.001)


@BY_SCRIPT
def test_a_script_looks_as_it_did_when_it_was_looked_at(script: str) -> None:
    """The label and the words for a card are, within smoothing, the picture that was found right."""
    file = GOLDEN / f"{script}.png"
    now = picture(script)
    if os.environ.get("RELCARD_GOLDEN") == "write":
        Image.fromarray(now.astype(np.uint8)).save(file, optimize=True)
    with Image.open(file) as known:
        assert alike(now, np.asarray(known.convert("L"), dtype=np.int16))


def test_the_eye_is_sharp_enough() -> None:
    """A name is not alike to the same letters unjoined, nor to itself a pixel further."""
    sheets = []
    for text, x in (("ليلى منصور", 5), ("ل\u200cي\u200cلى منصور", 5), ("ليلى منصور", 5.254)):
        sheet = new_canvas(63.5, 12, title="t")
        sheet.text(x, 8, text, TextStyle(Face.SANS, 11))
        sheets.append(rendered(sheet.to_bytes()))
    assert not alike(sheets[0], sheets[1])
    assert not alike(sheets[0], sheets[2])
    assert alike(sheets[0], sheets[0])


@BY_SCRIPT
def test_a_label_says_what_it_shows(words: ReadWords, script: str) -> None:
    """What is copied from a label, line by line, is the address."""
    [page] = words(draw_labels([label(script)], find_stock("L7160")).data)
    assert page.split("\n") == list(ADDRESSES[script])


@BY_SCRIPT
def test_every_letter_is_in_the_safe_area(script: str) -> None:
    """On a small label and a large one, no pixel of ink lies outside the safe area of its slot."""
    for part in ("5160", "L7163"):
        stock = find_stock(part)
        area = safe_area(stock, sheet_slots(stock)[0])
        inked = rendered(draw_labels([label(script)], stock).data) < 128
        rows, columns = (np.flatnonzero(inked.any(axis=axis)) * 25.4 / DPI for axis in (1, 0))
        pixel = 25.4 / DPI
        assert area.y - pixel <= rows[0] < rows[-1] <= area.bottom
        assert area.x - pixel <= columns[0] < columns[-1] <= area.right


@pytest.mark.parametrize("script", ["arabic", "hebrew"])
def test_an_address_that_runs_to_the_left_is_flush_right(glyphs: ReadGlyphs, script: str) -> None:
    """Every line, the country's too, ends at the right edge of the safe area; a mixed address keeps left."""
    stock = find_stock("L7160")
    area = safe_area(stock, sheet_slots(stock)[0])
    [page] = glyphs(draw_labels([label(script)], stock).data)
    lines = {round(glyph.box.y // 4) for glyph in page}
    assert len(lines) >= 3
    country = [glyph.box for glyph in page if glyph.character.isascii() and glyph.character.isalpha()]
    assert max(box.right for box in country) == pytest.approx(area.right, abs=0.4)
    assert max(glyph.box.right for glyph in page) <= area.right + 0.01
    mixed = Label(who="mixed", lines=(ADDRESSES[script][0], "12 Nile Street", "Cairo"))
    [page] = glyphs(draw_labels([mixed], stock).data)
    assert min(glyph.box.x for glyph in page) == pytest.approx(area.x, abs=0.4)


@BY_SCRIPT
def test_measured_ink_is_the_ink_drawn(script: str) -> None:
    """The box measured for a line is that of its pixels, to a pixel."""
    for face in Face:
        for text in ADDRESSES[script][:3]:
            sheet = new_canvas(160, 30, title="t")
            sheet.text(20, 15, text, TextStyle(face, 20))
            inked = rendered(sheet.to_bytes(), dpi=150) < 200
            pixel, em = 25.4 / 150, 20 / MM
            rows, columns = (np.flatnonzero(inked.any(axis=axis)) * pixel for axis in (1, 0))
            found = ink(text, face)
            assert rows[0] == pytest.approx(15 - found.top * em, abs=1.5 * pixel)
            assert rows[-1] + pixel == pytest.approx(15 - min(0, found.bottom) * em, abs=1.5 * pixel)
            assert columns[0] >= 20 + found.left * em - 1.5 * pixel
            assert columns[-1] <= 20 + found.right * em + pixel


@BY_SCRIPT
def test_envelope_and_crib_carry_every_script(words: ReadWords, glyphs: ReadGlyphs, script: str) -> None:
    """The address stands in its zone on an envelope, and on the crib with the salutation."""
    lines = ADDRESSES[script]
    c6 = find_envelope("C6")
    run = draw_envelopes([label(script)], c6, sender=lines[:3])
    assert not run.refused
    zone = envelope_areas(c6).address
    [page] = glyphs(run.data)
    below = [glyph for glyph in page if glyph.box.y > 40]
    assert below
    assert all(zone.contains(glyph.box, within=0.01) for glyph in below)
    entry = CribEntry(
        who=script,
        number=1,
        addressee=lines[0],
        address_lines=lines[1:],
        salutation=f"Dear {lines[0]},",
        remarks=(("they wrote", lines[1]),),
        by_hand=True,
        post_by="5 Dec",
    )
    crib = draw_crib([entry], title="Christmas")
    assert not crib.refused
    [text] = words(crib.data)
    # Beside English the reader gives the words of a line that runs to the left in the order they stand.
    assert {word.strip(",") for one in lines[:3] for word in one.split()} <= {
        word.strip(",") for word in text.split()
    }
    assert "[" not in text


@BY_SCRIPT
def test_a_greeting_card_carries_every_script(script: str) -> None:
    """The words of a card are printed in any script, and the room stays blank."""
    room = room_for(A6, RULES[Circle.FRIEND], Hand())
    line = ADDRESSES[script][1]
    run = draw_cards(
        [
            CardFace(
                who=script,
                front=line,
                inside=f"{line}\n{line}",
                design=find_design("letterpress"),
                room=room,
                size=A6,
            )
        ],
        fold_for(A6),
    )
    assert run.items == 1
    page = pypdfium2.PdfDocument(run.data)
    text = "".join(one.get_textpage().get_text_range() for one in page)
    page.close()
    assert len(re.findall(re.escape(line), text)) == 3


def test_inside_words_hang_where_the_pen_begins() -> None:
    """Words that run to the left hang from the right margin of the inside, others from the left one."""
    room = room_for(A6, RULES[Circle.FRIEND], Hand())
    fold = fold_for(A6)
    edges = []
    for line in ("שרה", "Sarah"):
        face = CardFace(who="x", front="", inside=line, design=find_design("letterpress"), room=room, size=A6)
        data = draw_cards([face], fold).data
        document = pypdfium2.PdfDocument(data)
        where = placement(fold, 0, Panel.INSIDE_RIGHT)
        page = document[where.page].get_textpage()
        boxes = [page.get_charbox(place) for place in range(page.count_chars())]
        left = min(box[0] for box in boxes) / MM - where.box.x
        right = where.box.right - max(box[2] for box in boxes) / MM
        edges.append((right, left) if where.rotated else (left, right))
        page.close()
        document.close()
    assert edges[0][1] == pytest.approx(A6.margin, abs=0.7)
    assert edges[1][0] == pytest.approx(A6.margin, abs=0.7)
    assert edges[0][0] > 50
    assert edges[1][1] > 50


def test_fonts_are_embedded_and_nothing_else_is_named() -> None:
    """Each script font is in the file as a subset of its own, no larger than a page of pictures."""
    data = draw_labels([label(script) for script in ADDRESSES], find_stock("L7160")).data
    names = set(re.findall(rb"/BaseFont /(\S+)", data))
    assert len(names) == data.count(b"/FontFile2") == 8
    assert all(re.fullmatch(rb"[A-Z]{6}\+\w+(-Regular)?", name) for name in names)
    assert len(data) < 100_000


def test_the_same_labels_are_the_same_bytes() -> None:
    """A run in many scripts can be repeated to the byte."""
    labels = [label(script) for script in ADDRESSES]
    stock = find_stock("L7160")
    assert draw_labels(labels, stock) == draw_labels(labels, stock)


def test_high_marks_get_their_air() -> None:
    """Lines of stacked marks stand further apart: the ink of two lines does not meet."""
    stock = find_stock("L7163")
    high = ("Ệ́̂ģ̀p" * 3, "น้ำผึ้งปู่ญูฏุ", "ปี่ที่ปู่ฐุญฺ", "Ệ́̂ģ̀p" * 3)
    run = draw_labels([Label(who="high", lines=high)], stock)
    assert not run.refused
    inked = np.any(rendered(run.data, dpi=200) < 128, axis=1).astype(int)
    starts = np.flatnonzero(np.diff(inked) == 1)
    assert len(starts) >= len(high)


def test_the_country_chooses_the_form_of_a_character() -> None:
    """One name for a Japanese and for a Chinese address is drawn from two fonts."""
    stock = find_stock("L7160")
    for country, font in (("JP", b"NotoSansJP"), ("CN", b"NotoSansSC"), ("TW", b"NotoSansTC")):
        data = draw_labels([Label(who="x", lines=("王骨",), country=country)], stock).data
        assert font in data


PIECES = st.sampled_from([part for lines in ADDRESSES.values() for line in lines for part in (line, *line)])


@settings(max_examples=25)
@given(
    st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=4),
    st.sampled_from(["5160", "3474", "L7163"]),
)
def test_any_mixture_fits_or_is_refused(lines: list[str], part: str) -> None:
    """However scripts are mixed, a label is printed within its safe area or refused by name."""
    stock = find_stock(part)
    run = draw_labels([Label(who="mixed", lines=tuple(lines))], stock)
    drawable = any(line.strip() for line in lines)
    assert run.items == (not run.refused)
    if run.items:
        area = safe_area(stock, sheet_slots(stock)[0])
        inked = rendered(run.data) < 128
        rows, columns = (np.flatnonzero(inked.any(axis=axis)) * 25.4 / DPI for axis in (1, 0))
        visible = any(unicodedata.category(one)[0] in "LNS" for line in lines for one in line)
        assert drawable
        if visible:
            assert area.y - 0.26 <= rows[0] <= rows[-1] <= area.bottom
            assert area.x - 0.26 <= columns[0] <= columns[-1] <= area.right

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.printer import Printer
from relcard.errors import UsageError
from relcard.installation import bring_extra
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.address_block import left_out
from relcard.paper.documents.address_block import measure
from relcard.paper.documents.address_block import without_emoji
from relcard.paper.documents.labels import check_labels
from relcard.paper.documents.labels import draw_labels
from relcard.paper.documents.labels import draw_proof
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import find_stock
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import is_plain
from tests.paper.paper_model import pictures
from tests.paper.paper_model import slots_of
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.printing.stock import Stock
    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]

ROUNDING = 0.01  # mm: ReportLab writes points with a few decimals


def label(*lines: str, who: str = "") -> Label:
    return Label(who=who or lines[0], lines=lines)


def letters_by_slot(stock: Stock, page: list[Glyph]) -> dict[int | None, str]:
    found: dict[int | None, list[str]] = {}
    for glyph, slot in zip(page, slots_of(stock, [glyph.box for glyph in page]), strict=True):
        found.setdefault(slot, []).append(glyph.character)
    return {slot: "".join(letters) for slot, letters in found.items()}


def numbered(count: int) -> list[Label]:
    return [label(f"Jo {number}g") for number in range(count)]


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_every_sheet_fills_its_slots_in_order(stock: Stock, glyphs: ReadGlyphs) -> None:
    """On every sheet, for one label, a full sheet and one more, each letter lies in its own slot's safe area."""
    full = stock.slots_per_sheet
    for count in (1, full, full + 1):
        run = draw_labels(numbered(count), stock)
        pages = glyphs(run.data)
        assert (run.pages, run.items, run.refused) == (len(pages), count, ())
        for number, page in enumerate(pages):
            here = range(number * full, min(count, (number + 1) * full))
            assert letters_by_slot(stock, page) == {one - number * full: f"Jo{one}g" for one in here}


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_a_part_used_sheet_keeps_its_used_slots_empty(stock: Stock, glyphs: ReadGlyphs) -> None:
    """Used slots carry nothing, and the labels go on to a second sheet when the first is full."""
    full = stock.slots_per_sheet
    pages = glyphs(draw_labels(numbered(2), stock, first=[[full]]).data)
    assert [letters_by_slot(stock, page) for page in pages] == [{full - 1: "Jo0g"}, {0: "Jo1g"}]


def test_lines_stand_flush_left_and_centred(glyphs: ReadGlyphs) -> None:
    """All lines of an address begin at one place, and the block is centred in the height of its label."""
    stock = find_stock("L7160")
    data = draw_labels([label("HENRIK HOLM", "HAVNEGADE 9", "HELLERUP")], stock).data
    [page] = glyphs(data)
    starts = [glyph.box.x for glyph in page if glyph.character == "H"]
    at_left = sorted(starts)[:3]  # the H of HOLM stands further right
    assert at_left[2] - at_left[0] < ROUNDING
    slot = sheet_slots(stock)[0]
    above = min(glyph.box.y for glyph in page) - slot.y
    below = slot.bottom - max(glyph.box.bottom for glyph in page)
    assert below - above == pytest.approx(
        0.24 * 11 / 72 * 25.4, abs=0.05
    )  # room for tails that are not there


@pytest.mark.parametrize("moved", [0.0, 5.0])
def test_what_will_be_refused_is_known_before_it_is_drawn(moved: float) -> None:
    """The look before a run and the run refuse the same addresses for the same reasons."""
    stock = find_stock("5160")
    some = [
        label("Jo", "Hill"),
        label("W" * 40),
        label(*"ABCDEFGHI"),
        label("Ana \u4f50"),
        label("W" * 22),
    ]
    printer = Printer(name="attic", dx=moved)
    refused = draw_labels(some, stock, printer=printer).refused
    assert check_labels(some, stock, printer=printer) == refused
    assert len(refused) == (4 if moved else 3)


def line_heights(page: list[Glyph]) -> set[float]:
    return {round(glyph.box.height, 2) for glyph in page if glyph.character == "H"}


def test_one_size_serves_the_sheet(glyphs: ReadGlyphs) -> None:
    """A few long lines among many do not shrink the sheet: they alone are set smaller."""
    stock = find_stock("L7160")
    short = [label("HAL H", "HILL")] * 18
    [page] = glyphs(draw_labels([*short, label("HILDEGARDEHOHENBERGERHOLLENSTEINE")], stock).data)
    sizes = line_heights(page)
    assert len(sizes) == 2
    assert max(sizes) == pytest.approx(0.714 * 11 / 72 * 25.4, abs=0.02)
    [alone] = glyphs(draw_labels([label("HILDEGARDEHOHENBERGERHOLLENSTEINE")], stock).data)
    assert min(line_heights(alone)) >= min(sizes)


def test_a_label_too_wide_is_refused_by_name_with_the_millimetres() -> None:
    """A line too long at the smallest size is named with what it lacks, and its neighbours move up."""
    stock = find_stock("L7160")
    run = draw_labels([label("W" * 60, who="Wide"), label("Ann")], stock)
    assert [one.who for one in run.refused] == ["Wide"]
    excess = re.fullmatch(r"(\d+\.\d) mm too wide at 8 pt", run.refused[0].reason)
    assert excess
    # 60 W of Noto Sans, 0.931 em each, at 8 pt, less the 58.5 mm between the safe margins
    assert float(excess[1]) == pytest.approx(60 * 0.931 * 8 / 72 * 25.4 - 58.5, abs=0.15)


def test_a_label_too_high_is_refused(glyphs: ReadGlyphs) -> None:
    """More lines than a label holds at 8 points are refused by the height they lack; no slot stays empty."""
    stock = find_stock("5160")
    run = draw_labels([label(*"abcdefgh", who="Tall"), label("Ann")], stock)
    [refusal] = run.refused
    assert refusal.who == "Tall"
    assert refusal.reason.endswith(" mm too high at 8 pt")
    assert letters_by_slot(stock, glyphs(run.data)[0]) == {0: "Ann"}


def test_a_missing_glyph_is_refused_by_name() -> None:
    """A name that cannot be printed is never a blank or a box: it is refused with its characters."""
    run = draw_labels([label("佐藤 健", who="Sato"), label("ليلى", who="Layla")], find_stock("L7160"))
    assert run.items == run.pages == 0
    assert run.data == b""
    assert run.refused[0].reason == "no font here can print 佐, 藤, 健; " + bring_extra("cjk")
    assert "ل (arabic letter lam)" in run.refused[1].reason
    assert bring_extra("scripts") in run.refused[1].reason


def test_a_label_without_lines_is_refused() -> None:
    """An address of nothing but spaces does not waste a label."""
    assert draw_labels([label("  ", "", who="Blank")], find_stock("L7160")).refused[0].who == "Blank"


def test_signs_of_markup_are_plain_text(words: ReadWords) -> None:
    """Ampersands, angle brackets and apostrophes come out as they went in."""
    lines = ("Ann & Tom <both>", "The O'Briens", "5 &amp; 6 </para>")
    [page] = words(draw_labels([label(*lines)], find_stock("L7160")).data)
    assert page.split("\n") == list(lines)


def test_scripts_without_shaping_come_out(words: ReadWords) -> None:
    """Polish, Turkish, Vietnamese, Greek and Cyrillic letters are printed, composed or not."""
    lines = ("Żółć İş", "Nguyễn Ấn", "Ελένη", "Жуков")
    [page] = words(
        draw_labels([label(*(unicodedata.normalize("NFD", one) for one in lines))], find_stock("L7160")).data
    )
    assert page.split("\n") == list(lines)


def test_the_fonts_are_in_the_file() -> None:
    """Noto Sans is embedded and Helvetica is not even named."""
    data = draw_labels(numbered(3), find_stock("L7160")).data
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == 1
    assert re.findall(rb"/BaseFont /(\S+)", data) == [b"AAAAAA+NotoSans-Regular"]


def test_the_same_labels_are_the_same_bytes() -> None:
    """A run can be repeated to the byte."""
    assert draw_labels(numbered(3), find_stock("L7160")) == draw_labels(numbered(3), find_stock("L7160"))


LETTERS = "".join(
    letter
    for letter in map(chr, [*range(0x21, 0x530), *range(0x1E00, 0x2000)])
    if letter.isprintable() and unicodedata.is_normalized("NFC", letter) and is_plain(letter, Face.SANS)
)
printable = st.one_of(
    st.text(alphabet=st.sampled_from(LETTERS + " "), max_size=45),
    st.text(alphabet=st.sampled_from("WMijgÅẾf. "), min_size=8, max_size=45),
)
address_lines = st.one_of(
    st.lists(printable, min_size=1, max_size=4),
    st.lists(printable, min_size=1, max_size=9),
    st.lists(st.one_of(printable, st.text(max_size=8)), max_size=4),
)


@settings(max_examples=dose(40, 320))
@given(
    st.lists(address_lines, min_size=1, max_size=4),
    st.sampled_from(["5160", "3474", "L7651", "L7163"]),
)
@example([["0000000000000;GGG"]], "L7651")  # too wide for a line: divided, and the semicolon goes
def test_any_name_fits_or_is_refused(glyphs: ReadGlyphs, addresses: list[list[str]], part: str) -> None:
    """Whatever the letters, a label is printed to the last of them in its safe area, or refused by name.

    Commas alone may go: where a line is divided, its end says the same.
    """
    stock = find_stock(part)
    # Each line is told apart by its number: the reader takes two alike, closely set, for one set bold.
    asked = [
        Label(who=str(place), lines=tuple(f"{number}{line}" for number, line in enumerate(lines)))
        for place, lines in enumerate(addresses)
    ]
    run = draw_labels(asked, stock)
    refused = {one.who for one in run.refused}
    assert run.items + len(refused) == len(asked)
    assert all(one.reason for one in run.refused)
    printed = [one for one in asked if one.who not in refused]
    assert run.items == len(printed)
    [page] = glyphs(run.data) if printed else [[]]
    found = letters_by_slot(stock, page)
    assert None not in found
    for place, one in enumerate(printed):
        wanted = [letter for letter in "".join(one.lines) if letter in LETTERS and letter not in ",;"]
        assert len([letter for letter in found[place] if letter not in ",;"]) >= len(wanted)


def test_part_used_sheets_come_first(glyphs: ReadGlyphs) -> None:
    """Free slots of part-used sheets are filled in their order, a page each, then whole sheets."""
    stock = find_stock("L7163")
    run = draw_labels(numbered(6), stock, first=[(3, 14), (), (9,)])
    pages = [letters_by_slot(stock, page) for page in glyphs(run.data)]
    assert pages == [{2: "Jo0g", 13: "Jo1g"}, {8: "Jo2g"}, {0: "Jo3g", 1: "Jo4g", 2: "Jo5g"}]
    assert run.pages == 3


@settings(max_examples=50)
@given(
    st.sampled_from(all_stock()),
    st.floats(-6, 6),
    st.floats(-6, 6),
    st.floats(0.98, 1.02),
    st.floats(0.98, 1.02),
    st.integers(1, 3),
)
def test_no_offset_brings_ink_off_its_label_or_out_of_reach(
    glyphs: ReadGlyphs,
    stock: Stock,
    dx: float,
    dy: float,
    scale_x: float,
    scale_y: float,
    count: int,
) -> None:
    """Where it lands, all ink is on its label's safe area; where it is sent, within every printer's reach."""
    one = Printer(name="den", dx=dx, dy=dy, scale_x=scale_x, scale_y=scale_y)
    page = Box(0, 0, stock.page_w, stock.page_h).inset(*(PRINTER_MARGIN,) * 4)
    full = stock.slots_per_sheet
    corners = [1, stock.columns, full - stock.columns + 1, full][:count]
    asked = [Label(who="Jo", lines=("Jo gjQ",), number=887 + place) for place in range(len(set(corners)))]
    run = draw_labels(asked, stock, first=[sorted(set(corners))], printer=one)
    assert run.items == len(asked)
    for found in glyphs(run.data):
        assert found
        landed = []
        for glyph in found:
            assert page.contains(glyph.box, within=ROUNDING)
            left, top = one.drawn(glyph.box.x, glyph.box.y)
            right, bottom = one.drawn(glyph.box.right, glyph.box.bottom)
            landed.append(Box(left, top, right - left, bottom - top))
        assert {slot - 1 for slot in corners}.issuperset(slots_of(stock, landed))


def test_an_offset_that_leaves_no_room_is_refused() -> None:
    """A label so small that the offset takes what there is names the printer and says what to do."""
    small = replace(find_stock("L7160"), left=2.0, label_w=22.0, columns=1)
    assert draw_labels([label("Jo")], small, printer=Printer(name="den", dx=1)).items == 1
    with pytest.raises(UsageError, match="The offset of den leaves no room") as caught:
        draw_labels([label("Jo")], small, printer=Printer(name="den", dx=-6))
    assert "calibration" in caught.value.hint


def test_a_number_stands_small_in_the_corner(glyphs: ReadGlyphs) -> None:
    """The number of a label is at the foot, where lines end, at 6 points and with no word near."""
    stock = find_stock("L7160")
    [page] = glyphs(draw_labels([Label(who="Jo", lines=("Jo Oak", "Leeds"), number=42)], stock).data)
    assert "".join(one.character for one in page) == "JoOakLeeds42"
    words, number = page[:-2], page[-2:]
    area = safe_area(stock, sheet_slots(stock)[0])
    assert area.right - 0.2 < number[-1].box.right <= area.right
    assert max(one.box.bottom for one in number) == pytest.approx(area.bottom, abs=0.05)
    assert number[0].box.height == pytest.approx(0.714 * 6 / 72 * 25.4, abs=0.03)
    assert max(one.box.bottom for one in words) < min(one.box.y for one in number)


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="WMgjaé ", min_size=1, max_size=30), min_size=1, max_size=9))
def test_a_number_never_touches_a_word(glyphs: ReadGlyphs, lines: list[str]) -> None:
    """A number stands clear of every letter, or is left out; the words are the same either way."""
    stock = find_stock("L7160")
    bare = draw_labels([Label(who="Jo", lines=tuple(lines))], stock)
    run = draw_labels([Label(who="Jo", lines=tuple(lines), number=128)], stock)
    assert run.refused == bare.refused
    if not run.items:
        return
    [plain], [page] = glyphs(bare.data), glyphs(run.data)
    digits = [one.box for one in page if one.character.isdigit()]
    assert [one for one in page if not one.character.isdigit()] == plain
    assert len(digits) in (0, 3)
    for digit in digits:
        around = digit.inset(-0.7, -0.7, -0.7, -0.7)
        for one in plain:
            assert (
                one.box.right < around.x
                or one.box.x > around.right
                or one.box.bottom < around.y
                or one.box.y > around.bottom
            )


def test_where_lines_run_to_the_left_the_number_is_at_the_left(
    glyphs: ReadGlyphs, every_script: None
) -> None:
    """An Arabic address ends at the left, and so there the number stands."""
    stock = find_stock("L7160")
    asked = Label(who="Layla", lines=("ليلى منصور", "القاهرة"), number=7)
    [page] = glyphs(draw_labels([asked], stock).data)
    [number] = [one for one in page if one.character == "7"]
    left = safe_area(stock, sheet_slots(stock)[0]).x
    assert left <= number.box.x < left + 0.2


def test_a_long_name_is_divided_rather_than_small(glyphs: ReadGlyphs) -> None:
    """Among labels of one size a name that is too long for its line takes two, and all stay that size."""
    long = Label(
        who="R", lines=("Rosalind Maud Featherstonehaugh Cholmondeley", "High Street 1", "LEEDS", "LS1 4DY")
    )
    others = [
        Label(who=str(one), lines=("Ann Lee", "High Street 1", "LEEDS", "LS1 4DY")) for one in range(12)
    ]
    together = glyphs(draw_labels([long, *others], find_stock("L7160")).data)[0]
    alone = glyphs(draw_labels(others, find_stock("L7160")).data)[0]
    tall = max(one.box.height for one in alone if one.character == "L")
    rosalind = next(one for one in together if one.character == "R")
    surname = next(one for one in together if one.character == "F")
    assert surname.box.y > rosalind.box.y + 3  # on the next line
    assert rosalind.box.height == pytest.approx(max(one.box.height for one in together), rel=0.1)
    assert max(one.box.height for one in together if one.character == "L") == pytest.approx(tall, abs=0.01)


@pytest.mark.parametrize(
    ("line", "divided"),
    [
        (
            "Flat 3, The Old Maltings Building, East Courtyard Entrance",
            ["Flat3,TheOldMaltingsBuilding", "EastCourtyardEntrance"],
        ),
        (
            "Wilhelmina Featherstonehaugh-Cholmondeley-Marjoribanks",
            ["WilhelminaFeatherstonehaugh-", "Cholmondeley-Marjoribanks"],
        ),
        ("Rear of Upper Saint Bartholomew's Crescent North", None),
        ("ณัฐวุฒิพัฒนากุล วงศ์สวัสดิ์พัฒนากุล ณัฐวุฒิพัฒนากุล", None),
        ("شارع الجامعة الأردنية الكبرى، بناية النور الرابعة، الطابق السابع عشر", None),
    ],
)
def test_a_long_line_is_divided_before_a_label_is_refused(
    every_script: None, line: str, divided: list[str] | None
) -> None:
    """At commas first, else behind a hyphen or a space, in any script; the comma at a line's end goes."""
    labels = [label("Ann Lee", line, "BATH", "BA1 1AA")]
    stock = replace(find_stock("L7160"), label_w=52.0)
    assert draw_labels(labels, stock).items == 1
    blocks, _ = measure(labels, 47, 33)
    assert len(blocks[0].lines) > 4
    assert blocks[0].width * 8 / 72 * 25.4 <= 47
    if divided:
        assert ["".join(part.split()) for part in blocks[0].lines[1:-2]] == divided


def test_an_emoji_is_left_out() -> None:
    """A flower in a name costs nobody the label: it is decoration."""
    [block], refused = measure([label("Poppy \U0001f33c Oakes \u2764\ufe0f", "3 Mill Row", "FROME")], 60, 30)
    assert not refused
    assert block.lines[0] == "Poppy Oakes"
    assert left_out("Poppy \U0001f33c") == "\U0001f33c"
    assert without_emoji("Poppy \U0001f33c Oakes") == "Poppy Oakes"


def sample_addresses() -> list[Label]:
    """Return two hundred invented addresses, from one word a line to more than a small label bears."""
    names = [
        "Jo Hill",
        "Ada Finch",
        "Wilhelmina Featherstonehaugh-Cholmondeley",
        "Dr. Max und Dr. Eva Krämer",
    ]
    streets = [
        "9 Elm St",
        "ul. Długa 12 m. 3",
        "Straße des Siebzehnten Juni 135",
        "25 rue de l'Église",
        "PO Box 7",
    ]
    houses = ["", "The Old Maltings Building, East Courtyard"]
    towns = [
        "SALEM OR 97301",
        "31-109 KRAKÓW / POLAND",
        "ASHBY-DE-LA-ZOUCH / LE65 1AA",
        "10623 BERLIN",
        "BATH",
    ]
    made = product(names, streets, houses, towns)
    return [
        label(*[line for line in (name, house, street, *town.split(" / ")) if line])
        for name, street, house, town in made
    ]


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_every_sheet_bears_an_address_or_names_what_it_lacks(stock: Stock, glyphs: ReadGlyphs) -> None:
    """Of two hundred addresses the shortest and the longest are printed whole, or refused in millimetres."""
    addresses = sorted(sample_addresses(), key=lambda one: len("".join(one.lines)))
    assert len(addresses) == 200
    run = draw_labels([addresses[0], addresses[-1]], stock)
    assert run.items + len(run.refused) == 2
    for refused in run.refused:
        assert re.fullmatch(r"\d+\.\d mm too (wide|high)( and \d+\.\d mm too high)? at 8 pt", refused.reason)
    if stock.label_h > 11:
        assert addresses[0].who not in [refused.who for refused in run.refused]
    else:  # a mini label is for one's own address, which may be as small as 6 points
        assert not check_labels([addresses[0]], stock, smallest=6)
    if run.items == 2:
        for page in glyphs(run.data):
            assert None not in slots_of(stock, [glyph.box for glyph in page])


def test_a_parcels_label_is_set_large_and_off_its_edge(glyphs: ReadGlyphs) -> None:
    """Twelve points hard on the left edge of a label as large as a postcard look forgotten."""
    stock = find_stock("L7169")
    [page] = glyphs(draw_labels([label("HAL H", "HILL")], stock).data)
    assert line_heights(page) == {round(0.714 * 16 / 72 * 25.4, 2)}
    assert min(glyph.box.x for glyph in page) == pytest.approx(stock.left + 0.08 * stock.label_w, abs=0.6)


LABELS = [Label(who=f"Jo {one}", lines=(f"Jo {one}", "Mill Lane", "Leeds")) for one in range(3)]


def test_words_stand_where_they_will_stand_on_the_sheet(glyphs: ReadGlyphs, words: ReadWords) -> None:
    """A proof has every letter of the run at its place, offset and all, and says on each page what it is."""
    stock = find_stock("L7160")
    den = Printer(name="den", dx=-1.5, dy=0.5)
    first = [(20, 21)]
    real = glyphs(draw_labels(LABELS, stock, first=first, printer=den).data)
    data = draw_proof(LABELS, stock, first=first, printer=den).data
    proof = glyphs(data)
    assert len(real) == len(proof) == 2
    for one, other in zip(real, proof, strict=True):
        assert set(one) <= set(other)
    said = words(data)
    assert "a part-used sheet of Avery L7160" in said[0]
    assert "a whole sheet of Avery L7160" in said[1]
    assert all("no label is used up" in page for page in said)


def test_edges_are_drawn_and_used_slots_struck_out() -> None:
    """Every label has its edge; a line goes through the used ones and through no other."""
    stock = find_stock("L7160")
    page = pictures(draw_proof(LABELS, stock, first=[(20, 21)]).data, 4 * 72)[0]
    to_mm = 4 * 72 / 25.4

    def darkest(x: float, y: float) -> int:
        across, down = int(x * to_mm), int(y * to_mm)
        return int(page[down - 2 : down + 3, across - 2 : across + 3].min())

    for number, slot in enumerate(sheet_slots(stock), start=1):
        assert darkest(slot.x + slot.width / 2, slot.y) < 220
        # A tenth from the right and from the head: on the diagonal, and beside all words.
        struck = darkest(slot.x + slot.width * 0.9, slot.y + slot.height * 0.1) < 240
        assert struck is (number < 20)


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_the_note_is_within_reach_and_meets_no_word(stock: Stock, glyphs: ReadGlyphs) -> None:
    """On every sheet the words of the note keep the outermost quarter inch, and every label's safe area."""
    areas = [safe_area(stock, slot) for slot in sheet_slots(stock)]
    for glyph in glyphs(draw_proof([Label(who="Jo", lines=("Jo",))], stock).data)[0]:
        assert glyph.box.x >= PRINTER_MARGIN - 0.01
        assert glyph.box.y >= PRINTER_MARGIN - 0.01
        assert glyph.box.right <= stock.page_w - PRINTER_MARGIN + 0.01
        inside = [
            area for area in areas if area.y + 0.01 < glyph.box.bottom and glyph.box.y < area.bottom - 0.01
        ]
        assert not inside or areas[0].contains(glyph.box, within=0.01)

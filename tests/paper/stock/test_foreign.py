"""Tests of template files of other programs: what becomes a sheet, what is passed over, what is refused."""

from __future__ import annotations

import gzip
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.stock import match_stock
from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.paper.stock import foreign
from relcard.paper.stock.foreign import installed_stock
from relcard.paper.stock.foreign import read_foreign

if TYPE_CHECKING:
    from relcard.domain.printing.stock import Stock
    from relcard.paper.stock.foreign import ForeignStock

DATA = Path(__file__).parents[2] / "data" / "stock"
HARBOUR = DATA / "glabels"
ONE = b"""<Glabels-templates><Template brand="Pier" part="P1" size="A4">
<Label-rectangle id="0" width="70mm" height="37mm"><Layout nx="3" ny="8" x0="0" y0="0.5mm" dx="70mm" dy="37mm"/>
</Label-rectangle></Template></Glabels-templates>"""


def _sheet(found: ForeignStock, name: str) -> Stock:
    one = match_stock(name, found.stocks)
    assert one is not None, name
    return one


def _grid(one: Stock) -> tuple[float, ...]:
    return one.left, one.top, one.pitch_x, one.pitch_y, one.columns, one.rows


def test_lengths_of_glabels_are_read_in_every_unit() -> None:
    """Millimetres, centimetres, inches and picas are told apart; a length without a unit is in points."""
    found = read_foreign(str(HARBOUR))
    plain = _sheet(found, "Harbour H100")
    assert (plain.page, plain.label_w, plain.label_h, plain.corner) == ("A4", 63.5, 38.1, 1.5)
    assert _grid(plain) == (7.21, 15.15, 66.04, 38.1, 3, 7)
    points = _sheet(found, "H101")
    assert (points.page, points.label_w, points.label_h) == ("Letter", 66.675, 25.4)
    assert _grid(points) == (4.7625, 12.7, 69.85, 25.4, 3, 10)
    metric = _sheet(found, "H200")
    assert (metric.page, metric.label_w, metric.label_h) == ("200 x 150 mm", 90, 40)


def test_what_a_template_leaves_out_is_worked_out() -> None:
    """An x0 that says nothing is centred, a pitch that is missing follows from the margins, a broken corner is 0."""
    found = read_foreign(str(HARBOUR))
    inches = _sheet(found, "H102")
    assert (inches.label_w, inches.label_h, inches.corner) == (101.6, 12.7, 1.5875)
    assert _grid(inches) == pytest.approx((5.08, 12.7, 104.14, 12.7, 2, 20))
    assert _sheet(found, "H101").corner == 0
    assert _grid(_sheet(found, "H200")) == pytest.approx((10, 15, 90, 40, 2, 3))


def test_equivalents_have_the_measures_of_their_original() -> None:
    """A part may be the equivalent of one further down, or of an equivalent; the name stays its own."""
    found = read_foreign(str(HARBOUR))
    original = _sheet(found, "H200")
    for name in ("H201", "H202"):
        same = _sheet(found, name)
        assert (same.part, same.label_w, _grid(same)) == (name, original.label_w, _grid(original))


def test_layouts_that_are_one_grid_are_one_sheet() -> None:
    """Two columns described apart, a tenth of a millimetre off, are a sheet of two columns."""
    found = _sheet(read_foreign(str(HARBOUR)), "H300")
    assert (found.columns, found.rows) == (2, 5)
    assert (found.pitch_x, found.pitch_y) == pytest.approx((100, 55), abs=0.03)


def test_paper_is_known_from_the_file_beside_the_templates() -> None:
    """A size of page that only the folder's own list has is found; a label over its edge by a hair is trimmed."""
    found = _sheet(read_foreign(str(HARBOUR)), "H400")
    assert (found.page_w, found.page_h) == (203, 165)
    assert found.left + found.pitch_x + found.label_w == pytest.approx(203)
    assert found.label_w == pytest.approx(101.4)


def test_what_cannot_carry_an_address_is_counted_by_its_reason() -> None:
    """Rolls, round labels, impossible and unreadable sheets are passed over, and said to be."""
    found = read_foreign(str(HARBOUR))
    assert found.passed_over == {
        "not measured": 3,  # equivalents of nothing and of themselves, and a page nobody knows
        "not in one grid": 1,
        "round, oval or CD labels": 1,
        "continuous rolls": 1,
        "beyond the page": 1,
        "overlapping": 1,
        "too small for an address": 1,
    }
    assert [one.part for one in found.stocks] == [
        "H100", "H101", "H102", "H201", "H200", "H202", "H300", "H400",
    ]  # fmt: skip


def test_libreoffice_is_read_to_a_hundredth_of_a_millimetre() -> None:
    """The part is the first word of a name, or all of it where several share the word or it has no digit."""
    found = read_foreign(str(DATA / "labels.xml"))
    address = _sheet(found, "Lantern A4 T21")
    assert (address.page, address.label_w, address.label_h) == ("A4", 63.5, 38.1)
    assert _grid(address) == (7.21, 15.15, 66.04, 38.1, 3, 7)
    assert address.source == "LibreOffice: labels.xml, T21 Address Label"
    assert _sheet(found, "T40 Box (spine)").rows == 12
    assert _sheet(found, "étiquettes à gâteau").columns == 2
    assert len(found.stocks) == 4
    assert found.passed_over == {
        "continuous rolls": 1,
        "beyond the page": 1,
        "not measured": 1,
        "round, oval or CD labels": 1,
    }


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """Entities, broken XML and files about something else cost nothing but themselves."""
    for one in (DATA / "bad").iterdir():
        (tmp_path / one.name).write_bytes(one.read_bytes())
    (tmp_path / "good.xml").write_bytes(ONE)
    (tmp_path / "notes.txt").write_text("not looked at")
    found = read_foreign(str(tmp_path))
    assert [one.part for one in found.stocks] == ["P1"]
    assert {Path(one.source).name: one.message for one in found.problems} == {
        "entities.xml": "it declares entities",
        "other.xml": "it holds no label sheets",
        "unclosed.xml": "line 4: mismatched tag",
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no element found"),
        (b"<a>" * 40 + b"</a>" * 40, "nested too deeply"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b"\x1f\x8bnot packed at all", "packed and damaged"),
        (b"\x00\x01\x02", "line 1"),
    ],
    ids=["empty", "deep", "encoding", "gzip", "binary"],
)
def test_what_is_no_template_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    """Whatever lies in the file, the answer is a sentence."""
    path = tmp_path / "odd.xml"
    path.write_bytes(data)
    with pytest.raises(FileError, match=reason):
        read_foreign(str(path))


def test_what_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    """Sixteen thousand bytes may be seventeen million of blanks."""
    path = tmp_path / "bomb.xml"
    path.write_bytes(gzip.compress(b"<!--" + b" " * (17 << 20) + b"-->"))
    with pytest.raises(FileError, match="too large"):
        read_foreign(str(path))


def test_an_external_file_is_never_opened(tmp_path: Path) -> None:
    """A document type that names another file is passed by: nothing is fetched, and the rest is read."""
    path = tmp_path / "dtd.xml"
    path.write_bytes(b'<!DOCTYPE Glabels-templates SYSTEM "file:///nowhere/else.dtd">' + ONE)
    assert [one.part for one in read_foreign(str(path)).stocks] == ["P1"]


def test_a_document_of_glabels_is_read_packed(tmp_path: Path) -> None:
    """A label document holds its template; gLabels 3 packs it."""
    inside = ONE.replace(b"Glabels-templates", b"Glabels-document")
    path = tmp_path / "party.glabels"
    path.write_bytes(gzip.compress(inside))
    assert [one.name for one in read_foreign(str(path)).stocks] == ["Pier P1"]


def test_programs_are_told_apart_by_what_is_in_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """`glabels` and `libreoffice` each give their own, whatever folder the files lie in; both are installed."""
    monkeypatch.setenv(foreign.VARIABLE, os.pathsep.join((str(DATA), str(HARBOUR), "/nowhere")))
    assert {one.brand for one in read_foreign("gLabels").stocks} == {"Harbour"}
    assert {one.brand for one in read_foreign("libreoffice").stocks} == {"Lantern A4"}
    assert installed_stock()[0].brand == "Lantern A4"
    assert len(installed_stock()) == 12


def test_nothing_installed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without templates the next step is named; a path that is not there is no program either."""
    monkeypatch.setenv(foreign.VARIABLE, "")
    with pytest.raises(NotFoundError, match="No templates of gLabels") as caught:
        read_foreign("glabels")
    assert "--from FOLDER" in caught.value.hint
    with pytest.raises(NotFoundError, match="no file or folder"):
        read_foreign(str(tmp_path / "none.xml"))
    assert installed_stock() == ()


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_platform_has_folders_for_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str
) -> None:
    """Templates the user made are looked for at home, wherever the program keeps them."""
    monkeypatch.delenv(foreign.VARIABLE, raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "programs"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    (tmp_path / ".glabels").mkdir()
    (tmp_path / ".glabels" / "mine.template").write_bytes(ONE)
    assert "Pier P1" in {one.name for one in read_foreign("glabels").stocks}
    folders = list(foreign._folders(foreign.LIBREOFFICE))
    assert folders
    assert all(one.name == "labels" for one in folders)


def test_lengths_without_end_measure_nothing(tmp_path: Path) -> None:
    """Numbers no float holds are passed over, in one layout and where several are laid together."""
    big, path = "9" * 400, tmp_path / "one.template"
    twice = f'<Layout nx="1" ny="1" x0="0" y0="0" dx="{big}" dy="{big}"/>' * 2
    for old, new in (
        (b'x0="0"', f'x0="{big}"'.encode()),
        (b'width="70mm"', f'width="{big}"'.encode()),
        (b'<Layout nx="3" ny="8" x0="0" y0="0.5mm" dx="70mm" dy="37mm"/>', twice.encode()),
    ):
        path.write_bytes(ONE.replace(old, new))
        found = read_foreign(str(path))
        assert all(math.isfinite(one.left + one.pitch_x) for one in found.stocks)
        assert found.passed_over or len(found.stocks) == 1


def test_a_sheet_of_endless_layouts_is_passed_over(tmp_path: Path) -> None:
    """Layouts of more labels than a sheet can have together are not laid out."""
    path = tmp_path / "one.template"
    path.write_bytes(ONE.replace(b"<Layout", b'<Layout nx="100" ny="100" dx="1" dy="1"/><Layout'))
    assert read_foreign(str(path)).passed_over == {"not measured": 1}


def test_names_and_numbers_of_sheets_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that fills the screen and what lies beyond the most there can be are passed over and counted."""
    path = tmp_path / "one.template"
    path.write_bytes(ONE.replace(b"P1", b"P" * 61))
    assert read_foreign(str(path)).passed_over == {"with an endless name": 1}
    monkeypatch.setattr(foreign, "_MOST_SHEETS", 0)
    path.write_bytes(ONE)
    assert read_foreign(str(path)).passed_over == {"beyond the first 0": 1}

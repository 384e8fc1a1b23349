from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click import unstyle

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


TEMPLATES = Path(__file__).parents[2] / "data" / "stock"
JARS = ("stock", "add", "Jam jars", "--page", "A4", "--label", "63.5x38.1", "--grid", "3x7", "--left", "7.2")
KEYS = {"name", "kind", "own", "page", "size_mm", "grid", "source"}


def test_list_has_sheets_envelopes_and_card_paper(run: Runner) -> None:
    """The list holds everything that can be bought, words narrow it, and the end counts."""
    found = run("stock", "list", "--json").json["stock"]
    assert keys_of(found) == KEYS
    names = {one["name"] for one in found}
    assert {"Avery L7160", "C6", "DL", "#10", "A7", "Quarter-fold A4"} <= names
    narrow = run("stock", "list", "l7160", "--json").json["stock"]
    assert "Avery L7160" in {one["name"] for one in narrow}
    assert len(narrow) < len(found)
    assert {one["page"] for one in run("stock", "list", "envelope", "--json").json["stock"]} == {"envelope"}
    assert {one["kind"] for one in run("stock", "list", "card", "--json").json["stock"]} == {"card"}
    counted = run("stock", "list").out.splitlines()[-4]
    assert counted == "  65 label sheets · 27 envelopes · 20 card papers"


def test_list_without_a_match_says_so(run: Runner) -> None:
    """A sheet nobody sells is answered in words."""
    assert "relcard stock list shows everything" in run("stock", "list", "L0000").out
    assert run("stock", "list", "L0000", "--json").json["stock"] == []


def test_the_list_fits_the_screen(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of the list is wider than 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, run("stock", "list").out.splitlines())) <= 80


def test_show_has_the_measures(run: Runner) -> None:
    """L7160 is three across and seven down, 63.5 by 38.1 mm on A4, as Avery prints on the packet."""
    sheet = run("stock", "show", "L7160", "--json").json["sheet"]
    assert (sheet["columns"], sheet["rows"]) == (3, 7)
    assert (sheet["label_w_mm"], sheet["label_h_mm"]) == (63.5, 38.1)
    assert (sheet["safe_w_mm"], sheet["safe_h_mm"], sheet["lines_of_9pt"]) == (58.5, 33.1, 8)
    assert (sheet["page"], sheet["own"], sheet["near_edges"]) == ("A4", False, [])
    text = run("stock", "show", "L7160").out
    assert "Avery L7160  A4, 3 x 7 = 21 labels" in text
    assert "63.5 x 38.1 mm" in text
    assert "58.5 x 33.1 mm, 8 lines of 9 pt" in text
    assert "reaches all of every label" in text
    assert "21" in text.splitlines()[-4]


def test_a_page_of_every_kind_of_paper_fits_the_screen(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing and words stand side by side in 80 columns, or one below the other where they must."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("L7160", "5167", "L4731", "DL", "#10", "Square 160", "Quarter-fold A4", "Postcard US 4x6"):
        lines = unstyle(run.done("stock", "show", name).out).splitlines()
        assert max(map(len, lines)) <= 80, name
        assert any("from" in line for line in lines), name
    monkeypatch.setenv("COLUMNS", "48")
    assert max(map(len, unstyle(run.done("stock", "show", "L7160").out).splitlines())) <= 48


def test_show_tells_envelopes_and_card_paper_apart(run: Runner) -> None:
    """Each has its own noun and its own measures."""
    envelope = run("stock", "show", "c6", "--json").json["envelope"]
    assert (envelope["name"], envelope["width_mm"], envelope["height_mm"]) == ("C6", 162, 114)
    paper = run("stock", "show", "quarter fold a4", "--json").json["card_paper"]
    assert (paper["panel_w_mm"], paper["panel_h_mm"], paper["rows"]) == (105, 148.5, 2)


def test_edges_a_printer_may_not_reach_are_named(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a sheet cut to the page's edge the words keep away from it, and the page says so."""
    monkeypatch.setenv("COLUMNS", "100")
    assert "may not reach the left and right edges" in run("stock", "show", "5160").out
    assert "may not reach all four edges" in run("stock", "show", "3474").out
    assert run("stock", "show", "5160", "--json").json["sheet"]["near_edges"] == ["left", "right"]


def test_show_of_what_is_nothing(run: Runner) -> None:
    """An unknown name is refused with the next step."""
    result = run("stock", "show", "L0000")
    assert result.code == 4
    assert "relcard stock list" in result.err.splitlines()[1]


def test_a_sheet_of_ones_own_is_used_by_its_name(season: Runner, here: Path) -> None:
    """What is added is listed first, shown, printed on, set as the sheet one buys, and gone after undo."""
    said = season.done(*JARS)
    assert "Jam jars is kept" in said.out
    assert 'relcard print proof --stock "Jam jars"' in said.out
    first = season("stock", "list", "--json").json["stock"][0]
    assert (first["name"], first["own"], first["size_mm"]) == ("Jam jars", True, "63.5 x 38.1")
    assert [one["name"] for one in season("stock", "list", "yours", "--json").json["stock"]] == ["Jam jars"]
    assert season.done("stock", "list").out.splitlines()[1].endswith("yours")
    sheet = season("stock", "show", "jam jars", "--json").json["sheet"]
    assert (sheet["own"], sheet["left_mm"], sheet["pitch_x_mm"]) == (True, 7.2, 66.05)
    season("print", "labels", "--stock", "Jam Jars", "-o", "jars.pdf")
    assert (here / "jars.pdf").read_bytes().startswith(b"%PDF")
    season.done("settings", "set", "stock", "jam jars")
    assert season("preflight", "--json").code in (0, 5)
    season.done("stock", "remove", "jam jars")
    assert season("stock", "show", "jam jars").code == 4
    season.done("undo")
    assert season("stock", "show", "jam jars").code == 0


def test_adding_is_one_step(run: Runner) -> None:
    """Undo takes the sheet back; a dry run shows the drawing and keeps nothing, not even a store."""
    dry = run.done(*JARS, "--dry-run")
    assert "is not kept" in dry.out
    assert "21" in dry.out
    assert not run.store.exists()
    run.done(*JARS)
    run.done("undo")
    assert run("stock", "show", "Jam jars").code == 4
    assert [one["command"] for one in run("history", "--json").json["steps"]] == ['stock add "Jam jars"']


def test_a_name_of_ours_gives_way_and_comes_back(run: Runner) -> None:
    """The user's own goes before the table's and says so; the full name still leads to ours."""
    said = run.done("stock", "add", "L7160", "--page", "A4", "--label", "60x38", "--grid", "3x7")
    assert 'goes before Avery L7160 of relcard\'s own table; "Avery L7160" leads back' in said.out
    assert run("stock", "show", "l7160", "--json").json["sheet"]["label_w_mm"] == 60
    assert run("stock", "show", "avery l7160", "--json").json["sheet"]["label_w_mm"] == 63.5
    again = run.done("stock", "add", "l7160", "--page", "A4", "--label", "61x38", "--grid", "3x7")
    assert "in the place of your earlier one" in again.out
    assert len(run("stock", "list", "yours", "--json").json["stock"]) == 1
    assert "the name is Avery L7160 again" in run.done("stock", "remove", "L7160").out
    assert run("stock", "show", "l7160", "--json").json["sheet"]["own"] is False


def test_inches_are_understood(run: Runner) -> None:
    """A packet of 4 by 2 inches on Letter is described as it says."""
    sheet = run(
        "stock", "add", "Parcels", "--page", "Letter", "--label", "4x2", "--grid", "2x5", "--unit", "in",
        "--top", "1/2", "--left", "5/32", "--pitch-x", "4-3/16", "--corner", ".125", "--json",
    ).json["sheet"]  # fmt: skip
    assert (sheet["label_w_mm"], sheet["label_h_mm"], sheet["top_mm"]) == (101.6, 50.8, 12.7)
    assert (sheet["left_mm"], sheet["pitch_x_mm"], sheet["corner_mm"]) == (3.96875, 106.3625, 3.175)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--grid": "3x8"}, "7.8 mm more than the page is high"),
        ({"--pitch-x": "60"}, "overlap by 3.5 mm"),
        ({"--page": "A44"}, '"A44" is no page'),
        ({"--label": "63.5"}, '"63.5" is no size'),
        ({"--grid": "21"}, '"21" is no grid'),
        ({"--left": "wide"}, '"wide" is no length'),
        ({"--from": "glabels"}, "not from both"),
        ({"NAME": "?!"}, "needs a name"),
        ({"NAME": "x" * 61}, "needs a name"),
    ],
    ids=str,
)
def test_a_sheet_that_cannot_be_is_refused(run: Runner, change: dict[str, str], words: str) -> None:
    """What is wrong is said with its measure, the next step with it, and nothing is kept."""
    said = {"NAME": "Bad", "--page": "A4", "--label": "63.5x38.1", "--grid": "3x7", **change}
    result = run("stock", "add", said.pop("NAME"), *(word for pair in said.items() for word in pair))
    assert result.code == 2
    assert words in result.err
    assert len(result.err.splitlines()) == 2
    assert not run.store.exists()


def test_a_sheet_needs_three_measures(run: Runner) -> None:
    """Without page, label and grid the command says what it wants, with an example."""
    result = run("stock", "add", "Bad", "--page", "A4")
    assert result.code == 2
    assert "--label 63.5x38.1" in result.err


def test_only_ones_own_can_be_removed(run: Runner) -> None:
    """What relcard knows stays; what nobody described is not there; a dry run changes nothing."""
    run.done(*JARS)
    ours = run("stock", "remove", "L7160")
    assert (ours.code, "Avery L7160 is none of yours" in ours.err, "Jam jars" in ours.err) == (4, True, True)
    assert run("stock", "remove", "Honey").code == 4
    assert "would be forgotten" in run.done("stock", "remove", "jam jars", "--dry-run").out
    assert run("stock", "show", "jam jars").code == 0


def test_removing_the_sheet_of_the_settings_says_so(run: Runner) -> None:
    """The settings would name a sheet that is no more: the next step is given."""
    run.done(*JARS)
    run.done("settings", "set", "stock", "Jam jars")
    assert "relcard settings set stock" in run.done("stock", "remove", "Jam jars").out


def test_templates_of_other_programs_are_listed_and_kept(run: Runner) -> None:
    """A folder of templates is listed with what was passed over; one of its sheets can be kept as one's own."""
    folder = str(TEMPLATES / "glabels")
    listed = run("stock", "list", "--from", folder)
    assert listed.code == 0
    text = " ".join(listed.out.split())
    assert "8 label sheets" in text
    assert "passed over: 3 not measured, 1 not in one grid, 1 round, oval or CD labels" in text
    assert len(run("stock", "list", "--from", folder, "letter", "--json").json["stock"]) == 2
    assert "Harbour H100  A4" in run.done("stock", "show", "h100", "--from", folder).out
    assert "H100 is kept" in run.done("stock", "add", "harbour h100", "--from", folder).out
    kept = run("stock", "show", "H100", "--json").json["sheet"]
    assert (kept["own"], kept["source"]) == (True, "Harbour H100, gLabels: harbour-templates.xml")
    missing = run("stock", "show", "H1000", "--from", folder)
    assert missing.code == 4
    assert "H100" in missing.err
    assert f"relcard stock list --from {folder}" in missing.err


def test_a_bad_template_is_named_and_the_code_tells(run: Runner, here: Path) -> None:
    """The others are listed; the bad one is named on stderr, and exit code 5 says that something was skipped."""
    shutil.copytree(TEMPLATES / "glabels", here / "mixed")
    shutil.copy(TEMPLATES / "bad" / "entities.xml", here / "mixed")
    result = run("stock", "list", "--from", "mixed")
    assert result.code == 5
    assert "8 label sheets" in result.out
    assert f"mixed{os.sep}entities.xml: it declares entities" in result.err
    told = run("stock", "list", "--from", "mixed", "--json")
    assert (told.code, len(told.json["problems"]), told.json["passed_over"]["overlapping"]) == (5, 1, 1)
    alone = run("stock", "list", "--from", os.path.join("mixed", "entities.xml"))  # noqa: PTH118
    assert (alone.code, "cannot be read" in alone.err) == (3, True)


def test_installed_templates_serve_without_being_kept(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that only another program knows is found by its name; without any the program says so."""
    assert run("stock", "list", "--from", "libreoffice").code == 4
    monkeypatch.setenv("RELCARD_STOCK", str(TEMPLATES))
    listed = run("stock", "list", "--from", "libreoffice", "--json").json
    assert {one["name"].rpartition(" ")[0] for one in listed["stock"][:1]} == {"Lantern A4"}
    assert run("stock", "show", "Lantern A4 T21", "--json").json["sheet"]["rows"] == 7
    assert run("settings", "set", "stock", "T21").code == 0


def test_new_measures_name_the_sheets_begun_with_the_old(run: Runner) -> None:
    """A part-used sheet may be other paper than the name means now; the same measures again say nothing."""
    run.done(*JARS)
    run.done("sheet", "add", "Jam jars", "--left", "3")
    assert "was begun" not in run.done(*JARS).out
    said = run.done("stock", "add", "Jam jars", "--page", "A4", "--label", "90x60", "--grid", "2x4").out
    assert "Sheet 1 was begun with the earlier measures" in said
    run.done("sheet", "drop", "1")

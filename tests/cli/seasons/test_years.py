"""The years of a list that came home: the grid, one household's lines, and what keeps them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.command_line import Runner

    Editor = Callable[[str], Path]

LIST = """Names,Street,Town,Sent 2023,Rec'd 23,Card 2024,Received 2024,25 s/r,Xmas 19
Mo & Ida Finch,1 Elm St,Leeds,x,12/19,x,x - baby in May,s/r,x
Nell Roux,2 Elm St,Leeds,yes,,x,,s,
Uwe Krall,3 Elm St,Leeds,,,,moved!,,
"""


@pytest.fixture
def listed(run: Runner, tmp_path: Path) -> Runner:
    book = tmp_path / "list.csv"
    book.write_text(LIST, encoding="utf-8")
    result = run("import", str(book), "--map", "Xmas 19=sent:2019")
    assert result.code == 5  # the question about Uwe Krall
    assert "relcard years" in result.out
    assert "is the address right?" in result.out
    return run


def _cells(run: Runner, *options: str) -> dict[str, dict[str, str]]:
    return {row["addressee"]: row["cells"] for row in run.done("years", "--json", *options).json["years"]}


def test_columns_of_cards_become_the_years(listed: Runner) -> None:
    cells = _cells(listed, "--from", "2019", "--to", "2025")
    years = ("2019", "2020", "2023", "2024", "2025")
    assert [cells["Mo and Ida Finch"][year] for year in years] == ["sent", "none", "both", "both", "both"]
    assert [cells["Nell Roux"][year] for year in years] == ["none", "none", "sent", "sent", "sent"]
    assert "Uwe Krall" not in cells


def test_a_line_is_kept_and_shown(listed: Runner) -> None:
    assert "they: “baby in May”" in listed.done("years", "finch").out
    assert "“baby in May”" in listed.done("show", "finch").out


def test_the_same_list_again_changes_nothing_and_undo_takes_it_back(listed: Runner, tmp_path: Path) -> None:
    before = _cells(listed)
    again = listed("import", str(tmp_path / "list.csv"), "--map", "Xmas 19=sent:2019")
    assert "3 unchanged" in again.out
    assert _cells(listed) == before
    listed.done("undo")
    assert listed.done("years", "--json").json["years"] == []


def test_rows_are_sorted_by_silence(listed: Runner) -> None:
    shown = listed.done("years", "--json", "--by", "silence").json["years"]
    assert [row["addressee"] for row in shown] == ["Nell Roux", "Mo and Ida Finch"]


@pytest.mark.parametrize("columns", ["60", "80"])
def test_the_grid_keeps_to_the_screen(listed: Runner, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = listed.done("years").out.splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert any("Mo and Ida Finch" in line and "sc" in line for line in lines)


def test_years_the_wrong_way_round_are_refused(listed: Runner) -> None:
    assert listed("years", "--from", "2025", "--to", "2019").code == 2


def test_a_card_of_a_season_stands_in_its_year(people: Runner) -> None:
    people.done("circle", "close", "Anna Kowalska")
    people.done("season", "start", "christmas")
    people.done("posted", "Anna Kowalska")
    (row,) = people.done("years", "Anna Kowalska", "--json").json["years"]
    assert list(row["cells"].values())[-1] == "sent"


def test_a_page_of_years_is_edited_in_one_step(listed: Runner, editor: Editor) -> None:
    """One line a household; what changed is counted, and undo takes it back."""
    before = _cells(listed)
    seen = editor("""sed -i '/Roux/s/| -  |$/| sc | the dog is well/; /Finch/s/| -  |$/| c |/' "$1" """)
    result = listed.done("years", "edit")
    assert "2 households, 2 came, 1 sent, 1 line" in result.out
    assert "|2022 |2023 |2024 |2025 |2026 | their line of 2026" in seen.read_text(encoding="utf-8")
    cells = _cells(listed)
    assert (cells["Nell Roux"]["2026"], cells["Mo and Ida Finch"]["2026"]) == ("both", "came")
    assert "they: “the dog is well”" in listed.done("years", "roux").out
    assert "the dog is well" in listed.done("years", "edit", "roux", "--page").out
    listed.done("undo")
    assert _cells(listed) == before


def test_a_page_with_a_fault_is_kept_and_goes_on_from_there(listed: Runner, editor: Editor) -> None:
    editor("""sed -i '/Roux/s/| -  |$/| q | the dog is well/' "$1" """)
    result = listed("years", "edit")
    assert result.code == 2
    assert "2026: “q” is none of s, c, sc and -" in result.err
    kept = listed.store.with_name("years-not-kept.txt")
    assert f"relcard years edit --file {kept}" in result.err
    kept.write_text(kept.read_text(encoding="utf-8").replace("| q |", "| c |"), encoding="utf-8")
    counted = listed.done("years", "edit", "--file", str(kept), "--json").json
    assert (counted["came"], counted["lines"], len(counted["households"])) == (1, 1, 1)


def test_nothing_typed_is_no_step(listed: Runner, editor: Editor) -> None:
    editor("true")
    steps = listed.done("history").out
    assert "Nothing was changed" in listed.done("years", "edit").out
    editor("""sed -i 's/| -  |$/| c |/' "$1" """)
    assert "would change: 2 households, 2 came" in listed.done("years", "edit", "--dry-run").out
    assert listed.done("history").out == steps


def test_a_household_that_goes_while_the_page_is_open_is_named(listed: Runner, editor: Editor) -> None:
    home = listed.done("household", "show", "roux", "--json").json["household"]["id"]
    relcard = f"{sys.executable} -m relcard --store {listed.store}"
    editor(f"""sed -i 's/| -  |$/| c |/' "$1"; {relcard} household join finch roux >/dev/null""")
    result = listed("years", "edit", "--to", "2026")
    assert result.code == 5
    assert "1 household, 1 came" in result.out
    assert f"{home} is no household any more" in result.err


def test_without_any_card_no_page_opens(people: Runner, editor: Editor) -> None:
    seen = editor("true")
    assert "No card either way yet" in people.done("years", "edit").out
    assert not seen.exists()


def test_in_january_the_newest_year_is_the_last_one(listed: Runner) -> None:
    """Its cards are that year's."""
    assert "their line of 2026" in listed.done("--today", "2027-01-09", "years", "edit", "--page").out
    cells = listed.done("--today", "2027-02-01", "years", "--json").json["years"][0]["cells"]
    assert max(cells) == "2027"

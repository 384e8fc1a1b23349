from __future__ import annotations

from typing import Any

import pytest


def test_list_has_sheets_and_envelopes(run: Any, keys: Any) -> None:
    """The list holds every sheet and every envelope, and words narrow it."""
    found = run("stock", "list", "--json").json["stock"]
    assert keys(found) == {"name", "page", "size_mm", "grid"}
    names = {one["name"] for one in found}
    assert {"Avery L7160", "C6", "DL", "#10", "A7"} <= names
    narrow = run("stock", "list", "l7160", "--json").json["stock"]
    assert "Avery L7160" in {one["name"] for one in narrow}
    assert len(narrow) < len(found)
    assert {one["page"] for one in run("stock", "list", "envelope", "--json").json["stock"]} == {"envelope"}


def test_list_without_a_match_says_so(run: Any) -> None:
    """A sheet nobody sells is answered in words."""
    assert "relcard stock list shows them all" in run("stock", "list", "L0000").out
    assert run("stock", "list", "L0000", "--json").json["stock"] == []


def test_show_has_the_measures(run: Any) -> None:
    """L7160 is three across and seven down, 63.5 by 38.1 mm on A4, as Avery prints on the packet."""
    sheet = run("stock", "show", "L7160", "--json").json["sheet"]
    assert (sheet["columns"], sheet["rows"]) == (3, 7)
    assert (sheet["label_w_mm"], sheet["label_h_mm"]) == (63.5, 38.1)
    assert sheet["page"] == "A4"
    text = run("stock", "show", "L7160").out
    assert "63.5 x 38.1 mm" in text
    assert "21" in text.splitlines()[-1]


@pytest.mark.parametrize("name", ["L0000", "C6"])
def test_show_of_what_is_no_sheet(run: Any, name: str) -> None:
    """An unknown sheet, or an envelope, is refused with the next step."""
    result = run("stock", "show", name)
    assert result.code == 4
    assert "relcard" in result.err.splitlines()[1]

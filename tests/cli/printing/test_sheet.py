from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_a_sheet_is_added_listed_and_dropped(run: Runner) -> None:
    """A part-used sheet is remembered by its slots, drawn, and forgotten again."""
    said = run.done("sheet", "add", "l7160", "--used", "1-8, 12").out
    assert "Avery L7160  12 of 21 left" in said
    assert "■ ■ ■" in said
    assert "■ ■ □" in said
    run.done("sheet", "add", "5160", "--left", "13")
    found = run("sheet", "list", "--json").json["sheets"]
    assert keys_of(found) == {"id", "stock", "used", "free", "slots", "added_on"}
    assert found[0]["used"] == [1, 2, 3, 4, 5, 6, 7, 8, 12]
    assert (found[1]["stock"], found[1]["free"], found[1]["slots"]) == (
        "Avery 5160",
        list(range(18, 31)),
        30,
    )
    assert "13 of 30 left" in run.done("sheet", "list").out
    run.done("sheet", "drop", "1")
    assert [one["id"] for one in run("sheet", "list", "--json").json["sheets"]] == [2]
    run.done("undo")
    assert len(run("sheet", "list", "--json").json["sheets"]) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "L7160", "--used", "20-22"), 2, "1 to 21"),
        (("add", "L7160", "--left", "22"), 2, "1 to 21"),
        (("add", "L7160", "--left", "0"), 2, "1 to 21"),
        (("add", "L7160", "--used", "1-21"), 2, "nothing to remember"),
        (("add", "L7160", "--used", "1", "--left", "3"), 2, "not both"),
        (("add", "L9999", "--left", "3"), 4, "L9999"),
        (("drop", "7"), 4, "no sheet 7"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    run: Runner, words: tuple[str, ...], code: int, said: str
) -> None:
    """A slot that is not there, a full sheet, an unknown stock: each is named, and nothing is kept."""
    run.done("sheet", "add", "L7160", "--left", "13")
    before = run.bytes
    result = run("sheet", *words)
    assert result.code == code
    assert said in result.err
    assert run.bytes == before


def test_a_sheet_of_a_stock_nobody_knows_any_more_still_lists(run: Runner) -> None:
    """When the user's own stock is taken away its sheets stay, and can be forgotten."""
    run.done("stock", "add", "shelf", "--page", "A4", "--label", "60x40", "--grid", "3x6")
    run.done("sheet", "add", "shelf", "--used", "1-4")
    run.done("stock", "remove", "shelf")
    said = run.done("sheet", "list").out
    assert "shelf  used: 1-4" in said
    assert "relcard sheet drop 1" in said
    assert run("sheet", "list", "--json").json["sheets"][0]["free"] is None


def test_no_sheet_is_said_to_be_none(run: Runner) -> None:
    """Without a sheet the list says how to add one."""
    assert "relcard sheet add" in run.done("sheet", "list").out
    assert run("sheet", "list", "--json").json["sheets"] == []


def test_sheet_of_a_stock_that_was_measured_anew_is_named(near: Runner) -> None:
    """Slots the stock no longer has: the list says so, labels are not printed over it, and both say the way out."""
    near.done("stock", "add", "Jars", "--page", "A4", "--label", "63.5x38.1", "--grid", "3x7")
    near.done("sheet", "add", "Jars", "--used", "11-18")
    near.done("stock", "remove", "Jars")
    near.done("stock", "add", "Jars", "--page", "A4", "--label", "63.5x38.1", "--grid", "3x4")
    listed = near.done("sheet", "list").out
    assert "used: 11-18" in listed
    assert "has 12 labels and no 13-18" in listed
    refused = near("print", "labels", "--all", "--stock", "Jars")
    assert refused.code == 2
    assert "Sheet 1 is remembered with label 13-18 used, and its stock has 12." in refused.err
    assert "relcard sheet drop 1" in refused.err
    assert (
        near("print", "labels", "--all", "--stock", "Jars", "--new-sheet").code == 5
    )  # some lack an address

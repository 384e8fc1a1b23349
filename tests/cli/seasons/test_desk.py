from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from relcard.tui.desk import DeskApp
from tests.support.commands import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.command_line import Runner


def test_without_a_terminal_the_crib_on_paper_is_named(season: Runner) -> None:
    """In a pipe the command ends with 2 and says what does the same on paper."""
    result = season("desk")
    assert (result.code, result.out) == (2, "")
    assert "relcard print crib" in result.err


def test_an_evening_is_one_step(season: Runner) -> None:
    """The parting words say how many are written and left; one undo takes the evening back."""
    before = season("season", "list", "--json").json
    sit_down(season.monkeypatch, DeskApp, ("w", "h", "i", "enter", "w", "enter", "n", "o", "enter", "escape"))
    out = season.done("desk").out
    assert "2 cards written" in out
    assert "still to write   relcard desk" in out
    assert "Take this evening back with: relcard undo" in out
    states = [one["state"] for one in season("season", "list", "--json").json["recipients"]]
    assert states.count("written") == 2
    season.done("undo")
    assert season("season", "list", "--json").json == before


def test_who_is_named_lies_on_the_desk_alone(season: Runner, editor: Callable[[str], Path]) -> None:
    """By a number of the season; the words are edited as `draft edit` does it, the crib beside them."""
    seen = editor("""printf 'Peace, and quinces\\n---\\n' > "$1" """)
    season.monkeypatch.setattr(DeskApp, "suspend", lambda _: nullcontext())
    sit_down(season.monkeypatch, DeskApp, ("e", "w", "enter", "w", "s", "escape"))
    assert "1 card written" in season.done("desk", "2").out
    assert "# begin with: " in seen.read_text(encoding="utf-8")
    (written,) = [
        one for one in season("season", "list", "--json").json["recipients"] if one["state"] == "written"
    ]
    (draft,) = season("draft", written["household"], "--json").json["drafts"]
    assert (draft["front"], draft["inside"], draft["edited"]) == ("Peace, and quinces", "", True)
    assert season("desk", "nobody").code == 4


def test_without_a_season_it_says_how_to_start_one(run: Runner) -> None:
    """There is nothing to write before a season is started."""
    sit_down(run.monkeypatch, DeskApp, ("escape",))
    result = run("desk")
    assert result.code == 4
    assert "relcard season start christmas" in result.err

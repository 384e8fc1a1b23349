"""Tests of looking back on a season, of its end, and of one that was never closed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from tests.support.book import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

JANUARY = "2027-01-20"
LIST = b"""Name,Street,Town,Postcode,Country,Sent 2022,Received 2022,Sent 2023,Sent 2024,Sent 2025,Received 2025
Quentin Quiet,1 Low Lane,Leeds,LS1 1AA,GB,x,x,x,x,x,
Wanda Writer,2 Low Lane,Leeds,LS1 1AB,GB,x,x,x,x,x,x
Newt Newman,3 Low Lane,Leeds,LS1 1AC,GB,,,,,,
"""


def _names(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["addressee"] for entry in entries]


def _after_christmas(run: Runner, here: Path) -> Runner:
    (here / "list.csv").write_bytes(LIST)
    run.done("import", "list.csv")
    run.done("circle", "friend", "quiet", "writer", "newman")
    run.done("season", "start", "christmas", "--year", "2026")
    run.done("posted", "quiet", "newman", "--line", "the kettle is on")
    run.done("received", "writer", "--line", "come and see the garden", today="2026-12-23")
    return run


def test_review_says_who_is_new_who_is_silent_and_whom_you_owe(run: Runner, here: Path) -> None:
    """Three winters without a card are silence; a first card is new; who wrote alone is owed an answer."""
    _after_christmas(run, here)
    found = run("review", "--json", today=JANUARY).json
    assert _names(found["sent"]) == ["Newt Newman", "Quentin Quiet"]
    assert _names(found["came"]) == _names(found["owed"]) == ["Wanda Writer"]
    assert _names(found["unwritten"]) == ["Wanda Writer"]
    assert _names(found["new"]) == ["Newt Newman"]
    assert [(one["addressee"], one["last_came"]) for one in found["silent"]] == [("Quentin Quiet", 2022)]
    assert [one["line"] for one in found["lines"]] == ["come and see the garden"]
    assert found["owed"][0]["received_on"] == "2026-12-23"
    assert found["returned"] == []
    told = run.done("review", today=JANUARY).out
    assert "You owe an answer to Wanda Writer." in told
    assert "Quentin Quiet (2022)" in told


def test_a_letter_or_a_late_card_answers(run: Runner, here: Path) -> None:
    """What is owed stays owed when the season is closed, until something is written."""
    _after_christmas(run, here)
    said = run.done("season", "close", today=JANUARY).out
    assert "1 answer owed" in said
    assert _names(run("review", "--json", today=JANUARY).json["owed"]) == ["Wanda Writer"]
    run.done("log", "writer", "letter", today=JANUARY)
    assert run("review", "--json", today=JANUARY).json["owed"] == []
    run.done("undo")
    run.done("posted", "writer", "--season", "christmas-2026", today=JANUARY)
    assert run("review", "--json", today=JANUARY).json["owed"] == []
    run.done("undo")
    run.done("done", "writer", today=JANUARY)
    assert run("review", "--json", today=JANUARY).json["owed"] == []


def test_close_says_what_it_kept_and_is_one_step(run: Runner, here: Path) -> None:
    """States, lines, silence and answers are told, in words and as review has them; undo opens it again."""
    _after_christmas(run, here)
    before = dump(run.store)
    said = run.done("season", "close", today=JANUARY).out
    assert "2 sent, 1 came, 1 not written, 1 answer owed" in said
    assert "1 line of theirs and 2 of yours" in said
    assert "silent for 3 years: Quentin Quiet" in said
    run.done("undo")
    assert dump(run.store) == before
    closed = run("season", "close", "--json", today=JANUARY).json
    assert closed == run("review", "--json", today=JANUARY).json
    again = run("season", "close", "--season", "christmas-2026", today="2027-02-01")
    assert (again.code, "closed already, since 2027-01-" in again.err) == (2, True)


def test_last_years_season_closes_itself(season: Runner) -> None:
    """The next round of the feast closes the one before and says so; both are one step."""
    before = dump(season.store)
    later = "2027-11-20"
    dry = season("season", "start", "christmas", "--dry-run", "--json", today=later).json
    assert dry["closed"] == ["christmas-2026"]
    assert dump(season.store) == before
    said = season.done("season", "start", "christmas", today=later).out
    assert "christmas-2026 was still open and is closed now: 0 sent, 0 came, 9 not written" in " ".join(
        said.split()
    )
    assert season("season", "list", "--json", today=later).json["season"] == "christmas-2027"
    assert "christmas-2027 is closed" in season.done("season", "close", today=later).out
    season.done("undo")
    season.done("undo")
    assert dump(season.store) == before


def test_another_feast_leaves_a_season_open_while_its_cards_come(season: Runner) -> None:
    """In January cards of Christmas still come, so New Year's or Easter's round only says how to close it."""
    said = season.done("season", "start", "easter", today=JANUARY).out
    assert "christmas-2026 is over and still open: relcard season close --season christmas-2026" in said
    season.done("undo")
    said = season.done("season", "start", "easter", today="2027-03-01").out
    assert "christmas-2026 was still open and is closed now" in said


def test_a_round_of_ones_own_feast_closes_itself_too(near: Runner) -> None:
    """Its day is the one that was kept when it began, whatever became of the rule."""
    near.done("settings", "set", "feasts.founding", "05-17")
    near.done("season", "start", "founding", "--year", "2026", today="2026-04-20")
    near.done("settings", "set", "feasts.founding", "06-17")
    assert near("season", "status", "--json", today="2026-05-01").json["feast"]["on"] == "2026-05-17"
    said = near.done("season", "start", "christmas").out
    assert "founding-2026 was still open and is closed now" in said


def test_stamps_that_were_bought_are_told_with_what_is_left(season: Runner) -> None:
    """A card that is posted takes one; stamps and review agree; more than there are cannot go."""
    season.done("stamps", "--bought", "8")
    season.done("stamps", "--bought", "-2")
    season.done("posted", "hannah", "anna")
    count = season("stamps", "--json").json
    assert (count["bought"], count["left"], count["envelopes"]) == (6, 4, 7)
    assert "6 bought, 2 used, 4 left: 3 more to buy" in season("stamps").out
    assert season("review", "--json").json["stamps"] == {"bought": 6, "used": 2, "left": 4}
    refused = season("stamps", "--bought", "-7")
    assert refused.code == 2
    assert "--bought -6" in refused.err
    season.done("stamps", "--bought", "-6")
    assert season("stamps", "--json").json["bought"] is None

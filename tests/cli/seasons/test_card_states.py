"""Tests of how far cards are: written, posted, received, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def _recipient(run: Runner, name: str) -> dict[str, Any]:
    found = run("season", "list", "--json").json["recipients"]
    (one,) = [one for one in found if name in one["addressee"]]
    assert isinstance(one, dict)
    return one


def _passed(run: Runner, who: str) -> list[dict[str, Any]]:
    found = run("show", who, "--json").json["contact"]["interactions"]
    assert isinstance(found, list)
    return found


def test_written_posted_and_status(season: Runner) -> None:
    """States move forward and are counted."""
    season.done("written", "anna", "hannah")
    season.done("posted", "hannah")
    counts = season("season", "status", "--json").json["states"]
    assert (counts["written"], counts["posted"], counts["received"]) == (1, 1, 0)
    assert sum(counts.values()) == len(season("season", "list", "--json").json["recipients"])
    assert "2 of 9 written" in season("season", "list").out


def test_a_card_is_logged_once_for_each_living_member(season: Runner) -> None:
    """Written and posted are one card between you, for everybody it greets who is living."""
    season.done("written", "anna", "margaret", "--line", "the kettle is on")
    season.done("posted", "anna", "margaret", today="2026-11-22")
    card = {"channel": "card", "direction": "to them", "on": "2026-11-22", "text": "the kettle is on"}
    for member in ("anna", "jan smith", "ola", "piotr", "margaret"):
        assert _passed(season, member) == [card]
    assert _passed(season, "thomas hale") == []


def test_received_is_kept_apart_from_the_state(season: Runner) -> None:
    """A card that comes is logged from them; who was not in is put in, yours still to write."""
    result = season.done("received", "zoë", "--line", "come to Bremen", "--on", "2026-11-19")
    assert "yours is still to write" in result.out
    zoe = _recipient(season, "Zoë")
    assert (zoe["state"], zoe["received_on"], zoe["reason"]) == ("planned", "2026-11-19", "their card came")
    assert _passed(season, "zoë") == [
        {"channel": "card", "direction": "from them", "on": "2026-11-19", "text": "come to Bremen"}
    ]
    season.done("received", "zoë")
    assert [one["text"] for one in _passed(season, "zoë")] == ["come to Bremen"]


def test_returned_retires_the_address(season: Runner, here: Path, sample: Path) -> None:
    """What came back is not printed again: the address is kept, named in a note and no longer used."""
    refused = season("returned", "omar")
    assert refused.code == 2
    assert "has not been posted" in refused.err
    assert "relcard posted h" in refused.err
    season.done("posted", "omar")
    season.done("returned", "omar")
    one = _recipient(season, "Omar")
    assert (one["state"], one["post_by"]) == ("returned", None)
    contact = season("show", "omar", "--json").json["contact"]
    assert contact["household"]["address_lines"] == []
    assert "22 Cotham Vale" in contact["notes"][0]["text"]
    skipped = season("print", "labels", "--json").json["files"][0]["skipped"]
    assert {"who": "Omar Haddad", "reason": "no address"} in skipped
    season.done("undo")  # the labels
    season.done("undo")
    assert season("show", "omar", "--json").json["contact"]["household"]["address_lines"]

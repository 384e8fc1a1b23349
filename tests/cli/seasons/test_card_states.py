"""Tests of how far cards are: written, posted, received, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from tests.support.book import dump

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
    return [
        {key: value for key, value in entry.items() if key not in ("number", "through", "occasion", "ours")}
        for entry in found
    ]


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


def test_a_card_of_who_gets_none_is_recorded_and_owes_nothing(season: Runner) -> None:
    """Whose circle is none stays out of the season; the card is known, and the way in is said."""
    before = dump(season.store)
    home = season("show", "callum", "--json").json["contact"]["household"]["id"]
    said = season.done("received", "callum", "zoë", "--line", "all well", "--on", "2026-11-19").out
    assert "received from Callum Fraser and Dóra Szőke; no card from you, as you said" in said
    assert "received from Zoë Müller; yours is still to write" in said
    assert f"relcard season add {home}" in said
    assert [one["text"] for one in _passed(season, "callum")] == ["all well"]
    named = {one["addressee"] for one in season("season", "list", "--json").json["recipients"]}
    assert "Zoë Müller" in named
    assert "Callum Fraser" not in named
    season.done("season", "add", home)
    assert _recipient(season, "Callum")["received_on"] == "2026-11-19"
    season.done("season", "drop", home)
    season.done("received", "--take-back", "callum", "zoë")
    assert dump(season.store) == before
    again = season("received", "--take-back", "callum")
    assert again.code == 2
    assert "No card of Callum Fraser and Dóra Szőke has come." in again.err


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


def test_card_that_did_not_come_back_is_posted_again(season: Runner) -> None:
    """Taken back, state, address and note are as they were, whatever else was said since."""
    season.done("posted", "omar", "grace")
    before = dump(season.store)
    season.done("returned", "omar", "grace")
    season.done("note", "anna", "hello")
    assert season.done("returned", "--take-back", "omar", "grace").out == (
        "  not returned: Omar Haddad, The Okafor Family; their addresses are used again\n"
    )
    after = dump(season.store)
    assert [row for row in after["note"] if row[3] != "hello"] == before["note"]
    assert {name for name in before if after[name] != before[name]} == {"note"}
    refused = season("returned", "--take-back", "omar")
    assert (refused.code, "is posted, not returned" in refused.err) == (2, True)
    assert season("returned", "--take-back", "--all").code == 2


def test_address_restored_by_hand_is_not_one_a_card_came_back_from(season: Runner) -> None:
    """The user's word on an address stands: taking the card back afterwards changes the card alone."""
    season.done("posted", "omar")
    season.done("returned", "omar")
    shown = season("show", "omar", "--json").json["contact"]["addresses"]
    assert [one["returned_season"] for one in shown] == ["christmas-2026"]
    season.done("address", "restore", "omar", "1")
    season.done("address", "retire", "omar", "1")
    season.done("returned", "--take-back", "omar")
    (address,) = season("show", "omar", "--json").json["contact"]["addresses"]
    assert (address["retired_on"], address["returned_season"]) == ("2026-11-20", None)


def _states(run: Runner) -> dict[int, str]:
    return {one["number"]: one["state"] for one in run("season", "list", "--json").json["recipients"]}


def test_cards_are_named_by_the_numbers_on_label_and_crib(season: Runner) -> None:
    """Numbers, ranges and names may stand beside each other; one step takes all of it back."""
    before = _states(season)
    season.done("written", "1-2,4", "#6", "8,", "1")
    assert [number for number, state in _states(season).items() if state == "written"] == [1, 2, 4, 6, 8]
    season.done("posted", "1–2")
    assert _states(season)[2] == "posted"
    season.done("returned", "2")
    assert "returned" in _states(season).values()
    season.done("undo")
    season.done("undo")
    season.done("undo")
    assert _states(season) == before
    season.done("received", "3", "zoë")
    assert sum(bool(one["received_on"]) for one in season("season", "list", "--json").json["recipients"]) == 2
    season.done("undo")
    season.done("season", "drop", "9")
    assert len(_states(season)) == 8


def test_a_number_the_season_lacks_is_named(season: Runner) -> None:
    """Nothing of the command is done then; a range that runs backwards is no range."""
    before = _states(season)
    for words, said in (("8-12", "no number 10"), ("0", "no number 0"), ("1,77", "no number 77")):
        refused = season("written", words)
        assert (refused.code, said in refused.err, "it has 1 to 9" in refused.err) == (4, True, True)
    assert season("written", "5-2").code == 2
    assert "2-5" in season("written", "5-2").err
    assert _states(season) == before


def test_all_cards_and_those_written_are_said_at_once(season: Runner) -> None:
    """The answer names a few and counts the others, within 80 columns."""
    season.done("written", "1-7")
    done = season.done("posted", "--written")
    assert "and 2 more" in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    assert [state for state in _states(season).values() if state == "posted"] == ["posted"] * 7
    assert season("posted", "--written").code == 4
    season.done("returned", "1")
    season.done("written", "--all")
    season.done("posted", "--all")
    assert sorted(_states(season).values()) == ["posted"] * 8 + ["returned"]
    assert season("posted", "--all").code == 4
    assert "yours" not in season.done("received", "--all").out
    assert season("written").code == 2
    assert season("written", "anna", "--all").code == 2


def test_a_step_said_by_mistake_is_taken_back_alone(season: Runner) -> None:
    """However long ago it was said, and in one step; a line stays until the card is not written either."""
    season.done("posted", "anna", "hannah", "--line", "the kettle is on")
    season.done("note", "omar", "plays the oud")
    assert season("written", "hannah").code == 2
    season.done("posted", "--take-back", "hannah")
    assert (_recipient(season, "Hannah")["state"], _recipient(season, "Anna")["state"]) == (
        "written",
        "posted",
    )
    assert _passed(season, "hannah weber")[0]["text"] == "the kettle is on"
    assert season("posted", "--take-back", "hannah").code == 2
    season.done("written", "--take-back", "hannah")
    assert (_recipient(season, "Hannah")["state"], _passed(season, "hannah weber")) == ("planned", [])
    season.done("undo")
    assert _passed(season, "hannah weber")[0]["text"] == "the kettle is on"
    for words in (("--take-back",), ("--take-back", "--all"), ("--take-back", "anna", "--line", "x")):
        assert season("posted", *words).code == 2


def test_a_card_that_did_not_come_is_taken_back(season: Runner) -> None:
    """Who came into the season by that card alone leaves it again; others stay."""
    before = season("season", "list", "--json").json
    season.done("received", "zoë", "anna", "--line", "see you")
    season.done("received", "--take-back", "zoë", "anna")
    assert season("season", "list", "--json").json == before
    assert _passed(season, "zoë") == []
    assert season("received", "--take-back", "anna").code == 2


def test_an_empty_line_takes_the_line_off(season: Runner) -> None:
    season.done("written", "omar", "--line", "the kettle is on")
    season.done("posted", "omar")
    assert _passed(season, "omar")[0]["text"] == "the kettle is on"
    season.done("posted", "omar", "--line", "")
    assert _passed(season, "omar")[0]["text"] == ""


def test_no_card_has_come_tomorrow(season: Runner) -> None:
    """A mistyped year is asked about, and nothing is kept of it."""
    before = season.bytes
    result = season("received", "grace", "--on", "2030-01-05")
    assert result.code == 2
    assert "has not come yet" in result.err
    assert season.bytes == before

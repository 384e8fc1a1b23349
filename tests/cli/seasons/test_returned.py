"""Tests of cards that come back: whom no card reaches, and whom to ask where they live now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def _lost(run: Runner) -> list[dict[str, Any]]:
    found = run("returned", "--json").json["returned"]
    assert isinstance(found, list)
    return found


def test_whom_to_ask_is_told_with_how_to_reach_them(season: Runner) -> None:
    """Themselves first, then who is tied to them, each once with a phone or an e-mail."""
    season.done("relation", "aunt wren", "sister", "hannah")
    season.done("log", "hannah", "visit", "--through", "Jörg Großmann")
    season.done("log", "hannah", "visit", "--through", "Aunt Wren")
    season.done("posted", "hannah")
    told = season.done("returned", "hannah").out
    assert "returned: Hannah Weber; the address is retired and kept" in told
    assert "Still to reach in christmas-2026: 1 household" in told
    (lost,) = _lost(season)
    assert (lost["addressee"], lost["retired_on"]) == ("Hannah Weber", "2026-11-20")
    assert lost["address_lines"]
    asked = {who["name"]: who["reason"] for who in lost["ask"]}
    assert [*asked] == ["Hannah Weber", "Aunt Wren", "Jörg Großmann"]
    assert asked["Jörg Großmann"] == "brings you together"
    assert "their" in asked["Aunt Wren"]
    assert lost["ask"][0]["reach"]


def test_who_came_back_keeps_the_number_on_the_label(season: Runner) -> None:
    """A number typed behind it means whom the pile on the table says, in every order."""
    season.done("posted", "hannah", "omar")
    for order in ("post-by", "country", "name"):
        season.done("settings", "set", "order", order)
        listed = season("season", "list", "--json").json["recipients"]
        before = [(each["number"], each["addressee"]) for each in listed]
        season.done("returned", "hannah")
        listed = season("season", "list", "--json").json["recipients"]
        assert [(each["number"], each["addressee"]) for each in listed] == before
        (post_by,) = [each["post_by"] for each in listed if each["addressee"] == "Hannah Weber"]
        assert post_by is None
        season.done("returned", "--take-back", "hannah")


def test_who_lived_there_and_who_lives_near_may_know(run: Runner, here: Path) -> None:
    """A former flatmate comes before a neighbour; the dead and the archived are not asked."""
    (here / "book.vcf").write_bytes(
        b"".join(
            vcard(name, f"ADR:;;{street};Leeds;;LS1 4DY;", *more)
            for name, street, more in (
                ("Lena Lost", "1 High Street", ()),
                ("Nora Near", "9 High Street", ("TEL:0113 496 0001",)),
                ("Flo Flat", "1 High Street", ("TEL:0113 496 0002",)),
                ("Dora Dead", "5 High Street", ("DEATHDATE:20200101",)),
                ("Art Archived", "7 High Street", ()),
            )
        )
    )
    run.done("import", "book.vcf")
    run.done("household", "split", "flo")
    run.done("archive", "art")
    run.done("circle", "friend", "lena")
    run.done("season", "start", "christmas")
    run.done("posted", "lena")
    run.done("returned", "lena")
    (lost,) = _lost(run)
    assert [(who["name"], who["reason"], who["reach"]) for who in lost["ask"]] == [
        ("Flo Flat", "lives or lived there too", ["0113 496 0002"]),
        ("Nora Near", "lives near there", ["0113 496 0001"]),
    ]


def test_the_list_is_of_whom_no_card_reaches(season: Runner) -> None:
    """It is empty, grows with each card that comes back, and a new address takes them off once it is used."""
    assert "has somewhere to go" in season.done("returned").out
    season.done("posted", "hannah", "omar")
    season.done("returned", "hannah", "omar")
    assert len(_lost(season)) == 2
    season.done("received", "hannah", "--address", "Sonnenweg 4, 28203 Bremen")
    assert "write again, to Sonnenweg 4, 28203 BREMEN, GERMANY" in season.done("returned").out
    season.done("posted", "hannah")
    season.done("returned", "--take-back", "omar")
    assert _lost(season) == []

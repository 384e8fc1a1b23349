"""Tests of the minute with an envelope in hand: the options, the questions of a terminal, an answer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.command_line import Runner


@pytest.fixture
def terminal(season: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return the command line of somebody who sits at a terminal."""
    there = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("relcard.cli.seasons.received_page.sys", SimpleNamespace(stdin=there, stderr=there))
    return season


def _contact(run: Runner, who: str) -> dict[str, Any]:
    found = run("show", who, "--json").json["contact"]
    assert isinstance(found, dict)
    return found


def _states(run: Runner) -> dict[str, str]:
    listed = run("season", "list", "--json").json["recipients"]
    return {one["addressee"]: one["state"] for one in listed}


def test_an_envelope_tells_all_at_once_in_one_step(season: Runner) -> None:
    """Address, name, line and child are kept with the card; undo takes all of it back."""
    before = dump(season.store)
    came = season(
        "received", "hannah", "--address", "Sonnenweg 4, 28203 Bremen", "--name", "Hannah Winter",
        "--child", "Lena 2026-05-03", "--line", "come to Bremen", "--json",
    )  # fmt: skip
    assert came.code == 0, came.err
    (card,) = came.json["received"]
    assert (card["received_on"], card["owed"]) == ("2026-11-20", True)
    assert "Hannah Winter" in card["addressee"]
    now = _contact(season, "hannah winter")
    used = [place for place in now["addresses"] if not place["retired_on"]]
    assert [(place["street"], place["town"]) for place in used] == [("Sonnenweg 4", "Bremen")]
    assert [place["retired_on"] for place in now["addresses"] if place not in used] == ["2026-11-20"]
    assert "was Hannah Weber" in [note["text"] for note in now["notes"]]
    home = season("show", now["household"]["id"], "--json").json["household"]
    assert ("Lena Winter", "2026-05-03") in [(one["name"], one["birthday"]) for one in home["members"]]
    season.done("undo")
    assert dump(season.store) == before


def test_the_same_address_is_confirmed(season: Runner) -> None:
    """For everybody there who has it, by the word or in another spelling."""
    for words in ("same", "ul. Lipowa 7 m. 3, 30-702 Kraków, Poland"):
        season.done("received", "kowalska", "--address", words)
        for who in ("kowalska", "jan smith"):
            (place,) = _contact(season, who)["addresses"]
            assert place["confirmed_on"] == "2026-11-20"
        season.done("undo")


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--address", "nowhere"), 2, "No town is plain"),
        (("--name", "Smith"), 2, "Whose name"),
        (("--name", "Nobody = Nobody Smith"), 4, "There: Anna Kowalska"),
        (("--child", "Ola"), 2, "already"),
        (("--child", "Lena 2027-05-03"), 2, "still to come"),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    season: Runner, options: tuple[str, ...], code: int, words: str
) -> None:
    """The card neither: it is said again with what is right."""
    before = season.bytes
    refused = season("received", "kowalska", *options)
    assert (refused.code, words in refused.err) == (code, True)
    assert season.bytes == before


@pytest.mark.parametrize(
    ("who", "words", "shown"),
    [
        ("aunt wren", "Wren Ash", "Wren Ash"),
        ("kowalska", "Jan = Jan Ash", "Jan Ash"),
    ],
)
def test_a_new_name_stands_on_the_envelope_and_on_the_page(
    season: Runner, who: str, words: str, shown: str
) -> None:
    """The page has it, whatever parts the old one had, and the old name still finds the contact."""
    season.done("received", who, "--name", words)
    now = _contact(season, shown)
    assert now["name"] == shown
    (card,) = season("received", who, "--json").json["received"]
    assert shown in card["addressee"]
    assert "Ashdown" not in card["addressee"]


def test_a_first_name_is_enough_for_who_came_with_a_list(season: Runner) -> None:
    """A list with one column of names has no given name apart."""
    table = season.store.parent / "list.csv"
    table.write_text("Name,Street,Postcode,Town\nSam List,4 Low Road,LS1 4AB,Leeds\n", encoding="utf-8")
    season.done("import", str(table))
    season.done("received", "sam list", "--name", "Sam = Sam Ash")
    assert "Sam Ash" in season.done("show", "Sam List").out
    assert _contact(season, "sam ash")["name"] == "Sam Ash"


def test_a_country_behind_a_comma_is_the_country(season: Runner) -> None:
    """Whatever country they lived in, and the day to post by is that of the new address at once."""
    season.done("received", "yuki", "--address", "5 rue des Lilas, 75001 Paris, France")
    (place,) = [each for each in _contact(season, "yuki")["addresses"] if not each["retired_on"]]
    assert (place["town"], place["postcode"], place["country"]) == ("Paris", "75001", "FR")


def test_json_says_the_day_a_card_came_when_nothing_else_is_told(season: Runner) -> None:
    """Also of one that was taken back before, and of all the others."""
    season.done("received", "yuki")
    season.done("received", "yuki", "--take-back")
    cards = season("received", "yuki", "--json").json["received"]
    cards += season("received", "--all", "--json").json["received"]
    assert {card["received_on"] for card in cards} == {"2026-11-20"}


def test_no_card_comes_from_where_nobody_lives(season: Runner) -> None:
    """Who has died is in no season, and comes into none."""
    season.done("rite", "death", "yuki", "--yes")
    before = season.bytes
    for words in (("received", "yuki"), ("received", "yuki", "--address", "5 High Street, Leeds LS1 4DY")):
        refused = season(*words)
        assert (refused.code, "nobody of this household is living" in refused.err) == (2, True)
    assert season.bytes == before


def test_an_envelope_is_of_one_household(season: Runner) -> None:
    """Lines may be of many; an address is not."""
    before = season.bytes
    assert season("received", "hannah", "anna", "--address", "same").code == 2
    assert season.bytes == before


def test_a_terminal_asks_and_enter_leaves_out(terminal: Runner) -> None:
    """Four times Enter keeps the card and nothing else; what cannot be read is asked again."""
    plain = terminal("received", "hannah", stdin=b"\n\n\n\n")
    assert plain.code == 0, plain.err
    assert "received from Hannah Weber; yours is still to write" in plain.out
    terminal.done("undo")
    answers = "nowhere\ny\nHannah = Hannah Winter\ncome to Bremen\nLena, Tom (2)\n"
    told = terminal("received", "hannah", stdin=answers.encode())
    assert "No town is plain" in told.err
    assert "Hannah Weber: is Hannah Winter" in told.out
    assert "Tom: is a child of" in told.out
    assert _contact(terminal, "winter")["interactions"][0]["text"] == "come to Bremen"
    assert "taken back: received hannah" in terminal.done("undo").out


def test_with_an_option_or_several_cards_nothing_is_asked(terminal: Runner) -> None:
    """Nor where the answer goes to a script."""
    for words in (("hannah", "--line", "x"), ("hannah", "anna"), ("hannah", "--json"), ("--all",)):
        assert terminal("received", *words).code == 0


def test_who_comes_unannounced_is_answered_or_not(terminal: Runner) -> None:
    """Enter puts them into the season; no keeps the card alone, and owes none."""
    assert terminal("received", "zoë", stdin=b"\n\n\n\n\n").code == 0
    assert _states(terminal)["Zoë Müller"] == "planned"
    terminal.done("undo")
    told = terminal("received", "zoë", stdin=b"n\n\n\n\n\n")
    assert "no card from you, as you said" in told.out
    assert "Zoë Müller" not in _states(terminal)
    assert terminal("review", "--json").json["owed"] == []
    terminal.done("undo")
    terminal.done("received", "zoë", "--no-answer")
    assert "Zoë Müller" not in _states(terminal)


def test_an_answer_is_told_with_its_last_day(season: Runner) -> None:
    """In time, too late, or nowhere to send it."""
    assert "it comes in time: relcard draft h" in season.done("received", "zoë").out
    late = season.done("received", "hannah", today="2026-12-24").out
    assert "It comes after the day" in late


def test_a_card_of_january_is_of_the_season_that_was_closed(season: Runner) -> None:
    """Cards come after the end, and come back after it."""
    season.done("posted", "hannah")
    season.done("season", "close", today="2027-01-06")
    season.done("received", "hannah", today="2027-01-08")
    season.done("returned", "hannah", today="2027-01-20")
    looked = season("review", "--json", today="2027-01-21").json
    assert [one["addressee"] for one in looked["returned"]] == ["Hannah Weber"]
    assert len(looked["came"]) == 1

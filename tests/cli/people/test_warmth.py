from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

TODAY = date(2026, 11, 20)


def _warmth(run: Runner, *who: str) -> list[dict[str, Any]]:
    found = run("warmth", *who, "--json").json["warmth"]
    assert isinstance(found, list)
    return found


def _called(run: Runner, who: str, *ago: int) -> None:
    for days in ago:
        run.done("log", who, "call", "--on", (TODAY - timedelta(days=days)).isoformat())


def test_a_grandmother_who_brought_them_all_stays_first(run: Runner, here: Path) -> None:
    """Twenty years she brought twenty-five people; three quiet years do not put a busy newcomer before her."""
    family = ["Ilse Brandt", *(f"{letter}ora Brandt" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX")]
    cards = b"".join(vcard(name, uid=f"brandt-{number}") for number, name in enumerate(family))
    (here / "family.vcf").write_bytes(cards + vcard("Nick Newman", uid="newman"))
    run.done("--quiet", "import", "family.vcf")
    run.done("household", "join", *(f"brandt-{number}" for number in range(25)))
    (household,) = {
        one["household"] for one in run("list", "--json").json["contacts"] if one["uid"].startswith("brandt")
    }
    run.done("circle", "close", "brandt-0", "newman")
    for year in range(2004, 2024):
        run.done("log", household, "visit", "--from-them", "--on", f"{year}-08-01")
    run.done("log", "brandt-0", "call", "--from-them", "--on", "2023-07-20", "--text", "all of us again")
    for fortnight in range(0, 1000, 14):
        day = TODAY - timedelta(days=fortnight)
        run.done("log", "newman", "visit", "--on", day.isoformat())

    first, second = _warmth(run)
    assert (first["name"], second["name"]) == ("Ilse Brandt", "Nick Newman")
    assert first["contributions"][0]["reason"] == "keeps a household of 25 together"
    lines = run.done("warmth").out.splitlines()
    assert next(line for line in lines if "Brandt" in line or "Newman" in line).startswith("  Ilse Brandt")


def test_warmth_has_the_promised_keys(near: Runner) -> None:
    """Every contact with a circle is in it once, and its parts add up to it, the largest first."""
    _called(near, "anna", 30, 60)
    found = _warmth(near)
    assert keys_of(found) == {"uid", "name", "circle", "warmth", "contributions"}
    with_circle = {one["uid"] for one in near("list", "--json").json["contacts"] if one["circle"]}
    assert sorted(one["uid"] for one in found) == sorted(with_circle)
    (anna,) = [one for one in found if one["name"] == "Anna Kowalska"]
    assert keys_of(anna["contributions"]) == {"reason", "amount", "last_on"}
    amounts = [one["amount"] for one in anna["contributions"]]
    assert amounts == sorted(amounts, reverse=True)
    assert anna["warmth"] == pytest.approx(sum(amounts), abs=0.05)
    assert anna["contributions"][0]["last_on"] == "2026-10-21"
    assert [one["warmth"] for one in found] == sorted((one["warmth"] for one in found), reverse=True)


def test_the_parts_of_one_stand_in_words_and_date(near: Runner) -> None:
    """The largest has the longest bar; the sum is said in round numbers; nothing goes past 80 columns."""
    near.done("log", "omar", "visit", "--on", "2019-05-01")
    _called(near, "omar", *range(10, 200, 20))
    screen = near.done("warmth", "omar").out
    lines = [line for line in screen.splitlines() if "━" in line]
    assert "10 calls from you, 2026" in lines[0]
    assert "last 10 Nov" in lines[0]
    assert any("1 visit, 2019" in line and "last 1 May 2019" in line for line in lines)
    bars = [line.count("━") for line in lines]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] == 16
    assert "." not in screen.split("warmth about ")[1].splitlines()[0]
    assert max(map(len, screen.splitlines())) <= 80


def test_circles_come_in_order_and_the_warmest_first_in_each(near: Runner) -> None:
    _called(near, "yuki", 20)
    screen = near.done("warmth").out
    places = [screen.index(f"\n  {circle}  ") for circle in ("inner", "close", "friend", "wide", "none")]
    assert places == sorted(places)
    close = screen[places[1] : places[2]]
    assert close.index("Yuki Tanaka") < close.index("Grace Okafor")
    assert "Callum" not in screen
    assert "1 with nothing between you" in screen[places[4] :]
    assert max(map(len, screen.splitlines())) <= 80


def test_who_organises_is_named_on_the_pages_of_the_household(near: Runner) -> None:
    """Anna is the one you speak with: on Jan's page it says so."""
    _called(near, "anna", 10, 20)
    assert "Anna Kowalska keeps this household together" in near.done("warmth", "jan smith").out
    assert "keeps this household" not in near.done("warmth", "anna").out


def test_nothing_noted_says_how_to_begin(near: Runner) -> None:
    assert 'relcard log "Zoë Müller" visit' in near.done("warmth", "zoë").out


@pytest.mark.parametrize("command", ["warmth", "drift"])
def test_an_empty_store_says_where_to_begin(run: Runner, command: str) -> None:
    assert run.done(command).out == "  There are no contacts yet. Begin with: relcard import FILE.vcf\n"
    assert run.done(command, "--json").json[command] == []


def test_without_a_circle_warmth_says_what_to_do(people: Runner) -> None:
    assert "relcard circle" in people.done("warmth").out


def test_warmth_of_a_household_is_that_of_its_adults(near: Runner) -> None:
    """Each part by part, children not among them; a single contact is asked for as before."""
    home = near("show", "kowalska", "--json").json["contact"]["household"]["id"]
    assert {warm["name"] for warm in _warmth(near, home)} == {"Anna Kowalska", "Jan Smith"}
    assert near("warmth", home).out.count("warmth about") == 2
    assert [warm["name"] for warm in _warmth(near, "kowalska")] == ["Anna Kowalska"]

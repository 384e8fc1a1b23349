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


def _names(run: Runner) -> list[str]:
    return [one["name"] for one in run("drift", "--json").json["drift"]]


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


def test_drift_asks_gently_and_gives_three_answers(near: Runner) -> None:
    """Who has grown quiet is named with the evidence in a line, and each answer is a command that works."""
    _called(near, "wren", 90, 104, 118, 132)
    screen = near.done("drift").out
    assert "It has grown quiet between you" in screen
    assert "3 months since a call on 22 Aug; before that a word about every 14 days" in screen
    for answer in ("write", "rest", "as it should be"):
        assert f"\n  {answer} " in screen
    assert 'relcard drift "Aunt Wren" --rest 90' in screen
    assert max(map(len, screen.splitlines())) <= 80
    assert near("draft", "Aunt Wren", "--for", "thankyou").code == 0


def test_a_household_is_one_question(near: Runner) -> None:
    """What passed with all of a household is asked about once, and answered for all of them."""
    contacts = near("list", "okafor", "--json").json["contacts"]
    (home,) = {one["household"] for one in contacts}
    near.done("circle", "close", home)
    near.done("log", home, "visit", "--on", "2025-11-01")
    screen = near.done("drift").out
    assert screen.count("since a visit on 1 Nov 2025") == 1
    named = next(line for line in screen.splitlines() if "Okafor" in line)
    assert " and " in named
    assert f"relcard drift {home} --rest 90" in screen
    assert len(_names(near)) == len(contacts) > 1
    assert "as it should be" in near.done("drift", home, "--as-it-should-be").out
    assert _names(near) == []
    near.done("undo")
    near.done("drift", home, "--rest", "5")
    assert _names(near) == []


def test_drift_has_its_keys(near: Runner) -> None:
    _called(near, "wren", 90, 104)
    found = near("drift", "--json").json["drift"]
    assert keys_of(found) == {"uid", "name", "circle", "direction", "evidence", "last_on", "id"}
    assert [(one["name"], one["direction"], one["last_on"]) for one in found] == [
        ("Aunt Wren", "quieter", "2026-08-22")
    ]


def test_closer_leaves_the_circle_to_the_user(near: Runner) -> None:
    _called(near, "omar", *range(5, 240, 20))
    screen = near.done("drift").out
    assert "You have come closer than the circle says" in screen
    assert "A circle changes only when you say so" in screen
    assert near("show", "omar", "--json").json["contact"]["circle"] == "friend"


def test_a_rest_and_its_end(near: Runner) -> None:
    _called(near, "wren", 90, 104)
    assert near.done("drift", "wren", "--rest", "30").out == "  Aunt Wren: at rest until Sun 20 Dec\n"
    assert _names(near) == []
    assert near("drift", "--json", today="2026-12-20").json["drift"][0]["name"] == "Aunt Wren"
    near.done("undo")
    assert _names(near) == ["Aunt Wren"]


def test_as_it_should_be_is_remembered_until_something_changes(near: Runner) -> None:
    """It is not asked again, however long the silence; in another circle it is another question."""
    _called(near, "wren", 90, 104)
    near.done("drift", "wren", "--as-it-should-be")
    assert _names(near) == []
    assert near.done("drift").out.startswith("  Nobody has moved from the circle you gave.")
    assert near("drift", "--json", today="2028-01-01").json["drift"] == []
    near.done("circle", "close", "wren")
    assert _names(near) == ["Aunt Wren"]


def test_only_what_is_asked_can_be_as_it_should_be(near: Runner) -> None:
    before = near.bytes
    result = near("drift", "omar", "--as-it-should-be")
    assert result.code == 4
    assert "Nothing is asked about Omar Haddad" in result.err
    assert near.bytes == before
    assert near.done("drift", "omar").out == "  Nothing is asked about Omar Haddad.\n"


@pytest.mark.parametrize(
    "words", [("--rest", "30"), ("wren", "--rest", "30", "--as-it-should-be"), ("wren", "--rest", "0")]
)
def test_an_answer_needs_one_contact_and_one_way(near: Runner, words: tuple[str, ...]) -> None:
    assert near("drift", *words).code == 2


def test_a_long_list_is_no_reproach(near: Runner) -> None:
    """Five of a kind are shown, the others counted; --all shows them."""
    names = ["Aunt Wren", "Margaret Hale", "Anna Kowalska", "Yuki Tanaka", "Omar Haddad", "Mia Delgado"]
    near.done("circle", "inner", *names[:2])
    near.done("circle", "close", *names[2:4])
    near.done("circle", "friend", *names[4:])
    near.done("circle", "none", "Jan Smith", "Grace Okafor", "Jörg Großmann", "Hannah Weber")
    for name in names:
        near.done("log", name, "call", "--on", "2024-01-10")
    short = near.done("drift").out
    assert "and 1 more: relcard drift --all" in short
    assert sum(name in short for name in names) == 5
    assert all(name in near.done("drift", "--all").out for name in names)

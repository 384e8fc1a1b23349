from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


ANNA = "5b0f3a52-7c1e-4f0a-9a51-2d9c1f6e0a01"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (ANNA, "Anna Kowalska"),
        (f"urn:uuid:{ANNA}", "Anna Kowalska"),
        ("7D1C0E4B-53F8-4C1E-8F0B-5A4E2B0C9D11", "Aunt Wren"),
        ("pas-id-4F2A91C700000012", "Käthe Großmann"),
        ("yuki-tanaka-1@example.org", "Yuki Tanaka"),
        ("ANNA", "Anna Kowalska"),
        ("kowalska anna", "Anna Kowalska"),
        ("zoe muller", "Zoë Müller"),
        ("grossmann jorg", "Jörg Großmann"),
        ("szoke", "Dóra Szőke"),
        ("huong", "Nguyễn Thị Hương"),
        ("Søren Ødegård", "Søren Ødegård"),
        ("Soren Odegard", "Soren Odegard"),
        ("ελενη", "Ελένη Παπαδάκη"),
        ("佐藤", "佐藤 健"),
        ("  wren  ", "Aunt Wren"),
    ],
)
def test_who_is_a_uid_or_any_words_of_a_name(people: Runner, words: str, name: str) -> None:
    """A UID as the card has it, or words of a name in any order, with accents or without, mean one contact."""
    result = people("show", words, "--json")
    assert result.code == 0, result.err
    assert result.json["contact"]["name"] == name


def test_every_uid_of_the_list_is_who(people: Runner) -> None:
    """What list --json calls a contact is what every command takes."""
    for one in people("list", "--json").json["contacts"]:
        assert people("show", one["uid"], "--json").json["contact"]["uid"] == one["uid"]


def test_a_household_is_all_its_members(people: Runner) -> None:
    """h1 means everybody behind one letterbox where several may be meant; a circle is said of its adults."""
    here = people("show", "anna", "--json").json["contact"]["household"]
    people.done("tag", "near", here["id"].upper())
    tagged = people("list", "--tag", "near", "--json").json["contacts"]
    assert {one["uid"] for one in tagged} == set(here["members"])
    people.done("circle", "close", here["id"].upper())
    near = people("list", "--circle", "close", "--json").json["contacts"]
    assert {one["name"] for one in near} == {"Anna Kowalska", "Jan Smith"}


def test_a_household_of_several_is_no_single_contact(people: Runner) -> None:
    """Where one contact is wanted, a household of four must be decided by a person."""
    here = people("show", "anna", "--json").json["contact"]["household"]["id"]
    result = people("edit", here, "--page")
    assert result.code == 6
    assert "Ola Smith" in result.err


def test_several_matches_name_the_candidates(people: Runner) -> None:
    """Without a terminal several matches end with 6; what is named beside them can be typed."""
    result = people("show", "smith")
    assert result.code == 6
    assert result.out == ""
    candidates = [line.split() for line in result.err.splitlines()[1:-1]]
    assert [line[:2] for line in candidates] == [["Jan", "Smith"], ["Ola", "Smith"], ["Piotr", "Smith"]]
    for *_, uid in candidates:
        assert people("show", uid).code == 0


def test_no_match_names_near_ones(people: Runner) -> None:
    """A name with a slip of the finger is answered with the nearest."""
    result = people("show", "kowalski")
    assert result.code == 4
    assert "Anna Kowalska" in result.err


def test_nobody_yet(run: Runner) -> None:
    """In an empty store the answer is how to begin."""
    result = run("show", "anna")
    assert result.code == 4
    assert "relcard import" in result.err


@pytest.mark.parametrize(
    "words", ["", "   ", "%", "_", "'", '"; DROP TABLE contact; --', "h0", f"h{2**63}", "urn:uuid:"]
)
def test_odd_words_match_nobody(people: Runner, words: str) -> None:
    """Signs that mean something to a database mean nothing here."""
    result = people("show", words)
    assert result.code in (4, 6), result.err
    assert len(people("list", "--json").json["contacts"]) == 31


def test_on_a_terminal_the_user_is_asked(people: Runner) -> None:
    """With a terminal several matches are a question, and the number answered is the contact."""
    leader, follower = pty.openpty()
    try:
        os.write(leader, b"2\n")
        done = subprocess.run(
            [sys.executable, "-m", "relcard", "--store", str(people.store), "show", "smith", "--json"],
            check=False,
            stdin=follower,
            stdout=subprocess.PIPE,
            stderr=follower,
            timeout=30,
        )
        said = os.read(leader, 4096).decode()
    finally:
        os.close(leader)
        os.close(follower)
    assert done.returncode == 0
    assert '"name": "Ola Smith"' in done.stdout.decode()
    assert "1  Jan Smith" in said
    assert "Which" in said


def test_every_addressee_of_the_list_is_who(season: Runner) -> None:
    """The name a screen gives a household is understood: it means everybody there, or the one so called."""
    names = {one["name"] for one in season("list", "--json").json["contacts"]}
    for one in season("household", "list", "--json").json["households"]:
        result = season("tag", "seen", one["addressee"])
        assert result.code == 0, result.err
        tagged = season("list", "--tag", "seen", "--json").json["contacts"]
        uids = {who["uid"] for who in tagged}
        assert uids <= set(one["members"]) if one["addressee"] in names else uids == set(one["members"])
        season.done("undo")


def test_the_users_own_wording_of_an_envelope_is_who(season: Runner) -> None:
    """What the user put on the envelope means the household; for one contact a person must decide."""
    season.done("household", "set", "mia", "--addressee", "The Blue House")
    season.done("written", "the blue house")
    assert "Mia Delgado · Daniel Reyes" in season.done("show", "The Blue House").out
    assert season("edit", "The Blue House", "--page").code == 6


def test_a_hint_holds_nothing_a_shell_would_obey(people: Runner) -> None:
    """Odd characters in a name that nobody has are not offered as a command."""
    for words in ("$(reboot)", "; ls", "`id`", "\x1b[2J", "*"):
        result = people("show", words)
        assert result.code == 4
        assert result.err.splitlines()[1].strip() == "relcard list names them."

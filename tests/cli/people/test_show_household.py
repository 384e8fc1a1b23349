from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

_LIST = (
    "Given name,Family name,Children,Birthday,Street,Town,Zip,Country,Sent 2024,Received 2024\n"
    'Tom,Quill,"Mia (10), Leo (3)",1980-03-02,5 Elm St,Leeds,LS1 4AP,United Kingdom,x,baby coming in May\n'
    "Ana,Quill,,1981-01-15,5 Elm St,Leeds,LS1 4AP,United Kingdom,,\n"
)


@pytest.fixture
def quills(run: Runner, tmp_path: Path) -> Runner:
    """Return the command on a household of two contacts and two children, of whom some things are known."""
    (tmp_path / "list.csv").write_text(_LIST)
    run.done("import", str(tmp_path / "list.csv"))
    for words in (
        ("circle", "close", "h1"),
        ("fact", "h1", "bread", "rye, every friday"),
        ("fact", "tom", "coffee", "black"),
        ("note", "ana", "started the cello"),
        ("log", "h1", "visit", "--on", "2026-11-03"),
        ("log", "tom", "call", "--on", "2026-10-03", "--text", "about the boat"),
        ("member", "set", "h1", "mia", "--born", "2016-12-06"),
    ):
        run.done(*words)
    return run


def test_page_of_a_household_says_what_is_known_of_it(quills: Runner) -> None:
    """Who, birthdays as they come, facts and notes of the house and of each, what passed, what is due."""
    text = " ".join(quills.done("show", "h1").out.split())
    for part in (
        "h1 The Quill Family close · every 30 days",
        "Tom Quill · Ana Quill · Mia Quill, child, 9 · Leo Quill, child, 3",
        "Mia 6 Dec, turns 10 · Ana 15 Jan, turns 46 · Tom 2 Mar, turns 47",
        "Leo born 2023",
        "5 Elm St, LEEDS, LS1 4AP",
        "greeting Dear Tom, Ana, Mia and Leo,",
        "facts bread: rye, every friday · Tom: coffee: black",
        "Ana: started the cello",
        "“baby coming in May”",
        "3 Nov visit 3 Oct call to them, Tom “about the boat”",
        "write: Mia Quill's birthday - post by",
        "visit: Tom Quill and Ana Quill - you last spoke on 3 Nov",
    ):
        assert part in text


def test_household_is_meant_by_its_names(quills: Runner) -> None:
    """By its number, as a family, or by the names of two; one name is the contact's page, with the children."""
    page = quills.done("show", "h1").out
    assert quills.done("show", "the quills").out == page
    assert quills.done("show", "Tom and Ana").out == page
    own = quills.done("show", "ana").out
    assert "with Tom, Mia 9, Leo 3" in own
    assert "who " not in own


def test_page_fits_a_screen_and_full_shows_all(quills: Runner) -> None:
    """Forty notes give way on 24 lines, and are counted below."""
    for number in range(40):
        quills.done("note", "h1", f"news {number}")
    page = quills.done("show", "h1").out
    assert len(page.splitlines()) <= 24
    assert "relcard show h1 --full" in page
    assert "news 7" in quills.done("show", "h1", "--full").out


def test_page_for_scripts(quills: Runner) -> None:
    """The keys of the contract; who has no vCard has no uid."""
    page = quills("show", "h1", "--json").json["household"]
    assert page["cadence_days"] == 30
    assert [(who["name"], who["uid"] is None, who["role"], who["age"]) for who in page["members"]] == [
        ("Tom Quill", False, "", 46),
        ("Ana Quill", False, "", 45),
        ("Mia Quill", True, "child", 9),
        ("Leo Quill", True, "child", 3),
    ]
    assert page["members"][2]["birthday"] == "2016-12-06"
    tom, ana = (who["uid"] for who in page["members"][:2])
    assert page["facts"] == [
        {"key": "bread", "value": "rye, every friday", "ours": None, "uids": [tom, ana]},
        {"key": "coffee", "value": "black", "ours": None, "uids": [tom]},
    ]
    assert page["notes"] == [{"on": "2026-11-20", "text": "started the cello", "ours": None, "uids": [ana]}]
    assert [(touch["channel"], len(touch["uids"])) for touch in page["interactions"]] == [
        ("visit", 2),
        ("call", 1),
    ]
    assert page["years"] == {
        "cells": {"2024": "both"},
        "lines": {"2024": {"sent": "", "came": "baby coming in May"}},
    }
    assert {due["who"] for due in page["due"]} == {"Mia Quill", "Ana Quill", "Tom Quill and Ana Quill"}


def test_careful_time_and_the_dead_are_on_the_page(quills: Runner) -> None:
    """The dead are named as such and have no birthday to come; the careful year says how it ends."""
    quills.done("rite", "death", "tom", "--on", "2026-11-10", "--drop-name")
    text = " ".join(quills.done("show", "h1").out.split())
    assert "Tom Quill, died on 10 Nov 2026" in text
    assert "turns 47" not in text
    assert "no cheer" in text
    assert "--cheer yes" in text

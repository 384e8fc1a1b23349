from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.cli import main
from relcard.cli.completion import Completer
from relcard.cli.completion import beginning_so
from relcard.store import contacts
from relcard.store.file import journal
from relcard.store.file.database import session
from relcard.store.sharing import remotes
from relcard.store.sharing.remotes import Remote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.command_line import Runner

BASH = """
. "$1"
COMP_WORDS=("${@:3}") COMP_CWORD=$2
_relcard_completion relcard
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def environment(people: Runner, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a shell that finds `relcard` and the store of the sample."""
    commands = tmp_path / "bin"
    commands.mkdir()
    program = commands / "relcard"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m relcard "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RELCARD")}
    return {**kept, "PATH": f"{commands}:{os.environ['PATH']}", "RELCARD_STORE": str(people.store)}


@pytest.fixture
def bash(run: Runner, environment: dict[str, str], tmp_path: Path) -> Callable[..., list[str]]:
    """Return what bash offers for the last of some words, through the script relcard prints for it."""
    script = tmp_path / "relcard.bash"
    script.write_bytes(run.done("completion", "bash").raw)

    def ask(*words: str) -> list[str]:
        place = str(len(words))
        done = subprocess.run(
            ["bash", "--norc", "-c", BASH, "bash", str(script), place, "relcard", *words],
            check=True,
            capture_output=True,
            env=environment,
        )
        assert done.stderr == b""
        return [line for line in done.stdout.decode().split("\n") if line]

    return ask


def _complete(people: Runner, *words: str, program: str = "bash") -> list[str]:
    *args, incomplete = words
    completer = Completer(program, main._today)
    found = completer.complete(
        main.relcard, ["--store", str(people.store), "--today", "2026-11-20", *args], incomplete
    )
    return [str(one.value) for one in found]


def test_bash_quotes_a_name_as_the_word_begins(bash: Callable[..., list[str]]) -> None:
    """A space is escaped in a bare word and plain within quotes; the letters may lack their accents."""
    assert bash("show", "kow") == ["Anna\\ Kowalska"]
    assert bash("show", '"Anna K') == ["Anna Kowalska"]
    assert bash("show", "'Anna K") == ["Anna Kowalska"]
    assert bash("show", "Anna\\ K") == ["Anna\\ Kowalska"]
    assert bash("circle", "inner", "jorg") == ["Jörg\\ Großmann"]


def test_bash_honours_the_store_before_the_word(bash: Callable[..., list[str]], tmp_path: Path) -> None:
    """--store stands before RELCARD_STORE, with or without =; a store that is not there is not made."""
    nowhere = tmp_path / "nowhere.db"
    assert bash("--store", str(nowhere), "show", "kow") == []
    assert bash("--store", "=", str(nowhere), "show", "kow") == []
    assert not nowhere.exists()


def test_bash_takes_options_apart(bash: Callable[..., list[str]]) -> None:
    """Bash parts --circle=fr at the sign; the value alone is completed."""
    assert bash("list", "--circle", "=", "fr") == ["friend"]
    assert bash("list", "--circle", "=") == ["inner", "close", "friend", "wide", "none"]


def test_bash_is_told_nothing_of_a_command_that_is_none(bash: Callable[..., list[str]]) -> None:
    """No message lands in the middle of what is being typed."""
    assert bash("nonsense", "x") == []


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_completes(run: Runner, environment: dict[str, str], tmp_path: Path) -> None:
    """Fish gets each name as one goes on typing it, and files where a file belongs."""
    script = tmp_path / "relcard.fish"
    script.write_bytes(run.done("completion", "fish").raw)

    def ask(line: str) -> list[str]:
        command = ["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", str(script), line]
        environment["HOME"] = str(tmp_path)
        done = subprocess.run(command, check=True, capture_output=True, env=environment)
        return [one.partition("\t")[0] for one in done.stdout.decode().splitlines()]

    assert ask("relcard show kow") == ["kowalska Anna"]
    assert beginning_so("Hank & Ellen Stubbs", "ell") == "ellen Stubbs Hank"
    assert ask('relcard show "Anna K') == ["Anna Kowalska"]
    assert ask("relcard list --circle=fr") == ["--circle=friend"]
    assert str(script) in ask(f"relcard import {tmp_path}/relcard.f")


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_zsh_script_is_sound(run: Runner, environment: dict[str, str], tmp_path: Path) -> None:
    """Zsh reads its script, and is answered kind, value and help of each completion on three lines."""
    script = tmp_path / "relcard.zsh"
    script.write_bytes(run.done("completion", "zsh").raw)
    subprocess.run(["zsh", "-n", str(script)], check=True)
    asked = {"COMP_WORDS": "relcard show h1", "COMP_CWORD": "2", "_RELCARD_COMPLETE": "zsh_complete"}
    done = subprocess.run(["relcard"], check=True, capture_output=True, env={**environment, **asked})
    assert done.stdout.decode().split("\n")[:3] == [
        "plain",
        "h1",
        "Anna Kowalska, Jan Smith, Ola Smith, Piotr Smith",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("sho",), ["show"]),
        (("circle", "in"), ["inner"]),
        (("list", "--tag", "c"), ["choir"]),
        (("tag", "ch"), ["choir"]),
        (("stock", "show", "L7160"), ["L7160"]),
        (("print", "envelopes", "--size", "DL"), ["DL"]),
        (("template", "copy", "birthday.en"), ["birthday.en"]),
        (("season", "start", "chr"), ["christmas"]),
        (("print", "envelopes", "--for", "con"), ["condolence"]),
        (("settings", "set", "hand"), ["hand.pitch_mm", "hand.words_per_10cm"]),
        (("log", "anna", "le"), ["letter"]),
        (("draft", "ed"), ["edit"]),
        (("draft", "edit", "kow"), ["Anna Kowalska"]),
        (("note", "kow"), ["Anna Kowalska"]),
        (("note", "Anna Kowalska", "an"), []),
        (("edit", "kow"), ["Anna Kowalska"]),
        (("show", "h1"), [f"h{one}" for one in (1, *range(10, 20))]),
        (("show", "smi"), ["smith Jan", "smith Ola", "smith Piotr"]),
    ],
)
def test_each_word_is_completed_for_what_it_is(
    people: Runner, words: tuple[str, ...], found: list[str]
) -> None:
    """Commands, circles, tags, sheets, templates and names, each in its place."""
    assert _complete(people, *words) == found


def test_seasons_and_reminders_are_completed(season: Runner) -> None:
    """What the store has of them: the season that is open, the ids that wait."""
    assert _complete(season, "season", "list", "--season", "c") == ["christmas-2026"]
    found = _complete(season, "done", "birthday-")
    assert found
    ids = {one["id"] for one in season.done("upcoming", "--days", "60", "--json").json["reminders"]}
    assert set(found) <= ids


def test_segments_and_facts_are_completed(people: Runner) -> None:
    """A saved segment and the keys of facts, wherever a filter takes them."""
    people.done("fact", "anna kowalska", "bread", "rye")
    people.done("segment", "save", "regulars", "--fact", "bread=rye")
    assert _complete(people, "list", "--segment", "r") == ["regulars"]
    assert _complete(people, "segment", "show", "r") == ["regulars"]
    assert _complete(people, "list", "--fact", "br") == ["bread"]
    assert _complete(people, "fact", "anna kowalska", "br") == ["bread"]


def test_completing_changes_no_byte(people: Runner) -> None:
    """The store is only read."""
    before = people.bytes
    assert _complete(people, "show", "")
    assert people.bytes == before


def test_completing_a_name_loads_little(environment: dict[str, str]) -> None:
    """What draws, renders and parses stays unloaded: a shell asks at every press of the key."""
    code = "import sys; from relcard.cli import main; main.run(); print(*sys.modules)"
    asked = {"COMP_WORDS": "relcard\nshow\nkow", "COMP_CWORD": "2", "_RELCARD_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env={**environment, **asked}
    )
    offered, _, modules = done.stdout.decode().partition("\n")
    assert offered == "plain,Anna\\ Kowalska"
    loaded = set(modules.split())
    assert "relcard.store.file.completions" in loaded
    assert not loaded & {
        "reportlab",
        "jinja2",
        "vobject",
        "PIL",
        "relcard.vcard",
        "relcard.services.importing.import_cards",
    }


@pytest.mark.parametrize(
    ("name", "typed", "offered"),
    [
        ("Anna Kowalska", "Anna ", "Anna Kowalska"),
        ("Anna Kowalska", "anna k", "anna kowalska"),
        ("Jörg Großmann", "jor", "jorg Großmann"),
        ("Jörg Großmann", "gross", "grossmann Jörg"),
        ("Jörg Großmann", "gros", "grossmann Jörg"),
        ("Anna Kowalska", "x", ""),
        ("Anna Kowalska", "", "Anna Kowalska"),
        ("İbrahim Şahin", "sah", "sahin İbrahim"),
    ],
)
def test_what_was_typed_is_never_taken_back(name: str, typed: str, offered: str) -> None:
    """A name is offered from the word that was begun, in the letters that were typed."""
    assert beginning_so(name, typed) == offered


def test_offered_names_are_found_again(people: Runner) -> None:
    """WHO understands whatever completion offers, turned and without accents."""
    with session(str(people.store)) as db:
        for word in ("kow", "gros", "sahin i", "huong", "ol", "tanaka"):
            offered = _complete(people, "show", word, program="fish")
            assert offered
            assert [len(contacts.find(db, one)) for one in offered] == [1] * len(offered)


def test_address_books_are_completed_where_one_is_removed(people: Runner) -> None:
    """By their names, as the list has them."""
    with session(str(people.store)) as db, journal.step(db, "pull add", today=date(2026, 11, 20)):
        for name in ("Contacts", "Work"):
            remotes.save(db, Remote(0, f"https://dav.example.org/{name}/", name, "", ""))
    assert _complete(people, "pull", "remove", "c") == ["Contacts"]


def test_sheets_of_ones_own_are_completed_beside_the_table(people: Runner) -> None:
    """A sheet the user described is completed wherever one is named, and alone where it is removed."""
    people.done("stock", "add", "L71 jars", "--page", "A4", "--label", "60x30", "--grid", "3x9")
    assert _complete(people, "print", "labels", "--stock", "L71")[-1] == "L71 jars"
    assert "L7160" in _complete(people, "stock", "show", "L71")
    assert _complete(people, "stock", "remove", "l") == ["L71 jars"]

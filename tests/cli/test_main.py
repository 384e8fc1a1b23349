from __future__ import annotations

import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import click
import pytest

from relcard.cli import main
from relcard.cli.chapters import CHAPTERS
from relcard.cli.chapters import function_of
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

# One way to say each command that lists or reports, and its noun.
JSON = (
    (("list",), "contacts"),
    (("show", "Anna Kowalska"), "contact"),
    (("household", "list"), "households"),
    (("household", "suggest"), "households"),
    (("season", "list"), "recipients"),
    (("season", "status"), "states"),
    (("draft", "hannah"), "drafts"),
    (("upcoming", "--days", "60"), "reminders"),
    (("today",), "reminders"),
    (("duplicates",), "duplicates"),
    (("history",), "steps"),
    (("settings",), "settings"),
    (("stock", "list"), "stock"),
    (("stock", "show", "L7160"), "sheet"),
    (("template", "list"), "templates"),
    (("preflight",), "remarks"),
    (("import", "--report"), "problems"),
    (("print", "labels", "hannah"), "files"),
    (("print", "envelopes", "hannah"), "files"),
    (("print", "cards", "hannah"), "files"),
    (("print", "crib", "hannah"), "files"),
)


@pytest.mark.parametrize(
    ("words", "noun"), JSON, ids=lambda one: "-".join(one) if isinstance(one, tuple) else one
)
def test_json_is_one_object_with_the_version_and_the_noun(
    season: Runner, words: tuple[str, ...], noun: str
) -> None:
    """--json puts one object on standard output, and nothing else."""
    result = season(*words, "--json")
    assert result.code in (0, 5)
    assert noun in result.json
    assert result.err == ""


def test_json_is_the_same_under_any_locale(season: Runner) -> None:
    """The bytes of --json do not depend on LC_ALL."""
    words = ("--store", str(season.store), "--today", "2026-11-20", "list", "--json")
    plain, german = (season.process(*words, env={"LC_ALL": one}) for one in ("C", "de_DE.UTF-8"))
    assert plain.code == german.code == 0
    assert plain.raw == german.raw == season("list", "--json").raw
    assert "Nguyễn Thị Hương" in plain.out


def test_exit_0_done(people: Runner) -> None:
    """A command that did what was asked ends with 0."""
    assert people("circle", "close", "anna").code == 0


def test_exit_1_fault_of_ours(people: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program's own is one sentence, its place and what to do; no traceback."""
    from relcard.store import contacts

    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(contacts, "listing", broken)
    result = people("list")
    assert result.code == 1
    assert "ZeroDivisionError in test_main.py" in result.err
    assert "report" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("list", "--frob"),
        ("circle", "best", "anna"),
        ("--today", "2026-13-01", "list"),
        ("--today", "tomorrow", "list"),
        ("upcoming", "--days", "-1"),
        ("season", "start", "christmas-20266"),
        ("import",),
        ("log", "anna", "pigeon"),
        ("log", "anna", "call", "--on", "soon"),
        ("draft", "--for", "40", "anna"),
        ("export", "--format", "xml"),
        ("print", "labels", "--skip", "-1"),
    ],
    ids=" ".join,
)
def test_exit_2_usage(people: Runner, words: tuple[str, ...]) -> None:
    """What cannot be meant is refused in a sentence on standard error, and the store stands as it was."""
    before = people.bytes
    result = people(*words)
    assert result.code == 2
    assert result.out == ""
    assert result.err.strip()
    assert people.bytes == before


def test_a_word_that_is_nearly_a_command_names_it(run: Runner) -> None:
    """A mistyped command is answered with the nearest one."""
    result = run("lsit")
    assert result.code == 2
    assert "relcard list" in result.err


@pytest.mark.parametrize("words", [("list",), ("circle", "close", "anna"), ("today",)], ids=" ".join)
def test_exit_3_a_store_that_is_not_ours_is_not_touched(run: Runner, words: tuple[str, ...]) -> None:
    """Another program's database, a newer store, a damaged file and a folder end with 3 and stay as they are."""
    with sqlite3.connect(run.store) as db:
        db.execute("CREATE TABLE recipe (name TEXT)")
    db.close()
    _refused(run, words, "another program")
    with sqlite3.connect(run.store) as db:
        db.execute("PRAGMA application_id = 0x524C4344")
        db.execute("PRAGMA user_version = 99")
    db.close()
    _refused(run, words, "newer relcard")
    run.store.write_bytes(b"Dear diary, " * 100)
    _refused(run, words, "not a relcard store")
    run.store.unlink()
    run.store.mkdir()
    result = run(*words)
    assert result.code == 3
    assert "folder" in result.err


def _refused(run: Runner, words: tuple[str, ...], reason: str) -> None:
    before = run.bytes
    result = run(*words)
    assert result.code == 3
    assert reason in result.err
    assert "relcard" in result.err.splitlines()[1] or "--store" in result.err.splitlines()[1]  # the next step
    assert run.bytes == before


def test_exit_3_a_file_stands_where_a_folder_should_be(run: Runner, here: Path, sample: Path) -> None:
    """No store can be made below a file; whoever runs the command, the sentence says where."""
    (here / "file").write_text("")
    result = run.bare("--store", str(here / "file" / "relcard.db"), "import", str(sample))
    assert result.code == 3
    assert str(here / "file") in result.err
    assert "--store" in result.err


def test_exit_3_a_full_disk_leaves_the_store_as_it_was(people: Runner, here: Path) -> None:
    """When no more can be written, the command says so and nothing of it stays.

    A limit on the size of files stands in for the full disk, for no permission stops a test that runs as root.
    """
    many = b"".join(vcard(f"Person Number{number}", f"NOTE:{'a' * 500}") for number in range(400))
    (here / "many.vcf").write_bytes(many)
    before = people.bytes
    words = ("--store", str(people.store), "import", "many.vcf")
    result = people.process(*words, limit=len(before))
    assert result.code == 3
    assert "Traceback" not in result.err
    assert (
        people("list", "number7").out == "  None of 31 contacts is like that. relcard list shows them all.\n"
    )
    assert people.process(*words).code == 0


def test_exit_3_settings_that_are_no_toml(near: Runner) -> None:
    """A settings file that cannot be read is named, by every command that needs it."""
    near.store.with_suffix(".toml").write_text("stock = [")
    for words in (("today",), ("settings",), ("settings", "set", "stock", "L7160")):
        result = near(*words)
        assert result.code == 3, words
        assert str(near.store.with_suffix(".toml")) in result.err
    assert near.store.with_suffix(".toml").read_text() == "stock = ["


@pytest.mark.parametrize(
    "words",
    [
        ("show", "Zebedee"),
        ("circle", "close", "h99"),
        ("season", "list"),
        ("season", "start", "halloween"),
        ("season", "list", "--season", "christmas-1999"),
        ("print", "labels", "anna", "--stock", "L0000"),
        ("print", "envelopes", "anna", "--size", "Z9"),
        ("stock", "show", "L0000"),
        ("template", "copy", "halloween.en"),
        ("template", "check", "nowhere.txt.j2"),
        ("draft", "anna", "--for", "birthday", "--card", "A99"),
        ("done", "zebedee"),
        ("list", "--country", "Narnia"),
    ],
    ids=" ".join,
)
def test_exit_4_not_found_says_what_to_do(people: Runner, words: tuple[str, ...]) -> None:
    """What no name answers to ends with 4, one sentence, and the next step below it."""
    before = people.bytes
    result = people(*words)
    assert result.code == 4
    assert result.out == ""
    message, *hint = result.err.splitlines()
    assert message.endswith(".")
    assert hint
    assert people.bytes == before


def test_exit_5_done_with_problems(run: Runner, sample: Path) -> None:
    """An import some of whose lines were not understood is done, and ends with 5."""
    assert run("import", str(sample)).code == 5
    assert len(run("list", "--json").json["contacts"]) == 31


def test_exit_6_a_person_must_decide(people: Runner) -> None:
    """Where no terminal is there to ask on, the candidates are named and nothing is done."""
    before = people.bytes
    result = people("circle", "close", "smith")
    assert result.code == 6
    assert all(name in result.err for name in ("Jan Smith", "Ola Smith", "Piotr Smith"))
    assert people.bytes == before


def test_store_and_today_come_from_the_environment_and_options_win(
    people: Runner, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RELCARD_STORE and RELCARD_TODAY serve where no option is said."""
    monkeypatch.setenv("RELCARD_STORE", str(people.store))
    monkeypatch.setenv("RELCARD_TODAY", "2026-12-04")
    assert "turns 40" in people.bare("today").out
    assert "turns 40" not in people.bare("--today", "2026-06-04", "today").out
    assert "no contacts yet" in people.bare("--store", str(here / "other.db"), "list").out
    monkeypatch.setenv("RELCARD_TODAY", "soon")
    assert people.bare("today").code == 2


def test_without_a_word_the_store_is_in_the_users_data_folder(
    run: Runner, sample: Path, tmp_path: Path
) -> None:
    """The default store lies in the platform's user data folder and is the user's alone to read."""
    assert run.bare("import", str(sample)).code == 5
    (store,) = tmp_path.joinpath("data").rglob("relcard.db")
    assert stat.S_IMODE(store.stat().st_mode) == 0o600


def test_reading_makes_no_file(run: Runner) -> None:
    """Looking never makes a store."""
    for words in (("list",), ("today",), ("upcoming",), ("history",), ("household", "list"), ("duplicates",)):
        assert run(*words).code == 0
    assert not run.store.exists()


def test_quiet_says_nothing_that_needs_no_answer(near: Runner) -> None:
    """--quiet is silence for what went well, and still speaks where somebody must look."""
    for words in (
        ("circle", "close", "hannah"),
        ("note", "wren", "tea"),
        ("season", "start", "christmas"),
        ("undo",),
    ):
        result = near("--quiet", *words)
        assert (result.code, result.out, result.err) == (0, "", "")
    assert near("--quiet", "circle", "close", "smith").err


def test_help_lists_every_command_by_chapter(run: Runner) -> None:
    """The help has every command with a line of words, and no command alone shows the help too."""
    text = run.bare("--help").out
    for chapter, commands in CHAPTERS:
        assert f"{chapter}:" in text
        for name, _, words in commands:
            assert f"  {name} " in text
            assert words in text
    assert run.bare().out == text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_what_print_makes_is_found_without_the_word(run: Runner) -> None:
    """Who types `relcard labels` is told `relcard print labels`, and so of all that print makes."""
    from relcard.cli.printing.print_group import print_

    for name in print_.commands:
        result = run.bare(name)
        assert result.code == 2
        assert f"Did you mean: relcard print {name}" in result.err


@pytest.mark.parametrize("name", [name for _, commands in CHAPTERS for name, _, _ in commands])
def test_every_command_has_a_help_of_its_own(run: Runner, name: str) -> None:
    """Each command explains itself."""
    result = run.bare(name, "--help")
    assert result.code == 0
    assert result.out.startswith(f"Usage: relcard {name} ")


def test_version(run: Runner) -> None:
    """--version names the program and its number."""
    assert run.bare("--version").out.split()[0] == "relcard"


def test_a_reader_who_has_gone_is_no_fault(people: Runner) -> None:
    """`relcard list | head` ends quietly."""
    import subprocess
    import sys

    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "relcard", "--store", str(people.store), "list"],
            check=False,
            stdout=writer,
            stderr=subprocess.PIPE,
        )
    finally:
        os.close(writer)
    assert done.returncode == 0
    assert done.stderr == b""


def test_only_the_main_module_asks_for_today(people: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --today the day is the calendar's, read in one place."""
    from datetime import date

    class Fixed(date):
        @classmethod
        def today(cls) -> Fixed:
            return cls(2026, 12, 4)

    monkeypatch.setattr(main, "date", Fixed)
    assert "turns 40" in people.bare("--store", str(people.store), "today").out


@pytest.mark.parametrize("words", [("list",), ("list", "--json")], ids=" ".join)
def test_a_terminal_without_unicode_loses_letters_and_not_the_command(
    people: Runner, words: tuple[str, ...]
) -> None:
    """Where standard output cannot take a letter, a sign stands in its place."""
    words = ("--store", str(people.store), *words)
    assert people.process(*words, env={"PYTHONIOENCODING": "latin-1"}).code == 0


@pytest.mark.parametrize(
    "words",
    [("circle", "in\x1b[2Jner", "wren"), ("upcoming", "--days", "\x1b[2J"), ("print", "labels", "--\x1b[2J")],
)
def test_a_refused_option_does_not_steer_the_terminal(people: Runner, words: tuple[str, ...]) -> None:
    """What was typed is quoted when it is refused, its control characters shown and not obeyed."""
    result = people(*words)
    assert result.code == 2
    assert "\x1b" not in result.err
    assert "\\x1b[2J" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("note", "wren", "caf\udce9"),
        ("list", "caf\udce9"),
        ("fact", "wren", "tea\udcff", "black"),
        ("tag", "caf\udce9", "wren"),
        ("show", "caf\udce9"),
    ],
)
def test_bytes_that_are_no_letters_are_a_question_of_the_locale(
    people: Runner, words: tuple[str, ...]
) -> None:
    """A word typed in another encoding is refused with the next step; it is no fault of ours."""
    before = people.bytes
    result = people(*words)
    assert result.code in (2, 4)
    assert "fault" not in result.err
    assert result.err.splitlines()[1].strip()
    assert people.bytes == before


def test_a_file_whose_name_is_no_text_is_imported(run: Runner, here: Path) -> None:
    """The name of a file may be any bytes; what is in it goes in, and the report names it as well as can be."""
    name = "M\udce4rz.vcf"
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ida Moor\r\nBDAY:spring\r\nEND:VCARD\r\n"
    (here / name).write_bytes(card)
    result = run("import", name, "--json")
    assert result.code == 5
    assert [one["source"] for one in result.json["problems"]] == ["M?rz.vcf"]
    assert run("history", "--json").json["steps"][0]["command"] == "import M?rz.vcf"


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9991-01-01", "9999-12-31"])
def test_a_day_beyond_the_calendar_is_refused(people: Runner, day: str) -> None:
    """A day whose birthdays and seasons no calendar holds is refused in a sentence."""
    result = people("today", today=day)
    assert result.code == 2
    assert "1900 to 9990" in result.err


@pytest.mark.parametrize("day", ["1900-01-01", "2026-02-28", "2028-02-29", "2026-12-31", "9990-12-31"])
def test_every_day_of_the_calendar_can_be_today(season: Runner, day: str) -> None:
    """On the first day and the last, on leap days and at a year's end, what is due can be said."""
    for words in (("today",), ("upcoming", "--days", "366"), ("show", "wren"), ("season", "list")):
        season.done(*words, today=day)
    season.done("season", "start", "newyear", "--dry-run", today=day)


@pytest.mark.parametrize("name", [name for _, commands in CHAPTERS for name, _, _ in commands])
def test_every_command_of_the_table_is_the_function_of_its_name(name: str) -> None:
    """A command is found by the rule beside the table of chapters, and bears the name of the table."""
    command = main.relcard.get_command(click.Context(main.relcard), name)
    assert command is not None
    assert command.name == name
    assert (function_of("ask-list"), function_of("import"), function_of("list")) == (
        "ask_list",
        "import_",
        "list_",
    )

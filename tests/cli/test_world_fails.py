"""What relcard says when the world around the store fails: the output, the input, the disk. It must be true."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.cli import output
from relcard.store.file import faults
from relcard.store.file import journal
from relcard.store.file.database import session
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

_FULL = "/dev/full"
needs_full = pytest.mark.skipif(not os.path.exists(_FULL), reason="no /dev/full here")  # noqa: PTH110


def _given(run: Runner, *words: str, to: str = "", closed: tuple[int, ...] = ()) -> tuple[int, str]:
    """Give a command in a process of its own, whose output goes `to` a file; return its code and errors."""

    def close() -> None:
        for number in closed:
            os.close(number)

    out = os.open(to or os.devnull, os.O_WRONLY)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "relcard", "--store", str(run.store), "--today", "2026-11-20", *words],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=close,
        )
    finally:
        os.close(out)
    return done.returncode, done.stderr


def _steps(run: Runner) -> list[tuple[str, bool]]:
    with session(str(run.store)) as db:
        return [(step.command, step.undone) for step in journal.history(db)]


@needs_full
@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("note", "wren", "tea"), "note wren"),
        (("circle", "close", "wren"), "circle close wren"),
        (("import", "more.vcf"), "import more.vcf"),
        (("tag", "choir", "wren"), "tag choir wren"),
    ],
)
def test_a_change_that_could_not_be_reported_is_said_to_stand(
    people: Runner, here: Path, words: tuple[str, ...], command: str
) -> None:
    """Where the disk behind standard output is full, what was committed is said to be made, and it is."""
    (here / "more.vcf").write_bytes(vcard("Una Quist"))
    code, err = _given(people, *words, to=_FULL)
    assert (code, _steps(people)[0]) == (3, (command, False))
    assert "The output cannot be written: No space left on device. The change was made." in err
    assert "relcard history" in err
    assert "as it was" not in err
    assert "fault" not in err


@needs_full
def test_an_undo_that_could_not_be_reported_is_not_repeated(people: Runner) -> None:
    """The step is taken back, that is said, and the next undo would take another."""
    people.done("note", "wren", "tea")
    code, err = _given(people, "undo", to=_FULL)
    assert code == 3
    assert "The last step was taken back." in err
    assert _steps(people)[0] == ("note wren", True)


@needs_full
@pytest.mark.parametrize(
    "words",
    [("list",), ("list", "--json"), ("export",), ("today",), ("--help",), ("doctor",), ("history",)],
    ids=" ".join,
)
def test_the_store_is_as_it_was_where_nothing_was_done(people: Runner, words: tuple[str, ...]) -> None:
    """A command that only looks says so, with exit code 3 and no fault of its own."""
    before = people.bytes
    code, err = _given(people, *words, to=_FULL)
    assert code == 3
    assert "The output cannot be written: No space left on device. Your store is as it was." in err
    assert people.bytes == before


@needs_full
@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("backup", "-o", "copy.db"), "copy.db"),
        (("export", "-o", "all.vcf"), "all.vcf"),
        (("print", "crib", "wren", "-o", "crib.pdf"), "crib.pdf"),
    ],
)
def test_a_file_that_was_written_is_named(
    people: Runner, here: Path, words: tuple[str, ...], file: str
) -> None:
    """What could not be reported but lies there is named."""
    code, err = _given(people, *words, to=_FULL)
    assert code == 3
    assert f"Written: {file}." in err
    assert (here / file).stat().st_size


@needs_full
def test_errors_that_nobody_can_read_keep_their_code(people: Runner) -> None:
    """With a full disk behind standard error the exit code still says what happened."""
    done = subprocess.run(
        [sys.executable, "-m", "relcard", "--store", str(people.store), "show", "Zebedee"],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=os.open(_FULL, os.O_WRONLY),
    )
    assert done.returncode == 4


def test_a_closed_output_is_said(people: Runner) -> None:
    """`>&-` ends in a sentence, after the change where there is one; who says nothing needs no output."""
    assert _given(people, "list", closed=(1,)) == (
        3,
        "The output cannot be written: it is closed. Your store is as it was.\n",
    )
    code, err = _given(people, "note", "wren", "tea", closed=(1,))
    assert (code, _steps(people)[0]) == (3, ("note wren", False))
    assert "The change was made." in err
    assert _given(people, "--quiet", "note", "wren", "tea", closed=(1,)) == (0, "")
    assert _given(people, "list", closed=(0, 1, 2))[0] == 3


@pytest.mark.parametrize(
    "words", [("import", "-"), ("import", "--force", "-"), ("edit", "wren", "--from", "-")]
)
def test_a_closed_input_is_said(people: Runner, words: tuple[str, ...]) -> None:
    """`<&-` ends in a sentence and changes nothing."""
    before = people.bytes
    code, err = _given(people, *words, closed=(0,))
    assert code == 3
    assert "Cannot read standard input: it is closed." in err
    assert people.bytes == before


def test_what_was_done_before_a_fault_of_ours_is_said(
    people: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a fault of relcard's own claims that nothing was changed where something was."""

    def fail(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(output, "say", fail)
    result = people("note", "wren", "tea")
    assert result.code == 1
    assert "fault of relcard's own" in result.err
    assert "The change was made." in result.err
    assert "as it was" not in result.err
    assert _steps(people)[0] == ("note wren", False)
    result = people("note", "Zebedee", "tea")
    assert "The change was made." not in result.err


def test_done_stands_though_its_reader_has_gone(people: Runner) -> None:
    """`relcard done ... | head` does what it was told before it says so."""
    due = people("upcoming", "--days", "90", "--json").json["reminders"][0]["id"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "relcard", "--store", str(people.store), "--today", "2026-11-20", "done", due],
        check=False,
        stdout=writer,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    assert done.returncode == 0
    assert _steps(people)[0] == (f"done {due}", False)


@pytest.mark.parametrize("words", [("list",), ("today",), ("undo",), ("export",), ("note", "wren", "tea")])
@pytest.mark.parametrize("content", [b"", b"\n", b"\0" * 8192], ids=["0 bytes", "1 byte", "zeroes"])
def test_an_emptied_store_is_not_taken_for_a_new_one(
    people: Runner, words: tuple[str, ...], content: bytes
) -> None:
    """No command fills a store whose content is gone; the newest backup is named, and restores it."""
    before = people.bytes
    people.done("backup")
    people.store.write_bytes(content)
    for command in (words, ("import", "-")):
        result = people(*command, stdin=vcard("Una Quist"))
        assert result.code == 3
        assert "relcard restore relcard-2026-11-20.db" in result.err
        assert "no contacts yet" not in result.out
        assert people.bytes == content
    doctor = people("doctor")
    assert doctor.code == 3
    assert "relcard restore relcard-2026-11-20.db" in doctor.out
    people.done("restore", "relcard-2026-11-20.db")
    assert "31 contacts" in people.done("doctor").out
    assert len(people.bytes) == len(before)


def test_a_store_that_is_gone_is_not_begun_anew_beside_its_backups(people: Runner) -> None:
    """Where only backups are left they are named; once they are moved away a new store may be begun."""
    people.done("backup")
    people.store.unlink()
    for words in (("list",), ("import", "-"), ("add", "Una Quist"), ("doctor",)):
        result = people(*words, stdin=vcard("Una Quist"))
        assert result.code == 3
        assert "relcard restore relcard-2026-11-20.db" in result.err + result.out
        assert not people.store.exists()
    people.store.with_name("backups").rename(people.store.with_name("away"))
    assert people("import", "-", stdin=vcard("Una Quist")).code == 0


def test_an_empty_file_without_backups_is_begun_by_what_begins(run: Runner) -> None:
    """A command that only looks leaves an empty file alone; import makes a store of it."""
    run.store.write_bytes(b"")
    assert run("list").code == 3
    assert run.bytes == b""
    assert run("import", "-", stdin=vcard("Una Quist")).code == 0
    assert "Una Quist" in run.done("list").out


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
@pytest.mark.parametrize(
    "words",
    [("doctor",), ("doctor", "--rescue", "saved.db"), ("restore", "kept.zip"), ("backup",), ("list",)],
)
def test_a_store_in_use_is_said_to_be_in_use(
    people: Runner, here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], lock: str
) -> None:
    """Nothing that looks at a store that another command holds calls it damaged, and nothing waits for ever."""
    people.done("export", "--format", "archive", "-o", "kept.zip")
    people.done("note", "wren", "tea")
    before = people.bytes
    monkeypatch.setattr(faults, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(people.store, isolation_level=None)) as other:
        other.execute(lock)
        other.execute("UPDATE contact SET name = name WHERE id = 1")
        result = people(*words)
        other.execute("ROLLBACK")
    if lock == "BEGIN EXCLUSIVE":
        assert result.code == 3
    if result.code:
        refused = "nothing to rescue" if result.code == 2 else "in use by another relcard"
        assert refused in result.err
        assert "damaged" not in result.err + result.out
        assert "--rescue" not in result.err + result.out
    assert people.bytes == before
    assert not list(here.glob(".*partial*"))

"""What relcard says when the world around the store fails: the output, the input, the disk. It must be true."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

import pytest

from relcard.cli import output
from relcard.store.file import faults
from relcard.store.file import journal
from relcard.store.file.database import OwnConnection
from relcard.store.file.database import session
from tests.support.command_line import Screen
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from collections.abc import Callable
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
    assert "The last step was taken back." in " ".join(err.split())
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


class _NoCommit(OwnConnection):
    """A store whose disk has room for everything but the commit."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "COMMIT" and self.in_transaction:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error
        return super().execute(sql, *values)


class _NoSync(OwnConnection):
    """A store whose disk takes the commit and then fails to sync the folder."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        done = super().execute(sql, *values)
        if sql == "COMMIT":
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_DIR_FSYNC"
            raise error
        return done


def _stores_are(kind: type[sqlite3.Connection], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: plain(*args, **{**more, "factory": kind}))


_PRINTED = [
    ("labels",),
    ("cards",),
    ("envelopes",),
    ("envelopes", "--return", "flap"),
    ("labels", "--preview"),
]


@pytest.mark.parametrize("words", _PRINTED, ids=" ".join)
def test_a_run_that_could_not_be_recorded_leaves_no_pages(
    near: Runner, here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Where the commit fails the PDF is taken away, also one that would replace an older one."""
    near.done("season", "start", "christmas")
    near.done("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
    (here / "run.pdf").write_bytes(b"%PDF of yesterday")
    there, before = set(here.iterdir()), near.bytes
    with monkeypatch.context() as patch:
        _stores_are(_NoCommit, patch)
        result = near("print", *words, "-o", "run.pdf")
    assert result.code == 3
    assert "The disk is full" in result.err
    assert "run.pdf" not in result.out
    assert (here / "run.pdf").read_bytes() == b"%PDF of yesterday"
    assert set(here.iterdir()) == there
    assert near.bytes == before


@pytest.mark.parametrize("words", [("print", "labels", "-o", "run.pdf"), ("tag", "choir", "wren"), ("undo",)])
def test_what_stands_although_the_last_sync_failed_is_said_to_stand(
    near: Runner, here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """The change is there, its pages too, and the disk's failure is said with exit code 3."""
    near.done("season", "start", "christmas")
    with monkeypatch.context() as patch:
        _stores_are(_NoSync, patch)
        result = near(*words)
    assert result.code == 3
    assert "what was done stands now" in result.err
    taken_back = words == ("undo",)
    assert _steps(near)[0] == (
        "season start christmas-2026" if taken_back else " ".join(words[:2] if "-o" in words else words),
        taken_back,
    )
    if "-o" in words:
        assert (here / "run.pdf").read_bytes().startswith(b"%PDF")


def test_pages_that_cannot_take_their_name_are_said_to_be_missing(
    near: Runner, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the renaming fails, the run is recorded, and how to take it back is said."""
    near.done("season", "start", "christmas")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        result = near("print", "labels", "-o", "run.pdf")
    assert result.code == 3
    assert "Cannot write run.pdf: Input/output error." in result.err
    assert "relcard undo" in result.err
    assert not list(here.glob("*run.pdf*"))
    near.done("undo")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_IOERR_READ", "The disk failed"),
        ("SQLITE_IOERR_WRITE", "full or failed"),
        ("SQLITE_LOCKED", "in use"),
    ],
)
def test_each_fault_has_its_own_words(name: str, words: str) -> None:
    """A failing disk is neither a full one nor a wrong name; none of them is damage."""
    error = sqlite3.OperationalError("it failed")
    error.sqlite_errorname = name
    refused = faults.refusal(error, "my.db")
    assert words in refused.message
    assert "--store" not in refused.hint
    assert faults.is_around(error)


@pytest.mark.parametrize("kind", ["vcf", "csv", "json", "archive"])
def test_export_replaces_only_its_own_kind(people: Runner, here: Path, kind: str) -> None:
    """A file of notes stays; an earlier export of the format, and an empty file, make way."""
    target = here / "notes.txt"
    for stays in (b"important notes", b"%PDF-1.4", b"\xff\xfe"):
        target.write_bytes(stays)
        result = people("export", "--format", kind, "-o", "notes.txt")
        assert result.code == 2
        assert "is there already and is no" in result.err
        assert target.read_bytes() == stays
    target.write_bytes(b"")
    people.done("export", "--format", kind, "-o", "notes.txt")
    written = target.read_bytes()
    people.done("export", "--format", kind, "-o", "notes.txt")
    assert target.read_bytes() == written
    target.write_bytes(b"important notes")
    for words in (("backup", "-o"), ("doctor", "--rescue"), ("print", "crib", "wren", "-o")):
        assert people(*words, "notes.txt").code == 2
        assert target.read_bytes() == b"important notes"


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "--format", "csv"),
        ("export", "--format", "json"),
        ("list", "--json"),
        ("edit", "mallory", "--page"),
    ],
    ids=" ".join,
)
def test_no_raw_byte_reaches_a_terminal(
    run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """What a hostile card holds is shown on a terminal and not obeyed; a pipe gets it byte for byte."""
    hostile = "Mallory \u202eEve\x9b2J"
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{hostile}\r\nN:Eve;Mallory;;;\r\nNOTE:a\x1b[2J\x1b]52;c;x\x07\r\nEND:VCARD\r\n"
    assert run("import", "-", stdin=card.encode()).code in (0, 5)
    piped = run.done(*words)
    monkeypatch.setattr(Screen, "isatty", lambda _: True)
    shown = run.done(*words)
    for one in shown.out:
        assert one.isprintable() or one == "\n", hex(ord(one))
    if words == ("export",):
        assert piped.raw == card.encode()
    if "json" in words or "--json" in words:
        assert json.loads(shown.out) == json.loads(piped.out)


@pytest.mark.parametrize("name", [":memory:", "file:people.db", "file:people.db?mode=memory", "a%41.db"])
def test_a_path_is_a_path(run: Runner, here: Path, name: str) -> None:
    """No name of a store means anything but a file of that name."""
    assert run.bare("--store", name, "import", "-", stdin=vcard("Una Quist")).code == 0
    assert "Una Quist" in run.bare("--store", name, "list").out
    assert "whole" in run.bare("--store", name, "doctor").out
    assert run.bare("--store", name, "backup").code == 0
    assert (here / name).stat().st_size


def test_a_path_from_home(run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--store=~/... is not expanded by every shell, and no folder is called ~; a path must be said."""
    monkeypatch.setenv("HOME", str(here))
    assert run.bare("--store", "~/people.db", "import", "-", stdin=vcard("Una Quist")).code == 0
    assert (here / "people.db").stat().st_size
    assert not (here / "~").exists()
    assert run.bare("--store", "", "list").code == 2


def test_a_link_to_a_store_has_its_settings(people: Runner, here: Path) -> None:
    """Through a link the store has one file of settings, and a file of settings that is a link stays one."""
    people.done("settings", "set", "sender.name", "Maud Ellery")
    link = here / "link.db"
    link.symlink_to(people.store)
    assert "Maud Ellery" in run_settings(people, link)
    people.bare("--store", str(link), "settings", "set", "sender.name", "Ida Moor")
    assert "Ida Moor" in people.done("settings").out
    assert not (here / "link.toml").exists()
    kept = people.store.with_suffix(".toml")
    kept.rename(here / "dotfile.toml")
    kept.symlink_to(here / "dotfile.toml")
    people.done("settings", "set", "sender.name", "Una Quist")
    assert kept.is_symlink()
    assert "Una Quist" in (here / "dotfile.toml").read_text(encoding="utf-8")


def run_settings(people: Runner, store: Path) -> str:
    return people.bare("--store", str(store), "settings").out


def test_a_store_that_comes_with_a_wal_gets_our_journal(people: Runner) -> None:
    """The doctor names it, and the next change ends it."""
    with closing(sqlite3.connect(people.store)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    assert "WAL" in people.done("doctor").out
    people.done("note", "wren", "tea")
    assert "WAL" not in people.done("doctor").out
    with closing(sqlite3.connect(people.store)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not people.store.with_name("relcard.db-wal").exists()


def test_old_partial_copies_are_cleared_by_the_next_backup(people: Runner) -> None:
    """What a killed backup left goes; what may still be written stays."""
    old, young = (people.store.with_name(f".relcard.db.{name}.partial") for name in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    people.done("backup")
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize("letters", [("x" * 200_000,), ("ab " * 60_000,)], ids=["one word", "many words"])
def test_a_name_without_end_is_cut_on_the_screen(run: Runner, letters: tuple[str]) -> None:
    """One endless name makes no table endless, and no refusal."""
    (name,) = letters
    cards = vcard(f"Una {name}") + b"".join(vcard(f"Person Number{number}") for number in range(40))
    assert run("import", "-", stdin=cards).code in (0, 5)
    run("note", "una", name)
    run("relation", "Number1", f"kind {name}", "una")
    pages = [("show", "una"), ("household", "show", "una"), ("relation", "una"), ("upcoming",), ("history",)]
    for words in (("list",), ("print", "labels", "una"), ("circle", "close", "una"), *pages):
        result = run(*words)
        assert result.code != 1
        assert len(result.out) + len(result.err) < 20_000, words
    assert len(run.done("show", "una").out) < 3_000
    if " " in name:  # a word of that length is none
        assert len(run.done("show", "una", "--full").out) > len(name)


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("words", [("edit", "wren"), ("draft", "edit", "wren")], ids=" ".join)
def test_what_was_typed_outlives_a_closed_window(
    near: Runner, editor: Callable[[str], Path], words: tuple[str, ...], sent: signal.Signals
) -> None:
    """A terminal that is closed over an open editor leaves what was saved beside the store."""
    near.done("season", "start", "christmas")
    editor(f"""sed -i 's/.*/& typed/' "$1"; kill -{int(sent)} $PPID; sleep 5""")
    code, err = _given(near, *words)
    assert code in (3, 130)
    kept = [path for path in near.store.parent.iterdir() if "not-kept" in path.name]
    assert len(kept) == 1, err
    assert "typed" in kept[0].read_text(encoding="utf-8")
    assert str(kept[0]) in err


@pytest.mark.parametrize("words", [("edit", "wren"), ("draft", "edit", "wren")], ids=" ".join)
def test_a_page_open_when_relcard_was_killed_is_named_the_next_time(
    near: Runner, editor: Callable[[str], Path], words: tuple[str, ...]
) -> None:
    """What was saved stands beside the store and is named until it is taken away; an untouched page goes."""
    near.done("season", "start", "christmas")

    def left() -> list[Path]:
        return list(near.store.parent.glob("relcard.db.page-*"))

    editor("""sed -i 's/.*/& typed/' "$1"; kill -9 $PPID""")
    assert _given(near, *words)[0] == -signal.SIGKILL
    (folder,) = left()
    editor("true")
    result = near(*words)
    (typed,) = [path for path in folder.iterdir() if "typed" in path.read_text(encoding="utf-8")]
    assert str(typed) in result.err
    assert left() == [folder]  # its own page is gone again
    shutil.rmtree(folder)
    editor("kill -9 $PPID")
    _given(near, *words)
    assert len(left()) == 1
    editor("true")
    assert "open when" not in near(*words).err
    assert not left()


def test_restore_refuses_what_no_command_could_read(people: Runner) -> None:
    """An archive with a day that is none is refused as the doctor would refuse it; the store stays."""
    people.done("export", "--format", "archive", "-o", "whole.zip")
    with closing(sqlite3.connect(people.store)) as db, db:
        db.execute("UPDATE contact SET added_on = 'spring' WHERE name = 'Aunt Wren'")
    people.done("export", "--format", "archive", "-o", "broken.zip")
    doctor = people("doctor")
    assert doctor.code == 3
    assert 'contact.added_on (Aunt Wren) cannot be read: "spring"' in doctor.out
    people.done("restore", "whole.zip")
    before = people.bytes
    result = people("restore", "broken.zip")
    assert result.code == 3
    assert "nothing was changed" in result.err
    assert "Aunt Wren" in result.err
    assert people.bytes == before

from __future__ import annotations

import csv
import io
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import backups
from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner

FINDING_KEYS = {"damage", "message", "who", "source", "line", "next_step"}


def _damage(run: Runner) -> None:
    """Flip a bit in the card of Anna Kowalska, as a disk that grows old does."""
    data = run.bytes
    at = data.index(b"UID:", data.index(b"FN:Anna Kowalska") - 200)
    run.store.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_backup_says_where_it_is(people: Runner) -> None:
    """A backup is one line: where, how large, and that it was looked at."""
    result = people.done("backup")
    path = people.store.parent / "backups" / "relcard-2026-11-20.db"
    assert path.exists()
    assert str(path) in result.out
    assert "verified" in result.out
    (said,) = people.done("backup", "--json").json["backups"]
    assert said["path"].endswith("relcard-2026-11-20-2.db")
    assert said["on"] == "2026-11-20"


def test_backup_to_a_file(people: Runner, here: Path) -> None:
    """With -o it goes where it was told, again and again, 0600."""
    for _ in range(2):
        people.done("--quiet", "backup", "-o", "copy.db")
    assert stat.S_IMODE((here / "copy.db").stat().st_mode) == 0o600
    assert people("backup", "-o", str(people.store)).code == 2


def test_backup_without_a_store(run: Runner) -> None:
    """Where there is no store there is nothing to copy, and none is made."""
    result = run("backup")
    assert result.code == 3
    assert "relcard import" in result.err
    assert not run.store.exists()
    assert "no backup yet" in run.done("backup", "--list").out


def test_backups_are_listed_newest_first(people: Runner) -> None:
    """The list has day, kind and size of every copy."""
    people.done("backup", today="2026-11-01")
    people.done("backup")
    said = people.done("backup", "--list", "--json").json["backups"]
    assert [(one["on"], one["kind"]) for one in said] == [
        ("2026-11-20", "by hand"),
        ("2026-11-01", "by hand"),
    ]
    assert all(one["bytes"] > 1000 and Path(one["path"]).exists() for one in said)
    out = people.done("backup", "--list").out
    assert out.index("20 Nov") < out.index("1 Nov")


def _card(name: str) -> bytes:
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n".encode()


def test_import_keeps_a_copy_when_it_changes_something(people: Runner, here: Path) -> None:
    """The first import of a day that adds to an address book keeps a copy; unchanged and dry ones do not."""
    (here / "one.vcf").write_bytes(_card("Una Quist"))
    (here / "two.vcf").write_bytes(_card("Duo Quist"))
    people.done("import", "--dry-run", "one.vcf")
    assert backups.listed(str(people.store)) == []
    people.done("import", "one.vcf")
    people.done("import", "one.vcf")
    people.done("import", "two.vcf")
    (kept,) = backups.listed(str(people.store))
    assert kept.kind == "automatic"
    with closing(sqlite3.connect(kept.path)) as db:
        assert db.execute("SELECT count(*) FROM contact WHERE name LIKE '% Quist'").fetchone()[0] == 0


def test_merge_keeps_a_copy(people: Runner) -> None:
    """Before two contacts become one, the store as it was is kept; a dry run keeps nothing."""
    words = ("merge", "Grace Okafor", "Hannah Weber", "--take", "first")
    people.done(*words, "--dry-run")
    assert backups.listed(str(people.store)) == []
    people.done(*words)
    (kept,) = backups.listed(str(people.store))
    with closing(sqlite3.connect(kept.path)) as db:
        found = db.execute("SELECT count(*) FROM contact WHERE name IN (?, ?)", words[1:3])
        assert found.fetchone()[0] == 2


def test_first_import_of_all_keeps_no_copy(run: Runner, here: Path) -> None:
    """There is nothing to lose in an empty store."""
    (here / "one.vcf").write_bytes(_card("Una Quist"))
    run.done("import", "one.vcf")
    assert not (run.store.parent / "backups").exists()


@pytest.mark.parametrize("kind", ["backup", "archive"])
def test_restore_brings_everything_back(near: Runner, here: Path, kind: str) -> None:
    """What was lost after a backup or an archive is there again, circles too, and the way back is named."""
    if kind == "backup":
        near.done("backup", "-o", "kept")
    else:
        near.done("export", "--format", "archive", "-o", "kept")
    before = near.done("list", "--json").json
    near.done("circle", "wide", "Anna Kowalska")
    assert near.done("list", "--json").json != before
    look = near.done("restore", "--dry-run", "kept").out
    assert "nothing was changed" in look
    assert near.done("list", "--json").json != before
    out = near.done("restore", "kept").out
    assert near.done("list", "--json").json == before
    assert "relcard restore relcard-2026-11-20-restore.db" in out
    near.done("restore", "relcard-2026-11-20-restore.db")  # a plain name is looked for among the backups
    assert near.done("list", "--circle", "wide", "--json").json != before


def test_restore_for_scripts(near: Runner) -> None:
    """The JSON of a restore has the counts and where the old store is."""
    near.done("backup", "-o", "kept.db")
    (said,) = near.done("restore", "kept.db", "--json").json["restored"]
    assert set(said) == {"path", "contacts", "cards", "contacts_before", "was_sound", "set_aside"}
    assert said["was_sound"] is True
    assert said["contacts"] == said["contacts_before"] > 20
    assert Path(said["set_aside"]).exists()


def test_restore_of_what_is_no_backup(near: Runner, sample: Path) -> None:
    """A vCard file is not restored but imported, and the message says so."""
    before = near.bytes
    result = near("restore", str(sample))
    assert result.code == 3
    assert "relcard import" in result.err
    assert near("restore", "nowhere.db").code == 3
    assert near.bytes == before


def test_doctor_of_a_sound_store(people: Runner) -> None:
    """Nothing to find: one calm line, exit 0, and the advice to make a first backup."""
    out = people.done("doctor").out
    assert "The store is whole" in out
    assert "relcard backup" in out
    people.done("backup")
    assert "newest backup: Fri 20 Nov" in people.done("doctor").out
    said = people.done("doctor", "--json").json
    assert said["findings"] == []
    assert said["newest_backup"] == "2026-11-20"
    assert said["contacts"] > 20
    assert said["cards"] > 20


def test_doctor_names_the_damaged_card(people: Runner) -> None:
    """A flipped bit ends with exit 3, the name, the file and the line, and a step that repairs it."""
    people.done("backup")
    _damage(people)
    result = people("doctor")
    assert result.code == 3
    assert "Anna Kowalska" in result.out
    assert "sample_contacts.vcf:" in result.out
    assert "relcard restore relcard-2026-11-20.db" in result.out
    assert "30 of 31 vCards can be read" in result.out
    said = people("doctor", "--json").json["findings"]
    assert keys_of(said) == FINDING_KEYS
    assert said[0]["who"] == "Anna Kowalska"
    people.done("restore", "relcard-2026-11-20.db")
    assert people("doctor").code == 0


def test_doctor_without_a_backup_names_the_file_that_was_imported(people: Runner) -> None:
    """Where there is no copy, the vCards may still be there."""
    _damage(people)
    assert "import sample_contacts.vcf" in people("doctor").out


def test_doctor_of_a_store_that_is_none(people: Runner) -> None:
    """A destroyed store is said to be so, in words, with the newest backup."""
    people.done("backup")
    people.store.write_bytes(b"\x00" * 5000)
    result = people("doctor")
    assert result.code == 3
    assert "relcard restore relcard-2026-11-20.db" in result.out
    out = people.done("restore", "relcard-2026-11-20.db").out
    assert "Go back" not in out
    assert "relcard-2026-11-20-damaged.db" in out
    people.done("show", "Anna Kowalska")


def test_store_with_a_damaged_index_is_rescued(people: Runner, here: Path) -> None:
    """The doctor's own advice leads from a store that cannot be listed to a sound one with everything in it."""
    before = people.done("list", "--json").json
    with closing(sqlite3.connect(people.store)) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'interaction_by_contact'"
        ).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = people.bytes
    people.store.write_bytes(data[: (page - 1) * size] + bytes(size) + data[page * size :])
    assert people("list").code == 3
    steps = [one["next_step"] for one in people("doctor", "--json").json["findings"]]
    assert "relcard doctor --rescue rescued.db" in steps
    assert "relcard restore" in people.done("doctor", "--rescue", "rescued.db").out
    people.done("restore", "rescued.db")
    assert people.done("list", "--json").json == before
    assert people("doctor", "--rescue", "again.db").code == 2


def test_doctor_without_a_store(run: Runner) -> None:
    """Nothing is wrong with a store that is not there yet, and none is made."""
    assert "no store" in run.done("doctor").out
    assert run.done("doctor", "--json").json["findings"] == []
    assert not run.store.exists()


def test_doctor_looks_beside_the_store(people: Runner) -> None:
    """Settings that cannot be read, an open file and the rest of an interrupted copy are all named."""
    people.store.with_suffix(".toml").write_text("language = [")
    people.store.chmod(0o640)
    rest = people.store.parent / f".{people.store.stem}-2026-11-01.db.x{backups.PARTIAL}"
    rest.write_bytes(b"")
    result = people("doctor")
    assert result.code == 3
    assert "TOML" in result.out
    assert f"chmod 600 {people.store}" in result.out
    assert f"rm {rest}" in result.out


def test_doctor_shows_no_escape_sequence(run: Runner, here: Path) -> None:
    """A name that could steer a terminal is shown, not obeyed, whatever is wrong with its card."""
    (here / "a.vcf").write_bytes(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEND:VCARD\r\n")
    run.done("import", "a.vcf")
    with closing(sqlite3.connect(run.store)) as db:
        db.execute("UPDATE contact SET name = 'A\x1b[2Jb'")
        db.execute("UPDATE vcard SET raw = x'00'")
        db.commit()
    result = run("doctor")
    assert result.code == 3
    assert "\x1b[2J" not in result.out
    assert "A\\x1b[2Jb" in result.out


def test_archive_goes_into_a_pipe_as_it_is(near: Runner, here: Path) -> None:
    """What is written to standard output is the archive and nothing else."""
    with (here / "out").open("wb") as out:
        words = ["--store", str(near.store), "export", "--format", "archive"]
        subprocess.run([sys.executable, "-m", "relcard", *words], check=True, stdout=out)
    near.done("export", "--format", "archive", "-o", "file.zip")
    assert (here / "out").read_bytes() == (here / "file.zip").read_bytes()


def test_export_keeps_what_is_private(near: Runner) -> None:
    """Circles, notes and facts are in an archive, and in csv and json only when asked for; never in vcf."""
    near.done("note", "Anna Kowalska", "canary-note")
    near.done("fact", "Anna Kowalska", "bread", "canary-fact")
    for words in (["vcf"], ["csv"], ["json"]):
        raw = near.done("export", "--format", *words).raw
        assert b"canary" not in raw
        assert b'"inner"' not in raw
        assert b",inner" not in raw
    said = near.done("export", "--format", "json", "--private").json["contacts"]
    anna = next(one for one in said if one["name"] == "Anna Kowalska")
    assert anna["notes"][0]["text"] == "canary-note"
    assert anna["circle"] == "close"
    text = near.done("export", "--format", "csv", "--private").raw.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["circle"] for row in rows} >= {"inner", "close", "friend"}
    assert near("export", "--format", "vcf", "--private").code == 2


def test_every_export_can_be_a_file(near: Runner, here: Path) -> None:
    """Each format goes to a file of mode 0600 with one line that says so."""
    for name in ("vcf", "csv", "json", "archive"):
        out = near.done("export", "--format", name, "-o", f"all.{name}").out
        assert f"all.{name}" in out
        assert stat.S_IMODE((here / f"all.{name}").stat().st_mode) == 0o600

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

from relcard.store.file import backups

if TYPE_CHECKING:
    from tests.support.command_line import Runner


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

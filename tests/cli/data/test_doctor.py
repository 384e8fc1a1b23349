from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from relcard import installation
from relcard.store.file import backups
from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.support.command_line import Runner

FINDING_KEYS = {"damage", "message", "who", "source", "line", "next_step"}


def _damage(run: Runner) -> None:
    """Flip a bit in the card of Anna Kowalska, as a disk that grows old does."""
    data = run.bytes
    at = data.index(b"UID:", data.index(b"FN:Anna Kowalska") - 200)
    run.store.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


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


def test_doctor_says_which_extras_are_there(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words and for scripts, also without a store; what is missing has the command that brings it."""
    monkeypatch.setattr(installation, "has_extra", lambda name: name == "tui")
    out = run.done("doctor").out
    assert "tui, the full-screen pages: there" in out
    assert "cjk, Chinese, Japanese and Korean on paper: not there" in out
    assert installation.bring_extra("cjk") in out
    extras = {extra["name"]: extra for extra in run.done("doctor", "--json").json["extras"]}
    assert [name for name, extra in extras.items() if extra["there"]] == ["tui"]
    assert (extras["tui"]["next_step"], extras["cjk"]["next_step"]) == ("", installation.bring_extra("cjk"))
    assert run.done("--quiet", "doctor").out.count("on paper") == 0

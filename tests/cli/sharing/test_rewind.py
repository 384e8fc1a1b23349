"""`restore` of a list on two laptops, and `restore --rewind`, which takes the list back on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.store.file.database import session
from relcard.store.sharing import ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

Couple = tuple["Runner", "Runner"]


def names(run: Runner) -> list[str]:
    return sorted(contact["name"] for contact in run.done("list", "--json").json["contacts"])


def tables(run: Runner) -> str:
    with session(str(run.store)) as db:
        return ledger.tables_hash(db)


@pytest.fixture
def kept(couple: Couple) -> str:
    """Keep a backup of the first laptop, behind which both go on: one deletes three, the other adds."""
    one, other = couple
    kept = str(one.store.with_name("kept.db"))
    one.done("note", "anna kowalska", "of the own book")
    one.done("backup", "-o", kept)
    one.done("delete", *sorted({*names(one)} - {"Anna Kowalska"})[:3], "--yes")
    one.done("note", "anna kowalska", "said later")
    other.done("add", "Nora Quell")
    for run in (one, other, one):
        run.done("share")
    return kept


def test_restore_asks_where_the_list_has_later_steps(
    couple: Couple, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is done until it is said that the later steps come back, or that the list is to be rewound."""
    one, _ = couple
    before = one.bytes
    refused = one("restore", kept)
    assert refused.code == 6
    assert "has 2 later steps; they come back at the next share" in refused.err
    assert f"{kept} --yes" in refused.err
    assert f"{kept} --rewind" in refused.err
    monkeypatch.setattr("relcard.cli.data.restore.is_terminal", lambda: True)
    assert one("restore", kept, stdin=b"s\n").code == 6
    assert one.bytes == before
    assert "as in kept.db" in one("restore", kept, stdin=b"r\n").out
    one.done("undo")
    assert "2 later steps" in one("restore", kept, stdin=b"g\n").out
    one.done("share")
    assert "Nora Quell" in names(one)


def test_a_list_is_rewound_on_both_laptops(couple: Couple, kept: str) -> None:
    """All is as in the backup, the own book too, on both; one undo brings back on both what there was."""
    one, other = couple
    before, stood = one.bytes, (names(one), tables(one))
    look = one.done("restore", kept, "--rewind", "--dry-run").out
    assert "would be as in kept.db, without 2 later steps" in look
    assert "contacts" in look
    assert "Nora Quell" in look
    assert one.bytes == before
    (said,) = one.done("restore", kept, "--rewind", "--json").json["rewound"]
    assert said["later_steps"] == 2
    assert {row["table"]: (row["gone"], row["back"], row["changed"]) for row in said["tables"]}[
        "contact"
    ] == (
        1,
        3,
        0,
    )
    assert "Nora Quell" not in names(one)
    page = one.done("show", "anna kowalska").out
    assert "of the own book" in page
    assert "said later" not in page
    one.done("doctor")
    one.done("share")
    other.done("share")
    assert names(other) == names(one)
    assert tables(other) == tables(one)
    assert "restore --rewind kept.db" in other.done("history").out
    one.done("undo")
    assert (names(one), tables(one)) == stood
    assert "said later" in one.done("show", "anna kowalska").out
    for run in couple:
        run.done("share")
        run.done("doctor")
    assert tables(other) == tables(one)


def test_a_mass_is_asked_about_on_both(couple: Couple) -> None:
    """A rewind by which many contacts go says the number that `share` wants on each laptop."""
    one, other = couple
    kept = str(one.store.with_name("kept.db"))
    one.done("backup", "-o", kept)
    for number in range(8):
        one.done("add", f"Guest {number}")
    one.done("share")
    other.done("share")
    assert "relcard share --allow-deletes 8" in one.done("restore", kept, "--rewind", "--dry-run").out
    assert "relcard share --allow-deletes 8" in one.done("restore", kept, "--rewind").out
    for run in couple:
        assert run("share").code == 6
        run.done("share", "--allow-deletes", "8")
    assert names(other) == names(one)
    assert tables(other) == tables(one)


def test_what_cannot_be_rewound(couple: Couple, kept: str, tmp_path: Path) -> None:
    """An archive, a backup of the other laptop, a store that shares nothing: said, and nothing changed."""
    one, other = couple
    before = one.bytes
    one.done("export", "--format", "archive", "-o", str(tmp_path / "all.zip"))
    other.done("backup", "-o", str(tmp_path / "hers.db"))
    with session(str(one.store)) as db, session(str(other.store)) as hers:
        name = ledger.standing(db).name  # type: ignore[union-attr]
        hers.execute("UPDATE share_list SET name = ?", (name,))
    other.done("backup", "-o", str(tmp_path / "called-alike.db"))
    for file, words in (
        ("all.zip", "is not of the list"),
        ("hers.db", "is of another laptop, Jan's laptop"),
        ("called-alike.db", f"is of another laptop, {name}"),
    ):
        refused = one("restore", str(tmp_path / file), "--rewind")
        assert refused.code == 3
        assert words in refused.err
    assert one.bytes == before
    one.done("share", "stop", "--yes")
    assert "The backup shares a list" in one.done("restore", kept, "--dry-run").out
    refused = one("restore", kept, "--rewind")
    assert refused.code == 3
    assert "shares no list" in refused.err

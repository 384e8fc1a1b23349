"""Two relcards at once: each waits for the other, and nothing of either is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from relcard.store.file import checks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.laptop import Laptop


def test_both_write(laptop: Laptop, sample: Path, dose: Callable[[int, int], int]) -> None:
    """Of two that write as fast as they can neither is turned away, and every word of both is there."""
    laptop.command("import", str(sample))
    number = dose(25, 250)

    def writer(name: str) -> Callable[[], int]:
        def work() -> int:
            return max(laptop.command("note", "Anna Kowalska", f"{name} {one}") for one in range(number))

        return work

    children = [laptop.started(writer(name)) for name in ("one", "two")]
    assert [laptop.ended(child) for child in children] == [0, 0]
    with closing(sqlite3.connect(laptop.store)) as db:
        found = {row[0] for row in db.execute("SELECT text FROM note")}
    assert found == {f"{name} {one}" for name in ("one", "two") for one in range(number)}
    assert checks.examine(str(laptop.store)).findings == []


def test_both_make_the_store(laptop: Laptop, dose: Callable[[int, int], int]) -> None:
    """Two that begin in the same moment, with no store yet, share the one that comes to be."""
    for name in ("Una", "Duo"):
        (laptop.folder / f"{name}.vcf").write_text(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name} Quist\r\nUID:{name}\r\nEND:VCARD\r\n"
        )
    for _ in range(dose(5, 100)):
        laptop.store.unlink(missing_ok=True)
        shutil.rmtree(laptop.folder / "backups", ignore_errors=True)  # else a new one is not begun
        children = [
            laptop.started(partial(laptop.command, "import", str(laptop.folder / f"{name}.vcf")))
            for name in ("Una", "Duo")
        ]
        assert [laptop.ended(child) for child in children] == [0, 0]
        with closing(sqlite3.connect(laptop.store)) as db:
            assert {row[0] for row in db.execute("SELECT name FROM contact")} == {"Una Quist", "Duo Quist"}

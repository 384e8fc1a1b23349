"""kill -9 at random moments: the store is whole, a piece of work is there wholly or not at all, and can be done again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.services.data.check_pictures import check_pictures
from relcard.store import migrations
from relcard.store import pictures
from relcard.store.file import backups
from relcard.store.file import checks
from relcard.store.file import picture_folder
from relcard.store.file.database import session
from tests.support.pictures import from_camera

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from tests.support.laptop import Laptop

    Moments = Callable[[float], Iterator[float]]

V001 = Path(__file__).parents[1] / "data" / "stores" / "v001.sql"


def _cards(number: int) -> str:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u{one}\r\nFN:Given{one} Family{one}\r\nN:Family{one};Given{one};;;\r\n"
        f"ADR:;;Street {one % 97};Leeds;;LS1 4DY;United Kingdom\r\nNOTE:{'likes tea ' * 20}\r\nEND:VCARD\r\n"
        for one in range(number)
    )


def _is_sound(path: Path) -> bool:
    return checks.examine(str(path)).is_sound


def test_import(laptop: Laptop, moments: Moments, dose: Callable[[int, int], int], sample: Path) -> None:
    """An import that is killed has taken in every card or none, and ends when it is given again."""
    more = laptop.folder / "more.vcf"
    more.write_text(_cards(150))
    laptop.command("import", str(sample))
    kept = laptop.folder / "kept"
    shutil.copy(laptop.store, kept)
    before = laptop.content()

    def work() -> int:
        return int(laptop.command("import", str(more)))

    seconds = laptop.takes(work)
    after = laptop.content()
    assert after != before
    ways = set()
    for moment in moments(seconds * 1.1):
        shutil.copy(kept, laptop.store)
        shutil.rmtree(laptop.folder / "backups", ignore_errors=True)
        laptop.killed(work, moment)
        assert _is_sound(laptop.store)
        found = laptop.content()
        assert found in (before, after)
        ways.add(found == after)
        assert all(_is_sound(one.path) for one in backups.listed(str(laptop.store)))
        if found == before:
            assert work() == 0
            assert laptop.content() == after
    assert len(ways) >= dose(1, 2)  # both ends are met in the full dose; in the small one chance decides


def test_migration(laptop: Laptop, moments: Moments) -> None:
    """A change of format that is killed leaves the old format or the new one, with every row."""
    kept = laptop.folder / "kept"
    with closing(sqlite3.connect(kept)) as db:
        db.executescript(V001.read_text(encoding="utf-8"))
        db.executemany(
            "INSERT INTO note (contact_id, noted_on, text) VALUES (1, '2026-11-20', ?)",
            [("tea " * 50,)] * 3000,
        )
        db.commit()
    kept.chmod(0o600)
    shutil.copy(kept, laptop.store)

    def work() -> int:
        return int(laptop.command("history"))

    seconds = laptop.takes(work)
    after = laptop.content()
    for moment in moments(seconds * 1.1):
        shutil.copy(kept, laptop.store)
        shutil.rmtree(laptop.folder / "backups", ignore_errors=True)
        laptop.killed(work, moment)
        found = checks.examine(str(laptop.store))
        assert found.is_sound
        assert found.version in (1, migrations.LATEST)
        if found.version > 1:  # never without a copy of what was before
            (copy,) = backups.listed(str(laptop.store))
            assert _is_sound(copy.path)
        assert laptop.content() == after


def test_export(laptop: Laptop, moments: Moments, sample: Path) -> None:
    """An export that is killed leaves the file of before or the new one, never half of it."""
    laptop.command("import", str(sample))
    file = laptop.folder / "all.zip"

    def work() -> int:
        return int(laptop.command("export", "--format", "archive", "-o", str(file)))

    seconds = laptop.takes(work)
    whole, store = file.read_bytes(), laptop.store.read_bytes()
    for moment in moments(seconds * 1.1):
        file.write_bytes(b"PK\x03\x04 of before")
        laptop.killed(work, moment)
        assert file.read_bytes() in (b"PK\x03\x04 of before", whole)
        assert laptop.store.read_bytes() == store


def test_backup(laptop: Laptop, moments: Moments, sample: Path) -> None:
    """A backup that is killed is a whole one or none; what it left over is named by the doctor."""
    more = laptop.folder / "more.vcf"
    more.write_text(_cards(150))
    laptop.command("import", str(sample), str(more))
    store = laptop.store.read_bytes()

    def work() -> int:
        return int(laptop.command("backup"))

    seconds = laptop.takes(work)
    for moment in moments(seconds * 1.1):
        shutil.rmtree(laptop.folder / "backups")
        laptop.killed(work, moment)
        found = backups.listed(str(laptop.store))
        assert all(_is_sound(one.path) for one in found)
        left = set((laptop.folder / "backups").glob("*")) - {one.path for one in found}
        assert left == set(backups.leftovers(str(laptop.store)))
        assert laptop.store.read_bytes() == store
        assert work() == 0
        assert len(backups.listed(str(laptop.store))) == len(found) + 1


def test_restore(laptop: Laptop, moments: Moments, sample: Path) -> None:
    """A restore that is killed leaves the store of before or the one restored."""
    laptop.command("import", str(sample))
    laptop.command("backup", "-o", str(laptop.folder / "kept.db"))
    wanted = laptop.content()
    more = laptop.folder / "more.vcf"
    more.write_text(_cards(100))
    laptop.command("import", str(more))
    present = laptop.folder / "present"
    shutil.copy(laptop.store, present)
    before = laptop.content()

    def work() -> int:
        return int(laptop.command("restore", str(laptop.folder / "kept.db")))

    seconds = laptop.takes(work)
    for moment in moments(seconds * 1.1):
        shutil.copy(present, laptop.store)
        shutil.rmtree(laptop.folder / "backups", ignore_errors=True)
        laptop.killed(work, moment)
        assert _is_sound(laptop.store)
        assert laptop.content() in (before, wanted)
        assert work() == 0
        assert laptop.content() == wanted


def test_pictures_of_a_card(
    laptop: Laptop, moments: Moments, dose: Callable[[int, int], int], sample: Path
) -> None:
    """A picture whose keeping is killed has its file or no row; what it left over is named by the doctor."""
    laptop.command("import", str(sample))
    card, kept = laptop.folder / "card.jpg", laptop.folder / "kept"
    card.write_bytes(from_camera(300, 200))
    shutil.copy(laptop.store, kept)

    def work() -> int:
        return int(laptop.command("picture", "Kowalska", str(card)))

    seconds = laptop.takes(work)
    for moment in islice(moments(seconds * 1.1), dose(3, 200)):
        shutil.copy(kept, laptop.store)
        shutil.rmtree(picture_folder.folder_of(laptop.store))
        laptop.killed(work, moment)
        assert _is_sound(laptop.store)
        with session(str(laptop.store)) as db:
            assert not any(finding.is_damage for finding in check_pictures(db, str(laptop.store)))
            pictured = len(pictures.of_contacts(db, range(1, 100)))
        there = [path for path in picture_folder.folder_of(laptop.store).rglob("*") if path.is_file()]
        assert pictured <= len(there)
        assert {*there} == {*picture_folder.every(laptop.store), *picture_folder.leftovers(laptop.store)}
        assert work() == 0

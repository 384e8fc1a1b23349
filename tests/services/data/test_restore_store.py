"""A store brought back whole, or rebuilt from its rows."""

from __future__ import annotations

import hashlib
import io
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.errors import FileError
from relcard.errors import RelcardError
from relcard.errors import StoreError
from relcard.errors import UsageError
from relcard.services.data.restore_store import rescue_store
from relcard.services.data.restore_store import restore_store
from relcard.store import contacts
from relcard.store import migrations
from relcard.store import pictures
from relcard.store.file import backups
from relcard.store.file import checks
from relcard.store.file import checksums
from relcard.store.file import journal
from relcard.store.file import picture_folder
from relcard.store.file.database import open_store
from tests.support.book import TODAY
from tests.support.book import archive_of
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book

V001 = Path(__file__).parents[2] / "data" / "stores" / "v001.sql"


@pytest.fixture
def kept(book: Book, today: date, store_path: str, tmp_path: Path) -> dict[str, Path]:
    """Fill a store, keep it in both ways, and then lose a contact of it."""
    book.imported(card("Anna Nowak", street="High Street 1"), card("Jan Nowak", "BDAY:spring"))
    book.circle(Circle.CLOSE, "Anna Nowak")
    book.start()
    archive = tmp_path / "all.zip"
    archive.write_bytes(archive_of(book.db))
    copy = backups.back_up(store_path, tmp_path / "copy.db", today=today)
    for table in ("recipient", "membership", "vcard", "contact"):
        book.db.execute(f"DELETE FROM {table}")
    checksums.seal_all(book.db)
    return {"backup": copy, "archive": archive}


def _names(path: str) -> list[str]:
    with closing(open_store(path)) as db:
        return [one.name for one in contacts.listing(db)]


@pytest.mark.parametrize("kind", ["backup", "archive"])
def test_store_comes_back(
    kept: dict[str, Path],
    kind: str,
    store_path: str,
    today: date,
    tmp_path: Path,
) -> None:
    """A backup and an archive give the same store back, row by row, and nothing is left lying about."""
    done = restore_store(kept[kind], store_path, today=today)
    assert (done.contacts, done.cards, done.contacts_before) == (2, 2, 0)
    with closing(open_store(store_path)) as db, closing(open_store(str(kept["backup"]))) as before:
        assert dump(db) == dump(before)
    assert checks.examine(store_path).findings == []
    assert backups.leftovers(store_path) == []
    assert {one.name for one in tmp_path.iterdir()} == {"relcard.db", "backups", "copy.db", "all.zip"}
    assert stat.S_IMODE(Path(store_path).stat().st_mode) == 0o600


def test_there_is_a_way_back(kept: dict[str, Path], store_path: str, today: date) -> None:
    """What stood before a restore is kept, and restoring that takes the restore back."""
    assert _names(store_path) == []
    done = restore_store(kept["backup"], store_path, today=today)
    assert done.set_aside is not None
    restore_store(done.set_aside, store_path, today=today)
    assert _names(store_path) == []


def test_undo_reaches_behind_a_restored_backup(kept: dict[str, Path], store_path: str, today: date) -> None:
    """A backup brings its steps along; an archive begins anew."""
    for kind, steps in (("backup", 3), ("archive", 0)):
        restore_store(kept[kind], store_path, today=today)
        with closing(open_store(store_path)) as db:
            assert db.execute("SELECT count(*) FROM journal_step").fetchone()[0] == steps


def test_dry_run_changes_nothing(kept: dict[str, Path], store_path: str, today: date, tmp_path: Path) -> None:
    """A look first tells the counts and leaves store and folder as they were."""
    before = Path(store_path).read_bytes()
    done = restore_store(kept["archive"], store_path, today=today, dry_run=True)
    assert (done.contacts, done.set_aside) == (2, None)
    assert Path(store_path).read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_restore_into_nothing(kept: dict[str, Path], today: date, tmp_path: Path) -> None:
    """On a new computer there is no store yet: it is made, 0600, with its folder."""
    path = tmp_path / "new" / "relcard.db"
    done = restore_store(kept["archive"], str(path), today=today)
    assert done.set_aside is None
    assert _names(str(path)) == ["Anna Nowak", "Jan Nowak"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_damaged_store_is_replaced_and_set_aside(
    kept: dict[str, Path], book: Book, store_path: str, today: date
) -> None:
    """The store that cannot be read any more is kept byte for byte, and the backup stands in its place."""
    book.db.close()
    Path(store_path).write_bytes(b"\xff" * 9000)
    done = restore_store(kept["backup"], store_path, today=today)
    assert _names(store_path) == ["Anna Nowak", "Jan Nowak"]
    assert done.set_aside is not None
    assert done.set_aside.read_bytes() == b"\xff" * 9000


def test_older_backup_is_brought_up_to_date(store_path: str, today: date, tmp_path: Path) -> None:
    """A backup of an older format is restored in this one; the backup itself stays as it is."""
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as db:
        db.executescript(V001.read_text(encoding="utf-8"))
    before = old.read_bytes()
    restore_store(old, store_path, today=today)
    assert checks.examine(store_path).version == migrations.LATEST
    assert checks.examine(store_path).findings == []
    assert old.read_bytes() == before
    assert backups.listed(store_path) == []


def test_flipped_bit_in_a_backup_is_refused(kept: dict[str, Path], store_path: str, today: date) -> None:
    """A backup in which one bit of a card changed is named with the card, and the store stays."""
    data = kept["backup"].read_bytes()
    assert b"BDAY:spring" in data
    kept["backup"].write_bytes(data.replace(b"BDAY:spring", b"BDAY:sprino"))
    before = Path(store_path).read_bytes()
    with pytest.raises(RelcardError, match="Jan Nowak"):
        restore_store(kept["backup"], store_path, today=today)
    assert Path(store_path).read_bytes() == before
    assert backups.leftovers(store_path) == []


def test_backup_with_a_trigger_of_a_stranger_is_refused(
    kept: dict[str, Path], store_path: str, today: date
) -> None:
    """A store that would do more than relcard's own is not let in."""
    with closing(sqlite3.connect(kept["backup"])) as db:
        db.execute("CREATE TRIGGER spy AFTER INSERT ON note BEGIN DELETE FROM fact; END")
        db.commit()
    with pytest.raises(RelcardError, match="trigger spy"):
        restore_store(kept["backup"], store_path, today=today)


def _zip(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members:
            file.writestr(name, content)
    return out.getvalue()


def _with_manifest(members: dict[str, bytes]) -> bytes:
    manifest = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items()
    )
    return _zip(*members.items(), ("MANIFEST", manifest.encode()))


def _broken(archive: bytes, how: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        members = {name: file.read(name) for name in file.namelist() if name != "MANIFEST"}
        manifest = file.read("MANIFEST")
    if how == "cut":
        return archive[: len(archive) // 2]
    if how == "flip":
        at = len(archive) // 3
        return archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :]
    if how == "other content":
        members["store.json"] = members["store.json"].replace(b"Anna", b"Anne")
        return _zip(*members.items(), ("MANIFEST", manifest))
    if how == "card changed, manifest too":
        members["store.json"] = members["store.json"].replace(b'"Anna Nowak"', b'"Anna Nowak", 1')
        return _with_manifest(members)
    if how == "orphans":
        at = members["store.json"].index(b'"membership"')
        members["store.json"] = members["store.json"][:at] + members["store.json"][at:].replace(
            b"\n[1, ", b"\n[77, ", 1
        )
        return _with_manifest(members)
    if how == "path":
        return _with_manifest({**members, "../../evil": b""})
    if how == "no manifest":
        return _zip(*members.items())
    assert how == "odd manifest"
    return _zip(*members.items(), ("MANIFEST", b"\xff\n\n  \n"))


@pytest.mark.parametrize(
    "how",
    [
        "cut",
        "flip",
        "other content",
        "card changed, manifest too",
        "orphans",
        "path",
        "no manifest",
        "odd manifest",
    ],
)
def test_archive_that_is_not_whole_is_refused(
    kept: dict[str, Path], how: str, store_path: str, today: date, tmp_path: Path
) -> None:
    """Whatever is wrong with an archive, it is said in a sentence, and neither store nor folder changes."""
    kept["archive"].write_bytes(_broken(kept["archive"].read_bytes(), how))
    before, there = Path(store_path).read_bytes(), sorted(tmp_path.iterdir())
    with pytest.raises(RelcardError) as caught:
        restore_store(kept["archive"], store_path, today=today)
    assert str(kept["archive"]) in caught.value.message
    assert caught.value.hint
    assert Path(store_path).read_bytes() == before
    assert sorted(tmp_path.iterdir()) == there


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"SQLite format 3\0", b"PK\3\4"])
def test_other_files_are_refused(
    kept: dict[str, Path], content: bytes, store_path: str, today: date, tmp_path: Path
) -> None:
    """A vCard, an empty file, a head without a body: none is a backup."""
    path = tmp_path / "other"
    path.write_bytes(content)
    before = Path(store_path).read_bytes()
    with pytest.raises(RelcardError) as caught:
        restore_store(path, store_path, today=today)
    assert caught.value.exit_code == 3
    assert Path(store_path).read_bytes() == before
    with pytest.raises(RelcardError, match="Cannot read"):
        restore_store(tmp_path / "missing", store_path, today=today)
    with pytest.raises(RelcardError, match="itself"):
        restore_store(Path(store_path), store_path, today=today)


def test_too_large_a_member_is_not_read(
    kept: dict[str, Path], store_path: str, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that would fill the memory is refused before it does."""
    from relcard.services.data import restore_store as module

    monkeypatch.setitem(module._SIZES, "store.json", 1000)
    with pytest.raises(RelcardError, match="too large"):
        restore_store(kept["archive"], store_path, today=today)


def _destroy(path: str, *names: str) -> None:
    """Overwrite the first page of some tables or indexes."""
    with closing(sqlite3.connect(path)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        pages = [
            db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
            for name in names
        ]
    data = bytearray(Path(path).read_bytes())
    for page in pages:
        data[(page - 1) * size : page * size] = bytes(size)
    Path(path).write_bytes(data)


@pytest.fixture
def store(book: Book, store_path: str) -> str:
    book.imported(card("Anna Nowak", street="High Street 1"), card("Jan Nowak", "CATEGORIES:choir"))
    book.db.close()
    return store_path


def test_store_with_damaged_indexes_is_built_anew(store: str, today: date, tmp_path: Path) -> None:
    """With its indexes destroyed every row is still saved, and restored the store is what it was."""
    with closing(open_store(store)) as db:
        before = dump(db)
    _destroy(store, "contact_by_name_key", "vcard_by_sha256", "address_by_contact")
    steps = [one.next_step for one in checks.examine(store).findings]
    assert "relcard doctor --rescue rescued.db" in steps
    target = tmp_path / "rescued.db"
    assert rescue_store(store, target) == 2
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    restore_store(target, store, today=today)
    assert checks.examine(store).findings == []
    with closing(open_store(store)) as db:
        assert dump(db) == before


@pytest.mark.parametrize("table", ["contact", "vcard"])
def test_lost_rows_are_not_passed_over(store: str, tmp_path: Path, table: str) -> None:
    """A store that lost rows is not rescued by leaving them out: only a backup helps, and that is said."""
    _destroy(store, table)
    before = {one.name for one in tmp_path.iterdir()}
    with pytest.raises(StoreError) as caught:
        rescue_store(store, tmp_path / "rescued.db")
    assert "backup --list" in caught.value.hint
    assert {one.name for one in tmp_path.iterdir()} == before


def test_damaged_card_is_not_passed_over(store: str, tmp_path: Path) -> None:
    """A card that is not what was imported is named, not carried into a store that looks sound."""
    data = Path(store).read_bytes()
    assert data.count(b"CATEGORIES:choir") == 1
    Path(store).write_bytes(data.replace(b"CATEGORIES:choir", b"CATEGORIES:chois"))
    with pytest.raises(StoreError, match="Jan Nowak"):
        rescue_store(store, tmp_path / "rescued.db")


def test_sound_store_needs_no_rescue(store: str, tmp_path: Path) -> None:
    """Where nothing is damaged nothing is written."""
    for path in (store, str(tmp_path / "missing.db")):
        with pytest.raises(UsageError):
            rescue_store(path, tmp_path / "rescued.db")
    assert not (tmp_path / "rescued.db").exists()


@pytest.fixture
def pictured(book: Book, store_path: str) -> bytes:
    """Keep a picture of Anna Nowak's card; return its SHA-256."""
    book.imported(card("Anna Nowak"))
    with journal.step(book.db, "picture", today=TODAY):
        sha256 = picture_folder.put(store_path, b"a garden under snow")
        pictures.keep(book.db, 1, pictures.Card(pictures.CARD, "2025-12-20"), sha256)
    return sha256


@pytest.mark.parametrize("kind", ["backup", "archive"])
def test_a_lost_laptop_is_whole_again_with_its_pictures(
    pictured: bytes, book: Book, store_path: str, tmp_path: Path, kind: str
) -> None:
    """A backup on another disk has them beside it, an archive within; nothing of the old folder is needed."""
    kept = tmp_path / "usb" / "kept"
    kept.parent.mkdir()
    if kind == "archive":
        kept.write_bytes(archive_of(book.db, store_path))
    else:
        backups.back_up(store_path, kept, today=TODAY)
    shutil.rmtree(picture_folder.folder_of(store_path))
    new = str(tmp_path / "new" / "relcard.db")
    assert restore_store(kept, new, today=TODAY, dry_run=True).pictures_missing == 0
    assert not picture_folder.folder_of(new).exists()
    assert restore_store(kept, new, today=TODAY).pictures_missing == 0
    assert picture_folder.read(new, pictured) == b"a garden under snow"
    with closing(open_store(new)) as db:
        assert pictures.of_contacts(db, [1])[0].sha256 == pictured


def test_daily_copies_hold_no_pictures_and_need_none(
    pictured: bytes, book: Book, store_path: str, tmp_path: Path
) -> None:
    """A copy in backups/ speaks of the folder beside the store, in which the picture still is."""
    copy = backups.back_up(store_path, None, today=TODAY)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    with journal.step(book.db, "remove", today=TODAY):
        pictures.remove(book.db, 1)
    assert restore_store(copy, store_path, today=TODAY).pictures_missing == 0
    new = str(tmp_path / "new" / "relcard.db")
    assert restore_store(copy, new, today=TODAY).pictures_missing == 1  # said, and all else is there
    assert _names(new) == ["Anna Nowak"]


@pytest.mark.parametrize("fault", ["flipped", "misnamed", "stranger"])
def test_an_archive_with_a_bad_picture_is_refused(
    pictured: bytes, book: Book, store_path: str, tmp_path: Path, fault: str
) -> None:
    """Its pictures are verified before anything is changed, as all else in it."""
    name = f"pictures/{pictured.hex()[:2]}/{pictured.hex()}.jpg"
    kept = tmp_path / "bad.zip"
    with (
        zipfile.ZipFile(io.BytesIO(archive_of(book.db, store_path))) as whole,
        zipfile.ZipFile(kept, "w") as bad,
    ):
        other = {
            "flipped": name,
            "misnamed": f"pictures/ab/ab{'0' * 62}.jpg",
            "stranger": "pictures/../x.jpg",
        }
        for each in whole.namelist():
            data = whole.read(each)
            if fault == "flipped":
                data = data.replace(b"under snow", b"under snoW")
            bad.writestr(each.replace(name, other[fault]), data.replace(name.encode(), other[fault].encode()))
    new = tmp_path / "new" / "relcard.db"
    with pytest.raises(FileError, match="not a whole archive"):
        restore_store(kept, str(new), today=TODAY)
    assert not new.exists()
    assert not picture_folder.folder_of(new).exists()

"""A store brought back: from a backup or an archive, or its rows from under damaged indexes."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relcard import record
from relcard.errors import FileError
from relcard.errors import StoreError
from relcard.errors import UsageError
from relcard.files import put_in_place
from relcard.services.data.export import CARDS
from relcard.services.data.export import MANIFEST
from relcard.services.data.export import PICTURES
from relcard.services.data.export import README
from relcard.services.data.export import STORE
from relcard.store import pictures
from relcard.store.file import archive
from relcard.store.file import backups
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.file import picture_folder
from relcard.store.file.database import session
from relcard.store.file.database import upgrade
from relcard.store.sharing import devices
from relcard.store.sharing import ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date

    from relcard.store.file.database import Connection
    from relcard.store.sharing.rewinding import Rewound

_SIZES = {README: 1 << 16, MANIFEST: 1 << 16, CARDS: 1 << 30, STORE: 1 << 30}  # bytes a member may have
_PIECE = 1 << 20  # bytes
_PICTURE = re.compile(rf"{PICTURES}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}\.jpg")
_LARGEST_PICTURE = 1 << 25  # bytes
_SQLITE = b"SQLite format 3\0"
_ZIP = b"PK\3\4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What stands now, or would, and where the store that stood before has been put."""

    contacts: int
    cards: int
    contacts_before: int
    pictures_missing: int  # of those the store speaks of; 0 of a dry run
    set_aside: Path | None  # None: there was no store, or this was a dry run
    later_steps: int | None  # that lie where the list is shared, and come back from there; None: none is
    lists: tuple[str, str]  # that the store shared, and that it shares then: their ids, "" for none
    was_sound: bool  # False: the store that stood before was damaged and cannot be restored
    is_done: bool  # False: this was a dry run, or it was not to go on


@dataclass(frozen=True, slots=True, kw_only=True)
class RewoundList:
    """What of a shared list went back to a backup, or would."""

    rewound: Rewound
    later_steps: int  # that the backup does not know
    pictures_missing: int  # as of `Restored`


def restore_store(
    source: Path,
    store: str,
    *,
    today: date,
    dry_run: bool = False,
    goes_on: Callable[[int], bool] = lambda _: True,
) -> Restored:
    """Put the store that a backup or an archive holds in the place of `store`, which is copied first.

    `goes_on` is asked where the list is shared and has later steps, with their number.

    Raises `FileError` or `StoreError` before anything was changed when the source is not whole.
    """
    real = Path(store)
    with _verified(source, store) as (partial, new):
        before = checks.examine(store) if real.exists() else checks.Examination()  # one in use is not touched
        lists, later = _look_at_lists(store if before.is_sound and real.exists() else "", partial)
        if later and not dry_run:
            dry_run = not goes_on(later)
        kept, missing = None, 0
        if not dry_run:
            kept = backups.set_aside(store, today=today) if real.exists() else None
            missing = _bring_pictures(source, partial, store)
            backups.replace_store(Path(partial), store)
        return Restored(
            contacts=new.contacts,
            cards=new.cards,
            contacts_before=before.contacts,
            pictures_missing=missing,
            set_aside=kept,
            later_steps=later,
            lists=lists,
            was_sound=before.is_sound,
            is_done=not dry_run,
        )


def rewind_list(source: Path, store: str, *, today: date, dry_run: bool = False) -> RewoundList:
    """Bring a store, and so the list it shares, to what a backup of this laptop says, as one step.

    Raises `StoreError` where the backup is of another list or laptop, or not whole; nothing was changed then.
    """
    from relcard.store.sharing.rewinding import rewind  # noqa: PLC0415  25 ms, which no other restore needs

    with _verified(source, store) as (partial, _), session(store) as now, session(partial) as then:
        known, reached = _insist_of_list(source, now, then), ledger.vector(now)
        missing = 0
        if not dry_run:
            journal.leave_wal(now)
            missing = _bring_pictures(source, partial, store)
        rewound = rewind(now, then, f"restore --rewind {source.name}", today=today, dry_run=dry_run)
    return RewoundList(rewound=rewound, later_steps=_behind(reached, known), pictures_missing=missing)


def _insist_of_list(source: Path, now: Connection, then: Connection) -> Mapping[str, int]:
    """Return what a backup knows of the list: the last step of each device. It is of this laptop."""
    list_now, list_then = ledger.standing(now), ledger.standing(then)
    if list_now is None:
        raise StoreError(
            "This laptop shares no list that could be rewound; nothing was changed.",
            hint=f"relcard restore {source.name}",
        )
    if list_then is None or list_then.list_id != list_now.list_id:
        raise StoreError(
            f"{source} is not of the list that this laptop shares; nothing was changed.",
            hint="relcard backup --list shows others. An archive of relcard export has no list in it.",
        )
    known = ledger.vector(then)
    # A laptop that was brought back is a new device of the same name; of that no earlier backup can know.
    may_be_own = list_then.name == list_now.name and list_now.device_id not in known
    if list_then.device_id != list_now.device_id and not may_be_own:
        raise StoreError(
            f"{source} is of another laptop, {list_then.name}, with its own book; nothing was changed.",
            hint=f"Rewind there, or choose a backup of {list_now.name}: relcard backup --list",
        )
    return known


@contextlib.contextmanager
def _verified(source: Path, store: str) -> Iterator[tuple[str, checks.Examination]]:
    """Give a copy of what a backup or an archive holds, in the present format, and what was found in it.

    It is gone in the end. Raises as `restore_store` does.
    """
    real = Path(store)
    if real.exists() and source.exists() and source.samefile(real):
        raise UsageError("That is the store itself.", hint="relcard backup --list shows its backups.")
    partial = backups.partial_beside(store)
    try:
        _read(source, partial)
        _insist(checks.examine(partial), source, partial)  # first as it came: a newer one is not touched
        upgrade(partial)
        new = checks.examine(partial)
        _insist(new, source, partial)
        yield partial, new
    finally:
        with contextlib.suppress(OSError):
            os.unlink(partial)  # noqa: PTH108


def _look_at_lists(store: str, partial: str) -> tuple[tuple[str, str], int | None]:
    """Return which lists the store shares and what comes back does, and the later steps of one they both do.

    A step counts that the store had sent or taken. "" for a store is none.
    """
    with session(partial) as then, session(store) if store else contextlib.nullcontext() as now:
        list_then, list_now = ledger.standing(then), ledger.standing(now) if now else None
        lists = (list_now.list_id if list_now else "", list_then.list_id if list_then else "")
        if now is None or list_now is None or lists[0] != lists[1]:
            return lists, None
        reached = {**ledger.vector(now), list_now.device_id: devices.own_sent(now).last}
        return lists, _behind(reached, ledger.vector(then))


def _behind(reached: Mapping[str, int], known: Mapping[str, int]) -> int:
    """Return how many steps, each device's counted, are behind those that are known."""
    return sum(max(0, step - known.get(device, 0)) for device, step in reached.items())


def _bring_pictures(source: Path, partial: str, store: str) -> int:
    """Put the pictures of a backup or an archive beside a store; return how many it speaks of are missing."""
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as file:
            for name in file.namelist():
                if _PICTURE.fullmatch(name):
                    picture_folder.put(store, file.read(name))
    elif picture_folder.folder_of(source) != picture_folder.folder_of(store):
        picture_folder.carry(source, store)
    with session(partial) as db:
        return sum(
            not picture_folder.is_sound(picture_folder.path_of(store, sha256))
            for sha256 in pictures.every_sha256(db)
        )


def _insist(report: checks.Examination, source: Path, partial: str) -> None:
    damage = next((finding for finding in report.findings if finding.is_damage), None)
    if damage is not None:
        message = damage.message.replace(partial, str(source))
        raise StoreError(
            f"{source} cannot be restored, nothing was changed. {message}",
            hint=damage.next_step or "relcard backup --list shows what else can be restored.",
        )


def _read(source: Path, target: str) -> None:
    try:
        with source.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise FileError(
            f"Cannot read {source}: {error.strerror}.",
            hint="relcard backup --list shows what can be restored.",
        ) from error
    if head == _SQLITE:
        backups.copy(str(source), Path(target))
    elif head.startswith(_ZIP):
        _build(source, target)
    else:
        raise FileError(
            f"{source} is neither a backup nor an archive of relcard.",
            hint="To take in vCards: relcard import FILE.",
        )


def _build(source: Path, target: str) -> None:
    """Build the store an archive holds, once every file in it is found to be what its manifest says."""
    try:
        with zipfile.ZipFile(source) as file:
            _check(file)
            with file.open(STORE) as member:
                archive.build(target, io.TextIOWrapper(member, encoding="utf-8"), source=str(source))
    except OSError as error:
        raise FileError(f"Cannot read {source}: {error}.", hint="Choose another file.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise FileError(
            f"{source} is not a whole archive of relcard: {error}.",
            hint="Choose another archive or backup; nothing was changed.",
        ) from error


def _check(file: zipfile.ZipFile) -> None:
    brought = [name for name in file.namelist() if _PICTURE.fullmatch(name)]
    if sorted(file.namelist()) != sorted({*_SIZES, *brought}):
        raise ValueError(f"it has other files than {', '.join(_SIZES)} and pictures")
    manifest: dict[str, str] = {}
    for line in b"".join(_pieces(file, MANIFEST)).decode().splitlines():
        digest, _, name = line.partition("  ")
        manifest[name] = digest
    for name in (README, CARDS, STORE, *brought):
        digest_here = hashlib.sha256()
        for piece in _pieces(file, name):
            digest_here.update(piece)
        is_called_so = name not in brought or Path(name).stem == digest_here.hexdigest()
        if digest_here.hexdigest() != manifest.get(name) or not is_called_so:
            raise ValueError(f"{name} is not what the manifest says")


def _pieces(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a file of the archive piece by piece; what it says of its own size is not believed."""
    left = _SIZES.get(name, _LARGEST_PICTURE)
    with file.open(name) as member:
        while piece := member.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise ValueError(f"{name} is too large")
            yield piece


def rescue_store(store: str, target: Path) -> int:
    """Write every row of a damaged store to a new one at `target` and return how many contacts it has.

    The steps for undo stay behind. Raises `StoreError` when rows are lost or a vCard is not what it was: then
    only a backup helps.
    """
    if not Path(store).exists() or checks.examine(store).is_sound:
        raise UsageError("There is nothing to rescue.", hint="relcard doctor looks at the store.")
    partial = backups.partial_beside(str(target))
    try:
        archive.rescue(store, partial)
        report = checks.examine(partial)
        damage = next((finding for finding in report.findings if finding.is_damage), None)
        if damage is not None:
            raise StoreError(
                f"The rows of {store} are damaged too: {damage.message.replace(partial, store)}",
                hint="relcard backup --list shows what can be restored.",
            )
        try:
            put_in_place(partial, target)
        except OSError as error:
            raise FileError(
                f"Cannot write {target}: {error.strerror or error}.", hint="Choose another place."
            ) from error
        record.files.append(str(target))
    finally:
        with contextlib.suppress(OSError):
            os.unlink(partial)  # noqa: PTH108
    return report.contacts

"""Copies of the store in a safe place: backup."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import StoreError
from relcard.store.file import backups
from relcard.store.file import picture_folder
from relcard.store.file.database import session

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.backups import Backup


@click.command(short_help="Copy the store to a safe place.")
@click.option(
    "-o", "path", type=params.STORE_FILE, metavar="FILE", help="Where to; else backups/ beside the store."
)
@click.option("--list", "list_", is_flag=True, help="List the copies there are.")
@params.as_json
@pass_desk
def backup(desk: Desk, path: str | None, list_: bool, as_json: bool) -> None:
    """Make a verified copy of the store, with everything in it, for relcard restore.

    relcard makes some of its own: before the first import or merge of a day that changes something, before a
    restore and before a new format. Of the daily ones seven days and eight weeks are kept; your own are never
    deleted.
    """
    if list_:
        _list(desk, as_json)
        return
    if not os.path.exists(desk.store):  # noqa: PTH110
        raise StoreError(
            f"There is no store at {desk.store} yet.", hint="Begin with: relcard import FILE.vcf"
        )
    with session(desk.store):
        made = backups.back_up(desk.store, Path(path) if path else None, today=desk.today)
    size = made.stat().st_size
    if as_json:
        output.say_json("backups", [{"path": str(made), "on": output.iso(desk.today), "bytes": size}])
    elif not desk.quiet:
        output.say(f"  {output.clean(str(made))}  {_size(size)}, verified")
        _say_pictures(desk.store, made)


def _say_pictures(store: str, made: Path) -> None:
    """Say where the pictures of a copy are: with it, or beside the store where it is on the same disk."""
    theirs, ours = picture_folder.folder_of(made), picture_folder.folder_of(store)
    if theirs.is_dir():
        output.say_wrapped(f"its pictures: {output.clean(str(theirs))}")
    elif ours.is_dir():
        output.say_wrapped(
            f"its pictures stay in {output.clean(str(ours))}; a copy with them: backup -o FILE"
        )


def _list(desk: Desk, as_json: bool) -> None:
    copies = backups.listed(desk.store)
    if as_json:
        output.say_json("backups", [_backup_json(copy) for copy in copies])
    elif not copies:
        output.say(f"  There is no backup yet. Make one: {output.accent('relcard backup')}")
    else:
        output.table(
            ("day", "made", "size", "file"),
            [
                (
                    output.short_day(copy.on, desk.today) if copy.on else "",
                    copy.kind,
                    _size(copy.size),
                    copy.path.name,
                )
                for copy in copies
            ],
            flexible=3,
        )
        output.say(output.dim(f"  in {output.clean(str(copies[0].path.parent))}"))


def _backup_json(copy: Backup) -> output.Json:
    return {"path": str(copy.path), "on": output.iso(copy.on), "kind": copy.kind, "bytes": copy.size}


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{max(1, number // 1000)} kB"

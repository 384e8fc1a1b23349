"""Contacts out: as vCards, a spreadsheet, JSON, or everything in an archive."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import UsageError
from relcard.files import write_atomically
from relcard.services.data.export import export_csv
from relcard.services.data.export import export_json
from relcard.services.data.export import write_archive
from relcard.services.data.export_households import export_households
from relcard.store import contacts
from relcard.store import vcards

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection

# How a file of each format begins, in capitals, and what it is called.
_KINDS: dict[str, tuple[tuple[bytes, ...], str]] = {
    "vcf": ((b"BEGIN:VCARD",), "file of vCards"),
    "csv": ((b"\xef\xbb\xbfHOUSEHOLD,",), "CSV of households"),
    "households": ((b"\xef\xbb\xbfADDRESSEE,",), "CSV of households"),
    "json": ((b"{",), "JSON"),
    "archive": ((b"PK\3\4",), "archive"),
}

_WITH_PROBLEMS = 5


@click.command(short_help="Write contacts as vCards, or everything.")
@click.option(
    "--format",
    "format",
    type=click.Choice(["vcf", "csv", "json", "archive"]),
    default="vcf",
    show_default=True,
    help="vcf for any address book, csv a row a household member, json for scripts, archive everything.",
)
@click.option("-o", "path", type=params.OUT_FILE, metavar="FILE", help="Where to; else standard output.")
@click.option(
    "--households", is_flag=True, help="csv: one row a household, with its years, for a mail merge elsewhere."
)
@click.option(
    "--private",
    is_flag=True,
    help="csv: with circles, or the lines on cards; json: also facts, notes, interactions.",
)
@pass_desk
def export(desk: Desk, format: str, path: str | None, households: bool, private: bool) -> int:
    """Write every contact as a vCard; a card nobody touched comes out byte for byte.

    Circles, notes and facts are not in it: they are yours alone. An archive has all of it, and relcard
    restore makes the same store of it again.
    """
    if households and format != "csv":
        raise UsageError("Rows of households are a CSV.", hint="relcard export --format csv --households")
    kind = "households" if households else format
    file = "" if path in (None, "-") else str(path)
    _check_export(kind, file, private=private)
    with desk.reading() as db:
        number = contacts.count(db)
        if kind == "archive":
            return _archive(desk, db, file, number)
        data, rows = _exported(desk, db, kind, private=private)
    _insist(number or rows)
    if not file:
        output.say_bytes(data)
        return 0
    write_atomically(Path(file), data)
    if not desk.quiet:
        noun = {"vcf": "vCard", "households": "household"}.get(kind)
        what = output.plural(rows, noun) if noun else output.plural(number, "contact")
        output.say(f"  {output.clean(file)}  {what}")
    return 0


def _insist(there: object) -> None:
    if not there:
        raise UsageError("There are no contacts to export.", hint="Begin with: relcard import FILE.vcf")


def _archive(desk: Desk, db: Connection, file: str, number: int) -> int:
    """Write an archive of so many contacts; a picture that is missing is named, and all else is there."""
    _insist(number or next(vcards.all_cards(db), None))
    lost: list[str] = []
    if file:
        write_atomically(Path(file), lambda out: lost.extend(write_archive(db, desk.store, out)))
        if not desk.quiet:
            output.say(f"  {output.clean(file)}  {output.plural(number, 'contact')}")
    else:
        out = io.BytesIO()
        lost.extend(write_archive(db, desk.store, out))
        output.say_bytes(out.getvalue())
    for path in lost:
        output.say(f"  not in it, missing or damaged: {output.clean(path, most=0)}", err=True)
    return _WITH_PROBLEMS if lost else 0


def _check_export(kind: str, file: str, *, private: bool) -> None:
    """Raise `UsageError` for what cannot be written so; `file` is "" for the standard output."""
    if private and kind not in ("csv", "households", "json"):
        raise UsageError(f"--private is for csv and json; {kind} is what it is.", hint="Leave --private out.")
    if kind == "archive" and not file and sys.stdout.isatty():
        raise UsageError(
            "An archive is no text.", hint="Name a file: relcard export --format archive -o FILE.zip"
        )
    beginnings, called = _KINDS[kind]
    if file and not params.may_replace(file, beginnings):
        raise UsageError(params.refused(file, called), hint="Nothing was written.")


def _exported(desk: Desk, db: Connection, kind: str, *, private: bool) -> tuple[bytes, int]:
    """Return what is written, and how many vCards or households it is."""
    if kind == "vcf":
        from relcard.services.data.export import export_cards  # noqa: PLC0415  the vCard writer: 24 ms

        cards = list(export_cards(db))
        return b"".join(cards), len(cards)
    if kind == "households":
        return export_households(db, desk.standpoint, private=private)
    if kind == "csv":
        return export_csv(db, desk.standpoint, private=private), 0
    book = {"version": 1, "contacts": list(export_json(db, private=private))}
    return (json.dumps(book, ensure_ascii=False, indent=2) + "\n").encode(), 0

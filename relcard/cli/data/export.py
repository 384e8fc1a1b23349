"""Contacts out: as vCards, a spreadsheet, JSON, or everything in an archive."""

from __future__ import annotations

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
from relcard.services.data.export import export_archive
from relcard.services.data.export import export_csv
from relcard.services.data.export import export_json
from relcard.store import contacts
from relcard.store import vcards

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection

# How a file of each format begins, in capitals, and what it is called.
_KINDS: dict[str, tuple[tuple[bytes, ...], str]] = {
    "vcf": ((b"BEGIN:VCARD",), "file of vCards"),
    "csv": ((b"\xef\xbb\xbfHOUSEHOLD,",), "CSV of households"),
    "json": ((b"{",), "JSON"),
    "archive": ((b"PK\3\4",), "archive"),
}


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
@click.option("--private", is_flag=True, help="csv: with circles; json: also facts, notes, interactions.")
@pass_desk
def export(desk: Desk, format: str, path: str | None, private: bool) -> None:
    """Write every contact as a vCard; a card nobody touched comes out byte for byte.

    Circles, notes and facts are not in it: they are yours alone. An archive has all of it, and relcard
    restore makes the same store of it again.
    """
    file = "" if path in (None, "-") else str(path)
    _check_export(format, file, private=private)
    with desk.reading() as db:
        number = contacts.count(db)
        data, cards = _exported(desk, db, format, private=private)
    if not (number or cards):
        raise UsageError("There are no contacts to export.", hint="Begin with: relcard import FILE.vcf")
    if not file:
        output.say_bytes(data)
        return
    write_atomically(Path(file), data)
    if not desk.quiet:
        what = output.plural(cards, "vCard") if format == "vcf" else output.plural(number, "contact")
        output.say(f"  {output.clean(file)}  {what}")


def _check_export(format: str, file: str, *, private: bool) -> None:
    """Raise `UsageError` for what cannot be written so; `file` is "" for the standard output."""
    if private and format not in ("csv", "json"):
        raise UsageError(
            f"--private is for csv and json; {format} is what it is.", hint="Leave --private out."
        )
    if format == "archive" and not file and sys.stdout.isatty():
        raise UsageError(
            "An archive is no text.", hint="Name a file: relcard export --format archive -o FILE.zip"
        )
    beginnings, kind = _KINDS[format]
    if file and not params.may_replace(file, beginnings):
        raise UsageError(params.refused(file, kind), hint="Nothing was written.")


def _exported(desk: Desk, db: Connection, format: str, *, private: bool) -> tuple[bytes, int]:
    """Return what is written, and how many vCards it is."""
    if format == "vcf":
        from relcard.services.data.export import export_cards  # noqa: PLC0415  the vCard writer: 24 ms

        cards = list(export_cards(db))
        return b"".join(cards), len(cards)
    if format == "archive":
        return export_archive(db), sum(1 for _ in vcards.all_cards(db))
    if format == "csv":
        return export_csv(db, desk.standpoint, private=private), 0
    book = {"version": 1, "contacts": list(export_json(db, private=private))}
    return (json.dumps(book, ensure_ascii=False, indent=2) + "\n").encode(), 0

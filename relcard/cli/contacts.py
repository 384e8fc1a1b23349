"""Contacts in and out: import and export."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import ExitStack
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import BinaryIO

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import FileError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.errors import Problem
    from relcard.services.find_duplicates import Twins
    from relcard.services.import_cards import ImportReport
    from relcard.store.database import Connection
    from relcard.vcard.reader import TakenColumn

_SUFFIXES = (".vcf", ".vcard")  # of the files taken from a folder; a spreadsheet is named itself
_SHOWN = 8  # problems said at once; import --report says them all


@click.command("import", short_help="Take in vCards, or a spreadsheet.")
@click.argument("files", metavar="FILE|DIR|-...", nargs=-1)
@click.option(
    "--map",
    "choices",
    multiple=True,
    metavar="COLUMN=WORD",
    help='What a column of a spreadsheet is: --map "Nachname=family". Repeatable.',
)
@click.option("--encoding", metavar="NAME", default="", help="Of text that is no UTF-8: cp1250 ...")
@click.option("--report", is_flag=True, help="Show what earlier imports did not understand.")
@click.option("--retry", is_flag=True, help="Read the vCards with problems again, as a newer relcard may.")
@params.dry_run
@params.as_json
@pass_desk
def import_(
    desk: Desk,
    files: tuple[str, ...],
    choices: tuple[str, ...],
    encoding: str,
    report: bool,
    retry: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take in vCards or a spreadsheet (CSV) from files, folders or standard input (-).

    What the cards say is kept byte for byte, understood or not; one bad card never costs another. Importing
    the same file again changes nothing. What the columns of a spreadsheet are is guessed and shown; look
    first with --dry-run.
    """
    if report:
        return _report(desk, as_json)
    _check_options(choices, encoding)
    if retry:
        if files:
            raise UsageError(
                "--retry reads what the store keeps; it takes no file.", hint="relcard import --retry"
            )
        return _retry(desk, encoding, dry_run=dry_run, as_json=as_json)
    if not files:
        raise UsageError("Which file?", hint="For example: relcard import contacts.vcf")
    from relcard.services.find_duplicates import find_duplicates
    from relcard.services.import_cards import import_cards
    from relcard.store import contacts

    def keep_copy() -> None:
        from relcard.store import backups

        backups.keep_daily(desk.store, today=desk.today)

    paths = _paths(files)
    words = f"import {' '.join(map(_name, files))}"
    with (
        ExitStack() as opened,
        _open(paths, opened) as streams,
        desk.changing(words, dry_run=dry_run, begins=True) as db,
        _progress(paths, desk) as progress,
    ):
        found = import_cards(
            db,
            streams,
            today=desk.today,
            progress=progress,
            before_change=_ignore if dry_run or not contacts.count(db) else keep_copy,
            choices=choices,
            encoding=encoding,
        )
        pairs = find_duplicates(db, among=found.new_ids, blocks=found.blocks) if found.new_ids else []
    return _tell(desk, found, pairs, dry_run=dry_run, as_json=as_json)


def _check_options(choices: Sequence[str], encoding: str) -> None:
    """Refuse what no file could be read with, before any is opened."""
    if choices:
        from relcard.vcard.columns import read_choice

        for one in choices:
            read_choice(one)
    if encoding:
        from relcard.vcard.values import is_charset

        if not is_charset(encoding):
            raise UsageError(
                f'There is no encoding "{encoding}" for text.',
                hint="For example: cp1250, iso8859-2, mac_roman",
            )


def _retry(desk: Desk, encoding: str, *, dry_run: bool, as_json: bool) -> int:
    from relcard.services.find_duplicates import find_duplicates
    from relcard.services.retry_cards import retry_cards

    with desk.changing("import --retry", dry_run=dry_run) as db:
        found = retry_cards(db, today=desk.today, encoding=encoding)
        pairs = find_duplicates(db, among=found.new_ids, blocks=found.blocks) if found.new_ids else []
    if not found.cards and not as_json:
        output.say("  Every card was understood: there is nothing to read again.")
        return 0
    return _tell(desk, found, pairs, dry_run=dry_run, as_json=as_json)


def _tell(desk: Desk, found: ImportReport, pairs: Sequence[Twins], *, dry_run: bool, as_json: bool) -> int:
    """Say what became of the cards and return the exit code."""
    if as_json:
        output.say_json(
            "cards",
            found.cards,
            new=found.new,
            updated=found.updated,
            unchanged=found.unchanged,
            kept_raw=found.kept_raw,
            conflicts=found.conflicts,
            problems=[one._asdict() for one in found.problems],
            likely_duplicates=[pair_json(one) for one in pairs],
            columns=[one._asdict() for one in found.columns],
        )
    elif not desk.quiet:
        _say_import(found, pairs, dry_run=dry_run)
    else:
        _say_problems(found.problems, err=True)
    return 5 if found.problems else 0


def _paths(files: Sequence[str]) -> list[str]:
    paths: list[str] = []
    for name in files:
        if name == "-" or not os.path.isdir(name):  # noqa: PTH112
            paths.append(name)
            continue
        # A link that leads nowhere, or a pipe, is no reason to leave the others out.
        cards = sorted(
            str(one) for one in Path(name).rglob("*") if one.suffix.lower() in _SUFFIXES and one.is_file()
        )
        if not cards:
            raise UsageError(f"There is no .vcf file in {name}.", hint="Name the file itself.")
        paths.extend(cards)
    return paths


@contextmanager
def _open(paths: Sequence[str], opened: ExitStack) -> Iterator[list[tuple[str, BinaryIO]]]:
    """Open every file before the first card goes in: a missing one stops the command, not half of it."""
    streams: list[tuple[str, BinaryIO]] = []
    for path in paths:
        if path == "-":
            streams.append(("standard input", sys.stdin.buffer))
            continue
        try:
            file = opened.enter_context(open(path, "rb"))  # noqa: PTH123
        except OSError as error:
            raise FileError(
                f"Cannot read {path}: {error.strerror}.", hint="Check the name; nothing was imported."
            ) from error
        _refuse_other(path, file)
        streams.append((_name(path), file))
    yield streams


def _refuse_other(path: str, file: BinaryIO) -> None:
    """Refuse a file that holds vCards among much else: read as text, it would spoil the contacts in it."""
    if not file.seekable():
        return
    head = file.read(16)
    file.seek(0)
    if head.startswith((b"SQLite format 3\0", b"PK\x03\x04")):
        kind, more = "database", ""
        if head.startswith(b"PK"):
            kind, more = "packed file", "Unpack it, or save a spreadsheet as CSV. "
        raise FileError(
            f"{path} is a {kind} and no file of vCards; nothing was imported.",
            hint=f"{more}A backup or an archive of relcard's own: relcard restore {shlex.quote(path)}",
        )


def _name(path: str) -> str:
    """Return a file's name as it can be kept: a name that is no UTF-8 opens, but is no text."""
    return os.path.basename(path).encode(errors="replace").decode()  # noqa: PTH119


@contextmanager
def _progress(paths: Sequence[str], desk: Desk) -> Iterator[Callable[[int], None]]:
    total = sum(os.path.getsize(path) for path in paths if path != "-")  # noqa: PTH202
    if desk.quiet or not sys.stderr.isatty() or total < 1_000_000:
        yield _ignore
        return
    names = ", ".join(os.path.basename(path) for path in paths)  # noqa: PTH119
    with click.progressbar(
        length=total,
        label=f"  reading {output.clean(output.cut(names, 30))}",
        file=sys.stderr,
        update_min_steps=65536,
    ) as bar:
        yield bar.update


def _ignore(*_: int) -> None:
    return None


def _say_columns(columns: Sequence[TakenColumn]) -> None:
    """Show what the columns of each spreadsheet were taken for, with the first thing they say."""
    for source in dict.fromkeys(one.source for one in columns):
        ours = [one for one in columns if one.source == source]
        rows = []
        for one in ours:
            if one.example:
                means = one.means if one.means != "keep" else "keep (as it is)"
                rows.append((one.column, means, output.cut(" ".join(one.example.split()), 32)))
        output.table(("column", "taken for", "says"), rows, flexible=2)
        silent = len(ours) - len(rows)
        if silent:
            output.say(output.dim(f"  and {output.plural(silent, 'column')} without a word in them"))
        output.say(output.dim('  Another word for a column: --map "COLUMN=WORD"'))
        output.say()


def _say_import(found: ImportReport, pairs: Sequence[Twins], *, dry_run: bool) -> None:
    _say_columns(found.columns)
    if not found.cards:
        output.say("  No vCard found: nothing was imported.")
    else:
        kept = (
            f" · {found.kept_raw} kept as they are (not understood, nothing lost)" if found.kept_raw else ""
        )
        output.say(
            f"  {found.new} new · {found.updated} updated · {found.unchanged} unchanged{kept}"
            + ("  (dry run: nothing was changed)" if dry_run else "")
        )
    steps = []
    if pairs:
        verb = "looks" if len(pairs) == 1 else "look"
        steps.append(
            (f"{output.plural(len(pairs), 'pair')} {verb} like the same person", "relcard duplicates")
        )
    if found.problems:
        wants = "line wants" if len(found.problems) == 1 else "lines want"
        steps.append((f"{len(found.problems)} {wants} a look", "relcard import --report"))
    if found.missing:
        verb = "is" if found.missing == 1 else "are"
        gone = output.plural(found.missing, "contact")
        output.say(f"  {gone} of this source {verb} not in the file any more: kept")
    for words, command in steps:
        output.say(f"  {words}" if dry_run else f"  {words:<44}{output.accent(command)}")
    _say_problems(found.problems)
    if not dry_run and (found.new or found.updated):
        output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _say_problems(problems: Sequence[Problem], *, err: bool = False) -> None:
    for problem in problems[:_SHOWN]:
        lines = [output.clean(str(problem))]
        if sys.stdout.isatty():
            lines = output.wrap(lines[0], output.terminal_width() - 4)
        output.say(output.dim("  " + "\n    ".join(lines)), err=err)
    if len(problems) > _SHOWN:
        output.say(output.dim(f"  and {len(problems) - _SHOWN} more"), err=err)


def _report(desk: Desk, as_json: bool) -> int:
    from relcard.store import vcards

    with desk.reading() as db:
        problems: list[Problem] = vcards.problems(db)
    if as_json:
        output.say_json("problems", [one._asdict() for one in problems])
    elif not problems:
        output.say("  Every card was understood.")
    else:
        for one in problems:
            output.say(f"  {output.clean(str(one))}")
        output.say(output.dim("  The cards are kept byte for byte; correct them where they came from."))
    return 0


def pair_json(pair: Twins) -> output.Json:
    """Return two contacts that look like one, for scripts."""
    return {"who": [pair.a.uid, pair.b.uid], "names": [pair.a.name, pair.b.name], "reason": pair.reason}


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
    from relcard.files import write_atomically
    from relcard.store import contacts

    if private and format not in ("csv", "json"):
        raise UsageError(
            f"--private is for csv and json; {format} is what it is.", hint="Leave --private out."
        )
    to_screen = path is None or path == "-"
    if format == "archive" and to_screen and sys.stdout.isatty():
        raise UsageError(
            "An archive is no text.", hint="Name a file: relcard export --format archive -o FILE.zip"
        )
    with desk.reading() as db:
        number = contacts.count(db)
        data, cards = _exported(desk, db, format, private=private)
    if not (number or cards):
        raise UsageError("There are no contacts to export.", hint="Begin with: relcard import FILE.vcf")
    if path is None or path == "-":
        sys.stdout.buffer.write(data)
        return
    write_atomically(Path(path), data)
    if not desk.quiet:
        what = output.plural(cards, "vCard") if format == "vcf" else output.plural(number, "contact")
        output.say(f"  {output.clean(path)}  {what}")


def _exported(desk: Desk, db: Connection, format: str, *, private: bool) -> tuple[bytes, int]:
    """Return what is written, and how many vCards it is."""
    if format == "vcf":
        from relcard.services.export_cards import export_cards

        cards = list(export_cards(db))
        return b"".join(cards), len(cards)
    if format == "archive":
        from relcard.services.export_archive import export_archive
        from relcard.store import vcards

        return export_archive(db), sum(1 for _ in vcards.all_cards(db))
    if format == "csv":
        from relcard.services.export_csv import export_csv

        home, language = desk.settings.sender.country, desk.settings.language
        return export_csv(db, today=desk.today, home=home, language=language, private=private), 0
    import json

    from relcard.services.export_json import export_json

    said = {"version": 1, "contacts": list(export_json(db, private=private))}
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode(), 0

"""Contacts in: vCards and spreadsheets, what was not understood of them, and a second reading."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.importing import sources
from relcard.cli.importing.import_report import tell
from relcard.cli.people.read_addresses import read_address_json
from relcard.cli.people.read_addresses import say_read_addresses
from relcard.errors import UsageError
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.import_cards import import_cards
from relcard.services.importing.retry_cards import retry_cards
from relcard.services.people.tidy_addresses import addresses_apart
from relcard.services.seasons.read_years import years_in_short
from relcard.store import contacts
from relcard.store import vcards
from relcard.store.file import backups
from relcard.vcard.spreadsheet.columns import read_choice
from relcard.vcard.values import is_charset

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from relcard.cli.desk import Desk
    from relcard.errors import Problem

_SHOWN = 8  # problems said at once, and as many pairs are looked at without a sitting


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
@click.option("--force", is_flag=True, help="Read a file of more than 64 MiB too.")
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
    force: bool,
    report: bool,
    retry: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take in vCards or a spreadsheet (CSV, .xlsx, .ods) from files, folders or standard input (-).

    What the cards say is kept byte for byte, understood or not; one bad card never costs another. Importing
    the same file again changes nothing. What the columns of a spreadsheet are is guessed and shown; look
    first with --dry-run.
    """
    if report:
        return _report(desk, as_json)
    _check_words(files, choices, encoding, retry=retry)
    if retry:
        return _retry(desk, encoding, dry_run=dry_run, as_json=as_json)
    paths, passed = sources.files_of(files)
    with ExitStack() as opened:
        streams = sources.streams(paths, opened, force=force)
        words = f"import {' '.join(map(sources.name, files))}"
        db = opened.enter_context(desk.changing(words, dry_run=dry_run, begins=True))
        done = import_cards(
            db,
            streams,
            today=desk.today,
            progress=opened.enter_context(_progress(desk, paths)),
            before_change=_nothing if dry_run or not contacts.count(db) else partial(_keep_copy, desk),
            choices=choices,
            encoding=encoding,
        )
        pairs = find_duplicates(db, among=done.new_ids, blocks=done.blocks) if done.new_ids else []
        short = years_in_short(db, today=desk.today) if done.year_cards else None
    return tell(desk, done, pairs, passed, years=short, dry_run=dry_run, as_json=as_json)


def _progress(desk: Desk, paths: Sequence[str]) -> AbstractContextManager[Callable[[int], None]]:
    label = output.clean(output.cut(", ".join(map(sources.name, paths)), 30))
    return output.progress(sources.size(paths), f"  reading {label}", quiet=desk.quiet)


def _keep_copy(desk: Desk) -> None:
    backups.keep_daily(desk.store, today=desk.today)


def _check_words(files: Sequence[str], choices: Sequence[str], encoding: str, *, retry: bool) -> None:
    """Refuse what nothing could be read with, before any file is opened."""
    for choice in choices:
        read_choice(choice)
    if encoding and not is_charset(encoding):
        raise UsageError(
            f'There is no encoding "{encoding}" for text.', hint="For example: cp1250, iso8859-2, mac_roman"
        )
    if retry and files:
        raise UsageError(
            "--retry reads what the store keeps; it takes no file.", hint="relcard import --retry"
        )
    if not (retry or files):
        raise UsageError("Which file?", hint="For example: relcard import contacts.vcf")


def _retry(desk: Desk, encoding: str, *, dry_run: bool, as_json: bool) -> int:
    with desk.changing("import --retry", dry_run=dry_run) as db:
        report = retry_cards(db, today=desk.today, encoding=encoding)
        pairs = find_duplicates(db, among=report.new_ids, blocks=report.blocks) if report.new_ids else []
    if not report.cards and not as_json:
        output.say("  Every card was understood: there is nothing to read again.")
        return 0
    return tell(desk, report, pairs, dry_run=dry_run, as_json=as_json)


def _nothing() -> None:
    return None


def _report(desk: Desk, as_json: bool) -> int:
    with desk.reading() as db:
        problems: list[Problem] = vcards.problems(db)
        addresses = addresses_apart(db)
    if as_json:
        output.say_json(
            "problems",
            [problem._asdict() for problem in problems],
            addresses=[read_address_json(read) for read in addresses],
        )
        return 0
    say_read_addresses(addresses, every=True)
    if not problems:
        output.say("  Every card was understood.")
    else:
        for problem in problems:
            output.say(f"  {output.clean(str(problem))}")
        output.say(output.dim("  The cards are kept byte for byte; correct them where they came from."))
    return 0

"""Contacts in: vCards and spreadsheets, what was not understood of them, and a second reading."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.importing import sources
from relcard.cli.people.contact_json import pair_json
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
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from relcard.cli.desk import Desk
    from relcard.domain.people.joint_names import CardName
    from relcard.errors import Problem
    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.importing.import_cards import ImportReport
    from relcard.services.importing.import_cards import Recognition
    from relcard.services.seasons.read_years import YearsInShort
    from relcard.store.members import NamedByCard
    from relcard.vcard.read_file import TakenColumn

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
    return _tell(desk, done, pairs, passed, years=short, dry_run=dry_run, as_json=as_json)


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
    return _tell(desk, report, pairs, dry_run=dry_run, as_json=as_json)


def _tell(
    desk: Desk,
    report: ImportReport,
    pairs: Sequence[Twins],
    passed: Sequence[str] = (),
    *,
    years: YearsInShort | None = None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Say what became of the cards, and which files were passed over; return the exit code."""
    if as_json:
        output.say_json(
            "cards",
            report.cards,
            new=report.new,
            updated=report.updated,
            unchanged=report.unchanged,
            kept_raw=report.kept_raw,
            conflicts=report.conflicts,
            problems=[problem._asdict() for problem in report.problems],
            likely_duplicates=[pair_json(pair) for pair in pairs],
            columns=[column._asdict() for column in report.columns],
            passed_over=list(map(sources.name, passed)),
            recognised=[known._asdict() for known in report.recognised],
            members=[member._asdict() for member in report.members],
            names=[_name_json(name, reading) for name, reading in report.names.items()],
            addresses=[read_address_json(read) for read in report.addresses],
        )
    elif not desk.quiet:
        _say_import(report, pairs, years, dry_run=dry_run)
        for line in sources.passed_over(passed):
            output.say(output.dim(f"  {output.clean(line)}"))
    else:
        _say_problems(report.problems, err=True)
    return 5 if report.problems else 0


def _nothing() -> None:
    return None


def _say_columns(columns: Sequence[TakenColumn]) -> None:
    """Show what the columns of each spreadsheet were taken for, with the first thing they say."""
    for source in dict.fromkeys(column.source for column in columns):
        ours = [column for column in columns if column.source == source]
        rows = []
        for column in ours:
            if column.example:
                means = column.means if column.means != "keep" else "keep (as it is)"
                rows.append((column.column, means, output.cut(" ".join(column.example.split()), 32)))
        output.table(("column", "taken for", "says"), rows, flexible=2)
        silent = len(ours) - len(rows)
        if silent:
            output.say(output.dim(f"  and {output.plural(silent, 'column')} without a word in them"))
        output.say(output.dim('  Another word for a column: --map "COLUMN=WORD"'))
        output.say()


def _say_import(
    report: ImportReport, pairs: Sequence[Twins], years: YearsInShort | None, *, dry_run: bool
) -> None:
    _say_columns(report.columns)
    _say_counts(report, dry_run=dry_run)
    _say_recognised(report.recognised, every=dry_run)
    if report.missing:
        verb = "is" if report.missing == 1 else "are"
        gone = output.plural(report.missing, "contact")
        output.say(f"  {gone} of this source {verb} not in the file any more: kept")
    _say_names(report.names, every=dry_run)
    _say_members(report.members, every=dry_run)
    say_read_addresses(report.addresses, every=dry_run)
    if years is not None:
        output.say(f"  {output.plural(years.households, 'household')} with cards of past years:")
        silent = f"{years.silent} silent since {years.since - 1}"
        words = f"{years.wrote} wrote since {years.since} · {silent}"
        output.say(f"  {words:<44} {output.accent('relcard years')}")
    for words, command in _steps(report, pairs):
        output.say(f"  {words}" if dry_run else f"  {words:<44}{output.accent(command)}")
    _say_problems(report.problems)
    if not dry_run and (report.new or report.updated or report.rewritten):
        output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _say_counts(report: ImportReport, *, dry_run: bool) -> None:
    """Say how many cards are new, known or kept as they are, and name the new ones."""
    if report.cards:
        counts = [f"{report.new} new", f"{report.updated} updated", f"{report.unchanged} unchanged"]
        if report.kept_raw:
            counts.append(f"{report.kept_raw} kept as they are (not understood, nothing lost)")
        dry = "  (dry run: nothing was changed)" if dry_run else ""
        output.say(f"  {' · '.join(counts)}{dry}")
    else:
        output.say("  No vCard found: nothing was imported.")
    if report.new_names:
        output.say_wrapped(f"new: {output.some_names(report.new_names)}")
    if report.rewritten:
        verb = "has" if report.rewritten == 1 else "have"
        output.say(f"  {report.rewritten} of the unchanged {verb} the same lines, sorted or folded anew")


def _steps(report: ImportReport, pairs: Sequence[Twins]) -> Iterator[tuple[str, str]]:
    """Yield what wants a look, each with the command that shows it."""
    if pairs:
        verb = "looks" if len(pairs) == 1 else "look"
        sitting = " --sit" if len(pairs) > _SHOWN else ""
        yield (
            f"{output.plural(len(pairs), 'pair')} {verb} like the same person",
            f"relcard duplicates{sitting}",
        )
    if report.problems:
        wants = "line wants" if len(report.problems) == 1 else "lines want"
        yield f"{len(report.problems)} {wants} a look", "relcard import --report"


def _say_recognised(recognised: Sequence[Recognition], *, every: bool) -> None:
    """Say who was known from another source and by what: in a dry run all of them, else the first few."""
    if not recognised:
        return
    several = Counter(known.shared for known in recognised)
    output.say_wrapped(f"{len(recognised)} known again from another source: by {_each_counted(several)}")
    shown = recognised if every else recognised[:_SHOWN]
    names = [
        known.name if known.name == known.contact else f"{known.name} ({known.contact})" for known in shown
    ]
    more = [f"{len(recognised) - len(shown)} more"] if len(shown) < len(recognised) else []
    for line in output.wrap(output.clean(", ".join(names + more)), output.terminal_width() - 4):
        output.say(output.dim(f"    {line}"))


def _say_members(members: Sequence[NamedByCard], *, every: bool) -> None:
    """Say who came beside contacts, without a card: in a dry run all, else those whose birth was reckoned."""
    if not members:
        return
    verb = "belongs" if len(members) == 1 else "belong"
    words = f"{output.plural(len(members), 'name')} on cards {verb} to a household"
    output.say(f"  {words:<44}{output.accent('relcard member --help')}")
    reckoned = [member for member in members if len(member.born) == len("2017")]
    told = [f"{member.name} ({member.role}, {member.contact})" for member in members if every]
    told = told or [f"{member.name} {member.born}" for member in reckoned]
    shown = told if every else told[:_SHOWN]
    more = [f"{len(told) - len(shown)} more"] if len(shown) < len(told) else []
    if shown:
        begins = "" if every else "born, reckoned from today: "
        for line in output.wrap(output.clean(begins + ", ".join(shown + more)), output.terminal_width() - 4):
            output.say(output.dim(f"    {line}"))


def _each_counted(several: Counter[str]) -> str:
    """Return what was shared, with how many shared it where that was not one thing."""
    if len(several) == 1:
        return next(iter(several))
    return " · ".join(f"{shared} {number}" for shared, number in several.most_common())


def _say_names(names: Mapping[str, CardName], *, every: bool) -> None:
    """Say how names of several people were read: in a dry run all of them, else those with a doubt."""
    if not names:
        return
    verb = "means" if len(names) == 1 else "mean"
    output.say(f"  {output.plural(len(names), 'name')} {verb} several people or a family")
    shown = {name: reading for name, reading in names.items() if every or reading.doubt}
    rows = [
        (output.clean(name), f"{reading} - perhaps {reading.doubt.value}" if reading.doubt else str(reading))
        for name, reading in shown.items()
    ]
    if rows:
        output.table(("name", "read as"), rows, flexible=1)
        output.say(output.dim("  Where that is wrong: relcard edit WHO, given and family"))
        output.say()


def _name_json(name: str, reading: CardName) -> dict[str, object]:
    return {
        "name": name,
        "people": [
            {"given": person.given, "family": person.family, "prefixes": person.prefixes}
            for person in reading.people
        ],
        "family": reading.family,
        "with_family": reading.with_family,
        "doubt": reading.doubt.value if reading.doubt else None,
    }


def _say_problems(problems: Sequence[Problem], *, err: bool = False) -> None:
    for problem in problems[:_SHOWN]:
        lines = [output.clean(str(problem))]
        if sys.stdout.isatty():
            lines = output.wrap(lines[0], output.terminal_width() - 4)
        output.say(output.dim("  " + "\n    ".join(lines)), err=err)
    if len(problems) > _SHOWN:
        output.say(output.dim(f"  and {len(problems) - _SHOWN} more"), err=err)


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

"""What an import tells of the cards it took in: counts, names, and what wants a look."""

from __future__ import annotations

import sys
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.importing import sources
from relcard.cli.people.contact_json import pair_json
from relcard.cli.people.read_addresses import read_address_json
from relcard.cli.people.read_addresses import say_read_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

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


def tell(
    desk: Desk,
    report: ImportReport,
    pairs: Sequence[Twins],
    passed: Sequence[str] = (),
    *,
    years: YearsInShort | None = None,
    dry_run: bool,
    as_json: bool,
    more: Mapping[str, object] = MappingProxyType({}),
) -> int:
    """Say what became of the cards, and which files were passed over; return the exit code.

    `more` are further keys of the JSON.
    """
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
            **more,
        )
    elif not desk.quiet:
        _say_import(report, pairs, years, dry_run=dry_run)
        for line in sources.passed_over(passed):
            output.say(output.dim(f"  {output.clean(line)}"))
    else:
        _say_problems(report.problems, err=True)
    return 5 if report.problems else 0


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
        verb = "says" if report.rewritten == 1 else "say"
        output.say(f"  {report.rewritten} of the unchanged {verb} the same in other lines")


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

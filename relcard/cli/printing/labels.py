"""Address labels on sheets, the part-used ones first, and the proof of them on plain paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing import preflight
from relcard.cli.printing import printer
from relcard.cli.seasons import selection
from relcard.domain.people.segment import in_words
from relcard.domain.printing import sheet as rules_of_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.printing.sheet import Fill
    from relcard.domain.printing.stock import Stock
    from relcard.services.printing.print_labels import LabelsPrinted
    from relcard.services.printing.print_labels import WantedLabels
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How labels are to be laid on sheets, as it was said."""

    stock: str | None
    skip: int
    new_sheet: bool
    numbers: bool | None
    printer: str | None
    address_mode: str | None


# The options that say on which slots labels come, as one argument `how`.
takes_sheets = params.gathered(
    How,
    "how",
    click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it."),
    click.option(
        "--skip",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Slots used already of the sheet in the tray, one relcard does not know of.",
    ),
    click.option("--new-sheet", is_flag=True, help="Leave the sheets that are part-used alone."),
    click.option(
        "--numbers/--no-numbers",
        default=None,
        help="Each one's number small in the corner; in a season they are printed.",
    ),
    params.printer,
    click.option("--address-mode", type=pdf_file.MODES, help="label: print those addressed by hand too."),
)


@click.command(short_help="Address labels on a sheet.")
@pdf_file.takes_job
@takes_sheets
@params.dry_run
@pass_desk
def labels(desk: Desk, job: pdf_file.Job, how: How, dry_run: bool) -> int:
    """Print address labels; households addressed by hand (inner, close) are left out and named.

    Sheets that are part-used come first (relcard sheet list), and what is left of the last one is remembered.
    relcard undo takes a run back and frees its slots. Try it first on plain paper: relcard print proof.
    """
    from relcard.services.printing.print_labels import print_labels

    words = in_words({"segment": job.segment}) if job.segment else " ".join(job.who)
    with desk.changing(f"print labels {words}".strip(), dry_run=dry_run) as db:
        found, here, wanted = what_is_wanted(desk, db, job, how)
        if not job.as_json:
            preflight.summary(desk, found, address_mode=wanted.address_mode)
        done = print_labels(
            db, found, wanted, season_id=here.id if here is not None else None, today=desk.today
        )
        if done.before is not None and here is not None and not desk.quiet:
            day = output.plain_day(done.before.printed_on, desk.today)
            output.say(
                f"  Labels of {here.name} were printed before: {done.before.items} on {day}.", err=True
            )
            if not dry_run:
                output.say("  If once was enough, take this back with: relcard undo", err=True)
        code = pdf_file.write(
            job,
            done.run,
            desk=desk,
            name="labels.pdf",
            noun="label",
            said=[*_in_words(done, wanted.stock), *printer.in_use(db, how.printer, wanted.printer)],
            more={
                "sheets": [as_dict(one, wanted.stock) for one in done.fills],
                **({"dry_run": True} if dry_run else {}),
            },
            dry_run=dry_run,
        )
    if dry_run and done.run.data and not desk.quiet and not job.as_json:
        output.say(output.dim("  Nothing is written, and no slot is used: --dry-run"))
    return code


def what_is_wanted(
    desk: Desk, db: Connection, job: pdf_file.Job, how: How
) -> tuple[list[Recipient], SeasonRow | None, WantedLabels]:
    """Return whom labels are for, the season when there is one, and how they are laid on sheets."""
    from relcard.services.printing.find_printer import find_printer
    from relcard.services.printing.find_stock import find_stock
    from relcard.services.printing.print_labels import WantedLabels

    stock = find_stock(db, how.stock or desk.settings.stock)
    offset = find_printer(db, how.printer, stock.name)
    found, here = selection.recipients_of(desk, db, job)
    wanted = WantedLabels(
        stock=stock,
        skip=how.skip,
        new_sheet=how.new_sheet,
        numbers=here is not None if how.numbers is None else how.numbers,
        printer=offset,
        address_mode=selection.mode(how.address_mode),
    )
    return found, here, wanted


def as_dict(one: Fill, stock: Stock) -> output.Json:
    """Return what a run takes of one sheet, for JSON: `sheet` is None for a whole one that is used up."""
    return {
        "stock": stock.name,
        "sheet": one.tray.id or one.kept,
        "slots": list(one.taken),
        "left": one.left,
    }


def _in_words(done: LabelsPrinted, stock: Stock) -> list[str]:
    """Say how many sheets and labels there are, and which sheet goes into the tray when."""
    fills = done.fills
    if not fills:
        return []
    first = fills[0]
    count = f"{output.plural(len(fills), 'sheet')}, {output.plural(done.run.items, 'label')}"
    if first.tray.id is not None:
        count += f"; the first starts at slot {first.taken[0]} of your open sheet {first.tray.id}"
    elif first.tray.used:
        count += f"; the first starts at slot {first.taken[0]}"
    return [count, *_order_in_tray(fills, stock.slots_per_sheet)]


def _order_in_tray(fills: Sequence[Fill], slots: int) -> list[str]:
    rows: list[tuple[str, str, str, str]] = []
    page = 1
    while page <= len(fills):
        one = fills[page - 1]
        whole = 0
        while page - 1 + whole < len(fills) and len(fills[page - 1 + whole].taken) == slots:
            whole += 1
        if whole > 1:
            rows.append((f"pages {page}-{page + whole - 1}", "whole sheets", f"all {slots} slots", ""))
            page += whole
            continue
        rows.append((f"page {page}", _name(one), _slots(one, slots), _left(one)))
        page += 1
    if rows == [("page 1", "a whole sheet", f"all {slots} slots", "")]:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "    "
        + "   ".join(
            output.pad(cell, columns) for cell, columns in zip(row, (*widths, 0), strict=True)
        ).rstrip()
        for row in rows
    ]


def _name(one: Fill) -> str:
    if one.tray.id is not None:
        return f"open sheet {one.tray.id}"
    return "the sheet begun" if one.tray.used else "a whole sheet"


def _slots(one: Fill, slots: int) -> str:
    if len(one.taken) == slots:
        return f"all {slots} slots"
    return f"{'slot' if len(one.taken) == 1 else 'slots'} {rules_of_sheets.in_words(one.taken)}"


def _left(one: Fill) -> str:
    if not one.left:
        return "full now" if one.tray.used else ""
    kept = f"kept as sheet {one.kept}, " if one.tray.id is None else ""
    return f"{kept}{one.left} left"

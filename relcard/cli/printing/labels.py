"""Address labels on sheets, the part-used ones first, and the proof of them on plain paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing import preflight
from relcard.cli.printing import printer
from relcard.cli.seasons import selection
from relcard.domain.printing import sheet as rules_of_sheets
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.find_stock import find_stock
from relcard.services.printing.print_addresses import OnLabels
from relcard.services.printing.print_addresses import print_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.printing.sheet import Fill
    from relcard.domain.printing.stock import Stock
    from relcard.services.printing.print_addresses import LabelsPrinted
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.print_runs import RunRow
    from relcard.store.seasons import SeasonRow

_NAME = "labels.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWish:
    """Which sheets labels are to be laid on, as it was said."""

    stock: str | None
    skip: int
    new_sheet: bool
    printer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsWish(SheetWish):
    """How addresses of households are to be laid on sheets."""

    numbers: bool | None
    address_mode: str | None


_SHEETS = (
    click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it."),
    click.option(
        "--skip",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Slots used already of the sheet in the tray, one relcard does not know of.",
    ),
    click.option("--new-sheet", is_flag=True, help="Leave the sheets that are part-used alone."),
)
# The options that say on which slots labels come, as one argument `wish`.
takes_sheets = params.gathered(SheetWish, "wish", *_SHEETS, params.printer)
takes_labels_wish = params.gathered(
    LabelsWish,
    "wish",
    *_SHEETS,
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
@takes_labels_wish
@params.dry_run
@pass_desk
def labels(desk: Desk, job: pdf_file.Job, wish: LabelsWish, dry_run: bool) -> int:
    """Print address labels; households addressed by hand (inner, close) are left out and named.

    Sheets that are part-used come first (relcard sheet list), and what is left of the last one is remembered.
    relcard undo takes a run back and frees its slots. Try it first on plain paper: relcard print proof.
    """
    command = f"print labels {job.whose}".strip()
    with pdf_file.Pages(job, _NAME) as pages, desk.changing(command, dry_run=dry_run) as db:
        recipients, season, medium = read_wishes(desk, db, job, wish)
        season_id = season.id if season is not None else None
        printed = print_labels(db, recipients, medium, season_id=season_id, today=desk.today)
        lines = [
            *in_words(printed, medium.stock),
            *printer.in_use(db, wish.printer or job.to, medium.printer),
        ]
        if printed.run.items:
            selection.keep_numbers(desk, db, job, season, recipients)
        if not dry_run:
            pages.hold(printed.run, db)
    if not job.as_json:
        preflight.summary(desk, recipients, address_mode=medium.address_mode)
    if season is not None:
        _tell_of_run_before(desk, season, printed.before, dry_run=dry_run)
    more = {**sheets_as_json(printed, medium.stock), **({"dry_run": True} if dry_run else {})}
    code = pdf_file.write(
        job, printed.run, desk=desk, name=_NAME, noun="label", lines=lines, more=more, pages=pages
    )
    if dry_run:
        say_dry_run(desk, job, printed.run)
    return code


def read_wishes(
    desk: Desk, db: Connection, job: pdf_file.Job, wish: LabelsWish
) -> tuple[list[Recipient], SeasonRow | None, OnLabels]:
    """Return whom labels are for, the season when there is one, and how they are laid on sheets."""
    stock = find_stock(db, wish.stock or desk.settings.stock)
    offset = find_printer(db, wish.printer, stock.name, sent_to=job.to)
    recipients, season = selection.recipients(desk, db, job)
    medium = OnLabels(
        stock=stock,
        skip=wish.skip,
        new_sheet=wish.new_sheet,
        numbers=season is not None if wish.numbers is None else wish.numbers,
        printer=offset,
        address_mode=selection.mode(wish.address_mode),
    )
    return recipients, season, medium


def say_dry_run(desk: Desk, job: pdf_file.Job, run: PrintRun) -> None:
    """Say that what was told of a run has not happened."""
    if run.data and not desk.quiet and not job.as_json:
        output.say(output.dim("  Nothing is written, and no slot is used: --dry-run"))


def sheets_as_json(printed: LabelsPrinted, stock: Stock) -> output.Json:
    """Return what a run takes of which sheets; `sheet` is None for a whole one that is used up."""
    return {
        "sheets": [
            {
                "stock": stock.name,
                "sheet": filled.sheet.id or filled.kept,
                "slots": list(filled.taken),
                "left": filled.left,
            }
            for filled in printed.fills
        ]
    }


def _tell_of_run_before(desk: Desk, season: SeasonRow, before: RunRow | None, *, dry_run: bool) -> None:
    """Say on the side that the season's labels were printed before: paper is expensive."""
    if before is None or desk.quiet:
        return
    day = output.plain_day(before.printed_on, desk.today)
    sent = f", sent to {output.clean(before.sent_to)}" if before.sent_to else ""
    output.say(f"  Labels of {season.name} were printed before: {before.items} on {day}{sent}.", err=True)
    if not dry_run:
        output.say("  If once was enough, take this back with: relcard undo", err=True)


def in_words(printed: LabelsPrinted, stock: Stock) -> list[str]:
    """Say how many sheets and labels there are, and which sheet goes into the tray when."""
    fills = printed.fills
    if not fills:
        return []
    first = fills[0]
    count = f"{output.plural(len(fills), 'sheet')}, {output.plural(printed.run.items, 'label')}"
    if first.sheet.id is not None:
        count += f"; the first starts at slot {first.taken[0]} of your open sheet {first.sheet.id}"
    elif first.sheet.used:
        count += f"; the first starts at slot {first.taken[0]}"
    return [count, *_order_in_tray(fills, stock.slots_per_sheet)]


def _order_in_tray(fills: Sequence[Fill], slots: int) -> list[str]:
    """Say page by page which sheet goes in; whole sheets one after the other are one line."""
    rows: list[tuple[str, str, str, str]] = []
    for is_whole, pages in groupby(enumerate(fills, start=1), lambda page: len(page[1].taken) == slots):
        numbered = list(pages)
        (first, _), (last, _) = numbered[0], numbered[-1]
        if is_whole and last > first:
            rows.append((f"pages {first}-{last}", "whole sheets", f"all {slots} slots", ""))
            continue
        rows += [
            (f"page {page}", _name(filled), _slots(filled, slots), _left(filled)) for page, filled in numbered
        ]
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


def _name(filled: Fill) -> str:
    if filled.sheet.id is not None:
        return f"open sheet {filled.sheet.id}"
    return "the sheet begun" if filled.sheet.used else "a whole sheet"


def _slots(filled: Fill, slots: int) -> str:
    if len(filled.taken) == slots:
        return f"all {slots} slots"
    noun = "slot" if len(filled.taken) == 1 else "slots"
    return f"{noun} {rules_of_sheets.in_words(filled.taken)}"


def _left(filled: Fill) -> str:
    if not filled.left:
        return "full now" if filled.sheet.used else ""
    kept = f"kept as sheet {filled.kept}, " if filled.sheet.id is None else ""
    return f"{kept}{filled.left} left"

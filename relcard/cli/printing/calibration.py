"""A page to measure how a printer misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing.printer import checked_name
from relcard.errors import UndecidedError
from relcard.paper.documents.calibration import draw_calibration
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.find_stock import find_stock
from relcard.services.printing.print_run import PrintRun
from relcard.store import printers

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection


@click.command(short_help="A page to measure how a printer misses.")
@pdf_file.takes_file
@click.option("--printer", "name", metavar="NAME", help="What you call the printer; else the only one known.")
@click.option("--stock", metavar="NAME", help="For this sheet alone: it lies otherwise in the tray.")
@pass_desk
def calibration(desk: Desk, job: pdf_file.Job, name: str | None, stock: str | None) -> int:
    """Print a page of rulers, crosses and a square: what to measure, and what to type then, stands on it.

    What is known of the printer is applied: on a second page everything must stand where it says.
    """
    name = name or job.to
    with desk.reading() as db:
        sheet = find_stock(db, stock or desk.settings.stock)
        known = _known_name(db, name)
        printer = find_printer(db, known, sheet.name if stock else "") if known else None
    called = known or (checked_name(name) if name else "")
    data = draw_calibration(sheet, name=called, printer=printer, own=stock is not None)
    lines = (
        "a page for plain paper",
        "    Print it at 100 % (actual size); what to measure and to type stands on it.",
    )
    run = PrintRun(data=data, pages=1, items=1)
    return pdf_file.write(job, run, desk=desk, name="calibration.pdf", noun="page", lines=lines)


def _known_name(db: Connection, name: str | None) -> str:
    """Return what the printer named, or the only one there is, is called in the store; "" for a new one.

    Raises `UndecidedError` where there are several and none is named.
    """
    kept = printers.of_name(db, name) if name else printers.every(db)
    names = list(dict.fromkeys(row.printer.name for row in kept))
    if not name and len(names) > 1:
        raise UndecidedError(
            "There are several printers.", candidates=tuple(names), hint="Say which: --printer NAME"
        )
    return names[0] if names else ""

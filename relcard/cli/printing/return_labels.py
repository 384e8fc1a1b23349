"""The sender's own return address on a sheet of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import labels
from relcard.cli.printing import pdf_file
from relcard.cli.printing import printer
from relcard.cli.printing.envelopes import need_address
from relcard.errors import UsageError
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.find_stock import find_stock
from relcard.services.printing.print_addresses import OnLabels
from relcard.services.printing.print_addresses import print_return
from relcard.services.printing.return_address import lines_abroad

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection

_NAME = "return.pdf"
_MOST = 2000  # labels of one run


@click.command("return", short_help="A sheet of your own return address.")
@labels.takes_sheets
@click.option(
    "--copies",
    type=click.IntRange(1, _MOST),
    metavar="N",
    help="How many; else what is left of the first part-used sheet, or a whole one.",
)
@click.option("--abroad", is_flag=True, help="With your country, for mail to other countries.")
@pdf_file.takes_file
@params.dry_run
@pass_desk
def return_(
    desk: Desk, wish: labels.SheetWish, copies: int | None, abroad: bool, job: pdf_file.Job, dry_run: bool
) -> int:
    """Print your own name and address on labels, for the corner or the flap of what you send.

    They are sender.name and sender.address of the settings. Slots are used up and remembered as those of
    print labels, and relcard undo frees them.
    """
    lines = _lines(desk, abroad=abroad)
    with pdf_file.Pages(job, _NAME) as pages, desk.changing("print return", dry_run=dry_run) as db:
        medium = _medium(desk, db, job, wish)
        country = desk.settings.sender.country
        printed = print_return(db, lines, medium, country=country, copies=copies, today=desk.today)
        told = [
            *labels.in_words(printed, medium.stock),
            *printer.in_use(db, wish.printer or job.to, medium.printer),
        ]
        if not dry_run:
            pages.hold(printed.run, db)
    more = {**labels.sheets_as_json(printed, medium.stock), **({"dry_run": True} if dry_run else {})}
    code = pdf_file.write(
        job, printed.run, desk=desk, name=_NAME, noun="label", lines=told, more=more, pages=pages
    )
    if dry_run:
        labels.say_dry_run(desk, job, printed.run)
    return code


def _lines(desk: Desk, *, abroad: bool) -> tuple[str, ...]:
    """Return what stands on each label. Raises `UsageError` while the address or country is not known."""
    need_address(desk, "on a label")
    sender = desk.settings.sender
    if not abroad:
        return sender.lines
    if not sender.country:
        raise UsageError(
            "Your country is not said yet, so it cannot stand on a label.",
            hint="relcard settings set sender.country GB",
        )
    return lines_abroad(sender.lines, sender.country)


def _medium(desk: Desk, db: Connection, job: pdf_file.Job, wish: labels.SheetWish) -> OnLabels:
    stock = find_stock(db, wish.stock or desk.settings.stock)
    offset = find_printer(db, wish.printer, stock.name, sent_to=job.to)
    return OnLabels(stock=stock, skip=wish.skip, new_sheet=wish.new_sheet, printer=offset)

"""Labels on sheets: part-used ones first, and what is left of the last one remembered."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.printing.sheet import Tray
from relcard.domain.printing.sheet import fill
from relcard.domain.printing.sheet import first_used
from relcard.services.printing.print_addresses import OnLabels
from relcard.services.printing.print_addresses import print_addresses
from relcard.store import print_runs
from relcard.store import sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.circle import AddressMode
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.sheet import Fill
    from relcard.domain.printing.stock import Stock
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.print_runs import RunRow

KIND = "labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLabels:
    """What is printed on, and how.

    The sheets of which some slots are used come first, unless `new_sheet` or `skip` says what lies in the
    tray: a sheet whose first `skip` slots are used, whole ones after it.
    """

    stock: Stock
    skip: int = 0
    new_sheet: bool = False
    numbers: bool = False
    printer: Printer | None = None
    address_mode: AddressMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsPrinted:
    """A finished PDF, what it takes of which sheets page by page, and the season's run before it."""

    run: PrintRun
    fills: tuple[Fill, ...]
    before: RunRow | None = None


def print_labels(
    db: Connection,
    recipients: Sequence[Recipient],
    wanted: WantedLabels,
    *,
    season_id: int | None,
    today: date,
) -> LabelsPrinted:
    """Draw a label for each recipient, use up slots and record the run, inside the step the caller holds.

    When nobody could be printed nothing is recorded. Raises `UsageError` when a skip is no less than a sheet.
    """
    done = lay_out(db, recipients, wanted)
    if not done.run.items:
        return done
    before = print_runs.last_of(db, KIND, season_id) if season_id is not None else None
    # The last first: what is left of it gets a number before one that is full gives up its own.
    fills = [_use(db, one, wanted.stock.name, today) for one in reversed(done.fills)]
    print_runs.add(
        db,
        KIND,
        season_id=season_id,
        stock=wanted.stock.name,
        items=done.run.items,
        pages=done.run.pages,
        today=today,
    )
    return LabelsPrinted(run=done.run, fills=tuple(reversed(fills)), before=before)


def lay_out(
    db: Connection, recipients: Sequence[Recipient], wanted: WantedLabels, *, proof: bool = False
) -> LabelsPrinted:
    """Draw a label for each recipient and change nothing; a `proof` is drawn for plain paper."""
    slots = wanted.stock.slots_per_sheet
    trays = tuple(one for one in _trays(db, wanted) if one.free(slots))
    medium = OnLabels(
        stock=wanted.stock, trays=trays, numbers=wanted.numbers, printer=wanted.printer, proof=proof
    )
    run = print_addresses(recipients, medium, address_mode=wanted.address_mode)
    return LabelsPrinted(run=run, fills=fill(trays, run.items, slots))


def _trays(db: Connection, wanted: WantedLabels) -> tuple[Tray, ...]:
    if wanted.skip:
        return (Tray(id=None, used=first_used(wanted.skip, wanted.stock.slots_per_sheet)),)
    if wanted.new_sheet:
        return ()
    return tuple(Tray(id=one.id, used=one.used) for one in sheets.of_stock(db, wanted.stock.name))


def _use(db: Connection, one: Fill, stock: str, today: date) -> Fill:
    """Remember what is left of a sheet; return the fill, with the number of a sheet that has one now."""
    known = one.tray.id
    if known is None:
        if not one.left:
            return one
        return replace(one, kept=sheets.add(db, stock, one.used, today=today))
    if one.left:
        sheets.set_used(db, known, one.used)
        return replace(one, kept=known)
    sheets.drop(db, known)
    return one

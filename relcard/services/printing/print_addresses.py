"""Addresses on labels or envelopes: who is written to by hand is left out and named; the run is recorded.

Labels fill part-used sheets first, and what is left of the last one is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.people.circle import AddressMode
from relcard.domain.printing.feed import Feed
from relcard.domain.printing.sheet import PartSheet
from relcard.domain.printing.sheet import check_used
from relcard.domain.printing.sheet import fill
from relcard.domain.printing.sheet import first_used
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.paper.documents.address_block import SMALLEST_SENDER
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.envelopes import draw_envelopes
from relcard.paper.documents.labels import check_labels
from relcard.paper.documents.labels import draw_labels
from relcard.paper.documents.labels import draw_proof
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.store import print_runs
from relcard.store import sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.sheet import Fill
    from relcard.domain.printing.stock import Envelope
    from relcard.domain.printing.stock import Stock
    from relcard.paper.documents.results import DrawnPdf
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.print_runs import RunRow

_LONG_EDGE_FIRST = Feed()
ENVELOPES, LABELS, RETURN = "envelopes", "labels", "return"  # kinds of run in the store
_FEW_LINES = 3  # name, street and town: no label that is sold bears fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class OnEnvelopes:
    """Print on envelopes, with the return address in the corner when there is one.

    `country` is the sender's, whose post says where words may stand; on mail to another stands
    `sender_abroad`. `address_mode` overrides for this run how each circle's envelopes are addressed.
    """

    envelope: Envelope
    sender: tuple[str, ...] = ()
    sender_abroad: tuple[str, ...] = ()
    country: str = ""
    feed: Feed = _LONG_EDGE_FIRST
    printer: Printer | None = None
    address_mode: AddressMode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLabels:
    """Print on sheets of labels, with each recipient's own number in the corner if `numbers`.

    The sheets of which some slots are used come first, unless `new_sheet` or `skip` says what lies in the
    tray: a sheet whose first `skip` slots are used, whole ones after it. `address_mode` overrides for this
    run how each circle's envelopes are addressed.
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


def print_envelopes(
    db: Connection,
    recipients: Iterable[Recipient],
    medium: OnEnvelopes,
    *,
    season_id: int | None,
    today: date,
) -> PrintRun:
    """Draw an envelope for each recipient in the order given and record the run, in the caller's step.

    When nobody could be printed nothing is recorded.
    """
    labels, skipped = sort_addresses(recipients, medium.address_mode)
    drawn = draw_envelopes(
        labels,
        medium.envelope,
        sender=medium.sender,
        sender_abroad=medium.sender_abroad,
        country=medium.country,
        feed=medium.feed,
        printer=medium.printer,
    )
    run = run_of(drawn, skipped)
    record_run(db, ENVELOPES, run, season_id=season_id, stock=medium.envelope.name, today=today)
    return run


def print_labels(
    db: Connection,
    recipients: Iterable[Recipient],
    medium: OnLabels,
    *,
    season_id: int | None,
    today: date,
) -> LabelsPrinted:
    """Draw a label for each recipient, use up slots and record the run, inside the step the caller holds.

    When nobody could be printed nothing is recorded. Raises `UsageError` when a skip is no less than a sheet.
    """
    printed = lay_out_labels(db, recipients, medium)
    before = print_runs.last_of(db, LABELS, season_id) if season_id is not None and printed.fills else None
    record_run(db, LABELS, printed.run, season_id=season_id, stock=medium.stock.name, today=today)
    return replace(_use_up(db, printed, medium.stock, today), before=before)


def print_return(
    db: Connection,
    lines: tuple[str, ...],
    medium: OnLabels,
    *,
    country: str = "",
    copies: int | None = None,
    today: date,
) -> LabelsPrinted:
    """Draw the sender's own address `copies` times, use up slots and record the run, in the caller's step.

    Without a number as many as are left of the sheet that comes first, or a whole one. An address that does
    not fit is refused once, and nothing is recorded. Raises `UsageError` as `print_labels` does.
    """
    begun = _begun(db, medium)
    slots = medium.stock.slots_per_sheet
    free = [sheet.free(slots) for sheet in begun]
    many = copies or (len(free[0]) if free else slots)
    label = _closer(Label(who="your own address", lines=lines, country=country), medium)
    drawn = draw_labels(
        [label] * many, medium.stock, first=free, printer=medium.printer, smallest=SMALLEST_SENDER
    )
    run = run_of(replace(drawn, refused=drawn.refused[:1]), ())
    record_run(db, RETURN, run, season_id=None, stock=medium.stock.name, today=today)
    return _use_up(db, LabelsPrinted(run=run, fills=fill(begun, run.items, slots)), medium.stock, today)


def _closer(label: Label, medium: OnLabels) -> Label:
    """Return the sender's address with its last two lines in one where a low label has no room for all."""
    if len(label.lines) <= _FEW_LINES or not check_labels(
        [label], medium.stock, printer=medium.printer, smallest=SMALLEST_SENDER
    ):
        return label
    *lines, town, postcode = label.lines
    return replace(label, lines=(*lines, f"{town}, {postcode}"))


def lay_out_labels(
    db: Connection, recipients: Iterable[Recipient], medium: OnLabels, *, proof: bool = False
) -> LabelsPrinted:
    """Draw a label for each recipient and change nothing; a `proof` is drawn for plain paper."""
    slots = medium.stock.slots_per_sheet
    begun = _begun(db, medium)
    labels, skipped = sort_addresses(recipients, medium.address_mode, numbers=medium.numbers)
    draw = draw_proof if proof else draw_labels
    free = [sheet.free(slots) for sheet in begun]
    run = run_of(draw(labels, medium.stock, first=free, printer=medium.printer), skipped)
    return LabelsPrinted(run=run, fills=fill(begun, run.items, slots))


def sort_addresses(
    recipients: Iterable[Recipient], address_mode: AddressMode | None, *, numbers: bool = False
) -> tuple[list[Label], list[Skipped]]:
    """Divide recipients into labels to print, with their `numbers` or not, and people left out and why."""
    kept, skipped = sort_recipients(recipients, address_mode)
    return [label_of(recipient, numbers=numbers) for recipient in kept], skipped


def label_of(recipient: Recipient, *, numbers: bool = False) -> Label:
    """Return what stands on the envelope of a recipient."""
    view = recipient.household
    number = recipient.number if numbers else 0
    return Label(who=view.addressee, lines=view.envelope_lines, country=view.country, number=number)


def sort_recipients(
    recipients: Iterable[Recipient], address_mode: AddressMode | None
) -> tuple[list[Recipient], list[Skipped]]:
    """Divide recipients into those whose address is printed, and people left out and why."""
    kept: list[Recipient] = []
    skipped: list[Skipped] = []
    for recipient in recipients:
        left_out = _left_out(recipient, address_mode)
        if left_out is None:
            kept.append(recipient)
        else:
            skipped.append(left_out)
    return kept, skipped


def _left_out(recipient: Recipient, address_mode: AddressMode | None) -> Skipped | None:
    """Return why a household's address is not printed, or None."""
    view = recipient.household
    if not view.is_lived_in:
        return Skipped(view.addressee, NOBODY_LIVING, Why.NOBODY_LIVING)
    if (address_mode or recipient.rule.address_mode) is AddressMode.HAND:
        circle = view.circle.value if view.circle else "no circle"
        return Skipped(view.addressee, f"addressed by hand ({circle}): on the crib", Why.BY_HAND)
    if not view.address_lines:
        return Skipped(view.addressee, "no address", Why.NO_ADDRESS)
    return None


def run_of(drawn: DrawnPdf, skipped: Sequence[Skipped]) -> PrintRun:
    """Return what was drawn, and who is not in it."""
    refused = [Skipped(refusal.who, refusal.reason) for refusal in drawn.refused]
    return PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=(*skipped, *refused))


def record_run(
    db: Connection, kind: str, run: PrintRun, *, season_id: int | None, stock: str, today: date
) -> None:
    """Record a run of which something could be printed."""
    if run.items:
        print_runs.add(
            db, kind, season_id=season_id, stock=stock, items=run.items, pages=run.pages, today=today
        )


def _begun(db: Connection, medium: OnLabels) -> tuple[PartSheet, ...]:
    """Return the part-used sheets that are filled first, each with a free slot.

    Raises `UsageError` for one that cannot be so.
    """
    slots = medium.stock.slots_per_sheet
    if medium.skip:
        return (PartSheet(id=None, used=first_used(medium.skip, slots)),)
    if medium.new_sheet:
        return ()
    rows = sheets.of_stock(db, medium.stock.name)
    for row in rows:
        check_used(row.id, row.used, slots)
    known = (PartSheet(id=row.id, used=row.used) for row in rows)
    return tuple(sheet for sheet in known if sheet.free(slots))


def _use_up(db: Connection, printed: LabelsPrinted, stock: Stock, today: date) -> LabelsPrinted:
    """Remember what is left of the sheets of a run, and return it with their numbers."""
    # The last first: what is left of it gets a number before one that is full gives up its own.
    fills = [_use_up_sheet(db, filled, stock.name, today) for filled in reversed(printed.fills)]
    return replace(printed, fills=tuple(reversed(fills)))


def _use_up_sheet(db: Connection, filled: Fill, stock: str, today: date) -> Fill:
    """Remember what is left of a sheet; return the fill, with the number of a sheet that has one now."""
    known = filled.sheet.id
    if known is None:
        if not filled.left:
            return filled
        return replace(filled, kept=sheets.add(db, stock, filled.used, today=today))
    if filled.left:
        sheets.set_used(db, known, filled.used)
        return replace(filled, kept=known)
    sheets.drop(db, known)
    return filled

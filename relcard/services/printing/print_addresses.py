"""Addresses on labels or envelopes: what is written by hand is left out and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people.circle import AddressMode
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.paper.documents.address_block import Label
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.feed import Feed
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.sheet import Tray
    from relcard.domain.printing.stock import Envelope
    from relcard.domain.printing.stock import Stock
    from relcard.paper.documents.results import DrawnPdf
    from relcard.services.seasons.read_season import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLabels:
    """Print on label sheets: first on `trays`, sheets of which some slots are used, then on whole ones.

    `numbers` prints each recipient's own in the corner of the label.
    """

    stock: Stock
    trays: tuple[Tray, ...] = ()
    numbers: bool = False
    printer: Printer | None = None
    proof: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OnEnvelopes:
    """Print on envelopes, with the return address in the corner when there is one.

    `country` is the sender's, whose post says where words may stand.
    """

    envelope: Envelope
    sender: tuple[str, ...] = ()
    country: str = ""
    feed: Feed | None = None
    printer: Printer | None = None


def print_addresses(
    recipients: Sequence[Recipient],
    medium: OnLabels | OnEnvelopes,
    *,
    address_mode: AddressMode | None = None,
) -> PrintRun:
    """Draw an address for each recipient in the order given; everyone left out is named with the reason.

    `address_mode` overrides for this run how each circle's envelopes are addressed. When nobody could be
    printed the run has no data, and everybody stands among the skipped.
    """
    numbers = isinstance(medium, OnLabels) and medium.numbers
    labels, skipped = sort_addresses(recipients, address_mode, numbers=numbers)
    run = _draw(labels, medium)
    skipped += [Skipped(one.who, one.reason) for one in run.refused]
    return PrintRun(data=run.data, pages=run.pages, items=run.items, skipped=tuple(skipped))


def sort_addresses(
    recipients: Sequence[Recipient], address_mode: AddressMode | None, *, numbers: bool = False
) -> tuple[list[Label], list[Skipped]]:
    """Divide recipients into labels to print, with their `numbers` or not, and people left out and why."""
    labels: list[Label] = []
    skipped: list[Skipped] = []
    for one in recipients:
        view = one.household
        if not view.living:
            skipped.append(Skipped(view.addressee, NOBODY_LIVING, Why.NOBODY_LIVING))
        elif (address_mode or one.rule.address_mode) is AddressMode.HAND:
            circle = view.circle.value if view.circle else "no circle"
            reason = f"addressed by hand ({circle}): on the crib"
            skipped.append(Skipped(view.addressee, reason, Why.BY_HAND))
        elif not view.address_lines:
            skipped.append(Skipped(view.addressee, "no address", Why.NO_ADDRESS))
        else:
            labels.append(
                Label(
                    who=view.addressee,
                    lines=view.envelope_lines,
                    country=view.country,
                    number=one.number if numbers else 0,
                )
            )
    return labels, skipped


def _draw(labels: Sequence[Label], medium: OnLabels | OnEnvelopes) -> DrawnPdf:
    if isinstance(medium, OnLabels):
        return _draw_labels(labels, medium)
    from relcard.paper.documents.envelopes import draw_envelopes

    return draw_envelopes(
        labels,
        medium.envelope,
        sender=medium.sender,
        country=medium.country,
        feed=medium.feed,
        printer=medium.printer,
    )


def _draw_labels(labels: Sequence[Label], medium: OnLabels) -> DrawnPdf:
    from relcard.paper.documents.labels import draw_labels
    from relcard.paper.documents.labels import draw_proof

    stock = medium.stock
    free = [one.free(stock.slots_per_sheet) for one in medium.trays]
    if medium.proof:
        return draw_proof(labels, stock, first=free, printer=medium.printer)
    return draw_labels(labels, stock, first=free, printer=medium.printer)

"""Addresses on labels or envelopes: what is written by hand is left out and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.closeness import AddressMode
from relcard.paper.labels import Label
from relcard.services.print_cards import PrintRun
from relcard.services.print_cards import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.paper.labels import LabelRun
    from relcard.paper.stock import Envelope
    from relcard.paper.stock import Stock
    from relcard.services.read_season import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLabels:
    """Print on label sheets; `skip` slots of the first sheet are used already."""

    stock: Stock
    skip: int = 0
    outlines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OnEnvelopes:
    """Print on envelopes, with the return address in the corner when there is one."""

    envelope: Envelope
    sender: tuple[str, ...] = ()


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
    labels, skipped = sort_addresses(recipients, address_mode)
    run = _draw(labels, medium)
    skipped += [Skipped(one.who, one.reason) for one in run.refused]
    return PrintRun(data=run.data, pages=run.pages, items=run.items, skipped=tuple(skipped))


def sort_addresses(
    recipients: Sequence[Recipient], address_mode: AddressMode | None
) -> tuple[list[Label], list[Skipped]]:
    """Divide recipients into labels to print and people left out, each with the reason."""
    labels: list[Label] = []
    skipped: list[Skipped] = []
    for one in recipients:
        view = one.household
        if not view.living:
            skipped.append(Skipped(view.addressee, "nobody of this household is living"))
        elif (address_mode or one.rule.address_mode) is AddressMode.HAND:
            circle = view.circle.value if view.circle else "no circle"
            skipped.append(Skipped(view.addressee, f"addressed by hand ({circle}): on the crib"))
        elif not view.address_lines:
            skipped.append(Skipped(view.addressee, "no address"))
        else:
            labels.append(Label(who=view.addressee, lines=view.envelope_lines, country=view.country))
    return labels, skipped


def _draw(labels: Sequence[Label], medium: OnLabels | OnEnvelopes) -> LabelRun:
    if isinstance(medium, OnLabels):
        from relcard.paper.labels import draw_labels

        return draw_labels(labels, medium.stock, skip=medium.skip, outlines=medium.outlines)
    from relcard.paper.envelopes import draw_envelopes

    return draw_envelopes(labels, medium.envelope, sender=medium.sender)

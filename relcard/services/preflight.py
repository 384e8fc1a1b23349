"""Before a sheet is used: one list of what wants a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.postal import check_address
from relcard.services.print_addresses import sort_addresses
from relcard.services.print_cards import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.closeness import AddressMode
    from relcard.paper.stock import Stock
    from relcard.services.read_season import Recipient


def preflight(
    recipients: Sequence[Recipient],
    stock: Stock,
    *,
    home: str,
    address_mode: AddressMode | None = None,
) -> list[Skipped]:
    """Return what is wrong with addresses, glyphs and sizes, by name; an empty list is a clear flight."""
    from relcard.paper.labels import draw_labels
    from relcard.paper.labels import unprintable

    found: list[Skipped] = []
    for one in recipients:
        view = one.household
        if not view.living:
            continue
        if view.address is None:
            found.append(Skipped(view.addressee, "no address"))
            continue
        found.extend(
            Skipped(view.addressee, remark) for remark in check_address(view.address, sender_country=home)
        )
        if one.by_hand and (reason := unprintable("\n".join(view.envelope_lines))):
            found.append(Skipped(view.addressee, f"{reason}; the crib says so in its place"))
    labels, _ = sort_addresses(recipients, address_mode)
    if labels:
        found.extend(Skipped(one.who, one.reason) for one in draw_labels(labels, stock).refused)
    return found

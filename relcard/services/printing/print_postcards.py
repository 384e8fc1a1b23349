"""The address side of postcards: who is written to by hand is left out and named; the run is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.paper.documents.postcards import Postcard
from relcard.paper.documents.postcards import draw_postcards
from relcard.services.printing.print_addresses import label_of
from relcard.services.printing.print_addresses import record_run
from relcard.services.printing.print_addresses import run_of
from relcard.services.printing.print_addresses import sort_recipients

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from relcard.domain.people.circle import AddressMode
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.printer import Printer
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

POSTCARDS = "postcards"  # kind of run in the store


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPostcards:
    """Cards of a `size`; `sender`, the `country` and `boxes` as `draw_postcards` has them."""

    size: CardSize
    sender: tuple[str, ...] = ()
    sender_abroad: tuple[str, ...] = ()
    country: str = ""
    boxes: bool = False
    printer: Printer | None = None
    address_mode: AddressMode | None = None


def print_postcards(
    db: Connection,
    recipients: Iterable[Recipient],
    medium: OnPostcards,
    *,
    season_id: int | None,
    today: date,
) -> PrintRun:
    """Draw an address side for each recipient in the order given and record the run, in the caller's step.

    When nobody could be printed nothing is recorded.
    """
    kept, skipped = sort_recipients(recipients, medium.address_mode)
    drawn = draw_postcards(
        [postcard_of(recipient) for recipient in kept],
        medium.size,
        sender=medium.sender,
        sender_abroad=medium.sender_abroad,
        country=medium.country,
        boxes=medium.boxes,
        printer=medium.printer,
    )
    run = run_of(drawn, skipped)
    record_run(db, POSTCARDS, run, season_id=season_id, stock=medium.size.name, today=today)
    return run


def postcard_of(recipient: Recipient) -> Postcard:
    """Return what stands on the address side for a recipient."""
    view = recipient.household
    return Postcard(
        label=label_of(recipient),
        names=view.names_on_envelope,
        upright=view.country == "JP" and view.name_at > 0,  # in its own letters, where the name comes last
    )

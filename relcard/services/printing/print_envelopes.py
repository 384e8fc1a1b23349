"""Envelopes for the recipients of a run; what went to paper is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.printing.print_addresses import print_addresses
from relcard.store import print_runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.circle import AddressMode
    from relcard.services.printing.print_addresses import OnEnvelopes
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

KIND = "envelopes"


def print_envelopes(
    db: Connection,
    recipients: Sequence[Recipient],
    medium: OnEnvelopes,
    *,
    season_id: int | None,
    today: date,
    address_mode: AddressMode | None = None,
) -> PrintRun:
    """Draw an envelope for each recipient in the order given and record the run, in the caller's step.

    When nobody could be printed nothing is recorded.
    """
    run = print_addresses(recipients, medium, address_mode=address_mode)
    if run.items:
        print_runs.add(
            db,
            KIND,
            season_id=season_id,
            stock=medium.envelope.name,
            items=run.items,
            pages=run.pages,
            today=today,
        )
    return run

"""The households of a season that no card can reach: it came back, or there is no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.seasons.season import State
from relcard.services.people.whom_to_ask import whom_to_ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.services.people.whom_to_ask import Lost
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection


def still_to_reach(db: Connection, recipients: Iterable[Recipient]) -> list[Lost]:
    """Return the living households whose card came back or has nowhere to go, with whom to ask.

    They are few, and each is read with all that ties it to others.
    """
    return [
        whom_to_ask(db, recipient.household)
        for recipient in recipients
        if recipient.household.is_lived_in
        and recipient.state is not State.POSTED
        and (recipient.household.address is None or recipient.state is State.RETURNED)
    ]

"""New addresses that were said on another device: they wait until the owner takes or drops them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.seasons.open_envelope import EnvelopeNews
from relcard.services.seasons.open_envelope import keep_news
from relcard.store import addresses
from relcard.store import households

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import ProposedAddress
    from relcard.store.file.database import Connection

_LONGEST = 300  # letters of an address in one line


class Proposal(NamedTuple):
    """A new address that waits, and the household as it is."""

    proposed: ProposedAddress
    household: HouseholdView


def propose_address(db: Connection, household_id: int, line: str, *, device: str, today: date) -> None:
    """Keep a household's new address, typed in one line or several, for the owner to decide on.

    Inside the caller's step. Raises `UsageError` for words that are too many.
    """
    words = ", ".join(filter(None, (" ".join(part.split()).strip(" ,") for part in line.splitlines())))
    if len(words) > _LONGEST:
        raise UsageError("That is too long for an address.", hint="Leave out what stands on no envelope.")
    if words:
        contact_id = households.host(db, household_id, today=today)
        addresses.propose(db, contact_id, words, device=device, on=today)


def list_proposals(db: Connection, standpoint: Standpoint) -> list[Proposal]:
    """Return the new addresses that wait, the oldest first; those of who is archived wait unseen."""
    waiting = addresses.proposed(db)
    homes = {each.contact_id: households.of_contact(db, each.contact_id) for each in waiting}
    views = {view.id: view for view in read_households(db, set(filter(None, homes.values())), standpoint)}
    return [
        Proposal(each, view)
        for each in waiting
        if (view := views.get(homes[each.contact_id] or 0)) is not None
    ]


def find_proposal(db: Connection, number: int, standpoint: Standpoint) -> Proposal:
    """Return the new address of that number. Raises `NotFoundError`."""
    for proposal in list_proposals(db, standpoint):
        if proposal.proposed.id == number:
            return proposal
    raise NotFoundError(f"No new address {number} waits.", hint="To see them: relcard page proposals")


def take_proposal(
    db: Connection, proposal: Proposal, standpoint: Standpoint, *, line: str = ""
) -> list[tuple[str, str]]:
    """Make a new address that of the household, or `line` instead; return what changed, in pairs of words.

    Inside the caller's step. Raises `UsageError` for one that cannot be read.
    """
    addresses.forget_proposal(db, proposal.proposed.id)
    return keep_news(db, proposal.household.id, EnvelopeNews(line or proposal.proposed.line), standpoint)


def drop_proposal(db: Connection, proposal: Proposal) -> None:
    """Leave the address as it is, inside the caller's step."""
    addresses.forget_proposal(db, proposal.proposed.id)

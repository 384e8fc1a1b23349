"""People move: all of a household or some, to an address or in with somebody; a child leaves home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.rites import Question
from relcard.domain.people.rites import RiteAnswer
from relcard.domain.people.rites import UnansweredError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Collection

    from relcard.domain.people.rites import LeavesHome
    from relcard.domain.people.rites import Move
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.rites.household_changes import HouseholdChanges


def move_people(changes: HouseholdChanges, move: Move) -> None:
    """Move contacts; a household that moves as a whole stays the same one."""
    if move.joins is not None and move.joins in move.who:
        raise UsageError("Nobody moves in with themselves.", hint="Name another: --in-with WHO")
    left = {household.id: household for household in map(changes.household_of, move.who)}
    movers, whole = _movers(changes, move, left.values())
    address = move.address
    if move.joins is not None:
        host = changes.household_of(move.joins)
        if host.id in left:
            raise UsageError("They share a household already.", hint="relcard household list")
        here, address = host.id, host.address
        changes.move_in(movers, here)
    elif address is None:
        raise UndecidedError(
            "Where do they move to?",
            hint='Say --street "14 High Street" --town Leeds --postcode "LS1 4DY", or --in-with WHO',
        )
    else:
        here = _gather(changes, movers, left.values(), whole=whole)
    if address is not None:
        for contact_id in movers:
            changes.give_address(contact_id, address)
    changes.mark_stated(here)
    changes.tell("address", "the new one holds from today; the old one is kept with the past ones")
    if len(left) > 1 or move.joins is not None or not whole:
        for household_id in {*left, here}:
            changes.set_aside_wording(household_id)
        changes.draft_again({*left, here})


def _movers(changes: HouseholdChanges, move: Move, left: Collection[HouseholdView]) -> tuple[list[int], bool]:
    """Return who moves, pets last, and whether that is everybody of the households they leave."""
    living = {member.contact_id: member.name for household in left for member in household.hosts}
    staying = [name for contact_id, name in living.items() if contact_id not in move.who]
    if staying and move.everybody is None:
        raise UnansweredError(_who_moves_along(staying))
    able = [*living, *(pet.contact_id for household in left for pet in household.living_pets)]
    dead = set(move.who) - set(able)
    if dead:
        first = next(contact_id for contact_id in move.who if contact_id in dead)
        raise UsageError(f"{changes.name(first)} has died.", hint="Name those who move.")
    whole = bool(move.everybody) or not staying
    return [contact_id for contact_id in able if whole or contact_id in move.who], whole


def _who_moves_along(staying: list[str]) -> Question:
    answers = (
        RiteAnswer(True, f"{', '.join(staying)} too", "--everybody"),
        RiteAnswer(False, "only those you named", "--only"),
    )
    return Question("everybody", "Who moves along?", answers)


def _gather(
    changes: HouseholdChanges, movers: list[int], left: Collection[HouseholdView], *, whole: bool
) -> int:
    """Bring the movers together in one household and return its id: the first mover's own, or a new one."""
    household_ids = {member.contact_id: household.id for household in left for member in household.members}
    first = household_ids[movers[0]]
    leading = [contact_id for contact_id in movers if household_ids[contact_id] == first]
    here = first if whole else changes.move_out(leading)
    changes.move_in([contact_id for contact_id in movers if contact_id not in leading], here)
    return here


def leave_home(changes: HouseholdChanges, leaving: LeavesHome) -> None:
    """Give someone a household of their own; the open season stays as it is, the next has a card for them."""
    contact = changes.living_contact(leaving.who)
    household = changes.household_of(leaving.who)
    if all(member.contact_id == leaving.who for member in household.living):
        raise UsageError(
            f"{contact.display_name} has a household of their own already.",
            hint="Where to? relcard rite move WHO --street ...",
        )
    households.set_role(changes.db, leaving.who, None)
    changes.move_out([leaving.who], in_season=False)
    if leaving.address is not None:
        changes.give_address(leaving.who, leaving.address)
    else:
        changes.retire_address(leaving.who)
        name = contact.display_name
        changes.tell(name, f'has no address yet; when you know it: relcard rite move "{name}"')
    changes.set_aside_wording(household.id)
    changes.draft_again([household.id])
    changes.tell("seasons", f"{contact.display_name} has a card of their own from the next season on")

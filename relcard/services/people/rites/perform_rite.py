"""A rite in one step: people move between households, and wording, reminders, seasons and tone with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people.rites import Birth
from relcard.domain.people.rites import Death
from relcard.domain.people.rites import LeavesHome
from relcard.domain.people.rites import Move
from relcard.domain.people.rites import Parting
from relcard.domain.people.rites import Wedding
from relcard.services.people.rites.birth_death import add_child
from relcard.services.people.rites.birth_death import end_life
from relcard.services.people.rites.household_changes import HouseholdChanges
from relcard.services.people.rites.move import leave_home
from relcard.services.people.rites.move import move_people
from relcard.services.people.rites.wedding_parting import join_couple
from relcard.services.people.rites.wedding_parting import part_couple
from relcard.store import households

if TYPE_CHECKING:
    from relcard.domain.people.rites import Rite
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a rite changed: the households before and after, and in pairs what else, each with its words."""

    before: tuple[HouseholdView, ...]
    after: tuple[HouseholdView, ...]
    told: tuple[tuple[str, str], ...]


def perform_rite(db: Connection, rite: Rite, standpoint: Standpoint) -> Report:
    """Perform a rite inside the step the caller holds.

    Raises `UnansweredError` with a question that only the user can answer, and `UsageError` for people of
    whom the rite cannot be true.
    """
    changes = HouseholdChanges(db, standpoint)
    before = {household.id: household for household in map(changes.household_of, rite.people)}
    _perform(changes, rite)
    touched = {member.contact_id for household in before.values() for member in household.members}
    now_in = {households.of_contact(db, contact_id) for contact_id in touched}
    return Report(
        before=tuple(before.values()),
        after=tuple(
            changes.households(sorted(household_id for household_id in now_in if household_id is not None))
        ),
        told=tuple(dict.fromkeys(changes.told)),
    )


def _perform(changes: HouseholdChanges, rite: Rite) -> None:
    match rite:
        case Wedding():
            join_couple(changes, rite)
        case Parting():
            part_couple(changes, rite)
        case Death():
            end_life(changes, rite)
        case Birth():
            add_child(changes, rite)
        case Move():
            move_people(changes, rite)
        case LeavesHome():
            leave_home(changes, rite)

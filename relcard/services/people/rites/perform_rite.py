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
from relcard.services.people.rites.birth_death import bear
from relcard.services.people.rites.birth_death import die
from relcard.services.people.rites.move import leave_home
from relcard.services.people.rites.move import move
from relcard.services.people.rites.rehousing import Rehousing
from relcard.services.people.rites.wedding_parting import part
from relcard.services.people.rites.wedding_parting import wed
from relcard.store import households

if TYPE_CHECKING:
    from relcard.domain.people.rites import Rite
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.rites.rehousing import Terms
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a rite changed: the households before and after, and in pairs what else, each with its words."""

    before: tuple[HouseholdView, ...]
    after: tuple[HouseholdView, ...]
    told: tuple[tuple[str, str], ...]


def perform_rite(db: Connection, rite: Rite, terms: Terms) -> Report:
    """Perform a rite inside the step the caller holds.

    Raises `UnansweredError` with a question that only the user can answer, and `UsageError` for people of
    whom the rite cannot be true.
    """
    work = Rehousing(db, terms)
    before = {home.id: home for one in _people(rite) for home in [work.home_of(one)]}
    match rite:
        case Wedding():
            wed(work, rite)
        case Parting():
            part(work, rite)
        case Death():
            die(work, rite)
        case Birth():
            bear(work, rite)
        case Move():
            move(work, rite)
        case LeavesHome():
            leave_home(work, rite)
    touched = {one.contact_id for home in before.values() for one in home.members}
    ids = [home for one in touched if (home := households.of_contact(db, one)) is not None]
    return Report(
        before=tuple(before.values()),
        after=tuple(work.views(dict.fromkeys(sorted(ids)))),
        told=tuple(dict.fromkeys(work.told)),
    )


def _people(rite: Rite) -> tuple[int, ...]:
    match rite:
        case Wedding() | Parting():
            return (rite.one, rite.other)
        case Birth():
            return rite.parents
        case Move():
            return rite.who if rite.joins is None else (*rite.who, rite.joins)
        case Death() | LeavesHome():
            return (rite.who,)

"""What is there twice: two of a household who look like one, two at one letterbox, a number on two papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.letterbox import household_key
from relcard.services.importing.find_duplicates import find_duplicates_among
from relcard.services.importing.find_duplicates import merge_command
from relcard.services.printing.print_plan import PreflightRemark
from relcard.services.printing.print_plan import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

_MOST_AT_ONE_DOOR = 3  # more households of one address are a block of flats


def check_doubles(db: Connection, views: Sequence[HouseholdView]) -> list[PreflightRemark]:
    """Return what would be written twice, with the command that mends it."""
    return [*_two_of_one(db, views), *_two_at_one_door(views)]


def check_numbers(recipients: Iterable[Recipient]) -> Iterator[PreflightRemark]:
    """Yield the recipients of a season whose number another's papers bear too: two laptops printed apart."""
    holders: dict[int, Recipient] = {}
    for recipient in recipients:
        number = recipient.row.number if recipient.row is not None else None
        if number is None:
            continue
        first = holders.setdefault(number, recipient)
        if first is not recipient:
            yield PreflightRemark(
                kind=RemarkKind.DOUBLE,
                who=recipient.household.addressee,
                reason=f"number {number} is on the papers of {first.household.addressee} too: go by the name",
                household=recipient.household.id,
            )


def _two_of_one(db: Connection, views: Sequence[HouseholdView]) -> Iterator[PreflightRemark]:
    home_of = {member.uid: view for view in views if len(view.members) > 1 for member in view.members}
    ids = [member.contact_id for view in views if len(view.members) > 1 for member in view.members]
    for pair in find_duplicates_among(db, ids):
        view = home_of[pair.a.uid]
        if view is home_of[pair.b.uid]:
            names = dict.fromkeys((pair.a.name, pair.b.name))
            yield PreflightRemark(
                kind=RemarkKind.DOUBLE,
                who=view.addressee,
                reason=f"two of this household look like one: {' and '.join(names)}",
                mend=merge_command(db, (pair.a.uid, pair.b.uid), (pair.a.name, pair.b.name)),
                household=view.id,
            )


def _two_at_one_door(views: Iterable[HouseholdView]) -> Iterator[PreflightRemark]:
    """Yield households of one letterbox that the user has not said are several."""
    for several in at_one_door(views):
        first, *others = several
        if not all(view.stated for view in several):
            ids = " ".join(f"h{view.id}" for view in several)
            named = " and ".join(view.addressee for view in others)
            yield PreflightRemark(
                kind=RemarkKind.DOUBLE,
                who=first.addressee,
                reason=f"one letterbox, and another envelope for {named}",
                mend=f"relcard household join {ids}",
                household=first.id,
            )


def at_one_door(views: Iterable[HouseholdView]) -> list[list[HouseholdView]]:
    """Return the households of one letterbox together, those alone at theirs and blocks of flats left out."""
    doors: dict[tuple[str, str], list[HouseholdView]] = {}
    for view in views:
        key = household_key(view.address, view.country) if view.address is not None else ""
        if key and not view.is_organisation:
            doors.setdefault((view.country, key), []).append(view)
    return [several for several in doors.values() if 1 < len(several) <= _MOST_AT_ONE_DOOR]


def notes_of_doubles(views: Iterable[HouseholdView], remarks: Iterable[PreflightRemark]) -> tuple[str, ...]:
    """Name the households of one letterbox that are several by the user's word, and the sitting for many."""
    several_pairs = sum(remark.mend.startswith("relcard merge") for remark in remarks) > 1
    sitting = ("pairs that look like one, in one sitting: relcard duplicates --sit",) if several_pairs else ()
    stated = [several for several in at_one_door(views) if all(view.stated for view in several)]
    ids = "; ".join(" and ".join(f"h{view.id}" for view in several) for several in stated)
    doors = (f"one letterbox, several envelopes, as you said: {ids}",) if stated else ()
    return (*sitting, *doors)

"""People move: all of a household or some, to an address or in with somebody; a child leaves home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.rites import Answer
from relcard.domain.people.rites import Question
from relcard.domain.people.rites import UnansweredError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.domain.people.rites import LeavesHome
    from relcard.domain.people.rites import Move
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Member
    from relcard.services.people.rites.rehousing import Rehousing


def move(work: Rehousing, rite: Move) -> None:
    """Move contacts; a household that moves as a whole stays the same one."""
    if rite.joins is not None and rite.joins in rite.who:
        raise UsageError("Nobody moves in with themselves.", hint="Name another: --in-with WHO")
    homes = {home.id: home for one in rite.who for home in [work.home_of(one)]}
    everyone = [one for home in homes.values() for one in home.living]
    behind = [one for one in everyone if one.contact_id not in rite.who]
    if behind and rite.everybody is None:
        names = ", ".join(one.name for one in behind)
        answers = (
            Answer(True, f"{names} too", "--everybody"),
            Answer(False, "only those you named", "--only"),
        )
        raise UnansweredError(Question("everybody", "Who moves along?", answers))
    movers = [one.contact_id for one in everyone if rite.everybody or one.contact_id in rite.who]
    for one in rite.who:
        if one not in movers and not any(one == pet.contact_id for pet in _pets(homes.values())):
            raise UsageError(f"{work.name(one)} has died.", hint="Name those who move.")
    whole = not behind or bool(rite.everybody)
    pets = [one.contact_id for one in _pets(homes.values()) if whole or one.contact_id in rite.who]
    movers += [one for one in pets if one not in movers]
    address = rite.address
    if rite.joins is not None:
        target = work.home_of(rite.joins)
        address, here = target.address, target.id
        if here in homes:
            raise UsageError("They share a household already.", hint="relcard household list")
        work.move_in(movers, here)
    elif address is None:
        raise UndecidedError(
            "Where do they move to?",
            hint='Say --street "14 High Street" --town Leeds --postcode "LS1 4DY", or --in-with WHO',
        )
    else:
        first = homes[work.home_of(movers[0]).id]
        group = [one for one in movers if work.home_of(one).id == first.id]
        here = first.id if whole else work.move_out(group)
        work.move_in([one for one in movers if one not in group], here)
    if address is not None:
        for one in movers:
            work.give_address(one, address)
    work.state(here)
    work.tell("address", "the new one holds from today; the old one is kept with the past ones")
    if len(homes) > 1 or rite.joins is not None or not whole:
        for home_id in {*homes, here}:
            work.set_aside_wishes(home_id)
        work.plan_again({*homes, here})


def _pets(homes: Iterable[HouseholdView]) -> list[Member]:
    return [one for home in homes for one in home.members if one.is_pet and one.died_on is None]


def leave_home(work: Rehousing, rite: LeavesHome) -> None:
    """Give someone a household of their own; the open season stays as it is, the next has a card for them."""
    contact = work.living(rite.who)
    home = work.home_of(rite.who)
    others = [one for one in home.living if one.contact_id != rite.who]
    if not others:
        raise UsageError(
            f"{contact.display_name} has a household of their own already.",
            hint="Where to? relcard rite move WHO --street ...",
        )
    households.set_role(work.db, rite.who, None)
    work.move_out([rite.who], in_season=False)
    if rite.address is not None:
        work.give_address(rite.who, rite.address)
    else:
        work.retire_address(rite.who)
        name = contact.display_name
        work.tell(name, f'has no address yet; when you know it: relcard rite move "{name}"')
    work.set_aside_wishes(home.id)
    work.plan_again([home.id])
    work.tell("seasons", f"{contact.display_name} has a card of their own from the next season on")

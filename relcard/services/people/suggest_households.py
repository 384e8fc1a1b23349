"""Households proposed from addresses, names and relations; where the user has spoken, nothing is touched."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from itertools import groupby
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import Kind
from relcard.domain.people.contact import Relation
from relcard.domain.people.household import Resident
from relcard.domain.people.household import near_keys
from relcard.domain.people.household import propose
from relcard.domain.people.household import why_alone
from relcard.domain.text import fold
from relcard.store import households
from relcard.store import members

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.store.file.database import Connection
    from relcard.store.households import DoorRow
    from relcard.store.households import ResidentRow

_BLOCKS_AT_ONCE = 256  # a question to the store for each would cost more than its answer


class _ProposedHousehold(NamedTuple):
    """A proposal as the store takes it; `first` is the contact that came first, which orders them."""

    first: int
    members: tuple[int, ...]
    reason: str


def suggest_households(db: Connection, changed: Collection[int], *, today: date) -> list[int]:
    """Propose anew after some contacts were written, and put everybody where the proposals say.

    Whom their cards name beside them, without a card of their own, are members of their households.

    A household keeps its id while one of its members stays. Households the user has stated are left alone.
    Runs inside the step the caller holds; changes nothing when `changed` is empty. Returns the ids of the
    households that are new.
    """
    if not changed:
        return []
    members.follow_cards(db, changed, today=today)
    proposals, household_of = _propose(db, today)
    went: dict[int, int] = {}  # where the members of a household went that may be empty now
    new = proposals
    if household_of:
        new = _keep_households(db, proposals, household_of, changed, went)
    made = households.make_some(db, [proposal.reason for proposal in new])
    households.put_some(db, _placed(new, made))
    went.update((household_of[member], here) for member, here in _placed(new, made) if member in household_of)
    households.drop_empty(db, went)
    return list(made)


def _propose(db: Connection, today: date) -> tuple[list[_ProposedHousehold], dict[int, int]]:
    """Return the proposals for all whose household is not stated, and the household of each who is in one."""
    proposals: list[_ProposedHousehold] = []
    household_of: dict[int, int] = {}
    crowded: list[list[int]] = []
    for block in _blocks(db):
        household_of.update((row.contact_id, row.household_id) for row in block if row.household_id)
        together, alone = _parted(block)
        proposals += [
            _ProposedHousehold(row.contact_id, (row.contact_id,), why_alone(Kind(row.kind), row.letterbox))
            for row in alone
        ]
        if together:
            crowded.append([row.contact_id for row in together])
        if len(crowded) == _BLOCKS_AT_ONCE:
            proposals += _proposed(db, crowded, today)
            crowded.clear()
    proposals += _proposed(db, crowded, today)
    proposals.sort()
    return proposals, household_of


def _keep_households(
    db: Connection,
    proposals: Sequence[_ProposedHousehold],
    household_of: Mapping[int, int],
    changed: Collection[int],
    went: dict[int, int],
) -> list[_ProposedHousehold]:
    """Put the members of proposals into a household that one of them has; return the proposals without one.

    Notes in `went` where those went who left another household.
    """
    taken: set[int] = set()
    new: list[_ProposedHousehold] = []
    for proposal in proposals:
        here = _household_left(proposal, household_of, taken)
        if here is None:
            new.append(proposal)
            continue
        taken.add(here)
        moved = [member for member in proposal.members if household_of.get(member) != here]
        if moved or any(member in changed for member in proposal.members):
            households.describe(db, here, stated=False, reason=proposal.reason)
        if moved:
            went.update((household_of[member], here) for member in moved if member in household_of)
            households.put_some(db, [(member, here) for member in moved])
    return new


def _household_left(
    proposal: _ProposedHousehold, household_of: Mapping[int, int], taken: Collection[int]
) -> int | None:
    """Return the first household that a member has and no proposal has taken."""
    had = (household_of[member] for member in proposal.members if member in household_of)
    return next((household_id for household_id in had if household_id not in taken), None)


def _placed(
    proposals: Iterable[_ProposedHousehold], household_ids: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yield each member of some proposals with its household: a list of 100,000 would take 9 MB."""
    for proposal, household_id in zip(proposals, household_ids, strict=True):
        for member in proposal.members:
            yield member, household_id


def _proposed(db: Connection, blocks: Sequence[Sequence[int]], today: date) -> Iterator[_ProposedHousehold]:
    """Yield the proposals for some blocks of contact ids."""
    rows = {row.contact_id: row for row in households.residents(db, chain.from_iterable(blocks))}
    for block in blocks:
        ids = {rows[contact_id].uid: contact_id for contact_id in block}
        residents = [resident_of(rows[contact_id]) for contact_id in block]
        for home in propose(residents, year=today.year):
            members = tuple([ids[uid] for uid in home.members])
            yield _ProposedHousehold(min(members), members, home.reason)


def _blocks(db: Connection) -> Iterator[list[DoorRow]]:
    """Yield contacts in blocks that cannot share a household with those of another block.

    Only contacts of one place, as `household_key` begins, can share a letterbox; relations tie places, and
    who has no address, together. So a large book is never held at once. Each block is in the order they came.
    """
    tied = _tied_places(db)
    joint: list[DoorRow] = []
    for place, rows in groupby(households.open_doors(db), key=_place):
        if place in tied:
            joint += rows
        elif place:
            yield sorted(rows)
        else:
            yield from ([row] for row in rows)
    if joint:
        yield sorted(joint)


def _parted(block: Sequence[DoorRow]) -> tuple[Sequence[DoorRow], Sequence[DoorRow]]:
    """Return those of a block who may share a household, and those who are alone.

    Together may be who has one letterbox, or nearly so with one surname; and all where somebody is related.
    """
    if any(row.is_related for row in block):
        return block, ()
    if len(block) == 1:
        return (), block
    if not all(row.letterbox for row in block):
        return block, ()
    neighbours, alone = _sharing(block, [(_house(row),) for row in block])
    keys = [(row.letterbox, *near_keys(row.family, row.name, row.letterbox)) for row in neighbours]
    together, strangers = _sharing(neighbours, keys)
    return together, alone + strangers


def _sharing(
    rows: Sequence[DoorRow], keys: Sequence[Sequence[object]]
) -> tuple[list[DoorRow], list[DoorRow]]:
    """Return the rows of which a key is also another's, and the others."""
    often = Counter(chain.from_iterable(keys))
    sharing: list[DoorRow] = []
    others: list[DoorRow] = []
    for row, own in zip(rows, keys, strict=True):
        (sharing if any(often[key] > 1 for key in own) else others).append(row)
    return sharing, others


def _tied_places(db: Connection) -> set[str]:
    """Return the places of those who are related to somebody, by their own card or by another's."""
    relations = [one for some in households.relations(db) for one in some]
    if not relations:
        return set()
    uids = {uid for _, _, uid in relations if uid}
    names = {fold(name) for _, name, _ in relations if name}
    return {
        _place(row)
        for row in households.open_doors(db)
        if row.uid in uids or row.is_related or fold(row.name) in names
    }


def _house(row: DoorRow) -> tuple[str, str]:
    """Return house numbers and post box, without which nobody shares a letterbox or nearly so."""
    _, _, numbers, _, box = row.letterbox.split("|")
    return numbers, box


def _place(row: DoorRow) -> str:
    return row.letterbox.partition("|")[0]


def resident_of(row: ResidentRow) -> Resident:
    """Return a contact as the rules of households see it, from its row alone."""
    name = row.detail.get("n", {})
    birth = row.birth[:4]
    return Resident(
        uid=row.uid,
        display_name=row.name,
        family=name.get("family", ""),
        given=name.get("given", ""),
        kind=Kind(row.kind),
        birth_year=int(birth) if birth.isdigit() else None,
        has_died=bool(row.died_on),
        address_key=row.letterbox,
        relations=_relations(row.detail["relations"]) if "relations" in row.detail else (),
        gender=row.detail.get("gender", ""),
        organises=row.role == "organiser",
        is_child=row.role == "child",
        is_grown=row.role == "adult",
        is_pet=row.role == "pet",
        prefixes=name.get("prefixes", ""),
        born=row.birth,
        suffixes=name.get("suffixes", ""),
        additional=name.get("additional", ""),
        nicknames=tuple(row.detail.get("nicknames", ())),
    )


def _relations(rows: Sequence[Sequence[str]]) -> tuple[Relation, ...]:
    return tuple([Relation(kind=kind, name=name, uid=uid) for kind, name, uid in rows])

"""Households proposed from addresses, names and relations; where the user has spoken, nothing is touched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from relcard.domain.contact import Kind
from relcard.domain.contact import Relation
from relcard.domain.household import Resident
from relcard.domain.household import propose
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from relcard.domain.household import Proposal
    from relcard.store.database import Connection
    from relcard.store.households import ResidentRow


def suggest_households(db: Connection, changed: Collection[int], *, today: date) -> list[Proposal]:
    """Propose anew after some contacts were written, and put everybody where the proposals say.

    A household keeps its id while one of its members stays. Households the user has stated are left alone.
    Runs inside the step the caller holds; changes nothing when `changed` is empty.
    """
    if not changed:
        return []
    rows = {row.uid: row for row in households.open_residents(db)}
    proposals = propose((resident_of(row) for row in rows.values()), year=today.year)
    taken: set[int] = set()
    new: list[Proposal] = []
    for proposal in proposals:
        members = [rows[uid] for uid in proposal.members]
        here = next(
            (one.household_id for one in members if one.household_id and one.household_id not in taken), None
        )
        if here is None:
            new.append(proposal)
            continue
        if any(one.contact_id in changed or one.household_id != here for one in members):
            households.describe(db, here, stated=False, reason=proposal.reason)
        taken.add(here)
        households.put_some(db, [(one.contact_id, here) for one in members if one.household_id != here])
    ids = households.make_some(db, [one.reason for one in new])
    households.put_some(
        db,
        (
            (rows[uid].contact_id, here)
            for here, proposal in zip(ids, new, strict=True)
            for uid in proposal.members
        ),
    )
    households.drop_empty(db)
    return proposals


def resident_of(row: ResidentRow) -> Resident:
    """Return a contact as the rules of households see it, from its row alone."""
    # The detail is JSON; a card without relations, the usual one, is looked at no closer than its name.
    detail = json.loads(row.detail)
    name = detail.get("n", {})
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
        relations=tuple(Relation(kind=k, name=n, uid=u) for k, n, u in detail.get("relations", ())),
    )

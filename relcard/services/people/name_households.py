"""Households by name alone, for pages of thousands: the many that are one plain name are not read whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.people.names import is_written_as_shown
from relcard.domain.text import fold
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from relcard.domain.people.careful_year import Careful
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection


class NamedHousehold(NamedTuple):
    """What a list says of a household; `shelf` is what it is sorted by, its surname first."""

    id: int
    addressee: str
    shelf: str
    circle: Circle | None
    is_living: bool
    cares: tuple[Careful, ...]


def name_households(
    db: Connection, household_ids: Iterable[int] | None, standpoint: Standpoint
) -> list[NamedHousehold]:
    """Return some households, or all with None, in the order of their ids."""
    if household_ids is not None:
        return sorted(_read_whole(db, household_ids, standpoint))
    plain = list(_plain(db))
    others = set(households.ids(db)).difference(household.id for household in plain)
    return sorted([*plain, *_read_whole(db, others, standpoint)])


def _plain(db: Connection) -> Iterator[NamedHousehold]:
    """Yield the households of one living contact whose name stands on the envelope as it is shown."""
    for row in households.of_one(db):
        parts = json.loads(row.name_parts)
        if len(parts) == 2 and is_written_as_shown(parts.get("given", ""), parts.get("family", ""), row.name):
            circle = Circle(row.circle) if row.circle else None
            yield NamedHousehold(row.household_id, row.name, row.sort_key, circle, True, ())


def _read_whole(
    db: Connection, household_ids: Iterable[int], standpoint: Standpoint
) -> Iterator[NamedHousehold]:
    # 20 ms, and most households of a large book are plain.
    from relcard.services.people.read_households import read_households  # noqa: PLC0415

    views = read_households(db, household_ids, standpoint)
    heads = {view.id: (view.living or view.members)[0] for view in views}
    sort_keys = contacts.sort_keys(db, [head.contact_id for head in heads.values()])
    for view in views:
        head = heads[view.id]
        shelf = _shelf(view, head.name, sort_keys[head.contact_id])
        yield NamedHousehold(view.id, view.addressee, shelf, view.circle, bool(view.greeted), view.cares)


def _shelf(view: HouseholdView, name: str, sort_key: str) -> str:
    """Return what a household is sorted by: as the book has its head, else by the surname of a name read."""
    if sort_key != fold(name) or not view.greeted:
        return sort_key
    from relcard.domain.people.joint_names import family_alone  # noqa: PLC0415  loaded with the above

    person = view.greeted[0]
    family = person.family or family_alone(person.display_name)
    return fold(f"{family} {person.given}") if family else sort_key

"""Households by name alone, for pages of thousands: the many that are one plain name are not read whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.people.names import is_written_as_shown
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from relcard.domain.people.careful_year import Careful
    from relcard.domain.standpoint import Standpoint
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
    from relcard.services.people.read_households import shelves  # noqa: PLC0415

    views = read_households(db, household_ids, standpoint)
    shelf_of = shelves(db, views)
    for view in views:
        living = bool(view.greeted)
        yield NamedHousehold(view.id, view.addressee, shelf_of[view.id], view.circle, living, view.cares)

"""Contacts that look like the same person: named with the reason, never merged alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.importing.duplicates import Blocks
from relcard.domain.importing.duplicates import Person
from relcard.domain.importing.duplicates import likely_duplicates
from relcard.domain.importing.duplicates import likely_pairs
from relcard.domain.people.circle import Circle
from relcard.domain.text import quoted
from relcard.store import contacts
from relcard.store import duplicates
from relcard.store import merges
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.importing.duplicates import Likeness
    from relcard.domain.importing.duplicates import Pair
    from relcard.store.duplicates import ReachableRow
    from relcard.store.file.database import Connection


class Twin(NamedTuple):
    """One of a pair."""

    uid: str
    name: str


class Twins(NamedTuple):
    """Two contacts and why they look like one."""

    a: Twin
    b: Twin
    likeness: Likeness

    @property
    def reason(self) -> str:
        """The likeness in words."""
        return self.likeness.value


def find_duplicates(
    db: Connection, *, among: range | None = None, blocks: Blocks | None = None
) -> list[Twins]:
    """Return the pairs of the store, or with `among` those of which one is among these contact ids.

    `among` are the newest contacts; `blocks` has them already when whoever wrote them took them in, and only
    the others are then read. A pair of which the user said that it is not the same is none.
    """
    before = among.start if among is not None and blocks is not None else None
    blocks = blocks or Blocks()
    for row in duplicates.every(db, before=before):
        blocks.add(row.id, row.name_key, row.emails, row.phones, row.month_day, row.letterboxes)

    def people_of(wanted: Collection[int]) -> dict[int, Person]:
        return {row.id: _person(row) for row in duplicates.some(db, wanted)}

    def names_of(wanted: Collection[int]) -> dict[int, str]:
        return duplicates.name_keys(db, wanted)

    return _named(db, likely_pairs(blocks, names_of=names_of, people_of=people_of, among=among))


def find_duplicates_among(db: Connection, contact_ids: Collection[int]) -> list[Twins]:
    """Return the pairs of which both are among some contacts."""
    people = [_person(row) for row in duplicates.some(db, contact_ids)] if contact_ids else []
    return _named(db, likely_duplicates(people))


def _person(row: ReachableRow) -> Person:
    return Person(
        uid=row.uid,
        name_key=row.name_key,
        emails=row.emails,
        phones=row.phones,
        month_day=row.month_day,
        birth_year=row.birth_year,
        address_keys=row.letterboxes,
    )


def _named(db: Connection, pairs: Iterable[Pair]) -> list[Twins]:
    """Return pairs with their names, without those of which the user said that they are two."""
    apart = merges.not_same(db)
    open_pairs = [pair for pair in pairs if frozenset((pair.a, pair.b)) not in apart]
    names = contacts.names_of_uids(db, {uid for pair in open_pairs for uid in (pair.a, pair.b)})
    return [Twins(Twin(a, names[a]), Twin(b, names[b]), likeness) for a, b, likeness in open_pairs]


def merge_command(db: Connection, uids: Sequence[str], names: Sequence[str]) -> str:
    """Return the command that merges two, by their names where these say plainly who is meant."""
    ids = [contacts.id_of_uid(db, uid) for uid in uids]
    named = [contacts.find(db, name) for name in names]
    plain = named == [[ids[0]], [ids[1]]] or (names[0] == names[1] and named[0] == sorted(named[0]) == ids)
    return f"relcard merge {' '.join(map(quoted, names if plain else uids))}"


def nearest_first(db: Connection, pairs: Sequence[Twins]) -> list[Twins]:
    """Return the pairs by their nearest circle, then those that have most in common."""
    ids = contacts.ids_of_uids(db, {twin.uid for pair in pairs for twin in (pair.a, pair.b)})
    circle_of = relationships.circles(db, ids.values())

    def place(pair: Twins) -> tuple[int, int]:
        circles = [circle_of.get(ids[twin.uid]) for twin in (pair.a, pair.b)]
        nearness = min(len(Circle) if circle is None else circle.nearness for circle in circles)
        return nearness, pair.likeness.rank

    return sorted(pairs, key=place)

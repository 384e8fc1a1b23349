"""Contacts that look like the same person: named with the reason, never merged alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.duplicates import Person
from relcard.domain.duplicates import likely_duplicates
from relcard.store import contacts
from relcard.store import merges

if TYPE_CHECKING:
    from collections.abc import Collection

    from relcard.store.database import Connection


@dataclass(frozen=True, slots=True)
class Twin:
    """One of a pair."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Twins:
    """Two contacts and why they look like one."""

    a: Twin
    b: Twin
    reason: str


def find_duplicates(db: Connection, *, among: Collection[int] | None = None) -> list[Twins]:
    """Return the pairs of the store, or with `among` those of which one is among these contact ids.

    A pair of which the user said that it is not the same is none.
    """
    apart = merges.not_same(db)
    names: dict[str, str] = {}
    new: set[str] = set()
    people: list[Person] = []
    for row in contacts.reachable(db):
        names[row.uid] = row.name
        if among is not None and row.id in among:
            new.add(row.uid)
        people.append(
            Person(
                uid=row.uid,
                name_key=row.name_key,
                emails=row.emails,
                phones=row.phones,
                month_day=row.birthday.month_day if row.birthday else None,
                birth_year=row.birthday.year if row.birthday else None,
                address_key=row.letterbox,
            )
        )
    return [
        Twins(Twin(one.a, names[one.a]), Twin(one.b, names[one.b]), one.reason)
        for one in likely_duplicates(people)
        if (among is None or one.a in new or one.b in new) and frozenset((one.a, one.b)) not in apart
    ]

"""Warmth from the store: the whole history of each contact, and the credit of who keeps a home together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.feasts import feast_year
from relcard.domain.feasts import find_feast
from relcard.domain.people.warmth import Channel
from relcard.domain.people.warmth import Direction
from relcard.domain.people.warmth import Interaction
from relcard.domain.people.warmth import Record
from relcard.domain.people.warmth import channel_named
from relcard.domain.people.warmth import household_warmth
from relcard.domain.people.warmth import likely_organiser
from relcard.domain.seasons import season
from relcard.store import contact_histories
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.people.warmth import Warmth
    from relcard.store.contact_histories import PersonRow
    from relcard.store.file.database import Connection

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\b")
_DIRECTIONS = {one.value: one for one in Direction}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """One contact, its warmth, and what it was made of.

    `organiser` is who keeps the household together, when that is known.
    """

    person: PersonRow
    warmth: Warmth
    history: tuple[Interaction, ...]
    organiser: int | None


def read_warmth(
    db: Connection,
    contact_id: int | None = None,
    *,
    today: date,
    organisers: Mapping[int, int] | None = None,
) -> list[Warm]:
    """Return every contact with a circle, or the one asked for, the warmest first.

    `organisers` are contacts by the household they organise, else as the user said their roles; of a
    household that is not among them it is the member through whom most happened (`likely_organiser`). The
    whole history is read, in three queries.
    """
    if contact_id is None:
        people = contact_histories.people_in_circles(db)
    else:
        people = contact_histories.people_of_household(db, contact_id)
    said = households.organisers(db) if organisers is None else organisers
    passed: dict[int, list[Interaction]] = {one.contact_id: [] for one in people}
    for contact, channel, direction, on in contact_histories.words(db, passed):
        passed[contact].append(
            Interaction(channel=channel_named(channel), direction=_DIRECTIONS[direction], on=on)
        )
    homes: dict[int, list[PersonRow]] = {}
    for one in people:
        homes.setdefault(one.household_id or -one.contact_id, []).append(one)
    found: list[Warm] = []
    for household_id, home in homes.items():
        organiser = said.get(household_id) or likely_organiser(
            {one.contact_id: len(passed[one.contact_id]) for one in home if not one.has_died}
        )
        records = {
            one.contact_id: Record(
                history=tuple(passed[one.contact_id]), known_since=known_since(one.known_since, one.added_on)
            )
            for one in home
        }
        each = household_warmth(records, organiser, today=today)
        found.extend(
            Warm(
                person=one,
                warmth=each[one.contact_id],
                history=records[one.contact_id].history,
                organiser=organiser,
            )
            for one in home
            if (one.circle is not None if contact_id is None else one.contact_id == contact_id)
        )
    return sorted(found, key=_by_warmth)


def known_since(said: str, added_on: date) -> date:
    """Return since when a contact is known: what a fact says ("1987", "2003-05-14", "spring 1990").

    What has no year, no such day, or lies after the day the contact was added, is as if it was not said.
    """
    found = _DAY.match(said.strip()) or _YEAR.search(said)
    if found is None:
        return added_on
    year, month, day = (int(part or 1) for part in (*found.groups(), 1, 1)[:3])
    try:
        return min(added_on, date(year, month, day))
    except ValueError:
        return added_on


def christmas_turns(history: Iterable[Interaction], *, today: date) -> str:
    """Return the habit of writing Christmas cards in turns, in words; "" when there is none."""
    feast = find_feast("christmas")
    years: dict[Direction, set[int]] = {one: set() for one in Direction}
    for one in history:
        if one.channel is Channel.CARD and (year := feast_year(feast, one.on)) is not None:
            years[one.direction].add(year)
    sent, received = (tuple(sorted(years[one])) for one in (Direction.TO_THEM, Direction.FROM_THEM))
    return season.turns(sent, received, today.year + 1) if sent and received else ""


def _by_warmth(one: Warm) -> tuple[float, int]:
    return (-one.warmth.total, one.person.contact_id)

"""Warmth and drift from the store: the whole history of each contact, beside each circle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.feasts import feast_year
from relcard.domain.feasts import find_feast
from relcard.domain.people import drift
from relcard.domain.people.warmth import Channel
from relcard.domain.people.warmth import Direction
from relcard.domain.people.warmth import Encounter
from relcard.domain.people.warmth import Record
from relcard.domain.people.warmth import channel_named
from relcard.domain.people.warmth import household_warmth
from relcard.domain.people.warmth import likely_organiser
from relcard.domain.seasons import season
from relcard.store import contact_histories
from relcard.store import households
from relcard.store import occasions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.circle import CircleRule
    from relcard.domain.people.warmth import Warmth
    from relcard.store.contact_histories import PersonRow
    from relcard.store.file.database import Connection

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\b")
_DIRECTIONS = {direction.value: direction for direction in Direction}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """One contact, its warmth, and what it was made of.

    `organiser` is who keeps the household together, when that is known; `of_household` is what passed with
    anybody of it.
    """

    person: PersonRow
    warmth: Warmth
    history: tuple[Encounter, ...]
    organiser: int | None
    of_household: tuple[Encounter, ...]


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
    if organisers is None:
        organisers = households.organisers(db)
    passed: dict[int, list[Encounter]] = {person.contact_id: [] for person in people}
    for contact, channel, direction, on in contact_histories.words(db, passed):
        if on > today:  # a wrong clock wrote it
            continue
        encounter = Encounter(channel=channel_named(channel), direction=_DIRECTIONS[direction], on=on)
        passed[contact].append(encounter)
    members: dict[int, list[PersonRow]] = {}
    for person in people:
        members.setdefault(person.household_id or -person.contact_id, []).append(person)
    warm = [
        warm_person
        for household_id, household in members.items()
        for warm_person in _warm(household, passed, organisers.get(household_id), today)
        if (
            warm_person.person.circle is not None
            if contact_id is None
            else warm_person.person.contact_id == contact_id
        )
    ]
    return sorted(warm, key=_by_warmth)


def _warm(
    household: list[PersonRow], passed: Mapping[int, list[Encounter]], organiser: int | None, today: date
) -> list[Warm]:
    """Return the warmth of each member of a household."""
    organiser = organiser or likely_organiser(
        {person.contact_id: len(passed[person.contact_id]) for person in household if not person.has_died}
    )
    records = {
        person.contact_id: Record(
            history=tuple(passed[person.contact_id]),
            known_since=known_since(person.known_since, person.added_on),
        )
        for person in household
    }
    each = household_warmth(records, organiser, today=today)
    together = sorted((word for record in records.values() for word in record.history), key=_by_day)
    return [
        Warm(
            person=person,
            warmth=each[person.contact_id],
            history=records[person.contact_id].history,
            organiser=organiser,
            of_household=tuple(together),
        )
        for person in household
    ]


def _by_day(encounter: Encounter) -> date:
    return encounter.on


def known_since(words: str, added_on: date) -> date:
    """Return since when a contact is known: what a fact says ("1987", "2003-05-14", "spring 1990").

    What has no year, no such day, or lies after the day the contact was added, is as if it was not said.
    """
    match = _DAY.match(words.strip()) or _YEAR.search(words)
    if match is None:
        return added_on
    year, month, day = (int(part or 1) for part in (*match.groups(), 1, 1)[:3])
    try:
        return min(added_on, date(year, month, day))
    except ValueError:
        return added_on


def christmas_turns(history: Iterable[Encounter], *, today: date) -> str:
    """Return the habit of writing Christmas cards in turns, in words; "" when there is none."""
    feast = find_feast("christmas")
    years: dict[Direction, set[int]] = {direction: set() for direction in Direction}
    for encounter in history:
        if encounter.channel is Channel.CARD and (year := feast_year(feast, encounter.on)) is not None:
            years[encounter.direction].add(year)
    sent, received = (
        tuple(sorted(years[direction])) for direction in (Direction.TO_THEM, Direction.FROM_THEM)
    )
    return season.turns(sent, received, today.year + 1) if sent and received else ""


def _by_warmth(warm: Warm) -> tuple[float, int]:
    return (-warm.warmth.total, warm.person.contact_id)


def find_drift(
    db: Connection,
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    organisers: Mapping[int, int] | None = None,
) -> list[drift.Drift]:
    """Return which living people have moved from their circle and were not answered for yet.

    Organisations are not asked about: they write to everybody.
    """
    warm = read_warmth(db, today=today, organisers=organisers)
    standings = [_standing(person, today) for person in warm]
    return drift.find(
        [standing for standing in standings if standing is not None],
        rules=rules,
        today=today,
        dismissals=occasions.dismissals(db),
    )


def rest(db: Connection, contact_ids: Iterable[int], *, days: int, today: date) -> date:
    """Ask nothing of some contacts for some days, inside the step the caller holds; return until when."""
    until = today + timedelta(days=days)
    for contact_id in contact_ids:
        occasions.dismiss(db, drift.rest_key(contact_id), until=until, today=today)
    return until


def as_it_should_be(db: Connection, gap: drift.Drift, *, today: date) -> None:
    """Remember that this gap is as it should be, inside the step the caller holds."""
    occasions.dismiss(db, gap.key, until=None, today=today)


def _standing(warm: Warm, today: date) -> drift.Standing | None:
    person = warm.person
    if person.has_died or person.is_organisation or person.circle is None:
        return None
    past = [word for word in warm.of_household if word.on <= today]
    return drift.Standing(
        contact_id=person.contact_id,
        uid=person.uid,
        name=person.name,
        circle=person.circle,
        since=person.since,
        days=tuple(sorted({word.on for word in past})),
        last_channel=past[-1].channel.value if past else "",
        cadence_days=person.cadence_days,
        warmth=warm.warmth.total,
        household_id=person.household_id,
    )

"""Warmth and drift from the store: the whole history of each contact, beside each circle."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import feast_year
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
    from relcard.store.contact_histories import WordRow
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
    household that is not among them it is the member through whom most happened (`likely_organiser`). Who
    organises by the user's word is credited for the households of the family too, and anybody for what is
    noted as passed through them. The whole history is read, in a fixed number of queries.
    """
    if contact_id is None:
        people = contact_histories.people_in_circles(db)
    else:
        people = contact_histories.people_of_household(db, contact_id)
    said = households.organisers(db) if organisers is None else organisers
    here = {person.contact_id for person in people}
    families = contact_histories.families(db, here.intersection(said.values()))
    passed, through = _passed(db, here.union(*families.values()), today)
    elsewhere = {*passed, *(contact for several in through.values() for contact in several)} - here
    records = {
        person.contact_id: Record(
            history=tuple(passed.get(person.contact_id, ())),
            known_since=known_since(person.known_since, person.added_on),
        )
        for person in (*people, *contact_histories.people(db, elsewhere))
    }
    members: dict[int, list[PersonRow]] = {}
    for person in people:
        members.setdefault(person.household_id or -person.contact_id, []).append(person)
    warm = [
        warm_person
        for household_id, household in members.items()
        for warm_person in _warm(
            household, _Credits(records, families, through), said.get(household_id), today
        )
        if (
            warm_person.person.circle is not None
            if contact_id is None
            else warm_person.person.contact_id == contact_id
        )
    ]
    return sorted(warm, key=_by_warmth)


class _Credits(NamedTuple):
    """What everybody is credited with.

    `records` are by contact, `families` the contacts of families elsewhere by who organises for them, and
    `through` what passed, by who brought it about and with whom.
    """

    records: Mapping[int, Record]
    families: Mapping[int, list[int]]
    through: Mapping[int, Mapping[int, list[Encounter]]]

    def of(self, contact_id: int, household: Iterable[int]) -> dict[int, Record]:
        """Return the records that a contact is credited with, its own among them."""
        credited = {member: self.records[member] for member in household}
        credited |= {member: self.records[member] for member in self.families.get(contact_id, ())}
        for other, history in self.through.get(contact_id, {}).items():
            known = self.records[other].known_since
            credited.setdefault(other, Record(history=tuple(history), known_since=known))
        return credited


def _passed(
    db: Connection, contact_ids: Iterable[int], today: date
) -> tuple[dict[int, list[Encounter]], dict[int, dict[int, list[Encounter]]]]:
    """Return what passed by contact, and by who brought it about and with whom."""
    passed: dict[int, list[Encounter]] = {contact_id: [] for contact_id in contact_ids}
    through: dict[int, dict[int, list[Encounter]]] = {}
    for word in contact_histories.words(db, passed):
        passed[word.contact_id] += _encounters(word, today)
    for organiser, words in contact_histories.words_through(db, passed).items():
        theirs = through.setdefault(organiser, {})
        for word in words:
            theirs.setdefault(word.contact_id, []).extend(_encounters(word, today))
    return passed, through


def _encounters(word: WordRow, today: date) -> list[Encounter]:
    """Return what passed, nothing where a wrong clock wrote it."""
    channel, direction = channel_named(word.channel), _DIRECTIONS[word.direction]
    return [Encounter(channel=channel, direction=direction, on=word.on)] if word.on <= today else []


def _warm(household: list[PersonRow], credits_: _Credits, organiser: int | None, today: date) -> list[Warm]:
    """Return the warmth of each member of a household."""
    records = {person.contact_id: credits_.records[person.contact_id] for person in household}
    living = [person.contact_id for person in household if not person.has_died]
    organiser = organiser or likely_organiser({member: len(records[member].history) for member in living})
    together = sorted((word for record in records.values() for word in record.history), key=_by_day)
    warm = []
    for person in household:
        me = person.contact_id
        credited = credits_.of(me, records if me == organiser else (me,))
        across = not credited.keys() <= records.keys()
        warm.append(
            Warm(
                person=person,
                warmth=household_warmth(credited, me, today=today, across=across)[me],
                history=records[me].history,
                organiser=organiser,
                of_household=tuple(together),
            )
        )
    return warm


def note_organisers(db: Connection, household_ids: Iterable[int]) -> None:
    """Note, before households change, through whom what passed with them was: nobody loses credit for it."""
    said = households.organisers(db)
    for household_id in household_ids:
        row = households.get(db, household_id)
        members = row.members if row else ()
        words = contact_histories.words(db, members)
        counts = Counter(word.contact_id for word in words if word.contact_id in members)
        living = [person for person in contact_histories.people(db, members) if not person.has_died]
        organiser = said.get(household_id) or likely_organiser(
            {person.contact_id: counts[person.contact_id] for person in living}
        )
        if organiser is not None:
            contact_histories.note_through(db, members, organiser)


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
    feast = FEASTS["christmas"]
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

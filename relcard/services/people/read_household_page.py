"""Everything there is to remember of one household, in a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import OccasionKind
from relcard.domain.people.correspondence import Written
from relcard.domain.people.correspondence import exchanges
from relcard.domain.people.correspondence import shared_notes
from relcard.domain.reminders.cadence import days_between
from relcard.services.people.read_households import read_households
from relcard.services.reminders.upcoming import read_cadences
from relcard.services.reminders.upcoming import upcoming
from relcard.store import contacts
from relcard.store import gifts
from relcard.store import occasions
from relcard.store import pictures
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.sharing import own_book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Occasion
    from relcard.domain.people.correspondence import Exchange
    from relcard.domain.people.correspondence import SharedNote
    from relcard.domain.reminders.day import Day
    from relcard.domain.reminders.gift import Gift
    from relcard.domain.reminders.reminder import Reminder
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.pictures import PictureRow

_AHEAD = 60  # days that reminders look ahead
_WRITTEN = ("card", "letter")


class Person(NamedTuple):
    """Somebody of the household, with a vCard or (uid "") without; `role` is "" of an adult."""

    name: str
    given: str
    uid: str
    role: str
    born: PartialDate | None
    died_on: PartialDate | None
    age: int | None


class SharedFact(NamedTuple):
    """A fact and the contacts it was kept for; `ours` as of their notes."""

    key: str
    value: str
    contact_ids: tuple[int, ...]
    ours: bool | None


class Touch(NamedTuple):
    """A visit, call or message, once however many of the household it was with."""

    said_on: str  # 2026-11-20, or 2019
    on: date
    channel: str
    direction: str
    text: str
    ours: bool | None  # as of their notes
    contact_ids: tuple[int, ...]


class HouseholdPage(NamedTuple):
    """What the page of a household says; notes, facts, touches and exchanges once each, the newest first.

    `occasions` are the days of its contacts but birthdays of our calendar, each with a name. `last_on` is the
    day of the last word with anybody of it. `cadence_days` is after how many days without one it is due, None
    for never.
    """

    household: HouseholdView
    people: list[Person]
    cadence_days: int | None
    last_on: date | None
    facts: list[SharedFact]
    notes: list[SharedNote]
    touches: list[Touch]
    exchanges: list[Exchange]
    occasions: list[tuple[str, Occasion]]
    days: list[Day]  # as the user said
    gifts: list[Gift]
    pictures: list[PictureRow]  # of their cards, the newest first
    reminders: list[Reminder]
    seasons: list[tuple[str, str]]  # open ones: name, and how far the card is
    tags: list[str]
    shared_kinds: frozenset[str] | None  # of the own book, in the list of two laptops; None: there is no list


def read_household_page(db: Connection, household_id: int, standpoint: Standpoint) -> HouseholdPage:
    """Read one household and what stands around it."""
    (household,) = read_households(db, [household_id], standpoint)
    contact_ids = [member.contact_id for member in household.members]
    known = {contact_id: contacts.load(db, contact_id) for contact_id in contact_ids}
    passed = relationships.interactions(db, contact_ids)
    _, cadences = read_cadences(db, standpoint.today, household_id=household_id)
    return HouseholdPage(
        household=household,
        people=_people(household, standpoint.today),
        cadence_days=days_between(cadences[0], standpoint.rules) if cadences else None,
        last_on=next((touch.on for touch in passed if touch.on <= standpoint.today), None),
        facts=_facts(relationships.facts_of(db, contact_ids)),
        notes=shared_notes(
            (note.noted_on, note.text, note.contact_id, note.ours)
            for note in relationships.notes(db, contact_ids)
        ),
        touches=_touches(passed),
        exchanges=exchanges(
            Written(
                touch.on,
                touch.direction == relationships.FROM_THEM,
                touch.text,
                touch.year_alone,
                touch.occasion,
            )
            for touch in passed
            if touch.channel in _WRITTEN
        ),
        occasions=[
            (contact.display_name, occasion)
            for contact in known.values()
            for occasion in contact.occasions
            if occasion.kind is not OccasionKind.BIRTHDAY or occasion.date.other is not None
        ],
        days=occasions.days_of(db, contact_ids),
        gifts=gifts.of_contacts(db, contact_ids),
        pictures=pictures.of_contacts(db, contact_ids),
        reminders=upcoming(db, standpoint, days=_AHEAD, household_id=household_id),
        seasons=seasons.open_of(db, household_id),
        tags=list(dict.fromkeys(tag for contact in known.values() for tag in contact.tags)),
        shared_kinds=own_book.shared_kinds(db),
    )


def _people(household: HouseholdView, today: date) -> list[Person]:
    """Return who lives there: adults, partners, children by age, pets; those with a vCard first of each."""
    people = [
        Person(
            name=member.name,
            given=member.given,
            uid=member.uid,
            role=member.role or ("child" if member.is_child else ""),
            born=member.born,
            died_on=member.died_on,
            age=member.age_on(today),
        )
        for member in household.members
    ]
    people += [
        Person(
            name=member.full_name,
            given=member.name.partition(" ")[0],
            uid="",
            role=member.role,
            born=member.born,
            died_on=member.died_on,
            age=member.age_on(today),
        )
        for member in household.named
    ]
    return sorted(people, key=_place)


def _place(person: Person) -> tuple[int, int]:
    order = {"child": 1, "pet": 2}.get(person.role, 0)
    born = person.born.year if person.born and order == 1 else None
    return order, born or 9999


def _facts(facts: Mapping[int, Iterable[relationships.Fact]]) -> list[SharedFact]:
    shared: dict[tuple[str, str, bool | None], list[int]] = {}
    for contact_id, several in facts.items():
        for fact in several:
            shared.setdefault((fact.key, fact.value, fact.ours), []).append(contact_id)
    return [
        SharedFact(key, value, tuple(ids), ours)
        for (key, value, ours), ids in sorted(shared.items(), key=lambda fact: fact[0][:2])
    ]


def _touches(passed: Iterable[relationships.InteractionRow]) -> list[Touch]:
    shared: dict[tuple[str, date, str, str, str, bool | None], list[int]] = {}
    for touch in passed:
        if touch.channel not in _WRITTEN:
            key = (touch.said_on, touch.on, touch.channel, touch.direction, touch.text, touch.ours)
            shared.setdefault(key, []).append(touch.contact_id)
    return [Touch(*key, tuple(ids)) for key, ids in shared.items()]

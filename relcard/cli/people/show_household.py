"""One household on a page, which keeps to one screen where it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli import own_book
from relcard.cli.days import coming_words
from relcard.cli.days import day_json
from relcard.cli.days import day_words
from relcard.cli.gifts import gift_json
from relcard.cli.people.cadence import cadence_words
from relcard.cli.people.contact_json import household_json
from relcard.cli.people.page_parts import LINES_OF_AN_ADDRESS
from relcard.cli.people.page_parts import Part
from relcard.cli.people.page_parts import cards
from relcard.cli.people.page_parts import columns_and_lines
from relcard.cli.people.page_parts import flowing
from relcard.cli.people.page_parts import lines_of
from relcard.cli.people.page_parts import say_page
from relcard.cli.pictures import picture_json
from relcard.cli.pictures import pictures_in_short
from relcard.domain.dates import known_day
from relcard.domain.dates import next_kept
from relcard.domain.feasts import NONE
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.correspondence import whose
from relcard.domain.reminders.gift import in_words as gift_words
from relcard.domain.reminders.occasion import occasion_named
from relcard.domain.seasons.years import cell_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.correspondence import Exchange
    from relcard.domain.people.correspondence import Written
    from relcard.services.people.read_household_page import HouseholdPage
    from relcard.services.people.read_household_page import Person
    from relcard.services.people.read_household_page import Touch


def say(desk: Desk, page: HouseholdPage, *, full: bool, as_json: bool) -> None:
    """Print the page of a household, or return it to scripts."""
    if as_json:
        output.say_json("household", _as_json(page, desk.store))
        return
    home = page.household
    aside = [home.circle.value if home.circle else "no circle yet"]
    if page.cadence_days:
        aside.append(cadence_words(page.cadence_days))
    say_page(
        f"h{home.id}  {home.addressee}",
        " · ".join(aside),
        _parts(page, desk, full=full),
        whole=f"relcard show h{home.id} --full",
        full=full,
    )


def _parts(page: HouseholdPage, desk: Desk, *, full: bool) -> Iterable[Part]:
    columns, most = columns_and_lines(full=full)
    yield from _parts_of_people(page, desk.today, columns, most)
    yield from _parts_of_envelope(page, desk.today, columns, most)
    yield from _parts_kept(page, desk.today, columns, most)
    yield from _parts_passed(page, desk.today, columns, most)


def _parts_of_people(page: HouseholdPage, today: date, columns: int, most: int) -> Iterable[Part]:
    """Yield who lives there, and the days that return."""
    yield Part("who", flowing([_person(person) for person in page.people], columns, most), like=3)
    birthdays = [person for person in page.people if person.died_on is None and person.born is not None]
    birthdays.sort(key=lambda person: _days_ahead(person, today))
    yield Part(
        "birthdays", flowing([_birthday(person, today) for person in birthdays], columns, most), like=3
    )
    yield Part("days", flowing(list(_days(page, today)), columns, most))


def _parts_of_envelope(page: HouseholdPage, today: date, columns: int, most: int) -> Iterable[Part]:
    """Yield what stands on envelope and card, and what keeps cheer off it."""
    home = page.household
    address = ", ".join(home.address_lines) or "no address"
    yield Part("address", [lines_of(address, columns, most and LINES_OF_AN_ADDRESS)])
    yield Part("greeting", [lines_of(home.salutation, columns, most)] if home.salutation else [])
    yield Part("feast", [[_feast(home.feast)]] if home.feast else [])
    if not home.stated:
        yield Part("proposed", [lines_of(home.reason, columns, most)], keep=0, yields=1)
    yield Part("careful", [lines_of(line, columns, most) for line in _careful(page, today)], like=3)


def _parts_kept(page: HouseholdPage, today: date, columns: int, most: int) -> Iterable[Part]:
    """Yield what the user keeps of them: tags, facts, notes."""
    names, kinds = _given_names(page), page.shared_kinds
    yield Part("tags", flowing([", ".join(page.tags)], columns, most) if page.tags else [])
    facts = [
        f"{_of(fact.contact_ids, names)}{fact.key}: {fact.value}{own_book.mark('fact', fact.ours, kinds)}"
        for fact in page.facts
    ]
    yield Part("facts", flowing(facts, columns, most), like=4)
    gifts = [
        f"{'' if gift.of_household else f'{names[gift.contact_id]}: '}{gift_words(gift)}"
        f"{own_book.mark('gift', gift.ours, kinds)}"
        for gift in page.gifts
    ]
    yield Part("gifts", flowing(gifts, columns, most), yields=1)
    notes = [
        f"{output.plain_day(note.on, today)}  {whose(note, names, among=len(names))}{note.text}"
        f"{own_book.mark('note', note.ours, kinds)}"
        for note in page.notes
    ]
    yield Part("notes", [lines_of(note, columns, most) for note in notes], like=3)


def _parts_passed(page: HouseholdPage, today: date, columns: int, most: int) -> Iterable[Part]:
    """Yield what passed between the user and them, and what is due."""
    names = _given_names(page)
    yield Part("cards", cards(page.exchanges, columns, most), keep=2, like=3)
    pictures = pictures_in_short(page.pictures, page.household.id, today)
    yield Part("pictures", flowing(pictures, columns, most))
    touches = [
        lines_of(
            f"{_touch(touch, names, today)}"
            f"{own_book.mark('interaction', touch.ours, page.shared_kinds, touch.channel)}",
            columns,
            most,
        )
        for touch in page.touches
    ]
    yield Part("in touch", touches, like=2, yields=2, called="visits and calls")
    due = [f"{due.action.value.lower()}: {due.title} - {due.reason}" for due in page.reminders]
    due += [f"{name}: {state}" for name, state in page.seasons]
    yield Part("due", [lines_of(line, columns, most) for line in due], called="reminders")


def _feast(feast: str) -> str:
    return "no card for any feast" if feast == NONE else feast


def _given_names(page: HouseholdPage) -> dict[int, str]:
    """Return by which name each contact of the household is called."""
    return {member.contact_id: member.given or member.name for member in page.household.members}


def _person(person: Person) -> str:
    words = [person.name, person.role] if person.role else [person.name]
    if person.died_on is not None:
        words.append(f"died {'on ' if person.died_on.day else ''}{known_day(person.died_on)}")
    elif person.age is not None and person.role == "child":
        words.append(str(person.age))
    return ", ".join(words)


def _days_ahead(person: Person, today: date) -> tuple[bool, int]:
    """Order birthdays as they come, those of which only the year is known behind them, older first."""
    assert person.born is not None  # noqa: S101  asked for those who have one
    coming = next_kept(person.born, today)
    return (True, person.born.year or 0) if coming is None else (False, (coming.on - today).days)


def _birthday(person: Person, today: date) -> str:
    born = person.born
    assert born is not None  # noqa: S101  as above
    coming = next_kept(born, today)
    if coming is None:
        return f"{person.given} born {known_day(born)}"
    day = known_day(born._replace(year=None)) + coming_words(born, OccasionKind.BIRTHDAY, today)
    return f"{person.given} {day}{f', turns {coming.years}' if coming.years else ''}"


def _days(page: HouseholdPage, today: date) -> Iterable[str]:
    """Yield the other days that return, one that several keep once."""
    given = {member.name: member.given or member.name for member in page.household.members}
    kept: dict[str, list[str]] = {}
    for name, occasion in page.occasions:
        words = f"{occasion_named(occasion.kind, None, occasion.label)} {known_day(occasion.date)}"
        words += coming_words(occasion.date, occasion.kind, today)
        kept.setdefault(words, []).append(given.get(name, name))
    for words, names in kept.items():
        yield f"{' and '.join(names)}: {words}"
    called = _given_names(page)
    for day in page.days:
        yield f"{'' if day.of_household else f'{called[day.contact_id]}: '}{day_words(day, today)}"


def _careful(page: HouseholdPage, today: date) -> list[str]:
    home = page.household
    if home.care is None:
        return []
    until = output.plain_day(home.care.until, today)
    if home.cheer:
        return [f"until {until}: {home.care.reason}; cheer, as you said"]
    cheer = f"relcard household set h{home.id} --cheer yes"
    return [f"until {until}: {home.care.reason}; no cheer", f"cheer all the same: {cheer}"]


def _of(contact_ids: tuple[int, ...], names: Mapping[int, str]) -> str:
    """Return "Anna and Tom: " before what is known of some of the household, "" of all of it."""
    if len(contact_ids) >= len(names):
        return ""
    return f"{' and '.join(names[contact_id] for contact_id in contact_ids)}: "


def _touch(touch: Touch, names: Mapping[int, str], today: date) -> str:
    day = touch.said_on if len(touch.said_on) == len("2019") else output.plain_day(touch.on, today)
    way = "" if touch.channel == "visit" else f" {touch.direction}"
    with_whom = _of(touch.contact_ids, names).removesuffix(": ")
    text = f"  “{touch.text}”" if touch.text else ""
    return f"{day}  {touch.channel}{way}{f', {with_whom}' if with_whom else ''}{text}"


def _as_json(page: HouseholdPage, store: str) -> output.Json:
    home = page.household
    uids = {member.contact_id: member.uid for member in home.members}
    return {
        **household_json(home),
        "cadence_days": page.cadence_days,
        "members": [_person_json(person) for person in page.people],
        "tags": page.tags,
        **_known_json(page),
        "occasions": [
            {"name": name, "kind": day.kind.value, "label": day.label, "date": str(day.date)}
            for name, day in page.occasions
        ],
        "days": [
            {**day_json(day), "uid": None if day.of_household else uids[day.contact_id]} for day in page.days
        ],
        "gifts": [
            {**gift_json(gift), "uid": None if gift.of_household else uids[gift.contact_id]}
            for gift in page.gifts
        ],
        "pictures": [picture_json(picture, store) for picture in page.pictures],
        "due": [
            {
                "id": due.id,
                "who": due.who,
                "due": output.iso(due.due),
                "on": output.iso(due.on),
                "reason": due.reason,
            }
            for due in page.reminders
        ],
        "years": _years(page.exchanges),
    }


def _person_json(person: Person) -> output.Json:
    return {
        "name": person.name,
        "uid": person.uid or None,
        "role": person.role,
        "birthday": str(person.born) if person.born else None,
        "died": str(person.died_on) if person.died_on else None,
        "age": person.age,
    }


def _known_json(page: HouseholdPage) -> output.Json:
    """Return what is kept of them and what passed, each with whose it is."""
    uids = {member.contact_id: member.uid for member in page.household.members}
    return {
        "facts": [
            {
                "key": fact.key,
                "value": fact.value,
                "ours": fact.ours,
                "uids": [uids[number] for number in fact.contact_ids],
            }
            for fact in page.facts
        ],
        "notes": [
            {
                "on": output.iso(note.on),
                "text": note.text,
                "ours": note.ours,
                "uids": [uids[number] for number in note.contact_ids],
            }
            for note in page.notes
        ],
        "interactions": [
            {
                "channel": touch.channel,
                "direction": touch.direction,
                "on": touch.said_on,
                "text": touch.text,
                "ours": touch.ours,
                "uids": [uids[number] for number in touch.contact_ids],
            }
            for touch in page.touches
        ],
    }


def _years(exchanges: Iterable[Exchange]) -> output.Json:
    """Return the years with a card as `relcard years --json` has them."""
    return {
        "cells": {
            str(exchange.year): cell_of(
                sent=bool(exchange.yours), came=bool(exchange.theirs), mourning=False
            ).value
            for exchange in exchanges
        },
        "lines": {
            str(exchange.year): {"sent": _texts(exchange.yours), "came": _texts(exchange.theirs)}
            for exchange in exchanges
            if _texts((*exchange.yours, *exchange.theirs))
        },
    }


def _texts(written: Iterable[Written]) -> str:
    return " · ".join(card.text for card in written if card.text)

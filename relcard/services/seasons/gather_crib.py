"""The crib: what lies beside the card and never on it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from relcard.domain.dates import MONTHS
from relcard.domain.dates import short_day
from relcard.domain.people.correspondence import shared_notes
from relcard.domain.people.correspondence import whose
from relcard.domain.reminders.gift import in_words
from relcard.store import gifts
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.reminders.gift import Gift
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.relationships import Fact
    from relcard.store.relationships import InteractionRow
    from relcard.store.relationships import Note

BEGIN_WITH = "begin with"  # the label of the salutation
_WRITTEN = ("card", "letter")  # channels whose text is a line that somebody wrote
_NOTES = 3
_FACTS = 4
_GIFTS = 3

Remarks = tuple[tuple[str, str], ...]  # pairs of a label and a text


def gather_crib(db: Connection, views: Sequence[HouseholdView], *, on: date) -> dict[int, Remarks]:
    """Return the remarks of each household by its id: their line, yours, news, ages, how to begin.

    `on` is the day of the occasion: children are as old as they will be then.
    """
    household_of = {member.contact_id: view.id for view in views for member in view.members}
    notes: dict[int, list[Note]] = {view.id: [] for view in views}
    for note in relationships.notes(db, household_of):
        notes[household_of[note.contact_id]].append(note)
    passed: dict[int, list[InteractionRow]] = {view.id: [] for view in views}
    for interaction in relationships.interactions(db, household_of):
        passed[household_of[interaction.contact_id]].append(interaction)
    facts = relationships.facts_of(db, household_of)
    given: dict[int, list[Gift]] = {view.id: [] for view in views}
    for gift in gifts.of_contacts(db, household_of):
        given[household_of[gift.contact_id]].append(gift)
    return {
        view.id: (
            *_lines_on_cards(passed[view.id], on),
            *_news(view, notes[view.id], on),
            *_lasting(
                [fact for member in view.living for fact in facts.get(member.contact_id, [])],
                [" ".join(member.vcard_note.split()) for member in view.living if member.vcard_note],
                has_news=bool(notes[view.id] or passed[view.id]),
            ),
            *_gifts(view, given[view.id]),
            *_ages(view, on),
            *_careful_year(view, on),
            (BEGIN_WITH, view.salutation),
        )
        for view in views
    }


def _lines_on_cards(passed: Iterable[InteractionRow], on: date) -> Iterator[tuple[str, str]]:
    """Yield the last line of either side; `passed` has the newest first."""
    written = [card for card in passed if card.channel in _WRITTEN and card.text]
    for label, direction in (
        ("they wrote", relationships.FROM_THEM),
        ("you wrote", relationships.TO_THEM),
    ):
        last = next((card for card in written if card.direction == direction), None)
        if last:
            when = "" if last.on.year == on.year - 1 else f"  ({last.on.year})"
            yield label, f"“{last.text}”{when}"


def _news(view: HouseholdView, notes: Iterable[Note], on: date) -> Iterator[tuple[str, str]]:
    names = {member.contact_id: member.given for member in view.members}
    shared = shared_notes((note.noted_on, note.text, note.contact_id) for note in notes)
    for number, note in enumerate(shared[:_NOTES]):
        name = whose(note, names, among=len(view.living))
        year = "" if note.on.year == on.year else f" {note.on.year}"
        when = f"{MONTHS[note.on.month - 1]}{year}"
        yield "since then" if not number else "", f"{name}{note.text} ({when})"


def _lasting(
    facts: Iterable[Fact], vcard_notes: Iterable[str], *, has_news: bool
) -> Iterator[tuple[str, str]]:
    """Yield what is known whatever the year; where nothing is known at all, an advice."""
    known = [*(f"{fact.key}: {fact.value}" for fact in islice(facts, _FACTS)), *vcard_notes]
    if not known and not has_news:
        yield "since then", "nothing noted yet: a question is a good line"
    for number, text in enumerate(known):
        yield "you know" if not number else "", text


def _gifts(view: HouseholdView, several: Sequence[Gift]) -> Iterator[tuple[str, str]]:
    """Yield what one means to give, then the newest of what passed; whose it is where several live there."""
    names = {member.contact_id: member.given for member in view.members}
    for number, gift in enumerate(several[:_GIFTS]):
        is_all = gift.of_household or len(names) == 1
        yield (
            "gifts" if not number else "",
            f"{'' if is_all else f'{names[gift.contact_id]}: '}{in_words(gift)}",
        )


def _ages(view: HouseholdView, on: date) -> Iterator[tuple[str, str]]:
    ages = [f"{name} {age}" for name, age in view.ages_on(on)]
    if ages:
        yield "ages", " · ".join(ages)


def _careful_year(view: HouseholdView, on: date) -> Iterator[tuple[str, str]]:
    if view.care is not None:
        until = short_day(view.care.until, beside=on)
        cheer = "cheer, as you said" if view.cheer else f"no cheer until {until}"
        yield "a careful year", f"{view.care.reason}; {cheer}"

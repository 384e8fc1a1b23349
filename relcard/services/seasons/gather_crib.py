"""The crib: what lies beside the card and never on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.dates import MONTHS
from relcard.domain.dates import short_day
from relcard.domain.people.correspondence import shared_notes
from relcard.domain.people.correspondence import whose
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.relationships import Interaction
    from relcard.store.relationships import Note

_WRITTEN = ("card", "letter")  # channels whose text is a line that somebody wrote
_NOTES = 3
_FACTS = 4

Remarks = tuple[tuple[str, str], ...]


def gather_crib(db: Connection, views: Sequence[HouseholdView], *, on: date) -> dict[int, Remarks]:
    """Return for each household pairs of a label and a text: their line, yours, news, ages, how to begin.

    `on` is the day of the occasion: children are as old as they will be then.
    """
    home = {member.contact_id: view.id for view in views for member in view.members}
    notes: dict[int, list[Note]] = {}
    for note in relationships.notes(db, home):
        notes.setdefault(home[note.contact_id], []).append(note)
    passed: dict[int, list[Interaction]] = {}
    for one in relationships.interactions(db, home):
        passed.setdefault(home[one.contact_id], []).append(one)
    facts = relationships.facts_of(db, home)
    return {
        view.id: _remarks(
            view,
            notes.get(view.id, []),
            passed.get(view.id, []),
            [fact for member in view.living for fact in facts.get(member.contact_id, [])],
            on,
        )
        for view in views
    }


def _remarks(
    view: HouseholdView,
    notes: list[Note],
    passed: list[Interaction],
    facts: list[relationships.Fact],
    on: date,
) -> Remarks:
    remarks: list[tuple[str, str]] = []
    for label, direction in (
        ("they wrote", relationships.FROM_THEM),
        ("you wrote", relationships.TO_THEM),
    ):
        line = next(
            (one for one in passed if one.direction == direction and one.channel in _WRITTEN and one.text),
            None,
        )
        if line:
            when = "" if line.on.year == on.year - 1 else f"  ({line.on.year})"
            remarks.append((label, f"“{line.text}”{when}"))
    names = {member.contact_id: member.given for member in view.members}
    shared = shared_notes((note.noted_on, note.text, note.contact_id) for note in notes)
    for number, note in enumerate(shared[:_NOTES]):
        name = whose(note, names, among=len(view.living))
        year = "" if note.on.year == on.year else f" {note.on.year}"
        when = f"{MONTHS[note.on.month - 1]}{year}"
        remarks.append(("since then" if not number else "", f"{name}{note.text} ({when})"))
    known = [f"{fact.key}: {fact.value}" for fact in facts[:_FACTS]]
    known += [" ".join(member.vcard_note.split()) for member in view.living if member.vcard_note]
    if not notes and not passed and not known:
        remarks.append(("since then", "nothing noted yet: a question is a good line"))
    for number, text in enumerate(known):
        remarks.append(("you know" if not number else "", text))
    ages = [f"{member.given} {age}" for member in view.children if (age := member.age_on(on)) is not None]
    if ages:
        remarks.append(("ages", " · ".join(ages)))
    if view.care is not None:
        until = short_day(view.care.until, beside=on)
        cheer = "cheer, as you said" if view.cheer else f"no cheer until {until}"
        remarks.append(("a careful year", f"{view.care.reason}; {cheer}"))
    remarks.append(("begin with", view.salutation))
    return tuple(remarks)

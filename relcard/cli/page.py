"""One contact on a calm page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.domain.occasion import occasion_named
from relcard.services.read_households import read_households
from relcard.services.upcoming import upcoming
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.closeness import Circle
    from relcard.domain.contact import Contact
    from relcard.domain.reminder import Reminder
    from relcard.services.read_households import HouseholdView
    from relcard.store.database import Connection

_LABEL = 13  # columns of the left-hand words
_SHOWN = 8
_AHEAD = 60  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything the page says."""

    contact: Contact
    circle: Circle | None
    household: HouseholdView | None
    facts: list[relationships.Fact]
    notes: list[relationships.Note]
    interactions: list[relationships.Interaction]
    reminders: list[Reminder]
    related: dict[str, str]  # names by UID


def gather(db: Connection, desk: Desk, contact_id: int) -> Page:
    """Read one contact and what stands around it."""
    settings = desk.settings
    household_id = households.of_contact(db, contact_id)
    views = read_households(
        db,
        [household_id] if household_id else [],
        today=desk.today,
        home=settings.sender.country,
        language=settings.language,
    )
    reminders = upcoming(
        db,
        today=desk.today,
        days=_AHEAD,
        rules=settings.circles,
        sender=settings.sender.country,
        table=settings.posting,
        leap_day=settings.leap_day,
    )
    contact = contacts.load(db, contact_id)
    return Page(
        contact=contact,
        circle=relationships.circles(db, [contact_id]).get(contact_id),
        household=views[0] if views else None,
        facts=relationships.facts(db, contact_id),
        notes=relationships.notes(db, [contact_id]),
        interactions=relationships.interactions(db, [contact_id]),
        reminders=[one for one in reminders if one.contact_id == contact_id],
        related=contacts.names_of_uids(db, [one.uid for one in contact.relations if one.uid]),
    )


def as_json(page: Page) -> output.Json:
    """Return the page for scripts."""
    contact, view = page.contact, page.household
    return {
        "uid": contact.uid,
        "name": contact.display_name,
        "kind": contact.kind.value,
        "circle": page.circle.value if page.circle else None,
        "tags": list(contact.tags),
        "nicknames": list(contact.nicknames),
        "organisation": contact.org,
        "title": contact.title,
        "language": contact.language,
        "household": None
        if view is None
        else {
            "id": f"h{view.id}",
            "stated": view.stated,
            "members": [one.uid for one in view.members],
            "addressee": view.addressee,
            "salutation": view.salutation,
            "address_lines": list(view.address_lines),
        },
        "phones": [{"value": one.value, "types": list(one.types)} for one in contact.phones],
        "emails": [{"value": one.value, "types": list(one.types)} for one in contact.emails],
        "urls": list(contact.urls),
        "relations": [{"kind": one.kind, "name": one.name, "uid": one.uid} for one in contact.relations],
        "vcard_note": contact.note,
        "facts": [
            {"key": one.key, "value": one.value, "noted_on": output.iso(one.noted_on)} for one in page.facts
        ],
        "notes": [{"on": output.iso(one.noted_on), "text": one.text} for one in page.notes],
        "interactions": [
            {"channel": one.channel, "direction": one.direction, "on": output.iso(one.on), "text": one.text}
            for one in page.interactions
        ],
        "occasions": [
            {"kind": one.kind.value, "label": one.label, "date": str(one.date)} for one in contact.occasions
        ],
        "reminders": [
            {"id": one.id, "due": output.iso(one.due), "on": output.iso(one.on), "reason": one.reason}
            for one in page.reminders
        ],
    }


def say(page: Page, desk: Desk) -> None:
    """Print the page; what is not known takes no line."""
    contact, view = page.contact, page.household
    output.say()
    output.say(f"  {output.bold(output.clean(contact.display_name))}{_aside(page)}")
    output.say()
    if contact.org and contact.org != contact.display_name:
        _row("work", ", ".join(part for part in (contact.title, contact.org) if part))
    if view is not None:
        _household(view)
    _row("phone", " · ".join(one.value for one in contact.phones))
    _row("e-mail", " · ".join(one.value for one in contact.emails))
    for number, one in enumerate(contact.occasions):
        years = one.date.years_by(desk.today.year) if not contact.has_died else None
        name = occasion_named(one.kind, None, one.label)
        more = f", {years} this year" if years else ""
        _row("days" if not number else "", f"{name} {output.known_day(one.date)}{more}")
    for number, relation in enumerate(contact.relations):
        other = relation.name or page.related.get(relation.uid, relation.uid)
        _row("related" if not number else "", f"{relation.kind}: {other}")
    _row("tags", ", ".join(contact.tags))
    for number, fact in enumerate(page.facts):
        _row("facts" if not number else "", f"{fact.key}: {fact.value}")
    for number, note in enumerate(page.notes[:_SHOWN]):
        _row("notes" if not number else "", f"{note.noted_on}  {note.text}")
    if contact.note:
        _row("vCard note" if page.notes else "notes", contact.note)
    for number, one_of in enumerate(page.interactions[:_SHOWN]):
        arrow = "from them" if one_of.direction == relationships.FROM_THEM else "to them"
        text = f"  “{one_of.text}”" if one_of.text else ""
        _row("between you" if not number else "", f"{one_of.on}  {one_of.channel} {arrow}{text}")
    for number, reminder in enumerate(page.reminders):
        _row("next" if not number else "", f"{reminder.action.value.lower()}: {reminder.reason}")
    output.say()


def _aside(page: Page) -> str:
    words = [page.circle.value if page.circle else "no circle yet"]
    if page.contact.nicknames:
        words.insert(0, f"called {', '.join(page.contact.nicknames)}")
    if page.contact.phonetic:
        words.insert(0, page.contact.phonetic)
    if page.contact.has_died:
        words = ["has died"]
    return output.dim(f"  {output.clean(' · '.join(words))}")


def _household(view: HouseholdView) -> None:
    mark = "" if view.stated else output.dim("  (proposed)")
    label = output.dim(output.pad("household", _LABEL))
    output.say(f"  {label}h{view.id}  {output.clean(view.addressee)}{mark}")
    for line in view.address_lines:
        _row("", line)
    if len(view.members) > 1:
        _row(
            "who is there",
            ", ".join(one.name + (" (has died)" if one.died_on else "") for one in view.members),
        )
    _row("begin with", view.salutation)


def _row(label: str, text: str) -> None:
    if not text:
        return
    lines = output.wrap(text, output.terminal_width() - _LABEL - 2)
    output.say(f"  {output.dim(output.pad(label, _LABEL))}{lines[0]}")
    for line in lines[1:]:
        output.say(f"  {' ' * _LABEL}{line}")

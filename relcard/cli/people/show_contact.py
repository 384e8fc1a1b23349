"""One contact on a page, which keeps to one screen where it can: show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import own_book
from relcard.cli import params
from relcard.cli import who
from relcard.cli.days import coming_words
from relcard.cli.days import day_words
from relcard.cli.desk import pass_desk
from relcard.cli.people import contact_json
from relcard.cli.people.page_parts import LINES_OF_AN_ADDRESS
from relcard.cli.people.page_parts import LONGEST_NAME
from relcard.cli.people.page_parts import Part
from relcard.cli.people.page_parts import cards
from relcard.cli.people.page_parts import columns_and_lines
from relcard.cli.people.page_parts import cut_name
from relcard.cli.people.page_parts import flowing
from relcard.cli.people.page_parts import lines_of
from relcard.cli.people.page_parts import say_page
from relcard.cli.pictures import pictures_in_short
from relcard.domain.dates import known_day
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.correspondence import whose
from relcard.domain.reminders.gift import in_words as gift_words
from relcard.domain.reminders.occasion import occasion_named
from relcard.postal.lines import address_lines
from relcard.services.people.read_contact_page import read_contact_page
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.contact import Address
    from relcard.domain.people.member import Member
    from relcard.domain.reminders.reminder import Reminder
    from relcard.services.people.read_contact_page import ContactPage
    from relcard.services.people.read_contact_page import Related
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Inhabitant
    from relcard.store.addresses import KnownAddress


@click.command(short_help="Show a contact or a household on a page.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@click.option("--full", is_flag=True, help="Everything, however long.")
@params.as_json
@pass_desk
def show(desk: Desk, who_: tuple[str, ...], full: bool, as_json: bool) -> None:
    """Show one contact: who it is, the household, what you know, what passed between you, what is next.

    With h12, "the kowalskis" or "Anna and Jan" it is the page of the household. A page keeps to one screen
    where it can, the newest first, and says what it left out; --full shows all.
    """
    words = " ".join(who_)
    with desk.reading() as db:
        household_id, contact_id = who.household_or_contact(db, words)
        if household_id is not None:
            # 6 ms, a twentieth of the page of a contact, which needs neither.
            from relcard.cli.people import show_household  # noqa: PLC0415
            from relcard.services.people.read_household_page import read_household_page  # noqa: PLC0415

            page = read_household_page(db, household_id, desk.standpoint)
        else:
            contact = read_contact_page(db, contact_id, desk.standpoint)
    if household_id is not None:
        show_household.say(desk, page, full=full, as_json=as_json)
    elif as_json:
        output.say_json("contact", contact_json.as_json(contact, desk.store))
    else:
        _say(contact, desk, full=full)


def _say(page: ContactPage, desk: Desk, *, full: bool) -> None:
    name = page.contact.display_name
    whom = f'"{output.clean(name)}"' if len(name) <= LONGEST_NAME else page.contact.uid
    say_page(
        name,
        cut_name(_aside(page), full=full),
        _parts(page, desk, full=full),
        whole=f"relcard show {whom} --full",
        full=full,
    )


def _parts(page: ContactPage, desk: Desk, *, full: bool) -> Iterable[Part]:
    columns, most = columns_and_lines(full=full)
    yield from _parts_of_place(page, desk, columns, most)
    yield from _parts_of_reach(page, columns, most)
    yield from _parts_kept(page, desk.today, columns, most, full=full)
    yield from _parts_passed(page, desk.today, columns, most, full=full)


def _parts_of_place(page: ContactPage, desk: Desk, columns: int, most: int) -> Iterable[Part]:
    """Yield where somebody works and lives, and with whom."""
    contact, view = page.contact, page.household
    if contact.org and contact.org != contact.display_name:
        work = ", ".join(part for part in (contact.title, contact.org) if part)
        yield Part("work", [lines_of(work, columns, most)])
    if view is not None:
        yield Part("household", _household(view, page.contact_id, desk.today, columns, most), keep=3, like=3)
    yield Part("address", _addresses(page, desk, columns, most), like=2, called="addresses")
    yield Part("relations", flowing(list(map(relation_words, page.related)), columns, most))


def _parts_of_reach(page: ContactPage, columns: int, most: int) -> Iterable[Part]:
    """Yield phones, e-mails and websites."""
    contact = page.contact
    values = [*(phone.value for phone in contact.phones), *(email.value for email in contact.emails)]
    yield Part("reach", flowing(values, columns, most), yields=1, called="phones and e-mails")
    sites = [" · ".join(filter(None, (page.own_labels.get(url), url))) for url in contact.urls]
    yield Part("websites", flowing(sites, columns, most), keep=0, yields=1)


def _parts_kept(page: ContactPage, today: date, columns: int, most: int, *, full: bool) -> Iterable[Part]:
    """Yield what is kept of somebody: days, tags, facts, notes."""
    contact = page.contact
    yield Part("days", flowing(list(_days(page, today)), columns, most))
    tags = [", ".join(contact.tags)] if contact.tags else []
    yield Part("tags", flowing(tags, columns, most and LINES_OF_AN_ADDRESS))
    gifts = [
        f"{gift_words(gift)}{own_book.mark('gift', gift.ours, page.shared_kinds)}" for gift in page.gifts
    ]
    yield Part("gifts", flowing(gifts, columns, most), yields=1)
    facts = [
        f"{fact.key}: {fact.value}{own_book.mark('fact', fact.ours, page.shared_kinds)}"
        for fact in page.facts
    ]
    yield Part("facts", flowing(facts, columns, most), like=3)
    yield Part("notes", _notes(page, today, columns, most, numbered=full), like=3)
    if contact.note:
        note = contact.note if full else " ".join(contact.note.split())
        yield Part("vCard note", [lines_of(note, columns, most)], keep=0, yields=1)


def _parts_passed(page: ContactPage, today: date, columns: int, most: int, *, full: bool) -> Iterable[Part]:
    """Yield what passed between the user and somebody, and what is due."""
    yield Part("cards", cards(page.exchanges, columns, most), keep=2, like=3)
    pictures = pictures_in_short(page.pictures, page.household.id, today) if page.household else []
    yield Part("pictures", flowing(pictures, columns, most))
    touches = _touches(page, today, columns, most, numbered=full)
    yield Part("in touch", touches, keep=0, like=1, yields=2, called="calls")
    due = [f"{each.action.value.lower()}: {_due_in_words(each)}" for each in page.reminders]
    due += [f"{name}: {state}" for name, state in page.seasons]
    yield Part("due", [lines_of(line, columns, most) for line in due], called="reminders")


def _due_in_words(reminder: Reminder) -> str:
    """Return what is due and why; of whom, the page says already."""
    if reminder.title == reminder.who:
        return reminder.reason
    return reminder._replace(title=reminder.title.removeprefix(f"{reminder.who}'s ")).words


def _aside(page: ContactPage) -> str:
    words = [page.circle.value if page.circle else "no circle yet"]
    if page.contact.nicknames:
        words.insert(0, f"called {', '.join(page.contact.nicknames)}")
    if page.contact.phonetic:
        words.insert(0, f"say {page.contact.phonetic}")
    if page.contact.has_died:
        words = ["has died"]
    if page.archived_on is not None:
        words.insert(0, f"archived on {page.archived_on}")
    return " · ".join(words)


def _household(view: HouseholdView, me: int, today: date, columns: int, most: int) -> list[list[str]]:
    mark = "" if view.stated else output.dim("  (proposed)")
    room = columns - (0 if view.stated else 12)
    first = [f"{output.cut(output.clean(f'h{view.id}  {view.addressee}'), room)}{mark}"]
    others = [
        _housemate(member.given or member.name, member, today, is_child=member.is_child)
        for member in view.members
        if member.contact_id != me
    ]
    others += [_housemate(other.name, other, today, is_child=other.role == "child") for other in view.named]
    words = [f"with {', '.join(others)}"] if others else []
    if view.salutation:
        words.append(f"begin with {view.salutation}")
    return [first, *flowing(words, columns, most)]


def _housemate(name: str, person: Inhabitant | Member, today: date, *, is_child: bool) -> str:
    """Return somebody of the household, a child with the age."""
    age = person.age_on(today) if is_child else None
    more = " (has died)" if person.died_on else f" {age}" if age is not None else ""
    return f"{name}{more}"


def _addresses(page: ContactPage, desk: Desk, columns: int, most: int) -> list[list[str]]:
    """Return the addresses in use, the one a card goes to first, then the past ones, newest first."""
    goes_to = page.contact.address_on(desk.today)
    used = [place for place in page.addresses if place.retired_on is None]
    used.sort(key=lambda place: place.address != goes_to)
    past = sorted(
        (place for place in page.addresses if place.retired_on is not None),
        key=lambda place: str(place.retired_on),
        reverse=True,
    )
    most = most and LINES_OF_AN_ADDRESS
    entries = []
    for place in (*used, *past):
        words = [in_one_line(place.address, desk), *address_remarks(place, desk.today)]
        if label := page.own_labels.get(place.address.postal):
            words.insert(0, label)
        entries.append(lines_of(" · ".join(words), columns, most))
    if not used and page.household is not None and page.household.address is not None:
        entries.insert(0, lines_of(", ".join(page.household.address_lines), columns, most))
    return entries


def in_one_line(address: Address, desk: Desk) -> str:
    """Return an address as its country writes it, on one line."""
    return ", ".join(address_lines(address, sender_country=desk.settings.sender.country)) or address.country


def address_remarks(place: KnownAddress, today: date) -> list[str]:
    """Return what is known of an address: when it is used, since when confirmed, and why no more."""
    if place.retired_on is not None:
        return [f"until {place.retired_on}{', a card came back' if place.returned_season else ''}"]
    words = []
    address = place.address
    if address.used_from:
        words.append(f"from {known_day(address.used_from)}")
    if address.used_until:
        words.append(f"until {known_day(address.used_until)}")
    words = [" ".join(words)] if words else []
    if "work" in address.types:
        words.append("work")
    if place.confirmed_on:
        words.append(f"confirmed {output.plain_day(place.confirmed_on, today)}")
    return words


def relation_words(related: Related) -> str:
    """Return a relation as a page says it: mother of Ola Smith, tailor: Jan Smith."""
    return f"{related.word} of {related.name}" if related.is_of else f"{related.word}: {related.name}"


def _days(page: ContactPage, today: date) -> Iterable[str]:
    members = page.household.members if page.household else ()
    is_bereaved = any(member.died_on and not (member.is_child or member.is_pet) for member in members)
    for occasion in page.contact.occasions:
        counts = not page.contact.has_died and not (is_bereaved and occasion.kind is OccasionKind.ANNIVERSARY)
        years = occasion.date.years_by(today.year) if counts else None
        more = f", {years} this year" if years else ""
        more = more or coming_words(occasion.date, occasion.kind, today)
        yield f"{occasion_named(occasion.kind, None, occasion.label)} {known_day(occasion.date)}{more}"
    yield from (day_words(day, today) for day in page.days)


def _notes(page: ContactPage, today: date, columns: int, most: int, *, numbered: bool) -> list[list[str]]:
    """Return the notes; each of the contact's own has its number where they are `numbered`."""
    numbers = {(note.noted_on, note.text): f"  (note {note.id})" for note in page.own_notes if numbered}
    members = page.household.members if page.household else ()
    names = {member.contact_id: member.given or member.name for member in members}
    return [
        lines_of(
            f"{output.plain_day(note.on, today)}  {whose(note, names, among=len(members))}{note.text}"
            f"{own_book.mark('note', note.ours, page.shared_kinds)}{numbers.get((note.on, note.text), '')}",
            columns,
            most,
        )
        for note in page.notes
    ]


def _touches(page: ContactPage, today: date, columns: int, most: int, *, numbered: bool) -> list[list[str]]:
    """Return what passed; where entries are `numbered`, cards and letters too, which stand above as well."""
    entries = []
    for contact in page.interactions:
        if contact.channel in ("card", "letter") and not numbered:
            continue
        arrow = (
            ""
            if contact.channel == "visit"
            else " from them"
            if contact.direction == relationships.FROM_THEM
            else " to them"
        )
        brought = page.through.get(contact.id)
        arrow += f", through {' and '.join(brought)}" if brought else ""
        text = f"  “{contact.text}”" if contact.text else ""
        number = f"  (entry {contact.id})" if numbered else ""
        day = contact.said_on if contact.year_alone else output.plain_day(contact.on, today)
        mark = own_book.mark("interaction", contact.ours, page.shared_kinds, contact.channel)
        words = f"{day}  {contact.channel}{arrow}{text}{mark}{number}"
        entries.append(lines_of(words, columns, most))
    return entries

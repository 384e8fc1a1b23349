"""One contact on a page, which keeps to one screen where it can: show."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.people import contact_json
from relcard.domain.dates import known_day
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.correspondence import whose
from relcard.domain.reminders.occasion import occasion_named
from relcard.postal.lines import address_lines
from relcard.services.people.read_contact_page import read_contact_page
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.contact import Address
    from relcard.domain.people.correspondence import Written
    from relcard.services.people.read_contact_page import ContactPage
    from relcard.services.people.read_contact_page import Related
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress

_LABEL = 11  # columns of the left-hand words
_FEWEST_LINES = 16
_USUAL_LINES = 24
_MORE = 2  # lines that say what is not shown
_LINES_OF_AN_ADDRESS = 6
_LONGEST_NAME = 200  # letters of a name above the page, where the screen is short
_LINES_OF_A_TEXT = 2  # of one note or line on a card, where the screen is short


class _Part(NamedTuple):
    """A part of the page: entries of several lines each, of which the last ones may give way.

    `keep` entries stay on any screen, `like` while others have more than they would like to keep.
    """

    label: str
    entries: list[list[str]]
    keep: int = 1
    like: int = 2
    yields: int = 0  # of parts that are as long, which gives way sooner
    called: str = ""  # what is said to be there when some gave way; else its label

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return sum(map(len, self.entries))


@click.command(short_help="Show one contact on a page.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@click.option("--full", is_flag=True, help="Everything, however long.")
@params.as_json
@pass_desk
def show(desk: Desk, who_: tuple[str, ...], full: bool, as_json: bool) -> None:
    """Show one contact: who it is, the household, what you know, what passed between you, what is next.

    The page keeps to one screen where it can, the newest first, and says what it left out; --full shows all.
    """
    with desk.reading() as db:
        page = read_contact_page(db, who.one_contact(db, " ".join(who_)), desk.standpoint)
    if as_json:
        output.say_json("contact", contact_json.as_json(page))
    else:
        _say(page, desk, full=full)


def _say(page: ContactPage, desk: Desk, *, full: bool) -> None:
    """Print the page; what is not known takes no line, and what does not fit is counted below."""
    columns = output.terminal_width() - _LABEL - 2
    title = output.clean(page.contact.display_name, most=0 if full else _LONGEST_NAME)
    parts = [part for part in _parts(page, desk, columns, full=full) if part.entries]
    hidden = [] if full else _fit(parts, _screen() - 5)
    lines = ["", f"  {output.bold(title)}{_aside(page, full=full)}", ""]
    for part in parts:
        label = part.label
        for line in (line for entry in part.entries for line in entry):
            lines.append(f"  {output.dim(output.pad(label, _LABEL))}{line}".rstrip())
            label = ""
    if hidden:
        name = page.contact.display_name
        whom = f'"{output.clean(name)}"' if len(name) <= _LONGEST_NAME else page.contact.uid
        more = output.wrap(f"more {_listed(hidden)}: relcard show {whom} --full", columns)
        lines += [output.dim(f"  {' ' * _LABEL}{line}") for line in more]
    output.say("\n".join((*lines, "")))


def _screen() -> int:
    """Return how many lines a screen has, 24 where nobody can tell."""
    said = os.environ.get("LINES", "")
    if said.isdigit() and int(said):
        return max(_FEWEST_LINES, int(said))
    try:
        lines = os.get_terminal_size(sys.__stdout__.fileno()).lines if sys.__stdout__ else 0
    except (OSError, ValueError):  # no terminal, or a stream without a file
        lines = 0
    return max(_FEWEST_LINES, lines or _USUAL_LINES)


def _fit(parts: Sequence[_Part], room: int) -> list[str]:
    """Let the last entries of the longest parts give way until the page has room; return what did."""
    gone: dict[str, None] = {}
    for wish in (True, False):
        while sum(part.height for part in parts) + (_MORE if gone else 0) > room:
            loose = [
                (len(part.entries) - (part.like if wish else part.keep), part.yields, part.height, number)
                for number, part in enumerate(parts)
                if len(part.entries) > (part.like if wish else part.keep)
            ]
            if not loose:
                break
            part = parts[max(loose)[-1]]
            part.entries.pop()
            gone[part.called or part.label] = None
    return list(gone)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _parts(page: ContactPage, desk: Desk, columns: int, *, full: bool) -> Iterable[_Part]:
    contact, view = page.contact, page.household
    most = 0 if full else _LINES_OF_A_TEXT
    if contact.org and contact.org != contact.display_name:
        work = ", ".join(part for part in (contact.title, contact.org) if part)
        yield _Part("work", [_lines(work, columns, most)])
    if view is not None:
        yield _Part("household", _household(view, page.contact_id, desk.today, columns, most), keep=3, like=3)
    yield _Part("address", _addresses(page, desk, columns, most), like=2, called="addresses")
    yield _Part(
        "relations", _flowing([relation_words(related_one) for related_one in page.related], columns, most)
    )
    yield _Part(
        "reach",
        _flowing(
            [*(phone.value for phone in contact.phones), *(email.value for email in contact.emails)],
            columns,
            most,
        ),
        yields=1,
        called="phones and e-mails",
    )
    sites = [" · ".join(filter(None, (page.own_labels.get(url), url))) for url in contact.urls]
    yield _Part("websites", _flowing(sites, columns, most), keep=0, yields=1)
    yield _Part("days", _flowing(list(_days(page, desk.today)), columns, most))
    yield _Part(
        "tags",
        _flowing([", ".join(contact.tags)], columns, most and _LINES_OF_AN_ADDRESS) if contact.tags else [],
    )
    facts = [f"{fact.key}: {fact.value}" for fact in page.facts]
    yield _Part("facts", _flowing(facts, columns, most), like=3)
    yield _Part("notes", _notes(page, desk.today, columns, most, numbered=full), like=3)
    if contact.note:
        yield _Part(
            "vCard note",
            [_lines(contact.note if full else " ".join(contact.note.split()), columns, most)],
            keep=0,
            yields=1,
        )
    yield _Part("cards", _cards(page, columns, most), keep=2, like=3)
    yield _Part(
        "in touch",
        _touches(page, desk.today, columns, most, numbered=full),
        keep=0,
        like=1,
        yields=2,
        called="calls",
    )
    due = [f"{reminder.action.value.lower()}: {reminder.reason}" for reminder in page.reminders]
    due += [f"{name}: {state}" for name, state in page.seasons]
    yield _Part("due", [_lines(one, columns, most) for one in due], called="reminders")


def _aside(page: ContactPage, *, full: bool) -> str:
    words = [page.circle.value if page.circle else "no circle yet"]
    if page.contact.nicknames:
        words.insert(0, f"called {', '.join(page.contact.nicknames)}")
    if page.contact.phonetic:
        words.insert(0, f"say {page.contact.phonetic}")
    if page.contact.has_died:
        words = ["has died"]
    return output.dim(f"  {output.clean(' · '.join(words), most=0 if full else _LONGEST_NAME)}")


def _household(view: HouseholdView, me: int, today: date, columns: int, most: int) -> list[list[str]]:
    mark = "" if view.stated else output.dim("  (proposed)")
    room = columns - (0 if view.stated else 12)
    first = [f"{output.cut(output.clean(f'h{view.id}  {view.addressee}'), room)}{mark}"]
    others = []
    for member in view.members:
        if member.contact_id != me:
            age = member.age_on(today) if member.is_child else None
            more = " (has died)" if member.died_on else f" {age}" if age is not None else ""
            others.append(f"{member.given or member.name}{more}")
    words = [f"with {', '.join(others)}"] if others else []
    if view.salutation:
        words.append(f"begin with {view.salutation}")
    return [first, *_flowing(words, columns, most)]


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
    most = most and _LINES_OF_AN_ADDRESS
    entries = []
    for place in (*used, *past):
        words = [in_one_line(place.address, desk), *address_remarks(place, desk.today, page=page)]
        if label := page.own_labels.get(place.address.postal):
            words.insert(0, label)
        entries.append(_lines(" · ".join(words), columns, most))
    if not used and page.household is not None and page.household.address is not None:
        entries.insert(0, _lines(", ".join(page.household.address_lines), columns, most))
    return entries


def in_one_line(address: Address, desk: Desk) -> str:
    """Return an address as its country writes it, on one line."""
    return ", ".join(address_lines(address, sender_country=desk.settings.sender.country)) or address.country


def address_remarks(place: KnownAddress, today: date, *, page: ContactPage | None = None) -> list[str]:
    """Return what is known of an address: when it is used, since when confirmed, and why no more."""
    if place.retired_on is not None:
        back = page is not None and any(
            note.on == place.retired_on and "came back from" in note.text for note in page.notes
        )
        return [f"until {place.retired_on}{', a card came back' if back else ''}"]
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
        yield f"{occasion_named(occasion.kind, None, occasion.label)} {known_day(occasion.date)}{more}"


def _notes(page: ContactPage, today: date, columns: int, most: int, *, numbered: bool) -> list[list[str]]:
    """Return the notes; each of the contact's own has its number where they are `numbered`."""
    numbers = {(note.noted_on, note.text): f"  (note {note.id})" for note in page.own_notes if numbered}
    members = page.household.members if page.household else ()
    names = {member.contact_id: member.given or member.name for member in members}
    return [
        _lines(
            f"{output.plain_day(note.on, today)}  {whose(note, names, among=len(members))}{note.text}"
            f"{numbers.get((note.on, note.text), '')}",
            columns,
            most,
        )
        for note in page.notes
    ]


def _cards(page: ContactPage, columns: int, most: int) -> list[list[str]]:
    """Return their line beside yours, year by year."""
    if not page.exchanges:
        return []
    half = (columns - 6 - 2) // 2
    entries = [[output.dim(" " * 6 + output.pad("they wrote", half + 2) + "you wrote")]]
    for exchange in page.exchanges:
        left = _written(exchange.theirs, half, most)
        right = _written(exchange.yours, half, most)
        height = max(len(left), len(right))
        left += [""] * (height - len(left))
        right += [""] * (height - len(right))
        year = str(exchange.year)
        lines = []
        for theirs, yours in zip(left, right, strict=True):
            lines.append(f"{year:6}{output.pad(theirs, half)}  {yours}".rstrip())
            year = ""
        entries.append(lines)
    return entries


def _card_in_words(card: Written) -> str:
    if card.text:
        return f"“{card.text}”"
    return "a card" if card.year_alone else f"a card, {output.plain_day(card.on, card.on)}"


def _written(lines: Sequence[Written], columns: int, most: int) -> list[str]:
    if not lines:
        return ["-"]
    return [row for line in lines for row in _lines(_card_in_words(line), columns, most)]


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
        text = f"  “{contact.text}”" if contact.text else ""
        number = f"  (entry {contact.id})" if numbered else ""
        day = contact.said_on if contact.year_alone else output.plain_day(contact.on, today)
        words = f"{day}  {contact.channel}{arrow}{text}{number}"
        entries.append(_lines(words, columns, most))
    return entries


def _flowing(words: Sequence[str], columns: int, most: int) -> list[list[str]]:
    """Return short pieces on as few lines as they take, each line an entry.

    One piece alone takes at most so many (0: all).
    """
    lines: list[str] = []
    for word in (output.clean(word, most=0) for word in words):
        if lines and output.width(lines[-1]) + output.width(word) + 3 <= columns:
            lines[-1] += f" · {word}"
        else:
            lines += _lines(word, columns, most)
    return [[line] for line in lines]


def _lines(text: str, columns: int, most: int) -> list[str]:
    """Return a text in lines, at most so many (0: all), the last one cut."""
    found = output.wrap(text, columns, most=most and 2 * most * columns)
    if most and len(found) > most:
        rest = " ".join(found[most - 1 :])
        return [*found[: most - 1], output.cut(rest, columns)]
    return found

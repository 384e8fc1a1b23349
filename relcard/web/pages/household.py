"""The page of a household: what to remember of them, and a note, a fact or a word logged in one breath."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import OccasionKind
from relcard.domain.people.correspondence import CHANNELS
from relcard.domain.sharing.travelling import marked
from relcard.services.people.keep_facts import known_key
from relcard.services.people.keep_facts import set_facts
from relcard.services.people.read_household_page import read_household_page
from relcard.store import households
from relcard.store import mentions
from relcard.store import relationships
from relcard.web import revisions
from relcard.web.pages.picture import shown_pictures
from relcard.web.pages.reminder_words import reason_of
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from starlette.responses import Response

    from relcard.domain.people.correspondence import Written
    from relcard.services.people.read_household_page import HouseholdPage
    from relcard.services.people.read_household_page import SharedFact
    from relcard.store.file.database import Connection
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_LONGEST_KEY = 60  # letters of what a fact is called
_LONGEST_FACT = 500
_LONGEST_LINE = 1000
_MOST_TOUCHES = 8  # words that passed between you, the newest
_MOST_YEARS = 10


class _Fact(NamedTuple):
    """A fact as it is shown: whose it is ("" for all), and the revision of its value."""

    whose: str
    key: str
    value: str
    mark: str  # "ours" or "mine" where a list is shared and it goes another way than facts do
    revision: str


def _show(visit: Visit) -> Response:
    number = visit.number("household")
    with visit.reading() as db:
        uuid = _uuid(db, number)
        page = read_household_page(db, number, visit.standpoint)
    return visit.page(
        "household.html",
        home=page.household,
        action=f"/households/{number}",
        revision=revisions.revision(uuid),
        new_fact=revisions.revision(uuid, ""),
        people=[_person(visit, page, place) for place in range(len(page.people))],
        days=_days(visit, page),
        due=[
            f"{part.who}: {reason_of(visit, part)}"
            for part in page.reminders
            if part.every is None or part.due <= visit.today  # a word is owed only once it is
        ],
        facts=_facts(page, uuid),
        notes=[
            (
                visit.say_day(note.on),
                _whose(page, note.contact_ids),
                note.text,
                marked("note", note.ours, page.shared_kinds),
            )
            for note in page.notes
        ],
        years=[
            (exchange.year, _lines(exchange.yours), _lines(exchange.theirs))
            for exchange in page.exchanges[:_MOST_YEARS]
        ],
        touches=[
            (
                visit.say_day(touch.on),
                visit.say(f"channel.{touch.channel}"),
                touch.text,
                marked("interaction", touch.ours, page.shared_kinds, touch.channel),
            )
            for touch in page.touches[:_MOST_TOUCHES]
        ],
        pictures=shown_pictures(page.pictures),
        channels=CHANNELS,
        careful=_careful(visit, page),
    )


def _uuid(db: Connection, number: int) -> str:
    """Return the identifier of the household of a number. Raises `RefusalError` where there is none."""
    uuid = households.uuid_of(db, number)
    if not uuid or households.get(db, number) is None:
        raise RefusalError(404, "not_found")
    return uuid


def _person(visit: Visit, page: HouseholdPage, place: int) -> str:
    """Return a name with what is known of the age: the day of birth, and how old."""
    person = page.people[place]
    words = [person.name]
    if person.died_on is not None:
        words.append("†")
    elif person.age is not None and person.role == "child":
        words.append(visit.say("household.age", person.age))
    if person.died_on is None and person.born is not None and person.born.month and person.born.day:
        day = visit.language.say_returning(person.born.month, person.born.day)
        words.append(visit.say("household.born", day=day))
    return " · ".join(words)


def _careful(visit: Visit, page: HouseholdPage) -> str:
    """Return until when cheerful words are withheld, "" where they are not."""
    home = page.household
    return visit.say_day(home.care.until) if home.careful and home.care else ""


def _days(visit: Visit, page: HouseholdPage) -> list[str]:
    """Return the other days that return, as wedding and name days."""
    words = []
    for name, occasion in page.occasions:
        month, day = occasion.date.month, occasion.date.day
        if month and day and occasion.kind is not OccasionKind.REMEMBRANCE:
            label = occasion.label or visit.say(f"household.{occasion.kind.value}")
            words.append(f"{name}: {label}, {visit.language.say_returning(month, day)}")
    words += [day.label for day in page.days if day.label]
    return list(dict.fromkeys(words))


def _facts(page: HouseholdPage, uuid: str) -> list[_Fact]:
    return [
        _Fact(
            whose=_whose(page, fact.contact_ids),
            key=fact.key,
            value=fact.value,
            mark=marked("fact", fact.ours, page.shared_kinds),
            revision=revisions.revision(uuid, _state(page.facts, fact.key)),
        )
        for fact in page.facts
    ]


def _state(facts: Iterable[SharedFact], key: str) -> str:
    """Return what stands under a key now, of everybody in the household; "" for nothing."""
    return " / ".join(fact.value for fact in facts if fact.key == key)


def _whose(page: HouseholdPage, contact_ids: Iterable[int]) -> str:
    """Return the given names of some of the household, "" of all of it."""
    names: Mapping[int, str] = {
        member.contact_id: member.given or member.name for member in page.household.members
    }
    some = [names[contact_id] for contact_id in contact_ids if contact_id in names]
    return "" if len(some) >= len(names) else ", ".join(some)


def _lines(cards: Iterable[Written]) -> str | None:
    """Return the lines of a year's cards, "" where there was a card without one, None without a card."""
    written = list(cards)
    return " · ".join(card.text for card in written if card.text) if written else None


def _note(visit: Visit, form: Form) -> str:
    """Keep a note of today, of everybody in the household."""
    number, text = visit.number("household"), _needed(form, "text", _LONGEST_LINE)
    with visit.changing(f"note h{number}") as change:
        _check_house(change.db, number, form, text)
        for contact_id in _members(change.db, number):
            relationships.add_note(change.db, contact_id, text, on=visit.today)
    return visit.kept(f"/households/{number}", change)


def _fact(visit: Visit, form: Form) -> str:
    """Keep a fact of the household, or change one that has not been changed since it was shown."""
    number = visit.number("household")
    key, value = _needed(form, "key", _LONGEST_KEY), _needed(form, "value", _LONGEST_FACT)
    with visit.changing(f"fact h{number}") as change:
        uuid = _uuid(change.db, number)
        facts = read_household_page(change.db, number, visit.standpoint).facts
        known = known_key(key, tuple(dict.fromkeys(fact.key for fact in facts)))
        now = _state(facts, known)
        theirs = f"{known}: {now}" if now else ""
        revisions.check(form.text("revision"), uuid, now, yours=f"{key}: {value}", theirs=theirs)
        whose = [contact_id for fact in facts if fact.key == known for contact_id in fact.contact_ids]
        set_facts(change.db, whose or _members(change.db, number), known, value, today=visit.today)
    return visit.kept(f"/households/{number}", change)


def _log(visit: Visit, form: Form) -> str:
    """Log a word that passed between the user and the living of a household."""
    number, channel = visit.number("household"), form.text("channel")
    on, line = _day(visit, form), form.text("text", most=_LONGEST_LINE)
    if channel not in CHANNELS:
        raise RefusalError(400, "bad_request")
    came = form.text("from_them") == "1"
    with visit.changing(f"log h{number} {channel}") as change:
        _check_house(change.db, number, form, line or visit.say(f"channel.{channel}"))
        living = mentions.living_of(change.db, number) or _members(change.db, number)
        for contact_id in living:
            relationships.add_interaction(
                change.db,
                contact_id,
                channel=channel,
                direction=relationships.FROM_THEM if came else relationships.TO_THEM,
                on=on,
                text=line,
            )
    return visit.kept(f"/households/{number}", change)


def _day(visit: Visit, form: Form) -> date:
    """Return the day of a form, today where none is said; one that has not come yet is refused."""
    text = form.text("on", most=10)
    try:
        day = date.fromisoformat(text) if text else visit.today
    except ValueError:
        raise RefusalError(400, "bad_request") from None
    if not day.year >= 1900 or day > visit.today:
        raise RefusalError(400, "not_yet")
    return day


def _check_house(db: Connection, number: int, form: Form, yours: str) -> None:
    """Raise `ChangedSinceError` where the number is another household's now, or others live there."""
    uuid = _uuid(db, number)
    names = ", ".join(row.name for row in households.members(db, [number]))
    revisions.check(form.text("revision"), uuid, yours=yours, theirs=names)


def _members(db: Connection, number: int) -> tuple[int, ...]:
    row = households.get(db, number)
    return tuple(row.members) if row is not None else ()


def _needed(form: Form, name: str, most: int) -> str:
    text = form.text(name, most=most)
    if not text:
        raise RefusalError(400, "nothing_said")
    return text


ROUTES = (
    shows("/households/{household:int}", _show),
    does("/households/{household:int}/note", _note),
    does("/households/{household:int}/fact", _fact),
    does("/households/{household:int}/log", _log),
)

"""Two contacts beside each other: what differs, what they are once they are one, and how it is shown.

Single values (a name, an organisation, the day of birth, the circle) can be only one of the two: where both
say something else, a person must choose. Of phones, e-mails, addresses and the like both are kept, each once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import TypeVar

from relcard.domain.dates import PartialDate
from relcard.domain.dates import known_day
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import fold
from relcard.domain.people.letterbox import household_key
from relcard.domain.reminders.occasion import occasion_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Email
    from relcard.domain.people.contact import Name
    from relcard.domain.people.contact import Occasion
    from relcard.domain.people.contact import Phone
    from relcard.domain.people.contact import Relation

    _Reached = TypeVar("_Reached", Phone, Email)

_Item = TypeVar("_Item")


class Side(Enum):
    """Which of two contacts a value is taken from."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A contact and what the user said of it: single values by field ("circle", "fact.bread")."""

    contact: Contact
    said: Mapping[str, str]


class Difference(NamedTuple):
    """A single value that two contacts have otherwise; the values in words."""

    field: str
    first: str
    second: str


class ComparedLine(NamedTuple):
    """One line of two contacts side by side; `mark` is one of the three below."""

    label: str
    first: str
    second: str
    mark: str


SAME = ""  # both say it
MORE = "+"  # kept beside the other's
DIFFERS = "≠"  # only one can stand

# A person has one of each. Days with a label of the user's own may be many.
_ONE_DAY_EACH = (OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY, OccasionKind.REMEMBRANCE)
_TEXTS = {
    "phonetic": "phonetic",
    "organisation": "org",
    "title": "title",
    "language": "language",
    "gender": "gender",
}
_SHORTEST_PHONE = 7  # digits; shorter ones are extensions, the same only when written the same
_PHONE_DIGITS = 9  # compared from the end: without country code and leading zero


def differences(first: Whole, second: Whole) -> list[Difference]:
    """Return the single values of which both say something else, in the order of a contact's page."""
    contact, other = first.contact, second.contact
    texts = [
        Difference(field, getattr(contact, part), getattr(other, part)) for field, part in _TEXTS.items()
    ]
    own_words = [Difference(field, value, second.said.get(field, "")) for field, value in first.said.items()]
    return [
        *_names_and_kinds(contact, other),
        *filter(_is_contradiction, texts),
        *_days(contact, other),
        *filter(_is_contradiction, own_words),
    ]


def _is_contradiction(values: Difference) -> bool:
    """Whether both say something, and not the same."""
    return bool(values.first and values.second and _squeezed(values.first) != _squeezed(values.second))


def _names_and_kinds(contact: Contact, other: Contact) -> Iterator[Difference]:
    if contact.kind is not other.kind:
        yield Difference("kind", contact.kind.value, other.kind.value)
    if _squeezed(contact.display_name) != _squeezed(other.display_name):
        yield Difference("name", contact.display_name, other.display_name)


def _days(contact: Contact, other: Contact) -> Iterator[Difference]:
    for kind in _ONE_DAY_EACH:
        day, their_day = _only_day(contact, kind), _only_day(other, kind)
        if day and their_day and _fuller_day(day.date, their_day.date) is None:
            yield Difference(kind.value, known_day(day.date), known_day(their_day.date))


def unite(first: Whole, second: Whole, take: Mapping[str, Side] | None = None) -> Whole:
    """Return the first contact with everything the second knows besides.

    `take` says by field which side a single value comes from; the first's stands where it says nothing. What
    only one says is kept. Items that both have are one, with the types of both; of one letterbox spelt twice
    the fuller address stays. The first's UID stands.
    """
    chosen = take or {}

    def pick(field: str, ours: str, theirs: str) -> str:
        return (theirs or ours) if chosen.get(field) is Side.SECOND else (ours or theirs)

    contact, other = first.contact, second.contact
    named = other if chosen.get("name") is Side.SECOND else contact
    name = named.name
    is_one_name = _squeezed(contact.display_name) == _squeezed(other.display_name)
    if is_one_name and _told(other.name) > _told(contact.name):
        name = other.name
    united = contact._replace(
        kind=Kind(pick("kind", contact.kind.value, other.kind.value)),
        display_name=named.display_name,
        name=name,
        nicknames=_united(contact.nicknames, other.nicknames, fold),
        addresses=_addresses(contact, other),
        phones=_united(contact.phones, other.phones, _phone_key, _typed),
        emails=_united(contact.emails, other.emails, _email_key, _typed),
        urls=_united(contact.urls, other.urls, _url_key),
        occasions=_occasions(contact, other, chosen),
        relations=_relations(contact, other),
        tags=_united(contact.tags, other.tags, fold),
        note=_note(contact.note, other.note),
        phonetic=pick("phonetic", contact.phonetic, other.phonetic),
        org=pick("organisation", contact.org, other.org),
        title=pick("title", contact.title, other.title),
        language=pick("language", contact.language, other.language),
        gender=pick("gender", contact.gender, other.gender),
    )
    keys = dict.fromkeys((*first.said, *second.said))
    values = {key: pick(key, first.said.get(key, ""), second.said.get(key, "")) for key in keys}
    return Whole(contact=united, said={key: value for key, value in values.items() if value})


def side_by_side(first: Whole, second: Whole) -> list[ComparedLine]:
    """Return two contacts line by line, what both have first; a label stands on the first of its lines."""
    contact, other = first.contact, second.contact
    differing = {difference.field for difference in differences(first, second)}
    lines: list[ComparedLine] = []

    def single(field: str, ours: str, theirs: str) -> None:
        if ours or theirs:
            mark = DIFFERS if field in differing else SAME if ours and theirs else MORE
            lines.append(ComparedLine(field, ours, theirs, mark))

    single("name", contact.display_name, other.display_name)
    if "kind" in differing:
        single("kind", contact.kind.value, other.kind.value)
    for field, part in _TEXTS.items():
        single(field, getattr(contact, part), getattr(other, part))
    for kind in _ONE_DAY_EACH:
        single(kind.value, *(_days_in_words(who, kind) for who in (contact, other)))
    custom = [
        [day for day in who.occasions if day.kind is OccasionKind.CUSTOM or day.date.other is not None]
        for who in (contact, other)
    ]
    lines += _bag("day", *custom, key=_day_key, words=_day_in_words)
    lines += _bag("phone", contact.phones, other.phones, key=_phone_key, words=_value)
    lines += _bag("e-mail", contact.emails, other.emails, key=_email_key, words=_value)
    lines += _bag("address", contact.addresses, other.addresses, key=_letterbox, words=address_in_words)
    lines += _bag("called", contact.nicknames, other.nicknames, key=fold, words=str)
    lines += _bag("tag", contact.tags, other.tags, key=fold, words=str)
    lines += _bag("web", contact.urls, other.urls, key=_url_key, words=str)
    lines += _bag("related", contact.relations, other.relations, key=_relation_key, words=_relation_in_words)
    single("note", contact.note, other.note)
    for field in dict.fromkeys((*first.said, *second.said)):
        single(field, first.said.get(field, ""), second.said.get(field, ""))
    return lines


def _bag(
    label: str,
    ours: Iterable[_Item],
    theirs: Iterable[_Item],
    *,
    key: Callable[[_Item], Hashable],
    words: Callable[[_Item], str],
) -> list[ComparedLine]:
    here = {key(item): words(item) for item in ours}
    there = {key(item): words(item) for item in theirs}
    pairs = [(here[item], there[item], SAME) for item in here if item in there]
    alone = [text for item, text in here.items() if item not in there]
    other = [text for item, text in there.items() if item not in here]
    pairs += [(text, their_text, MORE) for text, their_text in zip_longest(alone, other, fillvalue="")]
    return [ComparedLine("" if at else label, *pair) for at, pair in enumerate(pairs)]


def _united(
    ours: Iterable[_Item],
    theirs: Iterable[_Item],
    key: Callable[[_Item], Hashable],
    join: Callable[[_Item, _Item], _Item] | None = None,
) -> tuple[_Item, ...]:
    """Return the items of both, ours first, each once; `join` makes one of two that are the same."""
    kept: dict[Hashable, _Item] = {}
    for item in (*ours, *theirs):
        at = key(item)
        if at not in kept:
            kept[at] = item
        elif join is not None:
            kept[at] = join(kept[at], item)
    return tuple(kept.values())


def _typed(ours: _Reached, theirs: _Reached) -> _Reached:
    types = tuple(dict.fromkeys((*ours.types, *theirs.types)))
    return ours._replace(types=types, label=ours.label or theirs.label)


def _addresses(contact: Contact, other: Contact) -> tuple[Address, ...]:
    theirs = other.addresses
    if contact.address is not None and "work" not in contact.address.types:
        # Greeting cards go on to where the first contact's went: the other's wish does not overrule it.
        theirs = tuple(item._replace(preferred=False) for item in theirs)
    return _united(contact.addresses, theirs, _letterbox, _fuller_address)


def in_one_case(text: str) -> bool:
    """Whether all its letters are capitals or none is, as nobody writes a name or a street with care."""
    return text.isupper() or text.islower()


def _fuller_address(ours: Address, theirs: Address) -> Address:
    told, told_there = (_told(address._replace(types=())) for address in (ours, theirs))
    is_better = told == told_there and in_one_case(ours.street) and not in_one_case(theirs.street)
    fuller = theirs if told_there > told or is_better else ours
    types = tuple(dict.fromkeys((*ours.types, *theirs.types)))
    return fuller._replace(types=types, preferred=ours.preferred or theirs.preferred)


def _occasions(contact: Contact, other: Contact, chosen: Mapping[str, Side]) -> tuple[Occasion, ...]:
    occasions: list[Occasion] = []
    for kind in OccasionKind:
        ours = [day for day in contact.occasions if day.kind is kind and day.date.other is None]
        theirs = [day for day in other.occasions if day.kind is kind and day.date.other is None]
        if kind in _ONE_DAY_EACH and len(ours) == len(theirs) == 1:
            occasions.append(_one_day(ours[0], theirs[0], chosen.get(kind.value)))
        else:
            occasions += _united(ours, theirs, _day_key)
    ours, theirs = ([day for day in who.occasions if day.date.other is not None] for who in (contact, other))
    occasions += _united(ours, theirs, _day_key)
    return tuple(occasions)


def _one_day(ours: Occasion, theirs: Occasion, side: Side | None) -> Occasion:
    label = ours.label or theirs.label
    fuller = _fuller_day(ours.date, theirs.date)
    if fuller is not None:
        return ours._replace(date=fuller, label=label)
    return theirs if side is Side.SECOND else ours


def _fuller_day(day: PartialDate, other: PartialDate) -> PartialDate | None:
    """Return the one date that two, each known in part, may both be; None when they are two."""
    parts: list[int | None] = []
    for ours, theirs in ((day.year, other.year), (day.month, other.month), (day.day, other.day)):
        if ours and theirs and ours != theirs:
            return None
        parts.append(ours or theirs)
    try:
        return PartialDate(year=parts[0], month=parts[1], day=parts[2])
    except ValueError:  # 29 February beside a year that has none
        return None


def _only_day(contact: Contact, kind: OccasionKind) -> Occasion | None:
    """Return the day of a kind when there is just one: of several none is in the other's place."""
    days = [day for day in contact.occasions if day.kind is kind and day.date.other is None]
    return days[0] if len(days) == 1 else None


def _relations(contact: Contact, other: Contact) -> tuple[Relation, ...]:
    """Return the relations of both, but those of the two to each other."""
    themselves = {contact.uid, other.uid} - {""}
    relations = _united(contact.relations, other.relations, _relation_key)
    return tuple(item for item in relations if item.uid not in themselves)


def _note(ours: str, theirs: str) -> str:
    """Return both notes; what one of them holds already is not said twice."""
    if theirs.strip() in ours:
        return ours
    return theirs if ours.strip() in theirs else f"{ours}\n{theirs}"


def _phone_key(phone: Phone) -> str:
    digits = "".join(filter(str.isdigit, phone.value))
    return digits[-_PHONE_DIGITS:] if len(digits) >= _SHORTEST_PHONE else digits or phone.value


def _email_key(email: Email) -> str:
    return email.value.strip().casefold()


def _url_key(url: str) -> str:
    return url.strip().rstrip("/").casefold()


def _letterbox(address: Address) -> Hashable:
    """Return the key of an address's letterbox, or all that was written where it names none."""
    return household_key(address, address.country_code) or address._replace(types=(), preferred=False)


def _day_key(day: Occasion) -> Hashable:
    return day.kind, fold(day.label), day.date


def _relation_key(relation: Relation) -> Hashable:
    return relation.kind, relation.uid or fold(relation.name)


def _told(value: Name | Address) -> int:
    """Return how many parts say something."""
    return sum(map(bool, value))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _value(reached: Phone | Email) -> str:
    return reached.value


def _days_in_words(contact: Contact, kind: OccasionKind) -> str:
    days = (day.date for day in contact.occasions if day.kind is kind and day.date.other is None)
    return ", ".join(map(known_day, days))


def _day_in_words(day: Occasion) -> str:
    return f"{occasion_named(day.kind, None, day.label)} {known_day(day.date)}"


def address_in_words(address: Address) -> str:
    """Return an address on one line."""
    place = " ".join(part for part in (address.postcode, address.locality) if part)
    parts = (address.po_box, address.extended, address.street, place, address.region, address.country)
    return ", ".join(part for part in parts if part) or ", ".join(address.label.split("\n"))


def _relation_in_words(relation: Relation) -> str:
    return f"{relation.kind}: {relation.name or relation.uid}"

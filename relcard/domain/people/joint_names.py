"""The people one card names: "John & Mary Smith", "Smith, John and Mary", "The Orr Family", "Ann Poe".

A card keeps its name as it is written. Envelope, greeting and the household's page speak of the people read
from it here; where the reading may be wrong, `CardName.doubt` says so, and the user is asked.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import Kind
from relcard.domain.languages import all_languages
from relcard.domain.people.contact import NO_NAME
from relcard.domain.people.contact import Name
from relcard.domain.people.names import OFTEN_DOUBLE
from relcard.domain.people.names import parts_of
from relcard.domain.people.names import tidy_name
from relcard.domain.people.names import title_key
from relcard.domain.text import fold
from relcard.domain.text import has_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.people.contact import Contact
    from relcard.domain.people.household import Resident

_SIGNS = frozenset("&+")
_MOST_PEOPLE = 8  # more of them on one card are a list of something else


class Doubt(Enum):
    """Why the reading of a name may be wrong, in words that follow "perhaps"."""

    BUSINESS = "a business"
    NO_SURNAME = "two people of no surname"
    ONE_DIED = "one of them has died"
    OTHER_DIED = "the other has died, or both have"
    ONE_SURNAME = "two people of one surname"
    DOUBLE_NAME = "a double given name"
    SAME_NAME = "the same name twice"


class PersonName(NamedTuple):
    """One person of a card; `plural_family` is how the card writes the surname of all: Zielińscy."""

    given: str
    family: str
    prefixes: str = ""
    plural_family: str = ""

    @property
    def name(self) -> str:
        """The name in full, without title."""
        return " ".join(filter(None, (self.given, self.family)))


class CardName(NamedTuple):
    """Whom a card's name means: people in the order written, or a family by its surname alone.

    `with_family` says that the card adds "and family", `last_died` that the last one named has died.
    """

    people: tuple[PersonName, ...] = ()
    family: str = ""
    with_family: bool = False
    doubt: Doubt | None = None
    last_died: bool = False

    def __str__(self) -> str:
        """How it was read, in words: "John Smith · Mary Smith", "the Orr family"."""
        if self.family:
            return f"the {self.family} family"
        names = [f"{person.prefixes} {person.name}".strip() for person in self.people]
        if self.last_died:
            names[-1] += " (has died)"
        return " · ".join([*names, *(["and family"] if self.with_family else [])]) or "as it stands"


def read_card_name(display_name: str, parts: Name = NO_NAME) -> CardName:
    """Return whom a card means by its display name (FN) and, where it has them, the parts (N)."""
    if parts.given or parts.family:
        several = _of_parts(parts)
        return several or CardName((PersonName(parts.given, parts.family, parts.prefixes),))
    shown = " ".join(tidy_name(display_name)[0].split())
    last, comma, first = shown.partition(", ")
    large = [word for word in last.split() if not word.islower()]  # of "van der Meer" one
    if comma and len(large) < 3 and not _is_joined(last) and _are_given(_segments(first)):
        return read_card_name("", Name(family=last, given=first))  # "Smith, John and Mary"
    if surname := family_alone(shown):
        return CardName(family=surname)
    if _is_joined(shown):
        return _with_death(_of_words(shown), display_name)
    return CardName((PersonName(*_alone(shown)),))


def _with_death(card: CardName, display_name: str) -> CardName:
    """Return a card with the death that its name tells of: "Walt & Doris (DIED 2024)" is of Doris.

    Behind a surname they share it may be of either, and is asked about.
    """
    died = tidy_name(display_name)[2]
    if not died or len(card.people) < 2:
        return card
    surnames = {fold(person.family) for person in card.people}
    is_last = display_name.rstrip().endswith(died) and (surnames == {""} or len(surnames) > 1)
    if is_last:
        return card._replace(last_died=True, doubt=Doubt.OTHER_DIED)
    return card._replace(doubt=Doubt.ONE_DIED)


def read_as_several(contact: Contact) -> CardName | None:
    """Return how the name of a card was read that means several people or a family; None of one person."""
    parts = contact.name
    has_parts = bool(parts.given or parts.family)
    if contact.kind is not Kind.INDIVIDUAL or (has_parts and not _is_joined(parts.given)):
        return None
    card = read_card_name(contact.display_name, parts)
    return card if card.family or card.doubt or len(card.people) > 1 or card.with_family else None


def means_several(display_name: str) -> bool:
    """Whether a name without parts means several people or a family, and has no given name of one."""
    card = read_card_name(display_name)
    return bool(card.family or card.with_family or len(card.people) > 1)


def people_of(resident: Resident) -> tuple[Resident, ...]:
    """Return a card as the people it names, each with the uid of the card and its place: "uid", "uid/2".

    A card of one person, of a couple without given names ("Mr and Mrs Hart"), of a family or an organisation
    is returned as it is; a name without parts gets those it plainly has.
    """
    if resident.kind is not Kind.INDIVIDUAL:
        return (resident,)
    has_parts = bool(resident.given or resident.family)
    joined = _is_joined(resident.given if has_parts else resident.display_name)
    if has_parts and not joined:
        return (resident,)
    parts = Name(family=resident.family, given=resident.given, prefixes=resident.prefixes)
    card = read_card_name(resident.display_name, parts)
    people = card.people
    if card.doubt is Doubt.BUSINESS or not people or not all(person.given for person in people):
        return (resident,)
    if len(people) == 1 and not joined:
        return (resident._replace(given=people[0].given, family=people[0].family),)
    return _as_residents(resident, card)


def _as_residents(resident: Resident, card: CardName) -> tuple[Resident, ...]:
    """Return a resident for each person of a card; what the card says of its relations is the first one's."""
    return tuple(
        resident._replace(
            uid=resident.uid if place == 1 else f"{resident.uid}/{place}",
            display_name=person.name,
            given=person.given,
            family=person.family,
            prefixes=person.prefixes,
            plural_family=person.plural_family,
            with_family=card.with_family,
            additional="",
            nicknames=(),
            gender="",
            relations=resident.relations if place == 1 else (),
            has_died=resident.has_died or (card.last_died and place == len(card.people)),
        )
        for place, person in enumerate(card.people, start=1)
    )


def each_once(people: Sequence[Resident]) -> tuple[Resident, ...]:
    """Return people without those who stand on two cards of one household: an envelope names nobody twice.

    Who has a card alone stands for the same name on a couple's, and the fuller name for a shorter form of it:
    Aunt Fern is Aunt Fern Pickett. Two of one name and two years of birth, or with another suffix, are two.
    """
    if len(people) < 2:
        return tuple(people)
    joint = {person.uid.rpartition("/")[0] for person in people}

    def place(at: int) -> tuple[int, bool]:
        uid, name = people[at].uid, people[at].display_name
        return -len(name.split()), "/" in uid or uid in joint

    kept: list[int] = []
    for at in sorted(range(len(people)), key=place):
        if not any(_is_named_by(people[at], people[other]) for other in kept):
            kept.append(at)
    return tuple(people[at] for at in sorted(kept))


def _is_named_by(one: Resident, other: Resident) -> bool:
    return are_one(one, other) or is_shorter_form(one, other)


def are_one(one: Resident, other: Resident) -> bool:
    """Whether two people of one household bear one name, and no suffix or year of birth parts them."""
    names = [(fold(person.given), fold(person.family)) for person in (one, other)]
    return bool(one.given) and names[0] == names[1] and _may_be_one(one, other)


def is_shorter_form(one: Resident, other: Resident) -> bool:
    """Whether a name without a surname begins another of the household, or is the same: Aunt Fern."""
    words, others = (fold(person.display_name).split() for person in (one, other))
    if not words or (one.family and words != others) or one.is_child is not other.is_child:
        return False
    return words == others[: len(words)] and _may_be_one(one, other)


def _may_be_one(one: Resident, other: Resident) -> bool:
    births = {person.birth_year for person in (one, other)} - {None}
    return fold(one.suffixes) == fold(other.suffixes) and len(births) < 2 and one.is_pet is other.is_pet


def _of_parts(parts: Name) -> CardName | None:
    """Return the people of given names that are joined, "John & Mary", and one or as many surnames."""
    if not _is_joined(parts.given):
        return None
    givens, with_family = _without_family(_segments(parts.given))
    if not givens or len(givens) > _MOST_PEOPLE:
        return None
    families, prefixes = _joined_segments(parts.family), _joined_segments(parts.prefixes)
    doubt = None
    people = []
    for place, given in enumerate(givens):
        own = families[place] if len(families) == len(givens) else parts.family
        before, words = _without_titles(given.split())
        # "Hank Okonkwo and Nadine" of a program that took the last word for the surname of both
        if place < len(givens) - 1 and len(words) == 2 and fold(words[0]) not in OFTEN_DOUBLE:
            words, own, doubt = words[:1], words[1], Doubt.DOUBLE_NAME
        prefix = prefixes[place] if len(prefixes) == len(givens) else prefixes[0] * (place == 0)
        people.append(PersonName(" ".join(words), own, prefix or before))
    return _card_of(people, with_family=with_family, doubt=doubt)


def _card_of(people: Sequence[PersonName], *, with_family: bool, doubt: Doubt | None) -> CardName:
    names = [fold(person.name) for person in people if person.given]
    if len(set(names)) < len(names):
        doubt = Doubt.SAME_NAME
    return CardName(tuple(_in_singular(people)), with_family=with_family, doubt=doubt)


def _of_words(shown: str) -> CardName:
    """Return the people of a name without parts: "Bob and Sue Whitcomb", "Tom Quill + Ana Quill"."""
    segments, with_family = _without_family(_segments(shown))
    if _is_business(shown) or not segments or len(segments) > _MOST_PEOPLE:
        return CardName(doubt=Doubt.BUSINESS)
    split = [_without_titles(segment.split()) for segment in segments]
    if _is_one_person(shown, split):
        return CardName((PersonName(*_alone(shown)),))
    *before_last, (last_title, last_words) = split
    if last_title and len(last_words) == 1:  # "Sir Hugh and Lady Dale", "Rabbi & Mrs. Feldman"
        split[-1] = (last_title, ["", *last_words])
    if not before_last or before_last[0][1]:
        return _with_surnames(split, "y" in shown.split(), with_family=with_family)
    return _of_titles([title for title, _ in split], " ".join(last_words), with_family=with_family)


def _is_business(shown: str) -> bool:
    keys = {title_key(word) for word in shown.split()}
    return bool(_business_words() & keys) or "’s" in shown or "'s" in shown


def _is_one_person(shown: str, split: Sequence[tuple[str, list[str]]]) -> bool:
    """Whether a letter alone joins two surnames, as in "Santiago Ramón y Cajal"."""
    if len(split) != 2:
        return False
    (_, first_words), (last_title, last_words) = split
    if last_title or len(last_words) != 1 or len(first_words) < 2:
        return False
    joiner = next((word for word in shown.split()[1:] if word in _ands() | _SIGNS), "")
    return len(joiner) == 1 and joiner.isalpha()


def _of_titles(titles: Sequence[str], name: str, *, with_family: bool) -> CardName:
    """Return the people of "Mr. and Mrs. Alan Hart": the first bears the given name."""
    parts = parts_of(name)
    given, family = (parts.given, parts.family) if parts.family else ("", parts.given)
    first, *consorts = titles
    people = (PersonName(given, family, first), *(PersonName("", family, title) for title in consorts))
    return CardName(people, with_family=with_family)


def _with_surnames(
    split: Sequence[tuple[str, list[str]]], two_surnames: bool, *, with_family: bool
) -> CardName:
    """Return people of titles and words: who has no surname has the last one's, or else the first's."""
    names = [_name_of(words, two_surnames) for _, words in split]
    surname, doubt = _surname_of_all(names)
    people = []
    for (title, words), name in zip(split, names, strict=True):
        may_be_double = doubt is None and _is_double_name(words)
        if may_be_double and fold(words[1]) != fold(surname) and words is not split[-1][1]:
            people.append(PersonName(" ".join(words), surname, title))
            doubt = Doubt.DOUBLE_NAME
        else:
            people.append(PersonName(name.given, name.family or surname, title))
    if len(people) == 2 and not people[1].given and people[0].prefixes == names[0].family == "":
        people[0] = people[0]._replace(prefixes=people[0].given, given="")
    return _card_of(people, with_family=with_family, doubt=doubt)


def _is_double_name(words: Sequence[str]) -> bool:
    """Whether two words are often one given name: Mary Ann."""
    return len(words) == 2 and fold(words[0]) in OFTEN_DOUBLE


def _surname_of_all(names: Sequence[Name]) -> tuple[str, Doubt | None]:
    """Return the surname of those who have none of their own, and why that may be wrong."""
    if names[-1].family or len(names) == 1:
        return names[-1].family, None
    surname = next((name.family for name in names if name.family), "")
    return surname, Doubt.ONE_SURNAME if surname else Doubt.NO_SURNAME


def _name_of(words: Sequence[str], two_surnames: bool) -> Name:
    """Return given name and surname of some words; Spanish surnames are two: José García López."""
    if two_surnames and len(words) > 2 and words[-2][:1].isupper():
        return Name(given=" ".join(words[:-2]), family=" ".join(words[-2:]))
    if words and not words[0]:
        return Name(family=" ".join(words[1:]))
    return parts_of(" ".join(words))


def _are_given(segments: Sequence[str]) -> bool:
    """Whether what follows a comma are given names alone."""
    several = [segment.split() for segment in segments]
    *before, last = several or [[]]
    return len(last) == 1 and all(len(words) == 1 or fold(words[0]) in OFTEN_DOUBLE for words in before)


def family_alone(shown: str) -> str:
    """Return the surname of "The Orr Family", "Familie Weber", "The Andersons" or "Kowalscy", else ""."""
    words = shown.split()
    if len(words) < 2:
        return shown if shown.endswith(tuple(plural for plural, _, _ in _surname_endings())) else ""
    known = _family_words()
    begins, ends = title_key(words[0]), title_key(words[-1])
    if len(words) > 2 and words[-2] in _ands() | _SIGNS:
        return ""  # "Tom Quill and family"
    if ends in known - _ARTICLES:
        words = words[:-1]
        if len(words) > 1 and begins in known:
            words = words[1:]
        return " ".join(words)
    if begins in known and begins != "de" and (begins not in _ARTICLES or len(words) == 2):
        return " ".join(words[1:])
    return ""


def _alone(shown: str) -> tuple[str, str]:
    """Return given and family name of one person; "" and "" where it is not plain: "Grandma Helen"."""
    words = shown.split()
    if len(words) < 2 or has_east_asian(shown):
        return "", ""
    keys = [title_key(word) for word in words]
    if keys[0] in _kin() | _titles() | _ARTICLES or _business_words() & set(keys):
        return "", ""
    name = parts_of(shown)
    return name.given, name.family


def _is_joined(text: str) -> bool:
    """Whether a word between others joins people: "&", "+", or "and" of any language in small letters."""
    if not text or text.isalpha():
        return False
    if not _SIGNS.isdisjoint(text):
        return True
    return any(len(word) < 4 and word.islower() and word in _ands() for word in text.split()[1:-1])


def _segments(text: str) -> list[str]:
    """Return the names between the joining words and the commas."""
    segments: list[list[str]] = [[]]
    for word in re.sub(r"([&+,])", r" \1 ", text).split():
        if word in _SIGNS or word == "," or (word.islower() and word in _ands() and segments[-1]):
            segments.append([])
        else:
            segments[-1].append(word)
    return [" ".join(words) for words in segments if words]


def _joined_segments(text: str) -> list[str]:
    """Return the parts that joining words divide; a text without them whole."""
    return (_segments(text) or [""]) if _is_joined(text) else [text]


def _without_family(segments: Sequence[str]) -> tuple[list[str], bool]:
    """Return segments without a last "family", "kids" or "Familie", and whether there was one."""
    names = list(segments)
    if len(names) > 1 and fold(names[-1]).removeprefix("the ") in _family_words() | _child_words():
        return names[:-1], True
    return names, False


def _without_titles(words: Iterable[str]) -> tuple[str, list[str]]:
    """Return the titles before a name, and its words."""
    rest = list(words)
    before: list[str] = []
    while rest and title_key(rest[0]) in _titles():
        before.append(rest.pop(0))
    return " ".join(before), rest


def _in_singular(people: Sequence[PersonName]) -> Iterator[PersonName]:
    """Yield people with their own form of a surname in the plural: Ewa Zielińska of the Zielińscy."""
    for person in people:
        forms = next((forms for forms in _surname_endings() if person.family.endswith(forms[0])), None)
        if forms is None or len(people) < 2:
            yield person
            continue
        plural, woman, man = forms
        ending = woman if person.given.endswith("a") else man
        yield person._replace(family=person.family.removesuffix(plural) + ending, plural_family=person.family)


_ARTICLES = frozenset(("the", "die", "les", "los", "os", "de"))


@cache
def _ands() -> frozenset[str]:
    several = (words.and_before[1] for words in all_languages() if words.and_before)
    return frozenset((*(words.and_ for words in all_languages()), *several))


@cache
def _surname_endings() -> tuple[tuple[str, str, str], ...]:
    return tuple(forms for words in all_languages() for forms in words.surname_endings or ())


@cache
def _family_words() -> frozenset[str]:
    return frozenset(title_key(word) for words in all_languages() for word in words.family_words)


@cache
def _child_words() -> frozenset[str]:
    names = (words.columns.others.get("children", "") for words in all_languages())
    return frozenset("|".join(names).split("|"))


@cache
def _kin() -> frozenset[str]:
    return frozenset(" ".join(words.kin for words in all_languages()).split())


@cache
def _titles() -> frozenset[str]:
    """Return every Mr, Mrs and title of every language, as `title_key` has them."""
    return frozenset(
        title_key(title)
        for words in all_languages()
        for title in " ".join((words.women, words.men, words.anybody or "", words.titles)).split()
    )


@cache
def _business_words() -> frozenset[str]:
    return frozenset(" ".join(words.business_words for words in all_languages()).split())

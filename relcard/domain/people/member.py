"""A member is somebody of a household without a vCard of their own: a partner, a child, a pet.

Cards and lists name them beside a contact: "Children: Jack (9), Emma (7)". An age is a year of birth from the
day it was read.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.dates import next_kept
from relcard.domain.days import read_day
from relcard.domain.kinds import AGE_OF_ADULTS
from relcard.domain.kinds import Kind
from relcard.domain.languages import language as language_of
from relcard.domain.people.contact import Name
from relcard.domain.people.household import CHILDREN
from relcard.domain.people.household import PARTNERS
from relcard.domain.people.household import Resident
from relcard.domain.people.names import parts_of
from relcard.domain.people.names import tidy_name
from relcard.domain.people.surnames import full_name
from relcard.domain.text import fold
from relcard.domain.text import has_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.contact import Relation

ROLES = ("child", "partner", "pet", "other")
_PETS = frozenset(("pet", "dog", "cat"))
_NOBODY = frozenset(("none", "n/a", "tbd", "unknown", "nobody", "keine", "niemand", "aucun", "brak"))
_OLDEST = 130
_HALF_A_YEAR = timedelta(days=183)
# What stands behind a name: "(9)", ", 9", "(9 years)", "(8 months)", "*2017", "(b. 2017)".
_AGE = re.compile(r"(?P<number>\d{1,3}) ?(?P<unit>[^\W\d]{0,8})\.?")
_BIRTH = re.compile(r"(?:\*|b\.?|born|geb\.?|né|née|ur\.?)? ?(?P<day>\d.*)", re.IGNORECASE)
_BEHIND = re.compile(
    r"^(?P<name>.*?[^\W\d].*?)(?:\s*\((?P<inside>[^()]*\d[^()]*)\)|,?\s+(?P<bare>\*?\d[\w.-]*))$"
)


class Member(NamedTuple):
    """Somebody of a household without a vCard: name, role, and what is known of birth and death.

    `id` and `contact_id` are the store's; the contact is the one whose card names the member, or to whose
    household the user added it. `stated` says that the user has spoken. `surname` is the contact's,
    where the name is a given name alone.
    """

    name: str
    role: str
    born: PartialDate | None = None
    died_on: PartialDate | None = None
    id: int = 0
    contact_id: int = 0
    stated: bool = False
    surname: str = ""

    @property
    def full_name(self) -> str:
        """The name with the surname beside a given name alone."""
        return full_name(self.name, self.surname)

    @property
    def parts(self) -> Name:
        """The given name and the family's, where a surname of several words, García López, is one."""
        return Name(given=self.name, family=self.surname) if self.surname else parts_of(self.name)

    @property
    def is_pet(self) -> bool:
        """Whether it is greeted, and stands on no envelope."""
        return self.role == "pet"

    def age_on(self, day: date) -> int | None:
        """Return the age on a day, or None when the year of birth is unknown or the life has ended."""
        return None if self.died_on is not None else age_on(self.born, day)


def age_on(born: PartialDate | None, day: date) -> int | None:
    """Return the age on a day, of a year alone the one reached in it; None while the year is unknown."""
    if born is not None and born.other is not None:
        coming = next_kept(born, day)
        return None if coming is None or coming.years is None else coming.years - (coming.on > day)
    if born is None or born.year is None:
        return None
    kept = born.on(day.year)
    age = day.year - born.year
    return age - 1 if kept is not None and kept > day else age


def read_members(relations: Iterable[Relation], *, on: date) -> dict[str, Member]:
    """Return the partner, children and pets that a card names without a UID, by the card's own words.

    Their ages are those of the day `on`; a birth to come is none. Who died by what the card says is left out.
    """
    members: dict[str, Member] = {}
    names: set[str] = set()
    for relation in relations:
        role = "" if relation.uid else _role_of(relation.kind)
        if not (role and relation.name):
            continue
        name, born = read_name_and_birth(relation.name, on=on)
        name, _, died = tidy_name(name)
        is_name = any(map(str.isalpha, name)) and fold(name) not in _NOBODY
        if is_name and not died and fold(name) not in names:
            names.add(fold(name))
            is_past = born is not None and (born.year or 0) <= on.year
            members[relation.name] = Member(name, role, born if is_past else None)
    return members


def read_name_and_birth(text: str, *, on: date) -> tuple[str, PartialDate | None]:
    """Return a name and the birth told behind it: an age on a day, a year, or a day; None where none is.

    Of an age the year is the likelier of two: born in 2017 is who is 9 in November 2026. A year to come is
    no part of the name either: it is for the caller to refuse.
    """
    match = _BEHIND.match(" ".join(text.split()))
    if match is None:
        return text, None
    born = _birth(match["inside"] or match["bare"], on)
    return (match["name"].strip(" ,"), born) if born else (text, None)


def _birth(text: str, on: date) -> PartialDate | None:
    age = _AGE.fullmatch(text.strip())
    if age and int(age["number"]) <= _OLDEST:
        if age["unit"][:1].casefold() == "m":  # months, Monate, mois, meses, måneder, mesi
            return PartialDate((on - timedelta(days=30 * int(age["number"]))).year)
        return PartialDate((on - _HALF_A_YEAR).year - int(age["number"]))
    written = _BIRTH.fullmatch(text.strip())
    try:
        born = read_day(written["day"], on) if written else None
    except ValueError:
        return None
    return born if born and born.year and abs(on.year - born.year) <= _OLDEST else None


def _role_of(kind: str) -> str:
    """Return what somebody is whom a card calls so, "" for one who lives elsewhere: a mother, a manager."""
    word = kind.lower().replace(" ", "-")
    for role, words in (("partner", PARTNERS), ("child", CHILDREN), ("pet", _PETS)):
        if word in words:
            return role
    return ""


def surname_for(name: str, surname: str) -> str:
    """Return the surname of a contact that stands beside a member's name too, "" where none does.

    None does where the name has one, or is not of the surname's script: 花子 Stone and Tom 山田 are nobody.
    """
    fits = has_east_asian(name) == has_east_asian(surname)
    has_one = parts_of(name).family or (has_east_asian(name) and name.startswith(surname))
    return surname if fits and not has_one else ""


def surname_varies(language: str) -> bool:
    """Whether a child's surname is not its parent's as it stands: Kowalska's son is a Kowalski."""
    return not language_of(language).family


def members_of(people: Sequence[Resident], members: Iterable[Member]) -> list[Member]:
    """Return the members of a household, each once, without those who are people of it by a vCard.

    `people` are the household's living contacts. What the user said stands for what a card says. A partner
    named on a card is none where two adults have cards.
    """
    kept: dict[tuple[str, str], Member] = {}
    adults = sum(not (person.is_child or person.is_pet) for person in people)
    for member in sorted(members, key=lambda member: (not member.stated, member.born is None, member.id)):
        crowded = member.role == "partner" and not member.stated and adults > 1
        given, family = _given_and_family(member)
        if not crowded and not any(_is_same(given, family, person) for person in people):
            kept.setdefault((given, family), member)
    return sorted(kept.values(), key=_place)


def _place(member: Member) -> tuple[int, int, int]:
    year = member.born.year if member.born and member.role == "child" else None
    return ("partner", "other", "child", "pet").index(member.role), year or 9999, member.id


def _given_and_family(member: Member) -> tuple[str, str]:
    return fold(member.parts.given), fold(member.parts.family)


def _is_same(given: str, family: str, person: Resident) -> bool:
    """Whether a person by a vCard bears a member's name: the given one or a nickname, and the surname."""
    called = {fold(name) for name in (person.given or person.display_name, *person.nicknames)}
    return given in called and ("" in (family, person.family) or fold(person.family) == family)


def greeted_with(
    people: tuple[Resident, ...], members: Iterable[Member], *, today: date
) -> tuple[Resident, ...]:
    """Return whom envelope and greeting name: people by a vCard, and the members beside them.

    A child of 18 years or more is on the household's page alone: its cards go where it lives. A card of a
    whole family, "The Orr Family", has its children in its name. Children alone get no card.
    """
    if not all(person.given and person.kind is Kind.INDIVIDUAL for person in people):
        return people
    others = tuple(
        as_resident(member)
        for member in members
        if member.died_on is None and not _is_grown_child(member, today)
    )
    return (*people, *others) if people or any(other.is_grown for other in others) else ()


def _is_grown_child(member: Member, today: date) -> bool:
    age = member.age_on(today)
    return member.role == "child" and age is not None and age >= AGE_OF_ADULTS


def as_resident(member: Member) -> Resident:
    """Return a member as the rules of envelopes and greetings see one."""
    parts = member.parts
    return Resident(
        uid=f"member/{member.id}",
        display_name=member.full_name,
        given=parts.given,
        family=parts.family,
        birth_year=member.born.year if member.born else None,
        born=str(member.born or ""),
        is_child=member.role == "child",
        is_grown=member.role in ("partner", "other"),
        is_pet=member.is_pet,
    )

"""The names on the envelope, and the words a letter begins with.

Every living adult is named once; the dead are never addressed; children stand behind the adults, or with them
as a family. Names are written as their bearers write them, a plural bears no apostrophe, and what the user
wished for is taken as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Literal

from relcard.domain.languages import language as language_of
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import fold
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.people.names import academic
from relcard.domain.people.names import stated_gender
from relcard.domain.people.names import title_key
from relcard.domain.text import has_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.languages import Language
    from relcard.domain.languages import Pair
    from relcard.domain.people.household import Resident

Formality = Literal["informal", "formal"]

# A longer list of names reads like a roll call: then a family is greeted as one.
_MOST_NAMED = 6

_APART = re.compile(r"[\s.\-]+")


def addressee(
    members: Sequence[Resident], *, language: str = "en", wish: str = "", year: int | None = None
) -> str:
    """Return the name line of the envelope: "Anna Kowalska and Jan Smith", "The Mustermann Family".

    `year` is the present one, and tells who is a child; "" when nobody of the household lives any more.
    """
    if wish.strip():
        return wish.strip()
    words = language_of(language)
    living = [resident for resident in _living(members, year) if not resident.is_pet]
    if len(living) == 1:
        return full_name(living[0])
    young = children(living, year=year)
    adults = [resident for resident in living if resident.uid not in young]
    surname = _one_surname(living)
    if words.family and surname and len(adults) > 1 and (young or len(adults) > 3):
        return words.family.format(surname)
    if not young:
        return _joined(_full_names(adults, words), words)
    names = _full_names(adults, words)
    return words.and_family.format(_joined(names, words) if words.family_joined else ", ".join(names))


def salutation(
    members: Sequence[Resident],
    *,
    language: str = "en",
    formality: Formality = "informal",
    wish: str = "",
    year: int | None = None,
) -> str:
    """Return the first words of a letter: "Dear Ann and Tom,", "Sehr geehrte Familie Mustermann,".

    Informally everyone living is named, children and pets too, or "the twins"; formally the adults, with
    their titles. "" when nobody lives any more.
    """
    if wish.strip():
        return wish.strip()
    words = language_of(language)
    living = _living(members, year)
    people = [resident for resident in living if resident.kind is Kind.INDIVIDUAL]
    if all(resident.is_pet for resident in living):
        return ""
    if not people:
        return words.organisation.format(full_name(living[0])) + words.end
    if formality == "formal":
        text = _formal([resident for resident in people if not resident.is_pet], words, year)
    else:
        text = _informal(people, words, year)
    return text + words.end


def full_name(resident: Resident) -> str:
    """Return the name as its bearer writes it, with a title the card tells apart; "Doe, Jo" is turned round.

    Mr and Mrs are no titles here: they stand where the bearer writes them.
    """
    name = " ".join(resident.display_name.split())
    family, comma, given = name.partition(", ")
    if comma and fold(family) == fold(resident.family):
        name = f"{given} {family}"
    if not name:
        parts = (resident.given, resident.family)
        first_last = parts if not has_east_asian(resident.family) else parts[::-1]
        name = " ".join(" ".join(first_last).split())
    title = academic(resident.prefixes) if resident.prefixes else ""
    if not title:
        return name
    written = {title_key(word) for word in name.split()}
    return name if written & {title_key(word) for word in title.split()} else f"{title} {name}"


def family_plural(surname: str) -> str:
    """Return the plural of an English household's surname, without apostrophe: Joneses, Foxes, Kennedys.

    A final ch is hard after a, o and u (the Bachs), soft elsewhere (the Birches).
    """
    last = surname.lower()
    hissing = last.endswith(("s", "x", "z", "sh")) or (last.endswith("ch") and last[-3:-2] not in "aou")
    return surname + ("es" if hissing else "s")


def _living(members: Iterable[Resident], year: int | None) -> list[Resident]:
    return [resident for resident in head_order(members, year=year) if not resident.has_died]


def _informal(people: list[Resident], words: Language, year: int | None) -> str:
    surname = _one_surname([resident for resident in people if not resident.is_pet])
    twins = _twins(people, year)
    girls = all(twin.gender == "f" for twin in twins)
    if surname and len(people) - bool(twins) > _MOST_NAMED:
        return words.dear_family.format(family_plural(surname) if words.surname_in_plural else surname)
    single = [resident for resident in people if resident not in twins]
    if words.dear_pair and (single or not twins) and _all_stated(single):
        greetings = [_for(resident, words.dear_pair).format(_called(resident)) for resident in single]
        if twins and words.dear_twins:
            greetings.insert(people.index(twins[0]), words.dear_twins[girls])
        return _begun(", ".join(greetings))
    names = [_called(resident) for resident in single]
    if twins:
        names.insert(people.index(twins[0]), words.twins[girls])
    return (words.dear_several if len(people) > 1 else words.dear).format(_joined(names, words))


def _twins(people: list[Resident], year: int | None) -> list[Resident]:
    """Return the two children of one birthday and surname.

    Three of one birthday are named, and so are twins without a parent.
    """
    young = children(people, year=year)
    births: dict[tuple[str, str], list[Resident]] = {}
    for child in people:
        if child.uid in young and len(child.born) == len("2020-01-31") and child.birth_year is not None:
            births.setdefault((child.born, fold(child.family)), []).append(child)
    pairs = [pair for pair in births.values() if len(pair) == 2]
    return pairs[0] if len(pairs) == 1 else []


def _for(resident: Resident, pair: Pair) -> str:
    return pair[0] if stated_gender(resident.gender, resident.prefixes) == "f" else pair[1]


def _all_stated(people: Iterable[Resident]) -> bool:
    """Whether everybody's gender is stated."""
    return all(stated_gender(resident.gender, resident.prefixes) for resident in people)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _formal(people: list[Resident], words: Language, year: int | None) -> str:
    young = children(people, year=year)
    adults = [resident for resident in people if resident.uid not in young]
    surname = _one_surname(people) if len(adults) > 1 else ""
    if any(academic(resident.prefixes) for resident in adults):
        surname = ""  # a family's greeting would lose the title
    if surname and young:
        return words.formal_family.format(surname)
    if words.formal_pair and _all_stated(adults):
        pair = words.formal_pair
        # "Madame, monsieur": what names nobody is said once.
        return _begun(", ".join(dict.fromkeys(_formally(resident, words, pair) for resident in adults)))
    if surname and words.couple_is_family:
        return words.formal_family.format(surname)
    if any(resident.prefixes and resident.family for resident in adults):
        names = [_titled(resident, words) for resident in adults]
    else:
        names = _full_names(adults, words)
    return (words.formal_several if len(adults) > 1 else words.formal).format(_joined(names, words))


def _formally(resident: Resident, words: Language, pair: Pair) -> str:
    """Return how someone whose gender is stated is greeted: "sehr geehrte Frau Dr. Weber"."""
    title = academic(resident.prefixes)
    ranks = words.ranks or {}
    rank = next((ranks[key] for word in title.split() if (key := title_key(word)) in ranks), None)
    named = f"{title} {resident.family}".strip() if resident.family else full_name(resident)
    return _for(resident, rank or (words.formal_titled if title and words.formal_titled else pair)).format(
        named
    )


def _titled(resident: Resident, words: Language) -> str:
    """Return "Dr Zieliński", "Mrs Lee", or the full name of someone without either."""
    if not (resident.prefixes and resident.family):
        return full_name(resident)
    title = " ".join(resident.prefixes.split())
    return f"{_begun(title) if words.title_begins_large else title} {resident.family}"


def _called(resident: Resident) -> str:
    """Return what someone is called: the given name, or the full one where that is but initials.

    A name in ideographs, kana or Hangul stays whole, for politeness.
    """
    name = full_name(resident)
    if not resident.given or has_east_asian(name):
        return name
    initials = all(len(part) == 1 for part in _APART.split(resident.given) if part)
    return name if initials and resident.family else resident.given


def _one_surname(people: Sequence[Resident]) -> str:
    """Return the surname all of several people bear, as the first writes it, or ""."""
    if len(people) < 2 or any(resident.kind is not Kind.INDIVIDUAL for resident in people):
        return ""
    folded = {fold(resident.family) for resident in people}
    return people[0].family.strip() if len(folded) == 1 else ""


def _full_names(people: list[Resident], words: Language) -> list[str]:
    """Return full names, those who share a surname as one: "Erika and Max Mustermann".

    Only names of the plain form given and family are drawn together: a title stands with its bearer's whole
    name, and names that begin with the family (Hungarian, Japanese) stay as they are.
    """
    groups: dict[str, list[Resident]] = {}
    for resident in people:
        name = f"{resident.given} {resident.family}"
        plain = resident.given and resident.family and fold(full_name(resident)) == fold(name)
        groups.setdefault(fold(resident.family) if plain else f"\n{resident.uid}", []).append(resident)
    names = []
    for group in groups.values():
        if len(group) == 1:
            names.append(full_name(group[0]))
        else:
            names.append(f"{_joined([resident.given for resident in group], words)} {group[0].family}")
    return names


def _joined(names: Sequence[str], words: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    and_ = words.and_
    if words.and_before and re.match(words.and_before[0], names[-1], re.IGNORECASE):
        and_ = words.and_before[1]  # Spanish: Ana e Inés
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"

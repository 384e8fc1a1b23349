"""The names on the envelope, and the words a letter begins with.

Every living adult is named once; the dead are never addressed; children stand behind the adults, or with them
as a family. Names are written as their bearers write them, a plural bears no apostrophe, and what the user
wished for is taken as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Literal

from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import fold
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.people.titles import academic
from relcard.domain.people.titles import stated_gender
from relcard.domain.people.titles import title_key
from relcard.domain.people.tongues import tongue
from relcard.domain.text import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.people.household import Resident
    from relcard.domain.people.tongues import Tongue

Formality = Literal["informal", "formal"]

# A longer list of names reads like a roll call: then a family is greeted as one.
_MOST_NAMED = 6

_APART = re.compile(r"[\s.\-]+")
_SOUNDS_LIKE_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)


def addressee(
    members: Sequence[Resident], *, language: str = "en", wish: str = "", year: int | None = None
) -> str:
    """Return the name line of the envelope: "Anna Kowalska and Jan Smith", "The Mustermann Family".

    `year` is the present one, and tells who is a child; "" when nobody of the household lives any more.
    """
    if wish.strip():
        return wish.strip()
    words = tongue(language)
    living = [one for one in _living(members, year) if not one.is_pet]
    if len(living) == 1:
        return full_name(living[0])
    young = children(living, year=year)
    adults = [one for one in living if one.uid not in young]
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
    words = tongue(language)
    living = _living(members, year)
    people = [one for one in living if one.kind is Kind.INDIVIDUAL]
    if all(one.is_pet for one in living):
        return ""
    if not people:
        return words.organisation.format(full_name(living[0])) + words.end
    if formality == "formal":
        text = _formal([one for one in people if not one.is_pet], words, year)
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
        first_last = parts if not any(map(is_east_asian, resident.family)) else parts[::-1]
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
    return [one for one in head_order(members, year=year) if not one.has_died]


def _informal(people: list[Resident], words: Tongue, year: int | None) -> str:
    surname = _one_surname([one for one in people if not one.is_pet])
    twins = _twins(people, words, year)
    either = words.twins_f if words.twins_f and all(one.gender == "f" for one in twins) else words.twins
    if surname and len(people) - bool(twins) > _MOST_NAMED:
        english = words is tongue("en")
        return words.dear_family.format(family_plural(surname) if english else surname)
    single = [one for one in people if one not in twins]
    if (
        words.dear_pair
        and all(stated_gender(one.gender, one.prefixes) for one in single)
        and (single or not twins)
    ):
        each = [_for(one, words.dear_pair).format(_called(one)) for one in single]
        if twins and either:
            each.insert(people.index(twins[0]), either[1])
        return _begun(", ".join(each))
    names = [_called(one) for one in single]
    if twins and either:
        names.insert(people.index(twins[0]), either[0])
    pattern = words.dear_several if len(people) > 1 and words.dear_several else words.dear
    return pattern.format(_joined(names, words))


def _twins(people: list[Resident], words: Tongue, year: int | None) -> list[Resident]:
    """Return the two children of one birthday and surname, where the language has a word for them.

    Three of one birthday are named, and so are twins without a parent.
    """
    if words.twins is None:
        return []
    young = children(people, year=year)
    births: dict[tuple[str, str], list[Resident]] = {}
    for one in people:
        if one.uid in young and len(one.born) == len("2020-01-31") and one.birth_year is not None:
            births.setdefault((one.born, fold(one.family)), []).append(one)
    pairs = [pair for pair in births.values() if len(pair) == 2]
    return pairs[0] if len(pairs) == 1 else []


def _for(one: Resident, pair: tuple[str, str]) -> str:
    return pair[0] if stated_gender(one.gender, one.prefixes) == "f" else pair[1]


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _formal(people: list[Resident], words: Tongue, year: int | None) -> str:
    young = children(people, year=year)
    adults = [one for one in people if one.uid not in young]
    surname = _one_surname(people)
    titled = any(academic(one.prefixes) for one in adults)
    if surname and young and len(adults) > 1 and not titled:
        return words.formal_family.format(surname)
    if words.formal_pair and all(stated_gender(one.gender, one.prefixes) for one in adults):
        # "Madame, monsieur": what names nobody is said once.
        return _begun(", ".join(dict.fromkeys(_formally(one, words) for one in adults)))
    if surname and len(adults) > 1 and words.couple_is_family and not titled:
        return words.formal_family.format(surname)
    pattern = words.formal_several if len(adults) > 1 and words.formal_several else words.formal
    if any(one.prefixes and one.family for one in adults):
        names = [_titled(one, words) for one in adults]
    else:
        names = _full_names(adults, words)
    return pattern.format(_joined(names, words))


def _formally(one: Resident, words: Tongue) -> str:
    """Return how someone whose gender is stated is greeted: "sehr geehrte Frau Dr. Weber"."""
    title = academic(one.prefixes)
    assert words.formal_pair is not None  # noqa: S101  asked before
    ranks = words.ranks or {}
    rank = next((ranks[key] for word in title.split() if (key := title_key(word)) in ranks), None)
    pair = rank or (words.formal_titled if title and words.formal_titled else words.formal_pair)
    return _for(one, pair).format(f"{title} {one.family}".strip() if one.family else full_name(one))


def _titled(one: Resident, words: Tongue) -> str:
    """Return "Dr Zieliński", "Mrs Lee", or the full name of someone without either."""
    if not (one.prefixes and one.family):
        return full_name(one)
    title = " ".join(one.prefixes.split())
    if words is tongue("en"):
        title = _begun(title)
    return f"{title} {one.family}"


def _called(resident: Resident) -> str:
    """Return what someone is called: the given name, or the full one where that is but initials.

    A name in ideographs, kana or Hangul stays whole, for politeness.
    """
    name = full_name(resident)
    if not resident.given or any(map(is_east_asian, name)):
        return name
    initials = all(len(part) == 1 for part in _APART.split(resident.given) if part)
    return name if initials and resident.family else resident.given


def _one_surname(people: Sequence[Resident]) -> str:
    """Return the surname all of several people bear, as the first writes it, or ""."""
    if len(people) < 2 or any(one.kind is not Kind.INDIVIDUAL for one in people):
        return ""
    folded = {fold(one.family) for one in people}
    return people[0].family.strip() if len(folded) == 1 else ""


def _full_names(people: list[Resident], words: Tongue) -> list[str]:
    """Return full names, those who share a surname as one: "Erika and Max Mustermann".

    Only names of the plain form given and family are drawn together: a title stands with its bearer's whole
    name, and names that begin with the family (Hungarian, Japanese) stay as they are.
    """
    groups: dict[str, list[Resident]] = {}
    for one in people:
        plain = one.given and one.family and fold(full_name(one)) == fold(f"{one.given} {one.family}")
        groups.setdefault(fold(one.family) if plain else f"\n{one.uid}", []).append(one)
    names = []
    for group in groups.values():
        if len(group) == 1:
            names.append(full_name(group[0]))
        else:
            names.append(f"{_joined([one.given for one in group], words)} {group[0].family}")
    return names


def _joined(names: Sequence[str], words: Tongue) -> str:
    if len(names) < 2:
        return "".join(names)
    and_ = words.and_
    if and_ == "y" and _SOUNDS_LIKE_I.match(names[-1]):
        and_ = "e"  # Spanish: Ana e Inés
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"

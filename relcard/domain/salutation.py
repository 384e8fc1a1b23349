"""The names on the envelope, and the words a letter begins with.

Every living adult is named once; the dead are never addressed; children stand behind the adults, or with them
as a family. Names are written as their bearers write them, a plural bears no apostrophe, and what the user
wished for is taken as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Literal

from relcard.domain.contact import Kind
from relcard.domain.contact import fold
from relcard.domain.household import children
from relcard.domain.household import head_order
from relcard.domain.tongues import tongue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.household import Resident
    from relcard.domain.tongues import Tongue

Formality = Literal["informal", "formal"]

# A longer list of names reads like a roll call: then a family is greeted as one.
_MOST_NAMED = 6

_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
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
    living = _living(members, year)
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

    Informally everyone living is named, children too; formally the adults. "" when nobody lives any more.
    """
    if wish.strip():
        return wish.strip()
    words = tongue(language)
    living = _living(members, year)
    people = [one for one in living if one.kind is Kind.INDIVIDUAL]
    if not living:
        return ""
    if not people:
        return words.organisation.format(full_name(living[0])) + words.end
    text = _formal(people, words, year) if formality == "formal" else _informal(people, words)
    return text + words.end


def full_name(resident: Resident) -> str:
    """Return the name as its bearer writes it; "Doe, Jo" is turned round."""
    name = " ".join(resident.display_name.split())
    family, comma, given = name.partition(", ")
    if comma and fold(family) == fold(resident.family):
        name = f"{given} {family}"
    return name or " ".join(f"{resident.given} {resident.family}".split())


def family_plural(surname: str) -> str:
    """Return the plural of an English household's surname, without apostrophe: Joneses, Foxes, Kennedys.

    A final ch is hard after a, o and u (the Bachs), soft elsewhere (the Birches).
    """
    last = surname.lower()
    hissing = last.endswith(("s", "x", "z", "sh")) or (last.endswith("ch") and last[-3:-2] not in "aou")
    return surname + ("es" if hissing else "s")


def _living(members: Iterable[Resident], year: int | None) -> list[Resident]:
    return [one for one in head_order(members, year=year) if not one.has_died]


def _informal(people: list[Resident], words: Tongue) -> str:
    names = [_called(one) for one in people]
    surname = _one_surname(people)
    if surname and len(people) > _MOST_NAMED:
        english = words is tongue("en")
        return words.dear_family.format(family_plural(surname) if english else surname)
    each = _each(people, names, words.dear_pair)
    if each:
        return each
    pattern = words.dear_several if len(people) > 1 and words.dear_several else words.dear
    return pattern.format(_joined(names, words))


def _formal(people: list[Resident], words: Tongue, year: int | None) -> str:
    young = children(people, year=year)
    adults = [one for one in people if one.uid not in young]
    surname = _one_surname(people)
    if surname and young and len(adults) > 1:
        return words.formal_family.format(surname)
    each = _each(adults, [one.family or full_name(one) for one in adults], words.formal_pair)
    if each:
        return each
    if surname and len(adults) > 1 and words.couple_is_family:
        return words.formal_family.format(surname)
    pattern = words.formal_several if len(adults) > 1 and words.formal_several else words.formal
    return pattern.format(_joined(_full_names(adults, words), words))


def _each(people: list[Resident], names: list[str], pair: tuple[str, str] | None) -> str:
    """Return "Liebe Anna, lieber Jan", or "" unless the language does so and every gender is stated."""
    if pair is None or not all(one.gender in ("f", "m") for one in people):
        return ""
    her, him = pair
    said = [(her if one.gender == "f" else him).format(name) for one, name in zip(people, names, strict=True)]
    text = ", ".join(said if "{}" in her else dict.fromkeys(said))  # "Madame, monsieur", neither one twice
    return text[:1].upper() + text[1:]


def _called(resident: Resident) -> str:
    """Return what someone is called; a name in ideographs, kana or Hangul stays whole, for politeness."""
    name = full_name(resident)
    return name if not resident.given or _EAST_ASIAN.search(name) else resident.given


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

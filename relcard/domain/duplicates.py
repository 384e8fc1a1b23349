"""Pairs of contacts that look like one person. They are named, never joined: that is the user's to say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence


# What more people share is the number of a switchboard or a mailing list, and says nothing of any of them.
_MOST_SHARING = 6
# Among more people of one name, only those with something else in common are compared.
_MOST_OF_ONE_NAME = 12
_SHORTEST_PHONE = 7  # digits; shorter ones are extensions and service numbers
_PHONE_DIGITS = 9  # compared from the end: without country code and leading zero


class Person(NamedTuple):
    """What is compared of a contact.

    Names and e-mails are folded, phones are digits only, `month_day` and `birth_year` are the birthday's,
    `address_key` comes from `household_key`.
    """

    uid: str
    name_key: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    month_day: tuple[int, int] | None = None
    birth_year: int | None = None
    address_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two contacts, by UID in the order given, and in words what they share."""

    a: str
    b: str
    reason: str


def likely_duplicates(people: Iterable[Person]) -> list[Pair]:
    """Return the pairs that look like one person, each once, in the order of the first of each pair.

    The same name (in either order) unless everything else differs; or a similar name with the same e-mail,
    phone, or birthday. Never a shared e-mail alone, which couples have, and never two whose birthdays differ:
    a father and a son of one name are two people. Time grows with the number of people, not of pairs.
    """
    everyone = list(people)
    found: dict[tuple[int, int], str] = {}
    for reason, block in _blocks(everyone):
        for at, other in combinations(block, 2):
            if (at, other) not in found and _may_be_one(everyone[at], everyone[other]):
                said = _reason(everyone[at], everyone[other], reason)
                if said:
                    found[at, other] = said
    return [
        Pair(a=everyone[at].uid, b=everyone[other].uid, reason=reason)
        for (at, other), reason in sorted(found.items())
    ]


def _blocks(everyone: Sequence[Person]) -> Iterator[tuple[str, list[int]]]:
    """Yield small groups worth comparing pair by pair, as places in `everyone`, with what they share."""
    by_name: dict[str, list[int]] = defaultdict(list)
    by_contact: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_birthday: dict[tuple[object, str], list[int]] = defaultdict(list)
    for at, one in enumerate(everyone):
        words = one.name_key.split()
        if not words:
            continue
        by_name[" ".join(sorted(words))].append(at)
        for email in dict.fromkeys(one.emails):
            by_contact["e-mail", email].append(at)
        for phone in dict.fromkeys(number[-_PHONE_DIGITS:] for number in one.phones):
            if len(phone) >= _SHORTEST_PHONE:
                by_contact["phone", phone].append(at)
        if one.month_day:
            for word in {words[0], words[-1]}:
                by_birthday[one.month_day, word].append(at)
    for block in by_name.values():
        if 1 < len(block) <= _MOST_OF_ONE_NAME:
            yield "name", block
        elif len(block) > 1:
            for part in _by_something_else(everyone, block):
                yield "name", part
    for (what, _), block in by_contact.items():
        if 1 < len(block) <= _MOST_SHARING:
            yield what, block
    for block in by_birthday.values():
        if 1 < len(block) <= _MOST_OF_ONE_NAME:
            yield "birthday", block


def _by_something_else(everyone: Sequence[Person], block: list[int]) -> Iterator[list[int]]:
    """Part many people of one name by what else they share: a birthday or a letterbox."""
    parts: dict[object, list[int]] = defaultdict(list)
    for at in block:
        if everyone[at].month_day:
            parts[everyone[at].month_day].append(at)
        if everyone[at].address_key:
            parts[everyone[at].address_key].append(at)
    yield from (part for part in parts.values() if 1 < len(part) <= _MOST_OF_ONE_NAME)


def _may_be_one(one: Person, other: Person) -> bool:
    """Whether nothing known forbids it."""
    if one.uid == other.uid:
        return False
    if one.birth_year and other.birth_year and one.birth_year != other.birth_year:
        return False
    return not (one.month_day and other.month_day and one.month_day != other.month_day)


def _reason(one: Person, other: Person, shared: str) -> str:
    """Return what two people share in words, "" when it is not enough."""
    if shared == "name":
        more = _also_shared(one, other)
        if more:
            return f"same name and {more}"
        return "" if _differ_in_all(one, other) else "same name"
    return f"same {shared}, similar name" if _similar(one.name_key, other.name_key) else ""


def _also_shared(one: Person, other: Person) -> str:
    if set(one.emails) & set(other.emails):
        return "e-mail"
    if _ends(one) & _ends(other):
        return "phone"
    if one.month_day and one.month_day == other.month_day:
        return "birthday"
    return "address" if one.address_key and one.address_key == other.address_key else ""


def _differ_in_all(one: Person, other: Person) -> bool:
    """Whether both have an address and a number or e-mail, and none in common: two people of one name."""
    reachable = (one.emails or one.phones) and (other.emails or other.phones)
    return bool(reachable and one.address_key and other.address_key)


def _ends(one: Person) -> set[str]:
    return {number[-_PHONE_DIGITS:] for number in one.phones if len(number) >= _SHORTEST_PHONE}


def _similar(one: str, other: str) -> bool:
    """Whether two folded names may be one person's: a part left out, an initial, a slip in the spelling.

    Jan and Jana, Daniel and Daniela are couples and siblings more often than slips: names that differ in
    their ending are two names.
    """
    words, others = one.split(), other.split()
    common = set(words) & set(others)
    rest = [word for word in words if word not in common]
    other_rest = [word for word in others if word not in common]
    if not common:
        return False
    if not rest or not other_rest:
        return True
    if len(rest) != len(other_rest):
        return False
    return all(_slip(a, b) for a, b in zip(sorted(rest), sorted(other_rest), strict=True))


def _slip(one: str, other: str) -> bool:
    one, other = one.strip("."), other.strip(".")
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    if one[:1] != other[:1] or one[-2:] != other[-2:] or min(len(one), len(other)) < 4:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.8

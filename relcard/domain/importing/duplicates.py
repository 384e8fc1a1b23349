"""Pairs of contacts that look like one person. They are named, never joined: that is the user's to say."""

from __future__ import annotations

from array import array
from collections import defaultdict
from difflib import SequenceMatcher
from enum import Enum
from itertools import combinations
from itertools import islice
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping


# What more people share is the number of a switchboard or a mailing list, and says nothing of any of them.
_MOST_SHARING = 6
# Among more people of one name, only those with something else in common are compared.
_MOST_OF_ONE_NAME = 12
_GROUPS_AT_ONCE = 256  # a question to the store for each would cost more than its answer
_PAIRS_AT_ONCE = 1024  # whose people are held in memory
_SHORTEST_PHONE = 7  # digits; shorter ones are extensions and service numbers
_PHONE_DIGITS = 9  # compared from the end: without country code and leading zero


class Person(NamedTuple):
    """A contact as it is compared.

    Names and e-mails are folded, phones are digits only, `month_day` and `birth_year` are the birthday's,
    `address_keys` come from `household_key`.
    """

    uid: str
    name_key: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    month_day: tuple[int, int] | None = None
    birth_year: int | None = None
    address_keys: tuple[str, ...] = ()


class Likeness(Enum):
    """The likeness of two contacts, in words."""

    NAME_AND_EMAIL = "same name and e-mail"
    NAME_AND_PHONE = "same name and phone"
    NAME_AND_BIRTHDAY = "same name and birthday"
    NAME_AND_ADDRESS = "same name and address"
    EMAIL = "same e-mail, similar name"
    PHONE = "same phone, similar name"
    BIRTHDAY = "same birthday, similar name"
    ADDRESS = "same address, similar name"
    NAME = "same name"

    @property
    def rank(self) -> int:
        """0 for those that share most: a name and something else, whatever it is."""
        return max(0, tuple(Likeness).index(self) - tuple(Likeness).index(Likeness.NAME_AND_ADDRESS))


class Pair(NamedTuple):
    """Two contacts, by UID in the order given, and what they share."""

    a: str
    b: str
    likeness: Likeness

    @property
    def reason(self) -> str:
        """The likeness in words."""
        return self.likeness.value


# What a block of people shares, the surest first.
_NAME, _EMAIL, _PHONE, _BIRTHDAY, _ADDRESS = range(5)
_MOST_OF = (_MOST_OF_ONE_NAME, _MOST_SHARING, _MOST_SHARING, _MOST_OF_ONE_NAME, _MOST_SHARING)
_JOINING = frozenset(("&", "+", "and"))  # of the names of couples: no part of anybody's
_PARTS = 8
_LARGEST = 2**30 - 1  # larger numbers take Python more room, and far longer to put in order
# What those share who have a similar name besides, by kind of block.
_SIMILAR = {
    _EMAIL: Likeness.EMAIL,
    _PHONE: Likeness.PHONE,
    _BIRTHDAY: Likeness.BIRTHDAY,
    _ADDRESS: Likeness.ADDRESS,
}


class Blocks:
    """Who shares a name, e-mail, phone, birthday or letterbox with whom, in little memory.

    Of everything shared it keeps a hash, of everybody a number: four bytes each. Where two different e-mails
    meet in one hash, `likely_pairs` looks at them and sees that they differ.
    """

    def __init__(self) -> None:
        # By what is shared, then by the last bits of the hash: to put a part in order takes little room.
        self._parts = tuple(tuple((array("i"), array("i")) for _ in range(_PARTS)) for _ in _MOST_OF)

    def add(
        self,
        number: int,
        name_key: str,
        emails: Iterable[str],
        phones: Iterable[str],
        month_day: tuple[int, int] | None,
        letterboxes: Iterable[str] = (),
    ) -> None:
        """Take in one contact under a number of its own; e-mails are folded, phones may be as typed."""
        words = name_key.split()
        if not words:
            return
        by_name, by_email, by_phone, by_birthday, by_address = self._parts
        first, last = hash(words[0]), hash(words[-1])
        # The same in whatever order the words stand.
        key = (first + last if len(words) == 2 else hash(frozenset(words))) & _LARGEST
        keys, owners = by_name[key % _PARTS]
        keys.append(key)
        owners.append(number)
        for email in emails:
            key = hash(email) & _LARGEST
            keys, owners = by_email[key % _PARTS]
            keys.append(key)
            owners.append(number)
        for phone in phones:
            digits = phone_digits(phone)
            if len(digits) >= _SHORTEST_PHONE:
                key = hash(digits[-_PHONE_DIGITS:]) & _LARGEST
                keys, owners = by_phone[key % _PARTS]
                keys.append(key)
                owners.append(number)
        if month_day:
            day = hash(month_day)
            for word in (first, last):
                key = (day ^ word) & _LARGEST
                keys, owners = by_birthday[key % _PARTS]
                keys.append(key)
                owners.append(number)
        for letterbox in letterboxes:
            key = hash(letterbox) & _LARGEST
            keys, owners = by_address[key % _PARTS]
            keys.append(key)
            owners.append(number)

    def groups(self) -> Iterator[tuple[int, list[int]]]:
        """Yield what is shared and the numbers, in order, of those who share it; the surest first."""
        for kind, parts in enumerate(self._parts):
            for keys, owners in parts:
                for several in _shared(keys, owners):
                    group = sorted(set(several))
                    if len(group) > 1:
                        yield kind, group


def _shared(keys: array[int], owners: array[int]) -> Iterable[list[int]]:
    """Return the owners of every key that is there more than once."""
    ordered = sorted(keys)
    shared: dict[int, list[int]] = {
        key: [] for key, following in zip(ordered, islice(ordered, 1, None), strict=False) if key == following
    }
    if shared:
        for key, owner in zip(keys, owners, strict=True):
            if key in shared:
                shared[key].append(owner)
    return shared.values()


def likely_duplicates(people: Iterable[Person]) -> list[Pair]:
    """Return the pairs that look like one person, each once, in the order of the first of each pair.

    The same name (in either order) unless everything else differs; or a similar name with the same e-mail,
    phone, birthday or letterbox: the card of a couple and that of one of them as well. Never a shared e-mail
    alone, which couples have, and never two whose birthdays differ: a father and a son of one name are two
    people. Time grows with the number of people, not of pairs.
    """
    everyone = list(people)
    blocks = Blocks()
    for number, person in enumerate(everyone):
        blocks.add(
            number, person.name_key, person.emails, person.phones, person.month_day, person.address_keys
        )
    return likely_pairs(
        blocks,
        names_of=lambda wanted: {number: everyone[number].name_key for number in wanted},
        people_of=lambda wanted: {number: everyone[number] for number in wanted},
    )


def likely_pairs(
    blocks: Blocks,
    *,
    names_of: Callable[[Collection[int]], Mapping[int, str]],
    people_of: Callable[[Collection[int]], Mapping[int, Person]],
    among: Collection[int] | None = None,
) -> list[Pair]:
    """Return the pairs that are likely one contact, asking for names and people a few at a time.

    `names_of` returns folded names by number, `people_of` all that is compared. With `among` at least one of
    each pair has one of these numbers.
    """
    kinds: dict[tuple[int, int], int] = {}  # of a block that holds both of a pair
    similar: list[tuple[int, list[int]]] = []
    for kind, group in blocks.groups():
        if kind == _NAME:
            kinds.update((pair, kind) for pair in _of_one_name(group, people_of))
        elif len(group) <= _MOST_OF[kind]:
            similar.append((kind, group))
            if len(similar) == _GROUPS_AT_ONCE:
                _add_similar(kinds, similar, names_of)
                similar.clear()
    _add_similar(kinds, similar, names_of)
    if among is not None:
        kinds = {pair: kind for pair, kind in kinds.items() if not set(pair).isdisjoint(among)}
    in_order = sorted(kinds.items())
    pairs: list[Pair] = []
    for at in range(0, len(in_order), _PAIRS_AT_ONCE):
        pairs += _confirmed(in_order[at : at + _PAIRS_AT_ONCE], people_of)
    return pairs


def _of_one_name(
    group: list[int], people_of: Callable[[Collection[int]], Mapping[int, Person]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of people of one name; of very many, those who share something else."""
    small_enough = len(group) <= _MOST_OF_ONE_NAME
    for part in [group] if small_enough else _by_something_else(group, people_of(group)):
        yield from combinations(part, 2)


def _confirmed(
    kinds: Collection[tuple[tuple[int, int], int]],
    people_of: Callable[[Collection[int]], Mapping[int, Person]],
) -> Iterator[Pair]:
    """Yield the pairs that a closer look confirms, with what they have in common."""
    people = people_of({number for pair, _ in kinds for number in pair})
    for (number, other_number), kind in kinds:
        person, other = people[number], people[other_number]
        if _may_be_one(person, other) and _share(person, other, kind):
            likeness = _likeness(person, other, kind)
            if likeness is not None:
                yield Pair(a=person.uid, b=other.uid, likeness=likeness)


def _add_similar(
    kinds: dict[tuple[int, int], int],
    groups: Iterable[tuple[int, list[int]]],
    names_of: Callable[[Collection[int]], Mapping[int, str]],
) -> None:
    """Add the pairs of some groups whose names are similar and who are no pair yet."""
    names = names_of({number for _, group in groups for number in group})
    words = {number: name.split() for number, name in names.items()}
    for kind, group in groups:
        for pair in combinations(group, 2):
            if pair not in kinds and _similar(words[pair[0]], words[pair[1]]):
                kinds[pair] = kind


def _by_something_else(group: list[int], people: Mapping[int, Person]) -> list[list[int]]:
    """Part many people of one name by what else they share: a birthday or a letterbox."""
    parts: dict[object, list[int]] = defaultdict(list)
    for number in group:
        person = people[number]
        if person.month_day:
            parts[person.month_day].append(number)
        for key in person.address_keys:
            parts[key].append(number)
    return [part for part in parts.values() if 1 < len(part) <= _MOST_OF_ONE_NAME]


def phone_digits(phone: str) -> str:
    """Return a phone number as it is compared: its digits."""
    plain = phone.removeprefix("+").replace(" ", "")
    return plain if plain.isdigit() else "".join(filter(str.isdigit, phone))


def _may_be_one(person: Person, other: Person) -> bool:
    """Whether nothing known forbids it."""
    if person.uid == other.uid:
        return False
    if person.birth_year and other.birth_year and person.birth_year != other.birth_year:
        return False
    return not (person.month_day and other.month_day and person.month_day != other.month_day)


def _share(person: Person, other: Person, kind: int) -> bool:
    """Whether two people share what their hashes say."""
    words, others = person.name_key.split(), other.name_key.split()
    if kind == _NAME:
        return sorted(words) == sorted(others)
    if kind == _EMAIL:
        return not set(person.emails).isdisjoint(other.emails)
    if kind == _PHONE:
        return not _ends(person).isdisjoint(_ends(other))
    if kind == _ADDRESS:
        return not set(person.address_keys).isdisjoint(other.address_keys)
    return person.month_day == other.month_day and not {words[0], words[-1]}.isdisjoint(
        (others[0], others[-1])
    )


def _likeness(person: Person, other: Person, kind: int) -> Likeness | None:
    """Return the likeness of two people of one group, None when it is not enough."""
    if kind != _NAME:
        return _SIMILAR[kind]
    if set(person.emails) & set(other.emails):
        return Likeness.NAME_AND_EMAIL
    if _ends(person) & _ends(other):
        return Likeness.NAME_AND_PHONE
    if person.month_day and person.month_day == other.month_day:
        return Likeness.NAME_AND_BIRTHDAY
    if set(person.address_keys) & set(other.address_keys):
        return Likeness.NAME_AND_ADDRESS
    return None if _differ_in_all(person, other) else Likeness.NAME


def _differ_in_all(person: Person, other: Person) -> bool:
    """Whether both have an address and a number or e-mail, and none in common: two people of one name."""
    reachable = (person.emails or person.phones) and (other.emails or other.phones)
    return bool(reachable and person.address_keys and other.address_keys)


def _ends(person: Person) -> set[str]:
    return {number[-_PHONE_DIGITS:] for number in person.phones if len(number) >= _SHORTEST_PHONE}


def _similar(words: list[str], others: list[str]) -> bool:
    """Whether two folded names may be one person's: a part left out, an initial, a slip in the spelling.

    Jan and Jana, Daniel and Daniela are couples and siblings more often than slips: names that differ in
    their ending are two names.
    """
    if len(words) == len(others) == 2 and words[0] == others[0] and words[0] not in {words[1], others[1]}:
        return words[1] == others[1] or _slip(words[1], others[1])  # nearly all that are compared
    common = set(words) & set(others)
    if common <= _JOINING:
        return False
    rest, other_rest = (
        sorted(word for word in name if word not in common | _JOINING) for name in (words, others)
    )
    if not rest or not other_rest:
        return True
    return len(rest) == len(other_rest) and all(map(_slip, rest, other_rest))


def _slip(word: str, other: str) -> bool:
    word, other = word.strip("."), other.strip(".")
    if len(word) == 1 or len(other) == 1:
        return word[:1] == other[:1]
    if word[:1] != other[:1] or word[-2:] != other[-2:] or min(len(word), len(other)) < 4:
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= 0.8

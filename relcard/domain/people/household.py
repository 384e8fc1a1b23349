"""A household is one letterbox: who gets one envelope together, and in which order they stand on it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import AGE_OF_ADULTS
from relcard.domain.kinds import Kind
from relcard.domain.people.letterbox import same_letterbox
from relcard.domain.people.surnames import surname_stems
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.people.contact import Relation

# More people than this, of many surnames, is a block of flats or an office.
_MOST_IN_A_HOME = 8
_MOST_SURNAMES_IN_A_HOME = 3
# Near misses are not looked for among more families of one surname, postcode and number: each meets each.
_MOST_COMPARED = 12

# RELATED values of vCards (RFC 6350 section 6.6.6) and the words vendors use.
PARTNERS = frozenset(("spouse", "partner", "domestic-partner", "husband", "wife", "co-resident"))
CHILDREN = frozenset(("child", "son", "daughter"))
PARENTS = frozenset(("parent", "mother", "father"))


class Resident(NamedTuple):
    """A contact as the rules of households, addressees and salutations see it.

    `address_key` comes from `household_key`, "" without an address. `birth_year` is None while unknown.
    `gender` is "f", "m", or "" where nobody has said; it is never guessed. `organises` is the user's word
    for the one who keeps a household together, `is_child` for someone who stands behind the adults,
    `is_grown` for someone who does not, whatever the age; a pet stands on no envelope. `prefixes`,
    `suffixes`, `additional`, `nicknames` and `born` (a date as vCards have it, "" while unknown) are of the
    contact's card. `plural_family` is the surname as a card of several writes it, "" where that is `family`;
    `with_family` says that the card adds "and family".
    """

    uid: str
    display_name: str = ""
    family: str = ""
    given: str = ""
    kind: Kind = Kind.INDIVIDUAL
    birth_year: int | None = None
    has_died: bool = False
    address_key: str = ""
    relations: tuple[Relation, ...] = ()
    gender: str = ""
    organises: bool = False
    is_child: bool = False
    is_grown: bool = False
    is_pet: bool = False
    prefixes: str = ""
    born: str = ""
    suffixes: str = ""
    additional: str = ""
    nicknames: tuple[str, ...] = ()
    plural_family: str = ""
    with_family: bool = False


class Proposal(NamedTuple):
    """People who seem to be one household (uids, in envelope order), why, and whether it is plain."""

    members: tuple[str, ...]
    reason: str
    sure: bool


def propose(residents: Iterable[Resident], *, year: int | None = None) -> list[Proposal]:
    """Put every resident into exactly one proposal, in the order they first appear.

    `year` is the present one; without it nobody is a child by age. Residents of one uid count once. The time
    taken is in proportion to their number.
    """
    everyone = {resident.uid: resident for resident in residents}
    homes: dict[str, list[Resident]] = {}
    for resident in everyone.values():
        alone = not resident.address_key or resident.kind is not Kind.INDIVIDUAL
        homes.setdefault(f"\n{resident.uid}" if alone else resident.address_key, []).append(resident)
    related = _related(everyone)
    groups = [group for home in homes.values() for group in _split(home, related)]
    if related:
        groups = _with_homeless(groups, related, year)
    groups = _with_near_misses(groups)
    return [
        Proposal(
            members=tuple(member.uid for member in head_order(group.members, year=year)),
            reason=group.reason,
            sure=group.sure,
        )
        for group in groups
    ]


def head_order(members: Iterable[Resident], *, year: int | None = None) -> list[Resident]:
    """Return members as they are named: who organises, the other adults, the children by age, the pets.

    Adults keep the order they are given in, that of the user's own address book: age is no rank.
    """
    known = list(members)
    if len(known) == 1:
        return known
    young = children(known, year=year)

    def place(member: Resident) -> tuple[bool, bool, bool, int]:
        child = member.uid in young
        return (member.is_pet, child, not member.organises, (member.birth_year or 9999) if child else 0)

    return sorted(known, key=place)


def children(members: Sequence[Resident], *, year: int | None = None) -> set[str]:
    """Return the uids of the members who are children: by the user's word, by age, or as RELATED says.

    Someone whose age is not known is a child when a member's card calls them so and they have neither partner
    nor child among the members. Members who are all children are a household of adults.
    """
    if len(members) < 2:
        return set()
    by_relation = _children_by_relation(members) if any(member.relations for member in members) else set()
    young = {member.uid for member in members if _is_young(member, by_relation, year)}
    grown = any(member.uid not in young and not (member.has_died or member.is_pet) for member in members)
    return young if grown else set()


def _is_young(member: Resident, by_relation: set[str], year: int | None) -> bool:
    """Whether a member is a child by the user's word, by age, or where that is not known by RELATED."""
    if member.kind is not Kind.INDIVIDUAL or member.organises or member.is_grown or member.is_pet:
        return False
    if member.birth_year is None or year is None:
        return member.is_child or member.uid in by_relation
    return member.is_child or year - member.birth_year < AGE_OF_ADULTS


def surname_key(resident: Resident) -> frozenset[str]:
    """Return the stems that the bearers of a resident's surname share."""
    return surname_stems(resident.family, resident.display_name)


def near_keys(family: str, display_name: str, address_key: str) -> list[tuple[str, ...]]:
    """Return keys of which two contacts of one place share one if a slip of the pen may part their addresses.

    `same_letterbox` wants equal house numbers and post boxes; and only those of one surname are compared.
    """
    _, _, numbers, _, box = address_key.split("|")
    return [(stem, numbers, box) for stem in surname_stems(family, display_name)]


class _Group:
    """A proposal while others may still join it."""

    def __init__(self, members: list[Resident], reason: str, *, sure: bool) -> None:
        self.members = members
        self.reason = reason
        self.sure = sure

    def take_in(self, other: _Group, reason: str) -> None:
        """Take in the members of another group, which is left empty; a proposal to be asked about then."""
        self.members += other.members
        self.reason, self.sure = reason, False
        other.members = []


def _split(home: list[Resident], related: dict[str, dict[str, str]]) -> Iterator[_Group]:
    """Yield those behind one letterbox, all together, or by surname where too many share it."""
    if len(home) == 1:
        yield _Group(home, why_alone(home[0].kind, home[0].address_key), sure=True)
        return
    families = _families(home, related)
    if len(families) == 1:
        of_one_name = frozenset.intersection(*map(surname_key, home))
        yield _Group(home, "same address and surname" if of_one_name else "same address, related", sure=True)
    elif len(home) <= _MOST_IN_A_HOME or len(families) <= _MOST_SURNAMES_IN_A_HOME:
        yield _Group(home, "same address", sure=False)
    else:
        for family in families:
            reason = "same surname, at an address many share" if len(family) > 1 else "an address many share"
            yield _Group(family, reason, sure=len(family) == 1)


def why_alone(kind: Kind, address_key: str) -> str:
    """Return the reason of a proposal with one member."""
    if kind is not Kind.INDIVIDUAL:
        return "an organisation"
    return "alone at this address" if address_key else "no address"


def _families(home: list[Resident], related: dict[str, dict[str, str]]) -> list[list[Resident]]:
    """Part those of one home into families: a shared surname or a relation, directly or through others."""
    family_of: dict[str, list[Resident]] = {}
    for resident in home:
        relatives = (f"\n{uid}" for uid in related.get(resident.uid, ()))
        ties = [*surname_key(resident), *relatives, f"\n{resident.uid}"]
        known = {id(family_of[tie]): family_of[tie] for tie in ties if tie in family_of}
        family = max(known.values(), key=len, default=[])
        family.append(resident)
        if len(known) > 1:  # this resident ties families together that were strangers until now
            for other in known.values():
                if other is not family:
                    family += other
            for tie, other in family_of.items():
                if id(other) in known:
                    family_of[tie] = family
        family_of.update(dict.fromkeys(ties, family))
    return list({id(family): family for family in family_of.values()}.values())


def _related(everyone: dict[str, Resident]) -> dict[str, dict[str, str]]:
    """Return, for each uid, what the others are to it: in both directions, whoever's card said so."""
    names: dict[str, str] = {}
    if not any(resident.relations for resident in everyone.values()):
        return {}
    for resident in everyone.values():
        key = fold(resident.display_name)
        names[key] = "" if key in names else resident.uid  # two of one name: nobody can tell which is meant
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for resident in everyone.values():
        for relation in resident.relations:
            other = relation.uid if relation.uid in everyone else names.get(fold(relation.name), "")
            if other and other != resident.uid:
                word = _family_word(relation.kind)
                words[resident.uid].setdefault(other, word)
                words[other].setdefault(resident.uid, _THE_OTHER_WAY.get(word, word))
    return words


_THE_OTHER_WAY = {"child": "parent", "parent": "child"}


def _family_word(kind: str) -> str:
    kind = kind.lower().replace(" ", "-")
    if kind in PARTNERS:
        return "partner"
    if kind in CHILDREN:
        return "child"
    return "parent" if kind in PARENTS else ""


def _children_by_relation(members: Sequence[Resident]) -> set[str]:
    related = _related({member.uid: member for member in members})
    return {
        uid
        for uid, others in related.items()
        if "parent" in others.values() and not {"child", "partner"} & set(others.values())
    }


def _with_homeless(
    groups: list[_Group], related: dict[str, dict[str, str]], year: int | None
) -> list[_Group]:
    """Put those without an address to their partner or, unless grown up, to their parent."""
    group_of = {member.uid: group for group in groups for member in group.members}
    for group in groups:
        home = _home_of_relatives(group, group_of, related, year)
        if home is not None:
            group_of.update(dict.fromkeys((moved.uid for moved in group.members), home))
            home.take_in(group, "related; not all have an address")
    return [group for group in groups if group.members]


def _home_of_relatives(
    group: _Group, group_of: dict[str, _Group], related: dict[str, dict[str, str]], year: int | None
) -> _Group | None:
    """Return the home of a partner or parent, for a group that is one person without an address."""
    homeless = next(iter(group.members), None)
    if homeless is None or homeless.address_key or homeless.kind is not Kind.INDIVIDUAL:
        return None
    homes = (group_of[uid] for uid in _would_live_with(homeless, related, year))
    return next((home for home in homes if home is not group and _is_of_people(home)), None)


def _would_live_with(
    resident: Resident, related: dict[str, dict[str, str]], year: int | None
) -> Iterator[str]:
    """Yield the uids of a partner and, of someone not known to be grown up, of the parents."""
    born = resident.birth_year
    grown = born is not None and year is not None and year - born >= AGE_OF_ADULTS
    for other, word in related.get(resident.uid, {}).items():
        if word == "partner" or (word == "parent" and not grown):
            yield other


def _is_of_people(group: _Group) -> bool:
    return group.members[0].kind is Kind.INDIVIDUAL


def _with_near_misses(groups: list[_Group]) -> list[_Group]:
    """Join families of one surname and postcode whose addresses differ by no more than a slip of the pen."""
    for block in _near_each_other(groups):
        if 1 < len(block) <= _MOST_COMPARED:
            for at, group in enumerate(block):
                for other in block[at + 1 :]:
                    _join_if_near(group, other)
    return [group for group in groups if group.members]


def _near_each_other(groups: list[_Group]) -> Iterable[list[_Group]]:
    """Return families of one surname, postcode and house number together."""
    places: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        if group.members[0].address_key and _is_of_people(group):
            places[group.members[0].address_key.partition("|")[0]].append(group)
    blocks: dict[tuple[str, tuple[str, ...]], list[_Group]] = defaultdict(list)
    for place, near in places.items():
        if len(near) > 1:
            for group in near:
                first = group.members[0]
                for key in near_keys(first.family, first.display_name, first.address_key):
                    blocks[place, key].append(group)
    return blocks.values()


def _join_if_near(group: _Group, other: _Group) -> None:
    if group is other or not (group.members and other.members):
        return
    key, other_key = group.members[0].address_key, other.members[0].address_key
    if key != other_key and same_letterbox(key, other_key):
        group.take_in(other, "same surname, nearly the same address")

"""What becomes of a contact that was changed here and comes changed in a new vCard: a three-way merge.

`base` is what the card last said, `theirs` what it says now, `ours` what stands here. What only one side
touched is taken from it. Where both did, ours stays and the other is reported: nothing is lost unsaid.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.dates import PartialDate
from relcard.domain.importing import differences
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.domain.people.contact import name_key

if TYPE_CHECKING:
    from collections.abc import Hashable
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something changed on both sides; ours was kept. `field` as in `Contact`, the values in words."""

    field: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        called = {"display_name": "name", "org": "organisation", "addresses": "address"}
        return (
            f"{called.get(self.field, self.field)} is not the same here and there: kept "
            f'"{self.ours}", the card says "{self.theirs}" - correct the one that is wrong'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The contact as it should stand now, and what a person may want to look at."""

    contact: Contact
    conflicts: tuple[Conflict, ...] = ()


# The fields of which each item is decided for itself.
_BAGS = frozenset(part for part, empty in Contact._field_defaults.items() if empty == ())


def merge(base: Contact, theirs: Contact, ours: Contact) -> Merged:
    """Bring two changed contacts together.

    Single values (name, organisation, note ...) are decided whole. Of phones, e-mails, addresses, occasions,
    relations, tags and the like each item is decided for itself: added on either side, it is in; taken away
    on one and untouched on the other, it is out.
    """
    if ours in (base, theirs):
        return Merged(contact=theirs)
    if theirs == base:
        return Merged(contact=ours)
    changes: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for part in Contact._fields:
        values: list[Any] = [getattr(contact, part) for contact in (base, theirs, ours)]
        decide = _decide_bag if part in _BAGS else _decide
        changes[part], disputed = decide(part, *values)
        conflicts += disputed
    return Merged(contact=ours._replace(**changes), conflicts=tuple(conflicts))


def says_the_same(one: Contact, other: Contact) -> bool:
    """Whether two cards say the same of a contact; the order of lines means nothing (RFC 6350)."""
    return all(
        _said(mine) == _said(theirs) if part in _BAGS else mine == theirs
        for part, mine, theirs in zip(Contact._fields, one, other, strict=True)
    )


def _said(items: Any) -> Counter[Any]:
    """Return how often each item of a bag is said, with its types in one order."""
    return Counter(
        item._replace(types=tuple(sorted(item.types))) if hasattr(item, "types") else item for item in items
    )


def merge_card(ours: Contact, theirs: Contact, base: Contact | None) -> Merged:
    """Return the contact as it stands with what a card says of it; `base` is what the card said before.

    With None the card is of another address book: what is missing there was never there. The UID is the
    store's own name for the contact and stays whatever a card says.
    """
    if base is not None:
        return merge(base._replace(uid=ours.uid), theirs._replace(uid=ours.uid), ours)
    whole = differences.Whole(contact=ours, said={})
    other = differences.Whole(contact=theirs, said={})
    conflicts = tuple(
        Conflict(field=difference.field, ours=difference.first, theirs=difference.second)
        for difference in differences.differences(whole, other)
        # Two ways to write one name are no conflict: by it they were found to be one.
        if difference.field != "name" or name_key(ours) != name_key(theirs)
    )
    # Of one name written twice, the one with large and small letters stands.
    is_better = (
        name_key(ours) == name_key(theirs)
        and differences.in_one_case(ours.display_name)
        and not differences.in_one_case(theirs.display_name)
    )
    take = {"name": differences.Side.SECOND} if is_better else {}
    return Merged(contact=differences.unite(whole, other, take).contact, conflicts=conflicts)


def _decide(name: str, base: Any, theirs: Any, ours: Any) -> tuple[Any, list[Conflict]]:
    if theirs in (base, ours):
        return ours, []
    if ours == base:
        return theirs, []
    fuller = _fuller(theirs, ours)
    if fuller is not None:
        return fuller, []
    return ours, [Conflict(field=name, ours=_words(ours), theirs=_words(theirs))]


def _decide_bag(
    name: str, base: tuple[Any, ...], theirs: tuple[Any, ...], ours: tuple[Any, ...]
) -> tuple[tuple[Any, ...], list[Conflict]]:
    """Decide item by item, in our order, what was added there last."""
    if ours in (base, theirs):
        return theirs, []
    if theirs == base:
        return ours, []
    ours = tuple(dict.fromkeys(ours))  # an item said twice is no edit of ours
    if ours in (base, theirs):
        return theirs, []
    was, there, here = _keyed(base, theirs, ours)
    decided = [_decide_ours(name, was.get(key), there.get(key), item) for key, item in here.items()]
    decided += [_decide_theirs(name, was.get(key), item) for key, item in there.items() if key not in here]
    kept = tuple(item for item, _ in decided if item is not None)
    return kept, [conflict for _, conflicts in decided for conflict in conflicts]


def _decide_ours(name: str, was: Any, there: Any, item: Any) -> tuple[Any, list[Conflict]]:
    """Decide about an item that stands here; `was` and `there` are None where it does not stand."""
    if there is not None:
        return _decide(name, was, there, item)
    if was is None:
        return item, []
    if item == was:
        return None, []  # taken away there, untouched here
    return item, [Conflict(field=name, ours=_words(item), theirs="")]


def _decide_theirs(name: str, was: Any, item: Any) -> tuple[Any, list[Conflict]]:
    """Decide about an item that stands there and not here."""
    if was is None:
        return item, []
    if item == was:
        return None, []
    return None, [Conflict(field=name, ours="", theirs=_words(item))]  # taken away here, changed there


def _keyed(*bags: tuple[Any, ...]) -> Iterator[dict[Hashable, Any]]:
    """Yield the items of each bag by what makes them the same item when its details change.

    A bag in which two items claim to be the same is beyond such a key: then every bag goes by whole items.
    """
    by_key = [{_key(item): item for item in bag} for bag in bags]
    if any(len(keyed) < len(set(bag)) for keyed, bag in zip(by_key, bags, strict=True)):
        by_key = [{item: item for item in bag} for bag in bags]
    yield from by_key


def _key(item: Any) -> Any:
    """Return a phone's digits, an e-mail in small letters, an address's parts; not their types and labels."""
    match item:
        case Phone():
            return "".join(filter(str.isdigit, item.value)) or item.value
        case Email():
            return item.value.casefold()
        case Address():
            return item._replace(types=(), preferred=False, country_code="")
        case Occasion():
            return item.kind, item.label
        case Relation():
            return item.uid or item.name
        case _:
            return item


def _fuller(theirs: Any, ours: Any) -> Any:
    """Return an occasion whose day both know and whose year only one does, with the year; else None."""
    if not (isinstance(theirs, Occasion) and isinstance(ours, Occasion)):
        return None
    if theirs.date.month_day is None or theirs.date.month_day != ours.date.month_day:
        return None
    year = ours.date.year or theirs.date.year
    if ours.date.year and theirs.date.year not in (None, ours.date.year):
        return None
    return ours._replace(date=PartialDate(year, ours.date.month, ours.date.day))


def _words(value: Any) -> str:
    """Return a value as a report shows it: its parts that say something, in their order."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Occasion):
        return f"{value.label or value.kind.value} {value.date}"
    if isinstance(value, str):
        return value
    return ", ".join(part for part in value if isinstance(part, str) and part)

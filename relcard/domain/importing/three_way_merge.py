"""What becomes of a contact that was changed here and comes changed in a new vCard: a three-way merge.

`base` is what the card last said, `theirs` what it says now, `ours` what stands here. What only one side
touched is taken from it. Where both did, ours stays and the other is reported: nothing is lost unsaid.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from dataclasses import is_dataclass
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation

if TYPE_CHECKING:
    from collections.abc import Hashable
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something changed on both sides; ours was kept. `field` as in `Contact`, the values in words."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The contact as it should stand now, and what a person may want to look at."""

    contact: Contact
    conflicts: tuple[Conflict, ...] = ()


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
    for part in fields(Contact):
        values = [getattr(one, part.name) for one in (base, theirs, ours)]
        decide = _decide_bag if isinstance(values[0], tuple) else _decide
        changes[part.name], found = decide(part.name, *values)
        conflicts += found
    return Merged(contact=replace(ours, **changes), conflicts=tuple(conflicts))


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
    kept: list[Any] = []
    conflicts: list[Conflict] = []
    for key, item in here.items():
        if key in there:
            if key in was:
                item, found = _decide(name, was[key], there[key], item)  # noqa: PLW2901
            else:
                item, found = _decide(name, None, there[key], item)  # noqa: PLW2901
            conflicts += found
        elif key in was:
            if item == was[key]:
                continue  # taken away there, untouched here
            conflicts.append(Conflict(field=name, ours=_words(item), theirs=""))
        kept.append(item)
    for key, item in there.items():
        if key in here:
            continue
        if key not in was:
            kept.append(item)
        elif item != was[key]:  # taken away here, changed there
            conflicts.append(Conflict(field=name, ours="", theirs=_words(item)))
    return tuple(kept), conflicts


def _keyed(*bags: tuple[Any, ...]) -> Iterator[dict[Hashable, Any]]:
    """Yield the items of each bag by what makes them the same item when its details change.

    A bag in which two items claim to be the same is beyond such a key: then every bag goes by whole items.
    """
    by_key = [{_key(item): item for item in bag} for bag in bags]
    if any(len(found) < len(set(bag)) for found, bag in zip(by_key, bags, strict=True)):
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
            return replace(item, types=(), preferred=False, country_code="")
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
    return replace(ours, date=PartialDate(year, ours.date.month, ours.date.day))


def _words(value: Any) -> str:
    """Return a value as a report shows it: its parts that say something, in their order."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Occasion):
        return f"{value.label or value.kind.value} {value.date}"
    if is_dataclass(value):
        parts = (getattr(value, part.name) for part in fields(value))
        return ", ".join(part for part in parts if isinstance(part, str) and part)
    return str(value)

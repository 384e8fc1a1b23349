"""What contacts are found by, put in order by and reached at, from plain parts of them.

A module of its own: an import and a list need it, and none of the values that a `Contact` is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.kinds import Kind
from relcard.domain.text import fold
from relcard.domain.text import fold_again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol
    from typing import TypeVar

    class _Chosen(Protocol):
        """What is looked at to choose among addresses."""

        @property
        def types(self) -> tuple[str, ...]: ...

        @property
        def preferred(self) -> bool: ...

    class _Parts(Protocol):
        """The parts of a name that are looked at."""

        @property
        def given(self) -> str: ...

        @property
        def family(self) -> str: ...

    class _Named(Protocol):
        """What is looked at of a contact."""

        @property
        def display_name(self) -> str: ...

        @property
        def name(self) -> _Parts: ...

    AnAddress = TypeVar("AnAddress", bound=_Chosen)


def first_choice(usable: Sequence[AnAddress]) -> AnAddress | None:
    """Return the one of some addresses that a card goes to; None of none."""
    if len(usable) > 1:
        for test in (_is_preferred, _is_home, _is_not_work):
            for one in usable:
                if test(one):
                    return one
    return usable[0] if usable else None


def _is_preferred(address: _Chosen) -> bool:
    return address.preferred


def _is_home(address: _Chosen) -> bool:
    return "home" in address.types


def _is_not_work(address: _Chosen) -> bool:
    return "work" not in address.types


def name_key(contact: _Named) -> str:
    """Return what two cards of one contact have in common: the folded name, "Doe, Jo" as "jo doe"."""
    return key_of_name(contact.display_name, contact.name.given, contact.name.family)


def key_of_name(name: str, given: str, family: str) -> str:
    """Return what `name_key` does, from the name as shown and two of its parts."""
    if name == f"{given} {family}" and "," not in name:
        return f"{fold_again(given)} {fold_again(family)}".strip()
    if name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first} {last}"
    return fold(name)


def keys_of(kind: Kind, phonetic: str, name: str, given: str, family: str) -> tuple[str, str]:
    """Return what `key_of_name` and `key_of_shelf` do, of which the parts of most names are folded once."""
    if name == f"{given} {family}" and kind is Kind.INDIVIDUAL and not phonetic and "," not in name:
        first, last = fold_again(given), fold_again(family)
        if first and last:
            return f"{first} {last}", f"{last} {first}"
    return key_of_name(name, given, family), key_of_shelf(kind, phonetic, name, given, family)


def key_of_shelf(kind: Kind, phonetic: str, name: str, given: str, family: str) -> str:
    """Return what `sort_key` does, from the parts of a contact that it looks at."""
    if phonetic:
        return fold(phonetic)
    if kind is Kind.INDIVIDUAL:
        parts = f"{fold_again(family)} {fold_again(given)}".strip()
        if parts:
            return parts
    return fold(name)

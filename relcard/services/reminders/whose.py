"""Whose days and gifts are asked for, and which of them words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import Protocol
from typing import TypeVar

from relcard.domain.text import fold
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.store.file.database import Connection


class Kept(Protocol):
    """A day or a gift with its number and what it is called."""

    @property
    def number(self) -> int:
        """The number that lists give it."""

    @property
    def called(self) -> str:
        """The user's words for it."""


_K = TypeVar("_K", bound=Kept)


class Whose(NamedTuple):
    """Those of all in a household, or of a contact alone its own and those of its whole household.

    `household_id` is where they are looked for, None for everywhere; `alone` is the contact, or None.
    """

    household_id: int | None
    alone: int | None

    def are(self, contact_id: int, *, of_household: bool) -> bool:
        """Whether what hangs on a contact is among them."""
        return self.alone is None or of_household or contact_id == self.alone


def whose(db: Connection, contact_id: int | None, household_id: int | None) -> Whose:
    """Return whose are asked for: a household's, else a contact's, else everybody's."""
    if household_id is not None or contact_id is None:
        return Whose(household_id, None)
    return Whose(households.of_contact(db, contact_id), contact_id)


def meant_by(words: str, listed: Iterable[_K]) -> list[_K]:
    """Return those that a number or words of what they are called may mean; without words all."""
    among = list(listed)
    if words.isdigit():
        return [kept for kept in among if str(kept.number) == words]
    exact = [kept for kept in among if fold(kept.called) == fold(words)]
    return exact or [kept for kept in among if fold(words) in fold(kept.called)]

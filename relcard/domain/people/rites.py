"""Rites: what changes for a household when its people do.

A rite holds what the user has said so far; what is still None and matters is asked for, never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import UndecidedError

if TYPE_CHECKING:
    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Address


class RiteAnswer(NamedTuple):
    """One thing the user may say: what it means, in words, and as an option of the command."""

    value: object
    words: str
    option: str


class Question(NamedTuple):
    """What only the user knows; `field` is that of the rite which an answer fills."""

    field: str
    words: str
    answers: tuple[RiteAnswer, ...]


class UnansweredError(UndecidedError):
    """A rite needs an answer first: `question` has what may be said."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(
            question.words,
            candidates=tuple(f"{answer.option}  {answer.words}" for answer in question.answers),
            hint="Say one of these options, or answer on a terminal.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wedding:
    """Two contacts become one household. `surnames`: () for each as before, one for both, or one each.

    `host` is the one of the two whose address and household it is.
    """

    one: int
    other: int
    surnames: tuple[str, ...] = ()
    on: PartialDate | None = None
    host: int | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The contacts it is said of."""
        return (self.one, self.other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Two contacts become two households. `stays` keeps the address, `children` live with one of the two."""

    one: int
    other: int
    stays: int | None = None
    children: int | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The contacts it is said of."""
        return (self.one, self.other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A life has ended. `keeps_name`: the envelope goes on to name both, as some widows want it."""

    who: int
    on: PartialDate | None = None
    keeps_name: bool | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The contacts it is said of."""
        return (self.who,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A child is born. A `name` of one word takes the surname `surname`, or the one the parents share.

    `lives_with` is the parent it lives with, where the parents live apart.
    """

    parents: tuple[int, ...]
    name: str
    on: PartialDate
    surname: str | None = None
    lives_with: int | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The contacts it is said of."""
        return self.parents


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Contacts move to an address, or in with somebody (`joins`). `everybody`: their whole household does."""

    who: tuple[int, ...]
    address: Address | None = None
    joins: int | None = None
    everybody: bool | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The contacts it is said of."""
        return self.who if self.joins is None else (*self.who, self.joins)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavesHome:
    """Someone has a letterbox of their own from now on; the address may follow later."""

    who: int
    address: Address | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The contacts it is said of."""
        return (self.who,)


Rite = Wedding | Parting | Death | Birth | Move | LeavesHome

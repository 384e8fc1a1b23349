"""Rites: what changes for a household when its people do, and the careful year that follows some of them.

A rite holds what the user has said so far; what is still None and matters is asked for, never assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import known_day
from relcard.errors import UndecidedError

if TYPE_CHECKING:
    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Address

_CAREFUL_DAYS = 365


class Careful(NamedTuple):
    """A time without cheer: its first and last day, and why."""

    since: date
    until: date
    reason: str


def careful_after_death(name: str, died_on: PartialDate) -> Careful | None:
    """Return the year after a death; where the day is not known, that year and the next.

    None without a year.
    """
    if died_on.year is None:
        return None
    reason = f"{name} died {_when(died_on)}"
    day = died_on.on(died_on.year)
    if day is None:
        return Careful(date(died_on.year, 1, 1), date(died_on.year + 1, 12, 31), reason)
    return Careful(day, day + timedelta(days=_CAREFUL_DAYS), reason)


def careful_after_parting(name: str, other: str, today: date) -> Careful:
    """Return the year after two people parted."""
    return Careful(today, today + timedelta(days=_CAREFUL_DAYS), f"{name} and {other} parted")


def careful_as_said(until: date, reason: str) -> Careful:
    """Return the careful year that ends on a day which is kept."""
    return Careful(until - timedelta(days=2 * _CAREFUL_DAYS), until, reason)


def _when(day: PartialDate) -> str:
    return f"{'on' if day.day else 'in'} {known_day(day)}"


class Answer(NamedTuple):
    """One thing the user may say: what it means, in words, and as an option of the command."""

    value: object
    words: str
    option: str


class Question(NamedTuple):
    """What only the user knows; `field` is that of the rite which an answer fills."""

    field: str
    words: str
    answers: tuple[Answer, ...]


class UnansweredError(UndecidedError):
    """A rite needs an answer first: `question` has what may be said."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(
            question.words,
            candidates=tuple(f"{one.option}  {one.words}" for one in question.answers),
            hint="Say one of these options, or answer on a terminal.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wedding:
    """Two contacts become one household. `surnames`: () for each as before, one for both, or one each.

    `home` is the one of the two whose address and household it is.
    """

    one: int
    other: int
    surnames: tuple[str, ...] = ()
    on: PartialDate | None = None
    home: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Two contacts become two households. `stays` keeps the address, `children` live with one of the two."""

    one: int
    other: int
    stays: int | None = None
    children: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A life has ended. `keeps_name`: the envelope goes on to name both, as some widows want it."""

    who: int
    on: PartialDate | None = None
    keeps_name: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A child is born. A `name` of one word takes the surname `surname`, or the one the parents share.

    `home` is the parent it lives with, where the parents live apart.
    """

    parents: tuple[int, ...]
    name: str
    on: PartialDate
    surname: str | None = None
    home: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Contacts move to an address, or in with somebody (`joins`). `everybody`: their whole household does."""

    who: tuple[int, ...]
    address: Address | None = None
    joins: int | None = None
    everybody: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavesHome:
    """Someone has a letterbox of their own from now on; the address may follow later."""

    who: int
    address: Address | None = None


Rite = Wedding | Parting | Death | Birth | Move | LeavesHome

"""Warmth is what the record shows about a contact, as a sum of contributions with the reason in words.

It is evidence laid beside the user's circle and never a verdict: nothing here is stored or decided.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

_DAYS_IN_YEAR = 365.25
_HALF_LIFE_YEARS = 7.0
_NEVER_LESS = 0.2  # the part of an interaction's weight that no time takes away
_PER_YEAR_KNOWN = 0.5
_RECIPROCITY = 0.25


class Channel(Enum):
    """By what way two people were in touch."""

    VISIT = "visit"
    CARD = "card"
    LETTER = "letter"
    GIFT = "gift"
    CALL = "call"
    EMAIL = "email"
    MESSAGE = "message"
    OTHER = "other"


class Direction(Enum):
    """Who took the step."""

    TO_THEM = "to them"
    FROM_THEM = "from them"


# What each way is worth: time and ink count for more than a tap on glass.
WEIGHTS: dict[Channel, float] = {
    Channel.VISIT: 4.0,
    Channel.CARD: 3.0,
    Channel.LETTER: 3.0,
    Channel.GIFT: 2.5,
    Channel.CALL: 2.0,
    Channel.EMAIL: 1.0,
    Channel.MESSAGE: 0.5,
    Channel.OTHER: 0.5,
}

_NAMES: dict[Channel, tuple[str, str]] = {
    Channel.VISIT: ("visit", "visits"),
    Channel.CARD: ("greeting card", "greeting cards"),
    Channel.LETTER: ("letter", "letters"),
    Channel.GIFT: ("gift", "gifts"),
    Channel.CALL: ("call", "calls"),
    Channel.EMAIL: ("email", "emails"),
    Channel.MESSAGE: ("message", "messages"),
    Channel.OTHER: ("other word", "other words"),
}
_FROM: dict[Direction, str] = {
    Direction.TO_THEM: " from you",
    Direction.FROM_THEM: " from them",
}

# Whoever took the first step, both were there.
_SHARED = frozenset({Channel.VISIT, Channel.CALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One time two people were in touch."""

    channel: Channel
    direction: Direction
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One part of a warmth, never negative, and what it stands for."""

    amount: float
    reason: str


@dataclass(frozen=True, slots=True)
class Warmth:
    """A sum of contributions, the largest first."""

    contributions: tuple[Contribution, ...]

    @property
    def total(self) -> float:
        """The sum; it has no unit and means something only beside another."""
        return sum(one.amount for one in self.contributions)


def fade(years: float) -> float:
    """Return what time leaves of an interaction `years` ago: 1.0 today, halved slowly, never to zero."""
    return _NEVER_LESS + (1.0 - _NEVER_LESS) * math.pow(0.5, max(years, 0.0) / _HALF_LIFE_YEARS)


def warmth(history: Iterable[Interaction], *, today: date, known_since: date | None = None) -> Warmth:
    """Return the warmth of a whole history, in any order; what lies in the future counts as today's."""
    groups: dict[tuple[Channel, Direction], list[date]] = {}
    first = known_since
    ours = theirs = 0.0
    amounts: dict[tuple[Channel, Direction], float] = {}
    for one in history:
        key = (one.channel, one.direction)
        amount = WEIGHTS[one.channel] * fade(_years(one.on, today))
        groups.setdefault(key, []).append(one.on)
        amounts[key] = amounts.get(key, 0.0) + amount
        first = one.on if first is None else min(first, one.on)
        if one.direction is Direction.TO_THEM or one.channel in _SHARED:
            ours += amount
        if one.direction is Direction.FROM_THEM or one.channel in _SHARED:
            theirs += amount
    found = [Contribution(amount=amounts[key], reason=_group_named(key, groups[key])) for key in groups]
    if first is not None and first < today:
        reason = f"known since {first.year}"
        found.append(Contribution(amount=_PER_YEAR_KNOWN * _years(first, today), reason=reason))
    if both := min(ours, theirs):
        found.append(Contribution(amount=_RECIPROCITY * both, reason="it goes both ways"))
    return Warmth(_largest_first(found))


def household_warmth(members: Mapping[int, Warmth], organiser: int | None) -> dict[int, Warmth]:
    """Credit the one who keeps a household together with what passed with all its other members.

    `members` are the contacts of one household by id. Without an organiser, or with one who is not a member,
    they are returned as they are.
    """
    found = dict(members)
    if organiser is None or organiser not in members:
        return found
    others = sum(one.total for contact, one in members.items() if contact != organiser)
    if others > 0.0:
        reason = f"keeps a household of {len(members)} together"
        credit = Contribution(amount=others, reason=reason)
        found[organiser] = Warmth(_largest_first([*members[organiser].contributions, credit]))
    return found


def _years(on: date, today: date) -> float:
    return max(0.0, (today - on).days / _DAYS_IN_YEAR)


def _group_named(key: tuple[Channel, Direction], days: list[date]) -> str:
    one, many = _NAMES[key[0]]
    what = f"{len(days)} {one if len(days) == 1 else many}{_FROM[key[1]]}"
    first, last = min(days).year, max(days).year
    return f"{what}, {first}" if first == last else f"{what}, {first} to {last}"


def _largest_first(contributions: list[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=_by_amount))


def _by_amount(one: Contribution) -> tuple[float, str]:
    return (-one.amount, one.reason)

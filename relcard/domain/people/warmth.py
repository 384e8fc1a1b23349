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


_CHANNELS = {channel.value: channel for channel in Channel}  # looked up for every interaction there is

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
# One envelope is one, however many of a household it names; a visit of five people is the visit of five.
_ONE_ENVELOPE = frozenset({Channel.CARD, Channel.LETTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One time two people were in touch."""

    channel: Channel
    direction: Direction
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One part of a warmth, never negative, and what it stands for.

    `last_on` is the day of the last interaction in it, None where it stands for no interaction.
    """

    amount: float
    reason: str
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A contact's history: all that passed, and since when they are known, if that was said."""

    history: tuple[Encounter, ...] = ()
    known_since: date | None = None


@dataclass(frozen=True, slots=True)
class Warmth:
    """A sum of contributions, the largest first."""

    contributions: tuple[Contribution, ...]

    @property
    def total(self) -> float:
        """The sum; it has no unit and means something only beside another."""
        return math.fsum(contribution.amount for contribution in self.contributions)


def fade(years: float) -> float:
    """Return the share left of an interaction `years` ago: 1.0 today, halved slowly, never to zero."""
    return _NEVER_LESS + (1.0 - _NEVER_LESS) * math.pow(0.5, max(years, 0.0) / _HALF_LIFE_YEARS)


def warmth(history: Iterable[Encounter], *, today: date, known_since: date | None = None) -> Warmth:
    """Return the warmth of a whole history, in any order; what lies in the future counts as today's."""
    days: dict[tuple[Channel, Direction | None], list[date]] = {}
    for encounter in history:
        key = (encounter.channel, None if encounter.channel is Channel.VISIT else encounter.direction)
        days.setdefault(key, []).append(encounter.on)
    contributions: list[Contribution] = []
    ours: list[float] = []
    theirs: list[float] = []
    for (channel, direction), on_days in days.items():
        amount = math.fsum(_amount(channel, day, today) for day in on_days)
        reason = _group_named(channel, direction, on_days)
        contributions.append(Contribution(amount=amount, reason=reason, last_on=max(on_days)))
        if direction is Direction.TO_THEM or channel in _SHARED:
            ours.append(amount)
        if direction is Direction.FROM_THEM or channel in _SHARED:
            theirs.append(amount)
    first = min(filter(None, (known_since, *map(min, days.values()))), default=today)
    if first < today:
        reason = f"known since {first.year}"
        contributions.append(Contribution(amount=_PER_YEAR_KNOWN * _years(first, today), reason=reason))
    if both := min(math.fsum(ours), math.fsum(theirs)):
        contributions.append(Contribution(amount=_RECIPROCITY * both, reason="it goes both ways"))
    return Warmth(_largest_first(contributions))


def household_warmth(
    members: Mapping[int, Record], organiser: int | None, *, today: date, across: bool = False
) -> dict[int, Warmth]:
    """Return the warmth of each member; the organiser is credited with what passed with all the others.

    `members` are the contacts of one household by id, or `across` households those whom the organiser
    brings. A card or letter that names several of them is one envelope and counts once. Without an organiser,
    or with one who is not a member, nobody is credited.
    """
    each = {
        contact_id: warmth(record.history, today=today, known_since=record.known_since)
        for contact_id, record in members.items()
    }
    if organiser is None or organiser not in members:
        return each
    others = [contact_id for contact_id in members if contact_id != organiser]
    totals = [each[contact_id].total for contact_id in others]
    credit = math.fsum([*totals, -_shared_envelopes(members, organiser, today)])
    if credit > 0.0:
        days = [encounter.on for contact_id in others for encounter in members[contact_id].history]
        contribution = Contribution(
            amount=credit,
            reason=f"{'brings' if across else 'keeps a household of'} {len(members)} "
            f"{'people ' if across else ''}together",
            last_on=max(days, default=None),
        )
        each[organiser] = Warmth(_largest_first([*each[organiser].contributions, contribution]))
    return each


def likely_organiser(counts: Mapping[int, int]) -> int | None:
    """Return through whom most interactions with a household happened, None when nobody stands out.

    `counts` are the numbers of interactions of its living members by id. It serves until the user says who
    organises. Where two are level a credit would be a guess, and without it each still has its own history.
    """
    most = max(counts.values(), default=0)
    through = [contact for contact, number in counts.items() if number == most > 0]
    return through[0] if len(counts) > 1 and len(through) == 1 else None


def exchanged(history: Iterable[Encounter]) -> tuple[int, int]:
    """Return how often the user took the step, and how often they did; a visit or a call is both sides'."""
    steps = [encounter.direction for encounter in history if encounter.channel not in _SHARED]
    return steps.count(Direction.TO_THEM), steps.count(Direction.FROM_THEM)


def roughly(total: float) -> str:
    """Return a warmth without false precision: two digits, for the sum is made of rough weights."""
    if total < 0.5:
        return "0"
    step = 10 ** max(0, math.floor(math.log10(total)) - 1)
    return str(round(total / step) * step)


def channel_named(text: str) -> Channel:
    """Return the channel of that name; a word of another program's is OTHER."""
    return _CHANNELS.get(text, Channel.OTHER)


def _amount(channel: Channel, on: date, today: date) -> float:
    return WEIGHTS[channel] * fade(_years(on, today))


def _shared_envelopes(members: Mapping[int, Record], organiser: int, today: date) -> float:
    """Return what the others' envelopes count for beyond one each, the organiser's own among them."""
    envelopes: dict[tuple[Channel, Direction, date], dict[int, int]] = {}
    for contact, record in members.items():
        for passed in record.history:
            if passed.channel in _ONE_ENVELOPE:
                numbers = envelopes.setdefault((passed.channel, passed.direction, passed.on), {})
                numbers[contact] = numbers.get(contact, 0) + 1
    repeated = []
    for (channel, _, on), numbers in envelopes.items():
        own = numbers.get(organiser, 0)
        told = sum(numbers.values()) - own
        repeated.append((told - (max(numbers.values()) - own)) * _amount(channel, on, today))
    return math.fsum(repeated)


def _years(on: date, today: date) -> float:
    return max(0.0, (today - on).days / _DAYS_IN_YEAR)


def _group_named(channel: Channel, direction: Direction | None, days: list[date]) -> str:
    noun, nouns = _NAMES[channel]
    what = f"{len(days)} {noun if len(days) == 1 else nouns}{_FROM[direction] if direction else ''}"
    first, last = min(days).year, max(days).year
    return f"{what}, {first}" if first == last else f"{what}, {first} to {last}"


def _largest_first(contributions: list[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=_by_amount))


def _by_amount(contribution: Contribution) -> tuple[float, str]:
    return (-contribution.amount, contribution.reason)

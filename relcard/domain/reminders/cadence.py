"""A cadence is how often to be in touch with a household, counted from the last word with anybody of it."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.reminders.occasion import names_of_home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.people.circle import CircleRule

UNSET = len(Circle)  # the nearness of who has no circle
_GOLDEN = 2654435769  # 2**32 times the golden ratio's fraction


class Cadence(NamedTuple):
    """A household to be in touch with, and how often; while it is made, one adult of it.

    `contact_id` is the nearest adult, `last_on` the day of the last word with anybody of the household, and
    `channel` how it passed, "" without one; `since` the day the circle was said or the contact added.
    `cadence_days` is the household's own cadence; None: that of the segment called `segment`, `segment_days`,
    or without one its circle's. 0 days are never.
    """

    contact_id: int
    name: str
    circle: Circle | None
    since: date
    last_on: date | None = None
    cadence_days: int | None = None
    segment: str = ""
    segment_days: int | None = None
    household_id: int | None = None
    channel: str = ""


def of_households(adults: Iterable[Cadence]) -> list[Cadence]:
    """Return one cadence a household, of the adults of each: the shortest said, of the nearest circle."""
    homes: dict[int, list[Cadence]] = {}
    for adult in adults:
        homes.setdefault(adult.household_id or -adult.contact_id, []).append(adult)
    return [home[0] if len(home) == 1 else _of_household(home) for home in homes.values()]


def _of_household(adults: list[Cadence]) -> Cadence:
    first, *others = sorted(adults, key=_by_nearness)
    segment = min(adults, key=_by_segment)
    own = [adult.cadence_days for adult in adults if adult.cadence_days is not None]
    return first._replace(
        name=names_of_home([first.name, *(other.name for other in others)]),
        cadence_days=min(filter(None, own), default=0) if own else None,
        segment=segment.segment,
        segment_days=segment.segment_days,
    )


def _by_nearness(cadence: Cadence) -> tuple[int, int]:
    return (nearness(cadence.circle), cadence.contact_id)


def _by_segment(cadence: Cadence) -> tuple[bool, bool, int]:
    """Put the shortest cadence of a segment first, then never, then none."""
    days = cadence.segment_days
    return (days is None, days == 0, days or 0)


def nearness(circle: Circle | None) -> int:
    """Return 0 for the nearest; who has no circle comes after all that have one."""
    return UNSET if circle is None else circle.nearness


def cadence_due(cadence: Cadence, rules: Mapping[Circle, CircleRule]) -> date | None:
    """Return the day on which a word is due, counted from the last one; None when no cadence holds.

    Where there was none yet, or the word was overdue by a whole cadence when the circle was said, the first
    days of all are spread over the cadence from then on: no day drowns after an evening with the list.
    """
    every = days_between(cadence, rules)
    if every is None:
        return None
    due = (cadence.last_on or date.min) + timedelta(days=every)
    if due < cadence.since - timedelta(days=every):
        return cadence.since + timedelta(days=_spread(cadence.household_id or cadence.contact_id, every))
    return due


def _spread(number: int, every: int) -> int:
    """Return a day from 1 to `every`, always the same; the numbers of a list fall evenly among them.

    Multiples of the golden ratio do (Knuth, The Art of Computer Programming 3, section 6.4).
    """
    return 1 + (number * _GOLDEN % 2**32 * every >> 32)


def days_between(cadence: Cadence, rules: Mapping[Circle, CircleRule]) -> int | None:
    """Return after how many days without a word a household is due; None for never."""
    if cadence.cadence_days is not None:
        return cadence.cadence_days or None
    if cadence.segment_days is not None or cadence.circle is None:
        return cadence.segment_days or None
    return rules[cadence.circle].cadence_days

"""Drift is the gap between the circle the user stated and what the record shows: a question, never a verdict.

Nobody is measured against a clock alone. Three things keep the question rare and fair:

- *Quieter* is asked when the silence is at least three times the longer of two rhythms, the circle's cadence
  and the contact's own (the median gap of the whole history): who was always seen twice a year has not grown
  quiet after two months. And it must stand out: at least twice what is usual in the circle (the median of
  the others, each measured in cadences). When nobody has been written to, nobody is singled out.
- *Closer* is asked when words come at the cadence of a nearer circle. That takes six days with a word,
  reaching back ninety days at least, so that a wedding or a house move is not taken for closeness; at least
  twice the pace that is usual in the circle; and a warmth, of the whole history, not below the middle of that
  nearer circle.
- Medians are taken of three others at least. With fewer the circle's cadence must do, and where there is no
  word at all nothing is asked: an empty page is no evidence.

Answers are kept as dismissals. A rest holds for its days; "as it should be" holds for this gap, and the
question returns only when something has changed: another word and then silence again, another circle.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.people.circle import Circle
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.circle import CircleRule

_SILENT = 3.0  # times the usual gap
_STANDS_OUT = 2.0  # times what is usual among the others
_OTHERS = 3  # contacts from which on a median says something
_GAPS = 3  # gaps from which on a contact has a rhythm of its own
_WORDS = 6  # days with a word from which on a pace says something
_REACH = 90  # days a pace must reach back


class DriftDirection(Enum):
    """Which way a contact has moved from its circle."""

    QUIETER = "quieter"
    CLOSER = "closer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A living person with a circle, and what the record shows.

    `since` is the day the circle was said, `days` are the days with a word with anybody of the household,
    each once, in order. `cadence_days` is its own, 0 for never; None: its circle's. `last_channel` is how the
    last word came.
    """

    contact_id: int
    uid: str
    name: str
    circle: Circle
    since: date
    days: tuple[date, ...] = ()
    last_channel: str = ""
    cadence_days: int | None = None
    warmth: float = 0.0
    household_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One gap, the evidence for it in one line, and under which name the user's answer is kept.

    `times` is how many times the usual it is.
    """

    standing: Standing
    direction: DriftDirection
    evidence: str
    times: float
    key: str


def find(
    standings: Iterable[Standing],
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    dismissals: Mapping[str, date | None],
) -> list[Drift]:
    """Return who has moved from the circle and was not answered for, nearest circle first, widest gap first.

    `dismissals` are the answers by name: a day until which it rests, or None for as it should be.
    """
    circles: dict[Circle, list[Standing]] = {circle: [] for circle in Circle}
    for standing in standings:
        circles[standing.circle].append(standing)
    drifts: list[Drift] = []
    for members in circles.values():
        silences = _Usual([_silence(standing, rules, today) for standing in members])
        paces = _Usual([pace(standing.days, today) for standing in members])
        for standing in members:
            drift = _quieter(standing, silences, rules, today) or _closer(
                standing, paces, circles, rules, today
            )
            if drift is not None and not _answered(drift, dismissals, today):
                drifts.append(drift)
    return sorted(drifts, key=_by_nearness)


def rest_key(contact_id: int) -> str:
    """Return under which name a rest is kept: nothing is asked of this contact until its day."""
    return f"drift-{contact_id}-rest"


def pace(days: Sequence[date], today: date) -> float:
    """Return how many days there are to a word by now; infinite when there are too few to say.

    Looked at are the last words, as few as make six and reach back ninety days.
    """
    for number in range(_WORDS, len(days) + 1):
        span = (today - days[-number]).days
        if span >= _REACH:
            return span / (number - 1)  # gaps, of which the one until today may still grow
    return math.inf


def own_rhythm(days: Sequence[date]) -> float:
    """Return the median gap between the days of the whole history; 0.0 while there are too few to say."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return float(median(gaps)) if len(gaps) >= _GAPS else 0.0


def span_in_words(days: float) -> str:
    """Return a number of days as one says it: 9 days, 5 weeks, 7 months, 3 years."""
    for longest, length, noun in ((21, 1, "day"), (75, 7, "week"), (700, 30.44, "month")):
        if days < longest:
            return _counted(max(1, round(days / length)), noun)
    return _counted(round(days / 365.25), "year")


class _Usual:
    """What is usual among the members of a circle, seen from each of them."""

    def __init__(self, values: list[float]) -> None:
        self._values = sorted(values)

    def beside(self, own: float) -> float | None:
        """Return the median of the others' values, None when there are too few to say."""
        others = len(self._values) - 1
        if others < _OTHERS:
            return None
        place = bisect_left(self._values, own)  # the own value is left out by stepping over it
        low, high = (self._values[at if at < place else at + 1] for at in ((others - 1) // 2, others // 2))
        return low if low == high else (low + high) / 2


def _quieter(
    standing: Standing, silences: _Usual, rules: Mapping[Circle, CircleRule], today: date
) -> Drift | None:
    cadence = _cadence(standing, rules)
    if cadence is None or not standing.days:
        return None
    silence = (today - standing.days[-1]).days
    rhythm = own_rhythm(standing.days)
    times = silence / max(cadence, rhythm)
    if times < _SILENT:
        return None
    usual = silences.beside(_silence(standing, rules, today))
    if usual is not None and silence / cadence < _STANDS_OUT * usual:
        return None
    words = f"{span_in_words(silence)} since {_with_article(standing.last_channel)} on "
    words += short_day(standing.days[-1], beside=today)
    if rhythm:
        words += f"; before that a word about every {span_in_words(rhythm)}"
    else:
        whose = standing.circle.value if standing.cadence_days is None else "your wish"
        words += f"; {whose} is every {cadence} days"
    return Drift(
        standing=standing,
        direction=DriftDirection.QUIETER,
        evidence=words,
        times=times,
        key=f"drift-{standing.contact_id}-quieter-{standing.circle.value}-{standing.days[-1]:%Y%m%d}",
    )


def _closer(
    standing: Standing,
    paces: _Usual,
    circles: Mapping[Circle, list[Standing]],
    rules: Mapping[Circle, CircleRule],
    today: date,
) -> Drift | None:
    now = pace(standing.days, today)
    usual = paces.beside(now)
    if usual is not None and now * _STANDS_OUT > usual:
        return None
    for nearer in list(Circle)[: _first_nearer(standing.circle)]:
        cadence = rules[nearer].cadence_days
        if cadence is None or now > cadence:
            continue
        there = [other.warmth for other in circles[nearer]]
        if len(there) >= _OTHERS and standing.warmth < median(there):
            continue
        return Drift(
            standing=standing,
            direction=DriftDirection.CLOSER,
            evidence=f"a word about every {span_in_words(now)}; {nearer.value} is every {cadence} days",
            times=cadence / now if now else math.inf,
            key=f"drift-{standing.contact_id}-closer-{standing.circle.value}-{nearer.value}",
        )
    return None


def _first_nearer(circle: Circle) -> int:
    # From none, which a wide circle asks little more than, one must come as near as a friend.
    return circle.nearness - 1 if circle is Circle.NONE else circle.nearness


def _answered(drift: Drift, dismissals: Mapping[str, date | None], today: date) -> bool:
    rest = dismissals.get(rest_key(drift.standing.contact_id))
    return drift.key in dismissals or (rest is not None and rest > today)


def _silence(standing: Standing, rules: Mapping[Circle, CircleRule], today: date) -> float:
    """Return how long the silence is, in cadences; without a word, since the circle was said."""
    cadence = _cadence(standing, rules)
    return (
        (today - (standing.days[-1] if standing.days else standing.since)).days / cadence if cadence else 0.0
    )


def _cadence(standing: Standing, rules: Mapping[Circle, CircleRule]) -> int | None:
    own = standing.cadence_days
    return rules[standing.circle].cadence_days if own is None else own or None


def _with_article(channel: str) -> str:
    noun = "word" if channel in ("other", "") else channel
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _by_nearness(drift: Drift) -> tuple[int, float, str, int]:
    return (
        drift.standing.circle.nearness,
        -drift.times,
        fold(drift.standing.name),
        drift.standing.contact_id,
    )

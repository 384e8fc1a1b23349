"""The plan of a season: what to write on which evening, at the writer's pace, so that all comes in time."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = timedelta(days=1)
EARLY = timedelta(days=7)  # before its last day to post is when a card should go, where there is room
_ENDS = 2  # of a span of days: Mon-Fri
_MOST = 200  # cards an evening; more is a slip of the finger
_PACE = re.compile(
    r"(\d{1,4})(?: ?cards?)?(?: ?(?:an?|per|each|every|/) ?(?:evening|night|day)s?)?\b[ ,;:]*(.*)"
)
_SEVERAL = {
    "weekdays": range(5),
    "weekday": range(5),
    "weekends": (5, 6),
    "weekend": (5, 6),
    "every day": range(7),
    "daily": range(7),
}


class Pace(NamedTuple):
    """How many cards an evening bears, and on which evenings of the week one writes (Monday is 0)."""

    cards: int
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def __str__(self) -> str:
        days = (
            "" if len(self.weekdays) == len(_DAYS) else f", {' '.join(_DAYS[day] for day in self.weekdays)}"
        )
        return f"{self.cards} an evening{days}"


_USUAL = Pace(6)


class Evening(NamedTuple):
    """One evening's pile: the cards by their keys, those that must go first before the others."""

    on: date
    cards: tuple[int, ...]


class Plan(NamedTuple):
    """The evenings with cards, in order, and those that no evening brings to the post in time.

    Of the `late` the last day to post is past; for the `crowded` this pace leaves no evening. The `tight`
    come in time, and less than a week early.
    """

    evenings: tuple[Evening, ...]
    late: tuple[int, ...]
    crowded: tuple[int, ...]
    tight: tuple[int, ...] = ()


def read_pace(words: str) -> Pace:
    """Read "6 an evening, Mon Wed Fri", "10", "4 cards a night on weekdays".

    Raises ValueError with the reason, a clause to stand after the words.
    """
    match = _PACE.fullmatch(" ".join(fold(words).split()))
    if match is None or not 1 <= int(match[1]) <= _MOST:
        raise ValueError(f"is no pace; say it as 6 an evening, Mon Wed Fri (1 to {_MOST} cards)")
    said = match[2].removeprefix("on ").strip()
    if said in _SEVERAL:
        return Pace(int(match[1]), tuple(_SEVERAL[said]))
    days = [word for word in re.split(r"[ ,;+&]+", said) if word not in ("", "and", "on")]
    weekdays = {day for word in days for day in _weekdays(word)}
    return Pace(int(match[1]), tuple(sorted(weekdays)) or tuple(range(7)))


def _weekdays(word: str) -> Iterator[int]:
    """Yield the days of "mon", "monday", "mon/wed" or "mon-fri", which may go over the week's end."""
    known = [day.lower() for day in _DAYS]
    for part in word.split("/"):
        ends = [end[:3] for end in re.split("[-–]", part)]
        if len(ends) > _ENDS or any(end not in known for end in ends):
            raise ValueError("names no day of the week; say them as Mon Wed Fri")
        first, last = known.index(ends[0]), known.index(ends[-1])
        yield from ((first + step) % len(known) for step in range((last - first) % len(known) + 1))


def kept_pace(words: str) -> Pace:
    """Return the pace of a setting, six cards every evening where none is said. Raises ValueError."""
    return read_pace(words) if words else _USUAL


def plan_evenings(
    cards: Iterable[tuple[date, int]],
    pace: Pace,
    today: date,
    posted_on: Callable[[date], date],
    written: int = 0,
) -> Plan:
    """Plan cards, each the last day to post it and a key, from today on, of which some are `written` already.

    `posted_on` returns the day on which an evening's cards go to the post. All come `EARLY` days before they
    must where any plan at this pace brings that about.
    What must go first, the far ones, is written first; no evening bears more than the pace, and no card is
    put later for the sake of one that is lost anyway.
    """
    first_post = posted_on(today)
    piles: dict[date, list[int]] = {}
    late: list[int] = []
    crowded: list[int] = []
    tight: list[int] = []
    evenings = _evenings(pace, today)
    evening = next(evenings)
    post = posted_on(evening)
    for last_day, key in sorted(cards, key=_by_day):
        if first_post > last_day:
            late.append(key)
            continue
        bears = pace.cards - written if evening == today else pace.cards
        if len(piles.get(evening, ())) >= bears:
            evening = next(evenings)
            post = posted_on(evening)
        if post > last_day:
            crowded.append(key)
            continue
        piles.setdefault(evening, []).append(key)
        if post + EARLY > last_day:
            tight.append(key)
    planned = tuple(Evening(on, tuple(pile)) for on, pile in piles.items())
    return Plan(planned, tuple(late), tuple(crowded), tuple(tight))


def quicker_pace(
    cards: Sequence[tuple[date, int]],
    pace: Pace,
    today: date,
    posted_on: Callable[[date], date],
    written: int = 0,
) -> Pace | None:
    """Return the slowest pace on these evenings that leaves the fewest behind, None where this one does."""

    def left_behind(number: int) -> int:
        return len(plan_evenings(cards, pace._replace(cards=number), today, posted_on, written).crowded)

    most = min(max(len(cards), pace.cards), _MOST)
    fewest = left_behind(most)
    if left_behind(pace.cards) == fewest:
        return None
    enough = bisect_left(range(most), -fewest, lo=pace.cards, key=lambda number: -left_behind(number))
    return pace._replace(cards=enough)


def _evenings(pace: Pace, today: date) -> Iterator[date]:
    day = today
    while True:
        if day.weekday() in pace.weekdays:
            yield day
        day += _DAY


def _by_day(card: tuple[date, int]) -> date:
    return card[0]

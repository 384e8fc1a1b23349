"""The page of a day: one line a house, the nearest first, no more than an evening bears."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import OccasionKind
from relcard.domain.reminders.cadence import UNSET
from relcard.domain.reminders.occasion import names_of_home
from relcard.domain.reminders.occasion import occasion_named
from relcard.domain.reminders.reminder import DATED
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.reminders.reminder import Reminder

TOGETHER = timedelta(days=7)  # days so near to one another are kept with one card
_IN_TIME, _SEASON, _OWED, _BESIDE = range(4)


class Line(NamedTuple):
    """A line of the page, and the number it bears through the day."""

    number: int
    reminder: Reminder


class Page(NamedTuple):
    """The lines of a day, those for this evening and the rest, in their order."""

    shown: Sequence[Line]
    rest: Sequence[Line]


def page_of(houses: Iterable[Reminder], today: date, most: int, is_turn: Callable[[Reminder], bool]) -> Page:
    """Return the lines of houses as a page of `most` at the most.

    First comes what can still be in time, the nearest first; then the season; then what is owed, the nearest
    first; then the days of those without a circle. Where that is too much, up to half of the lines are of
    those owed a word whose turn it is.
    """
    ranked = sorted(houses, key=lambda house: _rank(house, today))
    turns = [house for house in ranked if is_turn(house)][: most // 2] if len(ranked) > most else []
    others = [house for house in ranked if house not in turns]
    keeps = max(most - len(turns), 0)
    shown = sorted([*turns, *others[:keeps]], key=lambda house: _rank(house, today))
    numbered = [Line(number, house) for number, house in enumerate([*shown, *others[keeps:]], start=1)]
    return Page(numbered[: len(shown)], numbered[len(shown) :])


def through_the_day(morning: Page, houses: Sequence[Reminder], most: int) -> Page:
    """Return what is left of the page of a morning, each line under its number, and what came since.

    What is done is not filled up from the rest: an evening has an end.
    """
    left = {house_of(house): house for house in houses}
    shown = _left_of(morning.shown, left)
    rest = _left_of(morning.rest, left)
    number = len(morning.shown) + len(morning.rest)
    new = [Line(number + place, house) for place, house in enumerate(left.values(), start=1)]
    room = max(most - len(morning.shown), 0)
    return Page([*shown, *new[:room]], [*rest, *new[room:]])


def _left_of(lines: Iterable[Line], left: dict[object, Reminder]) -> list[Line]:
    """Return the lines of which something is left, as it stands now, and take it out of `left`."""
    return [
        Line(line.number, left.pop(house_of(line.reminder)))
        for line in lines
        if house_of(line.reminder) in left
    ]


def house_of(reminder: Reminder) -> object:
    """Return what tells a line from the others: its household, or its id."""
    return reminder.household_id or reminder.id


def _rank(line: Reminder, today: date) -> tuple[int, int, date, date, str, str]:
    """Return a line's place on the page of a day."""
    group = _OWED
    if line.kind == "season":
        group = _SEASON if line.on >= today else _OWED
    elif any(part.kind in DATED and part.on >= today for part in (line, *line.parts)):
        group = _BESIDE if line.nearness == UNSET else _IN_TIME
    return (group, line.nearness, line.due, line.on, fold(line.who), line.id)


def by_house(reminders: Iterable[Reminder], today: date, last: date) -> list[Reminder]:
    """Return what is due by a day, one line a house with its parts.

    Together is what is due on one day (today, where it is overdue), and what days within a week of one
    another bring: the birthday of next Tuesday goes with the card that is due.
    """
    houses: dict[object, list[list[Reminder]]] = {}
    for reminder in sorted(reminders, key=_by_due):
        lines = houses.setdefault(house_of(reminder), [])
        line = next((line for line in lines if _goes_with(reminder, line, today)), None)
        if line is not None:
            line.append(reminder)
        elif reminder.due <= last:
            lines.append([reminder])
    return [_line(line, today) for lines in houses.values() for line in lines]


def _goes_with(reminder: Reminder, line: Sequence[Reminder], today: date) -> bool:
    if reminder.kind in DATED and any(
        other.kind in DATED and abs(reminder.on - other.on) <= TOGETHER for other in line
    ):
        return True
    return max(reminder.due, today) == max(line[0].due, today)


def _by_due(reminder: Reminder) -> tuple[date, date, str]:
    return (reminder.due, reminder.on, reminder.id)


def _line(parts: Sequence[Reminder], today: date) -> Reminder:
    """Return the parts as one line: it speaks of what has a day first, and of a couple by both names.

    What joins it before it is due is due with it.
    """
    if len(parts) == 1:
        return parts[0]
    first, *rest = sorted((_of_both(part, parts) for part in parts), key=lambda part: _place(part, today))
    others = [part._replace(due=min(part.due, first.due)) for part in rest]
    return first._replace(nearness=min(part.nearness for part in parts), parts=tuple(others))


def _of_both(part: Reminder, parts: Sequence[Reminder]) -> Reminder:
    """Return the day of a couple under the names of both, anything else as it is."""
    names = dict.fromkeys(other.who for other in parts if _is_of_both(part, other))
    if len(names) < 2:
        return part
    # A wedding day that the user said of the house bears both names already.
    who = names_of_home([name for name in names if sum(name in other for other in names) == 1])
    return part._replace(who=who, title=f"{who}'s {occasion_named(OccasionKind.ANNIVERSARY, None)}")


def in_words(part: Reminder) -> str:
    """Return what a part adds to the line of its house."""
    return f"a word is owed: {part.reason}" if part.every is not None else part.words


def parts_of(line: Reminder) -> list[Reminder]:
    """Return what a line speaks of, part by part; the day of a couple is one."""
    told: list[Reminder] = []
    for part in (line, *line.parts):
        if not any(_is_of_both(part, before) for before in told):
            told.append(part)
    return told


def _is_of_both(first: Reminder, other: Reminder) -> bool:
    """Whether two reminders are of one day of a couple."""
    return first.kind == other.kind == OccasionKind.ANNIVERSARY.value and first.on == other.on


def _place(part: Reminder, today: date) -> tuple[bool, int, date, date, str]:
    """Put a day of remembrance first, then what can be in time, then the belated, and a word owed last."""
    is_in_memory = part.kind == OccasionKind.REMEMBRANCE.value
    return (not is_in_memory, (part.kind not in DATED) * 2 or part.on < today, part.due, part.on, part.id)


def turns(cadences: Mapping[int, int], most: int) -> dict[int, tuple[int, int]]:
    """Return, of households with the days of their cadences, every how many days each has its turn, and when.

    It is a day whose ordinal leaves the second number. A turn comes at least once in a cadence, and on no day
    more than `most // 2` at a time; where a book is too large for that, less often for all alike. Each period
    is a power of two, and the bits of a household's place in the row, backwards, keep it clear of the others
    (Holte and others, The pinwheel, 1989).
    """
    slots = most // 2
    if not slots or not cadences:
        return {}
    bits = {household: every.bit_length() - 1 for household, every in cadences.items()}
    longest = max(bits.values())
    density = sum(1 << longest - power for power in bits.values())  # in turns a `2**longest` days
    more = 0
    while density > slots << longest + more:
        more += 1
    places = {}
    place = 0  # in 1 / 2**(longest + more) of a slot
    for household, power in sorted(bits.items(), key=lambda item: (item[1], item[0])):
        period = 1 << power + more
        within = place % (1 << longest + more) >> longest - power
        places[household] = (period, int(f"{within:0{power + more}b}"[::-1], 2) if period > 1 else 0)
        place += 1 << longest - power
    return places

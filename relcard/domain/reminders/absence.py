"""A time away: what falls into it is told before it, and what was missed is named after it."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

LONGEST = 366  # days
QUIET_DAYS = 7  # without a word to the program, from which on the user is taken to have been away
PACKING = timedelta(days=2)  # so long before the last day at home what falls into the time away is told
_ID = "away-"  # a time away is kept as what it is: all reminders put off, to its last day


class Absence(NamedTuple):
    """A time away, its first and its last day."""

    first: date
    last: date

    @property
    def id(self) -> str:
        """What it is kept under, beside the reminders that are put off."""
        return f"{_ID}{self.first}"

    def in_words(self, today: date) -> str:
        """Return its days: "1 Jul to 21 Jul"."""
        return f"{short_day(self.first, beside=today)} to {short_day(self.last, beside=today)}"


def said_absence(first: date, last: date, today: date) -> Absence:
    """Return a time away as the user said it. Raises `UsageError` where it is over or ends too early."""
    if last < first or last < today or (last - first).days > LONGEST:
        raise UsageError(
            f"From {first} to {last} is no time away that comes.",
            hint="Say the first and the last day: relcard away 2027-07-01..2027-07-21",
        )
    return Absence(first, last)


def absences(put_off: Mapping[str, date | None]) -> list[Absence]:
    """Return the times away among what is put off, in their order."""
    return sorted(
        Absence(date.fromisoformat(key.removeprefix(_ID)), until)
        for key, until in put_off.items()
        if until is not None and key.startswith(_ID)
    )


def at_home_by(day: date, times: Iterable[Absence]) -> date:
    """Return the last day at home on which to do what should be done by a day."""
    for time in sorted(times, reverse=True):
        if time.first <= day <= time.last:
            day = time.first - timedelta(days=1)
    return day


def told_after(day: date, times: Iterable[Absence]) -> date:
    """Return the day on which to tell what can wait: the first after a time away."""
    for time in sorted(times):
        if time.first <= day <= time.last:
            day = time.last + timedelta(days=1)
    return day


def away_since(last_change: date | None, times: Iterable[Absence], today: date) -> date | None:
    """Return the last day before a time away from which the user is just back, None where there was none.

    It is one that was said, or days without any change; the first change after it ends it.
    """
    if last_change is None:
        return None
    for time in times:
        if time.last < today and last_change <= time.last and (today - time.last).days <= QUIET_DAYS:
            return time.first - timedelta(days=1)
    return last_change if (today - last_change).days >= QUIET_DAYS else None

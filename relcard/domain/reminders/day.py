"""A day that returns, as the user said it: a name day, a wedding, a day of remembrance, one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.dates import next_kept
from relcard.domain.kinds import OccasionKind
from relcard.domain.text import fold
from relcard.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

WAYS = ("card", "call", "visit")  # how a day is kept
LONGEST_LEAD = 180  # days
_LONGEST_LABEL = 60  # letters
EVE = 1  # days before a day of remembrance on which it is told
_WEDDINGS = frozenset(("wedding", "wedding day", "wedding anniversary", "anniversary"))
_REMEMBRANCES = frozenset(
    ("remembrance", "day of remembrance", "death", "anniversary of death", "yahrzeit", "jahrzeit", "todestag")
)
_BIRTHDAYS = frozenset(("birthday", "bday", "born"))


class Day(NamedTuple):
    """A day of a contact, or with `of_household` of the household in which the contact is.

    `label` is the user's word for it. With `is_once` it is in the year of its date alone. `way` is one of
    `WAYS`, "" for as the circle has it; `lead_days` before it is told, None for as the post has it.
    """

    contact_id: int
    of_household: bool
    kind: OccasionKind
    label: str
    date: PartialDate
    is_once: bool = False
    way: str = ""
    lead_days: int | None = None
    id: int = 0

    def next_on(self, today: dt.date) -> dt.date | None:
        """Return when it comes next, today included; None for a day of one year that is over."""
        kept = next_kept(self.date, today, in_memory=self.kind is OccasionKind.REMEMBRANCE)
        return None if kept is None or (self.is_once and kept.years) else kept.on


def kind_by_label(kind: OccasionKind, label: str) -> OccasionKind:
    """Return what a day of a vCard is: by its label it may be one of remembrance, of another's death."""
    is_memory = kind is OccasionKind.CUSTOM and fold(label) in _REMEMBRANCES
    return OccasionKind.REMEMBRANCE if is_memory else kind


def said_day(day: Day, *, remember: bool, today: dt.date) -> Day:
    """Return a day as it is kept, its kind by the user's word for it.

    A day of one year that names none is the next such day. A birthday is one only in another calendar: ours
    is of the vCard. Raises `UsageError` for such a birthday, for words that cannot be a name, and for a day
    that never comes (again).
    """
    label = " ".join(day.label.split())
    word = fold(label)
    if word in _BIRTHDAYS and day.date.other is None:
        raise UsageError(
            "A birthday is of somebody, not a day of its own.",
            hint="Of a contact: relcard edit WHO; of a member: relcard member set h12 NAME --born DAY",
        )
    if word in _BIRTHDAYS and day.of_household:
        raise UsageError(
            "A birthday is of somebody, not of a household.",
            hint=f"Say whose it is: relcard day NAME {label} ...",
        )
    if not label or len(label) > _LONGEST_LABEL or not label.isprintable():
        raise UsageError(
            f"What is the day called, in up to {_LONGEST_LABEL} letters?",
            hint='For example: relcard day anna "name day" 26 Jul',
        )
    if not day.date.returns:
        raise UsageError(f'"{day.date}" is no day of a month.', hint="Say it as 26 Jul, or 2015-07-26.")
    kind = OccasionKind.ANNIVERSARY if word in _WEDDINGS and not day.is_once else OccasionKind.CUSTOM
    kind = OccasionKind.BIRTHDAY if word in _BIRTHDAYS else kind
    if remember or word in _REMEMBRANCES:
        kind = OccasionKind.REMEMBRANCE
        day = day._replace(lead_days=EVE if day.lead_days is None else day.lead_days)
    day = day._replace(label=label, kind=kind)
    return _in_its_year(day, today) if day.is_once else day


def _in_its_year(day: Day, today: dt.date) -> Day:
    """Return a day of one year with that year. Raises `UsageError` where it is over."""
    coming = day.next_on(today)
    if coming is None:
        raise UsageError(f"{day.date} is over.", hint="Leave --once out for a day of every year.")
    return day._replace(date=PartialDate(coming.year, coming.month, coming.day))

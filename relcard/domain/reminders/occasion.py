"""An occasion is a reason that returns; an occurrence is that reason in one year."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import LeapDay
from relcard.domain.dates import days_kept
from relcard.domain.kinds import OccasionKind
from relcard.domain.occasions import answers_day
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.people.circle import Circle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.careful_year import Careful
    from relcard.domain.reminders.day import Day

# Congratulations end with a life; what the user named (CUSTOM) and remembrance do not.
_ENDS_WITH_DEATH = frozenset({OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY})

# The day itself is no birthday and no day of remembrance yet; a wedding is worth a card on the very day.
_FROM_FIRST_YEAR = frozenset({OccasionKind.BIRTHDAY, OccasionKind.REMEMBRANCE})


class Answer(NamedTuple):
    """A card, letter or call to a contact outside the seasons; a card or letter is written.

    `occasion` is what a card was for, "" where nobody said it; with `member_id` it was for a member.
    """

    on: dt.date
    is_written: bool
    occasion: str = ""
    member_id: int | None = None


class KeptOccasion(NamedTuple):
    """An occasion as the store keeps it, and what a reminder says of whose it is.

    `country` and `town` are of the address a card goes to, "" without one. `has_season` says that an address
    of the contact is used for a time only. Until `silent_until` nobody is congratulated on it. `host` is the
    contact with whom somebody without a vCard lives, "" of a contact; `occasion_id` is then the member's.
    `day` is the one that the user said, None of those of vCards; its id is then `occasion_id`.
    `answers` are those of late to the contact that may be for it: of a member those said to be for them, for
    a card to whom they live with is not theirs.
    `near_since` is the day the circle was said, the first of all where that is not known. `left_behind` are
    the adults with whom somebody lived who died.
    """

    contact_id: int
    occasion_id: int
    kind: OccasionKind
    date: PartialDate
    label: str = ""
    name: str = ""
    circle: Circle | None = None
    has_address: bool = False
    country: str = ""
    town: str = ""
    has_died: bool = False
    has_season: bool = False
    silent_until: dt.date | None = None
    host: str = ""
    household_id: int | None = None
    day: Day | None = None
    answers: tuple[Answer, ...] = ()
    near_since: dt.date = dt.date.min
    left_behind: tuple[str, ...] = ()

    @property
    def is_of_home(self) -> bool:
        """Whether it is the day of a couple or of a whole household, not of a contact alone."""
        of_household = self.day is not None and self.day.of_household
        return self.household_id is not None and (self.kind is OccasionKind.ANNIVERSARY or of_household)

    @property
    def way(self) -> str:
        """How the user said the day is kept: card, call or visit; "" as the circle has it."""
        return self.day.way if self.day else ""

    def is_answered_by(self, answer: Answer) -> bool:
        """Whether a card, letter or call may be for this: one for another occasion is not."""
        is_for = answer.member_id == (self.occasion_id if self.host else None)
        if not answer.occasion:
            return is_for
        return is_for and answers_day(answer.occasion, self.kind, self.label)

    @property
    def gets_cards(self) -> bool:
        """Whether a card can go there, and does: by the user's word on the day, else by the circle."""
        if self.way:
            return self.has_address and self.way == "card"
        return self.has_address and self.circle not in (None, Circle.NONE)


class Bereavement(NamedTuple):
    """Someone who died in the household of whoever keeps an anniversary, and whether it was theirs too.

    `careful` is the careful time that the user said, if any; it is all there is where `died_on` is None. On
    `cheer_on` the user wanted cheer for the household all the same.
    """

    occasion_id: int
    name: str
    died_on: PartialDate | None
    shared: bool
    careful: Careful | None
    cheer_on: dt.date | None


def silent_until(bereavements: Iterable[Bereavement]) -> dt.date | None:
    """Return the last day on which an anniversary is passed over, None where nothing happened.

    It is silent for ever once someone who died kept it too, and through a careful year of the household.
    """
    days: list[dt.date] = []
    for bereavement in bereavements:
        if bereavement.shared:
            return dt.date.max
        cares = [bereavement.careful]
        if bereavement.died_on is not None:
            cares.append(careful_after_death(bereavement.name, bereavement.died_on))
        cheer_on = bereavement.cheer_on or dt.date.min
        days += [care.until for care in cares if care is not None and cheer_on < care.since]
    return max(days, default=None)


class Occurrence(NamedTuple):
    """An occasion in one year; `years` is the age, or how long ago it was, None when the year is unknown.

    `year` is that of its calendar, which may begin twice within one of ours, or not at all.
    """

    occasion: KeptOccasion
    on: dt.date
    years: int | None
    year: int

    @property
    def id(self) -> str:
        """What its reminder is called, the same in every run."""
        if self.occasion.day is not None:
            return f"day-{self.occasion.occasion_id}-{self.year}"
        member = "m" if self.occasion.host else ""
        kind = OccasionKind.CUSTOM if self.occasion.label else self.occasion.kind  # as the store has it
        return f"{kind.value}-{member}{self.occasion.occasion_id}-{self.year}"


def occurrences(
    kept: Iterable[KeptOccasion],
    *,
    start: dt.date,
    end: dt.date,
    leap_day: LeapDay = LeapDay.FEB28,
) -> list[Occurrence]:
    """Return what falls from `start` to `end`, both included, in the order of `kept`.

    A contact who died has no birthday and no anniversary any more; remembrance stays. An anniversary is
    silent as long as the household is not to be congratulated on it.
    """
    falling = []
    for occasion in kept:
        if occasion.has_died and occasion.kind in _ENDS_WITH_DEATH:
            continue
        in_memory = occasion.kind is OccasionKind.REMEMBRANCE
        for on, year, since in days_kept(occasion.date, start, end, leap_day, in_memory=in_memory):
            if occasion.silent_until is not None and on <= occasion.silent_until:
                continue
            is_once = occasion.day is not None and occasion.day.is_once
            if is_once and on.year != occasion.date.year:
                continue
            years = None if is_once else since
            if years != 0 or occasion.kind not in _FROM_FIRST_YEAR:
                falling.append(Occurrence(occasion, on, years, year))
    return falling


def names_of_home(names: Sequence[str]) -> str:
    """Return the adults of a household in few words: Anna and Jan, or Anna and 3 more."""
    first, *others = names
    if len(others) > 1:
        return f"{first} and {len(others)} more"
    return " and ".join(names)


def years_named(kind: OccasionKind, years: int | None) -> str:
    """Return what the number says: "turns 40", "10 years married", "3 years ago"; "" when it is unknown."""
    if years is None:
        return ""
    if kind is OccasionKind.BIRTHDAY:
        return f"turns {years}"
    if years == 0:
        return "the day itself"
    if kind is OccasionKind.ANNIVERSARY:
        return f"{years} year{'' if years == 1 else 's'} married"
    return "a year ago" if years == 1 else f"{years} years ago"


def occasion_named(kind: OccasionKind, years: int | None, label: str = "") -> str:
    """Return the name of the day: "18th birthday", "10th anniversary", or the user's own label."""
    match kind:
        case OccasionKind.BIRTHDAY:
            name = "birthday"
        case OccasionKind.ANNIVERSARY:
            name = "anniversary"
        case OccasionKind.REMEMBRANCE:
            return label or "day of remembrance"
        case OccasionKind.CUSTOM:
            return label or "day"
    return f"{ordinal(years)} {name}" if years else name


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th, 21st."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"

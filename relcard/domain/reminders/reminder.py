"""A reminder is what the user is told, when and why; it is computed, and only a dismissal is stored.

The values here and beneath are named tuples: `today` defines and makes them at every start, and a named tuple
costs a fraction of a frozen dataclass in both.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.circle import Circle
from relcard.domain.posting import longest_lead
from relcard.domain.posting import post_by
from relcard.domain.reminders.occasion import occasion_named
from relcard.domain.reminders.occasion import years_named
from relcard.domain.text import fold
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.people.circle import CircleRule
    from relcard.domain.reminders.occasion import Occurrence
    from relcard.domain.standpoint import Standpoint

MISSED_DAYS = 14  # how long after its day an occasion still waits to be dealt with
_SNOOZE_DAYS = 30  # how long after its day an occasion may be put off
_UNSET = len(Circle)  # the nearness of who has no circle; a season comes after every contact
_DAY = timedelta(days=1)


class Action(Enum):
    """What to do, the first word of a reminder's line."""

    WRITE = "Write"
    CALL = "Call"
    SEASON = "Season"
    REMEMBER = "Remember"


class Reminder(NamedTuple):
    """One thing to do: by when (`due`), for which day (`on`), and why.

    `id` is stable from run to run, `kind` an occasion's kind, "cadence" or "season", `who` the contact's
    name or the season's. `title` is what the line speaks of ("Yuki Tanaka's birthday"), `reason` the rest of
    it. `age` is the number of years on a birthday or anniversary.
    """

    id: str
    kind: str
    action: Action
    who: str
    contact_id: int | None
    title: str
    due: date
    on: date
    reason: str
    age: int | None
    nearness: int


class Subject(NamedTuple):
    """The contact a reminder speaks of: `country` and `town` of the address a card goes to, if there is one.

    `last_on` is the day of the last interaction, `since` the day the circle was said or the contact added.
    `cadence_days` is the contact's own cadence; None: that of the segment called `segment`, `segment_days`,
    or without one its circle's.
    """

    contact_id: int
    name: str
    circle: Circle | None
    since: date
    last_on: date | None = None
    cadence_days: int | None = None
    segment: str = ""
    segment_days: int | None = None
    has_address: bool = False
    country: str = ""
    town: str = ""
    has_died: bool = False

    @property
    def gets_cards(self) -> bool:
        """Whether a card can go there, and the user's circle says that cards do."""
        return self.has_address and self.circle not in (None, Circle.NONE)

    @property
    def nearness(self) -> int:
        """0 for the nearest; who has no circle comes after all that have one."""
        return _UNSET if self.circle is None else self.circle.nearness


class Unwritten(NamedTuple):
    """A recipient not yet written: by when to post, and where it goes ("" for inside the country)."""

    post_by: date
    place: str = ""


class SeasonWork(NamedTuple):
    """What is left to write in an open season of `total` recipients."""

    season_id: int
    name: str
    total: int
    left: tuple[Unwritten, ...]


class Dismissal(NamedTuple):
    """A reminder the user has dealt with, or put off until a day."""

    id: str
    until: date | None = None


def occasion_window(standpoint: Standpoint, *, days: int = 0, snoozed: bool = False) -> tuple[date, date]:
    """Return the first and last day on which an occasion can lead to a reminder within `days`.

    `snoozed` says that something was put off, which keeps occasions alive for longer.
    """
    back = MISSED_DAYS + (_SNOOZE_DAYS if snoozed else 0)
    ahead = days + longest_lead(standpoint.posting, standpoint.sender_country)
    return standpoint.today - timedelta(days=back), standpoint.today + timedelta(days=ahead)


def window_without_circle(today: date, *, days: int = 0, snoozed: bool = False) -> tuple[date, date]:
    """Return the same for contacts without a circle: no card goes there, and their day is not caught up on."""
    return today - timedelta(days=_SNOOZE_DAYS if snoozed else 0), today + timedelta(days=days)


def build_reminders(
    standpoint: Standpoint,
    *,
    days: int = 0,
    subjects: Mapping[int, Subject],
    occurrences: Iterable[Occurrence],
    cadences: Iterable[Subject],
    seasons: Iterable[SeasonWork],
    dismissals: Iterable[Dismissal],
) -> list[Reminder]:
    """Return what is overdue, due today or due within `days`, by due day, then the nearest first.

    `subjects` holds the contacts of `occurrences` by id, `cadences` those whose cadence may be due. With `days` 0 this is the page of today. Each input is gone through once.
    """
    put_off = {one.id: one.until for one in dismissals}
    last = standpoint.today + timedelta(days=days)
    found: list[Reminder] = []
    for occurrence in occurrences:
        identity = f"{occurrence.kind.value}-{occurrence.occasion_id}-{occurrence.on.year}"
        until = put_off.get(identity, date.min)
        if until is None:
            continue
        made = _of_occasion(occurrence, subjects[occurrence.contact_id], until, standpoint)
        if made is not None and made.due <= last:
            found.append(made)
    for subject in cadences:
        due = cadence_due(subject, standpoint.rules)
        if due is None or due > last:
            continue
        until = put_off.get(_cadence_id(subject, due), date.min)
        if until is not None and until <= last:
            found.append(_of_cadence(subject, due, until, standpoint))
    for work in seasons:
        until = put_off.get(f"season-{work.season_id}", date.min)
        if work.left and until is not None and until <= last:
            found.append(_of_season(work, max(standpoint.today, until)))
    found.sort(key=_by_due)
    return found


def cadence_due(subject: Subject, rules: Mapping[Circle, CircleRule]) -> date | None:
    """Return the day on which a word is due, counted from the last one; None when no cadence holds."""
    every = _every(subject, rules)
    if every is None or subject.has_died:
        return None
    return (subject.last_on or subject.since) + timedelta(days=every)


def done(reminder: Reminder, today: date) -> Dismissal:
    """Return what to store when the user has dealt with a reminder.

    A season's work is done for this evening only: it comes back tomorrow while cards are left.
    """
    return Dismissal(reminder.id, today + _DAY if reminder.action is Action.SEASON else None)


def snooze(reminder: Reminder, until: date, today: date) -> Dismissal:
    """Return what to store when the user puts a reminder off until a day.

    Raises `UsageError` for a day that is not ahead, or so late that the occasion would be forgotten.
    """
    if until <= today:
        raise UsageError(
            f"{short_day(until, beside=today)} is not ahead of today.",
            hint="Say a later day, or done when it is dealt with.",
        )
    latest = reminder.on + timedelta(days=_SNOOZE_DAYS)
    if reminder.kind not in ("cadence", "season") and until > latest:
        raise UsageError(
            f"{reminder.title} can be put off until {short_day(latest, beside=today)} at most.",
            hint="Say an earlier day, or done to leave it for this year.",
        )
    return Dismissal(reminder.id, until)


def _of_occasion(one: Occurrence, subject: Subject, until: date, standpoint: Standpoint) -> Reminder | None:
    """Return the reminder of one occurrence, put off until `until`, or None once it is past or dealt with."""
    today = standpoint.today
    remembrance = one.kind is OccasionKind.REMEMBRANCE
    if one.on < today:
        if subject.last_on is not None and subject.last_on >= one.on:
            return None  # you were in touch on the day or after it
        # Who has no circle is mentioned on the day; only the others are worth a reproach.
        keep = 0 if subject.circle in (None, Circle.NONE) else MISSED_DAYS
        if today > max(one.on, until) + timedelta(days=keep):
            return None
    card = subject.gets_cards and not remembrance and not subject.has_died
    due = post_by(standpoint.posting, standpoint.sender_country, subject.country, one.on) if card else one.on
    if remembrance or subject.has_died:
        action = Action.REMEMBER
    else:
        action = Action.WRITE if card and one.on != today else Action.CALL
    years = one.years if one.kind in (OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY) else None
    return Reminder(
        id=f"{one.kind.value}-{one.occasion_id}-{one.on.year}",
        kind=one.kind.value,
        action=action,
        who=subject.name,
        contact_id=subject.contact_id,
        title=f"{subject.name}'s {occasion_named(one.kind, None, one.label)}"
        if not remembrance
        else subject.name,
        due=max(due, until),
        on=one.on,
        reason=_occasion_reason(one, subject, due, today, card),
        age=years,
        nearness=subject.nearness,
    )


def _occasion_reason(one: Occurrence, subject: Subject, due: date, today: date, card: bool) -> str:
    day = short_day(one.on, beside=today)
    words = []
    number = years_named(one.kind, one.years)
    if one.on < today:
        ago = (today - one.on).days
        words.append(f"it was {'yesterday' if ago == 1 else f'{ago} days ago'}, {day}")
        number = number.replace("turns", "turned")
    elif one.on == today:
        words.append("today")
    elif not card:
        words.append(f"on {short_day(one.on, weekday=True, beside=today)}")
    else:
        where = f"to reach {subject.town} on {day}" if subject.town else f"to arrive on {day}"
        if due >= today:
            words.append(f"post by {short_day(due, weekday=True, beside=today)} {where}")
        else:
            gone_by = short_day(due, weekday=True, beside=today)
            words.append(f"post now; it should have gone by {gone_by} {where}")
    if one.kind is OccasionKind.REMEMBRANCE:
        words.insert(0, "day of remembrance")
    if number:
        words.append(number)
    return "; ".join(words)


def _of_cadence(subject: Subject, due: date, until: date, standpoint: Standpoint) -> Reminder:
    """Return the reminder that a word is due since `due`, put off until `until`."""
    today, last, circle = standpoint.today, subject.last_on, subject.circle
    every = _every(subject, standpoint.rules)
    if subject.cadence_days is not None:
        rule = f"every {every}, as you set"
    elif subject.segment_days is not None or circle is None:
        rule = f"{subject.segment}: every {every}"
    else:
        rule = f"{circle.value}: every {every}"
    if last is None:
        what = f"nothing noted since {short_day(subject.since, beside=today)}"
    elif due > today:
        what = f"you last spoke on {short_day(last, beside=today)}"
    else:
        count = (today - last).days
        what = f"{count} day{'' if count == 1 else 's'} since you spoke"
    return Reminder(
        id=_cadence_id(subject, due),
        kind="cadence",
        action=Action.CALL,
        who=subject.name,
        contact_id=subject.contact_id,
        title=subject.name,
        due=max(due, until),
        on=due,
        reason=f"{what} ({rule})",
        age=None,
        nearness=subject.nearness,
    )


def _of_season(work: SeasonWork, due: date) -> Reminder:
    first = min(work.left, key=_by_post_by)
    last = max(one.post_by for one in work.left)
    words = f"{work.total - len(work.left)} of {work.total} written - tonight {tonight(work.left, due)}"
    if first.place and any(one.place != first.place for one in work.left):
        words += f", {first.place} first"
    return Reminder(
        id=f"season-{work.season_id}",
        kind="season",
        action=Action.SEASON,
        who=work.name,
        contact_id=None,
        title=work.name,
        due=due,
        on=last,
        reason=words,
        age=None,
        nearness=_UNSET + 1,
    )


def tonight(left: Iterable[Unwritten], today: date) -> int:
    """Return how many cards to write this evening so that the same number each evening posts all in time.

    What is written in the evening goes to the post in the morning: the evening of its last day to post is too
    late for a card. Cards already late join those with the next day to post.
    """
    by_day: dict[date, int] = {}
    for one in left:
        day = max(one.post_by, today)
        by_day[day] = by_day.get(day, 0) + 1
    late = by_day.pop(today, 0) if len(by_day) > 1 else 0
    most = 0
    written = late
    for day in sorted(by_day):
        written += by_day[day]
        evenings = max(1, (day - today).days)
        most = max(most, -(-written // evenings))
    return most


def _cadence_id(subject: Subject, due: date) -> str:
    return f"cadence-{subject.contact_id}-{due:%Y%m%d}"


def _every(subject: Subject, rules: Mapping[Circle, CircleRule]) -> int | None:
    if subject.cadence_days is not None:
        return subject.cadence_days
    if subject.segment_days is not None or subject.circle is None:
        return subject.segment_days
    return rules[subject.circle].cadence_days


def _by_post_by(one: Unwritten) -> tuple[date, str]:
    return (one.post_by, one.place)


def _by_due(one: Reminder) -> tuple[date, int, date, str, str]:
    return (one.due, one.nearness, one.on, fold(one.who), one.id)

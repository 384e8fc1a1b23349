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
from relcard.domain.posting import last_posting_day
from relcard.domain.posting import longest_lead
from relcard.domain.reminders.absence import PACKING
from relcard.domain.reminders.absence import absences
from relcard.domain.reminders.absence import at_home_by
from relcard.domain.reminders.absence import told_after
from relcard.domain.reminders.cadence import UNSET
from relcard.domain.reminders.cadence import cadence_due
from relcard.domain.reminders.cadence import days_between
from relcard.domain.reminders.cadence import nearness
from relcard.domain.reminders.day import EVE
from relcard.domain.reminders.occasion import names_of_home
from relcard.domain.reminders.occasion import occasion_named
from relcard.domain.reminders.occasion import years_named
from relcard.domain.text import fold
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.reminders.absence import Absence
    from relcard.domain.reminders.cadence import Cadence
    from relcard.domain.reminders.occasion import KeptOccasion
    from relcard.domain.reminders.occasion import Occurrence
    from relcard.domain.standpoint import Standpoint

DATED = frozenset(kind.value for kind in OccasionKind)  # the kinds of reminders that are of a day
MISSED_DAYS = 14  # how long after its day an occasion still waits to be dealt with
NEAR_MISSED_DAYS = 60  # the same of the inner and the close
ANSWER_DAYS = 14  # how long before its day to post a card or letter answers an occasion
_SNOOZE_DAYS = 30  # how long after its day an occasion may be put off
_DAY = timedelta(days=1)
_A_WORD = "A word to "  # to those whom somebody left behind


class Action(Enum):
    """What to do, the first word of a reminder's line."""

    WRITE = "Write"
    CALL = "Call"
    VISIT = "Visit"
    SEASON = "Season"
    REMEMBER = "Remember"


_AS_LAST = {
    "visit": Action.VISIT,
    "letter": Action.WRITE,
    "card": Action.WRITE,
}  # a word owed, by the last one
_ACTION_OF = {"card": Action.WRITE, "call": Action.CALL, "visit": Action.VISIT}  # as the user said


class Reminder(NamedTuple):
    """One thing to do: by when (`due`), for which day (`on`), and why.

    `id` is stable from run to run, `kind` an occasion's kind, "cadence" or "season", `who` the contact's
    name or the season's. `title` is what the line speaks of ("Yuki Tanaka's birthday"), `reason` the rest of
    it. `age` is the number of years on a birthday or anniversary.
    `household_id` is None of a season, and `is_of_member` says that it is of somebody without a vCard.
    `every` are the days of a cadence; `parts` what else is to do at the same letterbox; `post_by` the last
    day to post the card that it asks for, None where it asks for none; `last_on` the day of the last word, of
    a word owed alone.
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
    household_id: int | None = None
    is_of_member: bool = False
    every: int | None = None
    parts: tuple[Reminder, ...] = ()
    post_by: date | None = None
    last_on: date | None = None

    @property
    def words(self) -> str:
        """Its line: what it speaks of, and why."""
        return f"{self.title}{': ' if self.title.startswith(_A_WORD) else ' - '}{self.reason}"


class Unwritten(NamedTuple):
    """A recipient not yet written: by when to post, and where it goes ("" for inside the country).

    `post_by` is None where no address is known.
    """

    post_by: date | None
    place: str = ""


class SeasonWork(NamedTuple):
    """What is left to write in an open season of `total` recipients; `day` is that of its feast.

    So many as `tonight` were written today. `lying` has the last days to post of the cards that lie here
    written.
    """

    season_id: int
    name: str
    total: int
    left: tuple[Unwritten, ...]
    day: date
    tonight: int = 0
    lying: tuple[date, ...] = ()


class Dismissal(NamedTuple):
    """A reminder the user has dealt with, or put off until a day."""

    id: str
    until: date | None = None


class Windows(NamedTuple):
    """The first and last day, both in, on which an occasion can lead to a reminder, by how near it is.

    `near` is that of the inner and the close, `others` of the other circles; who has `no_circle` gets none.
    """

    near: tuple[date, date]
    others: tuple[date, date]
    no_circle: tuple[date, date]


def occasion_windows(standpoint: Standpoint, *, days: int = 0, snoozed: bool = False) -> Windows:
    """Return where to look for what can lead to a reminder within `days`.

    `snoozed` says that something was put off, which keeps occasions alive for longer.
    """
    today = standpoint.today
    put_off = timedelta(days=_SNOOZE_DAYS if snoozed else 0)
    ahead = today + timedelta(days=days + longest_lead(standpoint.posting, standpoint.sender_country))
    first = today - put_off
    missed = timedelta(days=MISSED_DAYS)
    return Windows(
        near=(first - timedelta(days=NEAR_MISSED_DAYS), ahead),
        others=(first - missed, ahead),
        no_circle=(first - (missed if snoozed else timedelta()), today + timedelta(days=days)),
    )


def build_reminders(
    standpoint: Standpoint,
    *,
    days: int = 0,
    occurrences: Iterable[Occurrence],
    spoken_on: Mapping[int, date],
    cadences: Iterable[Cadence],
    seasons: Iterable[SeasonWork],
    put_off: Mapping[str, date | None],
) -> list[Reminder]:
    """Return what is overdue, due today or due within `days`, by due day, then the nearest first.

    `spoken_on` is the day of the last word with a contact, `cadences` are those that may be due, `put_off`
    what is put off until a day, or dealt with (None). Each input is gone through once.
    """
    last = standpoint.today + timedelta(days=days)
    made = (
        *_of_occasions(occurrences, spoken_on, put_off, standpoint),
        *_of_cadences(cadences, last, put_off, standpoint),
        *_of_seasons(seasons, put_off, standpoint),
    )
    return sorted((reminder for reminder in made if reminder.due <= last), key=by_due)


def _of_occasions(
    occurrences: Iterable[Occurrence],
    spoken_on: Mapping[int, date],
    put_off: Mapping[str, date | None],
    standpoint: Standpoint,
) -> Iterator[Reminder]:
    times = absences(put_off)
    for occurrence in occurrences:
        until = put_off.get(occurrence.id, date.min)
        if until is not None:
            spoken = spoken_on.get(occurrence.occasion.contact_id)
            reminder = _of_occasion(occurrence, spoken, until, standpoint, times)
            if reminder is not None:
                yield reminder


def _of_cadences(
    cadences: Iterable[Cadence], last: date, put_off: Mapping[str, date | None], standpoint: Standpoint
) -> Iterator[Reminder]:
    times = absences(put_off)
    for cadence in cadences:
        due = cadence_due(cadence, standpoint.rules)
        if due is not None and due <= last:
            key = f"cadence-{cadence.contact_id}-{due.year}{due.month:02}{due.day:02}"
            until = put_off.get(key, date.min)
            if until is not None:
                yield _of_cadence(cadence, key, due, max(until, told_after(due, times)), standpoint)


def _of_seasons(
    seasons: Iterable[SeasonWork], put_off: Mapping[str, date | None], standpoint: Standpoint
) -> Iterator[Reminder]:
    for work in seasons:
        until = put_off.get(f"season-{work.season_id}", date.min)
        if (work.left or work.lying) and until is not None:
            yield _of_season(work, max(standpoint.today, until), standpoint)


def done(reminder: Reminder, today: date) -> Dismissal:
    """Return what to store when the user has dealt with a reminder.

    A season's work is done for this evening only: it comes back tomorrow while cards are left.
    """
    return Dismissal(reminder.id, today + _DAY if reminder.action is Action.SEASON else None)


def let_go(reminder: Reminder, today: date) -> Dismissal:
    """Return what to store when the user lets a reminder go: a word owed is asked for a cadence later."""
    if reminder.every is None:
        return done(reminder, today)
    return Dismissal(reminder.id, today + timedelta(days=reminder.every))


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
    if reminder.kind in DATED and until > latest:
        raise UsageError(
            f"{reminder.title} can be put off until {short_day(latest, beside=today)} at most.",
            hint="Say an earlier day, or done to leave it for this year.",
        )
    return Dismissal(reminder.id, until)


def _of_occasion(
    occurrence: Occurrence,
    spoken_on: date | None,
    until: date,
    standpoint: Standpoint,
    times: Sequence[Absence],
) -> Reminder | None:
    """Return the reminder of one occurrence, put off until `until`, or None once it is past or dealt with."""
    today, occasion, on = standpoint.today, occurrence.occasion, occurrence.on
    if occasion.circle is Circle.NONE and occasion.day is None:
        return None
    if on < today and _is_over(occurrence, spoken_on, until, today):
        return None
    card = occasion.gets_cards and (bool(occasion.way) or not _is_in_memory(occasion))
    post = standpoint.post_by(occasion.country, on) if card else on
    usual = min(post, on - timedelta(days=_lead_days(occasion)))
    told = at_home_by(usual, times)
    if told < usual:
        told -= PACKING
    if at_home_by(post, times) < post:
        post = last_posting_day(standpoint.posting, standpoint.sender_country, at_home_by(post, times))
    if any(
        answer.on >= told - timedelta(days=ANSWER_DAYS * answer.is_written) for answer in occasion.answers
    ):
        return None
    return Reminder(
        id=occurrence.id,
        kind=occasion.kind.value,
        action=_action(occasion, card=card, is_today=on == today),
        who=occasion.name,
        contact_id=occasion.contact_id,
        title=_title(occasion),
        due=max(told, until),
        on=on,
        reason=_occasion_reason(occurrence, post, today, card),
        age=occurrence.years if occasion.kind in (OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY) else None,
        nearness=nearness(occasion.circle),
        household_id=occasion.household_id,
        is_of_member=bool(occasion.host),
        post_by=post if card else None,
    )


def _lead_days(occasion: KeptOccasion) -> int:
    """Return how many days before its day an occasion is told, were there no post."""
    if occasion.day is not None:
        return occasion.day.lead_days or 0
    return EVE if occasion.kind is OccasionKind.REMEMBRANCE and occasion.circle is not None else 0


def _title(occasion: KeptOccasion) -> str:
    if occasion.kind is not OccasionKind.REMEMBRANCE:
        return f"{occasion.name}'s {occasion_named(occasion.kind, None, occasion.label)}"
    to = (occasion.name,) if occasion.label else occasion.left_behind
    return f"{_A_WORD}{names_of_home(to)}" if to else occasion.name


def is_missed(
    occurrence: Occurrence, spoken_on: Mapping[int, date], put_off: Mapping[str, date | None]
) -> bool:
    """Whether a day of the past that should have been kept was not, and nothing was said of it."""
    occasion, on = occurrence.occasion, occurrence.on
    return (
        occasion.circle not in (None, Circle.NONE)
        and occasion.near_since <= on
        and not _is_in_memory(occasion)
        and occurrence.id not in put_off
        and spoken_on.get(occasion.contact_id, date.min) < on
        and not any(answer.on >= on - timedelta(days=ANSWER_DAYS) for answer in occasion.answers)
    )


def _is_in_memory(occasion: KeptOccasion) -> bool:
    return occasion.kind is OccasionKind.REMEMBRANCE or occasion.has_died


def _action(occasion: KeptOccasion, *, card: bool, is_today: bool) -> Action:
    """Return what to do: the user's way, else memory, a card, or a call; on the day no card is in time."""
    if is_today and occasion.way == "card":
        return Action.CALL
    if occasion.way:
        return _ACTION_OF[occasion.way]
    if _is_in_memory(occasion):
        return Action.REMEMBER
    return Action.WRITE if card and not is_today else Action.CALL


def _is_over(occurrence: Occurrence, spoken_on: date | None, until: date, today: date) -> bool:
    """Whether a day of the past is no reminder any more.

    A day of remembrance is never belated. Who has no circle is mentioned on the day alone, and nobody is
    reproached with a day before their circle was said; but what was put off comes back.
    """
    occasion, on = occurrence.occasion, occurrence.on
    if spoken_on is not None and spoken_on >= on:
        return True  # you were in touch on the day or after it
    if _is_in_memory(occasion):
        return today > until
    if occasion.day is None and until <= on and (occasion.circle is None or occasion.near_since > on):
        return True
    is_near = occasion.circle in (Circle.INNER, Circle.CLOSE)
    return today > max(on, until) + timedelta(days=NEAR_MISSED_DAYS if is_near else MISSED_DAYS)


def _occasion_reason(occurrence: Occurrence, due: date, today: date, card: bool) -> str:
    occasion, on = occurrence.occasion, occurrence.on
    words = [_when(on, today) if on <= today or not card else _when_to_post(occasion.town, on, due, today)]
    number = years_named(occasion.kind, occurrence.years)
    if occasion.kind is OccasionKind.REMEMBRANCE:
        words = [_remembered(occurrence, number), *([words[0]] if on == today or card else ["tomorrow"])]
    elif number:
        words.append(number.replace("turns", "turned") if on < today else number)
    if occasion.date.other is not None:
        words.append(str(occasion.date.other._replace(year=None)))
    if occasion.host:
        words.append(f"at {occasion.host}'s")
    return "; ".join(words)


def _remembered(occurrence: Occurrence, ago: str) -> str:
    """Return who died when, or what else is remembered: "Walter Fern died a year ago (12 Jan)"."""
    occasion = occurrence.occasion
    if occasion.label:
        what = f"{occasion.label}, {ago}" if ago else occasion.label
    else:
        name = f"{occasion.name} " if occasion.left_behind else ""
        what = f"{name}died {ago}" if ago else f"{name}died on this day"
    return f"{what} ({short_day(occurrence.on)})"


def _when(on: date, today: date) -> str:
    if on > today:
        return f"on {short_day(on, weekday=True, beside=today)}"
    if on == today:
        return "today"
    ago = (today - on).days
    return f"it was {'yesterday' if ago == 1 else f'{ago} days ago'}, {short_day(on, beside=today)}"


def _when_to_post(town: str, on: date, due: date, today: date) -> str:
    day = short_day(on, beside=today)
    where = f"to reach {town} on {day}" if town else f"to arrive on {day}"
    by = short_day(due, weekday=True, beside=today)
    return f"post by {by} {where}" if due >= today else f"post now; it should have gone by {by} {where}"


def _of_cadence(cadence: Cadence, key: str, due: date, until: date, standpoint: Standpoint) -> Reminder:
    """Return the reminder that a word is due since `due`, put off until `until`; `key` is its id."""
    today, last, circle = standpoint.today, cadence.last_on, cadence.circle
    every = days_between(cadence, standpoint.rules)
    if cadence.cadence_days is not None:
        rule = f"every {every}, as you set"
    elif cadence.segment_days is not None or circle is None:
        rule = f"{cadence.segment}: every {every}"
    else:
        rule = f"{circle.value}: every {every}"
    if last is None:
        what = "nothing noted yet"
    elif due > today:
        what = f"you last spoke on {short_day(last, beside=today)}"
    else:
        count = (today - last).days
        what = f"{count} day{'' if count == 1 else 's'} since you spoke"
    return Reminder(
        id=key,
        kind="cadence",
        action=_AS_LAST.get(cadence.channel, Action.CALL),
        who=cadence.name,
        contact_id=cadence.contact_id,
        title=cadence.name,
        due=max(due, until),
        on=due,
        reason=f"{what} ({rule})",
        age=None,
        nearness=nearness(cadence.circle),
        household_id=cadence.household_id,
        every=every,
        last_on=last,
    )


def _of_season(work: SeasonWork, due: date, standpoint: Standpoint) -> Reminder:
    words = ["it is over: relcard season close"]
    if due <= work.day:
        words = [_this_evening(work, due, standpoint)] if work.left else []
        words += [_to_post(work.lying, due)] if work.lying else []
    return Reminder(
        id=f"season-{work.season_id}",
        kind="season",
        action=Action.SEASON,
        who=work.name,
        contact_id=None,
        title=work.name,
        due=due,
        on=work.day,
        reason=f"{work.total - len(work.left)} of {work.total} written - {'; '.join(words)}",
        age=None,
        nearness=UNSET + 1,
    )


def _to_post(last_days: Sequence[date], today: date) -> str:
    """Return how many cards lie here written, and by when the first of them must be posted."""
    first = min(last_days)
    by = "now" if first <= today else f"by {short_day(first, weekday=True, beside=today)}"
    return f"{len(last_days)} written {'lies' if len(last_days) == 1 else 'lie'} here: post {by}"


def _this_evening(work: SeasonWork, today: date, standpoint: Standpoint) -> str:
    """Return what the plan of a season has for this evening, or when the next one is: "tonight 6"."""
    # 1 ms of `today`, and only while a season is open.
    from relcard.domain.seasons.plan import kept_pace  # noqa: PLC0415
    from relcard.domain.seasons.plan import plan_evenings  # noqa: PLC0415

    cards = [(card.post_by, number) for number, card in enumerate(work.left) if card.post_by is not None]
    pace = kept_pace(standpoint.pace)
    plan = plan_evenings(cards, pace, today, standpoint.posted_on, work.tonight)
    lost = len(work.left) - sum(len(evening.cards) for evening in plan.evenings)
    words = f"; {lost} cannot come in time: relcard season plan" if lost else ""
    if not plan.evenings:
        return f"no evening is left{words}"
    on, pile = plan.evenings[0]
    when = "tonight" if on == today else short_day(on, weekday=True, beside=today)
    places = [work.left[number].place for evening in plan.evenings for number in evening.cards]
    first = f", {places[0]} first" if places[0] and any(place != places[0] for place in places) else ""
    return f"{when} {len(pile)}{first}{words}"


def by_due(reminder: Reminder) -> tuple[date, int, date, str, str]:
    """Return a reminder's place in the order of days: by due day, then the nearest first."""
    return (reminder.due, reminder.nearness, reminder.on, fold(reminder.who), reminder.id)

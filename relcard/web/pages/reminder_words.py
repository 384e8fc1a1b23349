"""A reminder in the words of the page: what to do, for whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.reminders.reminder import DATED

if TYPE_CHECKING:
    from relcard.domain.reminders.reminder import Reminder
    from relcard.web.visit import Visit


def reason_of(visit: Visit, part: Reminder) -> str:
    """Return why a reminder is told, in the language of the visit."""
    if part.kind == "cadence":
        return (
            visit.say("reminder.owed", day=visit.say_day(part.last_on))
            if part.last_on
            else visit.say("reminder.never")
        )
    if part.kind not in DATED:
        return visit.say(f"reminder.{part.kind}", day=visit.say_day(part.on))
    words = [_occasion(visit, part)]
    if part.age and part.kind in ("birthday", "anniversary"):
        words.append(visit.say(f"reminder.{part.kind}_years", part.age))
    if part.post_by is not None and part.post_by < part.on:
        late = part.post_by < visit.today
        words.append(
            visit.say("reminder.post_now" if late else "reminder.post_by", day=visit.say_day(part.post_by))
        )
    return " · ".join(words)


def _occasion(visit: Visit, part: Reminder) -> str:
    """Return which day it is, a day of the user's own under its own name."""
    key = part.kind
    label = part.title.removeprefix(f"{part.who}'s ") if key == "custom" else ""
    return visit.say(f"reminder.{key}", day=visit.say_day(part.on), label=label)

"""Reminders in a few words, for a line of a shell or a notification: what to do, a first name, by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.page import parts_of
from relcard.domain.reminders.reminder import DATED

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.reminders.reminder import Reminder

_WEEK = timedelta(days=7)


def in_brief(due: Reminder, name: str, today: date) -> str:
    """Return a reminder in few words: Write Jo by Wed, Call Ben today, Mum 15 days.

    `name` is by which the contact is called; a season has its own.
    """
    if due.contact_id is None:
        return f"{due.title}: {due.reason.rpartition(' - ')[2]}"
    if due.last_on is not None:
        days = (today - due.last_on).days
        return f"{name} {days} day{'' if days == 1 else 's'}"
    doing = f"{due.action.value} {name}"
    if due.kind not in DATED or due.on < today:
        return doing
    if due.post_by is not None and due.on > today:
        if due.post_by <= today:
            return f"{doing} {'today' if due.post_by == today else 'now'}"
        return f"{doing} by {_day(due.post_by, today)}"
    return f"{doing} {_day(due.on, today)}"


def _day(day: date, today: date) -> str:
    if day == today:
        return "today"
    if day - today == timedelta(days=1):
        return "tomorrow"
    return short_day(day, weekday=True)[:3] if day - today < _WEEK else short_day(day)


def is_pressing(line: Reminder, today: date) -> bool:
    """Whether something can still be in time, or is of the inner circle: what else there is can wait."""
    if line.contact_id is not None and line.nearness == Circle.INNER.nearness:
        return True
    return any(part.kind in DATED and part.on >= today for part in parts_of(line))

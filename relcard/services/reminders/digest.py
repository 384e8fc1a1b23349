"""What is due in a few words: a line for a shell, and the digest that a computer shows by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.reminders.digest import in_brief
from relcard.domain.reminders.digest import is_pressing
from relcard.services.reminders.today import read_today
from relcard.services.reminders.upcoming import lines_ahead
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.reminders.reminder import Reminder
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection

_NAMED = 2  # reminders in a line of a shell
_WEEK = 7  # days


def shell_line(db: Connection, standpoint: Standpoint) -> str:
    """Return the day in a line: "Write Jo by Wed · Mum 15 days · 3 more"; "" where nothing waits."""
    page = read_today(db, standpoint).page
    words = _in_brief(db, [line.reminder for line in page.shown[:_NAMED]], standpoint)
    more = len(page.shown) + len(page.rest) - len(words)
    return " · ".join([*words, *([f"{more} more"] if words and more else [])])


def read_digest(
    db: Connection, standpoint: Standpoint, *, weekly: bool = False, whole_names: bool = False
) -> list[str]:
    """Return what presses today, or in the week ahead, in few words; no line where nothing does.

    It is what can still be in time and what is of the inner circle, at most the user's number of lines.
    """
    if weekly:
        lines = lines_ahead(db, standpoint, days=_WEEK)
    else:
        page = read_today(db, standpoint).page
        lines = [line.reminder for line in (*page.shown, *page.rest)]
    pressing = [line for line in lines if is_pressing(line, standpoint.today)]
    words = _in_brief(db, pressing[: standpoint.daily], standpoint, whole_names=whole_names)
    more = len(pressing) - len(words)
    return [*words, *([f"and {more} more"] if more else [])]


def _in_brief(
    db: Connection, lines: Sequence[Reminder], standpoint: Standpoint, *, whole_names: bool = False
) -> list[str]:
    """Return reminders in few words, with first names; of a member it is the first word of the name."""
    if whole_names:
        return [in_brief(line, line.who, standpoint.today) for line in lines]
    known = contacts.first_names(db, [line.contact_id for line in lines if line.contact_id])
    return [
        in_brief(
            line,
            line.who.split(" ")[0] if line.is_of_member else known.get(line.contact_id or 0, line.who),
            standpoint.today,
        )
        for line in lines
    ]

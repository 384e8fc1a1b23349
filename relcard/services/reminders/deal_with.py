"""What is done about reminders: dealt with, and a word that was owed is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.reminders import reminder
from relcard.store import occasions
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.reminders.reminder import Dismissal
    from relcard.domain.reminders.reminder import Reminder
    from relcard.store.file.database import Connection


def deal_with(db: Connection, parts: Sequence[Reminder], channel: str, line: str, today: date) -> bool:
    """Log the word owed, or the one said to have passed, and let the reminders rest. True if logged."""
    owed = [part for part in parts if part.kind == "cadence"]
    with_whom = [part.contact_id for part in (*owed, *parts) if part.contact_id is not None]
    is_logged = bool(with_whom and (channel or owed or line))
    if is_logged:
        relationships.add_interaction(
            db, with_whom[0], channel=channel or "other", direction=relationships.TO_THEM, on=today, text=line
        )
    for part in parts:
        if part.kind != "cadence":
            keep(db, reminder.done(part, today), today)
    return is_logged


def keep(db: Connection, dismissal: Dismissal, today: date) -> None:
    """Let a reminder rest."""
    occasions.dismiss(db, dismissal.id, until=dismissal.until, today=today)

"""The first page: what to do today, each line with what can be done about it, and how the season stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.correspondence import CHANNELS
from relcard.domain.reminders import reminder
from relcard.domain.reminders.page import parts_of
from relcard.services.reminders.deal_with import deal_with
from relcard.services.reminders.deal_with import keep
from relcard.services.reminders.today import read_today
from relcard.store.seasons import open_counts
from relcard.web.pages.reminder_words import reason_of
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.domain.reminders.reminder import Reminder
    from relcard.store.file.database import Connection
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_SNOOZED = 3  # days


class _Item(NamedTuple):
    """A line of the day as it is shown; `ids` are the reminders that are dealt with together."""

    action: str
    who: str
    household_id: int | None
    reasons: list[str]
    ids: str
    is_owed: bool


def _show(visit: Visit) -> Response:
    with visit.reading() as db:
        page = read_today(db, visit.standpoint).page
        seasons = open_counts(db)
    lines = [line.reminder for line in page.shown if line.reminder.kind != "season"]
    return visit.page(
        "today.html",
        items=[_item(visit, line) for line in lines],
        more=len(page.rest),
        seasons=seasons,
    )


def _item(visit: Visit, line: Reminder) -> _Item:
    parts = parts_of(line)
    return _Item(
        action=visit.say(f"reminder.action_{line.action.value.lower()}"),
        who=line.who,
        household_id=line.household_id,
        reasons=[
            reason_of(visit, part) if part.who == line.who else f"{part.who}: {reason_of(visit, part)}"
            for part in parts
        ],
        ids=" ".join(part.id for part in (line, *line.parts)),
        is_owed=any(part.kind == "cadence" for part in parts),
    )


def _done(visit: Visit, form: Form) -> str:
    """Say of the reminders of a line that they are dealt with; how it was may be said with it."""
    channel = form.text("channel")
    if channel and channel not in CHANNELS:
        raise RefusalError(400, "bad_request")
    with visit.changing("done") as change:
        parts = _named(change.db, visit, form)
        deal_with(change.db, parts, channel, form.text("line"), visit.today)
    return visit.kept("/", change)


def _snooze(visit: Visit, form: Form) -> str:
    """Put the reminders of a line off by three days."""
    with visit.changing("snooze") as change:
        for part in _named(change.db, visit, form):
            until = max(part.due, visit.today) + timedelta(days=_SNOOZED)
            keep(change.db, reminder.snooze(part, until, visit.today), visit.today)
    return visit.kept("/", change)


def _named(db: Connection, visit: Visit, form: Form) -> list[Reminder]:
    """Return the reminders that a form speaks of; one that was dealt with meanwhile is none any more."""
    ids = set(form.text("ids").split())
    page = read_today(db, visit.standpoint).page
    parts = [part for line in (*page.shown, *page.rest) for part in (line.reminder, *line.reminder.parts)]
    return [part._replace(parts=()) for part in parts if part.id in ids]


ROUTES = (shows("/", _show), does("/done", _done), does("/snooze", _snooze))

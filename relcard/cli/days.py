"""Days that the user said, in words and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.domain.dates import known_day
from relcard.domain.dates import next_kept
from relcard.domain.kinds import OccasionKind

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.dates import PartialDate
    from relcard.domain.reminders.day import Day


def coming_words(day: PartialDate, kind: OccasionKind, today: date) -> str:
    """Return when a day of another calendar comes next: ", next 25 Sep 2027"; "" of one of ours."""
    if day.other is None:
        return ""
    kept = next_kept(day, today, in_memory=kind is OccasionKind.REMEMBRANCE)
    return f", next {output.plain_day(kept.on, today)}" if kept else ""


def day_words(day: Day, today: date | None = None) -> str:
    """Return a day as a page says it: "name day 26 Jul (visit, 10 days before)".

    With `today` one of another calendar has beside it when it comes next.
    """
    words = ["in memory"] if day.kind is OccasionKind.REMEMBRANCE else []
    words += ["once"] if day.is_once else []
    words += [day.way] if day.way else []
    words += [f"{output.plural(day.lead_days, 'day')} before"] if day.lead_days else []
    more = f" ({', '.join(words)})" if words else ""
    coming = coming_words(day.date, day.kind, today) if today else ""
    return f"{day.label} {known_day(day.date)}{coming}{more}"


def day_json(day: Day) -> output.Json:
    """Return a day for scripts."""
    return {
        "number": day.id,
        "what": day.label,
        "kind": day.kind.value,
        "date": str(day.date),
        "once": day.is_once,
        "way": day.way or None,
        "lead_days": day.lead_days,
    }

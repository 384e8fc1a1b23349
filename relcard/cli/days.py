"""Days that the user said, in words and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.domain.dates import known_day
from relcard.domain.kinds import OccasionKind

if TYPE_CHECKING:
    from relcard.domain.reminders.day import Day


def day_words(day: Day) -> str:
    """Return a day as a page says it: "name day 26 Jul (visit, 10 days before)"."""
    words = ["in memory"] if day.kind is OccasionKind.REMEMBRANCE else []
    words += ["once"] if day.is_once else []
    words += [day.way] if day.way else []
    words += [f"{output.plural(day.lead_days, 'day')} before"] if day.lead_days else []
    more = f" ({', '.join(words)})" if words else ""
    return f"{day.label} {known_day(day.date)}{more}"


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

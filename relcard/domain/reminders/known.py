"""What a reminder tells beside what is to do: what passed last, the newest note, the gift of last year."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.reminders.gift import GIVEN
from relcard.domain.reminders.gift import IDEA

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.dates import PartialDate

_MOST = 60  # letters of a note or a line


class Exchange(NamedTuple):
    """What passed last: how, from whom, when, and its words; with `year_alone` the day is not known."""

    channel: str
    from_them: bool
    on: date
    text: str
    year_alone: bool


class Known(NamedTuple):
    """What is known of a household. `gifts` are state, words and year; `deaths` names and days."""

    last: Exchange | None = None
    note: str = ""
    noted_on: date | None = None
    gifts: tuple[tuple[str, str, int | None], ...] = ()
    deaths: tuple[tuple[str, PartialDate], ...] = ()
    careful_until: date | None = None


def in_words(known: Known, today: date) -> list[str]:
    """Return what to have in mind when one writes, calls or visits, each in a few words."""
    words = []
    until = _careful_until(known, today)
    if until is not None:
        words.append(f"a careful year until {short_day(until, beside=today)}")
    if known.last is not None:
        words.append(_exchange(known.last, today))
    if known.note and known.noted_on is not None:
        words.append(f"{_short(known.note)} ({short_day(known.noted_on, beside=today)})")
    given = [what for state, what, year in known.gifts if state == GIVEN and year == today.year - 1]
    ideas = [what for state, what, _ in known.gifts if state == IDEA]
    words += [f"last year: {_short(', '.join(given))}"] if given else []
    words += [f"an idea: {_short(', '.join(ideas))}"] if ideas else []
    return words


def _careful_until(known: Known, today: date) -> date | None:
    """Return the last day of the careful time in which a household is, or None."""
    times = [careful_after_death(name, day) for name, day in known.deaths]
    days = [time.until for time in times if time is not None and time.since <= today]
    days += [known.careful_until] if known.careful_until else []
    until = max(days, default=None)
    return until if until is not None and until >= today else None


def _exchange(last: Exchange, today: date) -> str:
    """Return what passed last: "your card, 4 Dec 2025: forty is a rumour"."""
    if last.channel in ("card", "letter", "gift", "email", "message"):
        what = f"{'their' if last.from_them else 'your'} {last.channel}"
    else:
        what = "a word" if last.channel == "other" else f"a {last.channel}"
    when = str(last.on.year) if last.year_alone else short_day(last.on, beside=today)
    return f"last {what}, {when}{f': {_short(last.text)}' if last.text else ''}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1].rstrip()}…"

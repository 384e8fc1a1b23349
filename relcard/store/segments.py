"""Segments: filters with a name, kept as the options that were said.

`today` asks this module at every start, so that what reads a filter is loaded only when there is one to read.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UsageError

if TYPE_CHECKING:
    import sqlite3

    from relcard.domain.people.segment import Filter
    from relcard.domain.people.segment import Options


class SegmentRow(NamedTuple):
    """A filter with a name; `cadence_days` None leaves each contact its circle's cadence."""

    id: int
    name: str
    options: dict[str, Any]
    cadence_days: int | None
    saved_on: date


class SegmentCadence(NamedTuple):
    """How often to be in touch with a contact of a segment."""

    name: str
    days: int


_COLUMNS = "SELECT id, name, filter, cadence_days, saved_on FROM segment"


def every(db: sqlite3.Connection) -> list[SegmentRow]:
    """Return the segments by name."""
    segments = [_row(row) for row in db.execute(f"{_COLUMNS} ORDER BY id")]
    return sorted(segments, key=_folded_name)


def find(db: sqlite3.Connection, name: str) -> SegmentRow:
    """Return the segment of that name, in capitals or not. Raises `NotFoundError` naming those there are."""
    known = every(db)
    for segment in known:
        if _folded_name(segment) == fold(name):
            return segment
    raise NotFoundError(
        f'There is no segment "{name}".'
        + (f" There are: {', '.join(segment.name for segment in known)}." if known else ""),
        hint="relcard segment save NAME and filters as those of list make one.",
    )


def read(db: sqlite3.Connection, name: str, today: date) -> Filter:
    """Return the filter that the segment of that name comes to on a day.

    Raises `NotFoundError`, and `UsageError` when this program does not know a filter the segment has.
    """
    from relcard.domain.people import segment  # noqa: PLC0415  4 ms, which `today` need not spend

    kept = find(db, name)
    try:
        return segment.read(kept.options, today)
    except UsageError as error:
        raise UsageError(
            f"The segment {kept.name} cannot be read. {error.message}", hint=error.hint
        ) from error


def save(db: sqlite3.Connection, name: str, options: Options, *, today: date) -> bool:
    """Keep a filter under a name; return whether there was a segment of that name, whose cadence stays."""
    text = json.dumps(options, ensure_ascii=False)
    for segment in every(db):
        if _folded_name(segment) == fold(name):
            db.execute(
                "UPDATE segment SET filter = ?, saved_on = ? WHERE id = ? AND filter <> ?",
                (text, today.isoformat(), segment.id, text),
            )
            return True
    db.execute(
        "INSERT INTO segment (name, filter, saved_on) VALUES (?, ?, ?)", (name, text, today.isoformat())
    )
    return False


def drop(db: sqlite3.Connection, segment_id: int) -> None:
    """Forget a segment; its contacts stay as they are."""
    db.execute("DELETE FROM segment WHERE id = ?", (segment_id,))


def set_cadence(db: sqlite3.Connection, segment_id: int, days: int | None) -> None:
    """Keep the cadence of a segment in days; None leaves its contacts to their circles."""
    db.execute(
        "UPDATE segment SET cadence_days = ? WHERE id = ? AND cadence_days IS NOT ?", (days, segment_id, days)
    )


def cadences(
    db: sqlite3.Connection, today: date, *, household_id: int | None = None
) -> dict[int, SegmentCadence]:
    """Return the cadence that segments give to contacts, or those of a household: of several the shortest.

    0 is never, which another segment's days go before.

    A segment whose filter this program cannot read gives none: a page of reminders is no place to fail.
    """
    rows = [
        _row(row)
        for row in db.execute(
            f"""{_COLUMNS} WHERE cadence_days IS NOT NULL
                ORDER BY cadence_days > 0, cadence_days DESC, id DESC"""
        )
    ]
    if not rows:
        return {}
    from relcard.domain.people import segment  # noqa: PLC0415  both 5 ms, and `today` mostly has no segments
    from relcard.store import filters  # noqa: PLC0415

    readable: list[tuple[SegmentCadence, Filter]] = []
    for row in rows:
        try:
            wanted = segment.read(row.options, today)
        except UsageError:
            continue
        assert row.cadence_days is not None  # noqa: S101  asked for above
        readable.append((SegmentCadence(row.name, row.cadence_days), wanted))
    numbered = filters.numbered(db, [wanted for _, wanted in readable], household_id=household_id)
    # The shortest comes last and stays.
    return {member: readable[number][0] for number, member in sorted(numbered)}


def _row(row: tuple[int, str, str, int | None, str]) -> SegmentRow:
    return SegmentRow(
        id=row[0],
        name=row[1],
        options=json.loads(row[2]),
        cadence_days=row[3],
        saved_on=date.fromisoformat(row[4]),
    )


def _folded_name(segment: SegmentRow) -> str:
    return fold(segment.name)

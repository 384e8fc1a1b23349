"""Drift from the store: each circle beside what the whole record shows, and the answers given so far."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.people import drift
from relcard.services.people.read_warmth import read_warmth
from relcard.store import occasions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.circle import CircleRule
    from relcard.services.people.read_warmth import Warm
    from relcard.store.file.database import Connection


def find_drift(
    db: Connection,
    *,
    rules: Mapping[Circle, CircleRule],
    today: date,
    organisers: Mapping[int, int] | None = None,
) -> list[drift.Drift]:
    """Return which living people have moved from their circle and were not answered for yet.

    Organisations are not asked about: they write to everybody.
    """
    warm = read_warmth(db, today=today, organisers=organisers)
    standings = [_standing(person, today) for person in warm]
    return drift.find(
        [standing for standing in standings if standing is not None],
        rules=rules,
        today=today,
        dismissals=occasions.dismissals(db),
    )


def rest(db: Connection, contact_ids: Iterable[int], *, days: int, today: date) -> date:
    """Ask nothing of some contacts for some days, inside the step the caller holds; return until when."""
    until = today + timedelta(days=days)
    for contact_id in contact_ids:
        occasions.dismiss(db, drift.rest_key(contact_id), until=until, today=today)
    return until


def as_it_should_be(db: Connection, found: drift.Drift, *, today: date) -> None:
    """Remember that this gap is as it should be, inside the step the caller holds."""
    occasions.dismiss(db, found.key, until=None, today=today)


def _standing(warm: Warm, today: date) -> drift.Standing | None:
    person = warm.person
    if person.has_died or person.is_organisation or person.circle is None:
        return None
    past = [word for word in warm.history if word.on <= today]
    return drift.Standing(
        contact_id=person.contact_id,
        uid=person.uid,
        name=person.name,
        circle=person.circle,
        since=person.since,
        days=tuple(sorted({word.on for word in past})),
        last_channel=past[-1].channel.value if past else "",
        cadence_days=person.cadence_days,
        warmth=warm.warmth.total,
        household_id=person.household_id,
    )

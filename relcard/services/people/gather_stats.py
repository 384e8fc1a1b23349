"""What the store has to look at, in a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people import stats
from relcard.domain.people.circle import Circle
from relcard.store import contact_histories
from relcard.store import households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from relcard.store.file.database import Connection


def gather_stats(db: Connection, *, today: date) -> stats.Stats:
    """Return the store in numbers. Who has died is in none of them but the cards."""
    counts = contact_histories.circle_counts(db)
    inner = [
        person
        for person in contact_histories.people_in_circles(db)
        if person.circle is Circle.INNER and not person.has_died and not person.is_organisation
    ]
    days: dict[int, list[date]] = {person.contact_id: [] for person in inner}
    for word in contact_histories.words(db, days):
        days[word.contact_id].append(word.on)
    return stats.Stats(
        contacts=sum(counts.values()),
        without_circle=counts.get(None, 0),
        circles=stats.filled(counts),
        years=stats.card_years(_envelopes(db), today),
        inner=tuple(stats.strip(person.uid, person.name, days[person.contact_id], today) for person in inner),
        birthdays=stats.by_month(contact_histories.birthdays(db)),
        countries=tuple(contact_histories.country_counts(db)),
    )


def _envelopes(db: Connection) -> Iterator[tuple[object, int, bool, bool]]:
    """Yield every card ever exchanged, under a name of its envelope: the household, and season or day."""
    ids = [row.id for row in households.every(db)]
    for card in seasons.cards_exchanged(db, ids):
        year = card.on.year if card.on else card.year
        if year is not None:
            yield (card.household_id, card.on or card.occasion), year, card.to_them, card.from_them

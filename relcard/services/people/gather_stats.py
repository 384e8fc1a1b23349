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
        one
        for one in contact_histories.people_in_circles(db)
        if one.circle is Circle.INNER and not one.has_died and not one.is_organisation
    ]
    days: dict[int, list[date]] = {one.contact_id: [] for one in inner}
    for word in contact_histories.words(db, days):
        days[word.contact_id].append(word.on)
    return stats.Stats(
        contacts=sum(counts.values()),
        without_circle=counts.get(None, 0),
        circles=stats.filled(counts),
        years=stats.card_years(_envelopes(db), today),
        inner=tuple(stats.strip(one.uid, one.name, days[one.contact_id], today) for one in inner),
        birthdays=stats.by_month(contact_histories.birthdays(db)),
        countries=tuple(contact_histories.country_counts(db)),
    )


def _envelopes(db: Connection) -> Iterator[tuple[object, int, bool, bool]]:
    """Yield every card ever exchanged, under a name of its envelope: the household, and season or day."""
    ids = [one.id for one in households.every(db)]
    for card in seasons.cards_exchanged(db, ids):
        year = card.on.year if card.on else card.year
        if year is not None:
            yield (card.household_id, card.on or card.occasion), year, card.to_them, card.from_them

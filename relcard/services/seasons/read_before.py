"""What the people of a household have read: their earlier cards, and this season's to their family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.seasons.tone.repeats import Before
from relcard.store import seasons
from relcard.store import years
from relcard.store.relations import between_households

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection


def read_before(db: Connection, recipients: Sequence[Recipient]) -> dict[int, tuple[Before, ...]]:
    """Return by household what its people have read or will read beside their card of a season.

    A household outside any season has nothing here: no words are kept for it.
    """
    cards = {recipient.row.id: recipient.household.id for recipient in recipients if recipient.row}
    before: dict[int, list[Before]] = {household_id: [] for household_id in cards.values()}
    if not cards:
        return {}
    for line in years.years(db, before):
        if line.to_them and line.text:
            before[line.household_id].append(Before(line.text, f"you wrote this to them in {line.year}"))
    for card in seasons.printed_before(db, cards):
        before[card.household_id].append(Before(card.words, f"this was printed for them in {card.year}"))
    for here, family in _of_family(db, recipients):
        before[here].append(family)
    return {household_id: tuple(read) for household_id, read in before.items()}


def _of_family(db: Connection, recipients: Sequence[Recipient]) -> Iterator[tuple[int, Before]]:
    """Yield what a person wrote in the same season for households related to those of some cards."""
    related = between_households(db)
    for season_id in {recipient.row.season_id for recipient in recipients if recipient.row}:
        written = seasons.edited_words(db, season_id)
        for recipient in recipients:
            if recipient.row and recipient.row.season_id == season_id:
                kin = related.get(recipient.household.id, ())
                for card in written:
                    if card.household_id in kin:
                        where = f"this is on the card of {card.name} too"
                        yield recipient.household.id, Before(card.words, where)

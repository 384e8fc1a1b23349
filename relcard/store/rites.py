"""What rites ask of the store beside households and contacts: the cards on the desk for some households."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class OpenCard(NamedTuple):
    """One household's card in a season that is open."""

    id: int
    season: str
    household_id: int
    state: str
    has_words: bool
    edited: bool  # a person wrote these words
    received: bool


def open_cards(db: sqlite3.Connection, household_ids: Iterable[int]) -> list[OpenCard]:
    """Return the cards of some households in the seasons that are open."""
    found = db.execute(
        """SELECT recipient.id, season.name, household_id, state, front IS NOT NULL, edited,
                  received_on IS NOT NULL
           FROM recipient JOIN season ON season.id = season_id
           WHERE closed_on IS NULL AND household_id IN (SELECT value FROM json_each(?))
           ORDER BY recipient.id""",
        (json.dumps(list(household_ids)),),
    )
    return [OpenCard(*row[:4], *map(bool, row[4:])) for row in found]


def plan_again(db: sqlite3.Connection, recipient_id: int) -> None:
    """Forget the words the program drafted for a card not yet written; words a person wrote stand."""
    db.execute(
        """UPDATE recipient SET state = 'planned', front = NULL, inside = NULL
           WHERE id = ? AND edited = 0 AND state IN ('drafted', 'printed')""",
        (recipient_id,),
    )

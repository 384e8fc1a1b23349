"""The cards and letters of each year: of seasons, of a day, and of lists that know the year alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.store import CARD_YEAR
from relcard.store import IS_GREETING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class YearRow(NamedTuple):
    """What went to and came from one household in one year, and the line on it, "" without."""

    household_id: int
    year: int
    to_them: bool
    from_them: bool
    text: str


def years(db: sqlite3.Connection, household_ids: Iterable[int] | None = None) -> list[YearRow]:
    """Return the cards and letters of some households or of all, each year and line once, oldest first.

    A card that was printed counts as sent. A card of January is of the year before.
    """
    wanted = None if household_ids is None else json.dumps(list(household_ids))
    rows = db.execute(
        f"""SELECT household_id, season.year AS year, 1, 0, ''
           FROM recipient JOIN season ON season.id = season_id
           WHERE state IN ('printed', 'written', 'posted', 'returned')
             AND (:wanted IS NULL OR household_id IN (SELECT value FROM json_each(:wanted)))
           UNION
           SELECT household_id, season.year, 0, 1, '' FROM recipient JOIN season ON season.id = season_id
           WHERE received_on IS NOT NULL
             AND (:wanted IS NULL OR household_id IN (SELECT value FROM json_each(:wanted)))
           UNION
           SELECT household_id,
                  coalesce(season.year, {CARD_YEAR}),
                  direction = 'to them', direction = 'from them', text
           FROM interaction JOIN membership USING (contact_id) LEFT JOIN season ON season.id = season_id
           WHERE channel IN ('card', 'letter') AND {IS_GREETING}
             AND (:wanted IS NULL OR household_id IN (SELECT value FROM json_each(:wanted)))
           ORDER BY 1, 2""",
        {"wanted": wanted},
    )
    return [YearRow(row[0], row[1], bool(row[2]), bool(row[3]), row[4]) for row in rows]


# In the words of `marks`: "2024t" a card to them in 2024, "2024f" one from them.
_MARKS = f"""
    SELECT household_id, group_concat(mark, ' ') FROM (
        SELECT household_id, season.year || 't' AS mark FROM recipient JOIN season ON season.id = season_id
        WHERE state IN ('printed', 'written', 'posted', 'returned')
        UNION ALL
        SELECT household_id, season.year || 'f' FROM recipient JOIN season ON season.id = season_id
        WHERE received_on IS NOT NULL
        UNION ALL
        SELECT household_id, marks FROM membership JOIN (
            SELECT contact_id,
                   group_concat(CASE WHEN season_id IS NOT NULL
                                     THEN (SELECT year FROM season WHERE season.id = season_id)
                                     WHEN length(happened_on) = 4 THEN happened_on
                                     ELSE {CARD_YEAR} END || substr(direction, 1, 1), ' ') AS marks
            FROM interaction WHERE channel IN ('card', 'letter') AND {IS_GREETING} GROUP BY contact_id
        ) USING (contact_id)
    ) GROUP BY household_id
"""


def marks(db: sqlite3.Connection) -> dict[int, str]:
    """Return of every household with cards or letters which years they were of, without their lines.

    Thousands of households with ten years each take a third of the time that `years` takes.
    """
    return dict(db.execute(_MARKS))


class SeasonCardRow(NamedTuple):
    """A household's card in a season of one year."""

    recipient_id: int
    season_id: int
    state: str
    has_words: bool


def season_cards(db: sqlite3.Connection, household_id: int, year: int) -> list[SeasonCardRow]:
    """Return the household's cards in the seasons of a year, that of the newest season first."""
    rows = db.execute(
        """SELECT recipient.id, season_id, state, front IS NOT NULL
           FROM recipient JOIN season ON season.id = season_id
           WHERE household_id = ? AND year = ? ORDER BY season_id DESC""",
        (household_id, year),
    )
    return [SeasonCardRow(row[0], row[1], row[2], bool(row[3])) for row in rows]


_OF_YEAR = f"""
    channel IN ('card', 'letter') AND direction = :direction AND {IS_GREETING}
    AND contact_id IN (SELECT value FROM json_each(:contacts))
    AND coalesce((SELECT year FROM season WHERE season.id = season_id), {CARD_YEAR}) = :year
"""


def remove_cards(db: sqlite3.Connection, contact_ids: Iterable[int], year: int, direction: str) -> None:
    """Forget the cards and letters of one way of some contacts in a year, with their lines."""
    wanted = {"contacts": json.dumps(list(contact_ids)), "year": year, "direction": direction}
    db.execute(f"DELETE FROM interaction WHERE {_OF_YEAR}", wanted)


def set_line(
    db: sqlite3.Connection, contact_ids: Iterable[int], year: int, direction: str, text: str
) -> None:
    """Put a line on the first card of each contact in a year and way, and take it off the others."""
    wanted = {"contacts": json.dumps(list(contact_ids)), "year": year, "direction": direction}
    rows = db.execute(f"SELECT min(id) FROM interaction WHERE {_OF_YEAR} GROUP BY contact_id", wanted)
    first = json.dumps([row[0] for row in rows])
    db.execute(
        f"""UPDATE interaction
            SET text = CASE WHEN id IN (SELECT value FROM json_each(:first)) THEN :text ELSE '' END
            WHERE {_OF_YEAR}""",
        {**wanted, "first": first, "text": text},
    )

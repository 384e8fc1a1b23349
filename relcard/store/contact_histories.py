"""What passed with many contacts over the whole history, in queries whose number is always the same."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.dates import day_of_word
from relcard.domain.people.circle import Circle
from relcard.domain.people.relations import FAMILY
from relcard.store import WITH_CADENCE
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Sequence

# The keys of a fact that says since when a contact is known: what passed before there was a store.
KNOWN_SINCE = ("known since", "met")


class PersonRow(NamedTuple):
    """A contact and how it stands to the user; `known_since` is what a fact says, as it was typed."""

    contact_id: int
    uid: str
    name: str
    is_organisation: bool
    circle: Circle | None
    since: date  # the day the circle was said, else the day the contact was added
    cadence_days: int | None
    added_on: date
    known_since: str
    household_id: int | None
    has_died: bool


class WordRow(NamedTuple):
    """An interaction without its text."""

    contact_id: int
    channel: str
    direction: str
    on: date


_PEOPLE = f"""
    SELECT contact.id, uid, contact.name, kind = 'org', circle, coalesce(said_on, added_on), days,
           added_on,
           coalesce((SELECT value FROM fact WHERE contact_id = contact.id
                     AND lower(key) IN {KNOWN_SINCE!r} ORDER BY key LIMIT 1), ''),
           household_id,
           EXISTS (SELECT 1 FROM occasion WHERE contact_id = contact.id AND kind = 'remembrance')
    FROM contact LEFT JOIN membership ON membership.contact_id = contact.id {WITH_CIRCLE} {WITH_CADENCE}
"""


def people_in_circles(db: sqlite3.Connection) -> list[PersonRow]:
    """Return every contact with a circle and all of their households, by sort key."""
    return _people(
        db,
        """archived_on IS NULL AND (circle IS NOT NULL OR household_id IN
           (SELECT household_id FROM circle JOIN membership USING (contact_id)
            JOIN contact ON contact.id = contact_id WHERE archived_on IS NULL))""",
    )


def people_of_household(db: sqlite3.Connection, contact_id: int) -> list[PersonRow]:
    """Return a contact and those of its household, by sort key."""
    return _people(
        db,
        """archived_on IS NULL AND (contact.id = :wanted OR household_id =
           (SELECT household_id FROM membership WHERE contact_id = :wanted))""",
        wanted=contact_id,
    )


def _people(db: sqlite3.Connection, where: str, **values: object) -> list[PersonRow]:
    rows = db.execute(f"{_PEOPLE} WHERE {where} ORDER BY sort_key, contact.id", values)
    return [
        PersonRow(
            contact_id=row[0],
            uid=row[1],
            name=row[2],
            is_organisation=bool(row[3]),
            circle=Circle(row[4]) if row[4] else None,
            since=date.fromisoformat(row[5]),
            cadence_days=row[6],
            added_on=date.fromisoformat(row[7]),
            known_since=row[8],
            household_id=row[9],
            has_died=bool(row[10]),
        )
        for row in rows
    ]


def words(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[WordRow]:
    """Return all that ever passed with some contacts, oldest first."""
    rows = db.execute(
        """SELECT contact_id, channel, direction, happened_on FROM interaction
           WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY happened_on, id""",
        (json.dumps(list(contact_ids)),),
    )
    return [_word(row) for row in rows]


def words_through(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[WordRow]]:
    """Return what some contacts brought about with others, by them, oldest first."""
    through: dict[int, list[WordRow]] = {}
    for organiser, *row in db.execute(
        """SELECT through.contact_id, interaction.contact_id, channel, direction, happened_on
           FROM through JOIN interaction ON interaction.id = interaction_id
           WHERE through.contact_id IN (SELECT value FROM json_each(?))
           ORDER BY happened_on, interaction.id""",
        (json.dumps(list(contact_ids)),),
    ):
        through.setdefault(organiser, []).append(_word(row))
    return through


def _word(row: Sequence[Any]) -> WordRow:
    return WordRow(row[0], row[1], row[2], day_of_word(row[3]))


def note_through(db: sqlite3.Connection, contact_ids: Iterable[int], organiser: int) -> None:
    """Keep who brought about what passed with some contacts until now."""
    db.execute(
        """INSERT INTO through (interaction_id, contact_id)
           SELECT id, :organiser FROM interaction
           WHERE contact_id <> :organiser AND contact_id IN (SELECT value FROM json_each(:wanted))
           ON CONFLICT (interaction_id, contact_id) DO NOTHING""",
        {"organiser": organiser, "wanted": json.dumps(list(contact_ids))},
    )


def families(db: sqlite3.Connection, organisers: Iterable[int]) -> dict[int, list[int]]:
    """Return those who live elsewhere in the households of the families of some contacts, by contact.

    A family is said by hand (`relation`): parent, child, sibling and what the table of kinds has beside them.
    """
    found: dict[int, list[int]] = {}
    for organiser, contact_id in db.execute(
        """WITH said AS (
               SELECT contact_id AS organiser, other_id AS relative, kind FROM relation
               UNION ALL SELECT other_id, contact_id, kind FROM relation)
           SELECT DISTINCT said.organiser, there.contact_id
           FROM said
           JOIN membership AS home ON home.contact_id = said.relative
           JOIN membership AS there ON there.household_id = home.household_id
           JOIN membership AS own ON own.contact_id = said.organiser
           WHERE said.organiser IN (SELECT value FROM json_each(:organisers))
             AND kind IN (SELECT value FROM json_each(:kinds))
             AND there.household_id <> own.household_id
           ORDER BY 1, 2""",
        {"organisers": json.dumps(list(organisers)), "kinds": json.dumps(sorted(FAMILY))},
    ):
        found.setdefault(organiser, []).append(contact_id)
    return found


def people(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[PersonRow]:
    """Return some contacts, archived ones too, by sort key."""
    return _people(
        db,
        "contact.id IN (SELECT value FROM json_each(:wanted))",
        wanted=json.dumps(list(contact_ids)),
    )


def circle_counts(db: sqlite3.Connection) -> dict[Circle | None, int]:
    """Return the number of living contacts in each circle; None stands for those without one."""
    rows = db.execute(
        f"""SELECT circle, count(*) FROM contact {WITH_CIRCLE}
           WHERE archived_on IS NULL
             AND NOT EXISTS (SELECT 1 FROM occasion
                             WHERE contact_id = contact.id AND kind = 'remembrance')
           GROUP BY circle"""
    )
    return {Circle(row[0]) if row[0] else None: row[1] for row in rows}


def birthdays(db: sqlite3.Connection) -> list[PartialDate]:
    """Return the birthdays of the living, one a contact."""
    rows = db.execute(
        """SELECT min(date) FROM occasion AS birth JOIN contact ON contact.id = contact_id
           WHERE birth.kind = 'birthday' AND birth.month_day IS NOT 0 AND archived_on IS NULL
           AND NOT EXISTS (SELECT 1 FROM occasion
                           WHERE contact_id = birth.contact_id AND kind = 'remembrance')
           GROUP BY contact_id"""
    )
    return [PartialDate.parse(row[0]) for row in rows]


def country_counts(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return country codes ("" of addresses without one), each with its living contacts, the most first."""
    rows = db.execute(
        """SELECT country, count(*) FROM contact
           WHERE archived_on IS NULL
             AND EXISTS (SELECT 1 FROM address WHERE contact_id = contact.id AND retired_on IS NULL)
             AND NOT EXISTS (SELECT 1 FROM occasion
                             WHERE contact_id = contact.id AND kind = 'remembrance')
           GROUP BY country ORDER BY count(*) DESC, country"""
    )
    return [(row[0], row[1]) for row in rows]

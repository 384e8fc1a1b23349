"""The last words with households: when they were, what they answer, what waits for one, what is known."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.dates import day_of_word
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.known import Exchange
from relcard.domain.reminders.known import Known
from relcard.domain.reminders.occasion import Answer
from relcard.domain.reminders.waiting import Waiting
from relcard.store import IS_GROWN
from relcard.store import WITH_CADENCE
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

# The words are those of the index interaction_that_came.
_CAME = "direction = 'from them' AND (channel = 'letter' OR channel = 'gift')"


class CadenceRow(NamedTuple):
    """An adult to be in touch with, and when there was last a word with them and with their household."""

    contact_id: int
    household_id: int | None
    name: str
    circle: Circle | None
    cadence_days: int | None  # 0: never; None: as the segment or the circle has it
    since: date  # the day the circle was said, else that on which the contact was added
    spoken_on: date | None
    household_spoken_on: date | None
    channel: str  # of that last word with the household


def cadences(
    db: sqlite3.Connection,
    today: date,
    *,
    spoken_by: date | None = None,
    household_id: int | None = None,
    also: Iterable[int] = (),
) -> list[CadenceRow]:
    """Return every living adult in a circle, or those of a household, with the days of the last words.

    `also` are contacts to return whatever their circle. What is dated after today, by a wrong clock, does not
    count, nor what is after `spoken_by`.
    """
    at_home = "contact_id IN (SELECT contact_id FROM membership WHERE household_id = :household)"
    rows = db.execute(
        f"""SELECT contact.id, membership.household_id, name, circle, days,
                  min(coalesce(said_on, added_on), :today),
                  (SELECT max(happened_on) FROM interaction
                   WHERE contact_id = contact.id AND happened_on <= :spoken_by),
                  (SELECT max(happened_on || ' ' || channel) FROM membership AS home
                   JOIN interaction ON interaction.contact_id = home.contact_id
                   WHERE home.household_id = membership.household_id AND happened_on <= :spoken_by)
           FROM contact LEFT JOIN membership ON membership.contact_id = contact.id
                {WITH_CIRCLE} {WITH_CADENCE}
           WHERE contact.id IN (SELECT contact_id FROM circle
                                WHERE circle <> 'none' {"" if household_id is None else f"AND {at_home}"}
                                UNION ALL SELECT value FROM json_each(:others))
             AND (kind = 'individual' OR contact.id IN (SELECT value FROM json_each(:others)))
             AND archived_on IS NULL
             AND NOT EXISTS (SELECT 1 FROM occasion WHERE contact_id = contact.id AND kind = 'remembrance')
             AND {IS_GROWN}
             {"" if household_id is None else "AND membership.household_id = :household"}
           ORDER BY +contact.id""",
        {
            "today": today.isoformat(),
            "spoken_by": (spoken_by or today).isoformat(),
            "year": today.year,
            "others": json.dumps(list(also)),
            "household": household_id,
        },
    )
    return [
        CadenceRow(
            contact_id=row[0],
            household_id=row[1],
            name=row[2],
            circle=Circle(row[3]) if row[3] else None,
            cadence_days=row[4],
            since=date.fromisoformat(row[5]),
            spoken_on=day_of_word(row[6]) if row[6] else None,
            household_spoken_on=day_of_word(row[7].partition(" ")[0]) if row[7] else None,
            channel=row[7].partition(" ")[2] if row[7] else "",
        )
        for row in rows
    ]


def answers(
    db: sqlite3.Connection,
    contact_ids: Iterable[int],
    household_ids: Iterable[int],
    first: date,
    last: date,
) -> list[tuple[int, int | None, Answer]]:
    """Return the cards, letters and calls to some contacts and households in some days, but those of seasons.

    Each with the contact and the household it went to.
    """
    rows = db.execute(
        """SELECT contact_id, household_id, happened_on, channel <> 'call', occasion, member_id
           FROM interaction LEFT JOIN membership USING (contact_id)
           WHERE contact_id IN (SELECT value FROM json_each(?)
                                UNION SELECT contact_id FROM membership
                                WHERE household_id IN (SELECT value FROM json_each(?)))
             AND happened_on BETWEEN ? AND ?
             AND direction = 'to them' AND channel IN ('card', 'letter', 'call') AND season_id IS NULL
             AND length(happened_on) = 10""",
        (
            json.dumps(list(contact_ids)),
            json.dumps(list(household_ids)),
            first.isoformat(),
            last.isoformat(),
        ),
    )
    return [
        (contact_id, household_id, Answer(date.fromisoformat(on), bool(written), *of_whom))
        for contact_id, household_id, on, written, *of_whom in rows
    ]


def waiting(
    db: sqlite3.Connection, first: date, last: date, *, household_id: int | None = None
) -> list[Waiting]:
    """Return the letters and gifts that came from one day to another, and nobody there had a word since.

    So are the cards of closed seasons that no card or letter answers: those of an open one are in its plan. A
    gift of a year long past was noted late, and is no news.
    """
    rows = db.execute(
        f"""WITH came AS (
               SELECT iif(channel = 'gift', 'thanks-i', 'answer-') || id AS reminder, contact_id,
                      happened_on AS came_on, text AS what, channel = 'gift' AS is_gift
               FROM interaction
               WHERE {_CAME} AND length(happened_on) = 10 AND happened_on BETWEEN :first AND :last
               UNION ALL
               SELECT 'thanks-' || id, contact_id, noted_on, what, 1 FROM gift
               WHERE state = 'got' AND noted_on BETWEEN :first AND :last
                     AND coalesce(year, 9999) >= substr(noted_on, 1, 4) - (substr(noted_on, 6, 2) < '03')
               UNION ALL
               SELECT 'answer-card-' || recipient.id,
                      (SELECT min(membership.contact_id)
                       FROM membership JOIN contact ON contact.id = membership.contact_id
                       WHERE membership.household_id = recipient.household_id AND archived_on IS NULL
                             AND contact.id NOT IN (SELECT contact_id FROM occasion
                                                    WHERE kind = 'remembrance')),
                      received_on, '', 0
               FROM recipient JOIN season ON season.id = season_id
               WHERE closed_on IS NOT NULL AND state IN ('planned', 'drafted', 'printed')
                     AND received_on BETWEEN :first AND :last)
           SELECT reminder, contact.id, name, circle, home.household_id, came_on, what, is_gift
           FROM came JOIN contact ON contact.id = came.contact_id
           JOIN membership AS home ON home.contact_id = contact.id {WITH_CIRCLE}
           WHERE archived_on IS NULL AND circle IS NOT 'none'
                 {"" if household_id is None else "AND home.household_id = :household_id"}
                 AND NOT EXISTS (SELECT 1 FROM occasion
                                 WHERE contact_id = contact.id AND kind = 'remembrance')
                 AND NOT EXISTS (
                     SELECT 1 FROM membership AS other JOIN interaction USING (contact_id)
                     WHERE other.household_id = home.household_id AND direction = 'to them'
                           AND (reminder NOT LIKE 'answer-card-%' OR channel IN ('card', 'letter'))
                           AND happened_on BETWEEN came_on AND :last)
           ORDER BY came_on, reminder""",
        {"first": first.isoformat(), "last": last.isoformat(), "household_id": household_id},
    )
    return [
        Waiting(
            id=row[0],
            contact_id=row[1],
            name=row[2],
            circle=Circle(row[3]) if row[3] else None,
            household_id=row[4],
            came_on=date.fromisoformat(row[5]),
            what=row[6],
            is_gift=bool(row[7]),
            is_card=row[0].startswith("answer-card-"),
        )
        for row in rows
    ]


def known_of(db: sqlite3.Connection, household_ids: Iterable[int], today: date) -> dict[int, Known]:
    """Return what is known of some households: what passed last, the newest note, gifts, careful times."""
    values = {"homes": json.dumps(list(household_ids)), "today": today.isoformat()}
    of_home = "household_id IN (SELECT value FROM json_each(:homes))"
    known: dict[int, Known] = {}
    for household_id, channel, direction, on, text, _ in db.execute(
        f"""SELECT household_id, channel, direction, happened_on, text,
                   max(happened_on || printf(' %012d', interaction.id))
            FROM membership JOIN interaction USING (contact_id)
            WHERE {of_home} AND happened_on <= :today GROUP BY household_id""",
        values,
    ):
        last = Exchange(channel, direction == "from them", day_of_word(on), text, len(on) == len("2019"))
        known[household_id] = Known(last)
    for household_id, on, text, _ in db.execute(
        f"""SELECT household_id, noted_on, text, max(noted_on || printf(' %012d', note.id))
            FROM membership JOIN note USING (contact_id)
            WHERE {of_home} AND noted_on <= :today GROUP BY household_id""",
        values,
    ):
        there = known.get(household_id, Known())
        known[household_id] = there._replace(note=text, noted_on=date.fromisoformat(on))
    for household_id, state, what, year in db.execute(
        f"""SELECT household_id, state, what, year FROM membership JOIN gift USING (contact_id)
            WHERE {of_home} AND state <> 'got' ORDER BY gift.id""",
        values,
    ):
        there = known.get(household_id, Known())
        known[household_id] = there._replace(gifts=(*there.gifts, (state, what, year)))
    for household_id, name, died_on, until in db.execute(
        f"""SELECT household_id, name, occasion.date, iif(cheer_on IS NULL, careful_until, NULL)
            FROM membership JOIN household ON household.id = household_id
            JOIN contact ON contact.id = membership.contact_id
            LEFT JOIN occasion ON occasion.contact_id = contact.id AND occasion.kind = 'remembrance'
            WHERE {of_home} AND (occasion.id IS NOT NULL OR careful_until IS NOT NULL)""",
        values,
    ):
        there = known.get(household_id, Known())
        died = (*there.deaths, (name, PartialDate.parse(died_on))) if died_on else there.deaths
        known[household_id] = there._replace(
            deaths=died, careful_until=date.fromisoformat(until) if until else None
        )
    return known

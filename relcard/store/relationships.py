"""What stands between the user and a contact: circle, tags, facts, notes and interactions."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple

from relcard.domain.dates import day_of_word
from relcard.domain.people.circle import Circle
from relcard.store import CARD_YEAR

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.seasons.years import YearCard

TO_THEM = "to them"
FROM_THEM = "from them"


class Fact(NamedTuple):
    """Lasting knowledge: a key and a value."""

    key: str
    value: str
    noted_on: date
    ours: bool | None = None  # on both laptops, or here alone; None: as all facts


class Note(NamedTuple):
    """Dated knowledge."""

    noted_on: date
    text: str
    contact_id: int
    id: int  # its number on the page, which it keeps
    ours: bool | None = None  # as of a fact


class InteractionRow(NamedTuple):
    """A visit, call, letter or card, in one direction."""

    contact_id: int
    channel: str
    direction: str
    on: date
    text: str
    id: int  # its number on the page, which it keeps
    season_id: int | None
    occasion: str = ""  # of a card outside the seasons
    member_id: int | None = None  # whose day it was, of somebody without a vCard
    ours: bool | None = None  # as of a fact
    year_alone: bool = False  # the day is not known: `on` is in December

    @property
    def said_on(self) -> str:
        """The day as far as it is known: 2026-11-20, or 2019."""
        return str(self.on.year) if self.year_alone else self.on.isoformat()


class OccasionCard(NamedTuple):
    """A card outside the seasons, of a contact, or with `member_id` of a member who lives there."""

    contact_id: int
    occasion: str
    member_id: int | None


def set_circle(db: sqlite3.Connection, contact_id: int, circle: Circle, *, today: date) -> None:
    """Keep the user's word on how near a contact is."""
    db.execute(
        """INSERT INTO circle (contact_id, circle, said_on) VALUES (?, ?, ?)
           ON CONFLICT (contact_id) DO UPDATE SET circle = excluded.circle, said_on = excluded.said_on
           WHERE circle <> excluded.circle""",
        (contact_id, circle.value, today.isoformat()),
    )


def forget_circle(db: sqlite3.Connection, contact_id: int) -> None:
    """Make a contact one of whom nothing was said, as it came."""
    db.execute("DELETE FROM circle WHERE contact_id = ?", (contact_id,))


def circles(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, Circle]:
    """Return the circles stated for some contacts."""
    wanted = json.dumps(list(contact_ids))
    rows = db.execute(
        "SELECT contact_id, circle FROM circle WHERE contact_id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {row[0]: Circle(row[1]) for row in rows}


def add_tag(db: sqlite3.Connection, contact_id: int, tag: str) -> None:
    """Add a tag; one that is there already changes nothing."""
    db.execute("INSERT INTO tag (contact_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING", (contact_id, tag))


def remove_tag(db: sqlite3.Connection, contact_id: int, tag: str) -> None:
    """Take a tag off."""
    db.execute("DELETE FROM tag WHERE contact_id = ? AND name = ?", (contact_id, tag))


def set_fact(
    db: sqlite3.Connection, contact_id: int, key: str, value: str, *, today: date, ours: bool | None = None
) -> None:
    """Keep a fact; an empty value forgets it. `ours` as of a note, None for as it was."""
    if not value:
        db.execute("DELETE FROM fact WHERE contact_id = ? AND key = ?", (contact_id, key))
        return
    db.execute(
        """INSERT INTO fact (contact_id, key, value, noted_on, ours) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (contact_id, key)
           DO UPDATE SET value = excluded.value, noted_on = excluded.noted_on,
                         ours = coalesce(excluded.ours, ours)""",
        (contact_id, key, value, today.isoformat(), ours),
    )


def facts(db: sqlite3.Connection, contact_id: int) -> list[Fact]:
    """Return the facts about a contact by key."""
    return facts_of(db, [contact_id]).get(contact_id, [])


def say_ours(
    db: sqlite3.Connection,
    table: Literal["fact", "note", "interaction", "gift"],
    row_id: int,
    ours: bool,
) -> None:
    """Say of one row that it is on both laptops of a list, or here alone."""
    db.execute(f"UPDATE {table} SET ours = ? WHERE id = ?", (ours, row_id))


def add_note(
    db: sqlite3.Connection, contact_id: int, text: str, *, on: date, ours: bool | None = None
) -> None:
    """Keep a dated note; of a list that is shared it travels if `ours`, and as all notes do where None."""
    db.execute(
        "INSERT INTO note (contact_id, noted_on, text, ours) VALUES (?, ?, ?, ?)",
        (contact_id, on.isoformat(), text, ours),
    )


def notes(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[Note]:
    """Return the notes on some contacts, newest first."""
    rows = db.execute(
        """SELECT noted_on, text, contact_id, id, ours FROM note
           WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY noted_on DESC, id DESC""",
        (json.dumps(list(contact_ids)),),
    )
    return [
        Note(date.fromisoformat(on), text, contact_id, number, _flag(ours))
        for on, text, contact_id, number, ours in rows
    ]


def _flag(said: int | None) -> bool | None:
    return None if said is None else bool(said)


def remove_note(db: sqlite3.Connection, note_id: int) -> None:
    """Take one note away."""
    db.execute("DELETE FROM note WHERE id = ?", (note_id,))


def forget_note(db: sqlite3.Connection, contact_ids: Iterable[int], text: str) -> None:
    """Take the notes of just these words away from some contacts."""
    db.execute(
        "DELETE FROM note WHERE text = ? AND contact_id IN (SELECT value FROM json_each(?))",
        (text, json.dumps(list(contact_ids))),
    )


def remove_interaction(db: sqlite3.Connection, interaction_id: int) -> None:
    """Take one visit, call, letter or card out of the history."""
    db.execute("DELETE FROM interaction WHERE id = ?", (interaction_id,))


def add_interaction(
    db: sqlite3.Connection,
    contact_id: int,
    *,
    channel: str,
    direction: str,
    on: date,
    text: str = "",
    through: int | None = None,
) -> int:
    """Record a visit, call, letter or card, and return its number.

    `through` is the contact who brought it about, if another.
    """
    interaction = db.execute(
        "INSERT INTO interaction (contact_id, channel, direction, happened_on, text) VALUES (?, ?, ?, ?, ?)",
        (contact_id, channel, direction, on.isoformat(), text),
    )
    if through not in (None, contact_id):
        db.execute(
            "INSERT INTO through (interaction_id, contact_id) VALUES (?, ?)", (interaction.lastrowid, through)
        )
    assert interaction.lastrowid is not None  # noqa: S101  a row was inserted
    return interaction.lastrowid


def brought_about(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of those who brought about what passed with some contacts, by interaction."""
    names: dict[int, list[str]] = {}
    for interaction_id, name in db.execute(
        """SELECT interaction_id, contact.name FROM through
           JOIN interaction ON interaction.id = interaction_id
           JOIN contact ON contact.id = through.contact_id
           WHERE interaction.contact_id IN (SELECT value FROM json_each(?)) ORDER BY through.id""",
        (json.dumps(list(contact_ids)),),
    ):
        names.setdefault(interaction_id, []).append(name)
    return names


def go_betweens(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[int]:
    """Return who brought about what passed with some contacts, or with whom they did, most often first."""
    rows = db.execute(
        """WITH wanted AS (SELECT value FROM json_each(?)),
                tied AS (SELECT interaction.contact_id AS met, through.contact_id AS organiser
                         FROM through JOIN interaction ON interaction.id = interaction_id)
           SELECT other FROM (SELECT organiser AS other FROM tied WHERE met IN wanted
                              UNION ALL SELECT met FROM tied WHERE organiser IN wanted)
           GROUP BY other ORDER BY count(*) DESC, other""",
        (json.dumps(list(contact_ids)),),
    )
    return [row[0] for row in rows]


INSERT_YEAR_CARD = """INSERT INTO interaction (contact_id, channel, direction, happened_on, text)
                      VALUES (?, 'card', ?, ?, ?)"""


def year_card_row(contact_id: int, card: YearCard) -> tuple[int, str, str, str]:
    """Return a card of which only the year is known as `INSERT_YEAR_CARD` takes it."""
    return contact_id, FROM_THEM if card.from_them else TO_THEM, str(card.year), card.text


def put_year_card(db: sqlite3.Connection, contact_id: int, card: YearCard) -> None:
    """Record a card of a year once: its line is added to the card that is there and has none."""
    row = year_card_row(contact_id, card)
    there = db.execute(
        f"""SELECT id, text FROM interaction
           WHERE contact_id = ? AND direction = ? AND channel IN ('card', 'letter')
             AND {CARD_YEAR} = ?
           ORDER BY text <> '' DESC""",
        (contact_id, row[1], card.year),
    ).fetchone()
    if there is None:
        db.execute(INSERT_YEAR_CARD, row)
    elif card.text and not there[1]:
        db.execute("UPDATE interaction SET text = ? WHERE id = ?", (card.text, there[0]))


class CardsOfYears(NamedTuple):
    """The years in which a card or letter was sent to a contact, and in which one came; oldest first."""

    sent: tuple[int, ...]
    came: tuple[int, ...]


def cards_of_years(db: sqlite3.Connection, contact_ids: Sequence[int]) -> dict[int, CardsOfYears]:
    """Return the years of the cards of some contacts, those with none as well."""
    rows = db.execute(
        f"""SELECT DISTINCT contact_id, direction, {CARD_YEAR} FROM interaction
           WHERE channel IN ('card', 'letter') AND contact_id IN (SELECT value FROM json_each(?))
           ORDER BY 3""",
        (json.dumps(list(contact_ids)),),
    ).fetchall()
    return {
        wanted: CardsOfYears(
            *(
                tuple(year for contact_id, way, year in rows if (contact_id, way) == (wanted, direction))
                for direction in (TO_THEM, FROM_THEM)
            )
        )
        for wanted in contact_ids
    }


def put_season_card(
    db: sqlite3.Connection, contact_id: int, *, season_id: int, direction: str, on: date, text: str | None
) -> None:
    """Record the card of a season once: saying it again moves its day, and a text is its new line."""
    row = db.execute(
        """SELECT id FROM interaction
           WHERE contact_id = ? AND season_id = ? AND direction = ? AND channel = 'card'""",
        (contact_id, season_id, direction),
    ).fetchone()
    if row is None:
        db.execute(
            """INSERT INTO interaction (contact_id, season_id, channel, direction, happened_on, text)
               VALUES (?, ?, 'card', ?, ?, ?)""",
            (contact_id, season_id, direction, on.isoformat(), text or ""),
        )
        return
    db.execute(
        "UPDATE interaction SET happened_on = ?, text = coalesce(?, text) WHERE id = ?",
        (on.isoformat(), text, row[0]),
    )


def remove_season_card(
    db: sqlite3.Connection, contact_ids: Iterable[int], *, season_id: int, direction: str
) -> bool:
    """Forget that some contacts' card of a season went or came, and its line; return whether it was known."""
    removed = db.execute(
        """DELETE FROM interaction WHERE season_id = ? AND direction = ? AND channel = 'card'
           AND contact_id IN (SELECT value FROM json_each(?))""",
        (season_id, direction, json.dumps(list(contact_ids))),
    )
    return removed.rowcount > 0


def put_occasion_card(
    db: sqlite3.Connection,
    card: OccasionCard,
    *,
    on: date,
    text: str | None,
    since: date,
    returns: bool,
) -> None:
    """Record a card for an occasion once: said again, it moves the day of one from `since` on, and its line.

    Of an occasion that does not return another line is another card: two thanks in a week are two.
    """
    row = db.execute(
        """SELECT id FROM interaction
           WHERE contact_id = :contact_id AND occasion = :occasion AND member_id IS :member_id
             AND direction = 'to them' AND channel = 'card' AND happened_on BETWEEN :since AND :on
             AND (:returns OR :text IS NULL OR text IN ('', :text))
           ORDER BY happened_on DESC, id DESC""",
        {
            **card._asdict(),
            "since": since.isoformat(),
            "on": on.isoformat(),
            "returns": returns,
            "text": text,
        },
    ).fetchone()
    if row is None:
        db.execute(
            """INSERT INTO interaction
                   (contact_id, occasion, member_id, channel, direction, happened_on, text)
               VALUES (?, ?, ?, 'card', 'to them', ?, ?)""",
            (*card, on.isoformat(), text or ""),
        )
        return
    db.execute(
        "UPDATE interaction SET happened_on = ?, text = coalesce(?, text) WHERE id = ?",
        (on.isoformat(), text, row[0]),
    )


def remove_occasion_card(db: sqlite3.Connection, card: OccasionCard) -> bool:
    """Forget the last card to a contact for an occasion, and its line; return whether there was one."""
    removed = db.execute(
        """DELETE FROM interaction WHERE id = (
               SELECT id FROM interaction
               WHERE contact_id = ? AND occasion = ? AND member_id IS ? AND direction = 'to them'
               ORDER BY happened_on DESC, id DESC LIMIT 1)""",
        card,
    )
    return removed.rowcount > 0


def interactions(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[InteractionRow]:
    """Return what passed between the user and some contacts, newest first."""
    rows = db.execute(
        """SELECT contact_id, channel, direction, happened_on, text, id, season_id, occasion, member_id, ours
           FROM interaction
           WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY happened_on DESC, id DESC""",
        (json.dumps(list(contact_ids)),),
    )
    return [
        InteractionRow(row[0], row[1], row[2], day_of_word(row[3]), *row[4:9])._replace(
            ours=_flag(row[9]), year_alone=len(row[3]) == len("2019")
        )
        for row in rows
    ]


def set_cadence(db: sqlite3.Connection, contact_ids: Iterable[int], days: int | None) -> None:
    """Keep how often to be in touch with some contacts, 0 for never; None leaves it to segment and circle."""
    statement = """INSERT INTO cadence (contact_id, days) VALUES (?1, ?2)
                   ON CONFLICT (contact_id) DO UPDATE SET days = excluded.days WHERE days <> excluded.days"""
    if days is None:
        statement = "DELETE FROM cadence WHERE contact_id = ?1 AND ?2 IS NULL"
    db.executemany(statement, [(contact_id, days) for contact_id in contact_ids])


def facts_of(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[Fact]]:
    """Return the facts about some contacts, by contact, in one query."""
    by_contact: dict[int, list[Fact]] = {}
    for row in db.execute(
        """SELECT contact_id, key, value, noted_on, ours FROM fact
           WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id, key""",
        (json.dumps(list(contact_ids)),),
    ):
        by_contact.setdefault(row[0], []).append(
            Fact(row[1], row[2], date.fromisoformat(row[3]), _flag(row[4]))
        )
    return by_contact

"""Seasons, their recipients and the words of their drafts."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import day_of_word
from relcard.domain.feasts import Season
from relcard.store import IS_GREETING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping


class SeasonRow(NamedTuple):
    """One round of greetings."""

    id: int
    name: str
    occasion: str
    year: int
    started_on: date
    closed_on: date | None
    stamps_bought: int = 0
    feast_on: date | None = None  # of a feast of the user's own
    numbered: int = 0  # the highest number of a card that is on paper

    @property
    def season(self) -> Season:
        """The feast and the year, with the day."""
        return Season(self.occasion, self.year, self.feast_on)


class RecipientRow(NamedTuple):
    """One household in a season; `front` and `inside` are None while nothing is drafted."""

    id: int
    season_id: int
    household_id: int
    state: str
    reason: str
    front: str | None
    inside: str | None
    edited: bool
    received_on: date | None
    by_their_card: bool = False  # in the season for the card that came, and that alone
    written_on: date | None = None  # the day it was said to be written
    number: int | None = None  # on label and crib, once anything was printed


class OpenCard(NamedTuple):
    """One household's card in a season that is open."""

    id: int
    season: str
    household_id: int
    state: str
    has_words: bool
    edited: bool  # a person wrote these words
    received: bool


class CardRow(NamedTuple):
    """A card that passed: of a season (`occasion`, `year`), or of a day."""

    household_id: int
    occasion: str
    year: int | None
    on: date | None
    to_them: bool
    from_them: bool


def add(
    db: sqlite3.Connection, name: str, occasion: str, year: int, *, today: date, feast_on: date | None = None
) -> int:
    """Start a season and return its id; `feast_on` is the day of a feast of the user's own."""
    cursor = db.execute(
        "INSERT INTO season (name, occasion, year, started_on, feast_on) VALUES (?, ?, ?, ?, ?)",
        (name, occasion, year, today.isoformat(), feast_on.isoformat() if feast_on else None),
    )
    assert cursor.lastrowid is not None  # noqa: S101  an INSERT that did not raise has a row
    return cursor.lastrowid


def every(db: sqlite3.Connection) -> list[SeasonRow]:
    """Return the seasons, newest first."""
    rows = db.execute(
        """SELECT id, name, occasion, year, started_on, closed_on, stamps_bought, feast_on,
                  numbered
           FROM season ORDER BY year DESC, id DESC"""
    )
    return [
        SeasonRow(
            id=row[0],
            name=row[1],
            occasion=row[2],
            year=row[3],
            started_on=date.fromisoformat(row[4]),
            closed_on=date.fromisoformat(row[5]) if row[5] else None,
            stamps_bought=row[6],
            feast_on=date.fromisoformat(row[7]) if row[7] else None,
            numbered=row[8],
        )
        for row in rows
    ]


def close(db: sqlite3.Connection, season_id: int, *, today: date) -> None:
    """End a season; its history stays."""
    db.execute("UPDATE season SET closed_on = ? WHERE id = ?", (today.isoformat(), season_id))


def set_stamps_bought(db: sqlite3.Connection, season_id: int, number: int) -> None:
    """Remember how many stamps were bought for a season."""
    db.execute("UPDATE season SET stamps_bought = ? WHERE id = ?", (number, season_id))


def add_recipient(
    db: sqlite3.Connection, season_id: int, household_id: int, reason: str, *, by_their_card: bool = False
) -> None:
    """Put a household on the list of a season, with the day its card came; one there stays as it is."""
    db.execute(
        """INSERT INTO recipient (season_id, household_id, state, reason, by_their_card, received_on)
           VALUES (:season, :household, 'planned', :reason, :theirs,
                   (SELECT max(happened_on) FROM interaction JOIN membership USING (contact_id)
                    WHERE household_id = :household AND interaction.season_id = :season
                          AND channel = 'card' AND direction = 'from them'))
           ON CONFLICT DO NOTHING""",
        {"season": season_id, "household": household_id, "reason": reason, "theirs": int(by_their_card)},
    )


def keep_numbers(db: sqlite3.Connection, season_id: int, numbers: Mapping[int, int]) -> None:
    """Remember which numbers are on paper now, by the ids of recipients; who has one keeps it."""
    for recipient_id, number in numbers.items():
        db.execute("UPDATE recipient SET number = ? WHERE id = ? AND number IS NULL", (number, recipient_id))
    db.execute(
        "UPDATE season SET numbered = ?1 WHERE id = ?2 AND numbered < ?1",
        (max(numbers.values(), default=0), season_id),
    )


def drop_recipient(db: sqlite3.Connection, recipient_id: int) -> None:
    """Take a household off the list of a season."""
    db.execute("DELETE FROM recipient WHERE id = ?", (recipient_id,))


def recipients(db: sqlite3.Connection, season_id: int, household_id: int | None = None) -> list[RecipientRow]:
    """Return the households of a season, or one of them if it is in it."""
    rows = db.execute(
        """SELECT id, season_id, household_id, state, reason, front, inside, edited, received_on,
                  by_their_card, written_on, number
           FROM recipient WHERE season_id = ? AND household_id = coalesce(?, household_id) ORDER BY id""",
        (season_id, household_id),
    )
    return [
        RecipientRow(
            id=row[0],
            season_id=row[1],
            household_id=row[2],
            state=row[3],
            reason=row[4],
            front=row[5],
            inside=row[6],
            edited=bool(row[7]),
            received_on=date.fromisoformat(row[8]) if row[8] else None,
            by_their_card=bool(row[9]),
            written_on=date.fromisoformat(row[10]) if row[10] else None,
            number=row[11],
        )
        for row in rows
    ]


def last_posted(db: sqlite3.Connection, household_ids: Iterable[int]) -> dict[int, date]:
    """Return the day the last card of any season was posted that did not come back, by household."""
    rows = db.execute(
        """SELECT recipient.household_id, max(happened_on)
           FROM recipient JOIN membership ON membership.household_id = recipient.household_id
                JOIN interaction ON interaction.contact_id = membership.contact_id
                                AND interaction.season_id = recipient.season_id
                                AND channel = 'card' AND direction = 'to them'
           WHERE state = 'posted' AND recipient.household_id IN (SELECT value FROM json_each(?))
           GROUP BY recipient.household_id""",
        (json.dumps(list(household_ids)),),
    )
    return {row[0]: date.fromisoformat(row[1]) for row in rows}


def set_state(db: sqlite3.Connection, recipient_id: int, state: str) -> None:
    """Move a recipient on."""
    db.execute("UPDATE recipient SET state = ? WHERE id = ? AND state <> ?", (state, recipient_id, state))


def set_written_on(db: sqlite3.Connection, recipient_id: int, on: date | None) -> None:
    """Remember on which day a card was written; None: it is not."""
    db.execute(
        "UPDATE recipient SET written_on = ? WHERE id = ?", (on.isoformat() if on else None, recipient_id)
    )


def set_received(db: sqlite3.Connection, recipient_id: int, on: date | None) -> None:
    """Remember that their card came; None: it did not."""
    db.execute(
        "UPDATE recipient SET received_on = ? WHERE id = ?", (on.isoformat() if on else None, recipient_id)
    )


def set_draft(db: sqlite3.Connection, recipient_id: int, front: str, inside: str, *, edited: bool) -> None:
    """Keep the printed words of a draft. Words a person wrote are only replaced by words a person wrote."""
    db.execute(
        """UPDATE recipient SET front = ?, inside = ?, edited = ? WHERE id = ? AND (edited = 0 OR ? = 1)
           AND (front IS NOT ? OR inside IS NOT ? OR edited <> ?)""",
        (front, inside, int(edited), recipient_id, int(edited), front, inside, int(edited)),
    )


def drafted_words(db: sqlite3.Connection, season_id: int) -> dict[int, tuple[str, str]]:
    """Return the front and inside drafted for each household of a season."""
    rows = db.execute(
        "SELECT household_id, front, inside FROM recipient WHERE season_id = ? AND front IS NOT NULL",
        (season_id,),
    )
    return {row[0]: (row[1], row[2] or "") for row in rows}


def last_words(db: sqlite3.Connection, occasion: str, *, before: int) -> dict[int, tuple[str, str]]:
    """Return the front and inside of each household's last card of an occasion, of a year before that one."""
    rows = db.execute(
        """SELECT household_id, front, inside, max(year) FROM recipient JOIN season ON season.id = season_id
           WHERE occasion = ? AND year < ? AND front IS NOT NULL GROUP BY household_id""",
        (occasion, before),
    )
    return {row[0]: (row[1], row[2] or "") for row in rows}


class PrintedRow(NamedTuple):
    """The words of a card as they were kept; `name` is of somebody they are for, where it is asked for."""

    household_id: int
    year: int
    words: str
    name: str = ""


# Front and inside, one beneath the other.
_WORDS = "trim(coalesce(recipient.front, '') || char(10) || coalesce(recipient.inside, ''), char(10))"


def printed_before(db: sqlite3.Connection, recipient_ids: Iterable[int]) -> list[PrintedRow]:
    """Return the words printed for the households of some cards on their earlier cards, oldest first."""
    rows = db.execute(
        f"""SELECT recipient.household_id, season.year, {_WORDS}
            FROM recipient AS now JOIN season AS this_season ON this_season.id = now.season_id
                 JOIN recipient ON recipient.household_id = now.household_id AND recipient.id <> now.id
                 JOIN season ON season.id = recipient.season_id
            WHERE now.id IN (SELECT value FROM json_each(?)) AND recipient.front IS NOT NULL
                  AND recipient.state IN ('printed', 'written', 'posted', 'returned')
                  AND (season.year, season.id) < (this_season.year, this_season.id)
            ORDER BY season.year, season.id""",
        (json.dumps(list(recipient_ids)),),
    )
    return [PrintedRow(*row) for row in rows]


def edited_words(db: sqlite3.Connection, season_id: int) -> list[PrintedRow]:
    """Return the words a person wrote in a season, with the name of the first contact they are for."""
    rows = db.execute(
        f"""SELECT recipient.household_id, year, {_WORDS}, contact.name
            FROM recipient JOIN season ON season.id = season_id
                 JOIN contact ON contact.id = (SELECT min(contact_id) FROM membership
                                               WHERE membership.household_id = recipient.household_id)
            WHERE season_id = ? AND edited = 1""",
        (season_id,),
    )
    return [PrintedRow(*row) for row in rows]


def cards_exchanged(db: sqlite3.Connection, household_ids: Iterable[int]) -> list[CardRow]:
    """Return every card that went to or came from the households' present members, over the whole history.

    A card is one of the channel "card" among a member's interactions, or a recipient that was written. What
    a member has exchanged stays with the member, whatever household that was in.
    """
    rows = db.execute(
        f"""SELECT household_id, occasion, year, NULL, state IN ('written', 'posted', 'returned'),
                  received_on IS NOT NULL
           FROM recipient JOIN season ON season.id = season_id
           WHERE household_id IN (SELECT value FROM json_each(:wanted))
           UNION
           SELECT household_id, season.occasion, year, CASE WHEN season_id IS NULL THEN happened_on END,
                  direction = 'to them', direction = 'from them'
           FROM interaction JOIN membership USING (contact_id) LEFT JOIN season ON season.id = season_id
           WHERE channel = 'card' AND {IS_GREETING}
             AND household_id IN (SELECT value FROM json_each(:wanted))""",
        {"wanted": json.dumps(list(household_ids))},
    )
    return [
        CardRow(
            household_id=row[0],
            occasion=row[1] or "",
            year=row[2],
            on=day_of_word(row[3]) if row[3] else None,
            to_them=bool(row[4]),
            from_them=bool(row[5]),
        )
        for row in rows
    ]


class SeasonCard(NamedTuple):
    """A card of a season that went to or came from a household, and the line on it, "" without."""

    household_id: int
    from_them: bool
    line: str


def cards_of(db: sqlite3.Connection, season_id: int) -> list[SeasonCard]:
    """Return the cards of a season, also of households that are not in it, each line of a household once."""
    rows = db.execute(
        """SELECT DISTINCT household_id, direction = 'from them', text
           FROM interaction JOIN membership USING (contact_id)
           WHERE season_id = ? AND channel = 'card' ORDER BY household_id""",
        (season_id,),
    )
    return [SeasonCard(row[0], bool(row[1]), row[2]) for row in rows]


class OwedAnswer(NamedTuple):
    """A card that came in a season and was not answered."""

    season: str
    household_id: int
    received_on: date


def answers_owed(db: sqlite3.Connection, season_id: int | None = None) -> list[OwedAnswer]:
    """Return the cards of a season, or of all, open or closed, that no card or letter answers, oldest first.

    Whom the user said to get no card is in no season and is owed none, and so is who is archived, or died;
    nor is an answer of which the user said that it is done.
    """
    rows = db.execute(
        """SELECT season.name, household_id, received_on
           FROM recipient JOIN season ON season.id = season_id
           WHERE received_on IS NOT NULL AND state IN ('planned', 'drafted', 'printed')
             AND (:season IS NULL OR season_id = :season)
             AND EXISTS (SELECT 1 FROM membership JOIN contact ON contact.id = contact_id
                         WHERE membership.household_id = recipient.household_id AND archived_on IS NULL
                               AND contact.id NOT IN (SELECT contact_id FROM occasion
                                                      WHERE kind = 'remembrance'))
             AND NOT EXISTS (SELECT 1 FROM membership JOIN interaction USING (contact_id)
                             WHERE membership.household_id = recipient.household_id
                               AND channel IN ('card', 'letter') AND direction = 'to them'
                               AND happened_on >= received_on)
             AND NOT EXISTS (SELECT 1 FROM dismissal
                             WHERE until IS NULL AND reminder IN (
                                 'answer-card-' || recipient.id,
                                 'answer-card-' || lower(hex(recipient.uuid))))
           ORDER BY received_on, recipient.id""",
        {"season": season_id},
    )
    return [OwedAnswer(row[0], row[1], date.fromisoformat(row[2])) for row in rows]


def retire_addresses(
    db: sqlite3.Connection, contact_ids: Iterable[int], *, season: str, today: date, letterbox: str = ""
) -> None:
    """Stop using some contacts' addresses, all or one letterbox's: a season's card came back."""
    db.execute(
        """UPDATE address SET retired_on = ?, returned_season = ?
           WHERE retired_on IS NULL AND ? IN ('', letterbox)
           AND contact_id IN (SELECT value FROM json_each(?))""",
        (today.isoformat(), season, letterbox, json.dumps(list(contact_ids))),
    )


def use_addresses_again(db: sqlite3.Connection, contact_ids: Iterable[int], *, season: str) -> None:
    """Use the addresses of some contacts again that were retired since a season's card came back."""
    db.execute(
        """UPDATE address SET retired_on = NULL, returned_season = NULL
           WHERE returned_season = ? AND contact_id IN (SELECT value FROM json_each(?))""",
        (season, json.dumps(list(contact_ids))),
    )


class OpenState(NamedTuple):
    """How far one recipient of an open season is, and where it lives.

    `country` is ISO 3166-1 alpha-2, "" where none is said, "ZZ" for one that nobody knows; None: no address.
    """

    season_id: int
    name: str
    season: Season
    state: str
    country: str | None
    feast: str = ""  # of the household, as the user said
    written_on: date | None = None


def open_counts(db: sqlite3.Connection) -> list[tuple[str, int, int, int]]:
    """Return the open seasons: name, how many cards are written, how many there are, how many lie here so."""
    return db.execute(
        """SELECT season.name, sum(state IN ('written', 'posted', 'returned')), count(*),
                  sum(state = 'written')
           FROM recipient JOIN season ON season.id = season_id WHERE closed_on IS NULL
           GROUP BY season_id ORDER BY season_id"""
    ).fetchall()


def open_states(db: sqlite3.Connection) -> list[OpenState]:
    """Return the state of every recipient of every open season.

    Households of which everybody is archived, or nobody is living, are left out.
    """
    rows = db.execute(
        """SELECT season.id, season.name, occasion, year, feast_on, state,
                  (SELECT iif(contact.country = '' AND trim(address.country) <> '', 'ZZ', contact.country)
                   FROM membership JOIN contact ON contact.id = membership.contact_id
                        JOIN address ON address.contact_id = contact.id AND retired_on IS NULL
                   WHERE membership.household_id = recipient.household_id AND archived_on IS NULL
                   ORDER BY contact.country = '', contact.id LIMIT 1),
                  coalesce(feast, ''), written_on
           FROM season JOIN recipient ON season_id = season.id JOIN household ON household.id = household_id
           WHERE closed_on IS NULL AND EXISTS
                 (SELECT 1 FROM membership JOIN contact ON contact.id = contact_id
                  WHERE household_id = recipient.household_id AND archived_on IS NULL
                        AND contact.id NOT IN (SELECT contact_id FROM occasion WHERE kind = 'remembrance'))
           ORDER BY season.id, recipient.id"""
    )
    return [
        OpenState(
            row[0],
            row[1],
            Season(row[2], row[3], date.fromisoformat(row[4]) if row[4] else None),
            row[5],
            row[6],
            row[7],
            date.fromisoformat(row[8]) if row[8] else None,
        )
        for row in rows
    ]


def open_of(db: sqlite3.Connection, household_id: int) -> list[tuple[str, str]]:
    """Return the open seasons a household is in, each with the state of its card."""
    rows = db.execute(
        """SELECT name, state FROM recipient JOIN season ON season.id = season_id
           WHERE household_id = ? AND closed_on IS NULL ORDER BY season.id""",
        (household_id,),
    )
    return [(name, state) for name, state in rows]


def open_cards(db: sqlite3.Connection, household_ids: Iterable[int]) -> list[OpenCard]:
    """Return the cards of some households in the seasons that are open."""
    rows = db.execute(
        """SELECT recipient.id, season.name, household_id, state, front IS NOT NULL, edited,
                  received_on IS NOT NULL
           FROM recipient JOIN season ON season.id = season_id
           WHERE closed_on IS NULL AND household_id IN (SELECT value FROM json_each(?))
           ORDER BY recipient.id""",
        (json.dumps(list(household_ids)),),
    )
    return [OpenCard(*row[:4], *map(bool, row[4:])) for row in rows]


def plan_again(db: sqlite3.Connection, recipient_id: int) -> None:
    """Forget the words the program drafted for a card not yet written; words a person wrote stand."""
    db.execute(
        """UPDATE recipient SET state = 'planned', front = NULL, inside = NULL
           WHERE id = ? AND edited = 0 AND state IN ('drafted', 'printed')""",
        (recipient_id,),
    )

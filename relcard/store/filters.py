"""A filter as SQL: conditions on a contact and its membership, every value bound."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.domain.text import plain_postcode
from relcard.domain.text import plain_words
from relcard.store import CARD_YEAR
from relcard.store import IS_GREETING
from relcard.store import WITH_CIRCLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.people.segment import CardsOf
    from relcard.domain.people.segment import FactWanted
    from relcard.domain.people.segment import Filter
    from relcard.domain.people.segment import WordsWanted

    Condition = tuple[str, Sequence[object]]

# An address that says where it is: a bare country is none, and one a card came back from is not used.
_REACHABLE = """EXISTS (SELECT 1 FROM address WHERE contact_id = contact.id AND retired_on IS NULL
                        AND street || locality || po_box || postcode || label <> '')"""
_LIVING = "NOT EXISTS (SELECT 1 FROM occasion WHERE contact_id = {id} AND kind = 'remembrance')"
_FROM = f"FROM contact LEFT JOIN membership ON membership.contact_id = contact.id {WITH_CIRCLE}"


def where(db: sqlite3.Connection, wanted: Filter) -> tuple[str, list[object]]:
    """Return the WHERE clause of a filter and the values it binds.

    It speaks of `contact`, LEFT JOINed with `membership` and `circle`, on this connection, which is taught to
    fold.
    """
    conditions: list[Condition] = [(f"archived_on IS {'NOT ' if _is_of_archived(wanted) else ''}NULL", [])]
    conditions += _conditions(wanted)
    for name, function in (
        ("folded", fold),
        ("plain_words", _spaced),
        ("plain_postcode", plain_postcode),
    ):
        db.create_function(name, 1, function, deterministic=True)
    clause = " AND ".join(condition for condition, _ in conditions)
    return f"WHERE {clause}", [value for _, values in conditions for value in values]


def ids(db: sqlite3.Connection, wanted: Filter) -> list[int]:
    """Return the ids of the contacts a filter lets through, in the order of their family names."""
    clause, values = where(db, wanted)
    rows = db.execute(f"SELECT contact.id {_FROM} {clause} ORDER BY sort_key, contact.id", values)
    return [row[0] for row in rows]


def household_ids(db: sqlite3.Connection, wanted: Filter) -> list[int]:
    """Return the ids of the households of which a filter lets a member through."""
    clause, values = where(db, wanted)
    rows = db.execute(
        f"""SELECT DISTINCT household_id {_FROM}
            {clause} AND household_id IS NOT NULL ORDER BY household_id""",
        values,
    )
    return [row[0] for row in rows]


def numbered(
    db: sqlite3.Connection, several: Iterable[Filter], *, household_id: int | None = None
) -> list[tuple[int, int]]:
    """Return (number of the filter, id of a contact it lets through) for several filters, in one query.

    With `household_id` only its contacts are asked about.
    """
    parts: list[str] = []
    values: list[object] = []
    for number, wanted in enumerate(several):
        clause, bound = where(db, wanted)
        parts.append(f"SELECT {number}, contact.id {_FROM} {clause}")
        values.extend(bound)
        if household_id is not None:
            parts[-1] += " AND contact.id IN (SELECT contact_id FROM membership WHERE household_id = ?)"
            values.append(household_id)
    if not parts:
        return []
    return db.execute(" UNION ALL ".join(parts), values).fetchall()


def _spaced(text: str) -> str:
    return f" {plain_words(text)} "


def holding(words: Sequence[str]) -> Condition:
    """Return the condition that a contact's names, towns or e-mails hold all of some folded words.

    Only the index of these texts is read; nothing a user types is syntax.
    """
    marks = " AND ".join(["search LIKE ? ESCAPE char(92)"] * len(words))
    plain = [word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") for word in words]
    return f"contact.id IN (SELECT id FROM contact WHERE {marks})", [f"%{word}%" for word in plain]


def _is_of_archived(wanted: Filter) -> bool:
    return wanted.archived or any(map(_is_of_archived, wanted.within))


def _conditions(wanted: Filter) -> list[Condition]:
    conditions = [*_on_contact(wanted), *_on_place(wanted), *_on_household(wanted)]
    for inner in wanted.within:
        conditions.extend(_conditions(inner))
    return conditions


def _on_contact(wanted: Filter) -> Iterator[Condition]:
    """Yield the conditions on what is known of the contact itself."""
    if words := fold(wanted.words).split():
        yield holding(words)
    if wanted.circles:
        yield f"circle IN ({_marks(wanted.circles)})", [circle.value for circle in wanted.circles]
    if wanted.no_circle:
        yield "circle IS NULL", []
    yield from ((f"contact.id IN ({_TAGGED})", [tag]) for tag in wanted.tags)
    yield from ((f"contact.id NOT IN ({_TAGGED})", [tag]) for tag in wanted.not_tags)
    yield from map(_fact, wanted.facts)
    if wanted.kind is not None:
        yield "contact.kind = ?", [wanted.kind.value]
    if wanted.birth_months:
        yield _birthday(wanted.birth_months)
    if wanted.spoken_before is not None:
        passed = f"SELECT 1 FROM interaction WHERE contact_id = contact.id AND {_DAY} BETWEEN ? AND ?"
        yield f"NOT EXISTS ({passed})", [wanted.spoken_before.isoformat(), wanted.today.isoformat()]


def _on_place(wanted: Filter) -> Iterator[Condition]:
    """Yield the conditions on where the contact lives."""
    if wanted.countries:
        yield f"contact.country IN ({_marks(wanted.countries)})", wanted.countries
    if wanted.cities or wanted.postcodes:
        yield _place(wanted.cities, wanted.postcodes)
    if wanted.has_address is not None:
        yield _REACHABLE if wanted.has_address else f"NOT {_REACHABLE}", []


def _on_household(wanted: Filter) -> Iterator[Condition]:
    """Yield the conditions on the household: its language, its size and its cards."""
    if wanted.languages:
        yield _language(wanted.languages)
    yield from (_exchanged(cards, _SENT, "IN") for cards in wanted.sent)
    yield from (_exchanged(cards, _SENT, "NOT IN") for cards in wanted.not_sent)
    yield from (_exchanged(cards, _CAME, "IN") for cards in wanted.received)
    yield from (_exchanged(cards, _CAME, "NOT IN") for cards in wanted.not_received)
    if wanted.silent_since is not None:
        condition = f"household_id IN ({_with_cards()}) AND household_id NOT IN ({_with_cards(_CAME)})"
        yield condition, [0, wanted.silent_since]
    if wanted.never_received:
        yield f"coalesce(household_id, 0) NOT IN ({_with_cards(_CAME)})", [0]
    if wanted.household_size is not None:
        yield f"household_id IN ({_OF_SIZE})", wanted.household_size


class _Way(NamedTuple):
    """A card one way: of a recipient of a season, and among what passed with a contact."""

    of_recipient: str
    of_interaction: str


# A card that was printed counts as sent, as in the years.
_SENT = _Way("state IN ('printed', 'written', 'posted', 'returned')", "direction = 'to them'")
_CAME = _Way("received_on IS NOT NULL", "direction = 'from them'")
_EITHER = _Way(f"({_SENT.of_recipient} OR {_CAME.of_recipient})", "direction IN ('to them', 'from them')")
_DAY = "substr(happened_on || '-12-24', 1, 10)"  # where only the year is known: as `dates.day_of_word`

# Names of tags are few, so that each is folded once however many contacts have it.
_TAGGED = """SELECT contact_id FROM tag
             WHERE name IN (SELECT name FROM (SELECT DISTINCT name FROM tag) WHERE folded(name) = ?)"""
_OF_SIZE = f"""SELECT household_id FROM membership AS lives JOIN contact ON contact.id = contact_id
               WHERE archived_on IS NULL AND role IS NOT 'pet' AND {_LIVING.format(id="lives.contact_id")}
               GROUP BY household_id HAVING count(*) BETWEEN ? AND ?"""


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _fact(fact: FactWanted) -> Condition:
    key = """SELECT contact_id FROM fact
             WHERE key IN (SELECT key FROM (SELECT DISTINCT key FROM fact) WHERE plain_words(key) = ?)"""
    if fact.value is None:
        return f"contact.id IN ({key})", [f" {fact.key} "]
    return (
        f"contact.id IN ({key} AND instr(plain_words(value), ?))",
        [f" {fact.key} ", fact.value.pattern],
    )


def _place(cities: Sequence[WordsWanted], postcodes: Sequence[str]) -> Condition:
    """Return the condition that one address in use has one of the towns and one of the postcodes."""
    parts = ["retired_on IS NULL"]
    values: list[object] = []
    if cities:
        begins = " OR ".join(["instr(plain_words(locality), ?) = 1"] * len(cities))
        parts.append(
            f"locality IN (SELECT locality FROM (SELECT DISTINCT locality FROM address) WHERE {begins})"
        )
        values.extend(city.pattern for city in cities)
    if postcodes:
        parts.append("(" + " OR ".join(["instr(plain_postcode(postcode), ?) = 1"] * len(postcodes)) + ")")
        values.extend(postcodes)
    return f"contact.id IN (SELECT contact_id FROM address WHERE {' AND '.join(parts)})", values


def _language(languages: Sequence[str]) -> Condition:
    """Return the condition on the language of a contact's cards: the household's, else the contact's own."""
    of_cards = """lower(replace(coalesce((SELECT language FROM household WHERE household.id = household_id),
                                     json_extract(detail, '$.language'), ''), '_', '-')) || '-'"""
    begins = " OR ".join([f"instr({of_cards}, ?) = 1"] * len(languages))
    return f"({begins})", [f"{language}-" for language in languages]


def _birthday(months: Sequence[int]) -> Condition:
    """Return the condition that a living contact was born in one of some months."""
    month = "CASE WHEN substr(date, 1, 2) = '--' THEN substr(date, 3, 2) ELSE substr(date, 6, 2) END"
    born = f"SELECT contact_id FROM occasion WHERE kind = 'birthday' AND {month} IN ({_marks(months)})"
    return f"(contact.id IN ({born}) AND {_LIVING.format(id='contact.id')})", [
        f"{number:02}" for number in months
    ]


def _exchanged(cards: CardsOf, way: _Way, among: str) -> Condition:
    """Return the condition that a card of a season went to the household or came from it."""
    there = f"""
        SELECT household_id FROM recipient JOIN season ON season.id = season_id
        WHERE season.name = ? AND {way.of_recipient}
        UNION
        SELECT household_id FROM interaction JOIN membership USING (contact_id)
        LEFT JOIN season ON season.id = season_id
        WHERE channel = 'card' AND {way.of_interaction} AND {IS_GREETING}
          AND (season.name = ? OR season_id IS NULL AND {_DAY} BETWEEN ? AND ?)"""
    values = (cards.season, cards.season, cards.first.isoformat(), cards.last.isoformat())
    return f"coalesce(household_id, 0) {among} ({there})", values


def _with_cards(way: _Way = _EITHER) -> str:
    """Return the query of households with a card or letter of a year (`?`) or later."""
    return f"""
        SELECT household_id FROM (
            SELECT household_id, season.year AS of_year FROM recipient JOIN season ON season.id = season_id
            WHERE {way.of_recipient}
            UNION ALL
            SELECT household_id, coalesce(season.year, {CARD_YEAR})
            FROM interaction JOIN membership USING (contact_id) LEFT JOIN season ON season.id = season_id
            WHERE channel IN ('card', 'letter') AND {way.of_interaction} AND {IS_GREETING})
        WHERE of_year >= ?"""

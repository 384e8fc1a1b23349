"""New contacts and their vCards on the way into the store, many at a time.

Rows wait here and go in table by table: a question to the store and a statement for each row would cost an
import of thousands more than reading the cards does. Their ids are known at once, counted on from the last
row of the table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from relcard.domain.importing.duplicates import Blocks
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import name_key
from relcard.domain.people.contact import sort_key
from relcard.domain.text import fold
from relcard.domain.text import fold_again
from relcard.store import photos
from relcard.store.addresses import INSERT_ADDRESS
from relcard.store.addresses import address_rows
from relcard.store.relationships import INSERT_YEAR_CARD
from relcard.store.relationships import year_card_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date

    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Occasion
    from relcard.domain.seasons.years import YearCard
    from relcard.errors import Problem
    from relcard.store.vcards import CardText

    Row = tuple[str | int | bytes | None, ...]

INSERT_OCCASION = "INSERT INTO occasion (contact_id, kind, label, date, month_day) VALUES (?, ?, ?, ?, ?)"
INSERT_TAG = "INSERT INTO tag (contact_id, name) VALUES (?, ?)"
_INSERT_CONTACT = (
    "INSERT INTO contact (id, uid, abuid, added_on, kind, name, name_key, sort_key, search, country, detail) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CARD = (
    "INSERT INTO vcard (id, contact_id, source_id, line, raw, sha256, group_name) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_PROBLEM = "INSERT INTO problem (vcard_id, source, line, name, message) VALUES (?, ?, ?, ?, ?)"
# A row of a table goes in before those that speak of it.
_STATEMENTS = (
    _INSERT_CONTACT,
    INSERT_ADDRESS,
    INSERT_OCCASION,
    INSERT_TAG,
    INSERT_YEAR_CARD,
    _INSERT_CARD,
    _INSERT_PROBLEM,
    photos.INSERT_PHOTO,
    photos.INSERT_CUTTING,
)


class Additions:
    """Rows that wait; nobody but this adds contacts and cards while it is in use."""

    def __init__(self, db: sqlite3.Connection, *, today: date) -> None:
        self._db = db
        self._today = today.isoformat()
        self.first_contact = self.next_contact = _next_id(db, "contact")
        self.blocks = Blocks()  # of the new contacts: who may be whose twin
        self._next_card = _next_id(db, "vcard")
        self._shelf = photos.Shelf(db)
        self._waiting: dict[str, list[Row]] = {statement: [] for statement in _STATEMENTS}

    def add_contact(self, contact: Contact, *, abuid: str) -> int:
        """Keep a new contact and return its id. The caller has given it a UID."""
        contact_id = self.next_contact
        self.next_contact = contact_id + 1
        emails = [fold(email.value) for email in contact.emails]
        described = _described(contact, emails)
        waiting = self._waiting
        waiting[_INSERT_CONTACT].append((contact_id, contact.uid, abuid or None, self._today, *described))
        letterboxes: list[str] = []
        if contact.addresses:
            rows = address_rows(contact_id, contact.addresses)
            letterboxes = [str(row[-1]) for row in rows if row[-1]]
            waiting[INSERT_ADDRESS] += rows
        if contact.occasions:
            waiting[INSERT_OCCASION] += occasion_rows(contact_id, contact.occasions)
        if contact.tags:
            waiting[INSERT_TAG] += tag_rows(contact_id, contact.tags)
        key = described[_NAME_KEY]
        phones = [phone.value for phone in contact.phones]
        self.blocks.add(contact_id, key, emails, phones, _birthday(contact.occasions), letterboxes)
        return contact_id

    def add_year_cards(self, contact_id: int, cards: Iterable[YearCard]) -> None:
        """Keep the cards of past years of a new contact."""
        self._waiting[INSERT_YEAR_CARD] += [year_card_row(contact_id, card) for card in cards]

    def add_card(
        self,
        text: CardText,
        *,
        contact_id: int | None,
        problems: Iterable[Problem],
        group_name: str | None = None,
    ) -> int:
        """Keep one card's text, its photos apart, and what was not understood of it; return the card's id."""
        card_id = self._next_card
        self._next_card = card_id + 1
        raw, cuttings = photos.cut_out(text.raw, text.photo_places)
        waiting = self._waiting
        waiting[_INSERT_CARD].append(
            (card_id, contact_id, text.source_id, text.line, raw, text.digest, group_name)
        )
        waiting[_INSERT_PROBLEM] += [(card_id, *problem) for problem in problems]
        waiting[photos.INSERT_CUTTING] += [(card_id, at, self._shelf.id_of(data)) for at, data in cuttings]
        return card_id

    def flush(self) -> None:
        """Put what waits into the store."""
        self._waiting[photos.INSERT_PHOTO] += self._shelf.rows
        self._shelf.rows.clear()
        for statement, rows in self._waiting.items():
            if rows:
                self._db.executemany(statement, rows)
                rows.clear()


def _next_id(db: sqlite3.Connection, table: str) -> int:
    (newest,) = db.execute(f"SELECT max(id) FROM {table}").fetchone()
    return (newest or 0) + 1


def _birthday(occasions: Iterable[Occasion]) -> tuple[int, int] | None:
    """Return month and day of the first birthday that has both."""
    for occasion in occasions:
        if occasion.kind is OccasionKind.BIRTHDAY and occasion.date.month_day:
            return occasion.date.month_day
    return None


def occasion_rows(contact_id: int, occasions: Iterable[Occasion]) -> list[Row]:
    """Return a contact's occasions as `INSERT_OCCASION` takes them."""
    rows: list[Row] = []
    for kind, day, label in occasions:
        rows.append((contact_id, kind.value, label, str(day), day.place_in_year))
    return rows


def tag_rows(contact_id: int, tags: Iterable[str]) -> list[Row]:
    """Return a contact's tags as `INSERT_TAG` takes them."""
    return [(contact_id, tag) for tag in dict.fromkeys(tags)]


_NAME_KEY = 2  # of what `described` returns


def described(contact: Contact) -> tuple[str, ...]:
    """Return kind, name, name_key, sort_key, search, country and detail as the table of contacts has them."""
    return _described(contact, [fold(email.value) for email in contact.emails])


def _described(contact: Contact, emails: Iterable[str]) -> tuple[str, ...]:
    """Describe a contact whose folded e-mails are known."""
    key = name_key(contact)
    shown, (family, given, *_) = contact.display_name, contact.name
    called = [fold(shown) if "," in shown else key, *map(fold_again, contact.nicknames)]
    if contact.org:
        called.append(fold_again(contact.org))
    whole = f"{given} {family}"
    if whole not in shown:
        called.append(fold(whole))
    towns = (fold_again(address.locality) for address in contact.addresses)
    address = contact.address
    return (
        contact.kind.value,
        shown,
        key,
        sort_key(contact),
        f"{' '.join(filter(None, called))}\n{' '.join(filter(None, (*towns, *emails)))}",
        address.country_code if address is not None else "",
        _json(_detail(contact)),
    )


# A phone or an e-mail is written as value, types and label, a relation as kind, name and UID.
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def _detail(contact: Contact) -> dict[str, object]:
    """Return the parts of a contact that are shown, never searched, by name; what is empty is left out."""
    name = {part: text for part, text in zip(contact.name._fields, contact.name, strict=True) if text}
    parts = {
        "n": name,
        "nicknames": contact.nicknames,
        "phonetic": contact.phonetic,
        "org": contact.org,
        "title": contact.title,
        "phones": contact.phones,
        "emails": contact.emails,
        "urls": contact.urls,
        "relations": contact.relations,
        "note": contact.note,
        "language": contact.language,
        "gender": contact.gender,
    }
    return {part: said for part, said in parts.items() if said}

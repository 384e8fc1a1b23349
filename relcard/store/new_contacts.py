"""New contacts and their vCards on the way into the store, a few hundred at a time.

A statement for each row costs an import of thousands more than reading the cards does: rows wait here and
go in table by table. Their ids are known at once, counted on from the last row of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.importing.entry import Place
from relcard.domain.importing.entry import entry_of
from relcard.domain.importing.entry import place_of
from relcard.domain.importing.match_keys import first_choice
from relcard.domain.importing.match_keys import keys_of
from relcard.domain.kinds import OccasionKind
from relcard.domain.text import fold
from relcard.domain.text import fold_again
from relcard.store import photos
from relcard.store.details import as_json
from relcard.store.details import parts
from relcard.store.waiting import Waiting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.importing.entry import Entry
    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Occasion
    from relcard.errors import Problem

    LetterboxOf = Callable[[Address | Place], str]  # the key that two spellings of one letterbox share
    Row = tuple[str | int | bytes | None, ...]

ADDRESS_COLUMNS = (
    "po_box", "extended", "street", "locality", "region", "postcode", "country", "country_code", "label"
)  # fmt: skip
INSERT_ADDRESS = (
    f"INSERT INTO address (contact_id, {', '.join(ADDRESS_COLUMNS)}, types, preferred, letterbox) "
    f"VALUES ({', '.join('?' * 13)})"
)
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
_WIDTH = _INSERT_CONTACT.count("?")
_DETAIL = _WIDTH - 1  # the last of a row's values
_NAME_KEY = 2  # among the words of a contact
_INSERT_PROBLEM = "INSERT INTO problem (vcard_id, source, line, name, message) VALUES (?, ?, ?, ?, ?)"


class Additions:
    """Rows that wait; nobody but this adds contacts and cards while it is in use."""

    def __init__(self, db: sqlite3.Connection, *, letterbox: LetterboxOf, today: date) -> None:
        self._db = db
        self._letterbox = letterbox
        self._today = today.isoformat()
        from relcard.domain.importing.duplicates import Blocks
        from relcard.domain.people.doors import Doors

        self.first_contact = self.next_contact = _next_id(db, "contact")
        self.blocks = Blocks()  # of the new contacts: who may be whose twin
        self.doors = Doors(self.first_contact)  # of the new contacts: who may live with whom
        self._next_card = _next_id(db, "vcard")
        self._shelf = photos.Shelf(db)
        self._contacts = Waiting(_INSERT_CONTACT)
        self._details: list[dict[str, object]] = []  # of the contacts, in their order
        self._addresses = Waiting(INSERT_ADDRESS)
        self._occasions = Waiting(INSERT_OCCASION)
        self._tags = Waiting(INSERT_TAG)
        self._cards = Waiting(_INSERT_CARD)
        self._problems = Waiting(_INSERT_PROBLEM)
        self._photos = Waiting(photos.INSERT_PHOTO)
        self._cuttings = Waiting(photos.INSERT_CUTTING)

    def add_contact(self, contact: Contact, *, abuid: str) -> int:
        """Keep a new contact and return its id. The caller has given it a UID."""
        return self.add_entry(entry_of(contact), abuid=abuid)

    def add_entry(self, entry: Entry, *, abuid: str) -> int:
        """Keep a new contact, given in plain tuples, and return its id. The caller has given it a UID."""
        contact_id = self.next_contact
        self.next_contact = contact_id + 1
        emails = [fold(one[0]) for one in entry.emails]
        words = _words(entry, emails)
        self._contacts.values += (contact_id, entry.uid, abuid or None, self._today, *words, "")
        self._details.append(parts(entry))
        month_day: tuple[int, int] | None = None
        for kind, day, label in entry.occasions:
            returns = _month_day(day)
            self._occasions.values += (contact_id, kind.value, label, day, returns)
            if kind is OccasionKind.BIRTHDAY and returns and month_day is None:
                month_day = divmod(returns, 100)
        self.blocks.add(contact_id, words[_NAME_KEY], emails, [one[0] for one in entry.phones], month_day)
        letterbox = ""
        if entry.addresses:
            rows = address_rows(contact_id, entry.addresses, self._letterbox)
            for row in rows:
                self._addresses.values += row
            letterbox = _first_letterbox(rows)
        self.doors.add(entry.kind, letterbox)
        if entry.relations:
            self.doors.is_tied = True
        for tag in dict.fromkeys(entry.tags):
            self._tags.values += (contact_id, tag)
        return contact_id

    def add_card(
        self,
        *,
        contact_id: int | None,
        source_id: int,
        line: int,
        raw: bytes,
        digest: bytes,
        problems: Iterable[Problem],
        photo_places: Sequence[tuple[int, int]] = (),
        group_name: str | None = None,
    ) -> int:
        """Keep one card's text and what was not understood of it; return the card's id.

        `photo_places` are where in the text its photos stand: these are kept apart, once each.
        """
        card_id = self._next_card
        self._next_card = card_id + 1
        if photo_places:
            raw, cuttings = photos.cut_out(raw, photo_places)
            for at, data in cuttings:
                self._cuttings.values += (card_id, at, self._shelf.id_of(data))
        self._cards.values += (card_id, contact_id, source_id, line, raw, digest, group_name)
        for one in problems:
            self._problems.values += (card_id, *one)
        return card_id

    def flush(self, *, all_of_it: bool = True) -> None:
        """Put what waits into the store; else all contacts and vCards, and most of what hangs on them."""
        self._contacts.values[_DETAIL::_WIDTH] = as_json(self._details)
        self._details.clear()
        for photo in self._shelf.rows:
            self._photos.values += photo
        self._shelf.rows.clear()
        for table in (self._contacts, self._cards, self._photos):
            table.flush(self._db)
        for table in (self._addresses, self._occasions, self._tags, self._problems, self._cuttings):
            table.flush(self._db, all_of_it=all_of_it)


def _next_id(db: sqlite3.Connection, table: str) -> int:
    (newest,) = db.execute(f"SELECT max(id) FROM {table}").fetchone()
    return (newest or 0) + 1


def address_rows(contact_id: int, addresses: Iterable[Address | Place], letterbox: LetterboxOf) -> list[Row]:
    """Return a contact's addresses as `INSERT_ADDRESS` takes them."""
    rows: list[Row] = []
    for one in addresses:
        place = one if isinstance(one, Place) else place_of(one)
        rows.append((contact_id, *place[:-2], "\x1f".join(place.types), int(place.preferred), letterbox(one)))
    return rows


def _first_letterbox(rows: Sequence[Row]) -> str:
    """Return the letterbox that tells who lives with a contact, as `households` reads it from the rows."""
    if len(rows) == 1:
        return str(rows[0][-1])
    known = [row for row in rows if row[-1]]
    if not known:
        return ""
    types, preferred = -3, -2
    best = min(
        known,
        key=lambda row: (not row[preferred], "home" not in str(row[types]), "work" in str(row[types])),
    )
    return str(best[-1])


def occasion_rows(contact_id: int, occasions: Iterable[Occasion]) -> list[Row]:
    """Return a contact's occasions as `INSERT_OCCASION` takes them."""
    rows: list[Row] = []
    for one in occasions:
        day = one.date.month_day
        month_day = day[0] * 100 + day[1] if day else None
        rows.append((contact_id, one.kind.value, one.label, str(one.date), month_day))
    return rows


def tag_rows(contact_id: int, tags: Iterable[str]) -> list[Row]:
    """Return a contact's tags as `INSERT_TAG` takes them."""
    return [(contact_id, tag) for tag in dict.fromkeys(tags)]


def described(contact: Contact) -> tuple[str, ...]:
    """Return kind, name, name_key, sort_key, search, country and detail as the table of contacts has them."""
    entry = entry_of(contact)
    return *_words(entry, [fold(one[0]) for one in entry.emails]), *as_json([parts(entry)])


def _words(entry: Entry, emails: Sequence[str]) -> tuple[str, str, str, str, str, str]:
    """Return what `described` does but the detail; `emails` are folded."""
    _, kind, shown, (family, given, _, _, _), nicknames, phonetic, org, _, addresses, *_ = entry
    key, shelf = keys_of(kind, phonetic, shown, given, family)
    called = [fold(shown) if "," in shown else key]
    if nicknames:
        called += map(fold_again, nicknames)
    if org:
        called.append(fold_again(org))
    if f"{given} {family}" not in shown:
        called.append(fold(f"{given} {family}"))
    others = emails
    country = ""
    if addresses:
        others = [*[fold_again(one.locality) for one in addresses], *emails]
        address = first_choice([one for one in addresses if not one.is_empty])
        country = address.country_code if address is not None else ""
    return (
        kind.value,
        shown,
        key,
        shelf,
        f"{' '.join(filter(None, called))}\n{' '.join(filter(None, others))}",
        country,
    )


def _month_day(day: str) -> int | None:
    """Return month and day of a date, as `str(PartialDate)` writes it, in one number; None without both."""
    if len(day) == _FULL or (len(day) == _NO_YEAR and day[0] == "-"):
        return int(day[-5:-3] + day[-2:])
    return None


_FULL, _NO_YEAR = len("1985-04-12"), len("--04-12")

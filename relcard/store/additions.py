"""New contacts and their vCards on the way into the store, a few hundred at a time.

A statement for each row costs an import of thousands more than reading the cards does: rows wait here and
go in table by table. Their ids are known at once, counted on from the last row of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.contact import OccasionKind
from relcard.domain.contact import fold
from relcard.domain.contact import name_key
from relcard.domain.contact import sort_key
from relcard.domain.folding import fold_again
from relcard.store import photos
from relcard.store.details import detail

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.contact import Address
    from relcard.domain.contact import Contact
    from relcard.domain.contact import Occasion
    from relcard.errors import Problem

    LetterboxOf = Callable[[Address], str]  # the key that two spellings of one letterbox share
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
_INSERT_CARD = """
    INSERT INTO vcard (id, contact_id, source_id, line, raw, sha256, group_name) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_STATEMENTS = (
    _INSERT_CONTACT,
    INSERT_ADDRESS,
    INSERT_OCCASION,
    INSERT_TAG,
    _INSERT_CARD,
    "INSERT INTO problem (vcard_id, source, line, name, message) VALUES (?, ?, ?, ?, ?)",
    photos.INSERT_PHOTO,
    photos.INSERT_CUTTING,
)


class Additions:
    """Rows that wait; nobody but this adds contacts and cards while it is in use."""

    def __init__(self, db: sqlite3.Connection, *, letterbox: LetterboxOf, today: date) -> None:
        self._db = db
        self._letterbox = letterbox
        self._today = today.isoformat()
        from relcard.domain.doors import Doors
        from relcard.domain.duplicates import Blocks

        self.first_contact = self.next_contact = _next_id(db, "contact")
        self.blocks = Blocks()  # of the new contacts: who may be whose twin
        self.doors = Doors(self.first_contact)  # of the new contacts: who may live with whom
        self._next_card = _next_id(db, "vcard")
        self._contacts: list[Row] = []
        self._addresses: list[Row] = []
        self._occasions: list[Row] = []
        self._tags: list[Row] = []
        self._cards: list[Row] = []
        self._problems: list[Row] = []
        self._shelf = photos.Shelf(db)
        self._cuttings: list[Row] = []

    def add_contact(self, contact: Contact, *, abuid: str) -> int:
        """Keep a new contact and return its id. The caller has given it a UID."""
        contact_id = self.next_contact
        self.next_contact += 1
        emails = [fold(one.value) for one in contact.emails]
        row = described(contact, emails)
        self._contacts.append((contact_id, contact.uid, abuid or None, self._today, *row))
        self.blocks.add(
            contact_id,
            row[_NAME_KEY],
            emails,
            [one.value for one in contact.phones],
            _birthday(contact.occasions) if contact.occasions else None,
        )
        rows = address_rows(contact_id, contact.addresses, self._letterbox)
        self._addresses += rows
        self.doors.add(contact.kind, contact.name.family, contact.display_name, _first_letterbox(rows))
        self.doors.is_tied |= bool(contact.relations)
        self._occasions += occasion_rows(contact_id, contact.occasions)
        self._tags += tag_rows(contact_id, contact.tags)
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
        self._next_card += 1
        kept, cuttings = photos.cut_out(raw, photo_places)
        self._cards.append((card_id, contact_id, source_id, line, kept, digest, group_name))
        self._cuttings += [(card_id, at, self._shelf.id_of(data)) for at, data in cuttings]
        self._problems += [(card_id, *one) for one in problems]
        return card_id

    def flush(self) -> None:
        """Put what waits into the store."""
        waiting: tuple[list[Row] | list[tuple[int, bytes, bytes]], ...] = (
            self._contacts,
            self._addresses,
            self._occasions,
            self._tags,
            self._cards,
            self._problems,
            self._shelf.rows,
            self._cuttings,
        )
        for statement, rows in zip(_STATEMENTS, waiting, strict=True):
            if rows:
                self._db.executemany(statement, rows)
                rows.clear()


def _next_id(db: sqlite3.Connection, table: str) -> int:
    (newest,) = db.execute(f"SELECT max(id) FROM {table}").fetchone()
    return (newest or 0) + 1


def address_rows(contact_id: int, addresses: Iterable[Address], letterbox: LetterboxOf) -> list[Row]:
    """Return a contact's addresses as `INSERT_ADDRESS` takes them."""
    return [
        (
            contact_id, one.po_box, one.extended, one.street, one.locality, one.region, one.postcode,
            one.country, one.country_code, one.label, "\x1f".join(one.types), int(one.preferred),
            letterbox(one),
        )
        for one in addresses
    ]  # fmt: skip


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


_NAME_KEY = 2


def _birthday(occasions: Iterable[Occasion]) -> tuple[int, int] | None:
    for one in occasions:
        if one.kind is OccasionKind.BIRTHDAY:
            return one.date.month_day
    return None


def described(contact: Contact, emails: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return kind, name, name_key, sort_key, search, country and detail as the table of contacts has them.

    `emails` are those of the contact, folded, where the caller has them already.
    """
    if emails is None:
        emails = [fold(one.value) for one in contact.emails]
    address = contact.address if contact.addresses else None
    key = name_key(contact)
    return (
        contact.kind.value,
        contact.display_name,
        key,
        sort_key(contact),
        _search(contact, key, emails),
        address.country_code if address else "",
        detail(contact),
    )


def _search(contact: Contact, key: str, emails: Sequence[str]) -> str:
    """Return what a list is searched by: the names, then on a line of its own the rest, all folded."""
    shown = contact.display_name
    called = [fold(shown) if "," in shown else key]
    if contact.nicknames:
        called += map(fold_again, contact.nicknames)
    if contact.org:
        called.append(fold_again(contact.org))
    parts = f"{contact.name.given} {contact.name.family}"
    if parts not in shown:
        called.append(fold(parts))
    others = [fold_again(one.locality) for one in contact.addresses]
    others += emails
    return f"{' '.join(filter(None, called))}\n{' '.join(filter(None, others))}"

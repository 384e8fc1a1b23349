"""Addresses as the user knows them: since when confirmed, for how long used, and those of the past."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.store.contacts import address_of
from relcard.store.contacts import named
from relcard.store.new_contacts import INSERT_ADDRESS
from relcard.store.new_contacts import address_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from relcard.domain.people.contact import Address


class KnownAddress(NamedTuple):
    """One address of a contact; `retired_on` is set once it is a thing of the past, which is kept."""

    id: int
    contact_id: int
    address: Address
    letterbox: str
    confirmed_on: date | None
    retired_on: date | None


def known(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[KnownAddress]]:
    """Return the addresses of some contacts, by contact: those in use as the card has them, then the past."""
    rows = db.execute(
        """SELECT * FROM address WHERE contact_id IN (SELECT value FROM json_each(?))
           ORDER BY contact_id, retired_on IS NOT NULL, retired_on DESC, id""",
        (json.dumps(list(contact_ids)),),
    )
    by_contact: dict[int, list[KnownAddress]] = {}
    for row in named(rows):
        by_contact.setdefault(row["contact_id"], []).append(
            KnownAddress(
                id=row["id"],
                contact_id=row["contact_id"],
                address=address_of(row),
                letterbox=row["letterbox"],
                confirmed_on=_day(row["confirmed_on"]),
                retired_on=_day(row["retired_on"]),
            )
        )
    return by_contact


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def add(db: sqlite3.Connection, contact_id: int, address: Address, *, today: date) -> None:
    """Keep another address of a contact, confirmed on the day the user said it."""
    ((*row,),) = address_rows(contact_id, [address])
    new = db.execute(INSERT_ADDRESS, row).lastrowid
    db.execute(
        "UPDATE address SET confirmed_on = ?, from_on = ?, until_on = ? WHERE id = ?",
        (
            today.isoformat(),
            str(address.used_from) if address.used_from else None,
            str(address.used_until) if address.used_until else None,
            new,
        ),
    )


def set_preferred(db: sqlite3.Connection, contact_id: int, address: Address) -> None:
    """Make one address in use the preferred one of a contact, and no other."""
    for kept in known(db, [contact_id]).get(contact_id, []):
        if kept.retired_on is None:
            wanted = int(kept.address == address)
            db.execute(
                "UPDATE address SET preferred = ? WHERE id = ? AND preferred <> ?", (wanted, kept.id, wanted)
            )


def confirm(db: sqlite3.Connection, address_ids: Iterable[int], *, on: date) -> None:
    """Remember that the user knew on a day that some addresses were right."""
    _set(db, address_ids, "confirmed_on", on.isoformat())


def retire(db: sqlite3.Connection, address_ids: Iterable[int], *, on: date) -> None:
    """Stop using some addresses; they are kept."""
    _set(db, address_ids, "retired_on", on.isoformat())


def restore(db: sqlite3.Connection, address_ids: Iterable[int]) -> None:
    """Use some addresses again."""
    _set(db, address_ids, "retired_on", None)


def _set(db: sqlite3.Connection, address_ids: Iterable[int], column: str, value: str | None) -> None:
    db.execute(
        f"""UPDATE address SET {column} = ?
            WHERE {column} IS NOT ? AND id IN (SELECT value FROM json_each(?))""",
        (value, value, json.dumps(list(address_ids))),
    )


def known_since(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, date]:
    """Return the day the vCards of some contacts last came in, else the day the contact was added."""
    rows = db.execute(
        """SELECT contact.id, max(coalesce(max(imported_on), ''), added_on)
           FROM contact LEFT JOIN vcard ON vcard.contact_id = contact.id
                LEFT JOIN source ON source.id = source_id
           WHERE contact.id IN (SELECT value FROM json_each(?)) GROUP BY contact.id""",
        (json.dumps(list(contact_ids)),),
    )
    return {row[0]: date.fromisoformat(row[1]) for row in rows}

"""Addresses: in use, confirmed, corrected, seasonal, and those of the past, which are kept."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.letterbox import letterbox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    Row = tuple[str | int | bytes | None, ...]

_COLUMNS = (
    "po_box", "extended", "street", "locality", "region", "postcode", "country", "country_code", "label"
)  # fmt: skip
INSERT_ADDRESS = (
    f"INSERT INTO address (contact_id, {', '.join(_COLUMNS)}, types, preferred, letterbox) "
    f"VALUES ({', '.join('?' * 13)})"
)
_FILLED = (*_COLUMNS, "types", "preferred", "letterbox")  # by every address
_KNOWN = ("confirmed_on", "from_on", "until_on")  # by the user only


class KnownAddress(NamedTuple):
    """One address of a contact; `retired_on` is set once it is a thing of the past, which is kept."""

    id: int
    contact_id: int
    address: Address
    letterbox: str
    confirmed_on: date | None
    retired_on: date | None
    returned_season: str  # whose card came back from there; "" where none did


def known(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[KnownAddress]]:
    """Return the addresses of some contacts, by contact, in an order that no retiring changes."""
    rows = db.execute(
        """SELECT * FROM address WHERE contact_id IN (SELECT value FROM json_each(?))
           ORDER BY contact_id, id""",
        (json.dumps(list(contact_ids)),),
    )
    by_contact: dict[int, list[KnownAddress]] = {}
    for row in _named(rows):
        by_contact.setdefault(row["contact_id"], []).append(
            KnownAddress(
                id=row["id"],
                contact_id=row["contact_id"],
                address=_address_of(row),
                letterbox=row["letterbox"],
                confirmed_on=_day(row["confirmed_on"]),
                retired_on=_day(row["retired_on"]),
                returned_season=row["returned_season"] or "",
            )
        )
    return by_contact


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_use(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, list[Address]]:
    """Return the addresses in use of some contacts, by contact, in one query."""
    wanted = json.dumps(list(contact_ids))
    rows = db.execute(
        """SELECT * FROM address
           WHERE retired_on IS NULL AND contact_id IN (SELECT value FROM json_each(?)) ORDER BY id""",
        (wanted,),
    )
    by_contact: dict[int, list[Address]] = {}
    for row in _named(rows):
        by_contact.setdefault(row["contact_id"], []).append(_address_of(row))
    return by_contact


def _named(rows: sqlite3.Cursor) -> sqlite3.Cursor:
    rows.row_factory = sqlite3.Row  # asked by column name, where others are plain tuples
    return rows


def _address_of(row: sqlite3.Row) -> Address:
    return Address(
        **{column: row[column] for column in _COLUMNS},
        types=tuple(row["types"].split("\x1f")) if row["types"] else (),
        preferred=bool(row["preferred"]),
        used_from=PartialDate.parse(row["from_on"]) if row["from_on"] else None,
        used_until=PartialDate.parse(row["until_on"]) if row["until_on"] else None,
    )


def address_rows(contact_id: int, addresses: Iterable[Address]) -> list[Row]:
    """Return a contact's addresses as `INSERT_ADDRESS` takes them."""
    return [
        (
            contact_id,
            address.po_box,
            address.extended,
            address.street,
            address.locality,
            address.region,
            address.postcode,
            address.country,
            address.country_code,
            address.label,
            "\x1f".join(address.types),
            int(address.preferred),
            letterbox(address),
        )
        for address in addresses
    ]


def put_in_order(db: sqlite3.Connection, contact_id: int, wanted: Sequence[Address]) -> None:
    """Put the addresses in use into the order of the card: a card goes to the first that suits.

    What the user knows of an address (confirmed, seasonal) stays with it; those out of use are not touched.
    """
    cursor = db.execute(
        "SELECT * FROM address WHERE contact_id = ? AND retired_on IS NULL ORDER BY id", (contact_id,)
    )
    rows = _named(cursor).fetchall()
    if [_address_of(row) for row in rows] == list(wanted):
        return
    user_knows = {_address_of(row): tuple(row[column] for column in _KNOWN) for row in rows}
    db.execute("DELETE FROM address WHERE contact_id = ? AND retired_on IS NULL", (contact_id,))
    for address, row in zip(wanted, address_rows(contact_id, wanted), strict=True):
        new = db.execute(INSERT_ADDRESS, row).lastrowid
        if any(user_knows.get(address, ())):
            columns = ", ".join(f"{column} = ?" for column in _KNOWN)
            db.execute(f"UPDATE address SET {columns} WHERE id = ?", (*user_knows[address], new))


def correct_addresses(db: sqlite3.Connection, contact_id: int, corrected: Mapping[Address, Address]) -> None:
    """Write addresses of a contact in the place of those they correct; those out of use are not touched."""
    for before, after in corrected.items():
        ((_, *old), (_, *new)) = address_rows(contact_id, [before, after])
        db.execute(
            f"""UPDATE address SET {", ".join(f"{column} = ?" for column in _FILLED)}
                WHERE contact_id = ? AND retired_on IS NULL
                  AND {" AND ".join(f"{column} = ?" for column in _FILLED[:-1])}""",
            (*new, contact_id, *old[:-1]),
        )


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
    wanted = list(address_ids)
    _set(db, wanted, "retired_on", None)
    _set(db, wanted, "returned_season", None)


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

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


def others_at(db: sqlite3.Connection, letterbox: str) -> list[int]:
    """Return the contacts who have or had an address at a letterbox."""
    rows = db.execute(
        "SELECT DISTINCT contact_id FROM address WHERE letterbox = ? AND ? <> '' ORDER BY contact_id",
        (letterbox, letterbox),
    )
    return [row[0] for row in rows]


def others_near(db: sqlite3.Connection, postcode: str, country_code: str) -> list[int]:
    """Return the contacts with an address in use of a postcode, none for ""."""
    rows = db.execute(
        """SELECT DISTINCT contact_id FROM address
           WHERE retired_on IS NULL AND postcode <> '' AND country_code = ?
             AND replace(upper(postcode), ' ', '') = replace(upper(?), ' ', '') ORDER BY contact_id""",
        (country_code, postcode),
    )
    return [row[0] for row in rows]


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
            *address.postal,
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

    A row that stays keeps what the user knows of it (confirmed, seasonal). The places among all rows of the
    contact, by which addresses are numbered, are kept too; those out of use are not touched.
    """
    selected = db.execute(
        "SELECT * FROM address WHERE contact_id = ? AND retired_on IS NULL ORDER BY id", (contact_id,)
    )
    rows = [(_address_of(row), int(row["id"])) for row in _named(selected)]
    if [address for address, _ in rows] == list(wanted):
        return
    places = [row_id for _, row_id in rows]
    order: list[int] = []
    for address in wanted:
        same = [row for row in rows if row[0] == address] or [
            row for row in rows if row[0].postal == address.postal
        ]
        if same:
            rows.remove(same[0])
            _fill(db, same[0][1], address)
        order.append(same[0][1] if same else _insert(db, contact_id, address))
    db.executemany("DELETE FROM address WHERE id = ?", ((row_id,) for _, row_id in rows))
    if order != sorted(order):
        _number(db, order, sorted({*places, *order})[: len(order)])


def _fill(db: sqlite3.Connection, row_id: int, address: Address) -> None:
    ((_, *values),) = address_rows(0, [address])
    db.execute(
        f"UPDATE address SET {', '.join(f'{column} = ?' for column in _FILLED)} WHERE id = ?",
        (*values, row_id),
    )


def _insert(db: sqlite3.Connection, contact_id: int, address: Address) -> int:
    ((*row,),) = address_rows(contact_id, [address])
    row_id = db.execute(INSERT_ADDRESS, row).lastrowid
    assert row_id is not None  # noqa: S101  an INSERT that did not raise has a row
    return row_id


def _number(db: sqlite3.Connection, row_ids: Sequence[int], places: Sequence[int]) -> None:
    """Give some rows other ids, which are theirs or free; by way of ids behind all others."""
    (last,) = db.execute("SELECT max(id) FROM address").fetchone()
    aside = range(last + 1, last + 1 + len(row_ids))
    db.executemany("UPDATE address SET id = ? WHERE id = ?", zip(aside, row_ids, strict=True))
    db.executemany("UPDATE address SET id = ? WHERE id = ?", zip(places, aside, strict=True))


def take_over(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Give a contact what is known of the addresses of another: those of the past, behind its own, and days.

    A card that came back from one of them counts for both.
    """
    for column in _KNOWN:
        db.execute(
            f"""UPDATE address SET {column} = (
                    SELECT max({column}) FROM address AS other
                    WHERE other.contact_id = ?1 AND other.letterbox = address.letterbox)
                WHERE contact_id = ?2 AND {column} IS NULL AND retired_on IS NULL AND letterbox IN (
                    SELECT letterbox FROM address
                    WHERE contact_id = ?1 AND {column} IS NOT NULL AND retired_on IS NULL
                      AND letterbox <> '')""",
            (gone, stays),
        )
    past = [
        row_id
        for (row_id,) in db.execute(
            "SELECT id FROM address WHERE contact_id = ? AND retired_on IS NOT NULL ORDER BY id", (gone,)
        )
    ]
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM address").fetchone()
    db.executemany(
        "UPDATE address SET contact_id = ?, id = ? WHERE id = ?",
        ((stays, last + place, row_id) for place, row_id in enumerate(past, start=1)),
    )
    db.execute(
        """UPDATE address SET (retired_on, returned_season) = (
               SELECT max(retired_on), returned_season FROM address AS old
               WHERE old.contact_id = address.contact_id AND old.letterbox = address.letterbox)
           WHERE contact_id = ?1 AND retired_on IS NULL AND letterbox IN (
               SELECT letterbox FROM address
               WHERE contact_id = ?1 AND retired_on IS NOT NULL AND letterbox <> '')""",
        (stays,),
    )


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
    new = _insert(db, contact_id, address)
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


class ProposedAddress(NamedTuple):
    """A new address of the household in which a contact is, as it was typed on a device, to be decided on."""

    id: int
    contact_id: int
    line: str
    device: str
    said_on: date


def propose(db: sqlite3.Connection, contact_id: int, line: str, *, device: str, on: date) -> None:
    """Keep a new address for the owner to take or drop; nothing about the address changes."""
    db.execute(
        """INSERT INTO proposal (contact_id, line, device, said_on) SELECT :contact_id, :line, :device, :on
           WHERE NOT EXISTS (SELECT 1 FROM proposal WHERE contact_id = :contact_id AND line = :line)""",
        {"contact_id": contact_id, "line": line, "device": device, "on": on.isoformat()},
    )


def proposed(db: sqlite3.Connection) -> list[ProposedAddress]:
    """Return the new addresses that wait for the owner, oldest first."""
    rows = db.execute("SELECT id, contact_id, line, device, said_on FROM proposal ORDER BY id")
    return [ProposedAddress(*row)._replace(said_on=date.fromisoformat(row[-1])) for row in rows]


def forget_proposal(db: sqlite3.Connection, proposal_id: int) -> None:
    """Forget a new address that was taken or dropped."""
    db.execute("DELETE FROM proposal WHERE id = ?", (proposal_id,))

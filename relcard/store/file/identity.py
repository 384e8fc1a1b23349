"""The UUID of each row that may travel: what two stores call one row.

The store mints a random one (version 4) where a row goes in, as a default of its column, so that nothing that
inserts can forget it. A row that has a natural key (a tag of a contact, a season by its name) gets one made
from that key (version 5) as the step that wrote it ends: two stores then make the same row.
"""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING

from relcard.store import IS_SHARED

if TYPE_CHECKING:
    import sqlite3

_NAMESPACE = bytes.fromhex("9d3f6c0c5e2b4f4a8a7172656c636172")  # relcard's own, for uuid5
_VERSION_5 = 5 << 76 | 0b10 << 62  # RFC 9562 section 5.5: version and variant
_RANDOM = (1 << 128) - 1 & ~(0b1111 << 76 | 0b11 << 62)
_OF_CONTACT = "(SELECT uuid FROM contact WHERE contact.id = {0})"
_CONTACT = _OF_CONTACT.format("contact_id")
_ONE, _OTHER = _OF_CONTACT.format("one_id"), _OF_CONTACT.format("other_id")
TRAVELLING = (
    *("contact", "circle", "cadence", "vcard", "address", "occasion", "tag", "fact", "note", "relation"),
    *("alias", "not_same", "member", "day", "gift", "household", "membership", "season", "recipient"),
    *("picture", "proposal", "interaction", "through", "dismissal", "segment", "print_run"),
)
# Of each table with a natural key: its columns, contacts and the like by their UUIDs. A household, known by
# the smallest of its people, comes before its recipients.
NATURAL = {
    "household": (
        """(SELECT min(contact.uuid) FROM membership CROSS JOIN contact ON contact.id = contact_id
            WHERE household_id = household.id)""",
    ),
    "circle": (_CONTACT,),
    "cadence": (_CONTACT,),
    "tag": (_CONTACT, "name"),
    "fact": (_CONTACT, "key"),
    "membership": (_CONTACT,),
    "picture": (_CONTACT, "sha256"),
    "member": (_CONTACT, "name_key"),
    "season": ("name",),
    "recipient": (
        "(SELECT uuid FROM season WHERE season.id = season_id)",
        "(SELECT uuid FROM household WHERE household.id = household_id)",
    ),
    "through": ("(SELECT uuid FROM interaction WHERE interaction.id = interaction_id)", _CONTACT),
    "segment": ("name",),
    "not_same": (f"min({_ONE}, {_OTHER})", f"max({_ONE}, {_OTHER})"),
}


def key_uuid(*parts: bytes) -> bytes:
    """Return the UUID (version 5) of a natural key."""
    digest = sha1(_NAMESPACE + b"\0".join(parts), usedforsecurity=False).digest()
    return (int.from_bytes(digest[:16]) & _RANDOM | _VERSION_5).to_bytes(16)


def is_uuid(value: object) -> bool:
    """Whether a value is a random UUID or one made from a key, as the store keeps it: its 16 bytes."""
    return (
        isinstance(value, bytes) and len(value) == 16 and value[6] >> 4 in (4, 5) and value[8] & 0xC0 == 0x80
    )


def settle(
    db: sqlite3.Connection, table: str, rows: str, parameters: dict[str, object] | None = None
) -> None:
    """Give the rows that a condition in SQL names the UUIDs of their keys.

    A household follows its people only while it is a proposal. Where the key's own UUID is taken, by one that
    was proposed for the same people and then stated, it is made from that one in turn.
    """
    keys = ", ".join(f"CAST({part} AS BLOB)" for part in NATURAL[table])
    if table == "household":
        rows = f"stated = 0 AND NOT {IS_SHARED} AND ({rows})"
    kind = table.encode()
    moved = [
        (made, row_id)
        for row_id, uuid, *key in db.execute(
            f"SELECT rowid, uuid, {keys} FROM {table} WHERE {rows}", parameters or {}
        )
        if None not in key and (made := key_uuid(kind, *key)) != uuid
    ]
    if moved and table == "household":
        _find_untaken(db, moved)
    db.executemany(f"UPDATE {table} SET uuid = ? WHERE rowid = ?", moved)


def _find_untaken(db: sqlite3.Connection, moved: list[tuple[bytes, int]]) -> None:
    """Give the households of a list the UUIDs that they can have beside the others that stand."""
    taken = _uuids_but_of(db, {number for _, number in moved})
    for place, (made, number) in enumerate(moved):
        free = made
        while free in taken:
            free = key_uuid(b"household", free)
        taken.add(free)
        if free is not made:
            moved[place] = (free, number)


def _uuids_but_of(db: sqlite3.Connection, leaving: set[int]) -> set[bytes]:
    rows = db.execute("SELECT id, uuid FROM household")
    return {uuid for number, uuid in rows if number not in leaving}

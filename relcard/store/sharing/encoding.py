"""Rows of the store as the values that travel: other rows by their UUIDs, what is worked out left behind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.reminders.row_names import with_uuid
from relcard.domain.sharing.travelling import CARD
from relcard.domain.sharing.travelling import TABLES
from relcard.store.file import identity

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.sharing.steps import Value

Raw = dict[str, Any]  # a row as its table has it, by column, with its `rowid`
DETAIL = "detail."


def read(db: sqlite3.Connection, table: str, where: str, *values: object) -> list[Raw]:
    """Return the rows of a table that a condition in SQL names."""
    cursor = db.execute(
        f'SELECT rowid AS rowid_, * FROM "{table}" NOT INDEXED WHERE {where} ORDER BY rowid', values
    )
    names = [column[0] for column in cursor.description]
    names[0] = "rowid"
    return [dict(zip(names, row, strict=True)) for row in cursor]


def read_by_uuid(db: sqlite3.Connection, table: str, uuid: str) -> Raw | None:
    """Return the row of a UUID in hex, None where it does not stand in its table."""
    if table == "photo":
        return None
    number = row_id_of(db, table, uuid)
    return None if number is None else read(db, table, "rowid = ?", number)[0]


def row_id_of(db: sqlite3.Connection, table: str, uuid: str) -> int | None:
    """Return the row id of a UUID in hex, None where it does not stand in its table."""
    row = db.execute(f'SELECT rowid FROM "{table}" WHERE uuid = ?', (bytes.fromhex(uuid),)).fetchone()
    return int(row[0]) if row else None


def uuid_of(raw: Raw) -> str:
    """Return the UUID of a row in hex; a photo is called after its bytes."""
    uuid = raw.get("uuid") or identity.key_uuid(b"photo", raw["sha256"])
    return str(uuid.hex())


class Encoder:
    """Makes values of rows; `before` has rows as they were, where the store has another or none by now."""

    def __init__(
        self, db: sqlite3.Connection, before: dict[str, dict[int, Raw | None]] | None = None
    ) -> None:
        self._db = db
        self._before = before or {}
        self._uuids: dict[tuple[str, int], str | None] = {}
        self._sources: dict[int, list[str]] = {}

    def know(self, table: str, raw: Raw) -> None:
        """Remember the UUID of a row, since others that follow point to it."""
        self._uuids[table, raw["rowid"]] = uuid_of(raw)

    def values(self, table: str, raw: Raw) -> dict[str, Value]:
        """Return what travels of a row."""
        how = TABLES[table]
        values: dict[str, Value] = {column: raw[column] for column in how.values}
        for group, columns in how.groups.items():
            values[group] = [raw[column] for column in columns]
        for column, parent in how.to.items():
            number = raw[column]
            values[column] = None if number is None else self.uuid(parent, number)
        if table == "not_same" and values["one_id"] and values["other_id"]:  # either way round, by the UUIDs
            values["one_id"], values["other_id"] = sorted((values["one_id"], values["other_id"]))
        if table == "contact":
            values |= {DETAIL + part: said for part, said in json.loads(raw["detail"]).items()}
        if table == "vcard":
            values |= self._card(raw)
        if table == "dismissal":
            values["reminder"] = with_uuid(raw["reminder"], self.uuid)
        return values

    def uuid(self, table: str, row_id: int) -> str | None:
        """Return the UUID in hex of a row that is pointed to, None where there is none."""
        key = (table, row_id)
        if key not in self._uuids:
            raw = self._before.get(table, {}).get(row_id)
            if raw is not None:
                self._uuids[key] = uuid_of(raw)
            else:
                row = self._db.execute(f'SELECT uuid FROM "{table}" WHERE rowid = ?', (row_id,)).fetchone()
                self._uuids[key] = row[0].hex() if row else None
        return self._uuids[key]

    def _card(self, raw: Raw) -> dict[str, Value]:
        row_id, source = raw["rowid"], raw["source_id"]
        if source not in self._sources:
            was = self._before.get("source", {}).get(source)
            row = self._db.execute("SELECT name, imported_on FROM source WHERE id = ?", (source,)).fetchone()
            self._sources[source] = (
                [was["name"], was["imported_on"]] if was else list(row or ("", "1970-01-01"))
            )
        places = [[at, self._photo(photo_id)] for at, _, photo_id in self._cuttings(row_id)]
        return {"source": self._sources[source], "card": [raw["line"], raw["raw"], places]}

    def _cuttings(self, row_id: int) -> Iterable[tuple[int, int, int]]:
        """Return the places of a card's photos: each where, its own number, and the photo's."""
        was = [
            (raw["at"], raw["id"], raw["photo_id"])
            for raw in self._before.get("cutting", {}).values()
            if raw and raw["vcard_id"] == row_id
        ]
        rows = was or self._db.execute("SELECT at, id, photo_id FROM cutting WHERE vcard_id = ?", (row_id,))
        return sorted(rows)

    def _photo(self, photo_id: int) -> bytes:
        row = self._db.execute("SELECT sha256 FROM photo WHERE id = ?", (photo_id,)).fetchone()
        return bytes(row[0])


def unsaid(table: str, values: Mapping[str, Value], pointers: Mapping[str, str | None]) -> list[str]:
    """Return the columns of which a row's table does not say what was written of them.

    What it points to has another stand for it, or a newer relcard wrote it.
    """
    how = TABLES[table]
    own = {CARD, "source"} if table == "vcard" else set()
    columns: list[str] = []
    for column, value in values.items():
        if column in how.to:
            is_said = pointers[column] == value
        elif column in how.groups:
            is_said = isinstance(value, list) and len(value) == len(how.groups[column])
        elif column.startswith(DETAIL):
            is_said = value is None or bool(value)
        else:
            is_said = value is None or column in how.values or column in own
        if not is_said:
            columns.append(column)
    return columns


def columns_of(table: str, values: Mapping[str, Value], row_of: Callable[[str, str], int | None]) -> Raw:
    """Return the columns of the store that values make; `row_of` gives the row id for a column and its table.

    What is worked out from others, and columns that this relcard does not know, are not among them.
    """
    how = TABLES[table]
    columns = {column: values[column] for column in how.values if column in values}
    for group, names in how.groups.items():
        if isinstance(values.get(group), list):
            columns |= dict(zip(names, values[group], strict=False))
    for column, parent in how.to.items():
        columns[column] = row_of(column, parent)
    if table == "contact":
        parts = {name.removeprefix(DETAIL): said for name, said in values.items() if name.startswith(DETAIL)}
        columns["detail"] = json.dumps(
            {part: parts[part] for part in _in_order(parts) if parts[part]}, ensure_ascii=False
        )
    return columns


_PARTS = (
    *("n", "nicknames", "phonetic", "org", "title", "phones", "emails", "urls", "relations", "note"),
    *("language", "gender"),
)


def _in_order(parts: Iterable[str]) -> list[str]:
    return sorted(parts, key=lambda part: (_PARTS.index(part) if part in _PARTS else len(_PARTS), part))

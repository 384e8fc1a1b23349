"""What of a list's row is shown to a person: the field by its name, a value in words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from relcard.domain.sharing.travelling import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relcard.domain.sharing.steps import Value

_FIELDS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("address", "postal"): "address",
        ("address", "retired_on"): "address given up on",
        ("address", "confirmed_on"): "address confirmed on",
        ("alias", "contact_id"): "who the card belongs to",
        ("cadence", "days"): "days between two times in touch",
        ("contact", "archived_on"): "archived on",
        ("contact", "detail.n"): "parts of the name",
        ("contact", "detail.note"): "note on the vCard",
        ("contact", "detail.org"): "organisation",
        ("household", "addressee"): "addressee of the household",
        ("household", "careful"): "written to with care",
        ("household", "cheer_on"): "cheerful cards",
        ("household", "language"): "language of the household",
        ("household", "salutation"): "salutation of the household",
        ("membership", "household_id"): "household",
        ("membership", "role"): "place in the household",
        ("note", "text"): "note",
        ("recipient", "state"): "state of the card",
        ("recipient", "words"): "words of the card",
    }
)
_ROWS: Mapping[str, str] = MappingProxyType(
    {"recipient": "card of the season", "vcard": "vCard", "membership": "household"}
)
# Parts of a group that a person need not see.
_UNSHOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"postal": ("country_code", "label"), "words": ("edited",)}
)
_IN_LINES = ("words",)  # groups whose parts are texts of several lines


def field_in_words(table: str, column: str) -> str:
    """Return what a field is called on a screen; of a whole row (column "") what the row is."""
    if not column:
        return _ROWS.get(table, table.replace("_", " "))
    known = _FIELDS.get((table, column))
    if known is not None:
        return known
    called = column.removeprefix("detail.").removesuffix("_id").replace("_", " ")
    return called if table in {"contact", called} else f"{table.replace('_', ' ')}: {called}"


def refers_to(table: str, column: str) -> str:
    """Return the table whose row a value of a column names, "" for a value that is one."""
    return TABLES[table].to.get(column, "") if table in TABLES else ""


def value_in_words(table: str, column: str, value: Value) -> str:
    """Return a value as text, "" for none."""
    group = TABLES[table].groups.get(column, ()) if table in TABLES else ()
    if group and isinstance(value, (list, tuple)):
        unshown = _UNSHOWN.get(column, ())
        parts = [str(part) for name, part in zip(group, value, strict=False) if part and name not in unshown]
        if column in _IN_LINES:
            return "\n".join(part.strip() for part in parts)
        return ", ".join(" ".join(part.split()) for part in parts)
    return _plainly(value)


def row_in_words(table: str, values: Mapping[str, Value]) -> str:
    """Return the values of a row that a person knows it by."""
    columns = [*TABLES[table].groups, *TABLES[table].values] if table in TABLES else []
    quiet = TABLES[table].quiet if table in TABLES else ()
    texts = [
        value_in_words(table, name, values.get(name))
        for name in columns
        if name not in quiet and isinstance(values.get(name), (str, list, tuple))
    ]
    return " · ".join(text for text in texts if text)


def _plainly(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(text for text in map(_plainly, value.values()) if text)
    if isinstance(value, (list, tuple)):
        return ", ".join(text for text in map(_plainly, value) if text)
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return str(value)

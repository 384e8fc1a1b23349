"""Addresses that were corrected, not moved from: the row stays, and what is kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.new_contacts import ADDRESS_COLUMNS
from relcard.store.new_contacts import address_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from relcard.domain.people.contact import Address

_COLUMNS = (*ADDRESS_COLUMNS, "types", "preferred", "letterbox")


def correct_addresses(db: sqlite3.Connection, contact_id: int, corrected: Mapping[Address, Address]) -> None:
    """Write addresses of a contact in the place of those they correct; those out of use are not touched."""
    for before, after in corrected.items():
        ((_, *old), (_, *new)) = address_rows(contact_id, [before, after])
        db.execute(
            f"""UPDATE address SET {", ".join(f"{one} = ?" for one in _COLUMNS)}
                WHERE contact_id = ? AND retired_on IS NULL
                  AND {" AND ".join(f"{one} = ?" for one in _COLUMNS[:-1])}""",
            (*new, contact_id, *old[:-1]),
        )

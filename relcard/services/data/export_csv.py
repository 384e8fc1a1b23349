"""Households for a spreadsheet: one row a member, with the address the greeting card goes to."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from relcard.services.people.read_households import read_households

if TYPE_CHECKING:
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Member
    from relcard.store.file.database import Connection

COLUMNS = (
    "household", "addressee", "salutation", "name", "given_name", "family_name", "po_box", "extended",
    "street", "locality", "region", "postcode", "country", "country_code",
)  # fmt: skip

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PHONE = re.compile(r"\+?[\d ()./-]+", re.ASCII)


def export_csv(db: Connection, standpoint: Standpoint, *, private: bool = False) -> bytes:
    """Return the members of every household as CSV (RFC 4180, UTF-8 with a mark that spreadsheets look for).

    Circles are in it with `private` only. A value that a spreadsheet would take for a formula begins with an
    apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *(["circle"] if private else [])])
    for view in read_households(db, None, standpoint):
        for member in view.members:
            circle = [member.circle.value if member.circle else ""] if private else []
            writer.writerow([guarded(cell) for cell in (*_cells(view, member), *circle)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def guarded(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula; phone numbers stay as they are."""
    if value.startswith(_STARTS_A_FORMULA) and not _PHONE.fullmatch(value):
        return f"'{value}"
    return value


def _cells(view: HouseholdView, member: Member) -> tuple[str, ...]:
    to = view.address
    where = (
        (to.po_box, to.extended, to.street, to.locality, to.region, to.postcode, to.country)
        if to
        else ("",) * 7
    )
    return (
        f"h{view.id}", view.addressee, view.salutation, member.name, member.given, member.family, *where,
        view.country if to else "",
    )  # fmt: skip

"""Households out as a spreadsheet, for a mail merge elsewhere: one row each, as it stands on the envelope."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from relcard.domain.seasons.years import written_cell
from relcard.services.data.export import guarded
from relcard.services.people.read_households import read_households
from relcard.store import years as year_cards
from relcard.vcard.dialects import HOUSEHOLD_OF
from relcard.vcard.dialects import PEOPLE_OF_HOUSEHOLD

if TYPE_CHECKING:
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

_ADDRESS = ("PO box", "Extended address", "Street", "Town", "Region", "Postcode", "Country")
_WAYS = (("Sent", False), ("Received", True))


def export_households(db: Connection, standpoint: Standpoint, *, private: bool = False) -> tuple[bytes, int]:
    """Return every household as CSV (RFC 4180, UTF-8 with a mark that spreadsheets look for), and how many.

    Circles, notes and facts are not in it, and the lines on cards with `private` only. Read in again it
    changes nothing: the last column tells whose household a row is. A value that a spreadsheet would take for
    a formula begins with an apostrophe.
    """
    views = read_households(db, None, standpoint)
    cards = _cards(db)
    known = [year for ways in cards.values() for year, _ in ways]
    years = range(min(known), max(known) + 1) if known else range(0)
    lines = max((len(view.address_lines) for view in views), default=0)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "Addressee", *(f"Line {number}" for number in range(1, lines + 1)), *_ADDRESS, "Address",
            "Salutation line", PEOPLE_OF_HOUSEHOLD, "Language", "Feast",
            *(f"{way} {year}" for year in years for way, _ in _WAYS), "UID",
        ]
    )  # fmt: skip
    for view in views:
        cells = _cells(cards.get(view.id, {}), years, private=private)
        writer.writerow([guarded(cell) for cell in (*_envelope(view, lines), *cells, _uid(view))])
    return b"\xef\xbb\xbf" + out.getvalue().encode(), len(views)


# The lines on the cards of a year, by the year and whether they came.
_YearCards = dict[tuple[int, bool], list[str]]


def _cards(db: Connection) -> dict[int, _YearCards]:
    """Return the cards of each household by its id."""
    cards: dict[int, _YearCards] = {}
    for card in year_cards.years(db):
        ways = cards.setdefault(card.household_id, {})
        for way in (False,) * card.to_them + (True,) * card.from_them:
            ways.setdefault((card.year, way), []).append(card.text)
    return cards


def _cells(cards: _YearCards, years: range, *, private: bool) -> list[str]:
    """Return what stands in the columns of the years, with the lines on cards with `private` only."""
    cells = []
    for key in ((year, came) for year in years for _, came in _WAYS):
        lines = " · ".join(filter(None, cards[key])) if private and key in cards else ""
        cells.append(written_cell(lines) if key in cards else "")
    return cells


def _envelope(view: HouseholdView, lines: int) -> tuple[str, ...]:
    address = view.address
    parts = address.postal if address else ("",) * len(_ADDRESS)
    label = address.label if address and not any(parts) else ""
    return (
        view.addressee,
        *view.address_lines, *("",) * (lines - len(view.address_lines)),
        *parts, label, view.salutation,
        "; ".join(member.name for member in view.living),
        view.language,
        view.feast,
    )  # fmt: skip


def _uid(view: HouseholdView) -> str:
    uid = view.members[0].uid
    return uid if uid.startswith(HOUSEHOLD_OF) else f"{HOUSEHOLD_OF}{uid}"

"""The contacts without a circle, with what the record shows of each, in the order they are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.importing.triage import Other
from relcard.domain.importing.triage import TriageCandidate
from relcard.domain.importing.triage import in_order
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Kind
from relcard.domain.people.household import surname_key
from relcard.services.people.suggest_households import resident_of
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships
from relcard.store.addresses import in_use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.contact import Address
    from relcard.store.contacts import ContactRow
    from relcard.store.file.database import Connection
    from relcard.store.households import ResidentRow

_NOTE = 400  # characters of a note that are read: three lines of it are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageQueue:
    """Who is asked about, in order, and what was said of the others. Who has died is not counted or asked."""

    candidates: list[TriageCandidate]
    circles: dict[int, Circle]
    total: int


def triage_queue(db: Connection) -> TriageQueue:
    """Read every living contact without a circle, in four queries however many there are."""
    listed = {row.id: row for row in contacts.listing(db)}
    living = {row.contact_id: row for row in households.residents(db, listed) if not row.died_on}
    waiting = [row for row in listed.values() if row.circle is None and row.id in living]
    ids = [row.id for row in waiting]
    addresses = in_use(db, ids)
    notes: dict[int, str] = {}
    for note in relationships.notes(db, ids):
        notes.setdefault(note.contact_id, note.text)  # the newest comes first
    homes = _homes(living.values())
    surnames = _Surnames(living)
    circles = {row.id: row.circle for row in listed.values() if row.circle and row.id in living}
    candidates = (
        _candidate(row, living[row.id], addresses.get(row.id, []), notes.get(row.id, ""), homes, surnames)
        for row in waiting
    )
    return TriageQueue(candidates=in_order(candidates, circles), circles=circles, total=len(living))


def _homes(living: Iterable[ResidentRow]) -> dict[int, list[Other]]:
    """Return who lives in each household."""
    homes: dict[int, list[Other]] = {}
    for row in living:
        if row.household_id is not None:
            homes.setdefault(row.household_id, []).append(Other(row.contact_id, plain(row.name)))
    return homes


class _Surnames:
    """Who bears a surname, in any of its forms."""

    def __init__(self, living: dict[int, ResidentRow]) -> None:
        bearers: dict[frozenset[str], list[Other]] = {}
        self._key_of: dict[int, frozenset[str]] = {}
        for row in living.values():
            resident = resident_of(row)
            # Without a family name of its own, "Plumber" would be a surname.
            if resident.kind is Kind.INDIVIDUAL and resident.family:
                key = self._key_of[row.contact_id] = surname_key(resident)
                bearers.setdefault(key, []).append(Other(row.contact_id, plain(row.name)))
        self._bearers = {key: tuple(some) for key, some in bearers.items()}

    def shared_with(self, contact_id: int) -> tuple[Other, ...]:
        key = self._key_of.get(contact_id)
        return self._bearers[key] if key else ()


def _candidate(
    listed: ContactRow,
    row: ResidentRow,
    addresses: list[Address],
    own_note: str,
    homes: dict[int, list[Other]],
    surnames: _Surnames,
) -> TriageCandidate:
    detail = row.detail
    address = Contact(addresses=tuple(addresses)).address
    home = homes.get(row.household_id, []) if row.household_id is not None else []
    return TriageCandidate(
        contact_id=row.contact_id,
        name=plain(row.name) or "without a name",
        kind=Kind(row.kind),
        nicknames=tuple(plain(name) for name in detail.get("nicknames", ())),
        org=plain(detail.get("org", "")),
        title=plain(detail.get("title", "")),
        place=_place(address) if address else "",
        has_address=address is not None,
        birthday=PartialDate.parse(row.birth) if row.birth else None,
        phones=len(detail.get("phones", ())),
        emails=len(detail.get("emails", ())),
        tags=tuple(plain(tag) for tag in listed.tags),
        note=plain(detail.get("note", "")[:_NOTE]) or plain(own_note[:_NOTE]),
        last_contact=listed.last_contact,
        household_id=row.household_id,
        housemates=tuple(mate for mate in home if mate.contact_id != row.contact_id),
        namesakes=surnames.shared_with(row.contact_id),
    )


def _place(address: Address) -> str:
    town = address.locality or address.region
    return plain(", ".join(part for part in (town, address.country or address.country_code) if part))


def plain(text: str) -> str:
    """Return text in one line, each gap one space, without what could steer a terminal."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Return text with a space for each character that could steer a terminal; joiners of scripts stay."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in "\u200c\u200d" else " " for sign in text)

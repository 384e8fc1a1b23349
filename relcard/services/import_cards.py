"""A vCard, from file to store: known ones unchanged, new ones in, one bad card never costing another."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import BinaryIO

from relcard.domain import address as addresses
from relcard.domain import merge
from relcard.domain.contact import Kind
from relcard.domain.contact import OccasionKind
from relcard.domain.contact import fold
from relcard.domain.contact import name_key
from relcard.errors import Problem
from relcard.postal import country_code
from relcard.services.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import relationships
from relcard.store import vcards
from relcard.vcard import parse_card
from relcard.vcard import split_cards

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from relcard.domain.contact import Address
    from relcard.domain.contact import Contact
    from relcard.store.database import Connection
    from relcard.vcard import ParsedCard
    from relcard.vcard import RawCard

# The root of the UIDs we mint: made of the name and the first e-mail or phone, so that a store built anew
# from the same files has the same ones.
_NAMESPACE = uuid.UUID("8f7a3c5e-52c4-5f0b-9a64-3e0f6b1d2c71")


@dataclass(slots=True)
class ImportReport:
    """What became of each card; `cards` is the sum of new, updated, unchanged and kept_raw."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_raw: int = 0
    conflicts: int = 0
    problems: list[Problem] = field(default_factory=list)
    new_ids: set[int] = field(default_factory=set)

    @property
    def cards(self) -> int:
        """How many cards the input held."""
        return self.new + self.updated + self.unchanged + self.kept_raw


def import_cards(
    db: Connection,
    files: Iterable[tuple[str, BinaryIO]],
    *,
    today: date,
    progress: Callable[[int], None] = lambda _: None,
) -> ImportReport:
    """Take in the cards of some files, each a name and a stream of bytes, inside the step the caller holds.

    `progress` is told the bytes of each card dealt with.
    """
    report = ImportReport()
    touched: set[int] = set()
    for name, stream in files:
        _Import(db, name, today, report, touched).take(stream, progress)
    suggest_households(db, touched, today=today)
    return report


class _Import:
    """One file on its way in."""

    def __init__(
        self, db: Connection, source: str, today: date, report: ImportReport, touched: set[int]
    ) -> None:
        self.db = db
        self.source = source
        self.today = today
        self.report = report
        self.touched = touched  # contacts this run has written: a second card is never matched to one
        self.groups: list[Contact] = []
        self.source_id: int | None = None
        self.codes: dict[str, str] = {}

    def take(self, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        outside: list[Problem] = []
        for card in split_cards(stream, source=self.source, problems=outside):
            digest = hashlib.sha256(card.raw).digest()
            if vcards.is_known(self.db, digest):
                self.report.unchanged += 1
            else:
                self._take_card(card, digest)
            progress(len(card.raw))
        self.report.problems.extend(outside)
        for group in self.groups:
            self._tag_members(group)

    def _take_card(self, card: RawCard, digest: bytes) -> None:
        parsed = parse_card(card, source=self.source)
        self.report.problems.extend(parsed.problems)
        if self.source_id is None:
            self.source_id = vcards.add_source(self.db, self.source, today=self.today)
        contact = parsed.contact
        if contact is None:
            self.report.kept_raw += 1
            self._keep(card, digest, None, parsed)
        elif contact.kind is Kind.GROUP:
            self.report.new += 1
            self._keep(card, digest, None, parsed, group_name=contact.display_name)
            self.groups.append(contact)
        else:
            contact = replace(contact, addresses=tuple(self._with_code(one) for one in contact.addresses))
            known = self._match(contact, parsed.abuid)
            if known is None:
                self._insert(card, digest, contact, parsed)
            else:
                self._update(card, digest, contact, parsed, known)

    def _keep(
        self,
        card: RawCard,
        digest: bytes,
        contact_id: int | None,
        parsed: ParsedCard,
        *,
        group_name: str | None = None,
    ) -> None:
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        card_id = vcards.add(
            self.db,
            contact_id=contact_id,
            source_id=self.source_id,
            line=card.line,
            raw=card.raw,
            digest=digest,
            group_name=group_name,
        )
        if parsed.problems:
            vcards.add_problems(self.db, card_id, parsed.problems)

    def _insert(self, card: RawCard, digest: bytes, contact: Contact, parsed: ParsedCard) -> None:
        if not contact.uid:
            contact = replace(contact, uid=self._mint(contact))
        elif contacts.id_of_uid(self.db, contact.uid) is not None:
            twin = Problem(
                self.source, card.line, contact.display_name, "its UID is another card's too; both are kept"
            )
            self.report.problems.append(twin)
            self.report.conflicts += 1
            contact = replace(contact, uid=self._mint(contact))
        contact_id = contacts.insert(
            self.db, contact, abuid=parsed.abuid, letterbox=letterbox, today=self.today
        )
        self._keep(card, digest, contact_id, parsed)
        self.touched.add(contact_id)
        self.report.new_ids.add(contact_id)
        self.report.new += 1

    def _update(
        self, card: RawCard, digest: bytes, theirs: Contact, parsed: ParsedCard, contact_id: int
    ) -> None:
        stored = vcards.of_contact(self.db, contact_id)
        ours = contacts.load(self.db, contact_id)
        base = self._base(stored, card) or ours
        # The UID is the store's own name for the contact and stays whatever a card without one says.
        merged = merge.merge(replace(base, uid=ours.uid), replace(theirs, uid=ours.uid), ours)
        for one in merged.conflicts:
            message = (
                f"{one.field} was changed here and there: kept {one.ours!r}, the card says {one.theirs!r}"
            )
            self.report.problems.append(Problem(self.source, card.line, ours.display_name, message))
        self.report.conflicts += bool(merged.conflicts)
        contacts.update(self.db, contact_id, merged.contact, letterbox=letterbox)
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        if stored is None:
            self._keep(card, digest, contact_id, parsed)
        else:
            vcards.replace_text(
                self.db, stored.id, source_id=self.source_id, line=card.line, raw=card.raw, digest=digest
            )
            vcards.add_problems(self.db, stored.id, parsed.problems)
        self.touched.add(contact_id)
        self.report.updated += 1

    def _base(self, stored: vcards.StoredCard | None, card: RawCard) -> Contact | None:
        """Return what the card last imported for a contact said, read as today's card is read."""
        if stored is None:
            return None
        contact = parse_card(replace(card, raw=stored.raw, line=stored.line), source=stored.source).contact
        if contact is None:
            return None
        return replace(contact, addresses=tuple(self._with_code(one) for one in contact.addresses))

    def _with_code(self, address: Address) -> Address:
        if address.country_code or not address.country:
            return address
        code = self.codes.get(address.country)
        if code is None:
            code = self.codes[address.country] = country_code(address.country)
        return replace(address, country_code=code) if code else address

    def _match(self, contact: Contact, abuid: str) -> int | None:
        """Return the one contact this card is a newer text of.

        By UID; by Apple's identifier; by name with an e-mail or phone; by name with the day of birth. Never
        by e-mail alone, which couples share, and never a contact that this very run has written.
        """
        if contact.uid:
            found = contacts.id_of_uid(self.db, contact.uid)
            if found is not None:
                return None if found in self.touched else found
        candidates = contacts.ids_of_abuid(self.db, abuid) if abuid else []
        if not candidates:
            named = contacts.ids_of_name(self.db, name_key(contact))
            candidates = [one for one in named if self._same(contact, one)] if named else []
        candidates = [one for one in candidates if one not in self.touched]
        return candidates[0] if len(candidates) == 1 else None

    def _same(self, contact: Contact, contact_id: int) -> bool:
        if contact_id in self.touched:
            return False
        other = contacts.load(self.db, contact_id)
        if reach(contact) & reach(other):
            return True
        birthday = _birthday(contact)
        return birthday is not None and birthday == _birthday(other)

    def _mint(self, contact: Contact) -> str:
        first = min(reach(contact), default="")
        text = f"{name_key(contact)}|{first}"
        uid = str(uuid.uuid5(_NAMESPACE, text))
        number = 1
        while contacts.id_of_uid(self.db, uid) is not None:
            number += 1
            uid = str(uuid.uuid5(_NAMESPACE, f"{text}|{number}"))
        return uid

    def _tag_members(self, group: Contact) -> None:
        for uid in group.members:
            contact_id = contacts.id_of_uid(self.db, uid)
            if contact_id is not None:
                relationships.add_tag(self.db, contact_id, group.display_name)


def reach(contact: Contact) -> set[str]:
    """Return the e-mails and phones of a contact as two cards can be compared: folded, the last nine digits."""
    keys = {fold(one.value) for one in contact.emails}
    for phone in contact.phones:
        digits = "".join(one for one in phone.value if one.isdigit())
        if len(digits) >= 7:  # shorter ones are extensions and service numbers
            keys.add(digits[-9:])
    return keys


def letterbox(address: Address) -> str:
    """Return the key two spellings of one letterbox share; "" for one that says too little."""
    return "" if address.is_empty else addresses.household_key(address, address.country_code)


def _birthday(contact: Contact) -> tuple[int, int] | None:
    for one in contact.occasions:
        if one.kind is OccasionKind.BIRTHDAY:
            return one.date.month_day
    return None

"""A vCard, from file to store: known ones unchanged, new ones in, one bad card never costing another."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import NamedTuple

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
from relcard.store.additions import Additions
from relcard.vcard import parse_card
from relcard.vcard import split_cards

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.contact import Address
    from relcard.domain.contact import Contact
    from relcard.store.database import Connection
    from relcard.vcard import ParsedCard
    from relcard.vcard import RawCard

# The root of the UIDs we mint: made of the name and the first e-mail or phone, so that a store built anew
# from the same files has the same ones.
_NAMESPACE = uuid.UUID("8f7a3c5e-52c4-5f0b-9a64-3e0f6b1d2c71")


_MOST_AT_ONCE = 256  # cards
_LARGEST_AT_ONCE = 1024 * 1024  # bytes


@dataclass(slots=True)
class ImportReport:
    """What became of each card; `cards` is the sum of new, updated, unchanged and kept_raw."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_raw: int = 0
    conflicts: int = 0
    problems: list[Problem] = field(default_factory=list)
    new_ids: range = range(0)

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
    before_change: Callable[[], None] = lambda: None,
) -> ImportReport:
    """Take in the cards of some files, each a name and a stream of bytes, inside the step the caller holds.

    `progress` is told the bytes of each card dealt with; `before_change` is called before the
    first card of each file that the store does not have goes in.
    """
    report = ImportReport()
    new = Additions(db, letterbox=letterbox, today=today)
    updated: set[int] = set()
    for name, stream in files:
        _Import(db, name, today, report, new, updated, before_change).take(stream, progress)
    report.new_ids = range(new.first_contact, new.next_contact)
    suggest_households(db, {*report.new_ids, *updated} if updated else report.new_ids, today=today)
    return report


class _Read(NamedTuple):
    """A card whose text the store does not have, and what was understood of it."""

    card: RawCard
    digest: bytes
    parsed: ParsedCard


class _Import:
    """One file on its way in, some hundreds of cards at a time: the store is asked once for all of them."""

    def __init__(
        self,
        db: Connection,
        source: str,
        today: date,
        report: ImportReport,
        new: Additions,
        updated: set[int],
        before_change: Callable[[], None],
    ) -> None:
        self.db = db
        self.source = source
        self.today = today
        self.report = report
        self.new = new
        self.before_change = before_change
        self.updated = (
            updated  # with the new ones, what this run has written: no second card is matched to it
        )
        self.groups: list[Contact] = []
        self.source_id: int | None = None
        self.replaced: set[bytes] = set()  # digests of texts that newer ones of this file have replaced
        # What the store has of the cards at hand; a contact that this run added is in `uids` only.
        self.uids: dict[str, int] = {}
        self.abuids: dict[str, list[int]] = {}
        self.names: dict[str, list[int]] = {}

    def take(self, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        outside: list[Problem] = []
        for cards in _some(split_cards(stream, source=self.source, problems=outside)):
            self._take_some(cards)
            for card in cards:
                progress(len(card.raw))
        self.report.problems.extend(outside)
        for group in self.groups:
            self._tag_members(group)

    def _take_some(self, cards: Sequence[RawCard]) -> None:
        digests = [hashlib.sha256(card.raw).digest() for card in cards]
        known = vcards.known(self.db, digests) | self.replaced
        read: list[_Read] = []
        for card, digest in zip(cards, digests, strict=True):
            if digest in known:
                self.report.unchanged += 1
            else:
                known.add(digest)
                read.append(_Read(card, digest, parse_card(card, source=self.source, code_of=_code)))
        if not read:
            return
        if self.source_id is None:
            self.before_change()
            self.source_id = vcards.add_source(self.db, self.source, today=self.today)
        self._ask(one.parsed for one in read)
        for one in read:
            self._take_card(one)
        self.new.flush()

    def _ask(self, parsed: Iterable[ParsedCard]) -> None:
        """Ask the store which of the contacts at hand it may know, before the first of them goes in."""
        abuids = []
        uids = []
        names = []
        for one in parsed:
            if one.contact is not None:
                uids.append(one.contact.uid)
                names.append(name_key(one.contact))
                if one.abuid:
                    abuids.append(one.abuid)
        first = self.new.first_contact
        self.uids = contacts.ids_of_uids(self.db, uids)
        # Of an empty store nothing but the UIDs of this very run can be known.
        self.names = contacts.ids_of_names(self.db, names, before=first) if first > 1 else {}
        self.abuids = contacts.ids_of_abuids(self.db, abuids, before=first) if first > 1 else {}

    def _take_card(self, one: _Read) -> None:
        parsed = one.parsed
        self.report.problems.extend(parsed.problems)
        contact = parsed.contact
        if contact is None:
            self.report.kept_raw += 1
            self._keep(one, None)
        elif contact.kind is Kind.GROUP:
            self.report.new += 1
            self._keep(one, None, group_name=contact.display_name)
            self.groups.append(contact)
        else:
            known = self._match(contact, parsed.abuid)
            if known is None:
                self._insert(one, contact)
            else:
                self._update(one, contact, known)

    def _keep(self, one: _Read, contact_id: int | None, *, group_name: str | None = None) -> None:
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        self.new.add_card(
            contact_id=contact_id,
            source_id=self.source_id,
            line=one.card.line,
            raw=one.card.raw,
            digest=one.digest,
            problems=one.parsed.problems,
            group_name=group_name,
        )

    def _insert(self, one: _Read, contact: Contact) -> None:
        if not contact.uid:
            contact = replace(contact, uid=self._mint(contact))
        elif contact.uid in self.uids:
            twin = Problem(
                self.source,
                one.card.line,
                contact.display_name,
                "its UID is another card's too; both are kept",
            )
            self.report.problems.append(twin)
            self.report.conflicts += 1
            contact = replace(contact, uid=self._mint(contact))
        contact_id = self.new.add_contact(contact, abuid=one.parsed.abuid)
        self.uids[contact.uid] = contact_id
        self._keep(one, contact_id)
        self.report.new += 1

    def _update(self, one: _Read, theirs: Contact, contact_id: int) -> None:
        card = one.card
        stored = vcards.of_contact(self.db, contact_id)
        ours = contacts.load(self.db, contact_id)
        base = self._base(stored, card) or ours
        # The UID is the store's own name for the contact and stays whatever a card without one says.
        merged = merge.merge(replace(base, uid=ours.uid), replace(theirs, uid=ours.uid), ours)
        for conflict in merged.conflicts:
            message = (
                f"{conflict.field} was changed here and there: kept {conflict.ours!r}, "
                f"the card says {conflict.theirs!r}"
            )
            self.report.problems.append(Problem(self.source, card.line, ours.display_name, message))
        self.report.conflicts += bool(merged.conflicts)
        contacts.update(self.db, contact_id, merged.contact, letterbox=letterbox)
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        if stored is None:
            self._keep(one, contact_id)
        else:
            vcards.replace_text(
                self.db, stored.id, source_id=self.source_id, line=card.line, raw=card.raw, digest=one.digest
            )
            vcards.add_problems(self.db, stored.id, one.parsed.problems)
            self.replaced.add(hashlib.sha256(stored.raw).digest())
        self.updated.add(contact_id)
        self.report.updated += 1

    def _base(self, stored: vcards.StoredCard | None, card: RawCard) -> Contact | None:
        """Return what the card last imported for a contact said, read as today's card is read."""
        if stored is None:
            return None
        before = replace(card, raw=stored.raw, line=stored.line)
        return parse_card(before, source=stored.source, code_of=_code).contact

    def _match(self, contact: Contact, abuid: str) -> int | None:
        """Return the one contact this card is a newer text of.

        By UID; by Apple's identifier; by name with an e-mail or phone; by name with the day of birth. Never
        by e-mail alone, which couples share, and never a contact that this very run has written.
        """
        found = self.uids.get(contact.uid) if contact.uid else None
        if found is not None:
            return None if found in self.updated or found >= self.new.first_contact else found
        candidates = self.abuids.get(abuid, ())
        if not candidates:
            named = self.names.get(name_key(contact), ())
            candidates = [one for one in named if self._same(contact, one)]
        candidates = [one for one in candidates if one not in self.updated]
        return candidates[0] if len(candidates) == 1 else None

    def _same(self, contact: Contact, contact_id: int) -> bool:
        if contact_id in self.updated:
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
        while uid in self.uids or contacts.id_of_uid(self.db, uid) is not None:
            number += 1
            uid = str(uuid.uuid5(_NAMESPACE, f"{text}|{number}"))
        return uid

    def _tag_members(self, group: Contact) -> None:
        for uid in group.members:
            contact_id = contacts.id_of_uid(self.db, uid)
            if contact_id is not None:
                relationships.add_tag(self.db, contact_id, group.display_name)


def _some(cards: Iterator[RawCard]) -> Iterator[list[RawCard]]:
    """Yield cards by the hundred: many together are quicker, and a few large ones are enough to hold."""
    held: list[RawCard] = []
    size = 0
    for card in cards:
        held.append(card)
        size += len(card.raw)
        if len(held) >= _MOST_AT_ONCE or size >= _LARGEST_AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held


@lru_cache(maxsize=1024)
def _code(country: str) -> str:
    return country_code(country)


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

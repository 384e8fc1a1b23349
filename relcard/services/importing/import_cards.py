"""A vCard, from file to store: known ones unchanged, new ones in, one bad card never costing another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import NamedTuple

from relcard.domain.importing.entry import contact_of
from relcard.domain.importing.match_keys import name_key
from relcard.domain.kinds import Kind
from relcard.domain.people.letterbox import letterbox
from relcard.errors import Problem
from relcard.postal import country_code
from relcard.services.importing.follow_groups import follow_groups
from relcard.services.importing.follow_groups import known_group
from relcard.services.importing.follow_groups import leave_group
from relcard.services.importing.match_cards import Matcher
from relcard.services.importing.match_cards import Place
from relcard.services.importing.minted_uid import minted_uid
from relcard.services.people.suggest_households import suggest_first
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import merges
from relcard.store import vcards
from relcard.store.new_contacts import Additions
from relcard.store.seen import Seen
from relcard.vcard import RawCard
from relcard.vcard import Reader
from relcard.vcard import find_photos

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.importing.duplicates import Blocks
    from relcard.domain.importing.entry import Entry
    from relcard.domain.people.contact import Contact
    from relcard.services.importing.match_cards import Candidate
    from relcard.store.file.database import Connection
    from relcard.vcard import ParsedCard
    from relcard.vcard.read_file import TakenColumn

_MOST_AT_ONCE = 64  # cards: their texts and rows then stay in the processor's own memory
_LARGEST_AT_ONCE = 4 * 1024 * 1024  # bytes


@dataclass(slots=True)
class ImportReport:
    """What became of each card; `cards` is the sum of new, updated, unchanged and kept_raw."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_raw: int = 0
    conflicts: int = 0
    missing: int = 0  # contacts whose card was in an earlier file of the same source: kept
    problems: list[Problem] = field(default_factory=list)
    columns: list[TakenColumn] = field(default_factory=list)  # of the spreadsheets among the files
    new_ids: range = range(0)
    blocks: Blocks | None = None  # whose twins the new contacts may be, where it is known

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
    choices: Sequence[str] = (),
    encoding: str = "",
) -> ImportReport:
    """Take in the cards of some files, each a name and a stream of bytes, inside the step the caller holds.

    `progress` is told the bytes of the cards dealt with; `before_change` is called before the
    first card of each file that the store does not have goes in. `choices` say what columns of spreadsheets
    are, `encoding` is for text that is no UTF-8 and names no other (see `vcard.Reader`).
    """
    report = ImportReport()
    reader = Reader(choices=tuple(choices), encoding=encoding, code_of=_code)
    new = Additions(db, letterbox=letterbox, today=today)
    updated: set[Place] = set()
    seen = Seen(db)
    for name, stream in files:
        _Import(db, name, today, report, new, updated, before_change, reader, seen).take(stream, progress)
    follow_groups(db, reader)
    report.columns = reader.columns
    report.new_ids = range(new.first_contact, new.next_contact)
    report.blocks = new.blocks
    if new.first_contact == 1 and not updated and not new.doors.is_tied:
        suggest_first(db, new.doors, today=today)
        return report
    known = (place.contact_id for place in updated)
    suggest_households(db, {*report.new_ids, *known} if updated else report.new_ids, today=today)
    return report


class _Read(NamedTuple):
    """A card whose text the store does not have, and what was understood of it."""

    card: RawCard
    digest: bytes
    parsed: ParsedCard
    photos: list[tuple[int, int]]  # where in the text they stand


class _Import:
    """One file on its way in, some hundreds of cards at a time: the store is asked once for all of them."""

    def __init__(
        self,
        db: Connection,
        source: str,
        today: date,
        report: ImportReport,
        new: Additions,
        updated: set[Place],
        before_change: Callable[[], None],
        reader: Reader,
        seen: Seen,
    ) -> None:
        self.db = db
        self.source = source
        self.today = today
        self.report = report
        self.new = new
        self.before_change = before_change
        self.updated = updated
        self.reader = reader
        self.seen = seen
        self.source_id: int | None = None
        self.replaced: set[bytes] = set()  # digests of texts that newer ones of this file have replaced
        self.matcher = Matcher(db, source, first_new=new.first_contact, seen=seen)
        for place in updated:
            self.matcher.claim(place)  # no card is replaced by two of one import
        self.waiting: list[tuple[_Read, Candidate]] = []

    def take(self, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        outside: list[Problem] = []
        for cards in _some(self.reader.cards(stream, source=self.source, problems=outside)):
            self._take_some(cards)
            progress(sum([len(card.raw) for card in cards]))
        self._take_waiting()
        self.new.flush()
        self.report.missing += self.matcher.missing()
        self.report.problems.extend(outside)
        vcards.keep_outside(self.db, self.source, outside)

    def _take_some(self, cards: Sequence[RawCard]) -> None:
        digests = [hashlib.sha256(card.raw).digest() for card in cards]
        known = self.seen.texts(digests)
        read: list[_Read] = []
        for card, digest in zip(cards, digests, strict=True):
            if digest in known or digest in self.replaced:
                self.report.unchanged += 1
                contact_id, card_id = known.get(digest, (None, 0))
                if contact_id is not None:
                    self.matcher.claim(Place(contact_id, card_id))
            else:
                known[digest] = (None, 0)
                photos = find_photos(card.raw)
                parsed = self.reader.parse(card, source=self.source, photo_places=photos)
                read.append(_Read(card, digest, parsed, photos))
        if not read:
            return
        if self.source_id is None:
            self.before_change()
            self.source_id = vcards.add_source(self.db, self.source, today=self.today)
        self.matcher.ask(
            [(one.parsed.entry, one.parsed.abuid) for one in read if one.parsed.entry is not None]
        )
        for one in read:
            self._take_card(one)
        self.new.flush(all_of_it=False)

    def _take_card(self, one: _Read) -> None:
        parsed = one.parsed
        if parsed.problems:
            self.report.problems.extend(parsed.problems)
        entry = parsed.entry
        if entry is None:
            self.report.kept_raw += 1
            self._keep(one, None)
        elif entry.kind is Kind.GROUP:
            self._take_group(one, contact_of(entry))
        else:
            self._take_contact(one, entry)

    def _take_contact(self, one: _Read, entry: Entry) -> None:
        """Take in a card that an identifier decides, or of whose name the store has nobody; others wait."""
        matcher = self.matcher
        place = matcher.of_uid(entry.uid)
        if place is not None:
            if matcher.is_claimed(place):
                self._insert(one, entry)  # the UID of two cards
            else:
                self._update(one, contact_of(entry), place, sure=True)
            return
        place = matcher.of_abuid(one.parsed.abuid) if one.parsed.abuid else None
        candidate = matcher.candidate(entry) if place is None else None
        if place is not None:
            self._update(one, contact_of(entry), place, sure=True)
        elif candidate is not None:
            self.waiting.append((one, candidate))
        else:
            self._insert(one, entry)

    def _take_waiting(self) -> None:
        """Take in the cards that had to wait until every other had its contact."""
        if not self.waiting:
            return
        self.matcher.ask([(candidate.entry, "") for _, candidate in self.waiting])
        found = self.matcher.decide([candidate for _, candidate in self.waiting])
        for (one, candidate), place in zip(self.waiting, found, strict=True):
            if place is None:
                self._insert(one, candidate.entry)
            else:
                self._update(one, contact_of(candidate.entry), place, sure=False)

    def _keep(self, one: _Read, contact_id: int | None, *, group_name: str | None = None) -> int:
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        return self.new.add_card(
            contact_id=contact_id,
            source_id=self.source_id,
            line=one.card.line,
            raw=one.card.raw,
            digest=one.digest,
            problems=one.parsed.problems,
            photo_places=one.photos,
            group_name=group_name,
        )

    def _insert(self, one: _Read, entry: Entry) -> None:
        if not entry.uid:
            entry = entry._replace(uid=self._mint(entry))
        elif self.matcher.of_uid(entry.uid) is not None:
            twin = Problem(
                self.source,
                one.card.line,
                entry.display_name,
                "its UID is another card's too; both are kept",
            )
            self.report.problems.append(twin)
            self.report.conflicts += 1
            entry = entry._replace(uid=self._mint(entry))
        contact_id = self.new.add_entry(entry, abuid=one.parsed.abuid)
        self.matcher.add(entry.uid, contact_id)
        self._keep(one, contact_id)
        self.report.new += 1

    def _update(self, one: _Read, theirs: Contact, place: Place, *, sure: bool) -> None:
        from relcard.services.importing.merge_card import in_words  # no first import has a use for it
        from relcard.services.importing.merge_card import merge_card

        contact_id = place.contact_id
        stored = self.matcher.base_of(place, sure=sure)
        ours = contacts.load(self.db, contact_id)
        base = (_read_again(stored, self.reader) or ours) if stored is not None else None
        merged = merge_card(ours, theirs, base)
        for conflict in merged.conflicts:
            problem = Problem(self.source, one.card.line, ours.display_name, in_words(conflict))
            self.report.problems.append(problem)
        self.report.conflicts += bool(merged.conflicts)
        contacts.update(self.db, contact_id, merged.contact, letterbox=letterbox)
        self._keep_of(one, theirs, contact_id, ours.uid, stored)
        self.matcher.claim(place)
        self.updated.add(place)
        self.report.updated += 1

    def _keep_of(
        self, one: _Read, theirs: Contact, contact_id: int, uid: str, stored: vcards.StoredCard | None
    ) -> None:
        """Keep the text of a known contact: instead of the one it is newer than, or beside those it has."""
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        card = one.card
        has_own = any(kept.own for kept in merges.cards_of(self.db, contact_id))
        if stored is None:
            card_id: int | None = self._keep(one, contact_id)
            self.new.flush()
        else:
            vcards.replace_text(
                self.db,
                stored.id,
                source_id=self.source_id,
                line=card.line,
                raw=card.raw,
                digest=one.digest,
                photo_places=one.photos,
            )
            vcards.add_problems(self.db, stored.id, one.parsed.problems)
            self.replaced.add(hashlib.sha256(stored.raw).digest())
        is_new = theirs.uid not in ("", uid) and self.matcher.of_uid(theirs.uid) is None
        if (stored is None and has_own) or is_new:
            merges.add_alias(
                self.db,
                contact_id,
                uid=theirs.uid if is_new else "",
                abuid=one.parsed.abuid,
                name_key=name_key(theirs),
                vcard_id=card_id if stored is None and has_own else None,
            )
            if is_new:
                self.matcher.add(theirs.uid, contact_id)

    def _mint(self, entry: Entry) -> str:
        return minted_uid(
            contact_of(entry),
            lambda uid: self.matcher.of_uid(uid) is not None or contacts.id_of_uid(self.db, uid) is not None,
        )

    def _take_group(self, one: _Read, group: Contact) -> None:
        old = known_group(self.db, group, self.reader)
        if old is None:
            self.report.new += 1
            self._keep(one, None, group_name=group.display_name)
            return
        self.new.flush()  # a member that came in with this file has its tags to leave too
        leave_group(self.db, old.contact, group, self.reader)
        assert self.source_id is not None  # noqa: S101  set before the first card is taken
        vcards.replace_text(
            self.db,
            old.card_id,
            source_id=self.source_id,
            line=one.card.line,
            raw=one.card.raw,
            digest=one.digest,
            photo_places=one.photos,
        )
        vcards.understand(
            self.db, old.card_id, one.parsed.problems, contact_id=None, group=group.display_name
        )
        self.report.updated += 1


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


def _read_again(stored: vcards.StoredCard, reader: Reader) -> Contact | None:
    """Return what a stored card says, read as today's cards are read."""
    raw = RawCard(raw=stored.raw, line=stored.line, ordinal=0, closed=True)
    return reader.parse(raw, source=stored.source).contact

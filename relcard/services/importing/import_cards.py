"""A vCard, from file to store: known ones unchanged, new ones in, one bad card never costing another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import NamedTuple

from relcard.domain.importing.three_way_merge import merge_card
from relcard.domain.importing.three_way_merge import says_the_same
from relcard.domain.kinds import Kind
from relcard.domain.people.contact import name_key
from relcard.domain.people.joint_names import read_as_several
from relcard.domain.seasons.years import read_cell
from relcard.errors import Problem
from relcard.postal import country_code
from relcard.services.importing.follow_groups import follow_groups
from relcard.services.importing.follow_groups import known_group
from relcard.services.importing.follow_groups import leave_group
from relcard.services.importing.household_rows import head_of_row
from relcard.services.importing.household_rows import state_households
from relcard.services.importing.household_rows import take_household_row
from relcard.services.importing.join_couples import join_couples
from relcard.services.importing.match_cards import CardPlace
from relcard.services.importing.match_cards import Matcher
from relcard.services.importing.match_cards import minted_uid
from relcard.services.importing.match_cards import source_key
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import members
from relcard.store import merges
from relcard.store import relationships
from relcard.store import vcards
from relcard.store.new_contacts import Additions
from relcard.store.sharing import card_texts
from relcard.vcard import RawCard
from relcard.vcard import Reader
from relcard.vcard import find_photos
from relcard.vcard import has_same_lines
from relcard.vcard import shared_lines
from relcard.vcard.dialects import HOUSEHOLD_OF

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.importing.duplicates import Blocks
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.joint_names import CardName
    from relcard.domain.people.typed_address import AddressRead
    from relcard.domain.seasons.years import YearCard
    from relcard.services.importing.match_cards import Sign
    from relcard.services.importing.match_cards import UnplacedCard
    from relcard.store.file.database import Connection
    from relcard.store.members import NamedByCard
    from relcard.vcard import ParsedCard
    from relcard.vcard.read_file import TakenColumn

_MOST_AT_ONCE = 64  # cards: their texts and rows then stay in the processor's own memory
_FEW = 5  # new contacts that are named
_LARGEST_AT_ONCE = 4 * 1024 * 1024  # bytes


class Recognition(NamedTuple):
    """A card of another address book that was known again: as which contact, and by what they share."""

    name: str
    uid: str
    contact: str
    shared: str


@dataclass(slots=True)
class ImportReport:
    """What became of each card; `cards` is the sum of new, updated, unchanged and kept_raw."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rewritten: int = 0  # of the unchanged: the same in other lines, as a server sorts and folds them
    kept_raw: int = 0
    conflicts: int = 0
    year_cards: int = 0  # of past years, in columns of cards
    missing: int = 0  # contacts whose card was in an earlier file of the same source: kept
    problems: list[Problem] = field(default_factory=list)
    columns: list[TakenColumn] = field(default_factory=list)  # of the spreadsheets among the files
    names: dict[str, CardName] = field(default_factory=dict)  # that mean several people, as they were read
    addresses: list[AddressRead] = field(default_factory=list)  # that stood in one another's fields
    recognised: list[Recognition] = field(default_factory=list)  # of the updated: known from another source
    members: list[NamedByCard] = field(default_factory=list)  # without a vCard, whom the cards name
    new_ids: range = range(0)
    new_names: list[str] = field(default_factory=list)  # a few among many that were known
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
    reader = Reader(choices=tuple(choices), encoding=encoding, code_of=_code, today=today)
    work = _Work(db, today, reader, Additions(db, today=today), before_change, card_texts.apart(db))
    newest = members.last_id(db)
    for name, stream in files:
        _FileImport(work, name).take(stream, progress)
    follow_groups(db, reader)
    report, new = work.report, work.new
    report.columns = reader.columns
    report.new_ids = range(new.first_contact, new.next_contact)
    report.blocks = new.blocks
    beside = state_households(db, report.new_ids, work.people, today=today)
    if beside:
        report.new += beside
        report.new_ids = range(report.new_ids.start, report.new_ids.stop + beside)
        report.blocks = None  # they know nothing of these
    updated = {place.contact_id for places in work.updated.values() for place in places}
    changed: Collection[int] = {*report.new_ids, *updated} if updated else report.new_ids
    suggest_households(db, changed, today=today)
    _join_couples(db, report, changed, today=today)
    if len(report.new_ids) <= _FEW < report.unchanged + report.updated:
        report.new_names = list(contacts.names(db, report.new_ids).values())
    report.members = members.named_since(db, newest)
    return report


def _join_couples(db: Connection, report: ImportReport, changed: Collection[int], *, today: date) -> None:
    """Give the cards of couples to their people who are there, and count those of this import as known."""
    for couple in join_couples(db, changed, today=today):
        report.blocks = None  # they hold a contact that is no more
        if couple.contact_id in report.new_ids:
            report.new -= 1
            report.updated += 1
        report.recognised.append(Recognition(couple.name, couple.uid, couple.contact, "the people named"))


@dataclass(slots=True)
class _Work:
    """What the files of one import share."""

    db: Connection
    today: date
    reader: Reader
    new: Additions
    before_change: Callable[[], None]
    apart: Mapping[int, Sequence[vcards.StoredCard]]  # texts of cards that two laptops replaced apart
    report: ImportReport = field(default_factory=ImportReport)
    first_new: dict[str, int] = field(default_factory=dict)  # by source, the first contact after its begin
    updated: dict[str, set[CardPlace]] = field(default_factory=dict)  # by source
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of new households, by the row's UID


class _NewCard(NamedTuple):
    """A card whose text the store does not have, and what was understood of it."""

    card: RawCard
    digest: bytes
    parsed: ParsedCard
    photos: list[tuple[int, int]]  # where in the text they stand
    years: Sequence[YearCard]  # cards of past years that a row tells of


class _FileImport:
    """One file on its way in, some dozens of cards at a time: the store is asked once for all of them."""

    def __init__(self, work: _Work, source: str) -> None:
        self.db = work.db
        self.today = work.today
        self.reader = work.reader
        self.new = work.new
        self.before_change = work.before_change
        self.report = work.report
        self.people = work.people
        self.apart = work.apart
        self.known_apart = {
            hashlib.sha256(text.raw).digest(): (text.contact_id, text.id)
            for texts in work.apart.values()
            for text in texts
        }
        key = source_key(source)
        self.updated = work.updated.setdefault(key, set())
        self.source = source
        self.source_id: int | None = None
        self.replaced: set[bytes] = set()  # digests of texts that newer ones of this file have replaced
        # What another file of this import brought is known as from an import before; that of a file of the
        # same source is not: no card is replaced by two of one import.
        first_new = work.first_new.setdefault(key, work.new.next_contact)
        self.matcher = Matcher(work.db, source, first_new=first_new)
        for place in self.updated:
            self.matcher.claim(place)
        self.waiting: list[tuple[_NewCard, UnplacedCard]] = []

    def take(self, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        outside: list[Problem] = []
        for cards in _some(self.reader.cards(stream, source=self.source, problems=outside)):
            self._take_some(cards)
            progress(sum(len(card.raw) for card in cards))
        self._take_waiting()
        self.new.flush()
        self.report.missing += self.matcher.missing()
        self.report.problems.extend(outside)
        vcards.keep_outside(self.db, self.source, outside)

    def _take_some(self, cards: Sequence[RawCard]) -> None:
        digests = [hashlib.sha256(card.raw).digest() for card in cards]
        known = self.known_apart | vcards.known(self.db, digests)
        new_cards: list[_NewCard] = []
        for card, digest in zip(cards, digests, strict=True):
            if digest in known or digest in self.replaced:
                self.report.unchanged += 1
                contact_id, card_id = known.get(digest, (None, 0))
                if contact_id is not None:
                    self.matcher.claim(CardPlace(contact_id, card_id))
            else:
                known[digest] = (None, 0)
                photos = find_photos(card.raw)
                parsed = self.reader.parse(card, source=self.source, photo_places=photos)
                years, asked = _read_years(parsed, card.line, self.source) if parsed.years else ((), ())
                if asked:
                    parsed = parsed._replace(problems=(*parsed.problems, *asked))
                new_cards.append(_NewCard(card, digest, parsed, photos, years))
        new_cards = [new_card for new_card in new_cards if not self._take_household(new_card)]
        if not new_cards:
            return
        if self.source_id is None:
            self.before_change()
            self.source_id = vcards.add_source(self.db, self.source, today=self.today)
        parsed_cards = (new_card.parsed for new_card in new_cards)
        self.matcher.ask([(one.contact, one.abuid) for one in parsed_cards if one.contact is not None])
        for new_card in new_cards:
            self._take_card(new_card)
        self.new.flush()

    def _take_household(self, new_card: _NewCard) -> bool:
        """Take from a row that relcard wrote for a household which is here what is new in it; else False."""
        contact = new_card.parsed.contact
        if not new_card.card.is_row or contact is None or not contact.uid.startswith(HOUSEHOLD_OF):
            return False
        head = head_of_row(self.db, contact.uid)
        if head is None:
            return False
        taken = take_household_row(self.db, head, contact, new_card.parsed.years)
        self.report.year_cards += taken.cards
        self.report.updated += taken.cards > 0
        self.report.unchanged += taken.cards == 0
        if taken.problem:
            problem = Problem(self.source, new_card.card.line, contact.display_name, taken.problem)
            self.report.problems.append(problem)
        return True

    def _take_card(self, new_card: _NewCard) -> None:
        parsed = new_card.parsed
        self.report.problems.extend(parsed.problems)
        self.report.addresses.extend(parsed.addresses)
        contact = parsed.contact
        if contact is None:
            self.report.kept_raw += 1
            self._keep(new_card, None)
        elif contact.kind is Kind.GROUP:
            self._take_group(new_card, contact)
        else:
            self._take_contact(new_card, contact)

    def _take_contact(self, new_card: _NewCard, contact: Contact) -> None:
        """Take in a card that an identifier decides, or of whose name the store has nobody; others wait."""
        if several := read_as_several(contact):
            self.report.names[contact.display_name] = several
        matcher = self.matcher
        place = matcher.of_uid(contact.uid)
        if place is not None and (
            matcher.is_claimed(place)
            or matcher.is_shared(contact, place)
            or matcher.is_stranger(contact, place)
        ):
            place = None  # the UID of two cards
        elif place is None:
            place = matcher.of_abuid(new_card.parsed.abuid)
        unplaced = matcher.unplaced(contact) if place is None else None
        if place is not None:
            self._update(new_card, contact, place, sure=True)
        elif unplaced is not None:
            self.waiting.append((new_card, unplaced))
        else:
            self._insert(new_card, contact)

    def _take_waiting(self) -> None:
        """Take in the cards that had to wait until every other had its contact."""
        if not self.waiting:
            return
        self.matcher.ask([(unplaced.contact, "") for _, unplaced in self.waiting])
        places = self.matcher.decide([unplaced for _, unplaced in self.waiting])
        for (new_card, unplaced), decided in zip(self.waiting, places, strict=True):
            place = decided.place if decided else self.matcher.left(unplaced.contact)
            if place is None:
                self._insert(new_card, unplaced.contact)
            else:
                sign = decided.sign if decided else None
                self._update(new_card, unplaced.contact, place, sign=sign)

    def _text(self, new_card: _NewCard) -> vcards.CardText:
        assert self.source_id is not None  # noqa: S101  set before the first card is kept
        card = new_card.card
        return vcards.CardText(self.source_id, card.line, card.raw, new_card.digest, new_card.photos)

    def _keep(self, new_card: _NewCard, contact_id: int | None, *, group_name: str | None = None) -> int:
        return self.new.add_card(
            self._text(new_card),
            contact_id=contact_id,
            problems=new_card.parsed.problems,
            group_name=group_name,
        )

    def _insert(self, new_card: _NewCard, contact: Contact) -> None:
        if not contact.uid:
            contact = contact._replace(uid=self._mint(contact))
        elif self.matcher.of_uid(contact.uid) is not None:
            message = "its UID is another card's too; both are kept"
            twin = Problem(self.source, new_card.card.line, contact.display_name, message)
            self.report.problems.append(twin)
            self.report.conflicts += 1
            contact = contact._replace(uid=self._mint(contact))
        contact_id = self.new.add_contact(contact, abuid=new_card.parsed.abuid)
        self.matcher.add(contact.uid, contact_id)
        if new_card.parsed.people:
            self.people[contact.uid] = new_card.parsed.people
        if new_card.years:
            self.new.add_year_cards(contact_id, new_card.years)
            self.report.year_cards += len(new_card.years)
        self._keep(new_card, contact_id)
        self.report.new += 1

    def _update(
        self,
        new_card: _NewCard,
        theirs: Contact,
        place: CardPlace,
        *,
        sure: bool = False,
        sign: Sign | None = None,
    ) -> None:
        """Take in a newer text of a known contact; `sure` says that an identifier decided, else `sign`."""
        contact_id = place.contact_id
        stored = self.matcher.base_of(place, sure=sure)
        texts = self.apart.get(stored.id, ()) if stored is not None else ()
        if texts:  # it is a newer one of that which it has most of, and says nothing of the others
            stored = max(texts, key=lambda text: shared_lines(text.raw, new_card.card.raw))
        ours = contacts.load(self.db, contact_id)
        base = (_read_again(stored, self.reader) or ours) if stored is not None else None
        if stored is not None and _says_the_same(stored, base, new_card.card, theirs):
            if not texts:
                self._keep_of(new_card, theirs, contact_id, ours.uid, stored)
            self.matcher.claim(place)
            self.report.unchanged += 1
            self.report.rewritten += 1
            return
        if stored is None and sign is not None:
            known = Recognition(theirs.display_name, ours.uid, ours.display_name, sign.words)
            self.report.recognised.append(known)
        said = theirs
        if stored is None and name_key(theirs) in merges.names_of(self.db, contact_id):
            # A name that is known as theirs besides is no news of how they are called.
            said = theirs._replace(display_name=ours.display_name, name=ours.name)
        merged = merge_card(ours, said, base)
        for conflict in merged.conflicts:
            problem = Problem(self.source, new_card.card.line, ours.display_name, str(conflict))
            self.report.problems.append(problem)
        self.report.conflicts += bool(merged.conflicts)
        contacts.update(self.db, contact_id, merged.contact)
        for card in new_card.years:
            relationships.put_year_card(self.db, contact_id, card)
        self.report.year_cards += len(new_card.years)
        self._keep_of(new_card, theirs, contact_id, ours.uid, stored)
        self.matcher.claim(place)
        self.updated.add(place)
        self.report.updated += 1

    def _keep_of(
        self,
        new_card: _NewCard,
        theirs: Contact,
        contact_id: int,
        uid: str,
        stored: vcards.StoredCard | None,
    ) -> None:
        """Keep the text of a known contact: instead of the one it is newer than, or beside those it has."""
        has_own = any(kept.own for kept in merges.cards_of(self.db, contact_id))
        if stored is None:
            card_id: int | None = self._keep(new_card, contact_id)
            self.new.flush()
        else:
            vcards.replace_text(self.db, stored.id, self._text(new_card))
            vcards.add_problems(self.db, stored.id, new_card.parsed.problems)
            self.replaced.add(hashlib.sha256(stored.raw).digest())
        is_new = theirs.uid not in ("", uid) and self.matcher.of_uid(theirs.uid) is None
        if (stored is None and has_own) or is_new:
            merges.add_alias(
                self.db,
                contact_id,
                uid=theirs.uid if is_new else "",
                abuid=new_card.parsed.abuid,
                name_key=name_key(theirs),
                vcard_id=card_id if stored is None and has_own else None,
            )
            if is_new:
                self.matcher.add(theirs.uid, contact_id)

    def _mint(self, contact: Contact) -> str:
        return minted_uid(
            contact,
            lambda uid: self.matcher.of_uid(uid) is not None or contacts.id_of_uid(self.db, uid) is not None,
        )

    def _take_group(self, new_card: _NewCard, group: Contact) -> None:
        old = known_group(self.db, group, self.reader)
        if old is None:
            self.report.new += 1
            self._keep(new_card, None, group_name=group.display_name)
            return
        self.new.flush()  # a member that came in with this file has its tags to leave too
        leave_group(self.db, old.contact, group, self.reader)
        vcards.replace_text(self.db, old.card_id, self._text(new_card))
        vcards.understand(
            self.db, old.card_id, new_card.parsed.problems, contact_id=None, group=group.display_name
        )
        self.report.updated += 1


def _some(cards: Iterator[RawCard]) -> Iterator[list[RawCard]]:
    """Yield cards some dozens at a time: many together are quicker, a few large ones are enough to hold."""
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


def _read_years(parsed: ParsedCard, line: int, source: str) -> tuple[list[YearCard], list[Problem]]:
    """Return the cards of past years a row tells of, and what wants an answer: news of a move or a death.

    News is asked about in the newest year of which the row says anything; that of others is old.
    """
    newest = max((cell.year for cell in parsed.years if cell.text and not cell.text.isspace()), default=0)
    cards: list[YearCard] = []
    asked: list[Problem] = []
    for cell in parsed.years:
        reading = read_cell(cell)
        if not reading.question or cell.year < newest:
            cards += reading.cards
        elif cell.year == newest and parsed.contact is not None:
            message = f"{cell.way} {cell.year}: “{cell.text}” - no card is counted; is the address right?"
            asked.append(Problem(source, line, parsed.contact.display_name, message))
    return cards, asked


@lru_cache(maxsize=1024)
def _code(country: str) -> str:
    return country_code(country)


def _says_the_same(stored: vcards.StoredCard, base: Contact | None, card: RawCard, theirs: Contact) -> bool:
    """Whether a newer text says what the stored one does, in its lines or in what is understood of them."""
    return has_same_lines(stored.raw, card.raw) or (
        base is not None and says_the_same(base, theirs) and has_same_lines(stored.raw, card.raw, unread=True)
    )


def _read_again(stored: vcards.StoredCard, reader: Reader) -> Contact | None:
    """Return what a stored card says, read as today's cards are read."""
    raw = RawCard(raw=stored.raw, line=stored.line, ordinal=0, closed=True)
    return reader.parse(raw, source=stored.source).contact

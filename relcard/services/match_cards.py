"""Which contact a card of a file is a newer text of: sure signs first, and never one that two could claim."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.contact import OccasionKind
from relcard.domain.contact import fold
from relcard.domain.contact import name_key
from relcard.store import contacts
from relcard.store import merges
from relcard.store import vcards
from relcard.vcard import RawCard
from relcard.vcard import parse_card

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.contact import Contact
    from relcard.domain.contact import Occasion
    from relcard.store.database import Connection

STANDARD_INPUT = "standard input"
_SECOND_DOWNLOAD = re.compile(r" ?\(\d+\)(?=\.|\Z)")  # "contacts (1).vcf"

# What says that a card and a contact of one name are one, the surest first. A name alone says it only within
# one address book.
_NAME_REACH_AND_BIRTHDAY, _NAME_AND_REACH, _NAME_AND_BIRTHDAY, _NAME_IN_ONE_SOURCE = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that no identifier decides, and the contacts of its name."""

    contact: Contact
    namesakes: tuple[int, ...]


class Matcher:
    """The contacts a file may speak of. `first_new` is the first id that this import gives to a contact.

    A contact is claimed once at most: a second card that could mean it is another contact.
    """

    def __init__(self, db: Connection, source: str, *, first_new: int) -> None:
        self._db = db
        self._source = source_key(source)
        self._first_new = first_new
        self._claimed = bytearray(first_new)  # by contact id; the claims of 100,000 take no more than that
        self._has_aliases = first_new > 1 and merges.has_aliases(db)
        # What the store has of the cards at hand; contacts that this import adds are put into `uids`.
        self.uids: dict[str, int] = {}
        self._abuids: Mapping[str, list[int]] = {}
        self._names: Mapping[str, list[int]] = {}

    def claim(self, contact_id: int) -> None:
        """Say that a card of this file is this contact's."""
        if contact_id < self._first_new:
            self._claimed[contact_id] = 1

    def is_claimed(self, contact_id: int) -> bool:
        """Whether a card of this file is this contact's already."""
        return contact_id >= self._first_new or bool(self._claimed[contact_id])

    def ask(self, cards: Iterable[tuple[Contact, str]]) -> None:
        """Ask the store about some cards, each with its Apple identifier, before the first is matched."""
        known = list(cards)
        uids = [contact.uid for contact, _ in known if contact.uid]
        self.uids = contacts.ids_of_uids(self._db, uids)
        if self._first_new == 1:
            return  # of an empty store nothing but the UIDs of this very import can be known
        abuids = [abuid for _, abuid in known if abuid]
        names = [key for contact, _ in known for key in _turned(name_key(contact))]
        self._abuids = contacts.ids_of_abuids(self._db, abuids, before=self._first_new)
        self._names = contacts.ids_of_names(self._db, names, before=self._first_new)
        if self._has_aliases:
            for uid, ids in merges.aliases(self._db, "uid", uids).items():
                self.uids.setdefault(uid, ids[0])
            self._abuids = _joined(self._abuids, merges.aliases(self._db, "abuid", abuids))
            self._names = _joined(self._names, merges.aliases(self._db, "name_key", names))

    def of_abuid(self, abuid: str) -> int | None:
        """Return the one contact with Apple's identifier that no card has claimed."""
        found = [one for one in self._abuids.get(abuid, ()) if not self.is_claimed(one)]
        return found[0] if len(found) == 1 else None

    def candidate(self, contact: Contact) -> Candidate | None:
        """Return a card with the contacts of its name, in either order; None when there are none."""
        found = dict.fromkeys(one for key in _turned(name_key(contact)) for one in self._names.get(key, ()))
        return Candidate(contact, tuple(found)) if found else None

    def decide(self, waiting: Sequence[Candidate]) -> list[int | None]:
        """Return the contact of each card, once the whole file is read; what could be two is neither.

        The order of the cards plays no part: sign by sign, a card and a contact that have only each other are
        one, and both are out of the question for the others.
        """
        signs = {
            (at, contact_id): sign
            for at, one in enumerate(waiting)
            for contact_id in one.namesakes
            if not self.is_claimed(contact_id) and (sign := self._sign(one.contact, contact_id))
        }
        found: list[int | None] = [None] * len(waiting)
        for least in range(_NAME_REACH_AND_BIRTHDAY, 0, -1):
            pairs = [
                (at, contact_id)
                for (at, contact_id), sign in signs.items()
                if sign >= least and found[at] is None and not self.is_claimed(contact_id)
            ]
            cards = Counter(at for at, _ in pairs)
            claims = Counter(contact_id for _, contact_id in pairs)
            for at, contact_id in pairs:
                if cards[at] == claims[contact_id] == 1:
                    found[at] = contact_id
                    self.claim(contact_id)
        return found

    def base_of(self, contact: Contact, abuid: str, contact_id: int) -> vcards.StoredCard | None:
        """Return the text of a contact that this card is a newer one of; None when it is from elsewhere."""
        cards = merges.cards_of(self._db, contact_id)
        own_uid = contacts.uid_of(self._db, contact_id)
        for card in cards:
            if contact.uid and contact.uid == (own_uid if card.own else card.uid):
                return vcards.one(self._db, card.id)
        for card in cards:
            if abuid and abuid == card.abuid:
                return vcards.one(self._db, card.id)
        here = [card for card in cards if self._source and source_key(card.source) == self._source]
        key = name_key(contact)
        here.sort(key=lambda card: (card.name_key != key, not card.own))
        return vcards.one(self._db, here[0].id) if here else None

    def missing(self) -> int:
        """Return how many contacts of this source the file has no card of any more."""
        claimed = self._claimed.count(1)
        if not claimed or not self._source or contacts.count(self._db) <= claimed:
            return 0
        names = [name for name in vcards.source_names(self._db) if source_key(name) == self._source]
        return sum(not self.is_claimed(one) for one in vcards.contacts_of_sources(self._db, names))

    def _sign(self, contact: Contact, contact_id: int) -> int:
        """Return what says that a card and a contact of its name are one, 0 when nothing does."""
        other = contacts.load(self._db, contact_id)
        if contact.kind is not other.kind:
            return 0
        day, their_day = _birthday(contact), _birthday(other)
        if day and their_day and _differ(day, their_day):
            return 0  # a father and a son of one name
        same_source = False
        for card in merges.cards_of(self._db, contact_id):
            if self._source and source_key(card.source) == self._source:
                if contact.uid and _said_uid(vcards.one(self._db, card.id)) not in ("", contact.uid):
                    return 0  # one address book, two UIDs: two contacts
                same_source = True
        same_day = bool(
            day and their_day and day.date.month_day and day.date.month_day == their_day.date.month_day
        )
        if reach(contact) & reach(other):
            return _NAME_REACH_AND_BIRTHDAY if same_day else _NAME_AND_REACH
        if same_day:
            return _NAME_AND_BIRTHDAY
        # Turned round it may be another's name: James Martin is not Martin James.
        names = {name_key(other), *(card.name_key for card in merges.cards_of(self._db, contact_id))}
        return _NAME_IN_ONE_SOURCE if same_source and name_key(contact) in names else 0


def source_key(name: str) -> str:
    """Return what two files of one address book are called alike; "" for what has no name of its own."""
    return "" if name == STANDARD_INPUT else fold(_SECOND_DOWNLOAD.sub("", name))


def reach(contact: Contact) -> set[str]:
    """Return the e-mails (folded) and phones (the last nine digits) that two cards can be compared by."""
    keys = {fold(one.value) for one in contact.emails}
    for phone in contact.phones:
        digits = "".join(one for one in phone.value if one.isdigit())
        if len(digits) >= 7:  # shorter ones are extensions and service numbers
            keys.add(digits[-9:])
    return keys


def _turned(key: str) -> set[str]:
    """Return a folded name as it is, and with its first or last word at the other end."""
    words = key.split()
    if len(words) < 2:
        return {key}
    return {key, " ".join((words[-1], *words[:-1])), " ".join((*words[1:], words[0]))}


def _joined(ours: Mapping[str, list[int]], more: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {key: [*ours.get(key, ()), *more.get(key, ())] for key in {*ours, *more}}


def _birthday(contact: Contact) -> Occasion | None:
    return next((one for one in contact.occasions if one.kind is OccasionKind.BIRTHDAY), None)


def _differ(one: Occasion, other: Occasion) -> bool:
    ours, theirs = one.date, other.date
    if ours.year and theirs.year and ours.year != theirs.year:
        return True
    return bool(ours.month_day and theirs.month_day and ours.month_day != theirs.month_day)


def _said_uid(card: vcards.StoredCard) -> str:
    """Return the UID that a stored card itself says."""
    raw = RawCard(raw=card.raw, line=card.line, ordinal=0, closed=True)
    contact = parse_card(raw, source=card.source).contact
    return contact.uid if contact is not None else ""

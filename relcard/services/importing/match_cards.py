"""Which contact a card of a file is a newer text of: sure signs first, and never one that two could claim."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import name_key
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.typed_address import with_addresses_apart
from relcard.domain.text import fold
from relcard.domain.text import has_east_asian
from relcard.postal import country_code
from relcard.store import contacts
from relcard.store import merges
from relcard.store import vcards
from relcard.vcard import RawCard
from relcard.vcard import parse_card

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Contact
    from relcard.store.file.database import Connection

STANDARD_INPUT = "standard input"
_SECOND_DOWNLOAD = re.compile(r" ?\(\d+\)(?=\.|\Z)")  # "contacts (1).vcf"


class Sign(IntEnum):
    """What says that a card and a contact of one name are one; a greater one is surer.

    A name alone says it only within one address book.
    """

    NOTHING = 0
    NAME_IN_ONE_SOURCE = 1
    NAME_AND_ADDRESS = 2
    NAME_AND_BIRTHDAY = 3
    NAME_AND_REACH = 4
    NAME_REACH_AND_BIRTHDAY = 5
    SAME_MEANING = 6

    @property
    def words(self) -> str:
        """What two have in common, beside the name."""
        return _SIGNS_IN_WORDS.get(self, "name")


_SIGNS_IN_WORDS = {
    Sign.NAME_AND_ADDRESS: "name and address",
    Sign.NAME_AND_BIRTHDAY: "name and birthday",
    Sign.NAME_AND_REACH: "name and e-mail or phone",
    Sign.NAME_REACH_AND_BIRTHDAY: "name, birthday and e-mail or phone",
}


class CardPlace(NamedTuple):
    """Where a card may belong: a contact, and which of its cards; 0 is its own, or the first it gets."""

    contact_id: int
    card_id: int


class Decision(NamedTuple):
    """The place of a card, and what says so."""

    place: CardPlace
    sign: Sign


class UnplacedCard(NamedTuple):
    """The contact of a card that no identifier decides, and the contacts of its name."""

    contact: Contact
    namesakes: tuple[int, ...]


class Matcher:
    """The contacts a file may speak of. `first_new` is the first id that this import gives to a contact.

    A place is claimed once at most: a second card that could mean it is another contact. A contact that was
    merged from two has a place for the card of each.
    """

    def __init__(self, db: Connection, source: str, *, first_new: int) -> None:
        self._db = db
        self._source = source_key(source)
        self._first_new = first_new
        self._claimed = bytearray(first_new)  # by contact id: claims of 100,000 own cards take no more
        self._beside_claimed: set[int] = set()  # the few others, by card id
        self._beside = merges.beside(db) if first_new > 1 and merges.has_aliases(db) else None
        # What the store has of the cards at hand.
        self._uids: dict[str, CardPlace] = {}
        self._abuids: dict[str, list[CardPlace]] = {}
        self._names: dict[str, list[int]] = {}

    def claim(self, place: CardPlace) -> None:
        """Say that a card of this file belongs there."""
        if self._beside and place.card_id in self._beside:
            self._beside_claimed.add(place.card_id)
        elif place.contact_id < self._first_new:
            self._claimed[place.contact_id] = 1

    def is_claimed(self, place: CardPlace) -> bool:
        """Whether a card of this import belongs there already."""
        if self._beside and place.card_id in self._beside:
            return place.card_id in self._beside_claimed
        return place.contact_id >= self._first_new or bool(self._claimed[place.contact_id])

    def ask(self, cards: Sequence[tuple[Contact, str]]) -> None:
        """Ask the store about some cards, each with its Apple identifier, before the first is matched."""
        uids = [contact.uid for contact, _ in cards if contact.uid]
        known = contacts.ids_of_uids(self._db, uids)
        self._uids = {uid: CardPlace(contact_id, 0) for uid, contact_id in known.items()}
        if self._first_new == 1:
            return  # of an empty store nothing but the UIDs of this very import can be known
        abuids = [abuid for _, abuid in cards if abuid]
        names = [key for contact, _ in cards for key in _turned(name_key(contact))]
        ids_of = contacts.ids_of_abuids(self._db, abuids, before=self._first_new)
        self._abuids = {
            abuid: [CardPlace(contact_id, 0) for contact_id in ids] for abuid, ids in ids_of.items()
        }
        self._names = contacts.ids_of_names(self._db, names, before=self._first_new)
        if self._beside is not None:
            self._ask_of_merged(uids, abuids, names)

    def _ask_of_merged(self, uids: list[str], abuids: list[str], names: list[str]) -> None:
        """Ask the store about the cards of contacts that were merged into others."""
        for uid, places in merges.aliases(self._db, "uid", uids).items():
            self._uids.setdefault(uid, CardPlace(*places[0]))
        for abuid, places in merges.aliases(self._db, "abuid", abuids).items():
            self._abuids.setdefault(abuid, []).extend(CardPlace(*place) for place in places)
        for key, places in merges.aliases(self._db, "name_key", names).items():
            self._names.setdefault(key, []).extend(contact_id for contact_id, _ in places)

    def is_shared(self, contact: Contact, place: CardPlace) -> bool:
        """Whether the UID of a card is also that of a namesake's card from here: it decides nothing then."""
        return any(other.contact_id != place.contact_id for other in self._places_of_uid(contact))

    def is_stranger(self, contact: Contact, place: CardPlace) -> bool:
        """Whether a card has the UID of somebody from other sources alone, and nothing else of theirs.

        Programs that count their cards from 1 give other people the UIDs of ours.
        """
        if any(self._is_here(card) for card in merges.cards_of(self._db, place.contact_id)):
            return False
        known = contacts.load(self._db, place.contact_id)
        days = _birthday(contact), _birthday(known)
        is_same_day = days[0] is not None and days[0] == days[1]
        names = set(name_key(contact).split()) & set(name_key(known).split())
        return not (names or is_same_day or reach(contact) & reach(known))

    def left(self, contact: Contact) -> CardPlace | None:
        """Return the first place of a UID, which several cards share, that no card has claimed."""
        places = (self.of_uid(contact.uid), *self._places_of_uid(contact))
        return next((place for place in places if place is not None and not self.is_claimed(place)), None)

    def _places_of_uid(self, contact: Contact) -> Iterator[CardPlace]:
        """Yield the places of namesakes whose cards from here have the UID of a card."""
        unplaced = self.unplaced(contact) if contact.uid else None
        for contact_id in unplaced.namesakes if unplaced is not None else ():
            for card in merges.cards_of(self._db, contact_id):
                stored = _read(vcards.one(self._db, card.id)) if self._is_here(card) else None
                if stored is not None and stored.uid == contact.uid:
                    yield CardPlace(contact_id, 0 if card.own else card.id)

    def add(self, uid: str, contact_id: int) -> None:
        """Remember the UID of a contact that this import writes."""
        self._uids[uid] = CardPlace(contact_id, 0)

    def of_uid(self, uid: str) -> CardPlace | None:
        """Return the place of a UID, claimed or not; "" has none."""
        return self._uids.get(uid) if uid else None

    def of_abuid(self, abuid: str) -> CardPlace | None:
        """Return the one place of Apple's identifier that no card has claimed."""
        places = [place for place in self._abuids.get(abuid, ()) if not self.is_claimed(place)]
        return places[0] if abuid and len(places) == 1 else None

    def unplaced(self, contact: Contact) -> UnplacedCard | None:
        """Return a card with the contacts of its name, in either order; None when there are none."""
        if not self._names:
            return None
        keys = _turned(name_key(contact))
        namesakes = dict.fromkeys(contact_id for key in keys for contact_id in self._names.get(key, ()))
        return UnplacedCard(contact, tuple(namesakes)) if namesakes else None

    def decide(self, waiting: Sequence[UnplacedCard]) -> list[Decision | None]:
        """Return the place of each card, once the whole file is read; what could be two is neither.

        The order of the cards plays no part: sign by sign, a card and a place that have only each other
        belong together, and both are out of the question for the others.
        """
        signs = {
            (at, place): sign
            for at, card in enumerate(waiting)
            for contact_id in card.namesakes
            for place, sign in self._signs(card.contact, contact_id)
        }
        decisions: list[Decision | None] = [None] * len(waiting)
        for (at, place), sign in sorted(signs.items()):
            if sign is Sign.SAME_MEANING and decisions[at] is None and not self.is_claimed(place):
                decisions[at] = Decision(place, sign)  # of several that say the same, each is as right
                self.claim(place)
        for least in range(Sign.NAME_REACH_AND_BIRTHDAY, Sign.NOTHING, -1):
            pairs = [
                (at, place)
                for (at, place), sign in signs.items()
                if sign >= least and decisions[at] is None and not self.is_claimed(place)
            ]
            for at, place in _of_each_other_alone(pairs):
                decisions[at] = Decision(place, signs[at, place])
                self.claim(place)
        return decisions

    def base_of(self, place: CardPlace, *, sure: bool) -> vcards.StoredCard | None:
        """Return the text that a card is a newer one of; None when it stands beside those of the contact.

        With `sure` an identifier has said which one; a name says it only within one address book.
        """
        for card in merges.cards_of(self._db, place.contact_id):
            if card.id == place.card_id or (card.own and not place.card_id):
                return vcards.one(self._db, card.id) if sure or self._is_here(card) else None
        return None

    def missing(self) -> int:
        """Return how many contacts of this source the file has no card of any more."""
        if not self._source or not any(self._claimed):
            return 0
        if not self._beside and contacts.count(self._db) <= self._claimed.count(1):
            return 0
        names = [name for name in vcards.source_names(self._db) if source_key(name) == self._source]
        places = (CardPlace(*row) for row in vcards.contacts_of_sources(self._db, names))
        return len({place.contact_id for place in places if not self.is_claimed(place)})

    def _is_here(self, card: merges.KeptCard) -> bool:
        return bool(self._source) and source_key(card.source) == self._source

    def _signs(self, contact: Contact, contact_id: int) -> Iterator[tuple[CardPlace, Sign]]:
        """Yield the places of a namesake where a card may belong, with what says so.

        Of a contact known from this address book only its cards from here are in question.
        """
        cards = merges.cards_of(self._db, contact_id)
        here = [card for card in cards if self._is_here(card)]
        if not here:
            place = CardPlace(contact_id, 0)
            sign = (
                Sign.NOTHING
                if self.is_claimed(place)
                else _sign(contact, contacts.load(self._db, contact_id))
            )
            if sign:
                yield place, sign
            return
        names = {card.name_key for card in cards} | merges.names_of(self._db, contact_id)
        for card in here:
            place = CardPlace(contact_id, 0 if card.own else card.id)
            if self.is_claimed(place):
                continue
            stored = _read(vcards.one(self._db, card.id))
            if stored is not None and _meaning(stored) == _meaning(contact):
                yield place, Sign.SAME_MEANING
                continue
            known = contacts.load(self._db, contact_id) if stored is None or len(cards) == 1 else stored
            uid = stored.uid if stored is not None else ""
            if sign := _sign(contact, known, alone=_sign_of_name(contact, names, uid)):
                yield place, sign


def _of_each_other_alone(pairs: Sequence[tuple[int, CardPlace]]) -> list[tuple[int, CardPlace]]:
    """Return the pairs of a card and a place of which neither stands in another pair."""
    cards = Counter(at for at, _ in pairs)
    claims = Counter(place for _, place in pairs)
    return [(at, place) for at, place in pairs if cards[at] == claims[place] == 1]


def _sign_of_name(contact: Contact, names: set[str], uid: str) -> Sign:
    """Return what the name of a card says, held against a card of one address book with this UID or none."""
    # Turned round it may be another's name: James Martin is not Martin James. And where the card of
    # the other UID is not in this file, its UID may have been renewed; a name alone does not say so.
    is_other = contact.uid and uid not in ("", contact.uid)
    return Sign.NAME_IN_ONE_SOURCE if name_key(contact) in names and not is_other else Sign.NOTHING


def _sign(contact: Contact, other: Contact, *, alone: Sign = Sign.NOTHING) -> Sign:
    """Return what says that two of one name are one, `alone` when nothing else does; NOTHING of two."""
    day, their_day = _birthday(contact), _birthday(other)
    if contact.kind is not other.kind or (day and their_day and _differ(day, their_day)):
        return Sign.NOTHING  # a father and a son of one name
    same_day = bool(day and their_day and day.month_day and day.month_day == their_day.month_day)
    if reach(contact) & reach(other):
        return Sign.NAME_REACH_AND_BIRTHDAY if same_day else Sign.NAME_AND_REACH
    if same_day:
        return Sign.NAME_AND_BIRTHDAY
    return Sign.NAME_AND_ADDRESS if _is_at_home(contact, other) else alone


def _is_at_home(contact: Contact, other: Contact) -> bool:
    """Whether two of one full name have one letterbox, and nothing says that they are two of one family.

    Two suffixes do, and e-mails or phones of both without one in common: fathers and sons live together.
    """
    is_full = " " in name_key(contact) or has_east_asian(contact.display_name)
    if not is_full or fold(contact.name.suffixes) != fold(other.name.suffixes):
        return False
    reached = (contact.emails and other.emails) or (contact.phones and other.phones)
    return not reached and not _letterboxes(contact).isdisjoint(_letterboxes(other))


def _letterboxes(contact: Contact) -> set[str]:
    """Return where a contact lives: many of one name may work at one address."""
    return {letterbox(address) for address in contact.addresses if "work" not in address.types} - {""}


def _meaning(contact: Contact) -> Contact:
    """Return what a card says without its UID and what is worked out."""
    addresses = tuple(address._replace(country_code="") for address in contact.addresses)
    return contact._replace(uid="", addresses=addresses)


def source_key(name: str) -> str:
    """Return what two files of one address book are called alike; "" for what has no name of its own."""
    return "" if name == STANDARD_INPUT else fold(_SECOND_DOWNLOAD.sub("", name))


def reach(contact: Contact) -> set[str]:
    """Return the e-mails (folded) and phones (the last nine digits) that two cards can be compared by."""
    keys = {fold(email.value) for email in contact.emails}
    for phone in contact.phones:
        digits = "".join(sign for sign in phone.value if sign.isdigit())
        if len(digits) >= 7:  # shorter ones are extensions and service numbers
            keys.add(digits[-9:])
    return keys


# The root of the UIDs we mint: made of the name and the first e-mail or phone, so that a store built anew
# from the same files has the same ones.
_NAMESPACE = uuid.UUID("8f7a3c5e-52c4-5f0b-9a64-3e0f6b1d2c71")


def minted_uid(contact: Contact, is_taken: Callable[[str], bool]) -> str:
    """Return a UID for a contact whose card has none: the same in a store built anew from the same cards."""
    text = f"{name_key(contact)}|{min(reach(contact), default='')}"
    uid = str(uuid.uuid5(_NAMESPACE, text))
    number = 1
    while is_taken(uid):
        number += 1
        uid = str(uuid.uuid5(_NAMESPACE, f"{text}|{number}"))
    return uid


def _turned(key: str) -> set[str]:
    """Return a folded name as it is, and with its first or last word at the other end."""
    words = key.split()
    if len(words) < 2:
        return {key}
    return {key, " ".join((words[-1], *words[:-1])), " ".join((*words[1:], words[0]))}


def _birthday(contact: Contact) -> PartialDate | None:
    days = (day.date for day in contact.occasions if day.kind is OccasionKind.BIRTHDAY)
    return next((day for day in days if day.other is None), None)


def _differ(one: PartialDate, other: PartialDate) -> bool:
    if one.year and other.year and one.year != other.year:
        return True
    return bool(one.month_day and other.month_day and one.month_day != other.month_day)


def _read(card: vcards.StoredCard) -> Contact | None:
    """Return what a stored card itself says."""
    raw = RawCard(raw=card.raw, line=card.line, ordinal=0, closed=True)
    contact = parse_card(raw, source=card.source).contact
    return with_addresses_apart(contact, code_of=country_code)[0] if contact else None

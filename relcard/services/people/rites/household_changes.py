"""People moved between households, with what follows them: addresses, cards on the desk, wording."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.dates import known_day
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import fold
from relcard.domain.people.contact import name_key
from relcard.domain.seasons.season import decide
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.people.warmth import note_organisers
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import members
from relcard.store import merges
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Occasion
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

STATED = "as you said"
_WRITTEN = frozenset({"written", "posted", "returned"})


@dataclass(frozen=True, slots=True)
class HouseholdChanges:
    """Changes under way, inside the step the caller holds; `told` is what the user is told of them."""

    db: Connection
    standpoint: Standpoint
    told: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, what: str, words: str) -> None:
        """Say one thing that changes."""
        self.told.append((what, words))

    def households(self, household_ids: Iterable[int]) -> list[HouseholdView]:
        """Return households as they are now."""
        return read_households(self.db, household_ids, self.standpoint)

    def household_of(self, contact_id: int) -> HouseholdView:
        """Return the household of a contact."""
        household_id = households.of_contact(self.db, contact_id)
        assert household_id is not None  # noqa: S101  every contact is in a household
        return self.households([household_id])[0]

    def name(self, contact_id: int) -> str:
        """Return what a contact is called in full."""
        return contacts.names(self.db, [contact_id])[contact_id]

    def keep(self, contact_id: int, contact: Contact) -> None:
        """Keep a contact that was changed; reminders of days that stay go on to be dealt with."""
        days = merges.occasion_ids(self.db, [contact_id])
        contacts.update(self.db, contact_id, contact)
        members.follow_cards(self.db, [contact_id], today=self.standpoint.today)
        merges.follow_occasions(self.db, days, contact_id)

    def rename(self, contact_id: int, renamed: Contact) -> None:
        """Keep a contact under another name; a note has the old one, under which its vCard still comes."""
        before = contacts.load(self.db, contact_id)
        merges.add_alias(self.db, contact_id, uid="", abuid="", name_key=name_key(before), vcard_id=None)
        self.keep(contact_id, renamed)
        note = f"was {before.display_name}"
        relationships.add_note(self.db, contact_id, note, on=self.standpoint.today)
        self.tell(before.display_name, f"is {renamed.display_name}")

    def mark_stated(self, household_id: int) -> None:
        """Mark a household as the user's word: no proposal touches it any more."""
        households.describe(self.db, household_id, stated=True, reason=STATED)

    def move_in(self, movers: Collection[int], household_id: int) -> None:
        """Put contacts into a household, with their careful year.

        A household they leave empty of the living gives its cards to it.
        """
        before = {household.id: household for household in map(self.household_of, movers)}
        left = before.keys() - {household_id}
        note_organisers(self.db, {household_id, *left})
        (here,) = self.households([household_id]) or (None,)
        until = here.care.until if here is not None and here.care is not None else date.min
        for household in before.values():
            if household.care is not None and household.care.until > until:
                until = household.care.until
                households.set_careful(self.db, household_id, household.care)
        for contact_id in movers:
            households.put(self.db, contact_id, household_id)
        for left_id in left:
            self._settle_left(left_id, household_id)
        self.mark_stated(household_id)
        households.drop_empty(self.db, dict.fromkeys(left, household_id))

    def move_out(self, movers: Collection[int], *, in_season: bool = True) -> int:
        """Put contacts of one household into a new one and return its id.

        The manner and language of the old household go along, and its careful year. With `in_season` the new
        one is considered for each open season in which the old one is and whose day is still to come.
        """
        old = self.household_of(next(iter(movers)))
        note_organisers(self.db, [old.id])
        row = households.get(self.db, old.id)
        assert row is not None  # noqa: S101  a household someone is in
        new = households.make(self.db, reason=STATED, stated=True)
        households.set_wishes(
            self.db,
            new,
            {"formality": row.formality, "language": row.language or None, "feast": row.feast or None},
        )
        if old.care is not None:
            households.set_careful(self.db, new, old.care)
        for contact_id in movers:
            households.put(self.db, contact_id, new)
        cards = seasons.open_cards(self.db, [old.id])
        self._settle_left(old.id, new)
        if in_season and not seasons.open_cards(self.db, [new]):
            rows = {row.name: row for row in seasons.every(self.db)}
            for card in cards:
                if rows[card.season].season.day >= self.standpoint.today:
                    self._consider_for_season(new, rows[card.season])
        return new

    def _settle_left(self, old: int, new: int) -> None:
        """Settle a household that some have left: it is stated; without the living, its cards go on."""
        left = self.households([old])
        if left and left[0].living:
            self.mark_stated(old)
        else:
            merges.move_recipients(self.db, old, new, drafts={})

    def _consider_for_season(self, household_id: int, row: SeasonRow) -> None:
        """Put a household into a season if the rules of its circle say so, and say why or why not."""
        season = row.season
        (household,) = read_households(self.db, [household_id], self.standpoint, on=season.arrive_by)
        cards = seasons.cards_exchanged(self.db, [household_id])
        decision = decide(
            household.as_candidate(season, cards, self.standpoint.today), self.standpoint.rules, season.year
        )
        addressee = household.addressee
        if not decision.included:
            what = f"not in {row.name} ({decision.reason}); relcard season add h{household_id}"
            self.tell(addressee, what)
            return
        seasons.add_recipient(self.db, row.id, household_id, decision.reason)
        self.tell(addressee, f"has a card of its own in {row.name} ({decision.reason})")

    def set_aside_wording(
        self, household_id: int, *, names: Collection[str] | None = None, envelope: bool = True
    ) -> None:
        """Take back the user's wording for a household that is another one now, and say so.

        With `names` only the wording in which one of them stands; without `envelope` only the salutation.
        """
        row = households.get(self.db, household_id)
        if row is None:
            return
        for wish, words in (("addressee", row.addressee), ("salutation", row.salutation)):
            if wish == "addressee" and not envelope:
                continue
            if words and (names is None or any(name and name in words for name in names)):
                households.set_wishes(self.db, household_id, {wish: None})
                self.tell(
                    f"{wish} of h{household_id}",
                    f'your wording "{words}" is set aside; relcard household set h{household_id} --{wish}',
                )

    def draft_again(self, household_ids: Iterable[int]) -> None:
        """Let cards not yet written be drafted anew, for whom they are now; say what a person wrote."""
        for card in seasons.open_cards(self.db, household_ids):
            if card.state in _WRITTEN or not card.has_words:
                continue
            (household,) = self.households([card.household_id])
            if card.edited:
                words = (
                    f"your words for {card.season} stand; look at them: relcard draft edit h{household.id}"
                )
            else:
                seasons.plan_again(self.db, card.id)
                words = f"the card of {card.season} is drafted anew"
            self.tell(household.addressee, words)

    def take_off_seasons(self, household_id: int, reason: str) -> None:
        """Take a household off the open seasons, unless its card is written already or one came from it."""
        for card in seasons.open_cards(self.db, [household_id]):
            if card.state in _WRITTEN:
                self.tell(card.season, f"the card is {card.state} already and stays on the list")
            elif card.received:
                self.tell(card.season, "their card came: they stay on the list, and nothing is owed")
            else:
                seasons.drop_recipient(self.db, card.id)
                self.tell(card.season, f"taken off: {reason}")

    def retire_address(self, contact_id: int) -> None:
        """Stop using the address a card goes to; it is kept. Second addresses stay."""
        contact = contacts.load(self.db, contact_id)
        old = contact.address
        if old is None:
            return
        addresses.retire(self.db, self._rows_of(contact_id, old), on=self.standpoint.today)
        kept = tuple(address for address in contact.addresses if address != old)
        self.keep(contact_id, contact._replace(addresses=kept))

    def give_address(self, contact_id: int, address: Address) -> None:
        """Give a contact the address a card goes to from today; the one before is retired, and kept."""
        contact = contacts.load(self.db, contact_id)
        if contact.address == address:
            return
        self.retire_address(contact_id)
        contact = contacts.load(self.db, contact_id)
        # Before the others: of two homes a card goes to the first, and no other is the preferred any more.
        others = tuple(other._replace(preferred=False) for other in contact.addresses if other != address)
        self.keep(contact_id, contact._replace(addresses=(address, *others)))
        addresses.confirm(self.db, self._rows_of(contact_id, address), on=self.standpoint.today)

    def _rows_of(self, contact_id: int, address: Address) -> list[int]:
        """Return the ids under which an address of a contact is in use."""
        rows = addresses.known(self.db, [contact_id]).get(contact_id, [])
        return [row.id for row in rows if row.retired_on is None and row.address == address]

    def living_contact(self, contact_id: int) -> Contact:
        """Return a contact who lives. Raises `UsageError` for an organisation and for the dead."""
        contact = contacts.load(self.db, contact_id)
        if contact.kind is not Kind.INDIVIDUAL:
            raise UsageError(f"{contact.display_name} is an organisation.", hint="Name a person.")
        if contact.has_died:
            raise UsageError(
                f"{contact.display_name} has died, as relcard knows already.",
                hint="If that is wrong, take the day away: relcard edit WHO",
            )
        return contact

    def two_living(self, first_id: int, second_id: int) -> dict[int, str]:
        """Return the names of two people who live. Raises `UsageError` when it is one, or one does not."""
        if first_id == second_id:
            raise UsageError("That is one contact; this takes two.", hint="Name both: WHO WHO")
        return {
            contact_id: self.living_contact(contact_id).display_name for contact_id in (first_id, second_id)
        }

    def check_past(self, day: PartialDate) -> None:
        """Raise `UsageError` for a day that is still to come, or that names no year."""
        today = self.standpoint.today
        parts = (day.year or 0, day.month or 0, day.day or 0)
        if day.year is None or parts > (today.year, today.month, today.day):
            raise UsageError(f"{day} is no day of the past.", hint="Write it as 2026-11-03, or a year alone.")

    def set_occasion(self, contact_id: int, occasion: Occasion) -> None:
        """Set a day that returns, in the place of others of its kind."""
        contact = contacts.load(self.db, contact_id)
        kept = tuple(day for day in contact.occasions if day.kind is not occasion.kind)
        self.keep(contact_id, contact._replace(occasions=(*kept, occasion)))

    def end_anniversaries(self, contact_id: int, why: str) -> None:
        """Let nobody congratulate on a wedding day any more; a note keeps the day."""
        contact = contacts.load(self.db, contact_id)
        weddings = [day for day in contact.occasions if day.kind is OccasionKind.ANNIVERSARY]
        if not weddings:
            return
        kept = tuple(day for day in contact.occasions if day not in weddings)
        self.keep(contact_id, contact._replace(occasions=kept))
        known = " and ".join(known_day(day.date) for day in weddings)
        relationships.add_note(self.db, contact_id, f"{why}; married on {known}", on=self.standpoint.today)
        self.tell("anniversary", f"{known}: no congratulation to {contact.display_name} any more")


def adults(household: HouseholdView) -> set[int]:
    """Return the adults of a household who live."""
    return {member.contact_id for member in household.living if not member.is_child}


def with_dependants(household: HouseholdView, contact_id: int) -> list[int]:
    """Return a contact and, of the only adult of a household, the children and pets."""
    if adults(household) - {contact_id}:
        return [contact_id]
    dependants = [
        member.contact_id
        for member in household.members
        if member.died_on is None and (member.is_child or member.is_pet)
    ]
    return [contact_id, *(dependant for dependant in dependants if dependant != contact_id)]


def is_named(uid: str, name: str, contact: Contact) -> bool:
    """Whether a relation on a card means a contact: by its UID, or by its whole name."""
    return uid == contact.uid if uid else fold(name) == fold(contact.display_name)

"""Households as the user sees them: the wish where there is one, else what the rules make of the members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Literal
from typing import cast

from relcard import postal
from relcard.domain.dates import PartialDate
from relcard.domain.feasts import feast_year
from relcard.domain.feasts import find_feast
from relcard.domain.people import salutation
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.people.careful_year import careful_as_said
from relcard.domain.people.circle import Circle
from relcard.domain.people.circle import nearest
from relcard.domain.people.contact import Contact
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.seasons.season import SeasonCandidate
from relcard.services.people.suggest_households import resident_of
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.domain.feasts import Season
    from relcard.domain.people.careful_year import Careful
    from relcard.domain.people.contact import Address
    from relcard.domain.people.household import Resident
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection
    from relcard.store.households import HouseholdRow
    from relcard.store.households import ResidentRow
    from relcard.store.seasons import CardRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One contact of a household; `role` is the user's word for it: organiser, adult, child, pet, or ""."""

    contact_id: int
    uid: str
    name: str
    given: str
    family: str
    circle: Circle | None
    born: PartialDate | None
    died_on: PartialDate | None
    is_child: bool
    vcard_note: str
    role: str = ""

    @property
    def is_pet(self) -> bool:
        """Whether it is greeted, and stands on no envelope."""
        return self.role == "pet"

    def age_on(self, day: date) -> int | None:
        """Return the age on a day, or None when the year of birth is unknown or the life has ended."""
        if self.born is None or self.born.year is None or self.died_on is not None:
            return None
        kept = self.born.on(day.year)
        age = day.year - self.born.year
        return age - 1 if kept is not None and kept > day else age


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """One letterbox: who lives there, what the envelope says and how a greeting begins.

    `circle` is the nearest member's, None while nothing was said of anyone. `country` is that of the address,
    and the sender's own where the address names none. `address_lines` are empty without an address; the
    addressee stands before the line `name_at`. `care` is the careful year this household is in, if any, and
    `cheer` says that the user wants cheer for it all the same.
    """

    id: int
    stated: bool
    reason: str
    members: tuple[Member, ...]
    addressee: str
    wished_salutation: str  # "" where the user has said none
    greeted: tuple[Resident, ...]
    year: int  # the present one, which tells children from adults
    formality: Literal["informal", "formal"]
    language: str
    circle: Circle | None
    address: Address | None
    country: str
    address_lines: tuple[str, ...]
    name_at: int
    is_organisation: bool
    care: Careful | None = None
    cheer: bool = False

    @property
    def salutation(self) -> str:
        """How a greeting begins: as the user wishes, else as the rules have it."""
        return self.wished_salutation or salutation.salutation(
            self.greeted, language=self.language, formality=self.formality, year=self.year
        )

    @property
    def careful(self) -> bool:
        """Whether cheerful words are withheld."""
        return self.care is not None and not self.cheer

    @property
    def living(self) -> tuple[Member, ...]:
        """The members a greeting is for; pets are greeted along with them, never by themselves."""
        return tuple(one for one in self.members if one.died_on is None and not one.is_pet)

    @property
    def children(self) -> tuple[Member, ...]:
        """The living children, older first."""
        return tuple(one for one in self.living if one.is_child)

    def as_candidate(self, season: Season, cards: Iterable[CardRow]) -> SeasonCandidate:
        """Return what decides whether a season includes the household; `cards` are all it ever exchanged."""
        feast = find_feast(season.occasion)
        sent: set[int] = set()
        received: set[int] = set()
        for card in cards:
            if card.on is not None:
                year = feast_year(feast, card.on)
            else:
                year = card.year if card.occasion == feast.name else None
            if year is not None and card.to_them:
                sent.add(year)
            if year is not None and card.from_them:
                received.add(year)
        return SeasonCandidate(
            circle=self.circle,
            has_address=self.address is not None,
            is_organisation=self.is_organisation,
            all_deceased=not self.living,
            careful=self.careful,
            sent_years=frozenset(sent),
            received_years=frozenset(received),
        )

    @property
    def envelope_lines(self) -> tuple[str, ...]:
        """The addressee and the address, in the order the country writes them."""
        return (*self.address_lines[: self.name_at], self.addressee, *self.address_lines[self.name_at :])


def read_households(
    db: Connection,
    household_ids: Iterable[int] | None,
    standpoint: Standpoint,
    *,
    on: date | None = None,
) -> list[HouseholdView]:
    """Return some households, or all with None, in the order of their ids.

    The address is the one used on the day `on`, that of arrival, or today: a second one has its season.
    """
    rows = households.every(db) if household_ids is None else households.some(db, household_ids)
    members: dict[int, list[ResidentRow]] = {}
    for row in households.members(db, [one.id for one in rows]):
        assert row.household_id is not None  # noqa: S101  asked for by household
        members.setdefault(row.household_id, []).append(row)
    addresses = contacts.addresses(db, [one.contact_id for some in members.values() for one in some])
    return [
        _view(row, members[row.id], addresses, standpoint, on or standpoint.today)
        for row in rows
        if row.id in members
    ]


def _view(
    row: HouseholdRow,
    rows: list[ResidentRow],
    addresses: dict[int, list[Address]],
    standpoint: Standpoint,
    day: date,
) -> HouseholdView:
    today, sender_country = standpoint.today, standpoint.sender_country
    by_uid = {one.uid: one for one in rows}
    order = head_order([resident_of(one) for one in rows], year=today.year)
    young = children(order, year=today.year)
    members = tuple(_member(one, by_uid[one.uid], young) for one in order)
    alive = [one for one, member in zip(order, members, strict=True) if member.died_on is None]
    address = _address(members, addresses, day)
    language = row.language or _language(rows) or standpoint.language
    country = (
        (address.country_code or (postal.country_code(address.country, sender_country))) if address else ""
    )
    formality = cast("Literal['informal', 'formal']", row.formality)
    lines = (
        postal.address_lines(
            address,
            sender_country=sender_country,
            language=postal.post_language(sender_country),
            names=[one.name for one in members],
        )
        if address
        else ()
    )
    care = _care(row, members, today)
    circles = [one.circle for one in members if one.circle is not None and one.died_on is None]
    return HouseholdView(
        id=row.id,
        stated=row.stated,
        reason=row.reason,
        members=members,
        addressee=row.addressee
        or salutation.addressee(alive, language=language, year=today.year)
        or ", ".join(one.name for one in members),
        wished_salutation=row.salutation,
        greeted=tuple(alive),
        year=today.year,
        formality=formality,
        language=language,
        circle=nearest(circles) if circles else None,
        address=address,
        country=country,
        address_lines=lines,
        name_at=_name_at(address, sender_country),
        is_organisation=all(one.kind.value == "org" for one in order),
        care=care,
        cheer=care is not None and bool(row.cheer_on) and date.fromisoformat(row.cheer_on) >= care.since,
    )


def _member(one: Resident, row: ResidentRow, young: set[str]) -> Member:
    return Member(
        contact_id=row.contact_id,
        uid=row.uid,
        name=row.name,
        given=one.given or row.name,
        family=one.family,
        circle=Circle(row.circle) if row.circle else None,
        born=PartialDate.parse(row.birth) if row.birth else None,
        died_on=PartialDate.parse(row.died_on) if row.died_on else None,
        is_child=one.uid in young,
        vcard_note=row.detail.get("note", ""),
        role=row.role,
    )


def _address(members: tuple[Member, ...], addresses: dict[int, list[Address]], day: date) -> Address | None:
    for one in members:
        found = Contact(addresses=tuple(addresses.get(one.contact_id, ()))).address_on(day)
        if found is not None:
            return found
    return None


def _name_at(address: Address | None, sender_country: str) -> int:
    """Return before which line the addressee stands: the first, or in East Asia the country's."""
    if address is None or not postal.names_come_last(address):
        return 0
    return len(postal.address_lines(address, sender_country=sender_country, country_line="never"))


def _language(rows: list[ResidentRow]) -> str:
    for one in rows:
        found = one.detail.get("language", "")
        if found:
            return str(found)
    return ""


def _care(row: HouseholdRow, members: tuple[Member, ...], today: date) -> Careful | None:
    """Return the careful year that ends last: one the user began, or one after a death on a card."""
    found = [
        careful_after_death(one.name, one.died_on)
        for one in members
        if one.died_on is not None and not one.is_pet
    ]
    if row.careful_until:
        found.append(careful_as_said(date.fromisoformat(row.careful_until), row.careful_reason))
    return max(
        (one for one in found if one is not None and one.since <= today <= one.until),
        key=lambda one: one.until,
        default=None,
    )

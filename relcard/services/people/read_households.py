"""Households as the user sees them: the wish where there is one, else what the rules make of the members."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple
from typing import cast

from relcard import postal
from relcard.domain.dates import PartialDate
from relcard.domain.feasts import feast_year
from relcard.domain.feasts import season_for
from relcard.domain.feasts import why_not_theirs
from relcard.domain.kinds import Kind
from relcard.domain.languages import language as language_of
from relcard.domain.people import salutation
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.people.circle import Circle
from relcard.domain.people.circle import nearest
from relcard.domain.people.contact import Contact
from relcard.domain.people.household import children
from relcard.domain.people.household import head_order
from relcard.domain.people.joint_names import each_once
from relcard.domain.people.joint_names import family_alone
from relcard.domain.people.joint_names import people_of
from relcard.domain.people.member import age_on
from relcard.domain.people.member import as_resident
from relcard.domain.people.member import greeted_with
from relcard.domain.people.member import members_of
from relcard.domain.people.member import surname_varies
from relcard.domain.people.names import written_name
from relcard.domain.printing.courtesy import with_courtesy
from relcard.domain.seasons.season import SeasonCandidate
from relcard.domain.text import fold
from relcard.postal.latin import asks_for_latin
from relcard.postal.latin import in_other_letters
from relcard.postal.latin import is_in_latin
from relcard.postal.lines import address_lines
from relcard.postal.lines import names_come_last
from relcard.services.people.suggest_households import resident_of
from relcard.store import contacts
from relcard.store import households
from relcard.store import members
from relcard.store.addresses import in_use

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.feasts import Season
    from relcard.domain.people.careful_year import Careful
    from relcard.domain.people.contact import Address
    from relcard.domain.people.household import Resident
    from relcard.domain.people.member import Member
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection
    from relcard.store.households import HouseholdRow
    from relcard.store.households import ResidentRow
    from relcard.store.seasons import CardRow


class Inhabitant(NamedTuple):
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
        return None if self.died_on is not None else age_on(self.born, day)


class HouseholdView(NamedTuple):
    """One letterbox: who lives there, what the envelope says and how a greeting begins.

    `circle` is the nearest member's, None while nothing was said of anyone. `country` is that of the address,
    and the sender's own where the address names none. What stands on envelope and card is worked out when it
    is asked for: of a thousand households a plan names a few. `care` is the careful year this household is
    in, if any, `cares` those that are past too, and `cheer` says that the user wants cheer all the same.
    """

    id: int
    stated: bool
    reason: str
    members: tuple[Inhabitant, ...]
    named: tuple[Member, ...]  # without a vCard
    wished_addressee: str  # "" where the user has said none, and so below
    wished_salutation: str
    greeted: tuple[Resident, ...]
    year: int  # the present one, which tells children from adults
    formality: Literal["informal", "formal"]
    language: str
    circle: Circle | None
    address: Address | None
    country: str
    sender_country: str
    post_language: str  # in which a country is named on mail abroad
    is_organisation: bool
    care: Careful | None = None
    cheer: bool = False
    cares: tuple[Careful, ...] = ()
    feast: str = ""  # whose card they get, as the user said
    in_other_letters: Address | None = None  # the same address, where the sender's post wants both

    @property
    def addressee(self) -> str:
        """The name on the envelope: as the user wishes, else as the rules have it."""
        if self.wished_addressee:
            return self.wished_addressee
        if worked_out := _addressee(self.greeted, _spoken(self.language, self.country), self.year):
            return worked_out
        names = [person.display_name for person in self.greeted] or [member.name for member in self.members]
        return ", ".join(names)

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The address as its country writes it; empty without one."""
        if self.address is None:
            return ()
        names = tuple(member.name for member in self.members)
        if self.in_other_letters is None:
            return _address_lines(self.address, self.sender_country, self.post_language, names)
        own, latin = sorted((self.address, self.in_other_letters), key=is_in_latin)
        first = address_lines(own, sender_country=self.sender_country, country_line="never", names=names)
        return (*first, *_address_lines(latin, self.sender_country, self.post_language, names))

    @property
    def name_at(self) -> int:
        """Before which line of the address the addressee stands."""
        own = self.address
        if own is not None and self.in_other_letters is not None and is_in_latin(own):
            own = self.in_other_letters
        return _name_at(own, self.sender_country)

    @property
    def salutation(self) -> str:
        """How a greeting begins: as the user wishes, else as the rules have it."""
        return self.wished_salutation or salutation.salutation(
            self.greeted,
            language=_spoken(self.language, self.country),
            formality=self.formality,
            year=self.year,
        )

    @property
    def careful(self) -> bool:
        """Whether cheerful words are withheld."""
        return self.care is not None and not self.cheer

    @property
    def living(self) -> tuple[Inhabitant, ...]:
        """The members a greeting is for; pets are greeted along with them, never by themselves."""
        return tuple(member for member in self.members if member.died_on is None and not member.is_pet)

    @property
    def is_lived_in(self) -> bool:
        """Whether somebody is there to be greeted, with a vCard or without."""
        return bool(self.living) or _lives_on(self.named)

    @property
    def hosts(self) -> tuple[Inhabitant, ...]:
        """Those with whom is kept what is said of all: the living, or who died where others live on."""
        return self.living or (self.members if self.is_lived_in else ())

    @property
    def adults(self) -> tuple[Inhabitant, ...]:
        """The living adults with a vCard, whose circle and cadence are the household's."""
        return tuple(member for member in self.living if not member.is_child)

    @property
    def living_pets(self) -> tuple[Inhabitant, ...]:
        """The pets that live."""
        return tuple(member for member in self.members if member.died_on is None and member.is_pet)

    @property
    def children(self) -> tuple[Inhabitant, ...]:
        """The living children with a vCard, older first."""
        return tuple(member for member in self.living if member.is_child)

    def ages_on(self, day: date) -> list[tuple[str, int]]:
        """Return the children and their ages on a day, older first, as far as they are known."""
        young = [(child.given, child.age_on(day)) for child in self.children]
        young += [(child.name, child.age_on(day)) for child in self.named if child.role == "child"]
        known = [(name, age) for name, age in young if age is not None]
        return sorted(known, key=lambda child: -child[1])

    def as_candidate(self, season: Season, cards: Iterable[CardRow], today: date) -> SeasonCandidate:
        """Return what decides whether a season includes the household; `cards` are all it ever exchanged."""
        feast = (season_for(season, self.feast) or season).feast
        same = {season.occasion, feast.name}
        sent: set[int] = set()
        received: set[int] = set()
        for card in cards:
            if card.on is not None:
                year = feast_year(feast, card.on)
            else:
                year = card.year if card.occasion in same else None
            if year is not None and card.to_them:
                sent.add(year)
            if year is not None and card.from_them:
                received.add(year)
        return SeasonCandidate(
            circle=self.circle,
            has_address=self.address is not None,
            is_organisation=self.is_organisation,
            all_deceased=not self.greeted,
            careful=self.careful,
            sent_years=frozenset(sent),
            received_years=frozenset(received),
            not_theirs=why_not_theirs(season, self.feast, today, exchanged=bool(sent or received)),
            own_feast="" if feast.name == season.occasion else feast.name,
        )

    def for_some(self, uids: Collection[str]) -> HouseholdView:
        """Return the household with a card for some of it alone: of contacts, or of members as "member/12".

        Envelope and greeting name them; who else lives there, the address and the circle stay.
        """
        everybody = [*self.greeted, *map(as_resident, self.named)]
        some = {
            person.uid: person
            for person in everybody
            if any(person.uid == uid or person.uid.startswith(f"{uid}/") for uid in uids)
        }
        if not some or all(person.uid in some for person in self.greeted):
            return self
        return self._replace(greeted=tuple(some.values()), wished_addressee="", wished_salutation="")

    @property
    def names_on_envelope(self) -> tuple[str, ...]:
        """The addressee with the courtesy of its country: a line, in Japanese one for each name."""
        if self.wished_addressee or (self.address is not None and not names_come_last(self.address)):
            return (self.addressee,)
        return with_courtesy(self.addressee, self.country, is_organisation=self.is_organisation)

    @property
    def envelope_lines(self) -> tuple[str, ...]:
        """The addressee and the address, in the order the country writes them."""
        lines, at = self.address_lines, self.name_at
        return (*lines[:at], *self.names_on_envelope, *lines[at:])


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
    people: dict[int, list[ResidentRow]] = {}
    for person in households.members(db, [row.id for row in rows]):
        assert person.household_id is not None  # noqa: S101  asked for by household
        people.setdefault(person.household_id, []).append(person)
    contact_ids = [person.contact_id for several in people.values() for person in several]
    addresses = in_use(db, contact_ids)
    named = members.of_contacts(db, contact_ids)
    return [
        _view(row, people[row.id], addresses, named, standpoint, on or standpoint.today)
        for row in rows
        if row.id in people
    ]


def shelves(db: Connection, views: Iterable[HouseholdView]) -> dict[int, str]:
    """Return what each household is sorted by: the surname of its head, also where one column holds the name.

    The head is the first who lives, as an address book has the household: "John & Mary Smith" stands under S,
    "Dr. Ada Poe" under P and "The Orr Family" under O.
    """
    heads = {view.id: (view, (view.living or view.members)[0]) for view in views}
    sort_keys = contacts.sort_keys(db, [head.contact_id for _, head in heads.values()])
    return {
        number: _shelf(view, head.name, sort_keys[head.contact_id]) for number, (view, head) in heads.items()
    }


def _shelf(view: HouseholdView, name: str, sort_key: str) -> str:
    if sort_key != fold(name) or not view.greeted:
        return sort_key
    person = view.greeted[0]
    written = written_name(person, language_of(view.language).code)
    family = person.family or written.family or family_alone(person.display_name)
    return fold(f"{family} {person.given or written.given}") if family else sort_key


def _view(
    row: HouseholdRow,
    rows: list[ResidentRow],
    addresses: Mapping[int, list[Address]],
    named: Mapping[int, list[Member]],
    standpoint: Standpoint,
    day: date,
) -> HouseholdView:
    year = standpoint.today.year
    row_of = {resident.uid: resident for resident in rows}
    order = head_order([resident_of(resident) for resident in rows], year=year)
    young = children(order, year=year)
    inhabitants = tuple(_inhabitant(resident, row_of[resident.uid], young) for resident in order)
    living = (resident for resident, member in zip(order, inhabitants, strict=True) if member.died_on is None)
    greeted = each_once([person for resident in living for person in people_of(resident)])
    language = row.language or _language(rows) or standpoint.language
    own = members_of(greeted, [member for row in rows for member in named.get(row.contact_id, ())])
    if surname_varies(language):
        own = [member._replace(surname="") for member in own]
    greeted = greeted_with(greeted, own, today=standpoint.today)
    address = _address(inhabitants, addresses, day)
    country = _country(address, standpoint.sender_country)
    cares = _cares(row, (*inhabitants, *own))
    care = _present(cares, standpoint.today) if cares else None
    return HouseholdView(
        id=row.id,
        stated=row.stated,
        reason=row.reason,
        members=inhabitants,
        named=tuple(own),
        wished_addressee=row.addressee,
        wished_salutation=row.salutation,
        greeted=greeted,
        year=year,
        formality=cast("Literal['informal', 'formal']", row.formality),
        language=language,
        circle=_circle(inhabitants, own),
        address=address,
        country=country,
        sender_country=standpoint.sender_country,
        post_language=postal.post_language(standpoint.sender_country, standpoint.language),
        is_organisation=all(resident.kind is Kind.ORG for resident in order),
        care=care,
        cares=cares,
        cheer=care is not None and _has_cheer(row, care),
        feast=row.feast,
        in_other_letters=_in_other_letters(address, inhabitants, addresses, standpoint.sender_country),
    )


def _present(cares: Iterable[Careful], today: date) -> Careful | None:
    """Return the careful time of a day, of several the longest."""
    present = (care for care in cares if care.since <= today <= care.until)
    return max(present, key=lambda care: care.until, default=None)


def _has_cheer(row: HouseholdRow, care: Careful) -> bool:
    """Whether the user said yes to cheer since a careful time began."""
    return bool(row.cheer_on) and date.fromisoformat(row.cheer_on) >= care.since


def _inhabitant(resident: Resident, row: ResidentRow, young: set[str]) -> Inhabitant:
    return Inhabitant(
        contact_id=row.contact_id,
        uid=row.uid,
        name=row.name,
        given=resident.given or row.name,
        family=resident.family,
        circle=Circle(row.circle) if row.circle else None,
        born=PartialDate.parse(row.birth) if row.birth else None,
        died_on=PartialDate.parse(row.died_on) if row.died_on else None,
        is_child=resident.uid in young,
        vcard_note=row.detail.get("note", ""),
        role=row.role,
    )


def _address(
    members: tuple[Inhabitant, ...], addresses: Mapping[int, list[Address]], day: date
) -> Address | None:
    for member in members:
        address = Contact(addresses=tuple(addresses.get(member.contact_id, ()))).address_on(day)
        if address is not None:
            return address
    return None


def _in_other_letters(
    address: Address | None,
    members: tuple[Inhabitant, ...],
    addresses: Mapping[int, list[Address]],
    sender_country: str,
) -> Address | None:
    """Return the address in Latin letters, or in its own, where the sender's post wants both."""
    if address is None or not asks_for_latin(sender_country, _country(address, sender_country)):
        return None
    others = [other for member in members for other in addresses.get(member.contact_id, ())]
    return in_other_letters(address, others)


def _lives_on(named: Iterable[Member]) -> bool:
    """Whether somebody without a vCard lives, who is no pet."""
    return any(member.died_on is None and not member.is_pet for member in named)


def _circle(members: tuple[Inhabitant, ...], named: Iterable[Member]) -> Circle | None:
    """Return the nearest circle of the living; where only somebody without a vCard lives on, of who died."""
    living = [member for member in members if member.died_on is None]
    stated = living or (members if _lives_on(named) else ())
    circles = [member.circle for member in stated if member.circle is not None]
    return nearest(circles) if circles else None


def _country(address: Address | None, sender_country: str) -> str:
    if address is None:
        return ""
    return address.country_code or postal.country_code(address.country, sender_country)


@lru_cache(maxsize=4096)
def _addressee(greeted: tuple[Resident, ...], language: str, year: int) -> str:
    return salutation.addressee(greeted, language=language, year=year)


@lru_cache(maxsize=4096)
def _address_lines(
    address: Address, sender_country: str, language: str, names: tuple[str, ...]
) -> tuple[str, ...]:
    return address_lines(address, sender_country=sender_country, language=language, names=names)


def _name_at(address: Address | None, sender_country: str) -> int:
    """Return before which line the addressee stands: the first, or in East Asia the country's."""
    if address is None or not names_come_last(address):
        return 0
    return len(address_lines(address, sender_country=sender_country, country_line="never"))


def _spoken(language: str, country: str) -> str:
    """Return a language as it is spoken where the card goes: German titles differ in Austria."""
    return language if "-" in language or not country else f"{language}-{country}"


def _language(rows: list[ResidentRow]) -> str:
    """Return the language that a vCard of the household names first, or ""."""
    return next((str(row.detail["language"]) for row in rows if row.detail.get("language")), "")


def _cares(row: HouseholdRow, members: Iterable[Inhabitant | Member]) -> tuple[Careful, ...]:
    """Return the careful times there are or were: one the user began, and those after a death on a card."""
    years = [
        careful_after_death(member.name, member.died_on)
        for member in members
        if member.died_on is not None and not member.is_pet
    ]
    return tuple(care for care in (*years, row.careful) if care is not None)

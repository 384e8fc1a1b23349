"""Rows that relcard wrote for households: known again where they are, else a contact for each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people import salutation
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Name
from relcard.domain.people.joint_names import each_once
from relcard.domain.people.joint_names import people_of
from relcard.domain.seasons.years import read_cell
from relcard.domain.text import plain_words
from relcard.services.people.suggest_households import resident_of
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import new_contacts
from relcard.store import relationships
from relcard.store import years
from relcard.vcard.dialects import HOUSEHOLD_OF

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.contact import Address
    from relcard.domain.seasons.years import ListedYear
    from relcard.store.file.database import Connection
    from relcard.store.households import ResidentRow

_REASON = "as your list of households has it"
_MOST_PEOPLE = 50  # of one cell


class TakenRow(NamedTuple):
    """How many cards a row told of that were not known, and what in it was left, "" for nothing."""

    cards: int
    problem: str


def head_of_row(db: Connection, uid: str) -> int | None:
    """Return the contact of whose household a row is, None where it is not here."""
    head = uid.removeprefix(HOUSEHOLD_OF)
    merged = [contact_id for contact_id, _ in merges.aliases(db, "uid", [head]).get(head, ())]
    return contacts.ids_of_uids(db, [head]).get(head) or next(iter(merged), None)


def take_household_row(db: Connection, head: int, row: Contact, cells: Iterable[ListedYear]) -> TakenRow:
    """Keep the cards of a row that the household of a contact does not have; all else here stands."""
    household_id = households.of_contact(db, head)
    assert household_id is not None  # noqa: S101  every contact is in a household
    lines: dict[tuple[int, bool], str] = {}
    for known in years.years(db, [household_id]):
        key = (known.year, known.from_them)
        lines[key] = lines.get(key, "") or known.text
    new = [
        card
        for cell in cells
        for card in read_cell(cell).cards
        if (card.year, card.from_them) not in lines or (card.text and not lines[card.year, card.from_them])
    ]
    for card in new:
        relationships.put_year_card(db, head, card)
    members = [member for home in households.some(db, [household_id]) for member in home.members]
    here = [address for several in addresses.in_use(db, members).values() for address in several]
    said = [_words(address) for address in row.addresses]
    is_known = not said or not members or any(_words(address) in said for address in here)
    problem = "" if is_known else "its address here is another, and stands; relcard edit changes it"
    return TakenRow(len(new), problem)


def _words(address: Address) -> list[str]:
    return sorted(plain_words(" ".join((*address.postal, address.label))).split())


def state_households(
    db: Connection, new_ids: range, people: Mapping[str, Sequence[str]], *, today: date
) -> int:
    """Make a household of each new contact that such a row became, with the addressee the row has.

    Where its column of members names several, by the UID of the row in `people`, the contact is the first of
    them and the others are contacts beside it; returns how many. In a store that had nobody: elsewhere it may
    be of people who live there already, as any couple's row.
    """
    if new_ids.start > 1:
        return 0
    heads = contacts.ids_of_uids_like(db, HOUSEHOLD_OF, among=new_ids)
    made = households.make_some(db, [_REASON] * len(heads), stated=True)
    home_of = dict(zip(heads, made, strict=True))
    addressees = {home_of[head]: name for head, name in contacts.names(db, heads).items()}
    new = new_contacts.Additions(db, today=today)
    for head in heads:
        row = contacts.load(db, head)
        first, *others = people.get(row.uid, ())[:_MOST_PEOPLE] or ("",)
        if others:
            contacts.update(db, head, row._replace(display_name=first, name=Name()))
        for number, name in enumerate(others, start=2):
            person = Contact(
                uid=f"{number} of {row.uid}",
                display_name=name,
                addresses=row.addresses,
                language=row.language,
            )
            home_of[new.add_contact(person, abuid="")] = home_of[head]
    new.flush()
    households.put_some(db, home_of.items())
    _wish_addressees(db, addressees)
    return len(home_of) - len(heads)


def _wish_addressees(db: Connection, addressees: Mapping[int, str]) -> None:
    """Keep the addressees of some households, by their ids, that the rules would not come to."""
    rows: dict[int, list[ResidentRow]] = {}
    for row in households.members(db, addressees):
        rows.setdefault(row.household_id or 0, []).append(row)
    for household_id, addressee in addressees.items():
        several = rows[household_id]
        people = each_once([person for row in several for person in people_of(resident_of(row))])
        language = several[0].detail.get("language") or "en"
        if salutation.addressee(people, language=language) != addressee:
            households.set_wishes(db, household_id, {"addressee": addressee})

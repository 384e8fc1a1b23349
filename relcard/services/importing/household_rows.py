"""Rows that relcard wrote for households: known again where they are, else a contact for each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people import salutation
from relcard.domain.people.joint_names import people_of
from relcard.domain.seasons.years import read_cell
from relcard.domain.text import plain_words
from relcard.services.people.suggest_households import resident_of
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import relationships
from relcard.store import years
from relcard.vcard.dialects import HOUSEHOLD_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.seasons.years import ListedYear
    from relcard.store.file.database import Connection

_REASON = "as your list of households has it"


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


def state_households(db: Connection, new_ids: range) -> None:
    """Make a household of each new contact that such a row became, with the addressee the row has.

    In a store that had nobody: elsewhere it may be of people who live there already, as any couple's row.
    """
    if new_ids.start > 1:
        return
    heads = contacts.ids_of_uids_like(db, HOUSEHOLD_OF, among=new_ids)
    made = households.make_some(db, [_REASON] * len(heads), stated=True)
    households.put_some(db, zip(heads, made, strict=True))
    for row in households.residents(db, heads):
        said = salutation.addressee(people_of(resident_of(row)), language=row.detail.get("language") or "en")
        if said != row.name and row.household_id is not None:
            households.set_wishes(db, row.household_id, {"addressee": row.name})

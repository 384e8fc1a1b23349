"""The minute with an envelope in hand: the address and the names on it, and who is new in the house."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard import postal
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.member import Member
from relcard.domain.people.member import read_name_and_birth
from relcard.domain.people.names import follow_name
from relcard.domain.people.names import parts_of
from relcard.domain.people.rites import Move
from relcard.domain.people.typed_address import read_line
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.addresses import last_retired
from relcard.services.people.members import add_member
from relcard.services.people.members import change_member
from relcard.services.people.members import checked_member
from relcard.services.people.members import find_member
from relcard.services.people.rites.household_changes import HouseholdChanges
from relcard.services.people.rites.perform_rite import perform_rite
from relcard.store import addresses
from relcard.store import contacts

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.people.contact import Address
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Inhabitant
    from relcard.store.file.database import Connection

_AS_A_NAME = 'Say it as "Anna = Anna Smith": the old name first.'
SAME = frozenset({"same", "y", "yes"})  # said of an address that is still right


class EnvelopeNews(NamedTuple):
    """What an envelope told of a household, in the words that were typed, "" and () where nothing was said.

    `address` is the new one in one line, or a word that it is the same; `names` are "Anna = Anna Smith";
    `children` have their birth behind the name, as "Lena 2026-05-03".
    """

    address: str = ""
    names: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


def keep_news(
    db: Connection, household_id: int, news: EnvelopeNews, standpoint: Standpoint
) -> list[tuple[str, str]]:
    """Keep what an envelope told of a household, inside the caller's step; return it in pairs of words.

    Raises `UsageError` for words that cannot be read, and `NotFoundError` for a name nobody there has.
    """
    changes = HouseholdChanges(db, standpoint)

    def household() -> HouseholdView:
        return changes.households([household_id])[0]

    if not household().is_lived_in:
        raise UsageError(f"{household().addressee}: {NOBODY_LIVING}.", hint="Leave the news out.")
    if news.address:
        _keep_address(changes, household(), news.address)
    for words in news.names:
        _keep_name(changes, household(), words)
    for words in news.children:
        member = read_child(household(), words, standpoint.today)
        add_member(db, household(), member, today=standpoint.today)
        changes.tell(member.name, f"is a child of {household().addressee}")
    return list(dict.fromkeys(changes.told))


def last_address(db: Connection, household: HouseholdView) -> Address | None:
    """Return the address of a household, else the one it had last: who moves mostly stays in the country."""
    if household.address is not None:
        return household.address
    gone = last_retired(db, household)
    return gone.address if gone else None


def read_new_address(household: HouseholdView, line: str, last: Address | None) -> Address | None:
    """Return the address typed in one line, None where it is the one they have.

    It is in the country of their `last` one where it names none. Raises `UsageError`.
    """
    if fold(line.strip()) in SAME:
        if household.address is None:
            raise UsageError(f"{household.addressee} has no address yet.", hint="Type it in one line.")
        return None
    read = read_line(line, last, code_of=postal.country_code)
    if read is None:
        raise UsageError(
            f'No town is plain in "{line}".',
            hint=f'As "1 High Street, Leeds LS1 4DY"; else: relcard address add h{household.id} --street ...',
        )
    box = letterbox(read)
    return None if household.address is not None and box and box == letterbox(household.address) else read


def _keep_address(changes: HouseholdChanges, household: HouseholdView, line: str) -> None:
    address = read_new_address(household, line, last_address(changes.db, household))
    today = changes.standpoint.today
    if address is not None:
        who = tuple(member.contact_id for member in household.hosts)
        told = perform_rite(changes.db, Move(who=who, address=address, everybody=True), changes.standpoint)
        changes.told.extend(told.told)
        return
    known = addresses.known(changes.db, [member.contact_id for member in household.members])
    here = letterbox(household.address) if household.address else ""
    same = [
        row.id
        for rows in known.values()
        for row in rows
        if row.retired_on is None and (row.address == household.address or (here and row.letterbox == here))
    ]
    addresses.confirm(changes.db, same, on=today)
    changes.tell("address", "confirmed")


class _Renaming(NamedTuple):
    """Whose name is another now, a contact or a member without a vCard, and the new one."""

    whose: Inhabitant | Member
    name: str


def read_renaming(household: HouseholdView, words: str) -> _Renaming:
    """Return who "Anna = Anna Smith" means; one contact who lives alone needs no name before it.

    Raises `UsageError` and `NotFoundError`.
    """
    old, sign, new = (part.strip() for part in words.partition("="))
    alone = household.living[0] if len(household.living) == 1 and not household.named else None
    if not sign and alone is not None:
        return _Renaming(alone, _whole_name(old, words))
    if not sign:
        raise UsageError(f'Whose name is "{words}"?', hint=_AS_A_NAME)
    key, said = fold(old), set(fold(old).split())
    whole = [member for member in household.living if key in (fold(member.name), fold(member.given))]
    part = [member for member in household.living if said and said <= set(fold(member.name).split())]
    for meant in (whole, part):
        if len(meant) == 1:
            return _Renaming(meant[0], _whole_name(new, words))
    try:
        return _Renaming(find_member(household, old), " ".join(new.split()))
    except NotFoundError:
        there = ", ".join([*(who.name for who in household.living), *(who.name for who in household.named)])
        raise NotFoundError(f'Who of h{household.id} is "{old}"? There: {there}.', hint=_AS_A_NAME) from None


def _whole_name(name: str, words: str) -> str:
    name = " ".join(name.split())
    if " " not in name and name.isascii():
        raise UsageError(f'"{words}" has no whole name.', hint='Say all of the new one: "Anna = Anna Smith".')
    return name


def _keep_name(changes: HouseholdChanges, household: HouseholdView, words: str) -> None:
    whose, name = read_renaming(household, words)
    if isinstance(whose, Member):
        change_member(changes.db, household, whose, whose._replace(name=name), today=changes.standpoint.today)
        changes.tell(whose.name, f"is {name}")
    elif name != whose.name:
        contact = contacts.load(changes.db, whose.contact_id)
        parts = follow_name(contact.name, contact.display_name, name)
        if Counter(" ".join(parts).split()) != Counter(
            name.split()
        ):  # "Aunt Wren", of the parts Wren Ashdown
            parts = parts_of(name)
        changes.rename(whose.contact_id, contact._replace(display_name=name, name=parts))
    changes.set_aside_wording(household.id, names=[whose.name])
    changes.draft_again([household.id])


def read_child(household: HouseholdView, words: str, today: date) -> Member:
    """Return a child of a household from "Lena" or "Lena 2026-05-03". Raises `UsageError`."""
    name, born = read_name_and_birth(" ".join(words.split()), on=today)
    if any(map(str.isdigit, name)):
        raise UsageError(f'The birth in "{words}" cannot be.', hint="Say it as Lena 2026-05-03, or Lena (2).")
    return checked_member(household, Member(name, "child", born), today)

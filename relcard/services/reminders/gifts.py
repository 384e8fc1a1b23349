"""Gifts, as the user says them: kept, listed, found again to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.reminders.gift import said_gift
from relcard.domain.text import fold
from relcard.store import gifts
from relcard.store import households

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.reminders.gift import Gift
    from relcard.store.file.database import Connection


class ListedGift(NamedTuple):
    """A gift and whose it is."""

    gift: Gift
    name: str
    household_id: int | None


def keep_gift(
    db: Connection, gift: Gift, occasion: str, today: date, *, household_id: int | None
) -> ListedGift:
    """Keep a gift of a contact, or with `household_id` of a household, and return it as it is kept."""
    if household_id is not None:
        gift = gift._replace(contact_id=households.host(db, household_id, today=today), of_household=True)
    kept = gifts.keep(db, said_gift(gift, occasion, year=today.year), today=today)
    return next(each for each in list_gifts(db, today) if each.gift.id == kept)


def list_gifts(
    db: Connection, today: date, *, contact_id: int | None = None, household_id: int | None = None
) -> list[ListedGift]:
    """Return the gifts by whose they are, ideas first.

    Of a household they are those of all in it, of a contact alone its own and those of its whole household.
    """
    is_alone = contact_id is not None and household_id is None
    home = households.of_contact(db, contact_id) if contact_id and is_alone else household_id
    return [
        ListedGift(gift, name, at)
        for gift, name, at in gifts.every(db, today, household_id=home)
        if not is_alone or gift.of_household or gift.contact_id == contact_id
    ]


def meant_by(words: str, listed: list[ListedGift]) -> list[ListedGift]:
    """Return the gifts that a number or words of them may mean; without words all."""
    if words.isdigit():
        return [each for each in listed if str(each.gift.id) == words]
    return [each for each in listed if fold(words) in fold(each.gift.what)]

"""Gifts, as the user says them: kept, listed, found again to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.reminders.gift import said_gift
from relcard.services.reminders.whose import whose
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

    @property
    def number(self) -> int:
        """The number that lists give it."""
        return self.gift.id

    @property
    def called(self) -> str:
        """The user's words for it."""
        return self.gift.what


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
    theirs = whose(db, contact_id, household_id)
    return [
        ListedGift(gift, name, at)
        for gift, name, at in gifts.every(db, today, household_id=theirs.household_id)
        if theirs.are(gift.contact_id, of_household=gift.of_household)
    ]

"""Days that return, as the user says them: kept, listed, found again to be forgotten."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.reminders.day import said_day
from relcard.services.reminders.whose import whose
from relcard.store import households
from relcard.store import occasions

if TYPE_CHECKING:
    from relcard.domain.reminders.day import Day
    from relcard.domain.reminders.occasion import KeptOccasion
    from relcard.store.file.database import Connection


class ListedDay(NamedTuple):
    """A day, whose it is, and when it comes next, None for one of a single year that is over."""

    day: Day
    name: str
    household_id: int | None
    next_on: date | None

    @property
    def number(self) -> int:
        """The number that lists give it."""
        return self.day.id

    @property
    def called(self) -> str:
        """The user's words for it."""
        return self.day.label


def keep_day(db: Connection, day: Day, today: date, *, household_id: int | None, remember: bool) -> ListedDay:
    """Keep a day of a contact, or with `household_id` of a household, and return it as it is kept.

    One of a household hangs on an adult of it.
    """
    if household_id is not None:
        day = day._replace(contact_id=households.host(db, household_id, today=today), of_household=True)
    kept = occasions.add_day(db, said_day(day, remember=remember, today=today))
    return next(each for each in list_days(db, today) if each.day.id == kept)


def list_days(
    db: Connection, today: date, *, contact_id: int | None = None, household_id: int | None = None
) -> list[ListedDay]:
    """Return the days as they come next, those that are over last.

    Of a household they are those of all in it, of a contact alone its own and those of its whole household.
    """
    theirs = whose(db, contact_id, household_id)
    listed = [
        _listed(occasion, occasion.day, today)
        for occasion in occasions.days_said(db, today, household_id=theirs.household_id)
        if occasion.day and theirs.are(occasion.contact_id, of_household=occasion.day.of_household)
    ]
    return sorted(listed, key=lambda each: (each.next_on or date.max, each.day.id))


def _listed(occasion: KeptOccasion, day: Day, today: date) -> ListedDay:
    return ListedDay(day, occasion.name, occasion.household_id, day.next_on(today))

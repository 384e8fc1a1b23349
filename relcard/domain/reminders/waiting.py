"""What came from somebody and waits for a word: a letter for an answer, a gift for thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.domain.reminders.cadence import nearness
from relcard.domain.reminders.reminder import Action
from relcard.domain.reminders.reminder import Reminder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.people.circle import Circle

THANKS = "thanks"  # the kind of a reminder of a gift that came
WAITS_DAYS = 180  # for an answer or thanks; after that a word is owed as ever


class Waiting(NamedTuple):
    """A letter, a card or a gift; `id` is that of its reminder, `what` the words on it, "" without any."""

    id: str
    contact_id: int
    name: str
    circle: Circle | None
    household_id: int
    came_on: date
    what: str
    is_gift: bool
    is_card: bool = False


def of_waiting(
    waiting: Iterable[Waiting], put_off: Mapping[str, date | None], today: date
) -> Iterator[Reminder]:
    """Return the reminders of what waits, but for those dealt with."""
    for came in waiting:
        until = put_off.get(came.id, came.came_on)
        if until is not None:
            yield Reminder(
                id=came.id,
                kind=THANKS if came.is_gift else "answer",
                action=Action.WRITE,
                who=came.name,
                contact_id=came.contact_id,
                title=came.name,
                due=max(until, came.came_on),
                on=came.came_on,
                reason=_reason(came, today),
                age=None,
                nearness=nearness(came.circle),
                household_id=came.household_id,
            )


def _reason(came: Waiting, today: date) -> str:
    when = short_day(came.came_on, beside=today)
    if came.is_gift:
        return f"{came.what or 'a gift'} came on {when}: thanks are owed"
    return f"{'their card' if came.is_card else 'a letter'} came on {when}: an answer is owed"

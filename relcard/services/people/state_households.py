"""What the user says of households: who lives together or elsewhere, in which role, and how cards greet them.

Each function works inside the step the caller holds. The user's word beats every proposal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple

from relcard.domain.kinds import Kind
from relcard.domain.languages import is_language_tag
from relcard.domain.people.careful_year import Careful
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection

_STATED = "as you said"
_LONGEST_WISH = 200  # letters


class HouseholdWords(NamedTuple):
    """What is said of one household; None where nothing is, and "" takes a wish back."""

    addressee: str | None = None
    salutation: str | None = None
    formality: str | None = None
    language: str | None = None
    feast: str | None = None  # whose card they get
    cheer: Literal["yes", "no"] | None = None
    careful: date | Literal["no"] | None = None  # the last day of a careful time, or that there is none
    since: date | None = None  # its first day
    because: str | None = None

    @property
    def wishes(self) -> dict[str, str | None]:
        """The wishes for envelope and greeting, in one line each, whatever was pasted."""
        names = ("addressee", "salutation", "formality", "language", "feast")
        return {
            name: " ".join(words.split()) or None
            for name in names
            if (words := getattr(self, name)) is not None
        }


def join_households(db: Connection, contact_ids: Sequence[int]) -> int:
    """Make contacts one household, that of the first, and return its id.

    Raises `UsageError` for an organisation with people: its letters go to its own letterbox.
    """
    known = [contacts.load(db, contact_id) for contact_id in contact_ids]
    shops = [contact.display_name for contact in known if contact.kind is Kind.ORG]
    if shops and len(shops) < len(known):
        raise UsageError(
            f"{shops[0]} is an organisation: people have a household of their own.",
            hint="Name those who live together: relcard household join WHO WHO",
        )
    homes = [
        home for contact_id in contact_ids if (home := households.of_contact(db, contact_id)) is not None
    ]
    here = homes[0]
    for home in homes:
        households.carry_careful(db, home, here)
    for contact_id in contact_ids:
        households.put(db, contact_id, here)
    households.describe(db, here, stated=True, reason=_STATED)
    households.drop_empty(db, {home: here for home in homes if home != here})
    return here


def split_households(db: Connection, contact_ids: Sequence[int]) -> list[int]:
    """Give contacts a household of their own; return the ids of those they left and, last, of the new one.

    Raises `UsageError` where nobody would be left behind.
    """
    left = {home for contact_id in contact_ids if (home := households.of_contact(db, contact_id)) is not None}
    for home in left:
        row = households.get(db, home)
        if row is not None and set(row.members) <= set(contact_ids):
            raise UsageError(
                "Nobody would be left behind: there is nothing to split.",
                hint="Name only those who live elsewhere.",
            )
        households.describe(db, home, stated=True, reason=_STATED)
    new = households.make(db, reason=_STATED, stated=True)
    for contact_id in contact_ids:
        households.put(db, contact_id, new)
    return [*sorted(left), new]


def set_role(
    db: Connection, household_id: int, contact_id: int, role: str | None, standpoint: Standpoint
) -> None:
    """Say what a contact is in the household; there is one organiser at most. None takes the word back."""
    (view,) = read_households(db, [household_id], standpoint)
    for member in view.members:
        if role == member.role == "organiser":
            households.set_role(db, member.contact_id, None)
    households.set_role(db, contact_id, role)


def _check_wishes(words: HouseholdWords) -> None:
    if words.language and not is_language_tag(words.language.strip()):
        raise UsageError(
            f'"{words.language}" is no code of a language.', hint="Such as en, de, pl, fr or pt-BR."
        )
    for what in ("addressee", "salutation"):
        if len(words.wishes.get(what) or "") > _LONGEST_WISH:
            raise UsageError(
                f"The {what} has more than {_LONGEST_WISH} letters.",
                hint="What fits an envelope is far less.",
            )


def set_words(db: Connection, household_id: int, words: HouseholdWords, standpoint: Standpoint) -> None:
    """Keep what is said of a household.

    Raises `UsageError` for cheer where no careful year withholds it, and for wishes no envelope can bear.
    """
    _check_wishes(words)
    households.set_wishes(db, household_id, words.wishes)
    if words.careful == "no":
        households.end_careful(db, household_id)
    elif words.careful is not None:
        since = words.since or _first_day(db, household_id, standpoint)
        reason = " ".join((words.because or _STATED).split())
        households.set_careful(db, household_id, Careful(since, words.careful, reason))
    if words.cheer is not None:
        if words.cheer == "yes" and _care(db, household_id, standpoint) is None:
            raise UsageError(
                f"h{household_id} is in no careful year.", hint="Cheerful words are withheld from nobody."
            )
        households.set_cheer(db, household_id, standpoint.today if words.cheer == "yes" else None)
    households.describe(db, household_id, stated=True, reason=_STATED)


def _care(db: Connection, household_id: int, standpoint: Standpoint) -> Careful | None:
    return read_households(db, [household_id], standpoint)[0].care


def _first_day(db: Connection, household_id: int, standpoint: Standpoint) -> date:
    """Return the first day of a careful time that nobody said: of the one that goes on, else today."""
    care = _care(db, household_id, standpoint)
    return min(standpoint.today, care.since if care else standpoint.today)

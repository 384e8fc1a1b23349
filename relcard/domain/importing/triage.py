"""What helps the user say how near someone is: whom to ask about first, and what the record shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.dates import PartialDate

_SHOWN = 2  # others named in hints of one kind


@dataclass(frozen=True, slots=True)
class Other:
    """Someone else who may say something of a contact."""

    contact_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageCandidate:
    """A contact of whom the user has not yet said how near it is.

    `place` is town and country, `housemates` the others of the household, `namesakes` those of the same
    surname wherever they live (the contact may be among them), `note` the vCard's or else the user's newest.
    """

    contact_id: int
    name: str
    kind: Kind = Kind.INDIVIDUAL
    nicknames: tuple[str, ...] = ()
    org: str = ""
    title: str = ""
    place: str = ""
    has_address: bool = False
    birthday: PartialDate | None = None
    phones: int = 0
    emails: int = 0
    tags: tuple[str, ...] = ()
    note: str = ""
    last_contact: date | None = None
    household_id: int | None = None
    housemates: tuple[Other, ...] = ()
    namesakes: tuple[Other, ...] = ()

    @property
    def has_birthday(self) -> bool:
        """Whether a birthday is known that returns: month and day."""
        return self.birthday is not None and self.birthday.month_day is not None


def in_order(candidates: Iterable[TriageCandidate], circles: Mapping[int, Circle]) -> list[TriageCandidate]:
    """Return the likely ones first and organisations last; a household stays together.

    Likely is who shares a household with someone near, then who has an address and a birthday, then whom a
    surname, a note or a past word speaks for. `circles` is what was said so far, by contact. Ties keep the
    order given.
    """
    known = list(candidates)
    best: dict[int, tuple[bool, bool, int, int]] = {}
    first: dict[int, int] = {}
    for position, candidate in enumerate(known):
        home = _home(candidate)
        likely = _likeliness(candidate, circles)
        best[home] = min(best.get(home, likely), likely)
        first.setdefault(home, position)
    return sorted(known, key=lambda candidate: (best[_home(candidate)], first[_home(candidate)]))


def _home(candidate: TriageCandidate) -> int:
    return -candidate.contact_id if candidate.household_id is None else candidate.household_id


def _likeliness(candidate: TriageCandidate, circles: Mapping[int, Circle]) -> tuple[bool, bool, int, int]:
    """Return a key that is small for the likely."""
    return (
        candidate.kind is not Kind.INDIVIDUAL,
        not _near(candidate.housemates, circles),
        -(candidate.has_address + candidate.has_birthday),
        -(
            bool(_near(_far_namesakes(candidate), circles))
            + bool(candidate.note)
            + (candidate.last_contact is not None)
        ),
    )


def hints(candidate: TriageCandidate, circles: Mapping[int, Circle]) -> tuple[str, ...]:
    """Return what the record shows of a contact, in sentences without a verdict, the strongest first.

    `circles` is what was said so far, by contact: a hint follows the answers as they are given.
    """
    sentences = [
        f"{other.name} of this household: {circles[other.contact_id].value}"
        for other in _near(candidate.housemates, circles)[:_SHOWN]
    ]
    if not sentences:
        sentences += [
            f"{other.name} of this household: no card"
            for other in candidate.housemates
            if circles.get(other.contact_id) is Circle.NONE
        ][:1]
    sentences += [
        f"{other.name} of the same surname: {circles[other.contact_id].value}"
        for other in _near(_far_namesakes(candidate), circles)[:_SHOWN]
    ]
    if candidate.has_address:
        sentences.append("an address is known: a card can be posted")
    if candidate.has_birthday:
        sentences.append("the birthday is known")
    if candidate.note:
        sentences.append("there is a note")
    if candidate.kind is not Kind.INDIVIDUAL:
        sentences.append("an organisation: perhaps no card")
    elif not candidate.has_address and not candidate.has_birthday:
        sentences.append("neither address nor birthday: perhaps no card")
    return tuple(sentences)


def _far_namesakes(candidate: TriageCandidate) -> list[Other]:
    here = {candidate.contact_id, *(other.contact_id for other in candidate.housemates)}
    return [other for other in candidate.namesakes if other.contact_id not in here]


def _near(others: Sequence[Other], circles: Mapping[int, Circle]) -> list[Other]:
    """Return those in a circle that gets cards, the nearest first."""
    near = [other for other in others if circles.get(other.contact_id, Circle.NONE) is not Circle.NONE]
    return sorted(near, key=lambda other: circles[other.contact_id].nearness)

"""One sitting of triage: each answer is kept at once, and all of them are one step that undo takes back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.importing.triage import hints
from relcard.domain.people.contact import fold
from relcard.store import relationships
from relcard.store.file import journal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.importing.triage import Other
    from relcard.domain.importing.triage import TriageCandidate
    from relcard.domain.people.circle import Circle
    from relcard.services.importing.triage_queue import TriageQueue
    from relcard.store.file.database import Connection

COMMAND = "triage"  # what history calls the step


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the user said of one contact, and of whom else: `circle` is None for "later"."""

    candidate: TriageCandidate
    circle: Circle | None
    before: Mapping[int, Circle | None]  # of everyone the answer changed


class Sitting:
    """Walk through a queue, answer by answer.

    Between two answers the store is not held: a sitting may last an hour and another relcard may write.
    What another said meanwhile is never overwritten. A contact put off with `later` is not asked about again
    in this sitting, and is in the next one.
    """

    def __init__(self, db: Connection, queue: TriageQueue, *, today: date) -> None:
        self._db = db
        self._today = today
        self._candidates = {one.contact_id: one for one in queue.candidates}
        self._circles = dict(queue.circles)
        self._total = queue.total
        self._later: set[int] = set()
        self._answers: list[Answer] = []
        self._chosen: int | None = None  # looked up by the user, out of turn
        self._steps: list[int] = []  # one, unless another command came between
        self._search: dict[int, str] = {}

    @property
    def current(self) -> TriageCandidate | None:
        """Who is asked about now; None when nobody is left."""
        if self._chosen is not None:
            return self._candidates[self._chosen]
        return next(
            (
                candidate
                for candidate in self._candidates.values()
                if candidate.contact_id not in self._circles and candidate.contact_id not in self._later
            ),
            None,
        )

    @property
    def total(self) -> int:
        """How many living contacts the store has."""
        return self._total

    @property
    def said(self) -> int:
        """Of how many contacts something was said, in this sitting and before."""
        return len(self._circles)

    @property
    def put_off(self) -> int:
        """How many contacts wait for the next sitting."""
        return len(self._later)

    @property
    def counts(self) -> Counter[Circle]:
        """How many contacts are in each circle by now."""
        return Counter(self._circles.values())

    @property
    def answered(self) -> Counter[Circle]:
        """How many contacts this sitting put into each circle."""
        return Counter(circle for one, circle in self._circles.items() if one in self._candidates)

    def circle_of(self, contact_id: int) -> Circle | None:
        """Return what was said of a contact."""
        return self._circles.get(contact_id)

    def hints(self) -> tuple[str, ...]:
        """Return what the record shows of the current contact, with the answers given so far."""
        return hints(self.current, self._circles) if self.current else ()

    def open_housemates(self) -> tuple[Other, ...]:
        """Return who of the current contact's household nothing was said of yet."""
        if self.current is None:
            return ()
        return tuple(one for one in self.current.housemates if one.contact_id not in self._circles)

    def answer(self, circle: Circle, *, household: bool = False) -> Answer | None:
        """Keep the answer for the current contact, or also for all of its household of whom nothing was said.

        Returns None when nobody is left to be asked about.
        """
        candidate = self.current
        if candidate is None:
            return None
        ids = [candidate.contact_id, *(other.contact_id for other in self.open_housemates() if household)]
        given = Answer(candidate=candidate, circle=circle, before=self._write(dict.fromkeys(ids, circle)))
        self._later.difference_update(ids)
        self._answers.append(given)
        self._chosen = None
        return given

    def later(self) -> Answer | None:
        """Put the current contact off until the next sitting; None when nobody is left."""
        candidate = self.current
        if candidate is None:
            return None
        given = Answer(candidate=candidate, circle=None, before={})
        if candidate.contact_id not in self._circles:
            self._later.add(candidate.contact_id)
        self._answers.append(given)
        self._chosen = None
        return given

    def again(self) -> None:
        """Ask after all about those that were put off."""
        self._later.clear()

    def take_back(self) -> Answer | None:
        """Take the last answer of this sitting back and return to its contact; None when there is none."""
        if not self._answers:
            return None
        given = self._answers.pop()
        if given.before:
            self._write(given.before)
        self._later.discard(given.candidate.contact_id)
        self._chosen = given.candidate.contact_id
        return given

    def find(self, words: str, limit: int = 50) -> list[TriageCandidate]:
        """Return those of this sitting whose name, nickname, organisation or place has all the words.

        Those still to be asked about come first, and among them whose name has the words rather than
        the place; accents and letter case do not matter.
        """
        if not self._search:
            self._search = {
                candidate.contact_id: _searched(candidate) for candidate in self._candidates.values()
            }
        parts = fold(words).split()
        candidates = [
            candidate
            for candidate in self._candidates.values()
            if parts and all(part in self._search[candidate.contact_id] for part in parts)
        ]
        return sorted(candidates, key=lambda candidate: self._place(candidate, parts))[:limit]

    def _place(self, candidate: TriageCandidate, parts: list[str]) -> tuple[bool, bool]:
        named = fold(candidate.name)
        return candidate.contact_id in self._circles, not all(part in named for part in parts)

    def go_to(self, contact_id: int) -> None:
        """Ask about this contact next; one answered in this sitting may be answered anew."""
        self._chosen = contact_id

    def _write(self, circles: Mapping[int, Circle | None]) -> dict[int, Circle | None]:
        """Keep what is said and return what was said before, of those nobody else changed meanwhile."""
        before: dict[int, Circle | None] = {}
        joins = self._steps[-1] if self._steps else None
        with journal.step(self._db, COMMAND, today=self._today, joins=joins) as step:
            present = relationships.circles(self._db, circles)
            for contact_id, circle in circles.items():
                if present.get(contact_id) is not self._circles.get(contact_id):
                    continue
                before[contact_id] = present.get(contact_id)
                if circle is None:
                    relationships.forget_circle(self._db, contact_id)
                else:
                    relationships.set_circle(self._db, contact_id, circle, today=self._today)
            if any(circles[contact_id] is not earlier for contact_id, earlier in before.items()):
                self._keep_as_one_step(step)
        for contact_id in circles:
            now = circles[contact_id] if contact_id in before else present.get(contact_id)
            if now is None:
                self._circles.pop(contact_id, None)
            else:
                self._circles[contact_id] = now
        return before

    def _keep_as_one_step(self, step: int) -> None:
        if step not in self._steps:
            self._steps.append(step)
        elif len(self._steps) == 1 and not any(one.before for one in self._answers):
            # All was taken back: a step that changes nothing would only be in the way of undo.
            journal.forget(self._db, step)
            self._steps.clear()


def _searched(candidate: TriageCandidate) -> str:
    """Return the words a contact is found by."""
    return fold(" ".join((candidate.name, *candidate.nicknames, candidate.org, candidate.place)))

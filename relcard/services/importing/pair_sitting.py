"""One sitting over pairs that look like one contact: each answer is kept at once, as a step of its own."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.importing.couples import left_out
from relcard.domain.importing.differences import Side
from relcard.domain.importing.differences import in_one_case
from relcard.domain.text import fold
from relcard.services.importing.find_duplicates import Twin
from relcard.services.importing.find_duplicates import Twins
from relcard.services.importing.merge_contacts import compare_contacts
from relcard.services.importing.merge_contacts import foresee
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import relationships
from relcard.store.file import journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.importing.differences import Difference
    from relcard.domain.importing.differences import Whole
    from relcard.domain.standpoint import Standpoint
    from relcard.services.importing.merge_contacts import Comparison
    from relcard.store.file.database import Connection
    from relcard.store.relationships import CardsOfYears


class Verdict(Enum):
    """What is said of a pair."""

    ONE = "one contact now"
    TWO = "not the same"
    LATER = "later"
    GONE = "changed elsewhere, and left as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """Two contacts side by side, the one that would stand first; households are their addressees."""

    compared: Comparison
    reason: str
    households: tuple[str, str]
    years: tuple[CardsOfYears, CardsOfYears]


class PairAnswer(NamedTuple):
    """What was said of a pair; `waiting` are the pairs as they stood before."""

    pair: Twins
    verdict: Verdict
    waiting: tuple[Twins, ...]
    step: int | None = None  # that has it in the journal


class PairSitting:
    """Walk through pairs, answer by answer.

    Between two answers the store is not held. A pair of which one contact was changed elsewhere meanwhile is
    looked at anew, never merged unseen. A pair put off is asked about again in the next sitting.
    """

    def __init__(
        self,
        db: Connection,
        pairs: Iterable[Twins],
        standpoint: Standpoint,
        *,
        before_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._before_change = before_change  # called in the first step alone
        self._standpoint = standpoint
        self._waiting = tuple(pairs)
        self._total = len(self._waiting)
        self._later: set[frozenset[str]] = set()
        self._answers: list[PairAnswer] = []
        self._chosen: Twins | None = None  # looked up by the user, out of turn
        self._page: PairPage | None = None
        self._take: dict[str, Side] = {}

    @property
    def current(self) -> Twins | None:
        """The pair that is asked about now; None when none is left."""
        if self._chosen is not None:
            return self._chosen
        return next((pair for pair in self._waiting if _key(pair) not in self._later), None)

    @property
    def total(self) -> int:
        """How many pairs there were at the beginning."""
        return self._total

    @property
    def waiting(self) -> int:
        """How many pairs nothing was said of, those put off among them."""
        return len(self._waiting)

    @property
    def put_off(self) -> int:
        """How many pairs wait for the next sitting."""
        return len(self._later)

    @property
    def answered(self) -> Counter[Verdict]:
        """How many answers of each kind stand."""
        return Counter(given.verdict for given in self._answers)

    @property
    def take(self) -> dict[str, Side]:
        """Whose value would stand, of each field in which the two of the page differ."""
        return dict(self._take)

    @property
    def page(self) -> PairPage | None:
        """The page of the current pair; one of which a contact is gone is passed over."""
        while self._page is None and (pair := self.current) is not None:
            self._page = self._read(pair)
            if self._page is None:
                self._drop(pair)
        return self._page

    def outcome(self) -> Whole | None:
        """Return what a merge would make of the two of the page, by the values that would stand."""
        return foresee(self.page.compared, self._take) if self.page else None

    def choose(self, number: int) -> None:
        """Let the other value stand in one of the fields in which they differ, counted from 1."""
        differing = self.page.compared.differences if self.page else []
        if 0 < number <= len(differing):
            field = differing[number - 1].field
            self._take[field] = Side.FIRST if self._take[field] is Side.SECOND else Side.SECOND

    def merge(self) -> PairAnswer | None:
        """Make one contact of the two, by the values that stand on the page; None when no pair is left."""
        pair, page = self.current, self.page
        if pair is None or page is None:
            return None
        waiting = self._waiting
        with self._step(f"merge {' '.join(page.compared.names)}") as step:
            if self._read(pair) == page:
                ids = contacts.ids_of_uids(self._db, page.compared.uids)
                first, second = (ids[uid] for uid in page.compared.uids)
                today = self._standpoint.today
                done = merge_contacts(self._db, first, second, take=self._take, today=today)
                waiting = _with_one_for(waiting, done.gone_uid, Twin(done.uid, done.name))
        return self._keep(pair, Verdict.ONE, waiting, step)

    def not_same(self) -> PairAnswer | None:
        """Remember that the two are not the same; None when no pair is left."""
        pair, page = self.current, self.page
        if pair is None or page is None:
            return None
        with self._step(f"duplicates {' '.join(page.compared.names)} --not-same") as step:
            ids = contacts.ids_of_uids(self._db, page.compared.uids)
            if len(ids) == len(Side):
                merges.say_not_same(self._db, *ids.values(), today=self._standpoint.today)
        return self._keep(pair, Verdict.TWO, self._without(pair), step)

    def later(self) -> PairAnswer | None:
        """Put the pair off until the next sitting; None when no pair is left."""
        pair = self.current
        if pair is None:
            return None
        self._later.add(_key(pair))
        self._turn()
        self._answers.append(PairAnswer(pair, Verdict.LATER, self._waiting))
        return self._answers[-1]

    def again(self) -> None:
        """Ask after all about those that were put off."""
        self._later.clear()
        self._turn()

    def take_back(self) -> PairAnswer | None:
        """Take the last answer of this sitting back and return to its pair; None when there is none.

        What is no more the last step of the store stays: another command came after it.
        """
        if not self._answers:
            return None
        given = self._answers[-1]
        if given.step is not None:
            if journal.last_step(self._db) != given.step:
                return given._replace(verdict=Verdict.GONE)
            journal.undo(self._db)
        self._answers.pop()
        self._waiting = given.waiting
        self._later.discard(_key(given.pair))
        self._turn()
        self._chosen = given.pair
        return given

    def find(self, words: str, limit: int = 50) -> list[Twins]:
        """Return the waiting pairs of which a name has all the words; accents and case do not matter."""
        parts = fold(words).split()
        return [
            pair
            for pair in self._waiting
            if parts and all(part in fold(f"{pair.a.name} {pair.b.name}") for part in parts)
        ][:limit]

    def go_to(self, pair: Twins) -> None:
        """Ask about this pair next."""
        self._turn()
        self._chosen = pair

    def _read(self, pair: Twins) -> PairPage | None:
        """Return the page of a pair: who names one person stands before who names several, else the older."""
        ids = contacts.ids_of_uids(self._db, (pair.a.uid, pair.b.uid))
        if len(ids) < len(Side):
            return None
        first, second = sorted(ids.values())
        if left_out(contacts.load(self._db, first), contacts.load(self._db, second)):
            first, second = second, first
        compared = compare_contacts(self._db, first, second)
        if self._page is None:
            self._take = {difference.field: _first_choice(difference) for difference in compared.differences}
        homes = [households.of_contact(self._db, contact_id) for contact_id in (first, second)]
        views = read_households(self._db, {home for home in homes if home is not None}, self._standpoint)
        addressees = {view.id: view.addressee for view in views}
        years = relationships.cards_of_years(self._db, (first, second))
        return PairPage(
            compared=compared,
            reason=pair.reason,
            households=(addressees.get(homes[0] or 0, ""), addressees.get(homes[1] or 0, "")),
            years=(years[first], years[second]),
        )

    @contextmanager
    def _step(self, command: str) -> Iterator[list[int]]:
        """Hold one answer together; afterwards the list has the id of its step, if it changed anything."""
        made: list[int] = []
        before = journal.last_step(self._db)
        with journal.step(self._db, command, today=self._standpoint.today):
            self._before_change()
            yield made
        self._before_change = lambda: None
        after = journal.last_step(self._db)
        if after is not None and after != before:
            made.append(after)

    def _keep(
        self, pair: Twins, verdict: Verdict, waiting: tuple[Twins, ...], step: Sequence[int]
    ) -> PairAnswer:
        """Note an answer that was kept as a step; without one the pair was changed elsewhere."""
        if not step:
            self._turn()
            if verdict is Verdict.TWO:  # said elsewhere, or one of them is no more
                self._waiting = waiting
            return PairAnswer(pair, Verdict.GONE, self._waiting)
        self._answers.append(PairAnswer(pair, verdict, self._waiting, step[0]))
        self._waiting = waiting
        self._later &= set(map(_key, waiting))
        self._turn()
        return self._answers[-1]

    def _drop(self, pair: Twins) -> None:
        self._waiting = self._without(pair)
        self._turn()

    def _without(self, pair: Twins) -> tuple[Twins, ...]:
        return tuple(other for other in self._waiting if _key(other) != _key(pair))

    def _turn(self) -> None:
        """Let the next pair be read."""
        self._chosen = self._page = None


def _key(pair: Twins) -> frozenset[str]:
    return frozenset((pair.a.uid, pair.b.uid))


def _with_one_for(pairs: Iterable[Twins], gone_uid: str, stays: Twin) -> tuple[Twins, ...]:
    """Return pairs with the contact that stands in the place of both it was made of, each pair once."""
    turned: dict[frozenset[str], Twins] = {}
    for pair in pairs:
        a, b = (stays if twin.uid in (gone_uid, stays.uid) else twin for twin in (pair.a, pair.b))
        if a != b:
            turned.setdefault(frozenset((a.uid, b.uid)), Twins(a, b, pair.likeness))
    return tuple(turned.values())


def _first_choice(difference: Difference) -> Side:
    """Return whose value stands until the user says otherwise: the first's, but a name in one case alone."""
    is_better = in_one_case(difference.first) and not in_one_case(difference.second)
    return Side.SECOND if difference.field == "name" and is_better else Side.FIRST

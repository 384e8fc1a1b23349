"""An evening at the desk: card after card, each answer kept at once, and all of them one step for undo."""

from __future__ import annotations

from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.seasons.plan import read_pace
from relcard.domain.seasons.season import MOVES
from relcard.domain.seasons.season import State
from relcard.domain.text import fold
from relcard.services.seasons.desk_page import read_desk_page
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.plan_season import plan_season
from relcard.services.seasons.plan_season import written_today
from relcard.services.seasons.read_season import read_recipient
from relcard.store import relationships
from relcard.store.file import journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.seasons.draft import Printed
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.desk_page import DeskPage
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

COMMAND = "desk"  # what history calls the step

Piles = list[list["Recipient"]]  # evening by evening, tonight's first


class Deed(Enum):
    """What was done at the desk."""

    WRITTEN = "written"
    NOTED = "noted"
    WORDS = "your words are kept"


class Done(NamedTuple):
    """What was done for which household, and where the journal has it: behind an entry of a step."""

    recipient: Recipient
    deed: Deed
    step: int
    behind: int


def lay_piles(season: SeasonRow, recipients: Sequence[Recipient], standpoint: Standpoint) -> Piles:
    """Return what is still to be written, evening by evening as the plan has it, what comes too late last.

    Without a pace all of it is one pile, in the agreed order. Where tonight's is written, it is an empty one.
    """
    waiting = [recipient for recipient in recipients if recipient.waits]
    if not standpoint.pace:
        return [waiting] if waiting else []
    plan = plan_season(season, recipients, read_pace(standpoint.pace), standpoint)
    piles = [evening.recipients for evening in plan.evenings]
    if written_today(recipients, standpoint.today) and not any(
        evening.on == standpoint.today for evening in plan.evenings
    ):
        piles.insert(0, [])
    late = [lost.recipient for lost in plan.unreachable if lost.recipient.waits]
    return [*piles, *([late] if late else [])]


def keep_written(
    db: Connection, season: SeasonRow, recipient: Recipient, line: str, *, had_line: str, today: date
) -> None:
    """Say in the caller's step that a card is written, with a line of what you wrote.

    An empty line takes one off that was kept; a card that is posted already is left as it is.
    """
    if recipient.state is State.WRITTEN or State.WRITTEN in MOVES[recipient.state]:
        kept = line.strip() or ("" if had_line else None)
        move_cards(db, season, [recipient], State.WRITTEN, today=today, line=kept)


def keep_note(db: Connection, household: HouseholdView, text: str, *, today: date) -> None:
    """Keep a note in the caller's step, for those of the household whom it names, else for all of them."""
    words = set(fold(text).replace(",", " ").replace(":", " ").split())
    named = [member for member in household.hosts if fold(member.given) in words]
    for member in named or household.hosts:
        relationships.add_note(db, member.contact_id, text.strip(), on=today)


class DeskSitting:
    """Write card after card.

    Between two answers the store is not held: an evening may last three hours and another relcard may write.
    What is taken from the season meanwhile, or written, is passed over. Nothing needs a screen.
    """

    def __init__(
        self, db: Connection, season: SeasonRow, piles: Piles, wanted: Wanted, standpoint: Standpoint
    ) -> None:
        self._db = db
        self.season = season
        self.wanted = wanted
        self._standpoint = standpoint
        self._cards = [recipient for pile in piles for recipient in pile]
        self._ends = list(accumulate(map(len, piles))) or [0]  # where each pile ends
        self._pile = 0  # which of them is laid out, with those before it
        self._at = 0
        self._settled: set[int] = set()  # households whose cards are written, or gone from the season
        self._done: list[Done] = []
        self._chosen = True  # the user went there: a card that is written is shown too
        self._page: DeskPage | None = None

    @property
    def page(self) -> DeskPage | None:
        """The card to write now and what lies beside it; None when the pile is written, or looked through."""
        while self._page is None and self._at < self._end:
            card = self._cards[self._at]
            recipient = self._read(card)
            page = None
            if recipient is not None and recipient.household.is_lived_in:
                page = read_desk_page(self._db, self.season, recipient, self.wanted, self._standpoint)
            if page is not None and (page.waits or self._chosen):
                self._page = page
            else:
                self._settled.add(card.household.id)
                self._go_forward()
        return self._page

    @property
    def total(self) -> int:
        """How many cards are laid out: tonight's, and those of the evenings one went on to."""
        return self._end

    @property
    def written(self) -> int:
        """How many of the cards laid out are written, or need no writing any more."""
        return sum(recipient.household.id in self._settled for recipient in self._cards[: self._end])

    @property
    def left(self) -> int:
        """How many cards are still to be written, of this evening and of all others."""
        return len(self._cards) - sum(recipient.household.id in self._settled for recipient in self._cards)

    @property
    def further(self) -> int:
        """How many cards the next evening's pile has, 0 when all are laid out."""
        return self._ends[self._pile + 1] - self._end if self._pile + 1 < len(self._ends) else 0

    @property
    def done(self) -> tuple[Done, ...]:
        """What was done this evening and stands."""
        return tuple(self._done)

    def write(self, line: str = "") -> Done | None:
        """Say that the card is written, with a line of what you wrote; go on to the next.

        An empty line takes one off that was kept. None where nothing was new, as the card is posted already.
        """
        page = self.page
        had_line = page.line if page is not None else ""
        today = self._standpoint.today
        done = self._keep(
            Deed.WRITTEN,
            lambda recipient: keep_written(
                self._db, self.season, recipient, line, had_line=had_line, today=today
            ),
        )
        if done is not None:
            self._settled.add(done.recipient.household.id)
            self._go_forward()
        return done

    def note(self, text: str) -> Done | None:
        """Keep a note, for those of the household whom it names, else for all of them."""
        if not text.strip():
            return None
        today = self._standpoint.today
        return self._keep(
            Deed.NOTED, lambda recipient: keep_note(self._db, recipient.household, text, today=today)
        )

    def keep_words(self, printed: Printed) -> Done | None:
        """Keep the printed words as the user has edited them."""
        return self._keep(Deed.WORDS, lambda recipient: keep_draft(self._db, recipient, printed, edited=True))

    def skip(self) -> None:
        """Leave the card for later; at the end of the pile go on to the next one, or to what was left."""
        if self._at < self._end:
            self._go_forward()
            return
        if self.further:
            self._pile += 1
        else:
            self._at = -1
        if self._at < 0 or self._is_settled(self._at):
            self._go_forward()

    def back(self) -> None:
        """Look at the card before this one, whether it is written or not."""
        if self._at > 0:
            self._turn_to(self._at - 1)

    def undo(self) -> Done | None:
        """Take back what was done last and return to its card; None when nothing was done, or not last.

        What another relcard did after it must be taken back first.
        """
        if not self._done:
            return None
        last = self._done[-1]
        if not journal.undo_part(self._db, last.step, behind=last.behind):
            return None
        self._done.pop()
        if last.deed is Deed.WRITTEN:
            self._settled.discard(last.recipient.household.id)
        self.go_to(last.recipient)
        return last

    def find(self, words: str, limit: int = 50) -> list[Recipient]:
        """Return the cards of which addressee or town has all the words, whether laid out or not."""
        parts = fold(words).split()
        return [
            recipient
            for recipient in self._cards
            if parts and all(part in _searched(recipient) for part in parts)
        ][:limit]

    def go_to(self, recipient: Recipient) -> None:
        """Write this card next."""
        at = next(at for at, card in enumerate(self._cards) if card.household.id == recipient.household.id)
        while at >= self._end:
            self._pile += 1
        self._turn_to(at)

    @property
    def _end(self) -> int:
        return self._ends[self._pile]

    def _is_settled(self, at: int) -> bool:
        return at < self._end and self._cards[at].household.id in self._settled

    def _go_forward(self) -> None:
        self._at += 1
        while self._is_settled(self._at):
            self._at += 1
        self._page, self._chosen = None, False

    def _turn_to(self, at: int) -> None:
        self._at = at
        self._page, self._chosen = None, True

    def _keep(self, deed: Deed, do: Callable[[Recipient], None]) -> Done | None:
        """Do something for the household on the page, as it is by now; None where nothing came of it."""
        page = self.page
        if page is None:
            return None
        self._page = None  # it is read anew
        behind = journal.last_entry(self._db)
        joins = self._done[-1].step if self._done else None
        with journal.step(self._db, COMMAND, today=self._standpoint.today, joins=joins) as step:
            recipient = self._read(page.recipient)
            if recipient is not None:
                do(recipient)
        if journal.last_step(self._db) != step or journal.last_entry(self._db) == behind:
            return None
        self._done.append(Done(page.recipient, deed, step, behind))
        return self._done[-1]

    def _read(self, recipient: Recipient) -> Recipient | None:
        return read_recipient(
            self._db, self.season, recipient.household.id, self._standpoint, number=recipient.number
        )


def _searched(recipient: Recipient) -> str:
    address = recipient.household.address
    return fold(f"{recipient.household.addressee} {address.locality if address else ''}")

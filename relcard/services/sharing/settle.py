"""What differs between the laptops of a list, as questions to a person, and a person's answers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.steps import value_to_text
from relcard.domain.sharing.wording import field_in_words
from relcard.domain.sharing.wording import refers_to
from relcard.domain.sharing.wording import row_in_words
from relcard.domain.sharing.wording import value_in_words
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.suggest_households import suggest_households
from relcard.store.sharing import accounts
from relcard.store.sharing import conflicts
from relcard.store.sharing import settling
from relcard.store.sharing import taking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.sharing.steps import Value
    from relcard.store.file.database import Connection
    from relcard.store.sharing.accounts import Account
    from relcard.store.sharing.conflicts import Conflict

# Whether what stands is kept, the other taken in its place, or both stand one under the other.
ANSWERS = {"keep": "here", "take": "there", "both": "both"}
_REMOVED = "removed"


class Side(NamedTuple):
    """A value in words, and the laptop that wrote it, "" where that is nobody in particular."""

    text: str
    laptop: str


class Question(NamedTuple):
    """Something that differs: what stands, what is kept beside it, what it was before ("": nothing)."""

    id: str  # the same on every laptop, as long as it differs
    kind: str
    who: str
    what: str
    stands: Side
    beside: tuple[Side, ...]
    before: str
    choices: tuple[str, ...]


def read_questions(db: Connection) -> list[Question]:
    """Return what differs, in an order that is the same on every laptop."""
    return [_question(db, conflict) for conflict in conflicts.conflicts(db)]


class Answered(NamedTuple):
    """A question, and what an answer let stand: one of its sides, None for both."""

    question: Question
    side: Side | None


def answer_question(
    db: Connection, question_id: str, answer: str, today: date, *, which: str = ""
) -> Answered:
    """Settle one thing that differs, as a step that `undo` takes back; return what it was.

    `which` says of several others the one to take: its number from 1, or a part of its laptop's name. Raises
    `NotFoundError` where nothing of that id differs any more, `UsageError` for an answer it has not.
    """
    for conflict in conflicts.conflicts(db):
        if _id(conflict) == question_id:
            question = _question(db, conflict)
            place = _place(question, which) if answer == "take" else 0
            terms = taking.Terms(today, suggest_households)
            settling.settle(db, conflict, ANSWERS[answer], terms, place)
            sides = {"keep": question.stands, "take": question.beside[place]}
            return Answered(question, sides.get(answer))
    raise NotFoundError(f'Nothing called "{question_id}" differs.', hint="relcard share settle --list")


def _place(question: Question, which: str) -> int:
    """Return the place of the side to take among those beside what stands."""
    sides = question.beside
    if which.isdecimal():
        places = [place for place in range(len(sides)) if place + 1 == int(which)]
    else:
        places = [place for place, side in enumerate(sides) if which.casefold() in side.laptop.casefold()]
    if len(places) == 1:
        return places[0]
    numbered = ", ".join(f"{number} ({side.laptop or side.text})" for number, side in enumerate(sides, 1))
    raise UsageError(
        f'"{which}" is none of the others: {numbered}.' if which else f"There is more than one: {numbered}.",
        hint=f"relcard share settle {question.id} take 1",
    )


def _id(conflict: Conflict) -> str:
    named = f"{conflict.kind} {conflict.table} {conflict.uuid} {conflict.column}"
    return hashlib.sha256(named.encode()).hexdigest()[:8]


def _question(db: Connection, conflict: Conflict) -> Question:
    known = accounts.account(db, conflict)
    if conflict.kind == conflicts.GONE:
        stands, beside = _of_row(db, conflict, known)
        choices: Sequence[str] = ("keep", "take")
    else:
        stands = _side(db, conflict, known, conflict.here)
        beside = tuple(_side(db, conflict, known, value) for value in conflict.there)
        choices = ("keep", "take", "both") if conflicts.can_be_both(conflict) else ("keep", "take")
    return Question(
        id=_id(conflict),
        kind=conflict.kind,
        who=_who(db, conflict),
        what=_what(conflict, known),
        stands=stands,
        beside=beside,
        before=_text(db, conflict, known.before),
        choices=tuple(choices),
    )


def _who(db: Connection, conflict: Conflict) -> str:
    """Return whom something speaks of; of who was merged also who stands now."""
    if conflict.kind != conflicts.MERGED:
        return conflict.who
    now = accounts.name_of(db, "contact", conflicts.stands_for(db, conflict))
    return conflict.who if now == conflict.who else f"{conflict.who} (now {now})"


def _what(conflict: Conflict, known: Account) -> str:
    """Return what differs: a fact by its key, all else by its field."""
    is_fact = (conflict.table, conflict.column) == ("fact", "value")
    return str(known.values.get("key")) if is_fact else field_in_words(conflict.table, conflict.column)


def _of_row(db: Connection, conflict: Conflict, known: Account) -> tuple[Side, tuple[Side, ...]]:
    is_somebody = conflict.table in ("contact", "household")
    text = accounts.name_of(db, conflict.table, conflict.uuid) if is_somebody else ""
    text = text or row_in_words(conflict.table, known.values)
    stands = Side(f"{text}, changed meanwhile", ", ".join(known.changed))
    return stands, (Side(_REMOVED, ", ".join(known.removed)),)


def _side(db: Connection, conflict: Conflict, known: Account, value: Value) -> Side:
    return Side(_text(db, conflict, value), known.wrote.get(value_to_text(value), ""))


def _text(db: Connection, conflict: Conflict, value: Value) -> str:
    table = refers_to(conflict.table, conflict.column)
    if table in ("contact", "household") and isinstance(value, str):
        return accounts.name_of(db, table, value)
    return value_in_words(conflict.table, conflict.column, value)

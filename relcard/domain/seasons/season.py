"""A season is one round of greetings: who is in it and why, and how far each card is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Sending
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.circle import CircleRule

# How far back a habit of writing in turns is looked for: long enough for two cards each way, short enough to
# see a habit that began after years of another.
_TURNS_YEARS = 8
_TOLD_YEARS = 10  # how many years at most a reason counts their cards in
NOBODY_LIVING = "nobody of this household is living"


class State(Enum):
    """How far one household's greeting card has come. That a card came from them is recorded apart."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    PRINTED = "printed"
    WRITTEN = "written"
    POSTED = "posted"
    RETURNED = "returned"


# People write on bought cards and post without telling, so a step may be passed over; none is taken back
# here. What came back is written or posted again, to a better address.
MOVES: dict[State, tuple[State, ...]] = {
    State.PLANNED: (State.DRAFTED, State.PRINTED, State.WRITTEN, State.POSTED),
    State.DRAFTED: (State.PRINTED, State.WRITTEN, State.POSTED),
    State.PRINTED: (State.WRITTEN, State.POSTED),
    State.WRITTEN: (State.POSTED,),
    State.POSTED: (State.RETURNED,),
    State.RETURNED: (State.WRITTEN, State.POSTED),
}


def move(state: State, to: State) -> State:
    """Return the state after the user said `to`; saying again what holds changes nothing.

    Raises `UsageError` naming the lawful moves.
    """
    if to is state or to in MOVES[state]:
        return to
    lawful = _either([following.value for following in MOVES[state]])
    raise UsageError(
        f"A card that is {state.value} cannot become {to.value}; it can become {lawful}.",
        hint="To take back what was said last: relcard undo.",
    )


def awaits(state: State, to: State) -> bool:
    """Whether the step is still to come for a card. What came back waits for a better address, not for it."""
    return to in MOVES[state] and state is not State.RETURNED


def stamps_used(states: Iterable[State]) -> int:
    """Return how many cards took a stamp: they went to the post, and some came back."""
    return sum(state in (State.POSTED, State.RETURNED) for state in states)


def advance(state: State, to: State) -> State:
    """Return the state after the program drafted or printed: later than before, or as it was."""
    return to if to in MOVES[state] else state


class SeasonCandidate(NamedTuple):
    """A household that a season may include.

    `circle` is that of its nearest member, None while the user has not said any. `sent_years` and
    `received_years` are the years of earlier seasons of the same feast. `careful` marks a careful year,
    `not_theirs` says why the feast is none of theirs, `own_feast` which other one their card is for.
    """

    circle: Circle | None
    has_address: bool = True
    is_organisation: bool = False
    all_deceased: bool = False
    sent_years: Collection[int] = ()
    received_years: Collection[int] = ()
    careful: bool = False
    not_theirs: str = ""
    own_feast: str = ""


class Decision(NamedTuple):
    """Whether a household is in the season, and why, in words for the user alone."""

    included: bool
    reason: str


def decide(candidate: SeasonCandidate, rules: Mapping[Circle, CircleRule], year: int) -> Decision:
    """Say whether a household is in the season of `year`, and why.

    Nobody is dropped silently: who is left out has a reason too. A missing address leaves nobody out, it is
    named, for there is time to ask.
    """
    if candidate.all_deceased:
        return Decision(included=False, reason=NOBODY_LIVING)
    if candidate.circle is None:
        return Decision(included=False, reason="no circle yet: you have not said")
    if candidate.not_theirs:
        return Decision(included=False, reason=candidate.not_theirs)
    included, why = _by_rule(candidate, rules[candidate.circle].sending, year)
    words = [f"{candidate.circle.value}: {why}"]
    if included and candidate.own_feast:
        words.append(f"for {candidate.own_feast}")
    if candidate.careful:
        words.append("a careful year")
    if included and not candidate.has_address:
        words.append("no address yet")
    return Decision(included=included, reason="; ".join(words))


def _by_rule(candidate: SeasonCandidate, sending: Sending, year: int) -> tuple[bool, str]:
    match sending:
        case Sending.ALWAYS:
            return True, "always in (the no-cut clause)"
        case Sending.YES:
            return True, _history(candidate, year) or "every season"
        case Sending.ASK:
            return _ask(candidate, year)
        case Sending.NO:
            return False, "no card"


def _ask(candidate: SeasonCandidate, year: int) -> tuple[bool, str]:
    """Answer for a circle that asks: in when they wrote last year, or when it is your turn."""
    theirs = _last_before(candidate.received_years, year)
    habit = turns(candidate.sent_years, candidate.received_years, year)
    if habit:
        yours = theirs == year - 1
        return yours, habit if yours else f"{habit} - {year} is theirs"
    if theirs == year - 1:
        # An organisation writes to everybody: its card alone is no reason for one of yours.
        if candidate.is_organisation:
            return False, "asks - an organisation, they wrote last year"
        return True, _wrote(candidate, year) or "they wrote last year"
    ours = _last_before(candidate.sent_years, year)
    if ours is None and theirs is None:
        return False, "asks - no card either way yet"
    if ours != year - 1:
        since = f"asks - no card either way since {max(ours or 0, theirs or 0)}"
        return False, "; ".join(filter(None, (since, _wrote(candidate, year))))
    last = f"they last wrote in {theirs}" if theirs else "no card from them yet"
    since = _wrote(candidate, year) or last
    return False, f"asks - you wrote last year, {since}"


def _history(candidate: SeasonCandidate, year: int) -> str:
    """Return what passed in earlier seasons: "sent every year since 2022; they wrote in 2024"."""
    habit = turns(candidate.sent_years, candidate.received_years, year)
    if habit:
        return habit
    words = []
    sent = {past for past in candidate.sent_years if past < year}
    if sent:
        first = year
        while first - 1 in sent:
            first -= 1
        if first < year - 1:
            words.append(f"sent every year since {first}")
        else:
            words.append("sent last year" if first < year else f"last sent in {max(sent)}")
    theirs = _last_before(candidate.received_years, year)
    if theirs is not None:
        last = "they wrote last year" if theirs == year - 1 else f"they wrote in {theirs}"
        words.append(_wrote(candidate, year) or last)
    return "; ".join(words)


def _wrote(candidate: SeasonCandidate, year: int) -> str:
    """Return in how many of the years before they wrote: "they wrote in 8 of 10 years, last in 2025".

    Counted from the first card either way, ten years at most; "" where that is too little to tell.
    """
    known = [past for past in (*candidate.sent_years, *candidate.received_years) if past < year]
    span = min(_TOLD_YEARS, year - min(known, default=year))
    theirs = {past for past in candidate.received_years if year - span <= past < year}
    if len(theirs) < (2 if span > 5 else 3):
        return ""
    return f"they wrote in {len(theirs)} of {span} years, last in {max(theirs)}"


def turns(sent_years: Iterable[int], received_years: Iterable[int], year: int) -> str:
    """Return the habit of writing in turns, every other year each, in words; "" when there is none.

    Only the years before `year` show it.
    """
    yours, theirs = _parity(sent_years, year), _parity(received_years, year)
    return f"they write in {theirs} years, you in {yours}" if yours and theirs and yours != theirs else ""


def _parity(years: Iterable[int], year: int) -> str:
    """Return "odd" or "even" where two recent years or more are all of them so, else ""."""
    recent = {past for past in years if year - _TURNS_YEARS <= past < year}
    rests = {past % 2 for past in recent}
    if len(recent) < 2 or len(rests) > 1:
        return ""
    return "odd" if 1 in rests else "even"


def _last_before(years: Iterable[int], year: int) -> int | None:
    return max((past for past in years if past < year), default=None)


def _either(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last

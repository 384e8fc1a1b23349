"""What is asked and said of a card that came."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli.seasons.card_states import names_of
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import awaits
from relcard.errors import RelcardError
from relcard.services.seasons.open_envelope import EnvelopeNews
from relcard.services.seasons.open_envelope import read_child
from relcard.services.seasons.open_envelope import read_new_address
from relcard.services.seasons.open_envelope import read_renaming

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.contact import Address
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient


class EnvelopeWords(NamedTuple):
    """What was typed of a card and its envelope; `line` is None where nothing was said of it."""

    line: str | None = None
    address: str | None = None
    names: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    no_answer: bool = False
    pictures: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was typed."""
        return self == EnvelopeWords()

    @property
    def news(self) -> EnvelopeNews | None:
        """What of it is to be kept of the household, None for nothing."""
        news = EnvelopeNews(self.address or "", self.names, self.children)
        return news if any(news) else None


class ReceivedCards(NamedTuple):
    """The cards that came: of the season, and of those who stay outside; and what the envelope changed."""

    recipients: list[Recipient]
    outside: list[HouseholdView]
    told: list[tuple[str, str]]


def is_somebody_there(desk: Desk, *, as_json: bool) -> bool:
    """Whether there is a terminal to ask at, and questions are wanted."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not desk.quiet and not as_json


def ask_envelope(view: HouseholdView, last: Address | None, today: date, *, season: str) -> EnvelopeWords:
    """Ask what an envelope tells; `season` is that in which the household is not, "" where it is expected.

    `last` is the address they have, or had last.
    """
    no_answer = False
    if season and view.circle is not Circle.NONE:
        words = f"  {output.clean(view.addressee)} is not in {season}. Write an answer"
        no_answer = not click.confirm(words, default=True, err=True)
    lines = ", ".join(view.address_lines) or "no address yet"
    output.say(f"  {output.bold(output.clean(view.addressee))}  {output.dim(output.clean(lines))}", err=True)
    output.say(output.dim("  Enter leaves a question out."), err=True)
    first = view.living[0].given or view.living[0].name if view.living else "Anna"
    address = _ask(
        "Same address (y), or the new one" if view.address else "Their address, in one line",
        lambda text: read_new_address(view, text, last),
    )
    names = children = ""
    if not view.is_organisation:
        names = _ask(
            f"A new name, as {output.clean(first)} = {output.clean(first)} Smith",
            lambda text: [read_renaming(view, part) for part in _parts(text)],
        )
    line = _ask("A line worth keeping", str)
    if not view.is_organisation:
        children = _ask(
            "A new child, as Lena or Lena 2026-05-03",
            lambda text: [read_child(view, part, today) for part in _parts(text)],
        )
    return EnvelopeWords(line or None, address or None, _parts(names), _parts(children), no_answer)


def _ask(words: str, read: Callable[[str], object]) -> str:
    """Return the answer as it was typed, "" for none; what cannot be read is asked again."""
    while True:
        answer: str = click.prompt(f"  {words}", default="", show_default=False, err=True).strip()
        try:
            if answer:
                read(answer)
        except RelcardError as error:
            lines = output.wrap(f"{error.message} {error.hint or ''}", output.terminal_width() - 4)
            output.say("    " + "\n    ".join(lines), err=True)
        else:
            return answer


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def say_received(cards: ReceivedCards, today: date) -> None:
    """Say whose cards came, what the envelope changed, and whether an answer comes in time."""
    owed = [recipient for recipient in cards.recipients if awaits(recipient.state, State.WRITTEN)]
    answered = [recipient for recipient in cards.recipients if recipient not in owed]
    if answered:
        output.say_wrapped(f"received from {names_of(answered)}")
    if owed:
        yours = "yours is" if len(owed) == 1 else "yours are"
        output.say_wrapped(f"received from {names_of(owed)}; {yours} still to write")
    if cards.outside:
        names = output.some_names([view.addressee for view in cards.outside])
        output.say_wrapped(f"received from {names}; no card from you, as you said")
        add = " ".join(f"h{view.id}" for view in cards.outside)
        output.say(output.dim("  To write all the same: ") + output.accent(f"relcard season add {add}"))
    for what, words in cards.told:
        output.say_wrapped(f"{what}: {words}")
    if len(owed) == 1:
        _say_answer(owed[0], today)


def _say_answer(owed: Recipient, today: date) -> None:
    """Say whether an answer of today still comes in time, and how to begin it."""
    begin = output.accent(f"relcard draft h{owed.household.id}")
    if owed.post_by is None:
        output.say(f"  They have no address yet: {output.accent('relcard ask-list')}")
    elif owed.post_by >= today:
        output.say(f"  Posted by {output.short_day(owed.post_by, today)} it comes in time: {begin}")
    else:
        output.say(f"  It comes after the day, and is no less welcome: {begin}")


def say_received_json(cards: ReceivedCards) -> None:
    """Say the same to a script."""
    output.say_json(
        "received",
        [
            {
                "household": f"h{recipient.household.id}",
                "addressee": recipient.household.addressee,
                "received_on": output.iso(recipient.season_row.received_on),
                "state": recipient.state.value,
                "owed": awaits(recipient.state, State.WRITTEN),
                "post_by": output.iso(recipient.post_by),
            }
            for recipient in cards.recipients
        ],
        outside=[{"household": f"h{view.id}", "addressee": view.addressee} for view in cards.outside],
        changes=[{"what": what, "words": words} for what, words in cards.told],
    )

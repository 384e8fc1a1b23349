"""A sitting over pairs line by line, for terminals without pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.importing.side_by_side import say_line
from relcard.services.importing.pair_words import answered
from relcard.services.importing.pair_words import lines_of
from relcard.services.importing.pair_words import outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from relcard.services.importing.pair_sitting import PairSitting

_KEYS = "m merge · n not the same · 1-9 which stands · l later · u undo · /NAME search · q stop"


def sit_line_by_line(sitting: PairSitting, today: date, *, ask: Callable[[], str]) -> None:
    """Show pair after pair and keep each answer that `ask` returns, until q or no pair is left."""
    while sitting.page is not None:
        _say_pair(sitting, today)
        said = ask().strip()
        if said == "q":
            return
        told = _keep(sitting, said)
        if told:
            output.say(f"  {output.clean(told)}")


def _say_pair(sitting: PairSitting, today: date) -> None:
    page = sitting.page
    if page is None:
        return
    done = sitting.total - sitting.waiting
    output.say()
    output.say(f"  {output.bold(page.reason)}{output.dim(f'  {done} of {sitting.total}')}")
    for line in lines_of(sitting, page, today):
        say_line(line.mark, line.label, line.values)
    for text in output.wrap(f"m makes: {outcome_of(sitting, page)}", output.terminal_width() - 4):
        output.say(f"    {text}")
    for text in output.wrap(_KEYS, output.terminal_width() - 4):
        output.say(output.dim(f"    {text}"))


def _keep(sitting: PairSitting, said: str) -> str:
    """Keep one answer and return what to say of it."""
    if said.isdigit():
        sitting.choose(int(said))
        return ""
    if said.startswith("/"):
        pairs = sitting.find(said[1:])
        if pairs:
            sitting.go_to(pairs[0])
        return "" if pairs else f"No pair has {said[1:]} in a name."
    deeds = {"m": sitting.merge, "n": sitting.not_same, "l": sitting.later, "u": sitting.take_back}
    if said not in deeds:
        return "One of the keys, please."
    given = deeds[said]()
    if given is None:
        return "Nothing was said in this sitting yet."
    return f"{'Taken back: ' if said == 'u' else ''}{answered(given)}"

"""What the record shows of how near contacts are: warmth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.circle import Circle
from relcard.domain.people.warmth import exchanged
from relcard.domain.people.warmth import roughly
from relcard.domain.text import quoted
from relcard.services.people.warmth import christmas_turns
from relcard.services.people.warmth import read_warmth
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.warmth import Contribution
    from relcard.services.people.warmth import Warm
    from relcard.store.file.database import Connection

_NAME = 20  # columns
_BAR = 12
_BAR_OF_ONE = 16


@click.command(short_help="Show what the record says of how near contacts are.")
@click.argument("who_", metavar="[WHO]", nargs=-1)
@params.as_json
@pass_desk
def warmth(desk: Desk, who_: tuple[str, ...], as_json: bool) -> None:
    """Show what passed between you and WHO, a household by its adults, or all contacts with a circle.

    Warmth is the whole history added up: cards, visits and calls both ways, the years you have known each
    other, and keeping a household together. It fades slowly and never to nothing. It changes no circle, and
    stands on nothing that leaves the desk.

    Years before there was a store count too, once they are said (relcard fact WHO "known since" 1987).
    """
    with desk.reading() as db:
        meant = who.some_adults(db, [" ".join(who_)], today=desk.today) if who_ else [None]
        warms = [warm for contact_id in meant for warm in read_warmth(db, contact_id, today=desk.today)]
        organisers = [_organiser(db, warm) for warm in warms] if who_ else []
        empty = not warms and not contacts.count(db)
    if as_json:
        output.say_json("warmth", [_warm_json(warm) for warm in warms])
    elif who_:
        for warm, organiser in zip(warms, organisers, strict=True):
            _say_one(warm, organiser, desk.today)
    elif empty:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
    elif not warms:
        output.say(f"  No contact has a circle yet. Say one: {output.accent('relcard circle inner WHO')}")
    else:
        _say_circles(warms, desk.today)


def _warm_json(warm: Warm) -> output.Json:
    return {
        "uid": warm.person.uid,
        "name": warm.person.name,
        "circle": warm.person.circle.value if warm.person.circle else None,
        "warmth": round(warm.warmth.total, 2),
        "contributions": [
            {"reason": part.reason, "amount": round(part.amount, 2), "last_on": output.iso(part.last_on)}
            for part in warm.warmth.contributions
        ],
    }


def _say_one(warm: Warm, organiser: str, today: date) -> None:
    columns = output.terminal_width()
    circle = warm.person.circle.value if warm.person.circle else "no circle yet"
    total = f"warmth about {roughly(warm.warmth.total)}"
    aside = "  has died" if warm.person.has_died else f"  {circle}"
    name = output.cut(output.clean(warm.person.name), columns - 6 - len(aside) - len(total))
    gap = columns - 4 - output.width(name) - len(aside) - len(total)
    output.say()
    output.say(f"  {output.bold(name)}{output.dim(aside)}{' ' * gap}{total}")
    output.say()
    parts = warm.warmth.contributions
    if parts:
        _say_parts(parts, today)
        output.say()
    else:
        output.say("  Nothing has been noted yet. What passed between you is kept with:")
        name = quoted(output.clean(warm.person.name))
        output.say(f"  {output.accent(f'relcard log {name} visit --on DAY')}")
    for remark in _remarks(warm, organiser, today):
        for line in output.wrap(remark, columns - 4):
            output.say(output.dim(f"  {line}"))
    if parts:
        output.say(output.dim("  The bars show how much each part counts. The circle stays as you say."))
    output.say()


def _say_parts(parts: Sequence[Contribution], today: date) -> None:
    """Say each part of a warmth: a bar as long as it counts, the reason, and when it was last."""
    columns = output.terminal_width()
    for part in parts:
        length = output.bar(part.amount, parts[0].amount, _BAR_OF_ONE)
        last = f"last {output.plain_day(part.last_on, today)}" if part.last_on else ""
        room = columns - 6 - _BAR_OF_ONE - len(last)
        reason = output.cut(part.reason, room)
        reason = f"{output.pad(reason, room)}  {output.dim(last)}" if last else reason
        output.say(f"  {output.accent(length)}  {reason}")


def _remarks(warm: Warm, organiser: str, today: date) -> Iterator[str]:
    """Yield what is said beneath: what was written, whose turn it is, who keeps a household together."""
    yours, theirs = exchanged(warm.history)
    if yours or theirs:
        yield f"Cards, letters and messages: {yours} from you, {theirs} from them."
    if turns := christmas_turns(warm.history, today=today):
        yield f"You take turns at Christmas: {turns}."
    if organiser:
        yield f"{output.clean(organiser)} keeps this household together, and is credited for all."


def _organiser(db: Connection, warm: Warm) -> str:
    """Return the name of who keeps the household of a contact together, when it is another."""
    if warm.organiser is None or warm.organiser == warm.person.contact_id:
        return ""
    return contacts.names(db, [warm.organiser])[warm.organiser]


def _say_circles(warms: Sequence[Warm], today: date) -> None:
    columns = output.terminal_width()
    warmest = warms[0].warmth.total
    for circle in Circle:
        here = [warm for warm in warms if warm.person.circle is circle]
        # Of those who get no card only who wrote or came is worth a line.
        shown = here if circle is not Circle.NONE else [warm for warm in here if warm.history]
        if not here:
            continue
        output.say()
        count = output.plural(len(here), "contact")
        output.say(f"  {output.bold(circle.value)}{output.dim(f'  {count}')}")
        for warm in shown:
            parts = warm.warmth.contributions
            name = output.pad(output.cut(output.clean(warm.person.name), _NAME), _NAME)
            length = output.bar(warm.warmth.total, warmest, _BAR)
            room = columns - 6 - _NAME - _BAR
            reason = output.cut(parts[0].reason, room) if parts else "nothing noted yet"
            output.say(f"  {name}  {output.accent(length)}  {output.dim(reason)}".rstrip())
        if len(shown) < len(here):
            rest = len(here) - len(shown)
            words = f"{'and ' if shown else ''}{rest} with nothing between you"
            output.say(output.dim(f"  {words}"))
    output.say()
    output.say(output.dim("  Beside each bar stands what counts most in it."))
    output.say(f"  Each part of one: {output.accent('relcard warmth WHO')}")

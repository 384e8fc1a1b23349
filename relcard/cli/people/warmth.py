"""What the record shows beside the circles: warmth, drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.circle import Circle
from relcard.domain.people.drift import Direction
from relcard.domain.people.warmth import exchanged
from relcard.domain.people.warmth import roughly
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people import find_drift
from relcard.services.people.read_warmth import christmas_turns
from relcard.services.people.read_warmth import read_warmth
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.drift import Drift
    from relcard.services.people.read_warmth import Warm
    from relcard.store.file.database import Connection

_NAME = 20  # columns
_BAR = 12
_BAR_OF_ONE = 16
_SHOWN = 5  # of each direction: a long list would be a reproach
_REST_DAYS = 90


@click.command(short_help="Show what the record says of how near contacts are.")
@click.argument("who_", metavar="[WHO]", nargs=-1)
@params.as_json
@pass_desk
def warmth(desk: Desk, who_: tuple[str, ...], as_json: bool) -> None:
    """Show what passed between you and one contact, part by part, or all contacts with a circle.

    Warmth is the whole history added up: cards, visits and calls both ways, the years you have known each
    other, and keeping a household together. It fades slowly and never to nothing. It changes no circle, and
    stands on nothing that leaves the desk.

    Years before there was a store count too, once they are said (relcard fact WHO "known since" 1987).
    """
    with desk.reading() as db:
        one = who.one_contact(db, " ".join(who_)) if who_ else None
        found = read_warmth(db, one, today=desk.today)
        organiser = _organiser(db, found[0]) if one else ""
        empty = not found and not contacts.count(db)
    if as_json:
        output.say_json("warmth", [_warm_json(warm) for warm in found])
    elif one:
        _say_one(found[0], organiser, desk.today)
    elif empty:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
    elif not found:
        output.say(f"  No contact has a circle yet. Say one: {output.accent('relcard circle inner WHO')}")
    else:
        _say_circles(found, desk.today)


def _warm_json(one: Warm) -> output.Json:
    return {
        "uid": one.person.uid,
        "name": one.person.name,
        "circle": one.person.circle.value if one.person.circle else None,
        "warmth": round(one.warmth.total, 2),
        "contributions": [
            {"reason": part.reason, "amount": round(part.amount, 2), "last_on": output.iso(part.last_on)}
            for part in one.warmth.contributions
        ],
    }


def _say_one(one: Warm, organiser: str, today: date) -> None:
    columns = output.terminal_width()
    circle = one.person.circle.value if one.person.circle else "no circle yet"
    total = f"warmth about {roughly(one.warmth.total)}"
    aside = "  has died" if one.person.has_died else f"  {circle}"
    name = output.cut(output.clean(one.person.name), columns - 6 - len(aside) - len(total))
    gap = columns - 4 - output.width(name) - len(aside) - len(total)
    output.say()
    output.say(f"  {output.bold(name)}{output.dim(aside)}{' ' * gap}{total}")
    output.say()
    parts = one.warmth.contributions
    for part in parts:
        length = bar(part.amount, parts[0].amount, _BAR_OF_ONE)
        last = f"last {output.plain_day(part.last_on, today)}" if part.last_on else ""
        room = columns - 6 - _BAR_OF_ONE - len(last)
        reason = output.cut(part.reason, room)
        reason = f"{output.pad(reason, room)}  {output.dim(last)}" if last else reason
        output.say(f"  {output.accent(length)}  {reason}")
    if not parts:
        output.say("  Nothing has been noted yet. What passed between you is kept with:")
        name = quoted(output.clean(one.person.name))
        output.say(f"  {output.accent(f'relcard log {name} visit --on DAY')}")
    yours, theirs = exchanged(one.history)
    remarks = []
    if yours or theirs:
        remarks.append(f"Cards, letters and messages: {yours} from you, {theirs} from them.")
    if turns := christmas_turns(one.history, today=today):
        remarks.append(f"You take turns at Christmas: {turns}.")
    if organiser:
        remarks.append(f"{output.clean(organiser)} keeps this household together, and is credited for all.")
    if parts:
        output.say()
    for remark in remarks:
        for line in output.wrap(remark, columns - 4):
            output.say(output.dim(f"  {line}"))
    if parts:
        output.say(output.dim("  The bars show how much each part counts. The circle stays as you say."))
    output.say()


def _organiser(db: Connection, one: Warm) -> str:
    """Return the name of who keeps the household of a contact together, when it is another."""
    if one.organiser is None or one.organiser == one.person.contact_id:
        return ""
    return contacts.names(db, [one.organiser])[one.organiser]


def _say_circles(found: Sequence[Warm], today: date) -> None:
    columns = output.terminal_width()
    warmest = found[0].warmth.total
    for circle in Circle:
        here = [one for one in found if one.person.circle is circle]
        # Of those who get no card only who wrote or came is worth a line.
        shown = here if circle is not Circle.NONE else [one for one in here if one.history]
        if not here:
            continue
        output.say()
        count = output.plural(len(here), "contact")
        output.say(f"  {output.bold(circle.value)}{output.dim(f'  {count}')}")
        for one in shown:
            parts = one.warmth.contributions
            name = output.pad(output.cut(output.clean(one.person.name), _NAME), _NAME)
            length = bar(one.warmth.total, warmest, _BAR)
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


def bar(amount: float, most: float, columns: int) -> str:
    """Return a thin bar, padded to its columns; what is not nothing shows at least half a column."""
    halves = round(2 * columns * amount / most) if most > 0 else 0
    halves = max(halves, 1 if amount > 0 else 0)
    return ("━" * (halves // 2) + "╸" * (halves % 2)).ljust(columns)


@click.command(short_help="Ask about contacts who grew closer or quieter.")
@click.argument("who_", metavar="[WHO]", nargs=-1)
@click.option(
    "--rest",
    type=click.IntRange(1, 3660),
    metavar="DAYS",
    help="Ask nothing of WHO for so many days.",
)
@click.option("--as-it-should-be", is_flag=True, help="Remember that it is so with WHO.")
@click.option("--all", "everybody", is_flag=True, help="Show all, not only the first few.")
@params.as_json
@pass_desk
def drift(
    desk: Desk,
    who_: tuple[str, ...],
    rest: int | None,
    as_it_should_be: bool,
    everybody: bool,
    as_json: bool,
) -> None:
    """Show who grew closer or quieter than their circle says, with the evidence, and take your answer.

    Write, let it rest for some days, or say it is as it should be: then it is not asked again until something
    changes. The whole history is read, and each one beside the others of the circle. No circle is changed.
    """
    words = " ".join(who_)
    if rest is not None or as_it_should_be:
        if rest is not None and as_it_should_be:
            raise UsageError(
                "Say --rest or --as-it-should-be, not both.", hint="A rest ends; the other stays."
            )
        if not words:
            raise UsageError("Of whom?", hint=f"For example: relcard drift anna --rest {_REST_DAYS}")
        _answer(desk, words, rest)
        return
    with desk.reading() as db:
        found = find_drift.find_drift(db, rules=desk.settings.circles, today=desk.today)
        if words:
            meant = who.some_contacts(db, [words])
            found = [one for one in found if one.standing.contact_id in meant]
            whose = _listed(contacts.names(db, meant).values())
        empty = not found and not contacts.count(db)
    if as_json:
        output.say_json("drift", [_drift_json(one) for one in found])
    elif empty:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
    elif not found and words:
        output.say(f"  Nothing is asked about {whose}.")
    elif not found:
        output.say("  Nobody has moved from the circle you gave. relcard warmth shows what there is.")
    else:
        _say_drift(found, everybody=everybody or bool(words))


def _answer(desk: Desk, words: str, days: int | None) -> None:
    answer = "--as-it-should-be" if days is None else f"--rest {days}"
    with desk.changing(f"drift {words} {answer}") as db:
        meant = who.some_contacts(db, [words])
        names = contacts.names(db, meant)
        if days is not None:
            until = find_drift.rest(db, meant, days=days, today=desk.today)
            told = f"at rest until {output.short_day(until, desk.today)}"
        else:
            asked = find_drift.find_drift(db, rules=desk.settings.circles, today=desk.today)
            answered = [one for one in asked if one.standing.contact_id in names]
            if not answered:
                raise NotFoundError(
                    f"Nothing is asked about {_listed(names.values())}.",
                    hint="relcard drift shows who it is about.",
                )
            for one in answered:
                find_drift.as_it_should_be(db, one, today=desk.today)
            names = {one.standing.contact_id: one.standing.name for one in answered}
            told = "as it should be. It is not asked again until something changes."
    if not desk.quiet:
        words = f"{_listed(names.values())}: {told}"
        output.say("  " + "\n    ".join(output.wrap(words, output.terminal_width() - 4)))


def _say_drift(found: Sequence[Drift], *, everybody: bool) -> None:
    columns = output.terminal_width()
    first: list[Drift] = []
    for direction, title in (
        (Direction.QUIETER, "It has grown quiet between you"),
        (Direction.CLOSER, "You have come closer than the circle says"),
    ):
        here = _together([one for one in found if one.direction is direction])
        if not here:
            continue
        first = first or here[0]
        output.say()
        output.say(f"  {output.bold(title)}")
        for some in here if everybody else here[:_SHOWN]:
            names = output.cut(_listed(one.standing.name for one in some), columns - 14)
            output.say(f"  {names}{output.dim(f'  {some[0].standing.circle.value}')}")
            for line in output.wrap(some[0].evidence, columns - 6):
                output.say(f"    {line}")
        if len(here) > _SHOWN and not everybody:
            output.say(output.dim(f"  and {len(here) - _SHOWN} more: relcard drift --all"))
    output.say()
    standing = first[0].standing
    name = quoted(output.clean(standing.name)) if len(first) == 1 else f"h{standing.household_id}"
    for answer, command in _answers(name).items():
        output.say(f"  {output.dim(output.pad(answer, 17))}{output.accent(command)}")
    if any(one.direction is Direction.CLOSER for one in found):
        output.say(output.dim("  A circle changes only when you say so: relcard circle CIRCLE WHO"))


def _together(found: Iterable[Drift]) -> list[list[Drift]]:
    """Return as one those of a household of whom the same is said: what passed was with all of them."""
    groups: dict[object, list[Drift]] = {}
    for one in found:
        standing = one.standing
        home = standing.household_id or -standing.contact_id
        groups.setdefault((home, standing.circle, one.evidence), []).append(one)
    return list(groups.values())


def _listed(names: Iterable[str]) -> str:
    shown = [output.clean(name) for name in names]
    if len(shown) > 4:
        shown[3:] = [f"{len(shown) - 3} more"]
    *others, last = shown
    return f"{', '.join(others)} and {last}" if others else last


def _answers(name: str) -> dict[str, str]:
    return {
        "write": f"relcard draft {name} --for thankyou",
        "or say you did": f"relcard log {name} letter",
        "rest": f"relcard drift {name} --rest {_REST_DAYS}",
        "as it should be": f"relcard drift {name} --as-it-should-be",
    }


def _drift_json(one: Drift) -> output.Json:
    standing = one.standing
    return {
        "uid": standing.uid,
        "name": standing.name,
        "circle": standing.circle.value,
        "direction": one.direction.value,
        "evidence": one.evidence,
        "last_on": output.iso(standing.days[-1] if standing.days else None),
        "id": one.key,
    }

"""Who grew closer or quieter than their circle says: drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.drift import DriftDirection
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people import warmth
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.people.drift import Drift

_SHOWN = 5  # of each direction: a long list would be a reproach
_REST_DAYS = 90


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
        found = warmth.find_drift(db, rules=desk.settings.circles, today=desk.today)
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
            until = warmth.rest(db, meant, days=days, today=desk.today)
            told = f"at rest until {output.short_day(until, desk.today)}"
        else:
            asked = warmth.find_drift(db, rules=desk.settings.circles, today=desk.today)
            answered = [drift for drift in asked if drift.standing.contact_id in names]
            if not answered:
                raise NotFoundError(
                    f"Nothing is asked about {_listed(names.values())}.",
                    hint="relcard drift shows who it is about.",
                )
            for drift in answered:
                warmth.as_it_should_be(db, drift, today=desk.today)
            names = {drift.standing.contact_id: drift.standing.name for drift in answered}
            told = "as it should be. It is not asked again until something changes."
    if not desk.quiet:
        words = f"{_listed(names.values())}: {told}"
        output.say_wrapped(words)


def _say_drift(drifts: Sequence[Drift], *, everybody: bool) -> None:
    columns = output.terminal_width()
    first: list[Drift] = []
    for direction, title in (
        (DriftDirection.QUIETER, "It has grown quiet between you"),
        (DriftDirection.CLOSER, "You have come closer than the circle says"),
    ):
        here = _together([one for one in drifts if one.direction is direction])
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
    if any(one.direction is DriftDirection.CLOSER for one in drifts):
        output.say(output.dim("  A circle changes only when you say so: relcard circle CIRCLE WHO"))


def _together(drifts: Iterable[Drift]) -> list[list[Drift]]:
    """Return as one those of a household of whom the same is said: what passed was with all of them."""
    groups: dict[object, list[Drift]] = {}
    for asked in drifts:
        standing = asked.standing
        home = standing.household_id or -standing.contact_id
        groups.setdefault((home, standing.circle, asked.evidence), []).append(asked)
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


def _drift_json(drift: Drift) -> output.Json:
    standing = drift.standing
    return {
        "uid": standing.uid,
        "name": standing.name,
        "circle": standing.circle.value,
        "direction": drift.direction.value,
        "evidence": drift.evidence,
        "last_on": output.iso(standing.days[-1] if standing.days else None),
        "id": drift.key,
    }

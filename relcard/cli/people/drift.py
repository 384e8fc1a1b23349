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
    from relcard.store.file.database import Connection

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
    if as_it_should_be or rest is not None:
        _check_answer(words, rest, as_it_should_be=as_it_should_be)
        _answer(desk, words, rest)
        return
    with desk.reading() as db:
        meant = who.some_contacts(db, [words]) if words else []
        asked = [
            drift
            for drift in warmth.find_drift(db, rules=desk.settings.circles, today=desk.today)
            if not words or drift.standing.contact_id in meant
        ]
        nothing = "" if asked else _nothing_asked(db, meant)
    if as_json:
        output.say_json("drift", [_drift_json(drift) for drift in asked])
    elif nothing:
        output.say(nothing)
    else:
        _say_drift(asked, everybody=everybody or bool(words))


def _check_answer(words: str, days: int | None, *, as_it_should_be: bool) -> None:
    """Raise `UsageError` unless there is one answer, and it is about somebody."""
    if days is not None and as_it_should_be:
        raise UsageError("Say --rest or --as-it-should-be, not both.", hint="A rest ends; the other stays.")
    if not words:
        raise UsageError("Of whom?", hint=f"For example: relcard drift anna --rest {_REST_DAYS}")


def _nothing_asked(db: Connection, meant: Sequence[int]) -> str:
    """Return what is said when nothing is asked, of those meant or of anybody."""
    if not contacts.count(db):
        return "  There are no contacts yet. Begin with: relcard import FILE.vcf"
    if meant:
        return f"  Nothing is asked about {_listed(contacts.names(db, meant).values())}."
    return "  Nobody has moved from the circle you gave. relcard warmth shows what there is."


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


_TITLES = {
    DriftDirection.QUIETER: "It has grown quiet between you",
    DriftDirection.CLOSER: "You have come closer than the circle says",
}


def _say_drift(drifts: Sequence[Drift], *, everybody: bool) -> None:
    directions = {
        direction: _together(drift for drift in drifts if drift.direction is direction)
        for direction in _TITLES
    }
    for direction, groups in directions.items():
        if groups:
            output.say()
            output.say(f"  {output.bold(_TITLES[direction])}")
            _say_groups(groups, len(groups) if everybody else _SHOWN)
    output.say()
    first = next(groups[0] for groups in directions.values() if groups)
    standing = first[0].standing
    name = quoted(output.clean(standing.name)) if len(first) == 1 else f"h{standing.household_id}"
    for answer, command in _answers(name).items():
        output.say(f"  {output.dim(output.pad(answer, 17))}{output.accent(command)}")
    if directions[DriftDirection.CLOSER]:
        output.say(output.dim("  A circle changes only when you say so: relcard circle CIRCLE WHO"))


def _say_groups(groups: Sequence[Sequence[Drift]], most: int) -> None:
    """Say of whom the same is asked, with the evidence; of more than `most` groups only how many they are."""
    columns = output.terminal_width()
    for group in groups[:most]:
        names = output.cut(_listed(drift.standing.name for drift in group), columns - 14)
        output.say(f"  {names}{output.dim(f'  {group[0].standing.circle.value}')}")
        for line in output.wrap(group[0].evidence, columns - 6):
            output.say(f"    {line}")
    if len(groups) > most:
        output.say(output.dim(f"  and {len(groups) - most} more: relcard drift --all"))


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

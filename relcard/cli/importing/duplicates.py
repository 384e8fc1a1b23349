"""Pairs that may be one contact, side by side: duplicates."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.full_screen import load_page
from relcard.cli.importing.pair_dialogue import sit_line_by_line
from relcard.cli.importing.side_by_side import say_line
from relcard.cli.people.contact_json import pair_json
from relcard.domain.importing.differences import DIFFERS
from relcard.domain.importing.differences import MORE
from relcard.errors import ExtraError
from relcard.errors import UsageError
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.find_duplicates import merge_command
from relcard.services.importing.find_duplicates import nearest_first
from relcard.services.importing.merge_contacts import compare_contacts
from relcard.services.importing.pair_sitting import PairSitting
from relcard.services.importing.pair_sitting import Verdict
from relcard.store import contacts
from relcard.store import merges
from relcard.store.file import backups
from relcard.store.file.database import session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.importing.differences import Difference
    from relcard.services.importing.merge_contacts import Comparison
    from relcard.store.file.database import Connection
    from relcard.store.merges import Origin

_NOBODY = "  No two contacts look like the same person."
_IN_BULK = "One by one: relcard duplicates; those with nothing to decide: relcard merge --alike"
_SHOWN = 10  # pairs at once
_CALLED = {"organisation": "work", "phonetic": "say it", "remembrance": "died"}


@click.command(short_help="Show pairs that look like the same person.")
@click.argument("who_", metavar="[WHO WHO]", nargs=-1)
@click.option("--not-same", is_flag=True, help="Say that the two named are not the same.")
@click.option("--all", "all_", is_flag=True, help=f"Every pair, not only the first {_SHOWN}.")
@click.option("--sit", is_flag=True, help="One pair on a page, one key for an answer.")
@params.as_json
@pass_desk
def duplicates(
    desk: Desk, who_: tuple[str, ...], not_same: bool, all_: bool, sit: bool, as_json: bool
) -> None:
    """Show pairs of contacts that look like the same person, side by side, with the reason.

    Those nearest to you come first. Nothing is merged alone: merge joins a pair, and --not-same remembers
    that two are not the same and never proposes them again. With two WHO, those two are shown.

    --sit goes through all pairs, one page and one key each: what a merge would make stands on the page, each
    answer is kept at once as a step of its own, and you may stop and go on another day. It needs a terminal;
    without the extra tui it asks line by line.
    """
    if sit:
        if who_ or not_same or all_ or as_json:
            raise UsageError("--sit is about all pairs, on the screen: it takes nothing besides.")
        _sit(desk)
    elif who_ or not_same:
        if len(who_) != 2:
            raise UsageError(
                "Which two?", hint='For example: relcard duplicates "Anna Nowak" "Ania Nowak" --not-same'
            )
        _two(desk, who_, not_same=not_same, as_json=as_json)
    else:
        _likely_pairs(desk, most=None if all_ else _SHOWN, as_json=as_json)


def _likely_pairs(desk: Desk, *, most: int | None, as_json: bool) -> None:
    """Show the likely pairs, the nearest to the user first; `most` is None for all of them."""
    with desk.reading() as db:
        pairs = nearest_first(db, find_duplicates(db))
        shown = [] if as_json else pairs[:most]
        looked_at = [_compare(db, pair.a.uid, pair.b.uid) for pair in shown]
        commands = [merge_command(db, compared.uids, compared.names) for compared in looked_at]
    if as_json:
        output.say_json("duplicates", [pair_json(pair) for pair in pairs])
    elif pairs:
        for number, (pair, compared, command) in enumerate(zip(shown, looked_at, commands, strict=True), 1):
            of_all = output.dim(f"  {number} of {len(pairs)}")
            output.say(f"  {output.bold(output.clean(pair.reason))}{of_all}")
            _say_pair(desk, compared, command)
        _say_more(len(pairs) - len(shown))
    else:
        output.say(_NOBODY)


def _say_pair(desk: Desk, compared: Comparison, command: str) -> None:
    _say_side_by_side(desk, compared)
    output.say(f"    {output.accent(output.clean(command))}")
    output.say()


def _say_more(left: int) -> None:
    """Say how the pairs that are not shown are seen, what the marks mean, and how two are kept apart."""
    if left:
        output.say(f"  and {left} more: {output.accent('relcard duplicates --all')}")
        output.say(f"  One key each, all in one sitting: {output.accent('relcard duplicates --sit')}")
    _say_legend()
    output.say(f"  Not the same: {output.accent('relcard duplicates WHO WHO --not-same')}")


def _sit(desk: Desk) -> None:
    def keep_copy() -> None:
        backups.keep_daily(desk.store, today=desk.today)

    with session(desk.store) as db:
        pairs = nearest_first(db, find_duplicates(db))
        if not pairs:
            output.say(_NOBODY)
            return
        sitting = PairSitting(db, pairs, desk.standpoint, before_change=keep_copy)
        _show_pairs(sitting, desk.today)
    if not desk.quiet:
        _tell(sitting)


def _show_pairs(sitting: PairSitting, today: date) -> None:
    """Show pair after pair until the user stops, line by line where there are no pages."""
    is_plain = os.environ.get("TERM") == "dumb"
    try:
        page = None if is_plain else load_page("pairs", what="this sitting", instead=_IN_BULK)
    except ExtraError:
        page = None
    if page is not None:
        page.PairsApp(sitting, today=today).keep_to_the_end()
    elif sys.stdin.isatty() and sys.stdout.isatty():
        sit_line_by_line(sitting, today, ask=lambda: click.prompt("    answer", default="l"))
    else:
        raise UsageError("This sitting asks, and there is no terminal here.", hint=_IN_BULK)


def _tell(sitting: PairSitting) -> None:
    answered = sitting.answered
    told = [
        f"{answered[verdict]} {verdict.value}" for verdict in (Verdict.ONE, Verdict.TWO) if answered[verdict]
    ]
    if told:
        output.say(f"  {' · '.join(told)}")
    if sitting.waiting:
        verb = "waits" if sitting.waiting == 1 else "wait"
        left = f"{output.plural(sitting.waiting, 'pair')} still {verb}"
        output.say(f"  {left}   {output.accent('relcard duplicates --sit')}")
    else:
        output.say("  No pair waits any more.")
    if told:
        output.say(output.dim("  Take the last answer back with: relcard undo"))


def _two(desk: Desk, who_: Sequence[str], *, not_same: bool, as_json: bool) -> None:
    with desk.reading() as db:
        first, second = two_contacts(db, who_)
        compared = _compare(db, contacts.uid_of(db, first), contacts.uid_of(db, second))
        command = merge_command(db, compared.uids, compared.names)
    if not_same:
        with desk.changing(f"duplicates {' '.join(who_)} --not-same") as db:
            merges.say_not_same(db, first, second, today=desk.today)
        if not desk.quiet and not as_json:
            output.say(
                f"  not the same: {output.clean(compared.names[0])} and {output.clean(compared.names[1])}"
            )
    if as_json:
        output.say_json(
            "duplicates",
            [
                {
                    "who": list(compared.uids),
                    "names": list(compared.names),
                    "reason": "not the same, as you said" if not_same else "",
                    "differences": [_difference_json(difference) for difference in compared.differences],
                }
            ],
        )
    elif not not_same:
        _say_pair(desk, compared, command)
        _say_legend()


def two_contacts(db: Connection, who_: Sequence[str]) -> tuple[int, int]:
    """Return the two contacts meant. One name said twice means the two who bear it, the older first."""
    if who_[0] == who_[1]:
        namesakes = sorted(contacts.find(db, who_[0]))
        if len(namesakes) == 2:
            return namesakes[0], namesakes[1]
    return who.one_contact(db, who_[0]), who.one_contact(db, who_[1])


def _compare(db: Connection, first: str, second: str) -> Comparison:
    ids = contacts.id_of_uid(db, first), contacts.id_of_uid(db, second)
    assert ids[0] is not None  # noqa: S101  the UIDs were read from this store
    assert ids[1] is not None  # noqa: S101
    return compare_contacts(db, ids[0], ids[1])


def _say_side_by_side(desk: Desk, compared: Comparison) -> None:
    say_line("", "from", [_said_origins(desk, origins) for origins in compared.origins])
    for line in compared.lines:
        say_line(line.mark, _CALLED.get(line.label, line.label.rpartition(".")[2]), (line.first, line.second))


def _said_origins(desk: Desk, origins: Sequence[Origin]) -> str:
    if not origins:
        return "you"
    return "\n".join(
        f"{origin.source}, {output.plain_day(origin.imported_on, desk.today)}" for origin in origins
    )


def _say_legend() -> None:
    output.say(output.dim(f"  {DIFFERS} only one can stand, and merge asks which   {MORE} both are kept"))


def _difference_json(difference: Difference) -> output.Json:
    return {"field": difference.field, "first": difference.first, "second": difference.second}

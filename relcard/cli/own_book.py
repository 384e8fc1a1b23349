"""What is said of one row of the own book: on both laptops of a list, or here alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.cli.params import Decorator

ours_option = click.option(
    "--ours/--mine",
    default=None,
    help="Of a list on two laptops: it is on both, or here alone, whatever becomes of its kind.",
)


def keep_option(what: str) -> Decorator:
    """Return the option that names a note or an entry that is there, of which --ours or --mine is said."""
    words = f"Say --ours or --mine of WHO's {what} N; show WHO --full numbers them."
    return click.option("--keep", type=int, metavar="N", help=words)


def insisted(ours: bool | None, command: str) -> bool:
    """Return where a row that is there belongs. Raises `UsageError` where it was not said."""
    if ours is None:
        raise UsageError("On both laptops, or here alone?", hint=f"{command} --ours, or --mine")
    return ours


def in_words(ours: bool, *, dry_run: bool = False) -> str:
    """Return what a row is from now on."""
    return f"{'would be' if dry_run else 'is'} {'ours: on both laptops' if ours else 'mine: here alone'}"


def mark(table: str, ours: bool | None, kinds: frozenset[str] | None, channel: str = "") -> str:
    """Return " (mine)" behind what goes another way than its kind, "" where it does not."""
    if ours is None or kinds is None:
        return ""
    from relcard.domain.sharing.travelling import marked  # noqa: PLC0415  3 ms, where something was said

    word = marked(table, ours, kinds, channel)
    return f" ({word})" if word else ""

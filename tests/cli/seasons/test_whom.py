"""Whom a command is for, as it is typed."""

from __future__ import annotations

import click
from click.testing import CliRunner

from relcard.cli.seasons.whom import Whom
from relcard.cli.seasons.whom import takes_ordered_whom
from relcard.cli.seasons.whom import takes_whom


@click.command()
@takes_whom
def plain(whom: Whom) -> None:
    """Say whom."""
    click.echo(repr(whom))


@click.command()
@takes_ordered_whom
def ordered(whom: Whom) -> None:
    """Say whom, in which order."""
    click.echo(repr(whom))


def test_what_is_typed_is_one_value() -> None:
    """Words, a season, a segment and everybody; the order where a command takes one."""
    typed = ["ann", "tom", "--season", "christmas-2026", "--segment", "choir", "--all"]
    whom = Whom(who=("ann", "tom"), season="christmas-2026", segment="choir", everybody=True)
    assert CliRunner().invoke(plain, typed).output == f"{whom}\n"
    assert CliRunner().invoke(ordered, ["--order", "name"]).output == f"{Whom(order='name')}\n"


def test_nothing_typed_is_nobody_in_particular() -> None:
    """The open season is what a command takes then."""
    assert CliRunner().invoke(plain, []).output == f"{Whom()}\n"

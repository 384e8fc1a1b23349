"""Options gathered into one value."""

from __future__ import annotations

from dataclasses import dataclass

import click
from click.testing import CliRunner

from relcard.cli import params


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a cook is told."""

    who: tuple[str, ...]
    salt: bool
    pepper: str = "black"


takes_wish = params.gathered(
    Wish,
    "wish",
    click.argument("who_", metavar="[WHO...]", nargs=-1),
    click.option("--salt", is_flag=True),
    params.as_json,
)


@click.command()
@takes_wish
@click.option("--hot", is_flag=True)
def cook(wish: Wish, as_json: bool, hot: bool) -> None:
    """Cook."""
    click.echo(f"{wish} {as_json} {hot}")


def test_options_fill_the_fields_of_their_names_and_the_rest_goes_to_the_command() -> None:
    result = CliRunner().invoke(cook, ["ann", "tom", "--salt", "--hot"])
    wish = Wish(who=("ann", "tom"), salt=True, pepper="black")
    assert result.output == f"{wish} False True\n"


def test_the_help_has_the_options_in_the_order_they_were_named() -> None:
    names = [param.name for param in cook.params]
    assert names == ["who_", "salt", "as_json", "hot"]

"""PDFs to print: a module for each kind of paper, loaded when that one is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from relcard.cli.chapters import PRINTED
from relcard.cli.chapters import function_of


class Papers(click.Group):
    """A group that loads the module of one paper: each draws with libraries of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the papers in the order of the help."""
        return list(PRINTED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one paper."""
        if cmd_name not in PRINTED:
            return None
        module = import_module(f"relcard.cli.printing.{PRINTED[cmd_name]}")
        command = getattr(module, function_of(cmd_name))
        assert isinstance(command, click.Command)  # noqa: S101  the table of papers is ours
        return command


@click.group("print", cls=Papers, short_help="Make PDFs: cards, labels, envelopes, crib.")
def print_() -> None:
    """Make PDFs to print at 100 % ("actual size"). Before labels, look at: relcard preflight."""

"""A group of commands of which one stands for the group itself."""

from __future__ import annotations

import click


class AddFirst(click.Group):
    """A group that adds where no subcommand is named: `day WHO WHAT DAY` is `day add WHO WHAT DAY`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hand words that name no subcommand to the adding."""
        if args and args[0] not in (*self.commands, "--help", "-h"):
            args = ["add", *args]
        return super().parse_args(ctx, args)


class ShowFirst(click.Group):
    """A group that shows where no subcommand is named: `draft WHO` draws, `draft edit WHO` edits."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take the first word for a subcommand only when there is one of that name."""
        if args and args[0] not in self.commands:
            return "show", self.commands["show"], args
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of showing, which stands for the group itself."""
        with formatter.section("Options"):
            shown = self.commands["show"].get_params(ctx)
            formatter.write_dl([row for parameter in shown if (row := parameter.get_help_record(ctx))])
        self.format_commands(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hand options that stand before WHO to the showing."""
        if "--help" not in args and "-h" not in args and (not args or args[0] not in self.commands):
            args = ["show", *args]
        return super().parse_args(ctx, args)

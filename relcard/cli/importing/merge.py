"""Two contacts made one: merge."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.importing.duplicates import two_contacts
from relcard.domain.importing.differences import Side
from relcard.services.importing.merge_contacts import compare_contacts
from relcard.services.importing.merge_contacts import merge_alike
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.store.file import backups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relcard.cli.desk import Desk
    from relcard.services.importing.merge_contacts import Comparison


class _FieldChoice(click.ParamType[tuple[str, Side]]):
    """A field and the side that stands: name=second."""

    name = "field=side"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Side]:
        """Read the field and the side."""
        field, _, side = str(value).rpartition("=")
        if not field or side not in {one.value for one in Side}:
            self.fail(f'"{value}" is no choice; write it as name=first or name=second.', param, ctx)
        return field, Side(side)


@click.command(short_help="Make one contact of two.")
@click.argument("who_", metavar="WHO WHO", nargs=-1)
@click.option(
    "--alike", is_flag=True, help="All pairs of one name and more in common, with nothing to decide."
)
@click.option(
    "--take", type=click.Choice(["first", "second", "newer"]), help="Whose value stands where they differ."
)
@click.option(
    "--set",
    "chosen",
    type=_FieldChoice(),
    metavar="FIELD=first|second",
    multiple=True,
    help="The same, of one field.",
)
@params.dry_run
@params.as_json
@pass_desk
def merge(
    desk: Desk,
    who_: tuple[str, ...],
    alike: bool,
    take: str | None,
    chosen: tuple[tuple[str, Side], ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make one contact of two; the first named survives, with everything the second knew.

    Phones, addresses, notes, facts, seasons and what passed between you are kept of both. Where only one
    value can stand (name, birthday, circle ...) and they differ, relcard asks, or --take and --set answer.
    Both vCards are kept, and importing either again finds the one contact. undo takes it back.

    --alike does so for all pairs that share a name and an address, e-mail, phone or birthday and differ in
    nothing of which one value can stand, in one step; look first with --dry-run.
    """
    if alike:
        if who_ or take or chosen:
            raise click.UsageError("--alike is about all pairs: it takes no WHO, --take or --set.")
        _merge_alike(desk, dry_run=dry_run, as_json=as_json)
    elif len(who_) != len(Side):
        raise click.UsageError("Name two contacts, or say --alike.")
    else:
        _merge_two(desk, (who_[0], who_[1]), take, dict(chosen), dry_run=dry_run, as_json=as_json)


def _merge_two(
    desk: Desk,
    who_: tuple[str, str],
    take: str | None,
    answers: dict[str, Side],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    with desk.reading() as db:
        first, second = two_contacts(db, who_)
        compared = compare_contacts(db, first, second) if first != second else None
    if compared is not None:
        answers = _answered(compared, take, answers)
    with desk.changing(f"merge {' '.join(who_)}", dry_run=dry_run) as db:
        done = merge_contacts(db, first, second, take=answers, today=desk.today)
        if not dry_run:
            backups.keep_daily(desk.store, today=desk.today)  # as it stands until this step ends
    if as_json:
        output.say_json(
            "contact",
            {"uid": done.uid, "name": done.name},
            merged={"uid": done.gone_uid, "name": done.gone_name},
            decided={field: side.value for field, side in answers.items()},
        )
    elif not desk.quiet:
        verb = "would be" if dry_run else "is"
        output.say(f"  {output.clean(done.name)} {verb} one contact now, with what both knew.")
        if compared is not None:
            _say_decided(compared, answers)
        if not dry_run:
            output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _answered(compared: Comparison, take: str | None, answers: dict[str, Side]) -> dict[str, Side]:
    """Return which side stands in each field: as --set has it, else --take, else as the user answers now."""
    if take is not None:
        side = compared.newer if take == "newer" else Side(take)
        return {difference.field: side for difference in compared.differences} | answers
    return answers | _ask(compared, answers) if on_terminal() else answers


def _say_decided(compared: Comparison, answers: Mapping[str, Side]) -> None:
    differences = {difference.field: difference for difference in compared.differences}
    for field, side in answers.items():
        stands = differences[field].first if side is Side.FIRST else differences[field].second
        output.say(output.dim(f"  {field}: {output.clean(output.cut(stands, 60))}"))


def _merge_alike(desk: Desk, *, dry_run: bool, as_json: bool) -> None:
    with desk.changing("merge --alike", dry_run=dry_run) as db:
        done = merge_alike(db, today=desk.today)
        if done and not dry_run:
            backups.keep_daily(desk.store, today=desk.today)  # as it stands until this step ends
    if as_json:
        merged = [
            {"uid": pair.uid, "name": pair.name, "merged": {"uid": pair.gone_uid, "name": pair.gone_name}}
            for pair in done
        ]
        output.say_json("merges", merged)
    elif not done:
        output.say("  No pair is alike with nothing to decide. relcard duplicates shows the others.")
    elif not desk.quiet:
        for pair in done:
            written = f" (and {output.clean(pair.gone_name)})" if pair.gone_name != pair.name else ""
            output.say(f"  {output.clean(pair.name)}{written}")
        verb = "would become" if dry_run else "became"
        output.say(f"  {output.plural(len(done), 'pair')} {verb} one contact each")
        if not dry_run:
            output.say(f"  Take it back with: {output.accent('relcard undo')}")


def on_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(compared: Comparison, answered: Mapping[str, Side]) -> dict[str, Side]:
    """Ask field by field, only where the two differ and no option has answered."""
    answers = {}
    for difference in compared.differences:
        if difference.field in answered:
            continue
        output.say(f"  {difference.field}", err=True)
        for number, value in enumerate((difference.first, difference.second), start=1):
            output.say(f"    {number}  {output.clean(value)}", err=True)
        number = click.prompt(
            "  Which stands", type=click.IntRange(1, 2), default=1, err=True, show_choices=False
        )
        answers[difference.field] = Side.FIRST if number == 1 else Side.SECOND
    return answers

"""The printed words: list, copy and check templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.files import write_atomically
from relcard.settings import templates_beside
from relcard.templating.templates import list_templates

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.services.seasons.check_template import TemplateReading


def _folders(desk: Desk) -> tuple[Path, ...]:
    folder = Path(templates_beside(desk.store))
    return (folder,) if folder.is_dir() else ()


@click.group(short_help="The printed words: list, copy, check.")
def template() -> None:
    """Templates are the few printed words of a greeting. No note, fact or name can enter one."""


@template.command("list", short_help="List templates.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List templates, yours before those that came with relcard."""
    templates = list_templates(_folders(desk))
    if as_json:
        output.say_json(
            "templates",
            [{"name": each.name, "occasion": each.occasion, "language": each.language} for each in templates],
        )
        return
    output.table(
        ("occasion", "language", "template", ""),
        [
            (each.occasion, each.language, each.name, "" if each.is_packaged else "yours")
            for each in templates
        ],
    )


@template.command(short_help="Copy a template to change it.")
@click.argument("name")
@pass_desk
def copy(desk: Desk, name: str) -> None:
    """Copy a template into your own folder, where your version wins."""
    names = (name, f"{name}.txt.j2")
    packaged = next((each for each in list_templates() if each.name in names), None)
    if packaged is None:
        raise NotFoundError(f"There is no template {name}.", hint="relcard template list names them.")
    target = Path(templates_beside(desk.store)) / packaged.name
    if target.exists():
        raise UsageError(f"{target} is there already.", hint="Edit it, or move it away first.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(target, packaged.path.read_bytes())
    output.say(f"  {output.clean(str(target))}")


@template.command(short_help="Check a template.")
@click.argument("file", type=click.Path(path_type=Path))
@pass_desk
def check(desk: Desk, file: Path) -> None:
    """Check a template: what it may know, what it says, and how it reads in every tone.

    What print cards would refuse is refused here, before the season: a signature, a letter no font has, words
    too wide or too tall for the card of your settings.
    """
    # Paper and its libraries: 200 ms that listing templates does without.
    from relcard.services.seasons.check_template import OnCards  # noqa: PLC0415
    from relcard.services.seasons.check_template import check_template  # noqa: PLC0415

    if not file.exists():
        raise NotFoundError(f"There is no file {file}.", hint="relcard template copy NAME starts one.")
    settings = desk.settings
    cards = OnCards(
        size=desk.card_size(),
        hand=settings.hand,
        circles=settings.circles,
        folders=_folders(desk),
        sender_names=settings.sender.names,
    )
    readings = {(each.printed, each.remarks): each for each in reversed(check_template(file, cards))}
    for reading in reversed(readings.values()):
        _say(reading)


def _say(reading: TemplateReading) -> None:
    context, printed = reading.context, reading.printed
    output.say(output.dim(f"  {context.tone}, for {context.number}, {context.formality}"))
    for line in (*printed.front.split("\n"), "---", *printed.inside.split("\n")):
        output.say(f"    {output.clean(line)}")
    for remark in reading.remarks:
        output.say(output.dim(f"    a second look: “{output.clean(remark.line)}” {remark.reason}"))

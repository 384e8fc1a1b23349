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
from relcard.settings import templates_beside

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


def _folders(desk: Desk) -> list[Path]:
    folder = Path(templates_beside(desk.store))
    return [folder] if folder.is_dir() else []


@click.group(short_help="The printed words: list, copy, check.")
def template() -> None:
    """Templates are the few printed words of a greeting. No note, fact or name can enter one."""


@template.command("list", short_help="List templates.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List templates, yours before those that came with relcard."""
    from relcard.templating import list_templates

    found = list_templates(_folders(desk))
    if as_json:
        output.say_json(
            "templates",
            [{"name": one.name, "occasion": one.occasion, "language": one.language} for one in found],
        )
        return
    output.table(
        ("occasion", "language", "template", ""),
        [(one.occasion, one.language, one.name, "" if one.is_packaged else "yours") for one in found],
    )


@template.command(short_help="Copy a template to change it.")
@click.argument("name")
@pass_desk
def copy(desk: Desk, name: str) -> None:
    """Copy a template into your own folder, where your version wins."""
    from relcard.files import write_atomically
    from relcard.templating import list_templates

    one = next((one for one in list_templates([]) if one.name in (name, f"{name}.txt.j2")), None)
    if one is None:
        raise NotFoundError(f"There is no template {name}.", hint="relcard template list names them.")
    target = Path(templates_beside(desk.store)) / one.name
    if target.exists():
        raise UsageError(f"{target} is there already.", hint="Edit it, or move it away first.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(target, one.path.read_bytes())
    output.say(f"  {output.clean(str(target))}")


@template.command(short_help="Check a template.")
@click.argument("file", type=click.Path(path_type=Path))
@pass_desk
def check(desk: Desk, file: Path) -> None:
    """Check a template: what it may know, and how it reads in every tone."""
    from relcard.templating import check_template

    if not file.exists():
        raise NotFoundError(f"There is no file {file}.", hint="relcard template copy NAME starts one.")
    shown: set[tuple[str, str]] = set()
    for context, printed in check_template(file, _folders(desk)):
        if (printed.front, printed.inside) in shown:
            continue
        shown.add((printed.front, printed.inside))
        output.say(output.dim(f"  {context.tone}, for {context.number}, {context.formality}"))
        for line in (*printed.front.split("\n"), "---", *printed.inside.split("\n")):
            output.say(f"    {output.clean(line)}")

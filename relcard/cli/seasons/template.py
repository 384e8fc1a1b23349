"""The printed words: list, copy and check templates."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.seasons import tone
from relcard.domain.occasions import OCCASIONS
from relcard.domain.seasons.tone.rules import check_switched
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.files import write_atomically
from relcard.settings import templates_beside
from relcard.templating.templates import list_templates
from relcard.templating.templates import template_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.seasons.check_template import TemplateReading
    from relcard.templating.templates import TemplateGrid


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
    """Show which occasions have words in which languages, and where there are none yet.

    For a gap the words are English, where no other language of yours has them.
    """
    if as_json:
        output.say_json(
            "templates",
            [
                {
                    "name": each.name,
                    "occasion": each.occasion,
                    "language": each.language,
                    "own": not each.is_packaged,
                }
                for each in list_templates(_folders(desk))
            ],
        )
        return
    grid = template_grid(_folders(desk))
    column = max(map(len, grid.languages)) + 1
    for languages in _side_by_side(grid, column):
        heads = "".join(language.ljust(column) for language in languages)
        output.table(
            ("", heads.rstrip()),
            [(occasion, _marks(grid, occasion, languages, column)) for occasion in grid.occasions],
        )
        output.say()
    output.say(f"  {_OURS} came with relcard   {_YOURS} yours   {_GAP} none: English is printed")
    output.say(output.dim("  relcard template copy christmas.en starts one of your own"))


_OURS, _YOURS, _GAP = "x", "Y", "·"


def _marks(grid: TemplateGrid, occasion: str, languages: Sequence[str], column: int) -> str:
    """Return a row of marks; where another occasion lends its words in all languages, which one."""
    known = OCCASIONS.get(occasion)
    if known and known.stand_in and not any(occasion == place for place, _ in grid.places):
        return f"as {known.stand_in}"
    return "".join(_mark(grid, occasion, language).ljust(column) for language in languages).rstrip()


def _mark(grid: TemplateGrid, occasion: str, language: str) -> str:
    template = grid.places.get((occasion, language))
    if template is None:
        return _GAP
    return _OURS if template.is_packaged else _YOURS


def _side_by_side(grid: TemplateGrid, column: int) -> list[tuple[str, ...]]:
    """Return the languages in as many blocks as the terminal needs, of about one size."""
    fit = max(1, (output.terminal_width() - 4 - max(map(len, grid.occasions))) // column)
    each = ceil(len(grid.languages) / ceil(len(grid.languages) / fit))
    return [grid.languages[start : start + each] for start in range(0, len(grid.languages), each)]


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


@template.command(short_help="Check a template, or list the rules of tone.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--rules", is_flag=True, help="List the rules of tone, each with its reason and an example.")
@params.allow
@params.as_json
@pass_desk
def check(desk: Desk, file: Path | None, rules: bool, allow: tuple[str, ...], as_json: bool) -> int:
    """Check a template: what it may know, what it says, and how it reads in every tone.

    What print cards would refuse is refused here, before the season: a signature, a letter no font has, words
    too wide or too tall for the card of your settings. What would make a friend feel processed is said, by
    the rules that --rules lists; the setting tone.off switches one off for good.
    """
    off = check_switched((*desk.settings.tone.off, *allow))
    if rules is (file is not None):
        raise UsageError("Name a file or --rules.", hint="For example: relcard template check --rules")
    if file is None:
        tone.say_rules(off, desk.settings.language, as_json=as_json)
        return 0
    readings = _readings(desk, file, off)
    if as_json:
        output.say_json("readings", [_as_dict(reading) for reading in readings])
    else:
        for reading in readings:
            _say(reading)
    return 5 if any(reading.remarks for reading in readings) else 0


def _readings(desk: Desk, file: Path, off: frozenset[str]) -> list[TemplateReading]:
    """Return each way a template reads once. Raises `NotFoundError`, and what `check_template` does."""
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
        off=off,
    )
    readings = {(each.printed, each.remarks): each for each in reversed(check_template(file, cards))}
    return [*reversed(readings.values())]


def _as_dict(reading: TemplateReading) -> output.Json:
    return {
        "tone": reading.context.tone,
        "number": reading.context.number,
        "formality": reading.context.formality,
        "front": reading.printed.front,
        "inside": reading.printed.inside,
        "remarks": [tone.as_dict(remark) for remark in reading.remarks],
    }


def _say(reading: TemplateReading) -> None:
    context, printed = reading.context, reading.printed
    output.say(output.dim(f"  {context.tone}, for {context.number}, {context.formality}"))
    for line in (*printed.front.split("\n"), "---", *printed.inside.split("\n")):
        output.say(f"    {output.clean(line)}")
    tone.say_remarks(reading.remarks)

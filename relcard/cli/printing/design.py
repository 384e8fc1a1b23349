"""The looks of greeting cards: list, copy and check designs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.files import write_atomically
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.design_library import list_broken
from relcard.paper.fronts.design_library import list_designs
from relcard.paper.fronts.design_library import own_folder
from relcard.settings import templates_beside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.cli.desk import Desk
    from relcard.paper.fronts.design import Design


def folders(desk: Desk) -> tuple[Path, ...]:
    """Return the user's own template folder, in which designs stand, if there is one."""
    folder = Path(templates_beside(desk.store))
    return (folder,) if folder.is_dir() else ()


@click.group(short_help="The looks of greeting cards: list, copy, check.")
def design() -> None:
    """Designs are how the front of a greeting card looks. No word of anybody stands in one."""


@design.command("list", short_help="List designs, or draw them.")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Draw each as a PNG file in this folder.",
)
@click.option("-o", "path", type=params.OUT_FILE, metavar="FILE.png", help="Draw all of them on one picture.")
@click.option("--card", metavar="SIZE", help="The size they are drawn in; else as the settings have it.")
@params.as_json
@pass_desk
def list_(desk: Desk, pictures: Path | None, path: str | None, card: str | None, as_json: bool) -> int:
    """List designs, yours in the place of those that came with relcard."""
    designs, broken = list_designs(folders(desk)), list_broken(folders(desk))
    is_drawn = pictures is not None or path is not None
    if as_json:
        output.say_json("designs", [_as_json(design) for design in designs])
    elif not is_drawn:
        output.table(("design", "", "for", ""), [_row(design) for design in designs], flexible=1)
    if is_drawn:
        broken += _draw(desk, designs, pictures, path, card, quiet=as_json)
    for name, reason in broken:
        output.say(f"  {output.clean(name)} cannot be used: {output.clean(reason)}", err=True)
        output.say(output.dim(f"  Everything in it: relcard design check {output.clean(name)}"), err=True)
    return 5 if broken else 0


@design.command(short_help="Copy a design to change it.")
@click.argument("name")
@pass_desk
def copy(desk: Desk, name: str) -> None:
    """Copy a design into your own folder, where your version wins."""
    folder = find_design(name).folder
    target = own_folder(Path(templates_beside(desk.store))) / folder.name
    if target.exists():
        raise UsageError(f"{target} is there already.", hint="Edit it, or move it away first.")
    _make_folder(target, mode=0o700)
    for file in sorted(folder.iterdir()):
        if file.is_file():
            write_atomically(target / file.name, file.read_bytes())
    output.say(f"  {output.clean(str(target))}")
    output.say(output.dim("  Look at it with: ") + output.accent(f"relcard design check {target.name}"))


@design.command(short_help="Check a design.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--card", metavar="SIZE", help="The size it is checked for; else as the settings have it.")
@pass_desk
def check(desk: Desk, folder: Path, card: str | None) -> int:
    """Check a design: its card.toml, its art, and how fine a picture is on paper.

    FOLDER is a folder, or the name of one of yours.
    """
    from relcard.services.printing.designs import check_design  # noqa: PLC0415  reportlab: 110 ms

    own = Path(templates_beside(desk.store)) / "designs" / folder
    # A name that is too long is no folder either.
    place = next((place for place in (folder, own) if os.path.isdir(place)), None)  # noqa: PTH112
    if place is None:
        raise NotFoundError(f"There is no folder {folder}.", hint="relcard design copy NAME starts one.")
    size = desk.card_size(card)
    problems = check_design(place, size)
    for problem in problems:
        output.say(f"  {output.clean(problem)}")
    if not problems:
        output.say(
            f"  {output.clean(place.name)} is sound; on {size.name} every word and line has its place."
        )
    return 5 if problems else 0


def _draw(
    desk: Desk,
    designs: list[Design],
    pictures: Path | None,
    path: str | None,
    card: str | None,
    *,
    quiet: bool,
) -> list[tuple[str, str]]:
    """Write the pictures and say where they are; return the designs that cannot be drawn, with the reason."""
    # reportlab, PIL and pypdfium2: 250 ms that a list in words spares
    from relcard.services.printing.designs import picture_designs  # noqa: PLC0415

    names = () if pictures is None else ("all", *(design.name for design in designs))
    _check_places(pictures, [*([path] if path else []), *(f"{pictures}/{name}.png" for name in names)])
    sheet, each, broken = picture_designs(
        designs,
        desk.card_size(card),
        language=desk.settings.language,
        year=desk.today.year,
        folders=folders(desk),
        each=pictures is not None,
    )
    files = {} if path is None else {Path(path): sheet}
    if pictures is not None:
        files |= {pictures / f"{name}.png": data for name, data in (("all", sheet), *each)}
    if pictures is not None:
        _make_folder(pictures)
    for place, data in files.items():
        write_atomically(place, data)
    if not quiet and not desk.quiet:
        _say_drawn(pictures, path, len(each))
    return broken


def _check_places(pictures: Path | None, files: Iterable[str]) -> None:
    """Raise `UsageError` where something else stands than pictures of designs."""
    from relcard.paper.preview import may_be_replaced  # noqa: PLC0415  PIL: 250 ms that a list in words spares

    # A name that is too long is refused when the folder is made.
    if pictures is not None and os.path.lexists(pictures) and not os.path.isdir(pictures):  # noqa: PTH112
        raise UsageError(f"{pictures} is no folder.", hint="Name a folder; it is made when it is not there.")
    for place in files:
        if not may_be_replaced(Path(place)):
            raise UsageError(
                f"{place} is there already and is no picture of designs; nothing was drawn.",
                hint="Name another file or folder, or move it away first.",
            )


def _say_drawn(pictures: Path | None, path: str | None, number: int) -> None:
    if path is not None:
        output.say(f"  {output.clean(path)}")
    if pictures is not None:
        designs = output.plural(number, "design")
        output.say(f"  {output.clean(f'{pictures}/  {designs}, and all on one: all.png')}")


def _make_folder(folder: Path, mode: int = 0o777) -> None:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make the folder {folder}: {error.strerror or error}.",
            hint="Move what stands in its way, or choose another place.",
        ) from error


def _row(design: Design) -> tuple[str, str, str, str]:
    return design.name, design.title, _occasions(design), "" if design.is_packaged else "yours"


def _occasions(design: Design) -> str:
    return ", ".join(design.occasions) if design.occasions else "any occasion"


def _as_json(design: Design) -> output.Json:
    return {
        "name": design.name,
        "title": design.title,
        "occasions": list(design.occasions),
        "default_for": list(design.default_for),
        "layout": design.layout.value,
        "takes_photo": design.layout.takes_photo,
        "careful": design.careful,
        "yours": not design.is_packaged,
    }

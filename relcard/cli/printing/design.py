"""The looks of greeting cards: list, copy and check designs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.settings import templates_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.photos import Photo
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient

_PHOTO_DESIGN = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was said of the front of the cards of one run."""

    design: str | None
    photo: Path | None
    focus: tuple[float, float] | None


class Focus(click.ParamType[tuple[float, float]]):
    """A point of a picture: 0.5,0.3 is in the middle of its width, a little above that of its height."""

    name = "point"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        """Read the point."""
        if isinstance(value, tuple):
            return value
        try:
            x, y = (float(one) for one in str(value).split(","))
        except ValueError:
            self.fail(f'"{value}" is no point; write it as 0.5,0.3.', param, ctx)
        if not (0 <= x <= 1 and 0 <= y <= 1):
            self.fail(f'"{value}" lies outside the picture; both run from 0 to 1.', param, ctx)
        return x, y


# The options of the front of a card, as one argument `look`.
takes_look = params.gathered(
    Look,
    "look",
    click.option("--design", "design_", metavar="NAME", help="The look of the front: relcard design list"),
    click.option(
        "--photo",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Your picture on the front (JPEG, PNG, WEBP, TIFF).",
    ),
    click.option("--focus", type=Focus(), metavar="X,Y", help="What to keep of it when it is cut: 0.5,0.3."),
)


def with_look(desk: Desk, look: Look, wanted: Wanted, recipients: Sequence[Recipient]) -> Wanted:
    """Return what is drafted with the look that was said, and warn of a coarse picture.

    Raises `NotFoundError` for a design nobody made, `UsageError` for a picture that cannot be used with it.
    """
    from relcard.paper.fronts.design_library import find_design

    if look.photo is None and look.focus is not None:
        raise UsageError("--focus is a point of a picture.", hint="Name the picture: --photo FILE")
    if look.design is None and look.photo is None:
        return wanted
    chosen = find_design(look.design or _PHOTO_DESIGN, wanted.folders)
    _tell_of_the_careful(desk, chosen, wanted, recipients)
    return replace(wanted, design=chosen, photo=_photo(look, chosen, wanted))


def _photo(look: Look, design: Design, wanted: Wanted) -> Photo | None:
    from relcard.paper.fronts.front import set_front
    from relcard.paper.fronts.photos import CENTRE
    from relcard.paper.fronts.photos import GOOD_DPI
    from relcard.paper.fronts.photos import open_photo

    photo = None if look.photo is None else open_photo(look.photo, look.focus or CENTRE)
    dpi = set_front("A", design, wanted.size, photo).dpi  # refused once, before anybody's card is set
    if photo is not None and dpi is not None and dpi < GOOD_DPI:
        output.say(
            f"  {output.clean(photo.path.name)} has {dpi:.0f} pixels an inch on {wanted.size.name};"
            f" {GOOD_DPI} and more look sharp.",
            err=True,
        )
    return photo


def _tell_of_the_careful(desk: Desk, design: Design, wanted: Wanted, recipients: Sequence[Recipient]) -> None:
    """Say on the side that households in their careful year get a plain front instead."""
    names = [one.household.addressee for one in recipients if one.household.careful and not wanted.cheer]
    if names and not design.careful and not desk.quiet:
        output.say(
            output.dim("  A plain front, in a careful year: " + output.clean(", ".join(names))), err=True
        )


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
    from relcard.paper.fronts.design_library import list_broken
    from relcard.paper.fronts.design_library import list_designs

    found, broken = list_designs(folders(desk)), list_broken(folders(desk))
    if as_json:
        output.say_json("designs", [_as_json(one) for one in found])
    elif pictures is None and path is None:
        output.table(
            ("design", "", "for", ""),
            [(one.name, one.title, _occasions(one), "" if one.is_packaged else "yours") for one in found],
            flexible=1,
        )
    if pictures is not None or path is not None:
        broken += _draw(desk, found, pictures, path, card, quiet=as_json)
    for name, reason in broken:
        output.say(f"  {output.clean(name)} cannot be used: {output.clean(reason)}", err=True)
        output.say(output.dim(f"  Everything in it: relcard design check {output.clean(name)}"), err=True)
    return 5 if broken else 0


@design.command(short_help="Copy a design to change it.")
@click.argument("name")
@pass_desk
def copy(desk: Desk, name: str) -> None:
    """Copy a design into your own folder, where your version wins."""
    from relcard.files import write_atomically
    from relcard.paper.fronts.design_library import find_design
    from relcard.paper.fronts.design_library import own_folder

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
    from relcard.services.printing.check_design import check_design

    own = Path(templates_beside(desk.store)) / "designs" / folder
    # A name that is too long is no folder either.
    found = [one for one in (folder, own) if os.path.isdir(one)]  # noqa: PTH112
    if not found:
        raise NotFoundError(f"There is no folder {folder}.", hint="relcard design copy NAME starts one.")
    folder = found[0]
    size = desk.card_size(card)
    problems = check_design(folder, size)
    for problem in problems:
        output.say(f"  {output.clean(problem)}")
    if not problems:
        output.say(
            f"  {output.clean(folder.name)} is sound; on {size.name} every word and line has its place."
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
    from relcard.files import write_atomically
    from relcard.paper.preview import may_be_replaced
    from relcard.services.printing.picture_designs import picture_designs

    size = desk.card_size(card)
    sheet, each, broken = picture_designs(
        designs,
        size,
        language=desk.settings.language,
        year=desk.today.year,
        folders=folders(desk),
        each=pictures is not None,
    )
    # A name that is too long is refused when the folder is made.
    if pictures is not None and os.path.lexists(pictures) and not os.path.isdir(pictures):  # noqa: PTH112
        raise UsageError(f"{pictures} is no folder.", hint="Name a folder; it is made when it is not there.")
    places = [] if path is None else [Path(path)]
    places += [] if pictures is None else [pictures / f"{name}.png" for name, _ in (("all", b""), *each)]
    for place in places:
        if not may_be_replaced(place):
            raise UsageError(
                f"{place} is there already and is no picture of designs; nothing was drawn.",
                hint="Name another file or folder, or move it away first.",
            )
    written = []
    if path is not None:
        write_atomically(Path(path), sheet)
        written.append(path)
    if pictures is not None:
        _make_folder(pictures)
        for name, data in (("all", sheet), *each):
            write_atomically(pictures / f"{name}.png", data)
        written.append(f"{pictures}/  {output.plural(len(each), 'design')}, and all on one: all.png")
    for line in () if quiet or desk.quiet else written:
        output.say(f"  {output.clean(line)}")
    return broken


def _make_folder(folder: Path, mode: int = 0o777) -> None:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make the folder {folder}: {error.strerror or error}.",
            hint="Move what stands in its way, or choose another place.",
        ) from error


def _occasions(one: Design) -> str:
    return ", ".join(one.occasions) if one.occasions else "any occasion"


def _as_json(one: Design) -> output.Json:
    return {
        "name": one.name,
        "title": one.title,
        "occasions": list(one.occasions),
        "default_for": list(one.default_for),
        "layout": one.layout.value,
        "takes_photo": one.layout.takes_photo,
        "careful": one.careful,
        "yours": not one.is_packaged,
    }

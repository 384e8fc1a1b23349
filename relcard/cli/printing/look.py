"""The front of the cards of one run: a design, and a picture of the user's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli import output
from relcard.cli import params
from relcard.errors import UsageError
from relcard.paper.fronts.design_library import design_for
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.design_library import is_made_for
from relcard.paper.fronts.front import set_front
from relcard.paper.fronts.photos import CENTRE
from relcard.paper.fronts.photos import GOOD_DPI
from relcard.paper.fronts.photos import open_photo
from relcard.services.seasons.draft_cards import is_careful
from relcard.services.seasons.draft_cards import is_grave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.photos import Photo
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient

_PHOTO_DESIGN = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontLook:
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
            x, y = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f'"{value}" is no point; write it as 0.5,0.3.', param, ctx)
        if not (0 <= x <= 1 and 0 <= y <= 1):
            self.fail(f'"{value}" lies outside the picture; both run from 0 to 1.', param, ctx)
        return x, y


# The options of the front of a card, as one argument `look`.
takes_look = params.gathered(
    FrontLook,
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


def with_look(desk: Desk, look: FrontLook, wanted: Wanted, recipients: Sequence[Recipient]) -> Wanted:
    """Return what is drafted with the look that was said, and warn of a coarse picture.

    Raises `NotFoundError` for a design nobody made, `UsageError` for a picture that cannot be used with it.
    """
    if look.photo is None and look.focus is not None:
        raise UsageError("--focus is a point of a picture.", hint="Name the picture: --photo FILE")
    if look.design is None and look.photo is None:
        return wanted
    chosen = find_design(look.design or _PHOTO_DESIGN, wanted.folders)
    _tell_of_the_careful(desk, chosen, wanted, recipients)
    return replace(wanted, design=chosen, photo=_photo(look, chosen, wanted))


def _photo(look: FrontLook, design: Design, wanted: Wanted) -> Photo | None:
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
    """Say on the side who gets a plain front instead: in a careful year, and for a grave occasion."""
    names = [recipient.household.addressee for recipient in recipients if is_careful(recipient, wanted)]
    if names and not design.careful and not desk.quiet:
        why = f"for {wanted.occasion}" if is_grave(wanted) else "in a careful year"
        output.say(output.dim(f"  A plain front, {why}: {output.clean(', '.join(names))}"), err=True)


def design_of(wanted: Wanted) -> Design:
    """Return the design that was said, or the one the occasion gets."""
    return wanted.design or design_for(wanted.occasion, folders=wanted.folders)


def tell_of_words_and_front(desk: Desk, wanted: Wanted, instead: Sequence[str]) -> None:
    """Say on the side which cards bear other words than asked for, and a front that is made for nothing."""
    if desk.quiet:
        return
    for words, number in Counter(instead).items():
        output.say(f"  {output.plural(number, 'card')}: {words}", err=True)
    if wanted.design is None and not is_made_for(wanted.occasion, wanted.folders):
        name = design_of(wanted).name
        output.say(
            output.dim(
                f"  No front is made for {wanted.occasion}: {name}, a plain one. Others: --design NAME"
            ),
            err=True,
        )

"""Pictures of cards and envelopes that came: picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import picture_viewer
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.pictures import picture_json
from relcard.cli.pictures import picture_words
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.seasons.card_pictures import keep_pictures
from relcard.services.seasons.card_pictures import pictures_of
from relcard.services.seasons.card_pictures import read_pictures
from relcard.services.seasons.read_season import find_season
from relcard.store import pictures
from relcard.store.file import picture_folder

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.dates import PartialDate
    from relcard.store.pictures import PictureRow


class _Of(NamedTuple):
    """What a picture is said to be of: a card or an envelope, its season, its day or the year alone."""

    season: str | None = None
    on: PartialDate | None = None
    envelope: bool = False


_says_of = params.gathered(
    _Of,
    "of",
    click.option("--season", metavar="NAME", help="The season of the card; else its day decides its year."),
    click.option(
        "--on", "on", type=params.PART_OF_DAY, metavar="DAY", help="The day it came, or the year; else today."
    ),
    click.option("--envelope", is_flag=True, help="Of an envelope, and not of a card."),
)


@click.command(short_help="Pictures of the cards that came.")
@click.argument("who_", metavar="[WHO]", required=False)
@click.argument("files", metavar="[FILE...]", nargs=-1)
@_says_of
@click.option("--remove", type=int, metavar="N", help="Take WHO's picture N away.")
@click.option("--tidy", is_flag=True, help="Take away the files that nothing needs any more.")
@params.as_json
@pass_desk
def picture(
    desk: Desk,
    who_: str | None,
    files: tuple[str, ...],
    of: _Of,
    remove: int | None,
    tidy: bool,
    as_json: bool,
) -> None:
    """List the pictures of the cards that came from WHO, or keep more of them: the front, then the inside.

    relcard received WHO --picture FILE keeps them with the card. They are turned upright and made small, and
    where they were taken is in them no more. They lie beside the store, and stand on nothing that leaves your
    desk. Where the terminal can show pictures, the newest card's is shown.
    """
    _check(who_, files, of, remove, tidy=tidy)
    if tidy:
        _tidy(desk)
    elif remove is not None:
        _remove(desk, who_ or "", remove)
    elif files:
        _keep(desk, who_ or "", files, of)
    else:
        _list(desk, who_ or "", as_json=as_json)


def _check(who_: str | None, files: tuple[str, ...], of: _Of, remove: int | None, *, tidy: bool) -> None:
    """Raise `UsageError` unless one thing is asked for."""
    if bool(who_) == tidy or (remove is not None and files):
        raise UsageError(
            "Whose pictures?", hint="For example: relcard picture anna, or anna front.jpg inside.jpg"
        )
    if of != _Of() and not files:
        raise UsageError(
            "What a picture is of is said as it is kept.",
            hint="For example: relcard picture anna card.jpg --on 2019",
        )
    if of.on is not None and of.on.month is not None and of.on.day is None:
        raise UsageError(f"{of.on} is a month.", hint="Say the day, or the year alone: --on 2019")


def _keep(desk: Desk, who_: str, files: tuple[str, ...], of: _Of) -> None:
    several = read_pictures(map(Path, files))
    on = str(of.on or desk.today)
    if on > str(desk.today):
        raise UsageError(f"{on} has not come yet.", hint="Keep the picture of a card when it has come.")
    with desk.changing(f"picture {who_} {' '.join(files)}") as db:
        household_id = who.one_household(db, who_)
        season = find_season(db, of.season) if of.season else None
        kind = pictures.ENVELOPE if of.envelope else pictures.CARD
        card = pictures.Card(kind, on, season.id if season else None)
        new = keep_pictures(db, desk.store, household_id, card, several, today=desk.today)
    if not desk.quiet:
        known = "" if new == len(several) else f"; {len(several) - new} were there already"
        output.say_wrapped(f"kept: {output.plural(new, 'picture')}{known}. relcard picture h{household_id}")


def _remove(desk: Desk, who_: str, number: int) -> None:
    with desk.changing(f"picture {who_} --remove {number}") as db:
        rows = pictures_of(db, who.one_household(db, who_))
        row = next((row for row in rows if row.id == number), None)
        if row is None:
            raise NotFoundError(
                f"There is no picture {number} of {who_}.",
                hint=f"To see them: relcard picture {quoted(who_)}",
            )
        pictures.remove(db, number)
    if not desk.quiet:
        output.say_wrapped(f"taken away: picture {number}, {picture_words(row, desk.today)}")
        output.say(
            output.dim("  Its file stays for undo and for backups; relcard doctor says when it may go.")
        )


def _tidy(desk: Desk) -> None:
    # Backups and the doctor's looks: 10 ms that a list of pictures does without.
    from relcard.services.data.check_pictures import tidy_pictures  # noqa: PLC0415

    with desk.changing("picture --tidy") as db:
        number = tidy_pictures(db, desk.store)
    if not desk.quiet:
        output.say(f"  taken away: {output.plural(number, 'picture')} that nothing needed any more")


def _list(desk: Desk, who_: str, *, as_json: bool) -> None:
    with desk.reading() as db:
        rows = pictures_of(db, who.one_household(db, who_))
    if as_json:
        output.say_json("pictures", [picture_json(row, desk.store) for row in rows])
        return
    if not rows:
        output.say("  No picture is kept of a card of theirs.")
        output.say(f"  Keep one: {output.accent(f'relcard picture {quoted(who_)} card.jpg')}")
        return
    for row in rows:
        output.say(f"  {output.pad(str(row.id), 4)}{picture_words(row, desk.today)}")
        output.say(
            output.dim(f"      {output.clean(str(picture_folder.path_of(desk.store, row.sha256)), most=0)}")
        )
    _draw(desk, rows[0])


def _draw(desk: Desk, row: PictureRow) -> None:
    """Draw a picture where the terminal itself can; nothing is opened."""
    if picture_viewer.can_draw():
        from relcard.paper.card_pictures import for_terminal  # noqa: PLC0415  PIL, 13 ms

        picture_viewer.draw(*for_terminal(picture_folder.read(desk.store, row.sha256)))

"""Who a draft or a print is for: WHO, a season, or everybody with an address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli import who
from relcard.cli.filters import households_of
from relcard.cli.people import household
from relcard.cli.seasons import season as season_commands
from relcard.domain.feasts import Season
from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.card_order import CardOrder
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.read_season import Recipient
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import put_in_order
from relcard.settings import templates_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.printing.pdf_file import Job
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

OCCASIONS = ("birthday", "thankyou", "christmas", "newyear", "season")


def recipients(
    desk: Desk,
    db: Connection,
    who_: Sequence[str],
    season: str | None,
    *,
    everybody: bool = False,
    segment: str | None = None,
    order: str | None = None,
) -> tuple[list[Recipient], SeasonRow | None]:
    """Return who is meant, in the agreed order and numbered, and the season when there is one.

    With WHO or a segment and no season open, the households themselves: labels need no season. In a season,
    and of everybody, a segment leaves its own. Numbers count the whole season; outside one, this run.
    """
    if segment is not None:
        if who_:
            raise UsageError("Name households or a segment, not both.", hint="Leave WHO out, or --segment.")
        return _of_segment(desk, db, segment, season, everybody=everybody, order=order)
    if everybody:
        if who_ or season:
            raise UsageError("--all is everybody: leave WHO and --season out.", hint="Or leave --all out.")
        return _outside(desk, db, None, order), None
    try:
        here = find_season(db, season)
    except NotFoundError:
        if season or not who_:
            raise
        return _outside(desk, db, who.some_households(db, who_), order), None
    agreed = CardOrder(order) if order else None
    return season_commands.some_recipients(desk, db, here, tuple(who_), agreed), here


def recipients_of(desk: Desk, db: Connection, job: Job) -> tuple[list[Recipient], SeasonRow | None]:
    """Return who a print is for, and the season when there is one."""
    return recipients(
        desk, db, job.who, job.season, everybody=job.everybody, segment=job.segment, order=job.order
    )


def _of_segment(
    desk: Desk,
    db: Connection,
    segment: str,
    season: str | None,
    *,
    everybody: bool,
    order: str | None,
) -> tuple[list[Recipient], SeasonRow | None]:
    ids = households_of(desk, db, segment)
    try:
        found, here = recipients(desk, db, (), season, everybody=everybody, order=order)
    except NotFoundError:
        if season:
            raise
        return _outside(desk, db, ids, order, living=True), None
    inside = set(ids)
    ours = [one for one in found if one.household.id in inside]
    if here is None:
        ours = [replace(one, number=number) for number, one in enumerate(ours, start=1)]
    elif not desk.quiet:
        _tell_of_the_absent(here, segment, len(inside) - len(ours))
    return ours, here


def _tell_of_the_absent(season: SeasonRow, segment: str, number: int) -> None:
    """Say on the side how many households of a segment the season lacks: nobody is dropped silently."""
    if number:
        verb = "is" if number == 1 else "are"
        words = f"{output.plural(number, 'household')} of {output.clean(segment)} {verb} not in {season.name}"
        output.say(output.dim(f"  {words}   relcard season add --segment {quoted(segment)}"), err=True)


def _outside(
    desk: Desk, db: Connection, ids: Sequence[int] | None, order: str | None = None, *, living: bool = False
) -> list[Recipient]:
    """Return households outside any season: those named, or all that have an address."""
    settings = desk.settings
    views = household.read(desk, db, ids)
    return put_in_order(
        db,
        [
            Recipient(household=one, row=None, rule=settings.circles[one.circle or Circle.WIDE], post_by=None)
            for one in views
            if (one.living or not living) and (ids is not None or (one.address is not None and one.living))
        ],
        CardOrder(order) if order else settings.order,
        sender_country=settings.sender.country,
    )


def for_occasion(
    desk: Desk,
    db: Connection,
    who_: Sequence[str],
    segment: str | None = None,
    order: str | None = None,
) -> list[Recipient]:
    """Return households for a card outside any season: a birthday, a thank-you."""
    if bool(who_) is (segment is not None):
        raise UsageError("Whose card is it?", hint="For example: relcard draft yuki --for birthday")
    if segment is not None:
        return _outside(desk, db, households_of(desk, db, segment), order, living=True)
    return _outside(desk, db, who.some_households(db, who_), order)


def wanted(
    desk: Desk,
    season: SeasonRow | None,
    *,
    occasion: str | None = None,
    card: str | None = None,
    print_salutation: bool = False,
    cheer: bool = False,
) -> Wanted:
    """Return what is drafted: the season's occasion or the one said, on the user's card."""
    from pathlib import Path

    settings = desk.settings
    on = desk.today
    if season is not None:
        feast = Season(season.occasion, season.year)
        occasion, on = feast.occasion, feast.day
    folder = Path(templates_beside(desk.store))
    return Wanted(
        occasion=occasion or "season",
        on=on,
        size=desk.card_size(card),
        hand=settings.hand,
        folders=(folder,) if folder.is_dir() else (),
        sender_names=tuple(one for one in settings.sender.name.split() if len(one) > 1),
        print_salutation=print_salutation,
        cheer=cheer,
    )


def mode(said: str | None) -> AddressMode | None:
    """Return the address mode said for one run."""
    return AddressMode(said) if said else None

"""Who a draft or a print is for: WHO, a season, or everybody with an address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli import who
from relcard.cli.filters import households_of
from relcard.cli.people import household
from relcard.cli.seasons import season as season_commands
from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.card_order import CardOrder
from relcard.domain.seasons.tone.rules import check_switched
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.read_season import Recipient
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import put_in_order
from relcard.settings import templates_beside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.seasons.whom import Whom
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

OCCASIONS = ("birthday", "thankyou", "christmas", "newyear", "season")


def recipients(desk: Desk, db: Connection, whom: Whom) -> tuple[list[Recipient], SeasonRow | None]:
    """Return who is meant, in the agreed order and numbered, and the season when there is one.

    With WHO or a segment and no season open, the households themselves: labels need no season. In a season,
    and of everybody, a segment leaves its own. Numbers count the whole season; outside one, this run.
    """
    if whom.segment is not None:
        if whom.who:
            raise UsageError("Name households or a segment, not both.", hint="Leave WHO out, or --segment.")
        return _of_segment(desk, db, whom, whom.segment)
    if whom.everybody:
        if whom.who or whom.season:
            raise UsageError("--all is everybody: leave WHO and --season out.", hint="Or leave --all out.")
        return _outside(desk, db, None, whom.order), None
    try:
        season = find_season(db, whom.season)
    except NotFoundError:
        if whom.season or not whom.who:
            raise
        return _outside(desk, db, who.some_households(db, whom.who), whom.order), None
    agreed = CardOrder(whom.order) if whom.order else None
    return season_commands.some_recipients(desk, db, season, whom.who, agreed), season


def _of_segment(
    desk: Desk, db: Connection, whom: Whom, segment: str
) -> tuple[list[Recipient], SeasonRow | None]:
    ids = households_of(desk, db, segment)
    try:
        everyone, season = recipients(desk, db, replace(whom, segment=None))
    except NotFoundError:
        if whom.season:
            raise
        return _outside(desk, db, ids, whom.order, living=True), None
    inside = set(ids)
    ours = [recipient for recipient in everyone if recipient.household.id in inside]
    if season is None:
        ours = [replace(recipient, number=number) for number, recipient in enumerate(ours, start=1)]
    elif not desk.quiet:
        _tell_of_the_absent(season, segment, len(inside) - len(ours))
    return ours, season


def _tell_of_the_absent(season: SeasonRow, segment: str, number: int) -> None:
    """Say on the side how many households of a segment the season lacks: nobody is dropped silently."""
    if number:
        verb = "is" if number == 1 else "are"
        words = f"{output.plural(number, 'household')} of {output.clean(segment)} {verb} not in {season.name}"
        output.say(output.dim(f"  {words}   relcard season add --segment {quoted(segment)}"), err=True)


def _outside(
    desk: Desk, db: Connection, ids: Sequence[int] | None, order: str | None, *, living: bool = False
) -> list[Recipient]:
    """Return households outside any season: those of the ids, or all the living that have an address.

    With `living`, of the ids only households somebody lives in.
    """
    settings = desk.settings
    views = household.read(desk, db, ids)
    if ids is None:
        views = [view for view in views if view.living and view.address is not None]
    elif living:
        views = [view for view in views if view.living]
    return put_in_order(
        db,
        [
            Recipient(
                household=view, row=None, rule=settings.circles[view.circle or Circle.WIDE], post_by=None
            )
            for view in views
        ],
        CardOrder(order) if order else settings.order,
        sender_country=settings.sender.country,
    )


def for_occasion(desk: Desk, db: Connection, whom: Whom) -> list[Recipient]:
    """Return households for a card outside any season: a birthday, a thank-you."""
    if bool(whom.who) is (whom.segment is not None):
        raise UsageError("Whose card is it?", hint="For example: relcard draft yuki --for birthday")
    if whom.segment is not None:
        return _outside(desk, db, households_of(desk, db, whom.segment), whom.order, living=True)
    return _outside(desk, db, who.some_households(db, whom.who), whom.order)


def wanted(
    desk: Desk,
    season: SeasonRow | None,
    *,
    occasion: str | None = None,
    card: str | None = None,
    print_salutation: bool = False,
    cheer: bool = False,
    allow: Iterable[str] = (),
) -> Wanted:
    """Return what is drafted: the season's occasion or the one said, on the user's card.

    `allow` are rules of tone that say nothing in this run, besides those the settings have off.
    """
    settings = desk.settings
    on = desk.today
    if season is not None:
        occasion, on = season.occasion, season.season.day
    folder = Path(templates_beside(desk.store))
    return Wanted(
        occasion=occasion or "season",
        on=on,
        size=desk.card_size(card),
        hand=settings.hand,
        folders=(folder,) if folder.is_dir() else (),
        sender_names=settings.sender.names,
        print_salutation=print_salutation,
        cheer=cheer,
        off=check_switched((*settings.tone.off, *allow)),
    )


def mode(name: str | None) -> AddressMode | None:
    """Return how envelopes are addressed in one run, None as each circle's are."""
    return AddressMode(name) if name else None

"""Who a draft or a print is for: WHO, a season, or everybody with an address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli import who
from relcard.cli.filters import households_of
from relcard.cli.seasons.recipients import some_recipients
from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import Season
from relcard.domain.feasts import next_year
from relcard.domain.occasions import OCCASIONS
from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.card_order import CardOrder
from relcard.domain.seasons.tone.rules import check_switched
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.seasons import read_season
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.occasion_cards import WINDOW
from relcard.services.seasons.occasion_cards import cards_coming
from relcard.services.seasons.occasion_cards import cards_for
from relcard.services.seasons.occasion_cards import thanks_owed
from relcard.services.seasons.read_season import Recipient
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import put_in_order
from relcard.settings import templates_beside
from relcard.templating.templates import occasions_with_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.seasons.whom import Whom
    from relcard.domain.occasions import Occasion
    from relcard.domain.reminders.reminder import Reminder
    from relcard.services.seasons.read_season import Celebrated
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


def recipients(desk: Desk, db: Connection, whom: Whom) -> tuple[list[Recipient], SeasonRow | None]:
    """Return who is meant, in the agreed order and numbered, and the season when there is one.

    For an occasion there is no season. With WHO or a segment and no season open, they are the households
    themselves: labels need none. In a season, and of everybody, a segment leaves its own. Numbers count the
    whole season; outside one, this run.
    """
    if whom.occasion is not None:
        return for_occasion(desk, db, whom, whom.occasion), None
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
    return some_recipients(desk, db, season, whom.who, agreed), season


def keep_numbers(
    desk: Desk, db: Connection, whom: Whom, season: SeasonRow | None, recipients: list[Recipient]
) -> None:
    """Let the numbers of a season stand, in the caller's step: these recipients are printed now."""
    if season is not None:
        order = CardOrder(whom.order) if whom.order else desk.settings.order
        read_season.keep_numbers(db, season, desk.standpoint, order, recipients)


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
    views = read_households(db, ids, desk.standpoint)
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


def for_occasion(desk: Desk, db: Connection, whom: Whom, occasion: Occasion) -> list[Recipient]:
    """Return the cards for an occasion, beside any season: of WHO, of a segment, or for the days that come.

    A thank-you is for those from whom something came.

    Raises `UsageError` where nobody is named and no day says whose it is.
    """
    if whom.season or whom.everybody:
        other = "--season" if whom.season else "--all"
        raise UsageError(
            f"--for {occasion.name} and {other} are two different things.", hint="Leave one of them out."
        )
    check_known(desk, occasion)
    standpoint = desk.standpoint
    ours = set(households_of(desk, db, whom.segment)) if whom.segment is not None else None
    if whom.who:
        homes, alone = (
            who.households_or_contacts(db, whom.who)
            if occasion.of_one
            else (who.some_households(db, whom.who), [])
        )
        cards = cards_for(db, occasion, homes, alone, standpoint)
    elif ours is not None and occasion.answers is None:
        cards = cards_for(db, occasion, ours, [], standpoint)
    elif occasion.name == "thankyou":
        cards, owed = thanks_owed(db, standpoint)
        cards = [card for card in cards if ours is None or card.household.id in ours]
        _tell_of_thanks(desk, cards, owed)
    else:
        cards, later = cards_coming(db, occasion, standpoint)
        cards = [card for card in cards if ours is None or card.household.id in ours]
        _tell_of_the_coming(desk, cards, later, occasion)
    order = CardOrder(whom.order) if whom.order else desk.settings.order
    return put_in_order(db, cards, order, sender_country=standpoint.sender_country)


def check_known(desk: Desk, occasion: Occasion) -> None:
    """Refuse an occasion of the user's own for which there is no template. Raises `NotFoundError`."""
    if occasion.is_own and occasion.name not in occasions_with_words(_folders(desk)):
        raise NotFoundError(
            f'No occasion is called "{occasion.name}", and no template of yours.',
            hint=f"There are {', '.join(OCCASIONS)}. Your own: write {occasion.name}.en.txt.j2 in your "
            "template folder.",
        )


def _tell_of_the_coming(
    desk: Desk, cards: Sequence[Recipient], later: Sequence[Celebrated], occasion: Occasion
) -> None:
    """Say on the side whose days are meant where nobody was named.

    Raises `UsageError` where no day says whose card it is, and `NotFoundError` where no such day comes.
    """
    whose = f"Name whom: relcard draft NAME --for {occasion.name}"
    if occasion.is_feast:
        whose = f"For all of a season: relcard season start {occasion.name}. For one: --for and a name"
    if not cards and occasion.answers is None:
        raise UsageError("Whose card is it?", hint=whose)
    if not cards:
        raise NotFoundError(
            f"Nobody who gets cards has a {occasion.name} to write for in the next {WINDOW} days.", hint=whose
        )
    if desk.quiet:
        return
    output.say(f"  {output.plural(len(cards), 'card')} to post in the next {WINDOW} days:", err=True)
    for card in cards:
        names = " and ".join(output.clean(each.name) for each in card.celebrated)
        day = next(each.on for each in card.celebrated if each.on is not None)
        by = f"post by {output.plain_day(card.post_by, desk.today)}" if card.post_by else "no address"
        output.say(f"    {names}  {output.plain_day(day, desk.today)} · {by}", err=True)
    for each in later:
        again = f"relcard draft {quoted(each.name)} --for {occasion.name}"
        output.say(output.dim(f"    in the same house, another run: {output.clean(again)}"), err=True)


def _tell_of_thanks(desk: Desk, cards: Sequence[Recipient], owed: Sequence[Reminder]) -> None:
    """Say on the side for what thanks are owed where nobody was named.

    Raises `NotFoundError` where nothing came that was not thanked for.
    """
    if not cards:
        raise NotFoundError(
            "No thanks are owed: nothing came that you have not answered.",
            hint='When something comes: relcard gift NAME "honey" --from-them. '
            "For another card: relcard draft NAME --for thankyou",
        )
    homes = {card.household.id for card in cards}
    for reminder in owed:
        if reminder.household_id in homes and not desk.quiet:
            output.say(f"  {output.clean(reminder.words)}", err=True)


def _folders(desk: Desk) -> tuple[Path, ...]:
    folder = Path(templates_beside(desk.store))
    return (folder,) if folder.is_dir() else ()


def wanted(
    desk: Desk,
    season: SeasonRow | None,
    *,
    occasion: Occasion | None = None,
    card: str | None = None,
    print_salutation: bool = False,
    cheer: bool = False,
    allow: Iterable[str] = (),
) -> Wanted:
    """Return what is drafted: the season's occasion or the one said, on the user's card.

    `allow` are rules of tone that say nothing in this run, besides those the settings have off.
    """
    settings = desk.settings
    name, on = occasion.name if occasion else "season", desk.today
    if season is not None:
        name, on = season.occasion, season.season.day
    elif occasion is not None and occasion.is_feast:
        on = Season(name, next_year(FEASTS[name], on)).day
    return Wanted(
        occasion=name,
        on=on,
        size=desk.card_size(card),
        hand=settings.hand,
        folders=_folders(desk),
        sender_names=settings.sender.names,
        print_salutation=print_salutation,
        cheer=cheer,
        off=check_switched((*settings.tone.off, *allow)),
    )


def mode(name: str | None) -> AddressMode | None:
    """Return how envelopes are addressed in one run, None as each circle's are."""
    return AddressMode(name) if name else None

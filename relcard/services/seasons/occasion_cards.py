"""Greeting cards for an occasion, beside any season: whom they are for, and what was written on them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.kinds import OccasionKind
from relcard.domain.occasions import answers_day
from relcard.domain.people.circle import Circle
from relcard.domain.posting import post_by
from relcard.domain.reminders.occasion import occurrences
from relcard.domain.reminders.reminder import Action
from relcard.domain.reminders.reminder import Windows
from relcard.domain.reminders.waiting import THANKS
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.reminders.upcoming import upcoming
from relcard.services.seasons.read_season import Celebrated
from relcard.services.seasons.read_season import Recipient
from relcard.services.seasons.read_season import reached
from relcard.store import households
from relcard.store import occasions
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.occasions import Occasion
    from relcard.domain.reminders.occasion import Occurrence
    from relcard.domain.reminders.reminder import Reminder
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

WINDOW = 14  # days ahead in which a card is to be posted, where nobody is named
_BACK, _AHEAD = 60, 300  # days in which the day is looked for that a card to somebody named is for
_SAME_DAYS = 14  # days after which a card for what does not return is another one
_OF_ALL = (OccasionKind.ANNIVERSARY, OccasionKind.REMEMBRANCE)  # days of a vCard that are a household's


def cards_for(
    db: Connection,
    occasion: Occasion,
    homes: Iterable[int],
    alone: Iterable[int],
    standpoint: Standpoint,
) -> list[Recipient]:
    """Return a card for each of the households `homes`, and for each contact that is meant `alone`.

    Where the day of some of a household is kept, the card is for those whose day is the nearest. Raises
    `UsageError` for a card to somebody who has died, and `UndecidedError` where nobody knows whose day it is.
    """
    named: dict[int, set[int]] = {home: set() for home in homes}
    for contact_id in alone:
        home = households.of_contact(db, contact_id)
        assert home is not None  # noqa: S101  every contact is in a household
        named.setdefault(home, set()).add(contact_id)
    start, end = standpoint.today - timedelta(days=_BACK), standpoint.today + timedelta(days=_AHEAD)
    only = next(iter(named)) if len(named) == 1 else None
    falling = _falling(db, occasion, start, end, standpoint, household_id=only)
    cards = []
    for view in read_households(db, named, standpoint):
        ours = [occurrence for occurrence in falling if occurrence.occasion.household_id == view.id]
        if named[view.id]:
            celebrated = _named_alone(view, occasion, named[view.id], ours, standpoint.today)
        else:
            celebrated = _nearest(ours, standpoint.today) or _anybody(view, occasion)
        cards.append(_recipient(view, celebrated, standpoint))
    return cards


def cards_coming(
    db: Connection, occasion: Occasion, standpoint: Standpoint
) -> tuple[list[Recipient], list[Celebrated]]:
    """Return a card for everyone whose day comes, who gets cards and whose is posted within `WINDOW` days.

    Days that were answered, dealt with or put off are left out, as in `today`. A run has one card for a
    household, for its first day; whose day comes later in that time is returned besides.
    """
    today = standpoint.today
    waiting = {
        reminder.id
        for reminder in upcoming(db, standpoint, days=WINDOW)
        if reminder.action is Action.WRITE and reminder.on >= today
    }
    by_home: dict[int, list[Occurrence]] = {}
    for occurrence in _falling(db, occasion, today, today + timedelta(days=_AHEAD), standpoint):
        home = occurrence.occasion.household_id
        if occurrence.id in waiting and home is not None:
            by_home.setdefault(home, []).append(occurrence)
    first = {home: _nearest(several, today) for home, several in by_home.items()}
    cards = [
        _recipient(view, first[view.id], standpoint) for view in read_households(db, by_home, standpoint)
    ]
    everybody = [(home, _celebrated(each)) for home, several in by_home.items() for each in several]
    return cards, [celebrated for home, celebrated in everybody if celebrated not in first[home]]


def thanks_owed(db: Connection, standpoint: Standpoint) -> tuple[list[Recipient], list[Reminder]]:
    """Return a card for each household from which a gift came and that had no word since, and the reasons.

    Thanks that were dealt with or put off are left out, as in `today`.
    """
    owed = [reminder for reminder in upcoming(db, standpoint, days=0) if reminder.kind == THANKS]
    homes = {reminder.household_id for reminder in owed if reminder.household_id is not None}
    return [_recipient(view, (), standpoint) for view in read_households(db, homes, standpoint)], owed


def put_cards(
    db: Connection, occasion: Occasion, cards: Iterable[Recipient], *, today: date, line: str | None
) -> None:
    """Keep that cards for an occasion were written or posted, with the line on them, in the caller's step.

    It is kept of whom the card is for, else of everybody living there. Said again, it is the same card.
    Raises `UsageError` where nobody lives there any more, and for a feast whose season is open.
    """
    for season in seasons.every(db):
        if season.occasion == occasion.name and season.closed_on is None:
            raise UsageError(
                f"{season.name} is open: its cards are kept there.",
                hint=f"Leave --for out: relcard posted WHO --season {season.name}",
            )
    returns = occasion.is_feast or occasion.answers is not None
    since = today - timedelta(days=_BACK if returns else _SAME_DAYS)
    for kept in _kept_of(occasion, cards):
        relationships.put_occasion_card(db, kept, on=today, text=line, since=since, returns=returns)


def forget_cards(db: Connection, occasion: Occasion, cards: Iterable[Recipient]) -> None:
    """Forget the last card for an occasion to each. Raises `NotFoundError` where none was kept."""
    for card in cards:
        gone = [relationships.remove_occasion_card(db, kept) for kept in _kept_of(occasion, [card])]
        if not any(gone):
            raise NotFoundError(
                f"No card for {occasion.name} to {card.household.addressee} is kept.",
                hint=f"relcard show h{card.household.id} has what passed between you.",
            )


def _kept_of(occasion: Occasion, cards: Iterable[Recipient]) -> Iterator[relationships.OccasionCard]:
    """Yield of whom cards are kept. Raises `UsageError` for a household in which nobody lives any more."""
    for card in cards:
        own = [(each.contact_id, each.member_id) for each in card.celebrated if not each.of_household]
        whose = own or [(member.contact_id, None) for member in card.household.hosts]
        if not whose:
            raise UsageError("Nobody of this household is living.", hint="A card goes to the living.")
        for contact_id, member_id in whose:
            yield relationships.OccasionCard(contact_id, occasion.name, member_id)


def _falling(
    db: Connection,
    occasion: Occasion,
    start: date,
    end: date,
    standpoint: Standpoint,
    *,
    household_id: int | None = None,
) -> list[Occurrence]:
    """Return the days from `start` to `end` that a card for the occasion answers."""
    everywhere = Windows(near=(start, end), others=(start, end), no_circle=(start, end))
    kept = [
        *occasions.between(db, everywhere, household_id=household_id),
        *occasions.of_members_between(db, start, end, household_id=household_id),
        *occasions.days_said(db, standpoint.today, household_id=household_id),
    ]
    answered = (each for each in kept if answers_day(occasion.name, each.kind, each.label))
    return occurrences(answered, start=start, end=end, leap_day=standpoint.leap_day)


def _nearest(falling: Sequence[Occurrence], today: date) -> tuple[Celebrated, ...]:
    """Return whose day is the nearest to today, before it or after; of several on one day all."""
    if not falling:
        return ()
    day = min((occurrence.on for occurrence in falling), key=lambda on: (abs(on - today), on))
    return tuple(_celebrated(occurrence) for occurrence in falling if occurrence.on == day)


def _celebrated(occurrence: Occurrence) -> Celebrated:
    occasion = occurrence.occasion
    return Celebrated(
        contact_id=occasion.contact_id,
        name=occasion.name,
        member_id=occasion.occasion_id if occasion.host else None,
        on=occurrence.on,
        years=occurrence.years,
        of_household=occasion.day.of_household if occasion.day else occasion.kind in _OF_ALL,
    )


def _named_alone(
    view: HouseholdView, occasion: Occasion, alone: set[int], falling: Sequence[Occurrence], today: date
) -> tuple[Celebrated, ...]:
    """Return the contacts `alone` that were named by themselves, with the day where it is known.

    Raises `UsageError` for one who has died, and for two whose days differ: they get no common card.
    """
    celebrated: list[Celebrated] = []
    for member in view.members:
        if member.contact_id not in alone:
            continue
        if member.died_on is not None:
            raise UsageError(
                f"{member.name} has died: there is no card for {occasion.name}.",
                hint=f"To those who live there: relcard draft h{view.id} --for condolence",
            )
        own = [
            each
            for each in falling
            if each.occasion.contact_id == member.contact_id and not each.occasion.host
        ]
        celebrated += _nearest(own, today) or (Celebrated(member.contact_id, member.name),)
    if len({each.on for each in celebrated}) > 1:
        names = " and ".join(each.name for each in celebrated)
        raise UsageError(
            f"{names} have different days, and a run has one card for a household.",
            hint=f'Name each by itself: relcard draft "{celebrated[0].name}" --for {occasion.name}',
        )
    return tuple(celebrated)


def _anybody(view: HouseholdView, occasion: Occasion) -> tuple[Celebrated, ...]:
    """Return whom a card is for where no day is known: nobody in particular, but for a birthday.

    Raises `UndecidedError` for a birthday that may be that of several.
    """
    if occasion.answers is not OccasionKind.BIRTHDAY or len(view.living) == 0:
        return ()
    if len(view.living) > 1:
        raise UndecidedError(
            f"Whose birthday is it? None is known at {view.addressee}.",
            candidates=tuple(member.name for member in view.living),
            hint="Name whom: relcard draft NAME --for birthday",
        )
    return (Celebrated(view.living[0].contact_id, view.living[0].name),)


def _recipient(view: HouseholdView, celebrated: tuple[Celebrated, ...], standpoint: Standpoint) -> Recipient:
    """Return a card to a household, or to those of it whose own day it is."""
    uids = {member.contact_id: member.uid for member in view.members}
    some = {
        f"member/{each.member_id}" if each.member_id else uids[each.contact_id]
        for each in celebrated
        if not each.of_household
    }
    days = [each.on for each in celebrated if each.on is not None]
    is_posted = view.address is not None and days
    return Recipient(
        household=view.for_some(some) if some else view,
        row=None,
        rule=standpoint.rules[view.circle or Circle.WIDE],
        post_by=post_by(standpoint.posting, standpoint.sender_country, reached(view), min(days))
        if is_posted
        else None,
        celebrated=celebrated,
    )

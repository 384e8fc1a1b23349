"""The crib: what lies beside the card and never on it."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import MONTHS
from relcard.domain.dates import short_day
from relcard.domain.kinds import OccasionKind
from relcard.domain.occasions import OCCASIONS
from relcard.domain.occasions import Mood
from relcard.domain.people.correspondence import shared_notes
from relcard.domain.people.correspondence import whose
from relcard.domain.reminders.gift import in_words
from relcard.domain.reminders.occasion import years_named
from relcard.domain.seasons.questions import Known
from relcard.domain.seasons.questions import nothing_new
from relcard.domain.seasons.questions import questions
from relcard.store import gifts
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.reminders.gift import Gift
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Celebrated
    from relcard.store.file.database import Connection
    from relcard.store.relationships import Fact
    from relcard.store.relationships import InteractionRow
    from relcard.store.relationships import Note

BEGIN_WITH = "begin with"  # the label of the salutation
THEY_WROTE, YOU_WROTE, CAREFUL_YEAR = "they wrote", "you wrote", "a careful year"
NOTHING_NEW, AGES = "nothing new", "ages"
_WRITTEN = ("card", "letter")  # channels whose text is a line that somebody wrote
_TOGETHER = ("visit", "call")  # channels of which something is to say without a word kept
_THIS_ROUND = timedelta(days=90)  # before the occasion: a card of yours in it is this one, not the last
_NOTES = 3
_FACTS = 4
_GIFTS = 3

_NOBODY: Mapping[int, Sequence[Celebrated]] = MappingProxyType({})
_NO_DAYS: Mapping[int, date] = MappingProxyType({})

Remarks = tuple[tuple[str, str], ...]  # pairs of a label and a text


class _Kept(NamedTuple):
    """What the store keeps of a household beside who lives there; what passed has the newest first."""

    notes: list[Note]
    passed: list[InteractionRow]
    facts: list[Fact]
    gifts: list[Gift]


class _Round(NamedTuple):
    """What the cards are for: the day and the occasion, and whose day it is where it is somebody's.

    `aged_on` is the day on which they are as old as is told: that of a household's own feast where there is.
    """

    on: date
    aged_on: date
    occasion: str = ""
    celebrated: Sequence[Celebrated] = ()


def gather_crib(
    db: Connection,
    views: Sequence[HouseholdView],
    *,
    on: date,
    occasion: str = "",
    celebrated: Mapping[int, Sequence[Celebrated]] = _NOBODY,
    own_days: Mapping[int, date] = _NO_DAYS,
) -> dict[int, Remarks]:
    """Return the remarks of each household by its id: their line, yours, news, ages, how to begin.

    `on` is the day of the occasion: children are as old as they will be then, or on the household's day of
    `own_days`, whose feast is another. `celebrated` says by household whose day it is. Where nothing was
    noted since your last card there is a question worth asking, and what else would do.
    """
    kept = _read(db, views)
    rounds = {
        view.id: _Round(on, own_days.get(view.id, on), occasion, celebrated.get(view.id, ()))
        for view in views
    }
    return {view.id: tuple(_remarks(view, kept[view.id], rounds[view.id])) for view in views}


def gather_questions(db: Connection, view: HouseholdView, *, on: date, aged_on: date) -> list[str]:
    """Return the questions worth asking a household on a card of that day, the one for this year first."""
    return questions(_known(view, _read(db, [view])[view.id], _Round(on, aged_on)), on.year)


def _read(db: Connection, views: Sequence[HouseholdView]) -> dict[int, _Kept]:
    household_of = {member.contact_id: view.id for view in views for member in view.members}
    facts = relationships.facts_of(db, household_of)
    kept = {
        view.id: _Kept(
            [], [], [fact for member in view.living for fact in facts.get(member.contact_id, [])], []
        )
        for view in views
    }
    for note in relationships.notes(db, household_of):
        kept[household_of[note.contact_id]].notes.append(note)
    for interaction in relationships.interactions(db, household_of):
        kept[household_of[interaction.contact_id]].passed.append(interaction)
    for gift in gifts.of_contacts(db, household_of):
        kept[household_of[gift.contact_id]].gifts.append(gift)
    return kept


def _remarks(view: HouseholdView, kept: _Kept, cards: _Round) -> Iterator[tuple[str, str]]:
    on, has_news = cards.on, _has_news(kept, cards.on)
    occasion = OCCASIONS.get(cards.occasion)
    yield from _days(cards)
    yield from _lines_on_cards(kept.passed, cards)
    yield from _news(view, kept.notes, on, has_news=has_news)
    yield from _lasting(view, kept.facts)
    if not has_news and (occasion is None or occasion.mood is not Mood.GRAVE):
        yield from _nothing_new(_known(view, kept, cards), on)
    yield from _gifts(view, kept.gifts)
    yield from _ages(view, cards.aged_on)
    yield from _careful_year(view, on)
    yield BEGIN_WITH, view.salutation


def _last_card(kept: _Kept, on: date) -> date:
    """Return the day of your last card or letter before this round, the first day there is without one."""
    return max(
        (
            card.on
            for card in kept.passed
            if card.channel in _WRITTEN
            and card.direction == relationships.TO_THEM
            and card.on < on - _THIS_ROUND
        ),
        default=date.min,
    )


def _has_news(kept: _Kept, on: date) -> bool:
    """Whether anything was noted since your last card, or came from them."""
    last = _last_card(kept, on)
    return any(note.noted_on > last for note in kept.notes) or any(
        passed.on > last
        and (passed.channel in _TOGETHER or (passed.direction == relationships.FROM_THEM and passed.text))
        for passed in kept.passed
    )


def _known(view: HouseholdView, kept: _Kept, round_: _Round) -> Known:
    """Return what questions are made of."""
    aged_on = round_.aged_on
    named = [member for member in view.named if member.died_on is None]
    cards = [
        (card.direction, card.on.year)
        for card in kept.passed
        if card.channel in _WRITTEN and card.on < round_.on - _THIS_ROUND
    ]
    came = max((year for direction, year in cards if direction == relationships.FROM_THEM), default=None)
    sent = {year for direction, year in cards if direction == relationships.TO_THEM}
    return Known(
        household_id=view.id,
        circle=view.circle,
        children=[(child.given, child.age_on(aged_on)) for child in view.children]
        + [(child.name, child.age_on(aged_on)) for child in named if child.role == "child"],
        adults=[(adult.given, adult.age_on(aged_on)) for adult in view.adults],
        pets=[pet.given for pet in view.living_pets] + [member.name for member in named if member.is_pet],
        facts=[(fact.key, fact.value) for fact in kept.facts],
        is_organisation=view.is_organisation,
        careful=view.care is not None,
        last_came=came,
        unanswered=sum(year > (came or 0) for year in sent),
    )


def _nothing_new(known: Known, on: date) -> Iterator[tuple[str, str]]:
    light = nothing_new(known, on.year)
    yield NOTHING_NEW, "; ".join(filter(None, (light.question, light.instead)))


def _days(cards: _Round) -> Iterator[tuple[str, str]]:
    """Yield whose day it is, and the number that it makes."""
    kind = OCCASIONS[cards.occasion].answers if cards.occasion in OCCASIONS else None
    dated = [each for each in cards.celebrated if each.on is not None]
    for number, each in enumerate(dated):
        makes = years_named(kind or OccasionKind.CUSTOM, each.years)
        day = short_day(each.on, weekday=True, beside=cards.on) if each.on else ""
        yield "" if number else cards.occasion, ": ".join(filter(None, (f"{each.name}, {day}", makes)))


def _lines_on_cards(passed: Iterable[InteractionRow], cards: _Round) -> Iterator[tuple[str, str]]:
    """Yield the last line of either side, yours of the same occasion first; `passed` has the newest first."""
    written = [card for card in passed if card.channel in _WRITTEN and card.text]
    theirs = next((card for card in written if card.direction == relationships.FROM_THEM), None)
    if theirs:
        yield THEY_WROTE, _line(theirs, cards.on)
    yours = [card for card in written if card.direction == relationships.TO_THEM]
    alike = next((card for card in yours if _is_of(card, cards)), None)
    shown = dict.fromkeys(card for card in (alike, *yours[:1]) if card is not None)
    for number, card in enumerate(shown):
        yield "" if number else YOU_WROTE, _line(card, cards.on)


def _is_of(card: InteractionRow, cards: _Round) -> bool:
    """Whether a card was for this occasion and, of a day of somebody's own, for theirs."""
    occasion = OCCASIONS.get(cards.occasion)
    if not card.occasion:
        return occasion is None or occasion.is_feast
    whose = {(each.contact_id, each.member_id) for each in cards.celebrated if not each.of_household}
    return card.occasion == cards.occasion and (not whose or (card.contact_id, card.member_id) in whose)


def _line(card: InteractionRow, on: date) -> str:
    """Return a line in quotes, with its occasion where it had one, and the year unless it was last year's."""
    year = "" if card.on.year == on.year - 1 and not card.occasion else str(card.on.year)
    when = " ".join(filter(None, (card.occasion, year)))
    return f"“{card.text}”" + (f"  ({when})" if when else "")


def _news(
    view: HouseholdView, notes: Iterable[Note], on: date, *, has_news: bool
) -> Iterator[tuple[str, str]]:
    label = "since then" if has_news else "you noted"
    names = {member.contact_id: member.given for member in view.members}
    shared = shared_notes((note.noted_on, note.text, note.contact_id, None) for note in notes)
    for number, note in enumerate(shared[:_NOTES]):
        name = whose(note, names, among=len(view.living))
        year = "" if note.on.year == on.year else f" {note.on.year}"
        when = f"{MONTHS[note.on.month - 1]}{year}"
        yield label if not number else "", f"{name}{note.text} ({when})"


def _lasting(view: HouseholdView, facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Yield what is known whatever the year."""
    vcard_notes = [" ".join(member.vcard_note.split()) for member in view.living if member.vcard_note]
    shared = dict.fromkeys(f"{fact.key}: {fact.value}" for fact in facts)  # of a household each has it
    known = [*islice(shared, _FACTS), *vcard_notes]
    for number, text in enumerate(known):
        yield "you know" if not number else "", text


def _gifts(view: HouseholdView, several: Sequence[Gift]) -> Iterator[tuple[str, str]]:
    """Yield what one means to give, then the newest of what passed; whose it is where several live there."""
    names = {member.contact_id: member.given for member in view.members}
    for number, gift in enumerate(several[:_GIFTS]):
        is_all = gift.of_household or len(names) == 1
        yield (
            "gifts" if not number else "",
            f"{'' if is_all else f'{names[gift.contact_id]}: '}{in_words(gift)}",
        )


def _ages(view: HouseholdView, on: date) -> Iterator[tuple[str, str]]:
    ages = [f"{name} {age}" for name, age in view.ages_on(on)]
    if ages:
        yield AGES, " · ".join(ages)


def _careful_year(view: HouseholdView, on: date) -> Iterator[tuple[str, str]]:
    if view.care is not None:
        until = short_day(view.care.until, beside=on)
        cheer = "cheer, as you said" if view.cheer else f"no cheer until {until}"
        yield CAREFUL_YEAR, f"{view.care.reason}; {cheer}"

"""An open season as the user looks at it: recipients in the agreed order, each with its day to post."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard import postal
from relcard.domain.feasts import season_for
from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.printing.postage import destination
from relcard.domain.seasons.card_order import CardOrder
from relcard.domain.seasons.card_order import Placed
from relcard.domain.seasons.card_order import in_order
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import awaits
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.services.people.addresses import last_retired
from relcard.services.people.read_households import read_households
from relcard.services.people.read_households import shelves
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.feasts import Season
    from relcard.domain.people.circle import CircleRule
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.seasons import RecipientRow
    from relcard.store.seasons import SeasonRow


_UNKNOWN = "ZZ"  # no country's code (ISO 3166-1 leaves it to users)


class Celebrated(NamedTuple):
    """Whose day a card is for: a contact's, or with `member_id` that of somebody without a vCard at theirs.

    `on` is the day, None where no day is known; `years` is how many it makes, None while unknown.
    """

    contact_id: int
    name: str
    member_id: int | None = None
    on: date | None = None
    years: int | None = None
    of_household: bool = False  # the day of all who live there: a wedding


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A household to be written to; `row` is None outside a season, `post_by` without an address or a day.

    `celebrated` says whose day the card is for, nobody's where it is for no day. `number` is its place in the
    agreed order, from 1: the card, its label and its entry on the crib bear it. It counts the whole season,
    so that it stays the same when only some are printed, and is kept once anything is. `own_feast` is what
    the card is for where the household keeps another feast than the season's. `placed` is the household as it
    was when its card was posted, where the card came back: it keeps its place, by its last day to post then.
    """

    household: HouseholdView
    row: RecipientRow | None
    rule: CircleRule
    post_by: date | None
    celebrated: tuple[Celebrated, ...] = ()
    number: int = 0
    own_feast: Season | None = None
    placed: tuple[HouseholdView, date] | None = None

    @property
    def by_hand(self) -> bool:
        """Whether the envelope is addressed by hand, from the crib."""
        return self.rule.address_mode is AddressMode.HAND

    @property
    def season_row(self) -> RecipientRow:
        """The row of a recipient of a season, which has one."""
        assert self.row is not None  # noqa: S101  only outside a season there is none
        return self.row

    @property
    def state(self) -> State:
        """How far the card of a recipient of a season is."""
        return State(self.season_row.state)

    @property
    def waits(self) -> bool:
        """Whether the card is still to be written: once more where it came back, and an address is known."""
        came_back = self.state is State.RETURNED and self.household.address is not None
        return self.household.is_lived_in and (came_back or awaits(self.state, State.WRITTEN))


def read_season(
    db: Connection,
    season: SeasonRow,
    standpoint: Standpoint,
    order: CardOrder = CardOrder.POST_BY,
    *,
    regardless: bool = False,
) -> list[Recipient]:
    """Return the recipients of a season in the agreed order, numbered.

    Numbers that are on paper stand, and who came in later follows them. They are the order then, unless
    another one is wanted `regardless` of them.
    """
    recipients = _read(db, season, seasons.recipients(db, season.id), standpoint)
    ordered = put_in_order(db, recipients, order, sender_country=standpoint.sender_country)
    if not season.numbered:
        return ordered
    on_paper = [each.season_row.number or 0 for each in ordered]  # of two laptops one numbered further
    later = count(max([season.numbered, *on_paper]) + 1)
    numbered = [replace(each, number=each.season_row.number or next(later)) for each in ordered]
    return numbered if regardless else sorted(numbered, key=lambda each: each.number)


def keep_numbers(
    db: Connection, season: SeasonRow, standpoint: Standpoint, order: CardOrder, printed: Sequence[Recipient]
) -> None:
    """Let the numbers of a season stand from now on, in the caller's step: some of its cards are on paper.

    Nothing is read anew where it was `printed` whole.
    """
    rows = seasons.recipients(db, season.id)
    if all(row.number for row in rows):
        return
    whole = printed if len(printed) == len(rows) else read_season(db, season, standpoint, order)
    seasons.keep_numbers(db, season.id, {each.season_row.id: each.number for each in whole})


def read_recipient(
    db: Connection, season: SeasonRow, household_id: int, standpoint: Standpoint, *, number: int
) -> Recipient | None:
    """Return one recipient as it is now, with the number it has in the order; None: it is in no more."""
    several = _read(db, season, seasons.recipients(db, season.id, household_id), standpoint)
    return replace(several[0], number=number) if several else None


def _read(
    db: Connection, season: SeasonRow, of_season: Iterable[RecipientRow], standpoint: Standpoint
) -> list[Recipient]:
    rows = {row.household_id: row for row in of_season}
    here = season.season
    arrive = here.arrive_by
    last_days: dict[tuple[str, Season], date] = {}  # by country and feast: a thousand cards have few of them
    recipients = []
    for household in read_households(db, rows, standpoint, on=arrive):
        theirs = season_for(here, household.feast) or here if household.feast else here
        then = _as_posted(db, household, rows[household.id])
        key = (reached(then or household), theirs)
        if key not in last_days:
            last_days[key] = standpoint.post_by(key[0], theirs.arrive_by)
        recipients.append(
            Recipient(
                household=household,
                row=rows[household.id],
                rule=standpoint.rules[household.circle or Circle.WIDE],
                post_by=last_days[key] if household.address else None,
                own_feast=None if theirs is here else theirs,
                placed=(then, last_days[key]) if then else None,
            )
        )
    return recipients


def _as_posted(db: Connection, household: HouseholdView, row: RecipientRow) -> HouseholdView | None:
    """Return a household whose card came back with the address it went to, None of any other."""
    came_back = household.address is None and row.state == State.RETURNED.value
    gone = last_retired(db, household) if came_back else None
    if gone is None:
        return None
    country = gone.address.country_code or postal.country_code(gone.address.country, household.sender_country)
    return household._replace(address=gone.address, country=country)


def put_in_order(
    db: Connection, recipients: Iterable[Recipient], order: CardOrder, *, sender_country: str
) -> list[Recipient]:
    """Return recipients in the agreed order, numbered from 1; `sender_country` is the sender's country."""
    known = {recipient.household.id: recipient for recipient in recipients}
    shelf_of = shelves(db, [recipient.household for recipient in known.values()])
    placed = in_order(
        (
            _placed(recipient, shelf_of[key], sender_country=sender_country)
            for key, recipient in known.items()
        ),
        order,
    )
    return [
        replace(known[household.household_id], number=number)
        for number, household in enumerate(placed, start=1)
    ]


def reached(household: HouseholdView) -> str:
    """Return the country the post is reckoned for; one that nobody knows is far away, and nothing is late."""
    named = household.address is not None and household.address.country.strip()
    return household.country or (_UNKNOWN if named else "")


def _placed(recipient: Recipient, shelf: str, *, sender_country: str) -> Placed:
    household, post_by = recipient.placed or (recipient.household, recipient.post_by)
    going = (
        destination(sender_country, household.country)
        if household.address and (household.country or not sender_country)
        else None
    )
    return Placed(
        household_id=household.id,
        post_by=post_by,
        shelf=shelf,
        street=household.address.street if household.address else "",
        going=going,
        country=postal.country_name(household.country) if going else "",
        postcode=household.address.postcode if household.address else "",
    )


def find_season(db: Connection, name: str | None, *, closed_too: bool = False) -> SeasonRow:
    """Return the season of that name, or the open one when no name is said.

    A season left open although its feast was over when a newer one was started stands in nobody's way.
    Where none is open and `closed_too`, the latest is meant: cards come, and come back, in January.
    Raises `NotFoundError` when there is none and `UndecidedError` when several may be meant.
    """
    every = seasons.every(db)
    if name:
        for row in every:
            if row.name == name.lower():
                return row
        known = ", ".join(row.name for row in every)
        raise NotFoundError(
            f"There is no season {name}." + (f" There are: {known}." if known else ""),
            hint="Start one: relcard season start christmas",
        )
    still_open = _latest_first(row for row in every if row.closed_on is None)
    if not still_open and every and closed_too:
        return _latest_first(every)[0]
    if not still_open:
        raise NotFoundError("No season is open.", hint="Start one: relcard season start christmas")
    newest = still_open[0]
    rivals = [row for row in still_open if not _was_over(row, newest)]
    if len(rivals) > 1:
        raise UndecidedError(
            f"{len(rivals)} seasons are open.",
            candidates=tuple(row.name for row in rivals),
            hint=f"Say which: --season {newest.name}. One that is done: "
            f"relcard season close --season {rivals[-1].name}",
        )
    return newest


def seasons_over(db: Connection, newest: SeasonRow) -> list[SeasonRow]:
    """Return the seasons still open whose feast was over when the newest was started, the latest first."""
    return [
        row for row in _latest_first(seasons.every(db)) if row.closed_on is None and _was_over(row, newest)
    ]


def _latest_first(rows: Iterable[SeasonRow]) -> list[SeasonRow]:
    """Return seasons by the day of their feast, the latest first."""
    return sorted(rows, key=lambda row: (row.season.day, row.id), reverse=True)


def _was_over(row: SeasonRow, newest: SeasonRow) -> bool:
    return row.id != newest.id and row.season.day < newest.started_on

"""How far a season is: its cards by state, what is still to be posted for where by when, and tonight."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.posting import posting_days
from relcard.domain.printing.postage import Destination
from relcard.domain.printing.postage import destination
from relcard.domain.seasons.season import State
from relcard.services.seasons.plan_season import plan_season
from relcard.services.seasons.read_season import reached
from relcard.services.seasons.read_season import read_season

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.seasons.plan import Pace
    from relcard.domain.standpoint import Standpoint
    from relcard.services.seasons.plan_season import PlannedEvening
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


_FAR_FIRST = (Destination.WORLD, Destination.EUROPE, Destination.HOME)


class StillToPost(NamedTuple):
    """The cards still to be posted for one destination with the same last day that brings them in time.

    `days_left` counts the days on which the post is collected, today and the last one too: 0 is too late.
    `countries` has how many go to each, by code, the most first.
    """

    going: Destination
    last_day: date
    days_left: int
    countries: tuple[tuple[str, int], ...]

    @property
    def cards(self) -> int:
        """How many go there."""
        return sum(number for _, number in self.countries)


class SeasonStatus(NamedTuple):
    """A season as it stands: what is `late` cannot come in time any more, `homeless` has no address.

    `states` counts the cards in each state, `received` the cards that came. `evening` is the next one of the
    plan, None where nothing is left to write in time.
    """

    season: SeasonRow
    feast_on: date
    states: dict[State, int]
    received: int
    to_post: tuple[StillToPost, ...]
    late: tuple[Recipient, ...]
    homeless: tuple[Recipient, ...]
    evening: PlannedEvening | None

    @property
    def cards(self) -> int:
        """How many households are in the season."""
        return sum(self.states.values())


def gather_status(db: Connection, season: SeasonRow, pace: Pace, standpoint: Standpoint) -> SeasonStatus:
    """Return how far a season is, with the next evening at a pace."""
    recipients = read_season(db, season, standpoint)
    waiting = [recipient for recipient in recipients if recipient.state is not State.POSTED]
    evenings = plan_season(season, recipients, pace, standpoint).evenings
    return SeasonStatus(
        season=season,
        feast_on=season.season.day,
        states={state: sum(recipient.state is state for recipient in recipients) for state in State},
        received=sum(recipient.season_row.received_on is not None for recipient in recipients),
        to_post=tuple(_by_destination(waiting, standpoint)),
        late=tuple(
            recipient
            for recipient in waiting
            if recipient.post_by is not None and recipient.post_by < standpoint.today
        ),
        homeless=tuple(recipient for recipient in waiting if recipient.household.address is None),
        evening=evenings[0] if evenings else None,
    )


def _by_destination(waiting: Sequence[Recipient], standpoint: Standpoint) -> Iterable[StillToPost]:
    """Yield what is to be posted by destination, what must go first before the rest, then the far ones."""
    countries: dict[tuple[date, int], dict[str, int]] = {}
    for recipient in waiting:
        if recipient.post_by is not None:
            country = reached(recipient.household) or standpoint.sender_country
            going = _FAR_FIRST.index(destination(standpoint.sender_country, country))
            there = countries.setdefault((recipient.post_by, going), {})
            there[country] = there.get(country, 0) + 1
    for (last_day, going), numbers in sorted(countries.items()):
        yield StillToPost(
            going=_FAR_FIRST[going],
            last_day=last_day,
            days_left=posting_days(standpoint.posting, standpoint.sender_country, standpoint.today, last_day),
            countries=tuple(sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))),
        )

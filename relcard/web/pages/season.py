"""The open seasons: how far the cards are, what goes to the post by when, what wants a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.seasons.plan import kept_pace
from relcard.services.seasons.gather_status import gather_status
from relcard.store import seasons
from relcard.web.refusal import RefusalError
from relcard.web.routes import shows

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow
    from relcard.web.visit import Visit


def open_seasons(db: Connection) -> list[SeasonRow]:
    """Return the seasons that are open."""
    return [season for season in seasons.every(db) if season.closed_on is None]


def season_of(db: Connection, visit: Visit) -> SeasonRow:
    """Return the open season of the path. Raises `RefusalError` where there is none."""
    number = visit.number("season")
    season = next((season for season in open_seasons(db) if season.id == number), None)
    if season is None:
        raise RefusalError(404, "not_found")
    return season


def _show(visit: Visit) -> Response:
    pace = kept_pace(visit.standpoint.pace)
    with visit.reading() as db:
        several = [gather_status(db, season, pace, visit.standpoint) for season in open_seasons(db)]
    return visit.page("season.html", several=several, papers=papers_for(visit))


def papers_for(visit: Visit) -> list[str]:
    """Return the kinds of paper that this device may see: the crib is made of notes."""
    return [kind for kind in visit.house.writing.papers if kind != "crib" or visit.sees_private]


def _look_over(visit: Visit) -> Response:
    """Show what of a season wants a look, in the words of the terminal, and the commands that mend it."""
    with visit.reading() as db:
        season = season_of(db, visit)
        report = visit.house.writing.look_over(db, season)
    # Of a whole circle is said what no card has room for.
    remarks = [each for each in report.remarks if visit.sees_private or each.household is not None]
    return visit.page("look.html", season=season, remarks=remarks, look=report.look)


ROUTES = (shows("/season", _show), shows("/season/{season:int}/look", _look_over))

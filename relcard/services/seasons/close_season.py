"""The end of a season: it is looked back on and closed, inside the caller's step; all of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.seasons.read_season import seasons_over
from relcard.services.seasons.review_season import review_season
from relcard.store import seasons

if TYPE_CHECKING:
    from relcard.domain.standpoint import Standpoint
    from relcard.services.seasons.review_season import Review
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


def close_season(db: Connection, season: SeasonRow, standpoint: Standpoint) -> Review:
    """Close a season and return what it brought."""
    seasons.close(db, season.id, today=standpoint.today)
    return review_season(db, season, standpoint)


def close_last_years(db: Connection, newest: SeasonRow, standpoint: Standpoint) -> list[Review]:
    """Close the seasons left open of which no card comes any more, now that a newer one starts.

    Those are earlier rounds of the same feast, and others behind the days in which their cards travel.
    """
    return [
        close_season(db, season, standpoint)
        for season in seasons_over(db, newest)
        if season.occasion == newest.occasion or season.season.last_card < standpoint.today
    ]

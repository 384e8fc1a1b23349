"""Where the user stands: the day, the country and language of the cards, and the user's own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import LeapDay
from relcard.domain.people.circle import RULES
from relcard.domain.posting import DEFAULT_TABLE
from relcard.domain.posting import next_posting_day
from relcard.domain.posting import post_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.circle import CircleRule
    from relcard.domain.posting import PostingTable


class Standpoint(NamedTuple):
    """What a service is handed of the day and of the settings; the numbers are the default ones unless said.

    `sender_country` is ISO 3166-1 alpha-2, or "" while it is not said. `language` is that of the cards of a
    household that has none of its own. `posting` says how long the post takes from the sender's country,
    `pace` how many cards an evening bears, in the words of the setting, "" while that is not said,
    `daily` how many lines the page of a day has at the most.
    """

    today: date
    sender_country: str
    language: str
    rules: Mapping[Circle, CircleRule] = RULES
    posting: PostingTable = DEFAULT_TABLE
    leap_day: LeapDay = LeapDay.FEB28
    pace: str = ""
    daily: int = 5

    def post_by(self, destination: str, arrive: date) -> date:
        """Return the last day to post what should be in a country on a day."""
        return post_by(self.posting, self.sender_country, destination or self.sender_country, arrive)

    def posted_on(self, evening: date) -> date:
        """Return the day on which what is written in an evening goes to the post."""
        return next_posting_day(self.posting, self.sender_country, evening)

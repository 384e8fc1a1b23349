"""How long the post takes from the sender's country, and so by when a greeting card must be posted."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.posts import head_of_post
from relcard.domain.posts import is_inland

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUNDAY = 6
_ZONES = ("domestic", "europe", "world")
_LONGEST_REST = 14  # days, more than all Sundays and holidays at both ends of a letter's way
_LONGEST = 120  # days; a larger number is a slip of the finger

_EUROPEAN_CODES = (
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD"
    " ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK"
)
_EUROPE = frozenset(_EUROPEAN_CODES.split())

# A typical economy letter, in days from box to mat, Sundays among them, as posts publish them for the year.
# Services change every year and every December: check the dates your own post publishes, and put them into
# the settings.
TABLE_YEAR = 2026
_DEFAULT: dict[str, dict[str, int]] = {
    # Royal Mail, second class and International Standard.
    "GB": {
        "domestic": 3,
        "europe": 7,
        "world": 10,
        "GG": 4,
        "IM": 4,
        "JE": 4,
        "IE": 5,
        "JP": 8,
        "US": 9,
        "CA": 9,
    },
    # Deutsche Post, Standardbrief national and international.
    "DE": {"domestic": 3, "europe": 5, "world": 10, "AT": 4, "CH": 4},
    # Poczta Polska, list ekonomiczny.
    "PL": {"domestic": 5, "europe": 8, "world": 14},
    # USPS, First-Class Mail and First-Class Mail International.
    "US": {"domestic": 5, "europe": 14, "world": 16, "CA": 10, "MX": 14}
    | dict.fromkeys(("AS", "FM", "GU", "MH", "MP", "PW"), 10),
    # La Poste, lettre verte and lettre internationale.
    "FR": {"domestic": 3, "europe": 6, "world": 10}
    | dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), 7),
    # Japan Post, ordinary mail and airmail.
    "JP": {"domestic": 3, "europe": 10, "world": 10, "KR": 7, "TW": 7},
    # Australia Post, regular letters and Economy Air.
    "AU": {"domestic": 6, "europe": 14, "world": 14, "NZ": 9},
    # Canada Post, Lettermail.
    "CA": {"domestic": 5, "europe": 10, "world": 14, "US": 8},
    # Any other sender.
    "default": {"domestic": 5, "europe": 10, "world": 14},
    # Days the post is slower in December, as the last posting dates of most posts tell.
    "december": {"domestic": 3, "europe": 5, "world": 10},
}


class PostingTable(NamedTuple):
    """Days by sender and destination, and the slack of December, as they were in a `year`.

    `rows` holds a row for each sender's country and one named "default"; a row holds "domestic", "europe",
    "world" and, where it differs, a country's own number. `december` holds a number for each zone. `holidays`
    are the user's own rules, "" for what is known of the sender's country.
    """

    rows: Mapping[str, Mapping[str, int]]
    december: Mapping[str, int]
    year: int = TABLE_YEAR
    holidays: str = ""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> PostingTable:
        """Lay the user's numbers over the default ones.

        The mapping is sender -> destination -> days, for example `{"GB": {"NZ": 12}}`, with "default" for
        any other sender, "december" for the slack by zone and "year" for that of the numbers. Raises
        ValueError saying which entry is wrong.
        """
        rows = {sender: dict(row) for sender, row in _DEFAULT.items()}
        year = _checked_year(mapping.get("year", TABLE_YEAR))
        for sender, row in sorted(mapping.items(), key=_default_first):
            if sender == "year":
                continue
            if sender not in ("default", "december") and not _is_country(sender):
                raise ValueError(
                    f"posting.{sender}: not a sender; use a country code such as GB, default or december"
                )
            if not hasattr(row, "items"):
                raise ValueError(
                    f"posting.{sender}: expected destinations with their days, for example {{ world = 12 }}"
                )
            target = rows.setdefault(sender, dict(rows.get(head_of_post(sender)) or rows["default"]))
            for destination, days in row.items():
                target[destination] = _checked_days(sender, destination, days)
        december = rows.pop("december")
        return cls(rows, december, year)

    def as_mapping(self) -> dict[str, dict[str, int] | int]:
        """Return the whole table in the form `from_mapping` reads."""
        rows = {sender: dict(row) for sender, row in self.rows.items()}
        return {**rows, "december": dict(self.december), "year": self.year}


def _default_first(entry: tuple[str, object]) -> tuple[bool, bool]:
    # A new sender's row starts from the default row, or that of its post, as the user has it.
    return entry[0] != "default", head_of_post(entry[0]) != entry[0]


def _checked_days(sender: str, destination: object, days: object) -> int:
    where = f"posting.{sender}.{destination}"
    if destination == sender:
        raise ValueError(f"{where}: inside the sender's own country the entry is called domestic")
    if destination not in _ZONES and (sender == "december" or not _is_country(destination)):
        country = "" if sender == "december" else " or a country code such as JP"
        raise ValueError(f"{where}: not a destination; use domestic, europe, world{country}")
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= _LONGEST:
        raise ValueError(f"{where}: {days!r} is not a whole number of days from 0 to {_LONGEST}")
    return days


def _checked_year(year: object) -> int:
    if not isinstance(year, int) or isinstance(year, bool) or not 2000 <= year <= 2100:
        raise ValueError(f"posting.year: {year!r} is no year; say that of the numbers, such as {TABLE_YEAR}")
    return year


def _is_country(text: object) -> bool:
    return isinstance(text, str) and len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()


DEFAULT_TABLE = PostingTable.from_mapping({})


def transit_days(table: PostingTable, sender_country: str, destination: str) -> int:
    """Return the days an economy letter takes between two countries (ISO 3166-1 alpha-2).

    An address without a country is in the sender's own. An island has the days of its larger post, and to it
    as many as from it.
    """
    row = _row(table, sender_country)
    going = zone(sender_country, destination)
    if destination not in ("", sender_country):
        if destination in row:
            return row[destination]
        if going == "domestic" and sender_country not in table.rows:
            return row.get(sender_country, row[going])
    return row[going]


def _row(table: PostingTable, sender_country: str) -> Mapping[str, int]:
    """Return the row of a sender, else that of its post, else the default one."""
    rows = table.rows
    return rows.get(sender_country) or rows.get(head_of_post(sender_country)) or rows["default"]


def post_by(table: PostingTable, sender_country: str, destination: str, arrive: date) -> date:
    """Return the last day to post what should be there on `arrive`.

    Nobody collects or delivers on a Sunday, nor in the sender's country on a public holiday: both days fall
    back to the one before. December's slack is added as far as the letter travels in December, so that a
    later arrival never needs an earlier posting.
    """
    abroad = zone(sender_country, destination) != "domestic"
    there = _not_sunday(arrive) if abroad else last_posting_day(table, sender_country, arrive)
    usual = there - timedelta(days=transit_days(table, sender_country, destination))
    slack = min(table.december[zone(sender_country, destination)], _days_in_december(usual, there))
    return last_posting_day(table, sender_country, usual - timedelta(days=slack))


def is_posting_day(table: PostingTable, sender_country: str, day: date) -> bool:
    """Whether somebody collects the post in the sender's country: on no Sunday, on no public holiday."""
    from relcard.domain.holidays import Holidays  # noqa: PLC0415  1 ms of commands that post nothing
    from relcard.domain.holidays import holidays_of  # noqa: PLC0415

    holidays = Holidays(table.holidays) if table.holidays else holidays_of(sender_country)
    return day.weekday() != _SUNDAY and not holidays.are_on(day)


def last_posting_day(table: PostingTable, sender_country: str, day: date) -> date:
    """Return the day itself, or the last posting day before it."""
    while not is_posting_day(table, sender_country, day):
        day -= timedelta(days=1)
    return day


def next_posting_day(table: PostingTable, sender_country: str, day: date) -> date:
    """Return the first posting day after a day: when what was written that evening goes to the post."""
    day += timedelta(days=1)
    while not is_posting_day(table, sender_country, day):
        day += timedelta(days=1)
    return day


def posting_days(table: PostingTable, sender_country: str, first: date, last: date) -> int:
    """Return how many days from one to another, both of them counted, somebody collects the post."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(is_posting_day(table, sender_country, day) for day in days)


def longest_lead(table: PostingTable, sender_country: str) -> int:
    """Return how many days before any arrival the last day to post may lie: how far ahead reminders look."""
    row = _row(table, sender_country)
    return max(row.values()) + max(table.december.values()) + _LONGEST_REST


def zone(sender_country: str, destination: str) -> str:
    """Return "domestic", "europe" or "world"; an address without a country is in the sender's own.

    What a post counts as its own is domestic, Guam to a sender in the United States.
    """
    if is_inland(sender_country, destination):
        return "domestic"
    return "europe" if destination in _EUROPE else "world"


def _not_sunday(day: date) -> date:
    return day - timedelta(days=1) if day.weekday() == _SUNDAY else day


def _days_in_december(start: date, end: date) -> int:
    """Count the days of December from `start` up to, not including, `end` (less than a year apart)."""
    total = 0
    for year in {start.year, end.year}:
        first = max(start, date(year, 12, 1))
        last = min(end, date(year, 12, 1) + timedelta(days=31))
        total += max(0, (last - first).days)
    return total

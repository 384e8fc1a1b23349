"""The feasts that seasons are named after, and the day by which their greeting cards should have arrived.

At the root of the domain: the words of segments name seasons too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain import feast_days
from relcard.domain.feast_rules import rule_day
from relcard.domain.occasions import known_occasion
from relcard.errors import NotFoundError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LAST_TABLE_YEAR = feast_days.FIRST_YEAR + feast_days.DAYS.count("\n") - 1


class Feast(NamedTuple):
    """A feast that gives a season its name; `rule` says when it is, as `feast_rules` reads it.

    `days_before` is how many days before the feast a greeting card should lie on the mat. Cards of `window`
    days before the feast and after it are its own. `by_moon`: the day is settled when the moon is seen.
    """

    name: str
    rule: str
    days_before: int = 2
    window: tuple[int, int] = (30, 30)
    by_moon: bool = False


_WINTER = (60, 40)  # a card of January is last Christmas's

# Christmas cards are for the days before it. On New Year's Day nobody delivers, so 31 December. The neutral
# season has no day of its own: its day is the one its cards arrive by. Easter cards come before Good Friday.
# Hanukkah begins on the evening before its day. Canada gives thanks in October, the United States in
# November; Korea's lunar year begins on another day in 2027 and 2028: a feast each, so that a name is one day
# wherever the sender lives.
FEASTS: dict[str, Feast] = {
    feast.name: feast
    for feast in (
        Feast("christmas", "12-25", window=_WINTER),
        Feast("newyear", "01-01", days_before=1, window=_WINTER),
        Feast("season", "12-20", days_before=0, window=_WINTER),
        Feast("easter", "easter", days_before=3, window=_WINTER),
        Feast("orthodox-christmas", "01-07"),
        Feast("orthodox-easter", "orthodox-easter", days_before=3),
        Feast("hanukkah", "hanukkah"),
        Feast("eid-al-fitr", "eid-al-fitr", days_before=1, by_moon=True),
        Feast("eid-al-adha", "eid-al-adha", days_before=1, by_moon=True),
        Feast("diwali", "diwali", days_before=1),
        Feast("lunar-newyear", "lunar-newyear", window=(21, 30)),
        Feast("lunar-newyear-kr", "lunar-newyear-kr", window=(21, 30)),
        Feast("lunar-newyear-vn", "lunar-newyear-vn", window=(21, 30)),
        Feast("nowruz", "nowruz", days_before=1),
        Feast("thanksgiving", "fourth thursday of november"),
        Feast("thanksgiving-ca", "second monday of october"),
    )
}
_NO_FEASTS: Mapping[str, Feast] = {}

NONE = "none"  # of a household that keeps no feast: it gets no card for any
# Who keeps the first greets and is greeted on the others too; the turn of the year is of no creed.
_KEPT_TOGETHER = (
    ("christmas", "easter", "newyear", "season"),
    ("orthodox-christmas", "orthodox-easter"),
    ("orthodox-easter", "orthodox-christmas"),
    ("easter", "christmas", "newyear", "season"),
    ("eid-al-fitr", "eid-al-adha"),
    ("eid-al-adha", "eid-al-fitr"),
    ("newyear", "season"),
    ("season", "newyear"),
)
# Of these nobody gets a card who was not said to keep it and never had or sent one.
_OF_THEIR_PEOPLE = frozenset(
    {
        "orthodox-christmas",
        "orthodox-easter",
        "hanukkah",
        "eid-al-fitr",
        "eid-al-adha",
        "diwali",
        "lunar-newyear",
        "lunar-newyear-kr",
        "lunar-newyear-vn",
        "nowruz",
    }
)
_OF_EVERYBODY = ("thanksgiving", "thanksgiving-ca")  # and the user's own, of which the user knows best
# Another feast lies within a season's time when it is so many days before the season's day or after it:
# Hanukkah begins on 28 November at the earliest, and 7 January is two weeks after Christmas.
_IN_ITS_TIME = (35, 14)


def own_feasts(rules: Mapping[str, object]) -> dict[str, Feast]:
    """Return the feasts of the user's own by name, from "midsummer" and "06-24".

    Raises ValueError saying which entry is wrong.
    """
    feasts = {}
    for name, rule in rules.items():
        if not name.replace("-", "").isalpha() or not name.isascii() or not name.islower():
            raise ValueError(f'feasts: "{name}" is no name of a feast; use small letters, such as midsummer')
        if known_occasion(name) is not None:
            raise ValueError(f"feasts.{name}: this one is known already; give yours another name")
        try:
            rule_day(str(rule), 2026)
        except ValueError as error:
            raise ValueError(f'feasts.{name}: "{rule}" {error}') from error
        feasts[name] = Feast(name, str(rule))
    return feasts


def find_feast(name: str, own: Mapping[str, Feast] = _NO_FEASTS) -> Feast:
    """Return the feast called `name`, one of the table or of the user's own; "New Year" finds newyear.

    Raises `NotFoundError` naming the known ones.
    """
    occasion = known_occasion(name)
    every = {**FEASTS, **own}
    feast = every.get(occasion.name if occasion else name.lower())
    if feast is not None:
        return feast
    *others, last = every
    known = f"The known ones are {', '.join(others)} and {last}."
    if occasion is not None:
        raise NotFoundError(
            f"A card for {occasion.name} is for one household at a time: it is not a season.",
            hint=f"{known} One card: relcard draft WHO --for {occasion.name}",
        )
    raise NotFoundError(
        f'No season is called "{name}".',
        hint=f"{known} One of your own: relcard settings set feasts.midsummer 06-24",
    )


def feast_day(feast: Feast, year: int) -> date:
    """Return the day of the feast in `year`; newyear in 2027 is 1 January 2027.

    Raises `UsageError` for a year whose moon nobody has reckoned here.
    """
    day = rule_day(feast.rule, year)
    if day is None:
        raise UsageError(
            f"The day of {feast.name} is known from {feast_days.FIRST_YEAR} to {_LAST_TABLE_YEAR},"
            f" not in {year}.",
            hint=f"A feast of your own may have any day: relcard settings set feasts.my-{feast.name} 03-21",
        )
    return day


def arrive_by(feast: Feast, year: int) -> date:
    """Return the last day on which a greeting card for the feast of `year` comes in time."""
    return feast_day(feast, year) - timedelta(days=feast.days_before)


def next_year(feast: Feast, today: date) -> int:
    """Return the year of the feast that comes next, or is today: what a season means when no year is said."""
    return today.year if feast_day(feast, today.year) >= today else today.year + 1


def last_year(feast: Feast, today: date) -> int:
    """Return the year of the feast that was last, or is today."""
    return today.year if feast_day(feast, today.year) <= today else today.year - 1


def feast_year(feast: Feast, day: date) -> int | None:
    """Return the year of the feast to which a card of `day` belongs, or None for a card between two feasts.

    Cards travel in the weeks before a feast and after it: one of January is last Christmas's.
    """
    before, after = feast.window
    for year in (day.year - 1, day.year, day.year + 1):
        there = rule_day(feast.rule, year)
        if there is not None and -before <= (day - there).days <= after:
            return year
    return None


def card_days(feast: Feast, year: int) -> tuple[date, date]:
    """Return the first and the last day of which a card belongs to the feast of `year`."""
    day = feast_day(feast, year)
    before, after = feast.window
    return day - timedelta(days=before), day + timedelta(days=after)


class Season(NamedTuple):
    """One feast in one year; `own_day` is that of a feast of the user's own, kept since the season began."""

    occasion: str
    year: int
    own_day: date | None = None

    @classmethod
    def parse(cls, text: str, own: Mapping[str, Feast] = _NO_FEASTS) -> Season:
        """Read "christmas-2026".

        Raises `UsageError` on another shape and `NotFoundError` on an unknown feast.
        """
        occasion, dash, year = text.strip().rpartition("-")
        if not dash or len(year) != 4 or not (year.isascii() and year.isdigit()) or year < "1900":
            raise UsageError(
                f'"{text}" is not the name of a season.',
                hint="A season is a feast and a year, such as christmas-2026.",
            )
        return cls.of(find_feast(occasion, own), int(year))

    @classmethod
    def of(cls, feast: Feast, year: int) -> Season:
        """Return the season of a feast in a year. Raises `UsageError` when its day is not known."""
        day = feast_day(feast, year)
        return cls(feast.name, year, None if feast.name in FEASTS else day)

    @property
    def name(self) -> str:
        """The name that commands take: "christmas-2026"."""
        return season_name(self.occasion, self.year)

    @property
    def feast(self) -> Feast:
        """The feast, one of the user's own by its day."""
        if self.own_day is None:
            return FEASTS[self.occasion]
        return Feast(self.occasion, f"{self.own_day:%m-%d}")

    @property
    def day(self) -> date:
        """The day of the feast."""
        return self.own_day or feast_day(self.feast, self.year)

    @property
    def arrive_by(self) -> date:
        """The last day on which its greeting cards come in time."""
        return self.day - timedelta(days=self.feast.days_before)

    @property
    def last_card(self) -> date:
        """The last day on which a card still belongs to it."""
        return self.day + timedelta(days=self.feast.window[1])


def season_for(season: Season, feast: str) -> Season | None:
    """Return what a household of a feast is greeted for in a season, None when its feast is at another time.

    `feast` is "" for a household of which none was said: it is greeted for the season's.
    """
    if feast == NONE:
        return None
    theirs = next((others for first, *others in _KEPT_TOGETHER if first == feast), [])
    if season.occasion in {feast, *theirs, *_OF_EVERYBODY} or feast not in FEASTS or season.own_day:
        return season
    before, after = _IN_ITS_TIME
    for year in (season.year - 1, season.year, season.year + 1):
        day = rule_day(FEASTS[feast].rule, year)
        if day is not None and -before <= (day - season.day).days <= after:
            return Season(feast, year)
    return None


def why_not_theirs(season: Season, feast: str, today: date, *, exchanged: bool) -> str:
    """Return why a household of a feast gets no card of a season, "" when it gets one.

    `exchanged`: cards for the season's feast went or came in earlier years, which says whose feast it is.
    """
    if not feast and season.occasion in _OF_THEIR_PEOPLE and not exchanged:
        return f"{season.occasion} is theirs? household set WHO --feast {season.occasion}"
    if season_for(season, feast) is not None:
        return ""
    if feast == NONE:
        return "no card for any feast, as you said"
    try:
        next_one = season_name(feast, next_year(FEASTS[feast], today))
    except UsageError:
        next_one = feast
    return f"their feast is {feast}: season start {next_one}"


def season_name(occasion: str, year: int) -> str:
    """Return "christmas-2026"."""
    return f"{occasion}-{year}"

"""Which contacts are meant: options as the user said them, and the filter they come to on a day.

A segment is a filter with a name. Its options are kept as they were said ("this" month, thirty days), so that
the same segment means other contacts as the book and the days change.
"""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import MONTH_NAMES
from relcard.domain.feasts import Season
from relcard.domain.feasts import card_days
from relcard.domain.feasts import find_feast
from relcard.domain.feasts import last_year
from relcard.domain.feasts import season_name
from relcard.domain.kinds import Kind
from relcard.domain.people.circle import Circle
from relcard.domain.text import fold
from relcard.domain.text import plain_postcode
from relcard.domain.text import plain_words
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from typing import TypeVar

    _Read = TypeVar("_Read")
    Options = Mapping[str, object]  # option without its dashes -> what was said: words, a list of them, true

LONGEST_CADENCE = 3660  # days: ten years
_LONGEST_SILENCE = 36_600  # days: a century
_MOST_YEARS = 100  # of silence
_LARGEST_HOUSEHOLD = 99
_LANGUAGE = r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*\Z"  # the shape of BCP 47, folded
_SIZE = r"(?P<least>\d*)(?P<range>\.\.|-)?(?P<most>\d*)\Z"


class WordsWanted(NamedTuple):
    """Words that a text must hold in this order, or at the end the beginning of one."""

    text: str  # as `plain_words` makes them
    is_beginning: bool

    @property
    def pattern(self) -> str:
        """What stands in the plain words of a text that holds these."""
        return f" {self.text}" if self.is_beginning else f" {self.text} "


class FactWanted(NamedTuple):
    """A fact by its key, whatever it says when `value` is None."""

    key: str  # as `plain_words` makes it
    value: WordsWanted | None


class CardsOf(NamedTuple):
    """The cards of one season: those recorded in it, and those that came in its days outside any season."""

    season: str
    first: date
    last: date


class Filter(NamedTuple):
    """Which contacts are meant; every condition given must hold.

    `words` must all be found; any of `circles`, `countries`, `cities`, `postcodes`, `languages` and
    `birth_months` will do; all of `tags`, `facts`, `sent` and `received` must be there, and none of
    `not_tags`, `not_sent` and `not_received`. City and postcode are those of one address. `spoken_before` is
    the day on or after which nothing has passed until `today`, `silent_since` the year in or after which no
    card came, of those with any. `within` are the filters of segments, which must hold too. Those who are
    `archived` are meant alone, or not at all.
    """

    words: str = ""
    circles: tuple[Circle, ...] = ()
    no_circle: bool = False
    tags: tuple[str, ...] = ()  # folded, as not_tags
    not_tags: tuple[str, ...] = ()
    facts: tuple[FactWanted, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    cities: tuple[WordsWanted, ...] = ()
    postcodes: tuple[str, ...] = ()  # beginnings, in capitals and without spaces and dashes
    languages: tuple[str, ...] = ()  # BCP 47, lower case; de is de-at too
    has_address: bool | None = None
    spoken_before: date | None = None
    today: date = date.max
    birth_months: tuple[int, ...] = ()
    sent: tuple[CardsOf, ...] = ()
    not_sent: tuple[CardsOf, ...] = ()
    received: tuple[CardsOf, ...] = ()
    not_received: tuple[CardsOf, ...] = ()
    silent_since: int | None = None
    never_received: bool = False
    household_size: tuple[int, int] | None = None  # least and most, of the living and no pets
    kind: Kind | None = None
    archived: bool = False
    within: tuple[Filter, ...] = ()


def read(options: Options, today: date) -> Filter:
    """Return the filter that options make on a day.

    Raises `UsageError` for a value that cannot be meant, and for an option nobody here knows: it would have
    made the choice smaller, and leaving it out would make it larger than the user said.
    """
    _check_names(options)
    values = {name: _strings(options, name) for name in _NAMES}
    size, kind, days, silent = (
        _last(values[name]) for name in ("household-size", "kind", "older-than", "silent-for")
    )
    return Filter(
        words=" ".join(values["words"]),
        circles=_each(_circle, values["circle"]),
        no_circle=bool(options.get("no-circle")),
        tags=_each(_tag, values["tag"]),
        not_tags=_each(_tag, values["not-tag"]),
        facts=_each(_fact, values["fact"]),
        countries=_each(_country, values["country"]),
        cities=_each(_city, values["city"]),
        postcodes=_each(_postcode, values["postcode"]),
        languages=_each(_language, values["language"]),
        has_address=_has_address(options),
        spoken_before=None if days is None else _days_before(days, today),
        today=date.max if days is None else today,
        birth_months=tuple(_month(month, today) for month in values["birthday"]),
        sent=_each_season("sent", values, today),
        not_sent=_each_season("not-sent", values, today),
        received=_each_season("received", values, today),
        not_received=_each_season("not-received", values, today),
        silent_since=None if silent is None else today.year - _years(silent),
        never_received=bool(options.get("never-received")),
        household_size=None if size is None else _size(size),
        kind=None if kind is None else _kind(kind),
        archived=bool(options.get("archived")),
    )


def _check_names(options: Options) -> None:
    unknown = [name for name in options if name not in _NAMES]
    if unknown:
        raise UsageError(
            f"There is no filter --{unknown[0]} in this relcard.",
            hint="A newer one wrote it: update relcard, or save the segment again.",
        )
    for name, opposite in _OPPOSITES:
        if options.get(name) and options.get(opposite):
            raise UsageError(f"--{name} and --{opposite} leave nobody.", hint="Leave one of them out.")


_FLAGS = ("has-address", "no-address", "no-circle", "never-received", "archived")
_OPPOSITES = (("circle", "no-circle"), ("has-address", "no-address"), ("received", "never-received"))
_NAMES = (
    "words",
    "circle",
    "no-circle",
    "tag",
    "not-tag",
    "fact",
    "country",
    "city",
    "postcode",
    "language",
    "has-address",
    "no-address",
    "older-than",
    "birthday",
    "sent",
    "not-sent",
    "received",
    "not-received",
    "silent-for",
    "never-received",
    "household-size",
    "kind",
    "archived",
)


def in_words(options: Options) -> str:
    """Return options as they are typed: --tag shop --fact bread=rye."""
    parts = []
    for name, value in options.items():
        if isinstance(value, bool):
            parts.append(f"--{name}" if value else "")
            continue
        several = value if isinstance(value, list | tuple) else [value]
        parts.extend(f"--{name} {quoted(str(words))}" for words in several)
    return " ".join(part for part in parts if part)


def _strings(options: Options, name: str) -> list[str]:
    value = options.get(name)
    if name in _FLAGS or value is None:
        return []
    several = value if isinstance(value, list | tuple) else [value]
    return [str(words) for words in several]


def _has_address(options: Options) -> bool | None:
    if options.get("has-address"):
        return True
    return False if options.get("no-address") else None


def _last(values: list[str]) -> str | None:
    return values[-1] if values else None


def _each(reader: Callable[[str], _Read], values: Iterable[str]) -> tuple[_Read, ...]:
    return tuple(dict.fromkeys(map(reader, values)))


def _circle(value: str) -> Circle:
    try:
        return Circle(value.lower())
    except ValueError:
        names = ", ".join(circle.value for circle in Circle)
        raise UsageError(f'--circle is "{value}", which is no circle.', hint=f"There are {names}.") from None


def _kind(value: str) -> Kind:
    for kind in (Kind.INDIVIDUAL, Kind.ORG):
        if kind.value == value.lower():
            return kind
    raise UsageError(f'--kind is "{value}", which is no kind of contact.', hint="Say individual or org.")


def _tag(value: str) -> str:
    tag = fold(value)
    if not tag:
        raise UsageError("A tag needs a word.", hint="For example: --tag choir")
    return tag


def _fact(wanted: str) -> FactWanted:
    key, equals, value = wanted.partition("=")
    name = plain_words(key)
    if not name or (equals and not plain_words(value.removesuffix("*"))):
        raise UsageError(
            f'--fact is "{wanted}", which names no fact.',
            hint="Say a key, or a key and words of what it says: --fact bread, --fact bread=rye",
        )
    return FactWanted(name, _words(value) if equals else None)


def _words(value: str) -> WordsWanted:
    return WordsWanted(plain_words(value.removesuffix("*")), value.endswith("*"))


def _country(value: str) -> str:
    if len(value) != 2 or not (value.isascii() and value.isalpha()):
        raise UsageError(f'--country is "{value}", which is no country.', hint="Say its code, as DE or GB.")
    return value.upper()


def _city(value: str) -> WordsWanted:
    city = _words(value)
    if not city.text:
        raise UsageError(f'--city is "{value}", which names no town.', hint="For example: --city Leeds")
    return city


def _postcode(value: str) -> str:
    code = plain_postcode(value.removesuffix("*"))
    if not code:
        raise UsageError(
            f'--postcode is "{value}", which begins no postcode.', hint="For example: --postcode LS1"
        )
    return code


def _language(value: str) -> str:
    language = value.replace("_", "-").lower()
    if not re.match(_LANGUAGE, language):
        raise UsageError(f'--language is "{value}", which is no language.', hint="Say its code, as de or pl.")
    return language


def _days_before(value: str, today: date) -> date:
    if not (value.isascii() and value.isdigit() and 0 < int(value[:9]) <= _LONGEST_SILENCE):
        raise UsageError(
            f'--older-than is "{value}", which is no number of days.', hint="For example: --older-than 30"
        )
    days = int(value)
    return today - timedelta(days=days) if days < today.toordinal() else date.min


def _month(value: str, today: date) -> int:
    word = value.lower()
    if word in ("this", "next"):
        return today.month if word == "this" else today.month % 12 + 1
    if word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= 12:
        return int(word)
    if len(word) >= 3:
        for number, name in enumerate(MONTH_NAMES, 1):
            if name.startswith(word):
                return number
    raise UsageError(f'--birthday is "{value}", which is no month.', hint="Say may, 5, this or next.")


def _years(value: str) -> int:
    if value.isascii() and value.isdigit() and 0 < int(value[:9]) <= _MOST_YEARS:
        return int(value)
    raise UsageError(
        f'--silent-for is "{value}", which is no number of years.', hint="For example: --silent-for 3"
    )


def _each_season(name: str, values: Mapping[str, list[str]], today: date) -> tuple[CardsOf, ...]:
    return tuple(_cards(f"--{name}", season, today) for season in values[name])


def _cards(option: str, value: str, today: date) -> CardsOf:
    """Read a season: christmas-2025, or christmas for the last one whose day has come."""
    try:
        if "-" in value and value[-1:].isdigit():
            season = Season.parse(value)
            feast, year = season.feast, season.year
        else:
            feast = find_feast(value)
            year = last_year(feast, today)
        first, last = card_days(feast, year)
    except (NotFoundError, UsageError) as error:
        raise UsageError(
            f'{option} is "{value}", which is no season.',
            hint="Say christmas-2025, or christmas for the last one.",
        ) from error
    return CardsOf(season_name(feast.name, year), first, last)


def _size(value: str) -> tuple[int, int]:
    match = re.match(_SIZE, value.replace(" ", ""))
    if match and value.isascii() and (match["least"] or match["most"]):
        least = int(match["least"][:9] or 1)
        most = int(match["most"][:9] or _LARGEST_HOUSEHOLD) if match["range"] else least
        if 1 <= least <= most:
            return least, most
    raise UsageError(
        f'--household-size is "{value}", which is no size.', hint="Say 4, 2..4, 3.. or ..2: of the living."
    )

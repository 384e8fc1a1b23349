"""The user's settings: a small TOML file beside the store. Without one, the defaults serve.

Settings stop at the door: services are handed values, never this.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain import posting
from relcard.domain.dates import LeapDay
from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import rules_from_mapping
from relcard.domain.printing.home_paper import HomePaper
from relcard.domain.printing.home_paper import home_paper
from relcard.domain.printing.postage import Tariff
from relcard.domain.printing.room import PITCHES
from relcard.domain.printing.room import WORDS
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.card_order import CardOrder
from relcard.domain.standpoint import Standpoint
from relcard.errors import NotFoundError
from relcard.errors import RelcardError
from relcard.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.circle import CircleRule
    from relcard.domain.posting import PostingTable
    from relcard.domain.printing.card_size import Page

KEYS = {
    "sender.name": "your name, for the return address",
    "sender.address": "your address, without the country",
    "sender.country": "where you post: GB, DE, US ... decides domestic mail, posting times and paper",
    "sender.return": "your address on an envelope: front, flap or none",
    "language": "of cards when a household has none of its own, such as en, de or pt-BR",
    "card": "A6, A5, 5x7, A2, postcard ...: relcard print cards --help",
    "stock": "the label sheet you buy: L7160, 5160 ...",
    "envelope": "C6, DL, #10, A7 ...",
    "feed.edge": "of an envelope, which goes into the printer first: long or short",
    "feed.rotate": "the print on an envelope, clockwise: 0, 90, 180 or 270",
    "feed.tray": "left, centre or right, where the printer takes a page of A4 or Letter for an envelope",
    "page": "of cards and crib: A4 or Letter",
    "order": "of cards, labels, envelopes and crib: post-by, country or name",
    "pace": "how many cards an evening bears: 6 an evening, Mon Wed Fri",
    "tone.off": "rules of tone that say nothing, as boast: relcard template check --rules",
    "reminders.to": "where the notice of the day goes: ntfy://topic, mailto:// ...; none: the screen",
    "reminders.names": "the names in that notice: first or whole",
    "daily": "how many lines relcard today shows at the most: 5",
    "hand.pitch_mm": "from line to line of your handwriting, in millimetres",
    "hand.words_per_10cm": "how many words you write on ten centimetres",
    "leap_day": "when 29 February is kept in a common year: feb28, mar1 or skip",
    "circles": "per circle: cadence_days, room_share, room_lines, address_mode, sending",
    "feasts": 'of your own, by day or rule: feasts.midsummer = "last saturday of june"',
    "holidays": "when your post rests, Sundays besides: 12-25, last monday of august; or by place, as GB-SCT",
    "posting": "days in the post, by sender and destination: posting.GB.NZ = 12; posting.year is theirs",
    "postage": "prices of stamps: home, europe, world, a country as NZ, square, large; and currency",
}

# The tables, each with a setting in it as an example.
_EXAMPLES = {
    "sender": "sender.country",
    "feed": "feed.edge",
    "tone": "tone.off",
    "reminders": "reminders.to",
    "hand": "hand.pitch_mm",
    "circles": "circles.friend.cadence_days",
    "feasts": "feasts.midsummer",
    "posting": "posting.GB.NZ",
    "postage": "postage.home",
}
_FEEDS: dict[str, tuple[str | int, ...]] = {
    "edge": ("long", "short"),
    "rotate": (0, 90, 180, 270),
    "tray": ("left", "centre", "right"),
}
_HANDS = {"pitch_mm": PITCHES, "words_per_10cm": WORDS}  # beyond them lie slips of the finger, as 75 for 7.5


_LISTS = ("sender.address", "tone.off", "reminders.to")
# Where one of these is set, a user's data may be elsewhere than usual on Linux.
_SETS_DATA = frozenset({"XDG_DATA_HOME", "ANDROID_DATA"})
_MOST_LINES = 100  # of a page of today
_SAID = 1e6  # a number from here on is not said back


class Sender(NamedTuple):
    """Who sends the cards. `country` is ISO 3166-1 alpha-2, or "" while it is not said.

    `return_on` says where on an envelope the return address stands: front, flap or none.
    """

    name: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    return_on: str = "front"

    @property
    def names(self) -> tuple[str, ...]:
        """The words of the name, without initials."""
        return tuple(word for word in self.name.split() if len(word) > 1)

    @property
    def lines(self) -> tuple[str, ...]:
        """The return address."""
        return tuple(line for line in (self.name, *self.address) if line)


class EnvelopeFeed(NamedTuple):
    """How envelopes go into the user's printer, as far as it was said."""

    edge: str | None = None
    rotate: int | None = None
    tray: str | None = None


class Notices(NamedTuple):
    """Where the notice of the day goes, as Apprise has it, () for the screen; and whether by whole names."""

    to: tuple[str, ...] = ()
    names: str = "first"


class ToneRules(NamedTuple):
    """Which rules of tone the user has switched off, by name."""

    off: tuple[str, ...] = ()


class Settings(NamedTuple):
    """Everything that may be changed, with its default."""

    sender: Sender = Sender()
    language: str = "en"
    card: str = HomePaper().card
    stock: str = HomePaper().stock
    envelope: str = HomePaper().envelope
    feed: EnvelopeFeed = EnvelopeFeed()
    page: Page = HomePaper().page
    order: CardOrder = CardOrder.POST_BY
    pace: str = ""
    tone: ToneRules = ToneRules()
    reminders: Notices = Notices()
    daily: int = 5
    hand: Hand = Hand()
    leap_day: LeapDay = LeapDay.FEB28
    feasts: Mapping[str, str] = MappingProxyType({})
    circles: Mapping[Circle, CircleRule] = RULES
    holidays: str = ""
    posting: PostingTable = posting.DEFAULT_TABLE
    postage: Tariff = Tariff()

    def standpoint(self, today: date) -> Standpoint:
        """Return the day and these settings as services are handed them."""
        return Standpoint(
            today=today,
            sender_country=self.sender.country,
            language=self.language,
            rules=self.circles,
            posting=self.posting._replace(holidays=self.holidays),
            leap_day=self.leap_day,
            pace=self.pace,
            daily=self.daily,
        )


def default_store() -> str:
    """Return where this computer keeps a user's data, and in it the store."""
    home = os.environ.get("HOME", "")
    if sys.platform == "linux" and home.startswith("/") and not _SETS_DATA & os.environ.keys():
        # What platformdirs would answer: it takes 17 ms to load, a fifth of all that `today` does.
        return f"{home.rstrip('/')}/.local/share/relcard/relcard.db"
    from platformdirs import user_data_path  # noqa: PLC0415  17 ms, where it is not plain

    return str(user_data_path("relcard") / "relcard.db")


def path_beside(store: str) -> str:
    """Return the settings file that belongs to a store: the same name, ending in .toml.

    A link to a store has the settings of the store, unless there are none and some stand beside the link.
    """
    path = os.path.splitext(store)[0] + ".toml"  # noqa: PTH122  pathlib costs start-up time
    if os.path.islink(store):  # noqa: PTH114
        real = os.path.splitext(os.path.realpath(store))[0] + ".toml"  # noqa: PTH122
        return path if os.path.exists(path) and not os.path.exists(real) else real  # noqa: PTH110
    return path


def templates_beside(store: str) -> str:
    """Return the folder of the user's own templates."""
    return os.path.join(os.path.dirname(os.path.abspath(store)), "templates")  # noqa: PTH100, PTH118, PTH120


def load(path: str) -> Settings:
    """Read the settings at `path`; a file that does not exist gives the defaults. Raises `SettingsError`."""
    if not os.path.exists(path):  # noqa: PTH110
        return Settings()
    import tomllib  # noqa: PLC0415  3 ms, where there is a file

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            values = tomllib.load(file)
        return _read(values)
    except OSError as error:
        raise SettingsError(
            f"Cannot read {path}: {error.strerror}.", hint="Check its permissions."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}.", hint=f"Correct the line in {path}.") from error
    except RelcardError as error:
        raise SettingsError(f"{path}: {error.message}", hint=error.hint) from error
    except RecursionError:
        raise SettingsError(
            f"{path} is nested beyond all settings.", hint="relcard settings lists what may be set."
        ) from None
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{path}: {error}", hint="relcard settings lists what may be set.") from error


def change(text: str, key: str, value: str) -> str:
    """Return a settings file's text with one value changed; comments stay. Raises `SettingsError`."""
    import tomlkit  # noqa: PLC0415  13 ms, for settings set alone

    document = tomlkit.parse(text)
    *tables, last = key.split(".")
    here: Any = document
    for name in tables:
        if name not in here:
            here[name] = tomlkit.table()
        here = here[name]
        if not hasattr(here, "keys"):
            raise SettingsError(f'"{key}" is no setting.', hint="relcard settings lists what may be set.")
    here[last] = _literal(value, is_list=key in _LISTS)
    if key in ("feed.edge", "feed.rotate"):
        _agree(here, last)
    return _checked(tomlkit.dumps(document))


def forget(text: str, key: str) -> str:
    """Return a settings file's text without one value; comments stay.

    Raises `NotFoundError` where it is not said, `SettingsError` where the others cannot be without it.
    """
    import tomlkit  # noqa: PLC0415  13 ms, for settings unset alone

    document = tomlkit.parse(text)
    *tables, last = key.split(".")
    here: Any = document
    for name in tables:
        here = here.get(name) if hasattr(here, "keys") else None
    if not hasattr(here, "keys") or last not in here:
        raise NotFoundError(f'"{key}" is not said in your settings.', hint="relcard settings lists what is.")
    del here[last]
    return _checked(tomlkit.dumps(document))


def _checked(changed: str) -> str:
    """Return a settings file's text that can be read. Raises `SettingsError` for any other."""
    import tomlkit  # noqa: PLC0415  as above

    try:
        _read(tomlkit.parse(changed).unwrap())
    except (TypeError, ValueError) as error:
        raise SettingsError(_sentence(str(error)), hint="relcard settings lists what may be set.") from error
    return changed


def _agree(feed: Any, last_said: str) -> None:
    """Drop the edge or the turn that contradicts the other: what is said last counts."""
    if "edge" in feed and "rotate" in feed and (feed["rotate"] in (90, 270)) is not (feed["edge"] == "short"):
        del feed["edge" if last_said == "rotate" else "rotate"]


def _sentence(reason: str) -> str:
    return reason if reason.endswith(".") else f"{reason}."


def _literal(value: str, *, is_list: bool) -> Any:
    if is_list:
        return [line.strip() for line in value.split("\n" if "\n" in value else ",") if line.strip()]
    for number in (int, float):
        try:
            return number(value)
        except ValueError:
            continue
    return value


def _read(values: Mapping[str, Any]) -> Settings:
    unknown = next((key for key in values if key not in _READERS), None)
    if unknown is not None:
        raise ValueError(f'"{unknown}" is no setting; there are {", ".join(sorted(_READERS))}')
    for table, example in sorted(_EXAMPLES.items()):
        if table in values and not hasattr(values[table], "items"):
            raise ValueError(f"{table} is a table of several settings, such as {example}")
    chosen = {key: read(values[key]) for key, read in _READERS.items() if key in values}
    paper = home_paper(chosen["sender"].country if "sender" in chosen else "")
    return Settings(**{**paper._asdict(), **chosen})


def _word(key: str, value: object) -> str:
    if not isinstance(value, str | int):
        raise TypeError(f"{key} must be a word")
    return str(value)


def _choice(key: str, value: Any, choices: Sequence[str | int]) -> Any:
    """Return a value that is one of the choices."""
    if value not in choices or isinstance(value, bool):
        *most, last = map(str, choices)
        raise ValueError(f'{key} is "{value}"; it must be {", ".join(most)} or {last}')
    return value


def _language(value: object) -> str:
    from relcard.domain.languages import is_language_tag  # noqa: PLC0415  2 ms, where one is set

    code = _word("language", value)
    if not is_language_tag(code):
        raise ValueError(f'language is "{code}"; it must be a code such as en, de, pl or fr')
    return code


def _card(value: object) -> str:
    from relcard.domain.printing.card_size import find_size  # noqa: PLC0415  3 ms, where a card is set

    name = _word("card", value)
    find_size(name)
    return name


def _page(value: object) -> Page:
    page: Page = _choice("page", _word("page", value), ("A4", "Letter"))
    return page


def _order(value: object) -> CardOrder:
    return CardOrder(_choice("order", value, [order.value for order in CardOrder]))


def _pace(value: object) -> str:
    from relcard.domain.seasons.plan import read_pace  # noqa: PLC0415  3 ms, where a pace is said

    words = _word("pace", value)
    try:
        return str(read_pace(words)) if words else ""
    except ValueError as error:
        raise ValueError(f'pace: "{words}" {error}') from error


def _daily(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_LINES:
        raise ValueError(f'daily is "{value}"; it must be a whole number of lines, from 1 to {_MOST_LINES}')
    return value


def _leap_day(value: object) -> LeapDay:
    return LeapDay(_choice("leap_day", value, [day.value for day in LeapDay]))


def _feasts(values: Mapping[str, Any]) -> dict[str, str]:
    from relcard.domain.feasts import own_feasts  # noqa: PLC0415  1 ms, where there is a feast of one's own

    return {name: feast.rule for name, feast in own_feasts(values).items()}


def _holidays(value: object) -> str:
    from relcard.domain.holidays import check_holidays  # noqa: PLC0415  1 ms, where some are said

    words = _word("holidays", value)
    check_holidays(words)
    return words


def _sender(values: Mapping[str, Any]) -> Sender:
    unknown = set(values) - {"name", "address", "country", "return"}
    if unknown:
        raise ValueError(f'sender has no "{min(unknown)}"; it has name, address, country and return')
    return_on = _choice("sender.return", str(values.get("return", "front")), ("front", "flap", "none"))
    address = values.get("address", ())
    if isinstance(address, str):
        address = address.splitlines()
    country = str(values.get("country", "")).upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ValueError(f'sender.country is "{country}"; it must be two letters, as GB or DE')
    return Sender(
        name=str(values.get("name", "")),
        address=tuple(str(line) for line in address),
        country=country,
        return_on=return_on,
    )


def _feed(values: Mapping[str, Any]) -> EnvelopeFeed:
    for key, value in values.items():
        if key not in _FEEDS:
            raise ValueError(f'feed has no "{key}"; it has edge, rotate and tray')
        _choice(f"feed.{key}", value, _FEEDS[key])
    return EnvelopeFeed(**values)


def _tone(values: Mapping[str, Any]) -> ToneRules:
    from relcard.domain.seasons.tone.rules import check_switched  # noqa: PLC0415  5 ms, where a rule is off

    unknown = set(values) - {"off"}
    if unknown:
        raise ValueError(f'tone has no "{min(unknown)}"; it has off')
    off = values.get("off", ())
    names = [str(name) for name in ([off] if isinstance(off, str) else off)]
    return ToneRules(off=tuple(sorted(check_switched(name for name in names if name != "none"))))


def _reminders(values: Mapping[str, Any]) -> Notices:
    unknown = set(values) - {"to", "names"}
    if unknown:
        raise ValueError(f'reminders has no "{min(unknown)}"; it has to and names')
    to = values.get("to", ())
    addresses = [str(address) for address in ([to] if isinstance(to, str) else to)]
    wrong = next((address for address in addresses if address != "none" and "://" not in address), None)
    if wrong is not None:
        raise ValueError(f'reminders.to is "{wrong}"; it must be as ntfy://topic or mailto://name:word@host')
    names = _choice("reminders.names", values.get("names", "first"), ("first", "whole"))
    return Notices(tuple(address for address in addresses if address != "none"), names)


def _hand(values: Mapping[str, Any]) -> Hand:
    unknown = set(values) - {"pitch_mm", "words_per_10cm"}
    if unknown:
        raise ValueError(f'hand has no "{min(unknown)}"; it has pitch_mm and words_per_10cm')
    for key, value in values.items():
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise TypeError(f'hand.{key} is "{value}"; it must be a number')
        least, most = _HANDS[key]
        if not least <= value <= most:
            number = (
                f"{value:g}" if abs(value) < _SAID else "far too much"
            )  # an integer may be beyond any float
            raise ValueError(f"hand.{key} is {number}; hands lie between {least:g} and {most:g}")
    return Hand(**values)


# How the value of each setting is read. Each raises ValueError or TypeError that says what it must be.
_READERS: dict[str, Callable[[Any], Any]] = {
    "sender": _sender,
    "language": _language,
    "card": _card,
    "stock": partial(_word, "stock"),
    "envelope": partial(_word, "envelope"),
    "feed": _feed,
    "page": _page,
    "order": _order,
    "pace": _pace,
    "tone": _tone,
    "reminders": _reminders,
    "daily": _daily,
    "hand": _hand,
    "leap_day": _leap_day,
    "feasts": _feasts,
    "holidays": _holidays,
    "circles": rules_from_mapping,
    "posting": posting.PostingTable.from_mapping,
    "postage": Tariff.from_mapping,
}

"""Words become values here, before a command runs; options that commands share are defined once."""

from __future__ import annotations

import os
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.domain.dates import PartialDate
from relcard.domain.occasions import Occasion
from relcard.domain.occasions import find_occasion
from relcard.domain.people.circle import Circle

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., int | None]
    Decorator = Callable[[Command], Command]


_ASK = 'write it as 2026-11-20, "20 Nov", yesterday, tuesday or "3 days ago"'


def _has_numbers(text: str) -> bool:
    return text[:1].isdigit() and any(mark in text for mark in "/.-")


class PartOfDay(click.ParamType[PartialDate]):
    """A day of the calendar, or as much of it as is known: 12 Nov, yesterday, 2026-11, 2026.

    `ahead` is of what is to come: Tuesday is then the next one, else the last one. With `returns` a year that
    is not said stays unknown: a day of each year.
    """

    name = "day"

    def __init__(self, *, ahead: bool = False, returns: bool = False) -> None:
        self.ahead = ahead
        self.returns = returns

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:
        """Read the day, from the day the command line took for today and in the order the sender writes."""
        if isinstance(value, PartialDate):
            return value
        from relcard.domain.days import read_day  # noqa: PLC0415  2 ms, and only where a day is said
        from relcard.domain.days import read_partial_day  # noqa: PLC0415  as above

        read = read_partial_day if self.returns else read_day
        desk = (ctx or click.get_current_context()).find_root().obj
        try:
            return read(
                value,
                desk.today,
                # Only such a day depends on who sends, and settings take 5 ms to read.
                country=desk.settings.sender.country if _has_numbers(value) else "",
                ahead=self.ahead,
            )
        except ValueError as error:
            self.fail(f'"{value}" {error}; {_ASK}.', param, ctx)


class Day(click.ParamType[date]):
    """A day of the calendar as people say it: 2026-11-20, 20 Nov, yesterday, last tuesday, 3 days ago.

    Where something `begins` then, a month or a year means its first day.
    """

    name = "day"

    def __init__(self, *, ahead: bool = False, begins: bool = False) -> None:
        self._part = PartOfDay(ahead=ahead)
        self._begins = begins

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; it must be a whole one, but where something `begins`."""
        if isinstance(value, date):
            return value
        read = self._part.convert(value, param, ctx)
        if self._begins and read.year is not None:
            return date(read.year, read.month or 1, read.day or 1)
        if read.year is None or read.month_day is None:
            self.fail(
                f'"{value}" is no day but {"a year" if read.month is None else "a month"}; {_ASK}.',
                param,
                ctx,
            )
        return date(read.year, *read.month_day)


_DATABASE = b"SQLite format 3\0"  # how a store and each of its backups begins


class OutFile(click.ParamType[str]):
    """A file to be written: never a folder, a device or a store, which a new file would take the place of.

    Of a file that is there already it takes the place only where that `begins` as the new one will; with None
    the command looks itself, once it knows what it writes.
    """

    name = "file"

    def __init__(self, begins: tuple[bytes, ...] | None = None, kind: str = "") -> None:
        self._begins = begins
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it was said."""
        if os.path.isdir(value):  # noqa: PTH112
            self.fail(f'"{value}" is a folder; name a file in it.', param, ctx)
        if os.path.exists(value) and not os.path.isfile(value):  # noqa: PTH110, PTH113
            self.fail(f'"{value}" is no file that could be replaced; name another.', param, ctx)
        if _is_kept(value, ctx):
            self.fail(f'"{value}" holds your store or its settings; name another file.', param, ctx)
        if self._begins is not None and not may_replace(value, self._begins):
            self.fail(refused(value, self._kind), param, ctx)
        return str(value)


def may_replace(path: str, begins: tuple[bytes, ...]) -> bool:
    """Whether a new file may stand there: nothing does, or nothing but what begins as the new one will."""
    if not os.path.isfile(path):  # noqa: PTH113  a name that is too long is refused when it is written
        return True
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            head = file.read(64)
    except OSError:
        return True  # what cannot be read is refused by name when it is written
    return not head or head.upper().startswith(begins)


def refused(path: str, kind: str) -> str:
    """Say that a file stays where it is, since it is not of the kind that would take its place."""
    what = f" and is no {kind}" if kind else ""
    return f'"{path}" is there already{what}; name another file.'


def _is_kept(path: str, ctx: click.Context | None) -> bool:
    """Whether a file holds what relcard keeps: a store, its journal, a backup, or the settings in use."""
    if ctx is not None and _is_beside(path, ctx.find_root().obj.store):
        return True
    if not os.path.isfile(path):  # noqa: PTH113
        return False
    from relcard.settings import path_beside  # noqa: PLC0415  5 ms, and only for a file that is there

    if ctx is not None:
        store = ctx.find_root().obj.store
        for ours in (store, path_beside(store)):
            if os.path.exists(ours) and os.path.samefile(path, ours):  # noqa: PTH110, PTH121
                return True
        if ctx.info_name == "backup":  # it may take the place of an older one
            return False
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False  # what cannot be read is refused by name when it is written


def _is_beside(path: str, store: str) -> bool:
    """Whether SQLite itself would look for a file of that name beside the store."""
    return os.path.realpath(path) in {os.path.realpath(store) + end for end in ("-journal", "-wal", "-shm")}


class CircleName(click.ParamType[Circle]):
    """A circle by its name."""

    name = "circle"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Circle:
        """Read the circle, in any case."""
        if isinstance(value, Circle):
            return value
        try:
            return Circle(value.lower())
        except ValueError:
            names = ", ".join(circle.value for circle in Circle)
            self.fail(f'"{value}" is no circle; there are {names}.', param, ctx)


class ChannelName(click.ParamType[str]):
    """How a word passed, by its name or by what people call it."""

    name = "channel"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the channel, in any case."""
        from relcard.domain.people.correspondence import CHANNELS  # noqa: PLC0415  1 ms, where one is said
        from relcard.domain.people.correspondence import channel_of  # noqa: PLC0415  as above

        channel = channel_of(value)
        if channel is None:
            self.fail(f'"{value}" is no channel; there are {", ".join(CHANNELS)}.', param, ctx)
        return channel


class OccasionName(click.ParamType[Occasion]):
    """An occasion in any spelling, or one of the user's own; whether it has words is not known here."""

    name = "occasion"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Occasion:
        """Find the occasion."""
        return value if isinstance(value, Occasion) else find_occasion(value)


CHANNEL = ChannelName()
DAY = Day()
COMING_DAY = Day(ahead=True)
FIRST_DAY = Day(begins=True)
PART_OF_DAY = PartOfDay()
BIRTHDAY = PartOfDay(returns=True)
COMING_OR_YEARLY = PartOfDay(ahead=True, returns=True)
OUT_FILE = OutFile()
STORE_FILE = OutFile((_DATABASE.upper(),), "backup of a store")
NEW_FILE = OutFile(())
CIRCLE = CircleName()


of_segment = click.option("--segment", metavar="NAME", help="Only what concerns contacts of this segment.")
as_json = click.option("--json", "as_json", is_flag=True, help="One object for scripts, nothing else.")
dry_run = click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
season = click.option("--season", metavar="NAME", help="The season; else the open one.")
segment = click.option(
    "--segment", metavar="NAME", help="Only contacts of this segment, and their households."
)
allow = click.option(
    "--allow", metavar="RULE", multiple=True, help="Let a rule of tone pass: template check --rules has them."
)
occasion = click.option(
    "--for",
    "occasion",
    type=OccasionName(),
    metavar="OCCASION",
    help="A card beside any season: condolence, birthday ..., or your own; WHO says whose.",
)
printer = click.option(
    "--printer", metavar="NAME", help="Whose offset to apply; else that of the only printer there is."
)
order = click.option(
    "--order",
    type=click.Choice(["post-by", "country", "name"]),
    help="What comes first and bears number 1; else as the settings have it.",
)


def gathered(kind: type[Any], argument: str, *options: Decorator) -> Decorator:
    """Return a decorator that gives a command these options, in the order of its help, as one argument.

    `kind` is the dataclass or named tuple made of what was typed: each option fills the field of its name
    (`who_` that of `who`), and a field without an option keeps its default. Commands share options so.
    """
    fields = [field for part in kind.__mro__ for field in getattr(part, "__annotations__", ())]
    names = {name for field in fields for name in (field, f"{field}_")}

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(*args: object, **typed: Any) -> int | None:
            value = kind(**{name.removesuffix("_"): typed.pop(name) for name in names & typed.keys()})
            return command(*args, **{argument: value}, **typed)

        decorated: Command = run
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate

"""The filters of list, as options that several commands share, and what they come to."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

import click

from relcard.domain.closeness import Circle
from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.cli.desk import Desk
    from relcard.domain.segment import Filter
    from relcard.domain.segment import Options
    from relcard.store.database import Connection

# Option, metavar ("" for a flag), whether it may be repeated, and its words.
_OPTIONS: tuple[tuple[str, str, bool, str], ...] = (
    ("circle", "CIRCLE", True, "In this circle now; repeat it for any of several."),
    ("no-circle", "", False, "You have said nothing of them yet."),
    ("tag", "TAG", True, "With this tag; repeat it for all of several."),
    ("not-tag", "TAG", True, "Without this tag."),
    ("fact", "KEY[=VALUE]", True, "With this fact: bread, bread=rye, bread=ry* ..."),
    ("country", "CODE", True, "A card goes there: DE, Germany, Deutschland ..."),
    ("city", "TOWN", True, "With an address in this town; Bad* for a beginning."),
    ("postcode", "PREFIX", True, "With an address whose postcode begins so."),
    ("language", "CODE", True, "Whose cards are in this language: de, pl ..."),
    ("has-address", "", False, "A card can reach them."),
    ("no-address", "", False, "A card cannot reach them."),
    ("older-than", "DAYS", False, "Last contact longer ago than this, or never."),
    ("birthday", "MONTH", True, "Birthday in this month: may, 5, this or next."),
    ("received", "SEASON", True, "Their card came: christmas-2025, or christmas for the last."),
    ("not-received", "SEASON", True, "No card of theirs came."),
    ("household-size", "N..M", False, "So many live there: 4, 2..4, 3.. or ..2."),
    ("kind", "KIND", False, "individual or org."),
)
_CHOICES = {
    "circle": click.Choice([one.value for one in Circle], case_sensitive=False),
    "kind": click.Choice(["individual", "org"], case_sensitive=False),
}


class Chosen(NamedTuple):
    """The filters that were said: the options, and the name of a segment or ""."""

    options: Options
    segment: str = ""

    @property
    def is_everybody(self) -> bool:
        """Whether nothing was said that would leave anybody out."""
        return not self.options and not self.segment

    @property
    def names_a_circle(self) -> bool:
        """Whether the circles that are meant were named, in so many words."""
        return "circle" in self.options

    @property
    def said(self) -> str:
        """The options as they are typed."""
        from relcard.domain.segment import in_words

        return in_words({**({"segment": self.segment} if self.segment else {}), **self.options})

    def read(self, desk: Desk, db: Connection) -> Filter | None:
        """Return what the filters come to today, None for everybody; raises `UsageError` for a bad value."""
        if self.is_everybody:
            return None
        from relcard.domain import segment
        from relcard.store import segments

        own = segment.read(self.options, desk.today)
        if not self.segment:
            return own
        return own._replace(within=(segments.read(db, self.segment, desk.today),))


def options(
    *, words: str = "option", segment: bool = True, before: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the filters of list, which it gets as one `Chosen` called `chosen`.

    `words` is "argument" where words stand alone, else they are an option. `before` is put before the help.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def choosing(*args: Any, **said: Any) -> Any:
            by = {name: said.pop(_parameter(name)) for name, *_ in _OPTIONS}
            chosen = {
                "words": " ".join(said.pop("by_words")) if words == "argument" else said.pop("by_words")
            }
            if by["country"]:
                by["country"] = [code_of(one) for one in by["country"]]
            chosen.update(
                (name, list(value) if isinstance(value, tuple) else value) for name, value in by.items()
            )
            return command(
                *args,
                chosen=Chosen(
                    {name: value for name, value in chosen.items() if value not in (None, "", [], False)},
                    said.pop("by_segment") or "" if segment else "",
                ),
                **said,
            )

        shared: list[Callable[[Any], Any]] = [_option(*one, before) for one in _OPTIONS]
        if segment:
            shared.insert(
                0, click.option("--segment", "by_segment", metavar="NAME", help=f"{before}Of this segment.")
            )
        if words == "argument":
            shared.append(click.argument("by_words", metavar="[WORDS]...", nargs=-1))
        else:
            help_ = f"{before}Names, towns and e-mails with these words."
            shared.insert(0, click.option("--words", "by_words", metavar="WORDS", help=help_))
        decorated: Callable[..., Any] = choosing
        for one in reversed(shared):
            decorated = one(decorated)
        return decorated

    return decorate


def _parameter(name: str) -> str:
    return f"by_{name.replace('-', '_')}"


def _option(name: str, metavar: str, several: bool, words: str, before: str) -> Callable[[Any], Any]:
    if not metavar:
        return click.option(f"--{name}", _parameter(name), is_flag=True, help=before + words)
    return click.option(
        f"--{name}",
        _parameter(name),
        metavar=metavar,
        multiple=several,
        type=_CHOICES.get(name, click.STRING),
        help=before + words,
    )


def code_of(country: str) -> str:
    """Return the code of a country by any of its names; raises `NotFoundError` when there is none."""
    from relcard.postal import country_code

    code = country_code(country)
    if not code:
        raise NotFoundError(f"No country is called '{country}'.", hint="Say its code, as DE or GB.")
    return code


def households_of(desk: Desk, db: Connection, segment: str) -> list[int]:
    """Return the households with a member in a segment."""
    from relcard.store import filters
    from relcard.store import segments

    return filters.household_ids(db, segments.read(db, segment, desk.today))


def contacts_of(desk: Desk, db: Connection, segment: str) -> list[int]:
    """Return the contacts of a segment."""
    from relcard.store import filters
    from relcard.store import segments

    return filters.ids(db, segments.read(db, segment, desk.today))

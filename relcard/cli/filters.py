"""The filters of list, as options that several commands share, and what they come to."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

import click

from relcard.domain.people.circle import Circle
from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.cli.desk import Desk
    from relcard.domain.people.segment import Filter
    from relcard.domain.people.segment import Options
    from relcard.store.file.database import Connection

# Option, metavar ("" for a flag), whether it may be repeated, and its words.
_OPTIONS: tuple[tuple[str, str, bool, str], ...] = (
    ("circle", "CIRCLE", True, "Those in this circle; repeat it for any of several."),
    ("no-circle", "", False, "Those you have said nothing of yet."),
    ("tag", "TAG", True, "Those with this tag; repeat it for all of several."),
    ("not-tag", "TAG", True, "Those without this tag."),
    ("fact", "KEY[=VALUE]", True, "Those with this fact: bread, bread=rye, bread=ry*."),
    ("country", "CODE", True, "Those whose card goes there: DE, Germany, Deutschland."),
    ("city", "TOWN", True, "Those with an address in this town; Bad* begins it."),
    ("postcode", "PREFIX", True, "Those with an address whose postcode begins so."),
    ("language", "CODE", True, "Those whose cards are in this language: de, pl."),
    ("has-address", "", False, "Those a card can reach."),
    ("no-address", "", False, "Those a card cannot reach."),
    ("older-than", "DAYS", False, "Those whose last word is older than this, or who had none."),
    ("birthday", "MONTH", True, "Those born in this month: may, 5, this or next."),
    ("sent", "SEASON", True, "Those to whom a card went: christmas-2025, or christmas."),
    ("not-sent", "SEASON", True, "Those to whom no card went."),
    ("received", "SEASON", True, "Those whose card came: christmas-2025, or christmas."),
    ("not-received", "SEASON", True, "Those of whom no card came."),
    ("silent-for", "YEARS", False, "Those with cards, of whom none came for so many years."),
    ("never-received", "", False, "Those of whom no card ever came."),
    ("household-size", "N..M", False, "Those of a household of so many: 4, 2..4, 3.., ..2."),
    ("kind", "KIND", False, "Those of this kind: individual or org."),
    ("archived", "", False, "Those put aside with relcard archive, and nobody else."),
)
_CHOICES = {
    "circle": click.Choice([one.value for one in Circle], case_sensitive=False),
    "kind": click.Choice(["individual", "org"], case_sensitive=False),
}


class Chosen(NamedTuple):
    """The filters that were said: the options, and the name of a segment."""

    options: Options
    segment: str | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nothing was said that would leave anybody out."""
        return not self.options and self.segment is None

    @property
    def said(self) -> str:
        """The options as they are typed."""
        from relcard.domain.people.segment import in_words  # noqa: PLC0415  3 ms, as below

        return in_words({**({} if self.segment is None else {"segment": self.segment}), **self.options})

    def read(self, desk: Desk, db: Connection) -> Filter | None:
        """Return what the filters come to today, None for everybody; raises `UsageError` for a bad value."""
        if self.is_everybody:
            return None
        from relcard.domain.people import segment  # noqa: PLC0415  3 ms that a list of everybody does without

        own = segment.read(self.options, desk.today)
        if self.segment is None:
            return own
        from relcard.store import segments  # noqa: PLC0415  3 ms, where one is named

        return own._replace(within=(segments.read(db, self.segment, desk.today),))

    def households(self, desk: Desk, db: Connection) -> list[int]:
        """Return the households with a member whom the filters let through."""
        from relcard.store import filters  # noqa: PLC0415  4 ms with segments, as above

        wanted = self.read(desk, db)
        return [] if wanted is None else filters.household_ids(db, wanted)


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
            alone = said.pop("by_words")
            of = said.pop("by_segment") if segment else None
            return command(*args, chosen=_chosen(alone, of, by), **said)

        shared: list[Callable[[Any], Any]] = [_option(*one, before) for one in _OPTIONS]
        if segment:
            shared.insert(
                0,
                click.option(
                    "--segment", "by_segment", metavar="NAME", help=_behind(before, "Those of this segment.")
                ),
            )
        if words == "argument":
            shared.append(click.argument("by_words", metavar="[WORDS]...", nargs=-1))
        else:
            help_ = _behind(before, "Those with these words in names, towns or e-mails.")
            shared.insert(0, click.option("--words", "by_words", metavar="WORDS", help=help_))
        decorated: Callable[..., Any] = choosing
        for decorator in reversed(shared):
            decorated = decorator(decorated)
        return decorated

    return decorate


def _chosen(words: str | tuple[str, ...] | None, segment: str | None, by: dict[str, Any]) -> Chosen:
    """Return what was said, without the options that were not; an empty word is one that was said."""
    alone = words if isinstance(words, str) else " ".join(words or ())
    options: dict[str, object] = {"words": alone} if alone else {}
    options.update((name, value) for name, value in by.items() if value not in (None, (), False))
    if by["country"]:
        options["country"] = [code_of(country) for country in by["country"]]
    return Chosen(options, segment)


def _parameter(name: str) -> str:
    return f"by_{name.replace('-', '_')}"


def _option(name: str, metavar: str, several: bool, words: str, before: str) -> Callable[[Any], Any]:
    if not metavar:
        return click.option(f"--{name}", _parameter(name), is_flag=True, help=_behind(before, words))
    return click.option(
        f"--{name}",
        _parameter(name),
        metavar=metavar,
        multiple=several,
        type=_CHOICES.get(name, click.STRING),
        help=_behind(before, words),
    )


def _behind(before: str, words: str) -> str:
    return before + words[0].lower() + words[1:] if before else words


def code_of(country: str) -> str:
    """Return the code of a country by any of its names; raises `NotFoundError` when there is none."""
    from relcard.postal import country_code  # noqa: PLC0415  1 ms, and only where a country is said

    code = country_code(country)
    if not code:
        raise NotFoundError(f"No country is called '{country}'.", hint="Say its code, as DE or GB.")
    return code


def households_of(desk: Desk, db: Connection, segment: str) -> list[int]:
    """Return the households with a member in a segment."""
    from relcard.store import filters  # noqa: PLC0415  4 ms with segments, and only where one is said
    from relcard.store import segments  # noqa: PLC0415

    return filters.household_ids(db, segments.read(db, segment, desk.today))


def contacts_of(desk: Desk, db: Connection, segment: str) -> list[int]:
    """Return the contacts of a segment."""
    from relcard.store import filters  # noqa: PLC0415  4 ms with segments, and only where one is said
    from relcard.store import segments  # noqa: PLC0415

    return filters.ids(db, segments.read(db, segment, desk.today))

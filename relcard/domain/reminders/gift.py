"""A gift: a thing given, got or meant to be given, with the occasion and the year."""

from __future__ import annotations

import re
from typing import NamedTuple

from relcard.domain.occasions import meant_occasion
from relcard.errors import UndecidedError
from relcard.errors import UsageError

IDEA, GIVEN, GOT = STATES = ("idea", "given", "got")
_LONGEST = 200  # letters
# Compiled where a gift is said: `today` knows gifts, too.
_OCCASION = r"(?P<occasion>.*?)[\s-]*(?P<year>[12]\d{3})?"


class Gift(NamedTuple):
    """A gift of a contact, or with `of_household` of the household in which the contact is.

    `state` is one of `STATES`. `occasion` is the user's word, "" where none was said; `year` None likewise.
    `ours`: on both laptops of a list, or here alone; None: as all gifts.
    """

    contact_id: int
    of_household: bool
    state: str
    what: str
    occasion: str = ""
    year: int | None = None
    ours: bool | None = None
    id: int = 0


def said_gift(gift: Gift, occasion: str, *, year: int) -> Gift:
    """Return a gift as it is kept, with the occasion said for it: christmas-2026, birthday.

    What was given or got is of this `year` where none is said. Raises `UsageError` for a gift without words,
    `UndecidedError` for an occasion that is one letter or two beside a known one.
    """
    what = " ".join(gift.what.split())
    if not what or len(what) > _LONGEST or not what.isprintable():
        raise UsageError(
            f"What is the gift, in up to {_LONGEST} letters?", hint='For example: relcard gift anna "a scarf"'
        )
    said = re.fullmatch(_OCCASION, " ".join(occasion.split()), re.ASCII)
    name, stated = (said["occasion"], said["year"]) if said else (occasion, None)
    if meant := meant_occasion(name):
        raise UndecidedError(
            f'There is no occasion "{name}".',
            hint=f"Did you mean {meant}? Another word of your own will do, too.",
        )
    this_year = None if gift.state == IDEA else year
    return gift._replace(what=what, occasion=name, year=int(stated) if stated else this_year)


def in_words(gift: Gift) -> str:
    """Return a gift as a page and the crib say it: "given: a scarf (christmas 2025)"."""
    when = " ".join(filter(None, (gift.occasion, str(gift.year or ""))))
    return f"{gift.state}: {gift.what}{f' ({when})' if when else ''}"

"""Public holidays of any country and region, from a library that is an extra: 0.4 s, once in a while."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.errors import UsageError
from relcard.installation import bring_extra

if TYPE_CHECKING:
    from datetime import date

_YEARS = 5
_PLACE = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9]{1,3}))?")


def is_place(words: str) -> bool:
    """Whether words are a country's code or a region's (ISO 3166-2), such as JP or GB-SCT."""
    return _PLACE.fullmatch(words) is not None


def public_holidays(place: str, today: date) -> list[date]:
    """Return the public holidays of a place in this year and the four after it, without Sundays.

    Raises `UsageError` where the library is not there, and for a place it does not know.
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        raise UsageError(f'"{place}" is no place.', hint="Say a country or a region by its code: JP, GB-SCT.")
    try:
        import holidays  # noqa: PLC0415  0.4 s, and an extra that need not be there
    except ImportError:
        raise UsageError(
            "Public holidays by place need a library that is not installed.",
            hint=f"{bring_extra('holidays')}\nOr say the days: "
            'relcard settings set holidays "12-25, last monday of august"',
        ) from None
    years = range(today.year, today.year + _YEARS)
    region = match[2].upper() if match[2] else None
    try:
        known = holidays.country_holidays(match[1].upper(), subdiv=region, years=years)
    except NotImplementedError as error:
        raise UsageError(
            f"No public holidays are known of {place.upper()}.",
            hint='Say the days: relcard settings set holidays "12-25, last monday of august"',
        ) from error
    return sorted(day for day in known if day.weekday() != 6)

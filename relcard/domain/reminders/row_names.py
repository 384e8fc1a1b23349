"""By what row a reminder is called: the row's number in this store, or its UUID, which both laptops know.

birthday-12-2026 is the birthday that is occasion 12 here, birthday-m3-2026 that of member 3. A time away is
called after its day, and so in any store alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.domain.kinds import OccasionKind

if TYPE_CHECKING:
    from collections.abc import Callable

_TABLE_OF = {
    **{f"{kind.value}-m": "member" for kind in OccasionKind},
    **{f"{kind.value}-": "occasion" for kind in OccasionKind},
    "day-": "day",
    "cadence-": "contact",
    "drift-": "contact",
    "season-": "season",
    "answer-card-": "recipient",
    "answer-": "interaction",
    "thanks-i": "interaction",
    "thanks-": "gift",
}
# Compiled where it is asked: `today` loads this, too.
_NAME = f"({'|'.join(_TABLE_OF)})(?:([0-9]{{1,18}})|([0-9a-f]{{32}}))((?:-.*)?)"
_NO_ROW = "0" * 32


def with_uuid(name: str, uuid_of: Callable[[str, int], str | None]) -> str:
    """Return what a reminder is called on both laptops; `uuid_of` gives the UUID (hex) of a table's row.

    Of a row that is not there any more it is the name of none.
    """
    said = re.fullmatch(_NAME, name, re.ASCII | re.DOTALL)
    if said is None or said[2] is None:
        return name
    return f"{said[1]}{uuid_of(_TABLE_OF[said[1]], int(said[2])) or _NO_ROW}{said[4]}"


def with_number(name: str, number_of: Callable[[str, str], int | None]) -> str | None:
    """Return what a reminder is called here, None where its row is not; `number_of` undoes `uuid_of`."""
    said = re.fullmatch(_NAME, name, re.ASCII | re.DOTALL) if len(name) > len(_NO_ROW) else None
    if said is None or said[3] is None:
        return name
    number = number_of(_TABLE_OF[said[1]], said[3])
    return None if number is None else f"{said[1]}{number}{said[4]}"

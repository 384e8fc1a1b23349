"""Which households a draft, a print or a count is for, as it is typed.

Apart from `selection`, which finds them: of the commands that write a PDF, those that print for nobody in
particular (hand, guides) load no season for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import click

from relcard.cli import params
from relcard.domain.text import quoted

everybody = click.option("--all", "everybody", is_flag=True, help="Every household with an address.")
some_who = click.argument("who_", metavar="[WHO...]", nargs=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Households by name, those of a season or a segment, or everybody; `order` is what comes first."""

    who: tuple[str, ...] = ()
    season: str | None = None
    segment: str | None = None
    everybody: bool = False
    order: str | None = None

    @property
    def whose(self) -> str:
        """Whom it is for, as it is typed: names, or a segment."""
        return f"--segment {quoted(self.segment)}" if self.segment else " ".join(self.who)


# WHO, --season, --segment and --all, as one argument `whom`.
takes_whom = params.gathered(Whom, "whom", some_who, params.season, params.segment, everybody)
takes_ordered_whom = params.gathered(
    Whom, "whom", some_who, params.season, params.segment, everybody, params.order
)

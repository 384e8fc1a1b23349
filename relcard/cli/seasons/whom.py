"""Which households a draft, a print or a count is for, as it is typed.

Apart from `selection`, which finds them: of the commands that write a PDF, those that print for nobody in
particular (hand, guides) load no season for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from relcard.cli import params
from relcard.domain.text import quoted

if TYPE_CHECKING:
    from relcard.domain.occasions import Occasion

everybody = click.option("--all", "everybody", is_flag=True, help="Every household with an address.")
some_who = click.argument("who_", metavar="[WHO...]", nargs=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Households by name, those of a season or a segment, or everybody; `order` is what comes first.

    With an `occasion` it is for no season.
    """

    who: tuple[str, ...] = ()
    season: str | None = None
    segment: str | None = None
    occasion: Occasion | None = None
    everybody: bool = False
    order: str | None = None

    @property
    def whose(self) -> str:
        """Whom it is for, as it is typed: names or a segment, and the occasion."""
        whose = f"--segment {quoted(self.segment)}" if self.segment else " ".join(self.who)
        return f"{whose} --for {self.occasion.name}".strip() if self.occasion else whose


# WHO, --season, --segment and --for, as one argument `whom`; and with --all.
takes_some = params.gathered(Whom, "whom", some_who, params.season, params.segment, params.occasion)
takes_whom = params.gathered(
    Whom, "whom", some_who, params.season, params.segment, params.occasion, everybody
)
takes_ordered_whom = params.gathered(
    Whom,
    "whom",
    some_who,
    params.season,
    params.segment,
    params.occasion,
    everybody,
    params.order,
)

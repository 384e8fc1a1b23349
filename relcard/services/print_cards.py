"""Greeting cards on paper: drafts to imposition to PDF; the run is recorded by the states it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.season import State
from relcard.domain.season import advance
from relcard.services.draft_cards import card_face
from relcard.services.draft_cards import draft_cards
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.services.draft_cards import Wanted
    from relcard.services.read_season import Recipient
    from relcard.store.database import Connection


@dataclass(frozen=True, slots=True)
class Skipped:
    """Someone who is not on the paper, and why."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A finished PDF and who is not in it; `data` is empty when nothing could be printed."""

    data: bytes
    pages: int
    items: int
    skipped: tuple[Skipped, ...]


def print_cards(
    db: Connection, recipients: Sequence[Recipient], wanted: Wanted, *, ruled: bool = False
) -> PrintRun:
    """Draw a card for each recipient in the order given; what cannot be drawn as promised is named.

    Cards of a season move on to printed, inside the step the caller holds. `ruled` draws light lines in the
    room, for those who want them.
    """
    from relcard.paper.cards import draw_cards
    from relcard.paper.imposition import find_fold

    run = draft_cards(db, recipients, wanted)
    faces = [card_face(one.recipient, one.printed, one.room, wanted) for one in run.drafts]
    drawn = draw_cards(
        faces,
        find_fold(wanted.size.name),
        ruled=wanted.hand if ruled else None,
        title=f"Greeting cards, {wanted.occasion} {wanted.on.year}",
    )
    not_drawn = {one.who for one in drawn.refused}
    for one in run.drafts:
        row = one.recipient.row
        if row is not None and one.recipient.household.addressee not in not_drawn:
            seasons.set_state(
                db, row.id, advance(advance(State(row.state), State.DRAFTED), State.PRINTED).value
            )
    refused = [
        Skipped(one.household.addressee, f"{one.error.message} {one.error.hint}") for one in run.refused
    ]
    refused += [Skipped(one.who, one.reason) for one in drawn.refused]
    return PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=tuple(refused))

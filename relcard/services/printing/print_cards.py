"""Greeting cards on paper: drafts to imposition to PDF; the run is recorded by the states it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import advance
from relcard.errors import UsageError
from relcard.paper.documents.folds import Turning
from relcard.services.seasons.draft_cards import card_face
from relcard.services.seasons.draft_cards import draft_cards
from relcard.store import print_runs
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.room import Hand
    from relcard.paper.documents.cards import CardFace
    from relcard.paper.documents.cards import CardRun
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

KIND = "cards"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Someone who is not on the paper, and why."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A finished PDF and who is not in it; `data` is empty when nothing could be printed.

    `copies` says of a file for a print shop for whom each of its cards is, `again` how many cards of a
    season had been printed before.
    """

    data: bytes
    pages: int
    items: int
    skipped: tuple[Skipped, ...]
    copies: tuple[tuple[str, ...], ...] = ()
    again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSheets:
    """Print at home, on A4 or Letter; `turning` says who turns the sheets over."""

    page: Page = "A4"
    printer: Printer | None = None
    turning: Turning = Turning.PRINTER


@dataclass(frozen=True, slots=True, kw_only=True)
class ForShop:
    """Make a file for a print shop: trimmed size and bleed, equal cards once."""


def print_cards(
    db: Connection,
    recipients: Sequence[Recipient],
    wanted: Wanted,
    medium: OnSheets | ForShop,
    *,
    ruled: bool = False,
    season_id: int | None,
    today: date,
) -> PrintRun:
    """Draw a card for each recipient in the order given; what cannot be drawn as promised is named.

    Cards of a season move on to printed and the run is recorded, inside the step the caller holds. `ruled`
    draws light lines in the room, for those who want them. Raises `UsageError` for a printed salutation in a
    file for a shop: a name has no business there.
    """
    if isinstance(medium, ForShop) and wanted.print_salutation:
        raise UsageError(
            "A printed salutation is a name, and no name goes to a print shop.",
            hint="Leave --print-salutation out: the salutation is ink.",
        )
    run = draft_cards(db, recipients, wanted)
    faces = [card_face(one.recipient, one.printed, one.room, wanted) for one in run.drafts]
    drawn = _draw(faces, wanted, medium, wanted.hand if ruled else None)
    not_drawn = {one.who for one in drawn.refused}
    again = 0
    for one in run.drafts:
        row = one.recipient.row
        if row is not None and one.recipient.household.addressee not in not_drawn:
            state = State(row.state)
            again += state not in (State.PLANNED, State.DRAFTED)
            seasons.set_state(db, row.id, advance(advance(state, State.DRAFTED), State.PRINTED).value)
    if drawn.items:
        print_runs.add(
            db,
            KIND,
            season_id=season_id,
            stock=wanted.size.name,
            items=drawn.items,
            pages=drawn.pages,
            today=today,
        )
    refused = [
        Skipped(one.household.addressee, f"{one.error.message} {one.error.hint}") for one in run.refused
    ]
    refused += [Skipped(one.who, one.reason) for one in drawn.refused]
    return PrintRun(
        data=drawn.data,
        pages=drawn.pages,
        items=drawn.items,
        skipped=tuple(refused),
        copies=drawn.copies,
        again=again,
    )


def _draw(
    faces: Sequence[CardFace], wanted: Wanted, medium: OnSheets | ForShop, ruled: Hand | None
) -> CardRun:
    from relcard.paper.documents.cards import draw_cards
    from relcard.paper.documents.folds import fold_for
    from relcard.paper.documents.print_shop import draw_for_shop

    title = f"Greeting cards, {wanted.occasion} {wanted.on.year}"
    if isinstance(medium, ForShop):
        return draw_for_shop(faces, ruled=ruled, title=title)
    fold = fold_for(wanted.size, medium.page)
    return draw_cards(faces, fold, ruled=ruled, title=title, printer=medium.printer, turning=medium.turning)

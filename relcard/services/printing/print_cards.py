"""Greeting cards on paper: drafts to imposition to PDF; the run is recorded by the states it moves."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import advance
from relcard.errors import UsageError
from relcard.paper.documents.cards import draw_cards
from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import fold_for
from relcard.paper.documents.print_shop import draw_for_shop
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.services.seasons.draft_cards import card_face
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import keep_draft
from relcard.store import print_runs
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.room import Hand
    from relcard.paper.documents.cards import CardFace
    from relcard.paper.documents.results import DrawnPdf
    from relcard.services.seasons.draft_cards import Refused
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

KIND = "cards"


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
    run = draft_cards(db, recipients, wanted, with_crib=False)
    for draft in run.drafts:
        if draft.recipient.row is not None:
            keep_draft(db, draft.recipient, draft.printed, edited=draft.edited)
    # To the paper each card bears its household's id: two households may have the same addressee.
    drafts = {f"h{draft.recipient.household.id}": draft for draft in run.drafts}
    faces = [
        replace(card_face(draft.recipient, draft.printed, draft.room, wanted), who=key)
        for key, draft in drafts.items()
    ]
    drawn = _draw(faces, wanted, medium, wanted.hand if ruled else None)
    not_drawn = {refusal.who for refusal in drawn.refused}
    again = _move_on(db, [draft.recipient for key, draft in drafts.items() if key not in not_drawn])
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
    addressees = {key: draft.recipient.household.addressee for key, draft in drafts.items()}
    instead = tuple(draft.instead for draft in run.drafts if draft.instead)
    return replace(_run(run.refused, drawn, addressees, again), instead=instead)


def _run(refused: Iterable[Refused], drawn: DrawnPdf, addressees: Mapping[str, str], again: int) -> PrintRun:
    """Return what was drawn and who is not in it, by the names on the envelopes."""
    return PrintRun(
        data=drawn.data,
        pages=drawn.pages,
        items=drawn.items,
        skipped=(
            *(_refused(household) for household in refused),
            *(Skipped(addressees[refusal.who], refusal.reason) for refusal in drawn.refused),
        ),
        copies=tuple(tuple(addressees[key] for key in keys) for keys in drawn.copies),
        again=again,
    )


def _refused(refused: Refused) -> Skipped:
    error = refused.error
    why = Why.REFUSED if refused.household.is_lived_in else Why.NOBODY_LIVING
    return Skipped(refused.household.addressee, f"{error.message} {error.hint}", why)


def _move_on(db: Connection, printed: Iterable[Recipient]) -> int:
    """Move cards of a season on to printed; return how many had been printed before."""
    again = 0
    for recipient in printed:
        if recipient.row is None:
            continue
        state = State(recipient.row.state)
        again += state not in (State.PLANNED, State.DRAFTED)
        seasons.set_state(db, recipient.row.id, advance(advance(state, State.DRAFTED), State.PRINTED).value)
    return again


def _draw(
    faces: Sequence[CardFace], wanted: Wanted, medium: OnSheets | ForShop, ruled: Hand | None
) -> DrawnPdf:
    title = f"Greeting cards, {wanted.occasion} {wanted.on.year}"
    if isinstance(medium, ForShop):
        return draw_for_shop(faces, ruled=ruled, title=title)
    fold = fold_for(wanted.size, medium.page)
    return draw_cards(faces, fold, ruled=ruled, title=title, printer=medium.printer, turning=medium.turning)

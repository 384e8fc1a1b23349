"""What lies beside one card while it is written, on any screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.seasons.season import MOVES
from relcard.domain.seasons.season import State
from relcard.services.seasons.card_pictures import last_cards
from relcard.services.seasons.draft_cards import cribs_of
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import greeted_for
from relcard.services.seasons.gather_crib import BEGIN_WITH
from relcard.services.seasons.gather_crib import THEY_WROTE
from relcard.services.seasons.gather_crib import YOU_WROTE
from relcard.services.seasons.gather_crib import gather_questions
from relcard.services.seasons.read_years import read_years
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.seasons.years import Cell
    from relcard.domain.standpoint import Standpoint
    from relcard.errors import RelcardError
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.draft_cards import Draft
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.gather_crib import Remarks
    from relcard.services.seasons.read_season import Recipient
    from relcard.services.seasons.read_years import YearLines
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

_YEARS = 10
_ELSEWHERE = frozenset((THEY_WROTE, YOU_WROTE, BEGIN_WITH))  # on the page in places of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """One card of a season and what to have beside the pen; nothing of it stands on the card.

    `draft` has the printed words and the room, None where no card of this size has it; `refused` says what
    the words would break, or that there is no room. `crib` has news, facts, gifts and ages, where nothing is
    new a question, and where a picture of their last card is; `questions` has others. `cells` are this year
    and the ten before it, `lines` what was written in any year, the newest first. `line` is what is kept of
    the card that is written now, `printed_lines` are those of the inside as they break on paper, `leading`
    millimetres apart.
    """

    recipient: Recipient
    draft: Draft | None
    refused: RelcardError | None
    crib: Remarks
    cells: dict[int, Cell]
    lines: dict[int, YearLines]
    questions: tuple[str, ...]
    line: str
    printed_lines: tuple[str, ...]
    leading: float

    @property
    def waits(self) -> bool:
        """Whether the card is still to be written."""
        return State.WRITTEN in MOVES[self.recipient.state]


def read_desk_page(
    db: Connection, season: SeasonRow, recipient: Recipient, wanted: Wanted, standpoint: Standpoint
) -> DeskPage:
    """Return the page of one recipient of a season."""
    view = recipient.household
    run = draft_cards(db, [recipient], wanted)
    drafts = run.drafts or draft_cards(db, [recipient], wanted, checked=False).drafts  # to be mended
    draft = drafts[0] if drafts else None
    crib = draft.crib if draft else cribs_of(db, [recipient], wanted)[view.id]
    years = range(season.year - _YEARS, season.year + 1)
    printed_lines, leading = _lines_on_paper(draft, wanted) if draft else ((), 0.0)
    (of_years,) = read_years(db, [view.id], standpoint, years)
    return DeskPage(
        recipient=recipient,
        draft=draft,
        refused=run.refused[0].error if run.refused else None,
        crib=(*(remark for remark in crib if remark[0] not in _ELSEWHERE), *_picture(db, view)),
        cells={year: of_years.cells[year] for year in years},
        lines=dict(sorted(of_years.lines.items(), reverse=True)),
        questions=tuple(
            question
            for question in gather_questions(
                db, view, on=wanted.on, aged_on=greeted_for(recipient, wanted)[1]
            )
            if not any(text.startswith(question) for _, text in crib)
        ),
        line=_line_of_now(db, season, view),
        printed_lines=printed_lines,
        leading=leading,
    )


def _picture(db: Connection, view: HouseholdView) -> Iterator[tuple[str, str]]:
    """Yield where a picture of their last card is to be seen."""
    for row in last_cards(db, [view]).values():
        yield "their card", f"of {row.year}: relcard picture h{view.id}"


def _lines_on_paper(draft: Draft, wanted: Wanted) -> tuple[tuple[str, ...], float]:
    from relcard.paper.documents.cards import set_inside  # noqa: PLC0415  reportlab: 180 ms before a page is shown

    inside = set_inside(draft.printed.inside, wanted.size, draft.room)
    return tuple(inside.lines), inside.leading_mm


def _line_of_now(db: Connection, season: SeasonRow, view: HouseholdView) -> str:
    """Return the line that is kept of your card of this season."""
    passed = relationships.interactions(db, [member.contact_id for member in view.members])
    ours = (
        card.text
        for card in passed
        if card.season_id == season.id and card.direction == relationships.TO_THEM
    )
    return next(filter(None, ours), "")

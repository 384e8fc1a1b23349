"""Guides that lie under the greeting card and inside the envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.domain.printing.hand import circle_rooms
from relcard.paper.documents.guides import draw_guides
from relcard.paper.documents.guides import envelope_guide
from relcard.paper.documents.guides import line_sheet
from relcard.paper.stock.known import find_envelope
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.hand import CircleRoom
    from relcard.paper.documents.guides import Guide


@click.command(short_help="Line sheets to slip under card and envelope.")
@pdf_file.takes_file
@click.option("--card", metavar="SIZE", help="A6, 5x7 ...; else as the settings have it.")
@click.option("--envelope", metavar="NAME", help="C6, DL, #10 ...; else as the settings have it.")
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@pass_desk
def guides(desk: Desk, job: pdf_file.Job, card: str | None, envelope: str | None, page: Page | None) -> int:
    """Print lines at your own pitch, to cut out: under the card, and inside the envelope.

    They show through the paper, and the paper stays blank. Measure your hand first: relcard hand page.
    """
    settings = desk.settings
    size = desk.card_size(card)
    rooms = circle_rooms(size, settings.circles, settings.hand)
    cover = find_envelope(envelope or settings.envelope)
    pieces = (
        line_sheet(size, [circle.room for circle in rooms if circle.room], settings.hand),
        envelope_guide(cover, settings.hand, country=settings.sender.country),
    )
    drawn = draw_guides(pieces, page=page or settings.page)
    skipped = tuple(Skipped(refusal.who, refusal.reason) for refusal in drawn.refused)
    run = PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=skipped)
    lines = (
        f"{output.plural(drawn.items, 'guide')} on {output.plural(drawn.pages, 'page')}, for your hand",
        *_about(rooms, pieces, {refusal.who for refusal in drawn.refused}),
    )
    return pdf_file.write(job, run, desk=desk, name="guides.pdf", noun="guide", lines=lines)


def _about(rooms: Sequence[CircleRoom], pieces: tuple[Guide, Guide], refused: set[str]) -> list[str]:
    """Say what the guides are and at which number each circle's room begins, which no paper names."""
    sheet, cover = pieces
    lines = []
    if sheet.name not in refused:
        begins = ", ".join(f"{one.circle.value} {one.room.lines}" for one in rooms if one.room)
        lines.append(f"    {output.clean(sheet.name)}: {output.plural(len(sheet.lines), 'line')}")
        lines.append(f"      begin at the circle's number: {begins}")
    if cover.name not in refused:
        lines.append(
            f"    {output.clean(cover.name)}: {output.plural(len(cover.lines), 'line')},"
            f" {cover.pitch:.3g} mm apart, where the post wants the address"
        )
    return lines

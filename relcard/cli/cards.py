"""Greeting cards on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import printing
from relcard.cli import selection
from relcard.cli.desk import pass_desk
from relcard.domain.segment import in_words
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.seasons import SeasonRow


@click.command(short_help="Greeting cards, folded, with room for your pen.")
@printing.takes_job
@click.option(
    "--for", "occasion", type=click.Choice(selection.OCCASIONS), help="Outside any season; needs WHO."
)
@click.option(
    "--card", metavar="SIZE", help="A6 (two on A4) or quarter-letter; else as the settings have it."
)
@click.option("--ruled", is_flag=True, help="Light lines in the room, at your line pitch.")
@click.option("--print-salutation", is_flag=True, help="Typeset it for friend and wide; else it is ink.")
@pass_desk
def cards(
    desk: Desk,
    job: printing.Job,
    occasion: str | None,
    card: str | None,
    ruled: bool,
    print_salutation: bool,
) -> int:
    """Print greeting cards: a motif and a few words, and room for your pen.

    The room is computed first; words that would eat it are refused with the millimetres. A6: print on both
    sides, flip on the long edge, cut once, fold. quarter-letter: one side, fold twice.
    """
    from relcard.services.print_cards import print_cards

    words = in_words({"segment": job.segment}) if job.segment else " ".join(job.who)
    with desk.changing(f"print cards {words}".strip()) as db:
        if occasion:
            found, here = selection.for_occasion(desk, db, job.who, job.segment), None
        else:
            found, here = selection.recipients_of(desk, db, job)
            _need_season(here)
        what = selection.wanted(desk, here, occasion=occasion, card=card, print_salutation=print_salutation)
        run = print_cards(db, found, what, ruled=ruled)
        return printing.write(job, run, desk=desk, name="cards.pdf", noun="card")


def _need_season(season: SeasonRow | None) -> None:
    if season is None:
        raise UsageError(
            "No season is open.",
            hint="Start one (relcard season start christmas), or say --for birthday and WHO.",
        )

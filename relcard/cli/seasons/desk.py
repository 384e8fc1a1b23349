"""The desk: a full-screen page beside the pen, one card at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.full_screen import load_page
from relcard.cli.seasons import selection
from relcard.cli.seasons.draft import edited_words
from relcard.cli.seasons.recipients import some_recipients
from relcard.services.seasons.desk_sitting import Deed
from relcard.services.seasons.desk_sitting import DeskSitting
from relcard.services.seasons.desk_sitting import lay_piles
from relcard.services.seasons.read_before import read_before
from relcard.services.seasons.read_season import find_season
from relcard.store.file.database import session

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.seasons.draft import Printed
    from relcard.services.seasons.draft_cards import Draft
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.store.file.database import Connection


@click.command(short_help="Write the cards of a season, one at a time.")
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@params.season
@pass_desk
def desk(desk: Desk, who_: tuple[str, ...], season: str | None) -> None:
    """Write the cards of a season: beside each one their line and yours, what you know, and the address.

    Tonight's pile comes first, as `season plan` has it; WHO lays out those named. Each key is kept at once,
    and the whole evening is one step for undo. Needs a terminal and the extra tui; on paper it is
    relcard print crib.
    """
    page = load_page("desk", what="the desk", instead="On paper: relcard print crib")
    with session(desk.store) as db:
        here = find_season(db, season)
        recipients = some_recipients(desk, db, here, who_)
        piles = [recipients] if who_ else lay_piles(here, recipients, desk.standpoint)
        wanted = selection.wanted(desk, here)
        sitting = DeskSitting(db, here, piles, wanted, desk.standpoint)
        if sitting.left:
            edit = partial(_edit, desk, db, wanted)
            page.DeskApp(sitting, edit=edit, today=desk.today).keep_to_the_end()
    if not desk.quiet:
        _tell(sitting)


def _edit(desk: Desk, db: Connection, wanted: Wanted, draft: Draft) -> Printed | None:
    """Return the printed words of a draft as they come out of the editor, None where nothing was changed."""
    before = read_before(db, [draft.recipient])
    edited = edited_words(desk, wanted, draft, before.get(draft.recipient.household.id, ()))
    return edited.printed if edited else None


def _tell(sitting: DeskSitting) -> None:
    written = len({done.recipient.household.id for done in sitting.done if done.deed is Deed.WRITTEN})
    if written:
        output.say(f"  {output.plural(written, 'card')} written")
    left = output.plural(sitting.left, "card")
    if sitting.left:
        output.say(f"  {left} still to write   {output.accent('relcard desk')}")
    else:
        output.say(
            f"  Every card of {sitting.season.name} is written.   {output.accent('relcard posted --written')}"
        )
    if sitting.done:
        output.say(output.dim("  Take this evening back with: relcard undo"))

"""A card that came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.seasons.card_states import check_any
from relcard.cli.seasons.card_states import check_take_back
from relcard.cli.seasons.card_states import check_whose
from relcard.cli.seasons.card_states import names_of
from relcard.cli.seasons.recipients import recipients_of
from relcard.cli.seasons.recipients import some_recipients
from relcard.cli.seasons.returned_page import say_lost
from relcard.cli.seasons.returned_page import say_lost_json
from relcard.cli.seasons.returned_page import say_returned
from relcard.cli.seasons.whom import some_who
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import awaits
from relcard.services.seasons.card_pictures import read_pictures
from relcard.services.seasons.letterbox import take_back_in
from relcard.services.seasons.move_cards import take_returned_back
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.still_to_reach import still_to_reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


@click.command(short_help="Record a card that came back.")
@some_who
@click.option("--all", "everybody", is_flag=True, help="Every card of the season that is posted.")
@click.option("--picture", "files", metavar="FILE", multiple=True, help="A picture of the envelope.")
@click.option("--take-back", is_flag=True, help="It is not so: said by mistake, however long ago.")
@params.season
@params.as_json
@pass_desk
def returned(
    desk: Desk,
    who_: tuple[str, ...],
    everybody: bool,
    files: tuple[str, ...],
    season: str | None,
    take_back: bool,
    as_json: bool,
) -> None:
    """Record a card that came back: its address is retired, kept with its day, and no longer used.

    Whom to ask for the new one is told: themselves, those tied to them, who lived there or lives near.
    Without WHO it lists whom no card reaches. WHO is a name, or the number on label and crib: 4, 1-20,
    1-20,23. Taken back, the card is posted and the address is used again.
    """
    if take_back:
        _take_returned_back(desk, who_, season, plain=not (everybody or files))
        return
    if not (who_ or everybody or files):
        with desk.reading() as db:
            here = find_season(db, season, closed_too=True)
            lost = still_to_reach(db, recipients_of(desk, db, here))
        (say_lost_json if as_json else say_lost)(desk, here, lost)
        return
    check_whose("returned", who_, "--all" if everybody else "")
    several = read_pictures(map(Path, files))
    with desk.changing(f"returned {' '.join(who_) or '--all'}") as db:
        here = find_season(db, season, closed_too=True)
        recipients = _return(desk, db, here, who_, several)
        lost = still_to_reach(db, recipients_of(desk, db, here))
    if as_json:
        say_lost_json(desk, here, lost)
    elif not desk.quiet:
        say_returned(desk, here, recipients, lost)


def _return(
    desk: Desk, db: Connection, season: SeasonRow, who_: tuple[str, ...], several: Sequence[bytes]
) -> list[Recipient]:
    """Keep that cards came back, of nobody named all that are posted, and return whose."""
    recipients = some_recipients(desk, db, season, who_)
    if not who_:
        recipients = [recipient for recipient in recipients if awaits(recipient.state, State.RETURNED)]
        check_any(recipients, season, "returned")
    take_back_in(db, desk.store, season, recipients, several, today=desk.today)
    return recipients


def _take_returned_back(desk: Desk, who_: tuple[str, ...], name: str | None, *, plain: bool) -> None:
    check_take_back("returned", who_, plain=plain)
    with desk.changing(f"returned --take-back {' '.join(who_)}") as db:
        here = find_season(db, name, closed_too=True)
        recipients = some_recipients(desk, db, here, who_)
        take_returned_back(db, here, recipients, desk.standpoint)
    if not desk.quiet:
        used = "the address is" if len(recipients) == 1 else "their addresses are"
        output.say_wrapped(f"not returned: {names_of(recipients)}; {used} used again")

"""The writer's crib on paper: large type, in the agreed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.printing.postage import destination
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.services.seasons.gather_crib import gather_crib

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.room import Room
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.gather_crib import Remarks
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection


def print_crib(
    db: Connection,
    recipients: Sequence[Recipient],
    wanted: Wanted,
    *,
    title: str,
    page: Page,
    sender_country: str = "",
    envelope: str = "",
) -> PrintRun:
    """Draw the crib of each recipient in order; a name no font can print is named and still there.

    `sender_country` is the sender's country, which decides the stamp, `envelope` the name of the size to write on.
    """
    from relcard.paper.documents.crib import CribEntry
    from relcard.paper.documents.crib import draw_crib

    living = [one for one in recipients if one.household.living]
    cribs = gather_crib(db, [one.household for one in living], on=wanted.on)
    entries = [
        CribEntry(
            who=one.household.addressee,
            number=one.number,
            addressee=one.household.addressee,
            address_lines=one.household.address_lines,
            salutation=one.household.salutation,
            remarks=_remarks(cribs[one.household.id], room_for(wanted.size, one.rule, wanted.hand)),
            by_hand=one.by_hand,
            post_by=short_day(one.post_by) if one.post_by else "",
            name_at=one.household.name_at,
            country=one.household.country,
            envelope=envelope,
            stamp=_stamp(one.household, sender_country),
        )
        for one in living
    ]
    run = draw_crib(entries, title=title, page=page)
    left_out = tuple(
        Skipped(one.household.addressee, NOBODY_LIVING, Why.NOBODY_LIVING)
        for one in recipients
        if not one.household.living
    )
    return PrintRun(
        data=run.data,
        pages=run.pages,
        items=run.items,
        skipped=left_out + tuple(Skipped(one.who, one.reason) for one in run.refused),
    )


def _stamp(view: HouseholdView, sender_country: str) -> str:
    """Return how far the stamp must carry an envelope, "" where nobody knows."""
    return (
        destination(sender_country, view.country).place
        if sender_country and view.address and view.country
        else ""
    )


def _remarks(crib: Remarks, room: Room) -> Remarks:
    kept = tuple(one for one in crib if one[0] != "begin with")  # stands large above the remarks
    return (*kept, ("room", f"{room.lines} lines of your hand, about {room.words} words"))

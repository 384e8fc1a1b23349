"""The writer's crib on paper: large type, in the agreed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.printing.postage import destination
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.paper.documents.crib import CribEntry
from relcard.paper.documents.crib import draw_crib
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.services.seasons.draft_cards import cribs_of
from relcard.services.seasons.gather_crib import BEGIN_WITH

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

    `sender_country` decides the stamp, `envelope` is the name of the size to write on.
    """
    living = [recipient for recipient in recipients if recipient.household.living]
    cribs = cribs_of(db, living, wanted)
    entries = [
        CribEntry(
            who=recipient.household.addressee,
            number=recipient.number,
            addressee=recipient.household.addressee,
            address_lines=recipient.household.address_lines,
            salutation=recipient.household.salutation,
            remarks=_remarks(
                cribs[recipient.household.id], room_for(wanted.size, recipient.rule, wanted.hand)
            ),
            by_hand=recipient.by_hand,
            post_by=short_day(recipient.post_by) if recipient.post_by else "",
            name_at=recipient.household.name_at,
            country=recipient.household.country,
            envelope=envelope,
            stamp=_stamp(recipient.household, sender_country),
        )
        for recipient in living
    ]
    drawn = draw_crib(entries, title=title, page=page)
    left_out = (
        Skipped(recipient.household.addressee, NOBODY_LIVING, Why.NOBODY_LIVING)
        for recipient in recipients
        if not recipient.household.living
    )
    refused = (Skipped(refusal.who, refusal.reason) for refusal in drawn.refused)
    return PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=(*left_out, *refused))


def _stamp(view: HouseholdView, sender_country: str) -> str:
    """Return how far the stamp must carry an envelope, "" where nobody knows."""
    return (
        destination(sender_country, view.country).place
        if sender_country and view.address and view.country
        else ""
    )


def _remarks(crib: Remarks, room: Room) -> Remarks:
    kept = tuple(remark for remark in crib if remark[0] != BEGIN_WITH)  # it stands large above the others
    return (*kept, ("room", f"{room.lines} lines of your hand, about {room.words} words"))

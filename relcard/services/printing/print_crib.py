"""The writer's crib on paper: large type, in the agreed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.people.circle import Circle
from relcard.domain.printing.postage import destination
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.paper.documents.crib import CribEntry
from relcard.paper.documents.crib import CribPicture
from relcard.paper.documents.crib import draw_crib
from relcard.paper.fronts.photos import open_photo
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.services.seasons.card_pictures import last_cards
from relcard.services.seasons.draft_cards import cribs_of
from relcard.services.seasons.gather_crib import AGES
from relcard.services.seasons.gather_crib import BEGIN_WITH
from relcard.services.seasons.gather_crib import NOTHING_NEW
from relcard.store.file import picture_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.room import Room
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.gather_crib import Remarks
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

_NEAR = (Circle.INNER, Circle.CLOSE)
_OF_ANYBODY = (AGES, NOTHING_NEW)  # what a crib says without anything noted


@dataclass(frozen=True, slots=True, kw_only=True)
class CribPages:
    """How a crib is laid out: its title, its paper, and the name of the envelope that is written on.

    `sender_country` decides the stamp. Unless it is to be `full`, all but the near ones and those
    whose envelope is written by hand take three or four lines. `pictures` is the store beside
    which the pictures of their last cards lie, "" where none is wanted.
    """

    title: str
    page: Page = "A4"
    sender_country: str = ""
    envelope: str = ""
    full: bool = False
    pictures: str = ""


def print_crib(db: Connection, recipients: Sequence[Recipient], wanted: Wanted, pages: CribPages) -> PrintRun:
    """Draw the crib of each recipient in order; a name no font can print is named and still there."""
    living = [recipient for recipient in recipients if recipient.household.is_lived_in]
    cribs = cribs_of(db, living, wanted)
    pictures = dict(_pictures(db, living, pages.pictures)) if pages.pictures else {}
    entries = [
        CribEntry(
            who=recipient.household.addressee,
            number=recipient.number,
            addressee=recipient.household.addressee,
            address_lines=recipient.household.address_lines,
            salutation=recipient.household.salutation,
            remarks=_remarks(cribs[recipient.household.id], brief=_is_brief(recipient, pages)),
            by_hand=recipient.by_hand,
            post_by=short_day(recipient.post_by) if recipient.post_by else "",
            names=recipient.household.names_on_envelope,
            name_at=recipient.household.name_at,
            country=recipient.household.country,
            envelope=pages.envelope,
            stamp=_stamp(recipient.household, pages.sender_country),
            room=_in_words(room_for(wanted.size, recipient.rule, wanted.hand)),
            brief=_is_brief(recipient, pages),
            picture=pictures.get(recipient.household.id),
        )
        for recipient in living
    ]
    drawn = draw_crib(entries, title=pages.title, page=pages.page)
    left_out = (
        Skipped(recipient.household.addressee, NOBODY_LIVING, Why.NOBODY_LIVING)
        for recipient in recipients
        if not recipient.household.is_lived_in
    )
    refused = (Skipped(refusal.who, refusal.reason) for refusal in drawn.refused)
    return PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=(*left_out, *refused))


def _pictures(db: Connection, living: Sequence[Recipient], store: str) -> Iterator[tuple[int, CribPicture]]:
    """Yield the picture of the last card of each household; one that is missing is the doctor's."""
    for household_id, row in last_cards(db, [recipient.household for recipient in living]).items():
        path = picture_folder.path_of(store, row.sha256)
        if picture_folder.is_sound(path):
            yield household_id, CribPicture(open_photo(path), str(row.year))


def _stamp(view: HouseholdView, sender_country: str) -> str:
    """Return how far the stamp must carry an envelope, "" where nobody knows."""
    return (
        destination(sender_country, view.country).place
        if sender_country and view.address and view.country
        else ""
    )


def _is_brief(recipient: Recipient, pages: CribPages) -> bool:
    """Whether a few lines do: of who is neither near nor written to by hand, unless all are to be full."""
    return not (pages.full or recipient.by_hand or recipient.household.circle in _NEAR)


def _remarks(crib: Remarks, *, brief: bool) -> Remarks:
    """Return the remarks but how to begin, which stands large; in brief those of anybody have no label."""
    return tuple(
        ("" if brief and label in _OF_ANYBODY else label, text) for label, text in crib if label != BEGIN_WITH
    )


def _in_words(room: Room) -> str:
    return f"at least {room.lines} lines, about {room.words} words"

"""The letterbox: a card that came, with its picture and its line; an envelope that came back."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.installation import has_extra
from relcard.paper.card_pictures import LARGEST
from relcard.paper.card_pictures import kept_picture
from relcard.services.people.read_households import read_households
from relcard.services.seasons.card_pictures import pictures_of
from relcard.services.seasons.letterbox import Came
from relcard.services.seasons.letterbox import awaited
from relcard.services.seasons.letterbox import likely_senders
from relcard.services.seasons.letterbox import take_back_in
from relcard.services.seasons.letterbox import take_in
from relcard.services.seasons.letterbox import take_in_between
from relcard.services.seasons.proposed_addresses import list_proposals
from relcard.services.seasons.proposed_addresses import propose_address
from relcard.services.seasons.read_season import read_recipient
from relcard.store import households
from relcard.store import relationships
from relcard.web.pages.picture import shown_pictures
from relcard.web.refusal import RefusalError
from relcard.web.routes import asks
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from datetime import date

    from starlette.responses import Response

    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.letterbox import Awaited
    from relcard.store.file.database import Connection
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_MOST = 30  # households on the page
_LINE, _SIGNED = 500, 200  # letters
_ONE_AT_A_TIME = Lock()  # a picture of a phone takes 60 MB while it is made small


class _Typed(NamedTuple):
    """What was typed of a card, to be shown again where its picture was none."""

    line: str = ""
    address: str = ""
    signed: str = ""


class _BadPictureError(Exception):
    """A picture that cannot be kept; `key` says why among the words of the page."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _show(visit: Visit) -> Response:
    with visit.reading() as db:
        senders = likely_senders(db, visit.standpoint)
    return visit.page("letterbox.html", words="", senders=senders[:_MOST])


def _find(visit: Visit, form: Form) -> Response:
    words = form.text("words", most=_SIGNED)
    with visit.reading() as db:
        senders = likely_senders(db, visit.standpoint, words)
    return visit.page("letterbox.html", words=words, senders=senders[:_MOST])


def _open(visit: Visit) -> Response:
    return _card_page(visit, _Typed())


def _card_page(visit: Visit, typed: _Typed, *, wrong: str = "") -> Response:
    with visit.reading() as db:
        home = _home(db, visit)
        kept = shown_pictures(pictures_of(db, home.id))
        waiting = [
            each.proposed for each in list_proposals(db, visit.standpoint) if each.household.id == home.id
        ]
        may_come = awaited(db, home.id, today=visit.today)
    return visit.page(
        "letterbox_card.html",
        status=400 if wrong else 200,
        back=f"/letterbox/{home.id}",
        home=home,
        awaited=may_come,
        pictures=kept,
        waiting=waiting,
        typed=typed,
        wrong=wrong,
    )


def _home(db: Connection, visit: Visit) -> HouseholdView:
    """Return the household in the path."""
    homes = read_households(db, [visit.number("household")], visit.standpoint)
    if not homes:
        raise RefusalError(404, "not_found")
    return homes[0]


def _season(db: Connection, home: HouseholdView, today: date) -> Awaited:
    may_come = awaited(db, home.id, today=today)
    if may_come is None:
        raise RefusalError(409, "no_season")
    return may_come


def _came(visit: Visit, form: Form) -> str | Response:
    """Keep a card that came; another address waits for the owner."""
    typed = _Typed(form.text("line", most=_LINE), form.text("address"), form.text("signed", most=_SIGNED))
    try:
        came = Came(visit.today, typed.line or None, pictures=_pictures(form))
    except _BadPictureError as error:
        return _card_page(visit, typed, wrong=error.key)
    number, today = visit.number("household"), visit.today
    with visit.changing(f"received h{number}") as change:
        home = _home(change.db, visit)
        may_come, store = _season(change.db, home, today), visit.house.access.path
        if may_come.is_over:
            take_in_between(change.db, store, home, came)
        else:
            take_in(change.db, store, may_come.season, [home.id], came, visit.standpoint)
        if typed.address:
            propose_address(change.db, home.id, typed.address, device=visit.device.name, today=today)
        if typed.signed:
            host = households.host(change.db, home.id, today=today)
            names = " ".join(typed.signed.split())
            of_what = str(today) if may_come.is_over else may_come.season.name
            words = visit.say("letterbox.signed_by", season=of_what, names=names)
            relationships.add_note(change.db, host, words, on=today)
    return visit.kept("/letterbox", change)


def _came_back(visit: Visit, form: Form) -> str | Response:
    """Keep an envelope that came back: its address is not used any more."""
    try:
        several = _pictures(form)
    except _BadPictureError as error:
        return _card_page(visit, _Typed(), wrong=error.key)
    number = visit.number("household")
    with visit.changing(f"returned h{number}") as change:
        home = _home(change.db, visit)
        season = _season(change.db, home, visit.today).season
        recipient = read_recipient(change.db, season, home.id, visit.standpoint, number=0)
        if recipient is None:
            raise RefusalError(404, "not_found")
        path = visit.house.access.path
        take_back_in(change.db, path, season, [recipient], several, today=visit.today)
    return visit.kept("/letterbox", change)


def _pictures(form: Form) -> list[bytes]:
    """Return the pictures that came with a form, as they are kept. Raises `_BadPictureError`."""
    several = []
    for _, file in form.files:
        data = file.file.read(LARGEST + 1)
        if not data:  # a field in which nothing was chosen
            continue
        try:
            with _ONE_AT_A_TIME:
                several.append(kept_picture(data, "it"))
        except FileError:
            is_unread = data[4:8] == b"ftyp" and not has_extra("photos")
            raise _BadPictureError("heic_picture" if is_unread else "bad_picture") from None
        except UsageError:
            raise _BadPictureError("large_picture") from None
    return several


ROUTES = (
    shows("/letterbox", _show),
    asks("/letterbox", _find),
    shows("/letterbox/{household:int}", _open),
    does("/letterbox/{household:int}/came", _came),
    does("/letterbox/{household:int}/back", _came_back),
)

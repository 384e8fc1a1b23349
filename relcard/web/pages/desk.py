"""The desk: card after card, at arm's length beside the paper. The pile is laid out anew with every page."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.services.seasons import gather_crib as crib
from relcard.services.seasons.card_pictures import last_cards
from relcard.services.seasons.desk_page import read_desk_page
from relcard.services.seasons.desk_sitting import keep_note
from relcard.services.seasons.desk_sitting import keep_written
from relcard.services.seasons.desk_sitting import lay_piles
from relcard.services.seasons.read_season import read_recipient
from relcard.services.seasons.read_season import read_season
from relcard.store import households
from relcard.web import revisions
from relcard.web.pages.picture import shown_pictures
from relcard.web.pages.season import open_seasons
from relcard.web.pages.season import season_of
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from relcard.services.seasons.desk_page import DeskPage
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_YEARS = 3  # whose lines are shown
_FOR_EVERYBODY = {crib.AGES: "ages"}  # remarks by their label, and the word for it
_PRIVATE = {
    "since then": "since_then",
    "you noted": "you_noted",
    "you know": "you_know",
    "gifts": "gifts",
    crib.CAREFUL_YEAR: "careful",
}
_IN_ENGLISH = {crib.NOTHING_NEW: "ask"}  # sentences of the program, which it has in one language


class _Pile(NamedTuple):
    """Whom the desk has of a season: tonight's cards with those written tonight, and the later ones."""

    season: SeasonRow
    tonight: list[Recipient]
    later: list[Recipient]

    @property
    def written(self) -> int:
        """How many of tonight's are written."""
        return sum(not recipient.waits for recipient in self.tonight)

    def next_after(self, household_id: int) -> Recipient | None:
        """Return the card to write after one: of tonight's, of the later ones where it is one of these."""
        for cards in (self.tonight, self.later):
            ids = [recipient.household.id for recipient in cards]
            if household_id in ids:
                at = ids.index(household_id)
                return next((card for card in cards[at + 1 :] if card.waits), None)
        return None


def _show_piles(visit: Visit) -> Response:
    """Show the piles of the open seasons, or the one there is."""
    with visit.reading() as db:
        piles = [_pile(db, visit, season) for season in open_seasons(db)]
    return visit.page("desk.html", piles=[pile for pile in piles if pile.tonight or pile.later])


def _pile(db: Connection, visit: Visit, season: SeasonRow) -> _Pile:
    house = visit.house
    recipients = house.orders.of(
        (season.id, house.access.state(db)),
        lambda: read_season(db, season, visit.standpoint, house.writing.order),
    )
    tonight, *later = lay_piles(season, recipients, visit.standpoint) or [[]]
    done = [each for each in recipients if each.season_row.written_on == visit.today and not each.waits]
    return _Pile(season, [*done, *tonight], [each for pile in later for each in pile])


def _show_card(visit: Visit) -> Response:
    with visit.reading() as db:
        season = season_of(db, visit)
        pile = _pile(db, visit, season)
        recipient = _recipient(db, visit, season, pile)
        wanted = visit.house.writing.wanted(season)
        page = read_desk_page(db, season, recipient, wanted, visit.standpoint)
        pictures = last_cards(db, [recipient.household]).values()
        shown = _shown(db, page)
    after = pile.next_after(recipient.household.id)
    return visit.page(
        "desk_card.html",
        season=season,
        page=page,
        home=recipient.household,
        size=wanted.size,
        pitch=wanted.hand.pitch_mm,
        lines=[(year, both) for year, both in page.lines.items() if any(both)][:_YEARS],
        remarks=list(_remarks(visit, page)),
        pictures=shown_pictures(pictures),
        after=_path(season, after) if after else "/desk",
        total=len(pile.tonight),
        written=pile.written,
        revision=revisions.revision(*shown),
    )


def _remarks(visit: Visit, page: DeskPage) -> Iterable[tuple[str, list[str]]]:
    """Yield what this device may see beside the card: a word and what stands under it."""
    shown = dict(_FOR_EVERYBODY)
    if visit.sees_private:
        shown |= _PRIVATE
        if visit.language.code == "en":
            shown |= _IN_ENGLISH
    labelled, label = [], ""
    for own_label, text in page.crib:
        label = own_label or label
        labelled.append((label, text))
    for label, several in groupby(labelled, key=itemgetter(0)):
        if label in shown:
            yield visit.say(f"desk.{shown[label]}"), [text for _, text in several]


def _written(visit: Visit, form: Form) -> str:
    """Say that a card is written, with a line to remember, and go on to the next one."""
    line = form.text("line")
    with visit.changing("desk") as change:
        db, season = change.db, season_of(change.db, visit)
        pile = _pile(db, visit, season)
        recipient = _recipient(db, visit, season, pile)
        page = read_desk_page(db, season, recipient, visit.house.writing.wanted(season), visit.standpoint)
        revisions.check(form.text("revision"), *_shown(db, page), yours=line, theirs=page.line)
        keep_written(db, season, recipient, line, had_line=page.line, today=visit.today)
        after = pile.next_after(recipient.household.id)
    return visit.kept(_path(season, after) if after else "/desk", change)


def _note(visit: Visit, form: Form) -> str:
    """Keep what came to mind, for next year's crib."""
    text = form.text("text")
    with visit.changing(f"note h{visit.number('household')}") as change:
        season = season_of(change.db, visit)
        recipient = _recipient(change.db, visit, season, None)
        if text:
            keep_note(change.db, recipient.household, text, today=visit.today)
    return visit.kept(_path(season, recipient), change)


def _recipient(db: Connection, visit: Visit, season: SeasonRow, pile: _Pile | None) -> Recipient:
    """Return the card of the path, with the number it has in the pile."""
    number = visit.number("household")
    laid = [*pile.tonight, *pile.later] if pile else []
    recipient = next((each for each in laid if each.household.id == number), None)
    recipient = recipient or read_recipient(db, season, number, visit.standpoint, number=0)
    if recipient is None or not recipient.household.is_lived_in:
        raise RefusalError(404, "not_found")
    return recipient


def _path(season: SeasonRow, recipient: Recipient) -> str:
    return f"/desk/{season.id}/{recipient.household.id}"


def _shown(db: Connection, page: DeskPage) -> tuple[object, ...]:
    """Return what a form must agree with: a store that was brought back may number households otherwise."""
    return households.uuid_of(db, page.recipient.household.id), page.recipient.state.value, page.line


ROUTES = (
    shows("/desk", _show_piles),
    shows("/desk/{season:int}/{household:int}", _show_card),
    does("/desk/{season:int}/{household:int}/written", _written),
    does("/desk/{season:int}/{household:int}/note", _note),
)

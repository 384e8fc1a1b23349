"""Finding somebody by a few letters: the words stay out of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.people.find_households import find_households
from relcard.web.routes import asks
from relcard.web.routes import shows

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_MOST = 30  # households on the page
_LONGEST = 200  # letters of a search


def _show(visit: Visit) -> Response:
    return visit.page("people.html", words="", homes=[], more=False)


def _find(visit: Visit, form: Form) -> Response:
    words = form.text("words", most=_LONGEST)
    with visit.reading() as db:
        homes, more = find_households(db, words, visit.standpoint, most=_MOST)
    return visit.page("people.html", words=words, homes=homes, more=more)


ROUTES = (shows("/people", _show), asks("/people", _find))

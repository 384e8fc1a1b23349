"""The papers of a season: pictures to look at, of which nothing is kept, and a file to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from relcard.paper.preview import number_of_pages
from relcard.paper.preview import page_picture
from relcard.web.pages.season import papers_for
from relcard.web.pages.season import season_of
from relcard.web.refusal import DoneBeforeError
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from relcard.services.printing.print_run import PrintRun
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_MOST = 40  # pages that are shown


def _look(visit: Visit) -> Response:
    kind = _kind(visit)
    run = _draw(visit, kind)
    pages = number_of_pages(run.data) if run.data else 0
    return visit.page(
        "papers.html",
        kind=kind,
        pages=min(pages, _MOST),
        more=max(0, pages - _MOST),
        skipped=run.skipped,
    )


def _picture(visit: Visit) -> Response:
    run = _draw(visit, _kind(visit))
    try:
        picture = page_picture(run.data, visit.number("page")) if run.data else b""
    except IndexError:
        picture = b""
    if not picture:
        raise RefusalError(404, "not_found")
    return Response(picture, media_type="image/png")


def _print(visit: Visit, _: Form) -> Response:
    """Answer with the file and keep the run, as the terminal does."""
    kind = _kind(visit)
    try:
        with visit.changing(f"print {kind}") as change:
            run = visit.house.writing.papers[kind](change.db, season_of(change.db, visit))
    except DoneBeforeError:  # the run is kept, and whoever lost the file gets it again
        run = _draw(visit, kind)
    if not run.data:
        raise RefusalError(404, "nothing_to_print")
    name = f'attachment; filename="{kind}.pdf"'
    return Response(run.data, media_type="application/pdf", headers={"content-disposition": name})


def _kind(visit: Visit) -> str:
    kind = str(visit.request.path_params["kind"])
    if kind not in papers_for(visit):
        raise RefusalError(404, "not_found")
    return kind


def _draw(visit: Visit, kind: str) -> PrintRun:
    """Return a paper as it would be printed now, in a step of which nothing is kept."""
    with visit.trying(f"print {kind}") as db:
        season = season_of(db, visit)
        state = (season.id, kind, visit.house.access.state(db))
        return visit.house.drawn.of(state, lambda: visit.house.writing.papers[kind](db, season))


ROUTES = (
    shows("/season/{season:int}/{kind}", _look),
    shows("/season/{season:int}/{kind}/{page:int}", _picture),
    does("/season/{season:int}/{kind}/print", _print),
)

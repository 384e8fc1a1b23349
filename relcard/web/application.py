"""The page as an ASGI application: its routes, and around them what keeps strangers and faults out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.responses import Response
from starlette.routing import Route
from starlette.routing import Router

from relcard.web.pages import PAGES
from relcard.web.refusal import RefusalError
from relcard.web.routes import FOR_ALL
from relcard.web.routes import visit_of
from relcard.web.safety.bodies import SmallBodies
from relcard.web.safety.calm import CalmErrors
from relcard.web.safety.headers import SafeHeaders
from relcard.web.safety.hosts import KnownHosts
from relcard.web.safety.origins import OwnOrigins

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from starlette.types import Receive
    from starlette.types import Scope
    from starlette.types import Send

    from relcard.web.house import House
    from relcard.web.visit import Visit

_FOR_A_YEAR = "public, max-age=31536000, immutable"  # the address of a still file bears its version
_LONGEST_PATH = 200  # letters: a number of more digits than Python reads is none of ours


def application(house: House) -> ASGIApp:
    """Return the page of a house, to be served."""
    router = Router(
        routes=[Route("/still/{name}", _still), *(route for page in PAGES for route in page.ROUTES)],
        redirect_slashes=False,
    )

    def visit_in(scope: Scope) -> Visit:
        return visit_of(Request({**scope, "app": house}))

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a stranger gets the same for whatever is asked, and learns of no page that there is one."""
        path = scope["path"]
        if path not in FOR_ALL and not path.startswith("/still/") and not visit_in(scope).is_known:
            if scope["method"] not in ("GET", "HEAD"):
                raise RefusalError(403, "stranger")
            await RedirectResponse("/pair", 303)(scope, receive, send)
            return
        if len(path) > _LONGEST_PATH:
            raise RefusalError(404, "not_found")
        await router({**scope, "app": house}, receive, send)

    def error_page(scope: Scope, refusal: RefusalError) -> Response:
        words = {"key": refusal.key, "reason": refusal.reason, "again": refusal.again, "back": "/"}
        return visit_in(scope).page("error.html", status=refusal.status, **words)

    def may_upload(scope: Scope) -> bool:
        visit = visit_in(scope)
        return visit.is_known and visit.device.writes

    # From the inside outwards: what is nearest the page comes first.
    layers: ASGIApp = GZipMiddleware(inner, minimum_size=600, compresslevel=6)
    layers = SmallBodies(layers, may_upload)
    layers = OwnOrigins(layers, house.origins)
    layers = CalmErrors(layers, error_page)
    layers = KnownHosts(layers, house.hosts)
    return SafeHeaders(layers)


async def _still(request: Request) -> Response:
    """Answer with a file of ours by its name; there are no paths in it."""
    house: House = request.app
    still = house.looks.stills.get(request.path_params["name"])
    if still is None:
        raise HTTPException(404)
    return Response(still.data, media_type=still.type, headers={"cache-control": _FOR_A_YEAR})

"""How a page is reached: what shows, what a form asks or does. Each of `pages` has its ROUTES made of these.

A function of a page runs in a thread and is handed a `Visit`. One that shows returns an answer; one that does
something is handed the form too, and returns the path to go on to. Only a paired device comes as far, and
only one that writes may do something, save on the paths FOR_ALL.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from relcard.errors import StoreError
from relcard.web.refusal import ChangedSinceError
from relcard.web.refusal import DoneBeforeError
from relcard.web.refusal import RefusalError
from relcard.web.safety.tokens import is_own
from relcard.web.visit import Form
from relcard.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from relcard.web.house import House

FOR_ALL = ("/pair", "/language")
_MOST_FIELDS = 60
_MOST_FILES = 6
_MALFORMED = (HTTPException, FormParserError, ValueError, LookupError, AssertionError)


def visit_of(request: Request) -> Visit:
    """Return the visit of a request, by the cookie of its device."""
    house: House = request.app
    token = request.cookies.get(house.cookie, "")
    device = house.devices.of_token(token, house.access.today) if token else None
    if device is not None and not house.access.may_change:
        device = device._replace(writes=False)
    return Visit(request, house, device, token if device else house.secret)


def shows(path: str, show: Callable[[Visit], Response]) -> Route:
    """Return the route of a page that shows something."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(show, visit_of(request))

    return Route(path, answer, methods=["GET"])


def asks(path: str, show: Callable[[Visit, Form], Response]) -> Route:
    """Return the route of a form that only asks, as a search: its words stay out of the address."""

    async def answer(request: Request) -> Response:
        visit = visit_of(request)
        async with _checked_form(visit) as form:
            return await run_in_threadpool(show, visit, form)

    return Route(path, answer, methods=["POST"])


def does(path: str, do: Callable[[Visit, Form], str | Response]) -> Route:
    """Return the route of a form: it is checked and done once; a path it returns is gone on to (303)."""

    async def answer(request: Request) -> Response:
        visit = visit_of(request)
        if path not in FOR_ALL and not visit.device.writes:
            raise RefusalError(403, "not_allowed")
        async with _checked_form(visit) as form:
            visit.form_key = form.key(request.scope["path"])

            async def work() -> Response:
                done = await run_in_threadpool(do, visit, form)
                return RedirectResponse(done, 303) if isinstance(done, str) else done

            try:
                return await visit.house.once.lead(visit.form_key, work)
            except ChangedSinceError as error:
                return await run_in_threadpool(_both, visit, form, error)
            except DoneBeforeError as error:
                return RedirectResponse(f"/?done={error.step}", 303)

    return Route(path, answer, methods=["POST"])


@asynccontextmanager
async def _checked_form(visit: Visit) -> AsyncIterator[Form]:
    """Hold the form of a visit, with the token of a page of ours; its files with it."""
    form = await _read(visit.request)
    try:
        if visit.is_known and not visit_of(visit.request).is_known:  # withdrawn while the form came in
            raise RefusalError(403, "stranger")
        if not is_own(form.fields.get("token", ""), visit.secret):
            raise RefusalError(403, "stale")
        yield form
    except StoreError as error:
        raise RefusalError(503, "busy", again=None if form.files else form.fields) from error
    finally:
        for _, file in form.files:
            await file.close()


async def _read(request: Request) -> Form:
    """Return the form of a request. Raises `RefusalError` for what is none."""
    try:
        sent = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
        items = sent.multi_items()
        "".join(name + str(value) for name, value in items).encode()  # no half of a surrogate pair
    except _MALFORMED:
        raise RefusalError(400, "bad_request") from None
    return Form(
        {name: value for name, value in items if isinstance(value, str)},
        [(name, value) for name, value in items if isinstance(value, UploadFile)],
    )


def _both(visit: Visit, form: Form, error: ChangedSinceError) -> Response:
    """Return the page that shows what was written and what stands there now."""
    fields = {name: value for name, value in form.fields.items() if name not in ("token", "revision")}
    return visit.page(
        "changed.html",
        status=409,
        back=visit.back_path(form.fields.get("back", "")),
        yours=error.yours,
        theirs=error.theirs,
        fields={**fields, "revision": error.revision},
    )

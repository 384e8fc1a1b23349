"""Whatever goes wrong, a calm page answers: no trace of the program, no word about anybody."""

from __future__ import annotations

import os
import sys
from traceback import extract_tb
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import RelcardError
from relcard.errors import StoreError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp
    from starlette.types import Message
    from starlette.types import Receive
    from starlette.types import Scope
    from starlette.types import Send

_KEYS = {404: "not_found", 405: "not_found", 413: "too_large"}
_OURS = {
    NotFoundError: (404, "bad_request"),
    UsageError: (400, "bad_request"),
    UndecidedError: (409, "bad_request"),
}


class CalmErrors:
    """Makes of every fault a page in the language of the device; `page` draws it."""

    def __init__(self, app: ASGIApp, page: Callable[[Scope, RefusalError], Response]) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with a page of ours where nothing was answered yet."""
        has_begun = False

        async def send_on(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception as error:  # noqa: BLE001  the one boundary of errors of the page
            refusal = _refusal(error)
            if has_begun:
                return
            await self._page(scope, refusal)(scope, receive, send)


def _refusal(error: Exception) -> RefusalError:
    """Return what an error means to whoever holds the device."""
    trouble = error.__cause__ if isinstance(error, RefusalError) else error
    if isinstance(trouble, (StoreError, FileError)):  # its words name a folder, which is for this computer
        sys.stderr.write(f"  {trouble.message}\n")
        return error if isinstance(error, RefusalError) else RefusalError(503, "busy")
    if isinstance(error, RefusalError):
        return error
    if isinstance(error, HTTPException):
        return RefusalError(error.status_code, _KEYS.get(error.status_code, "bad_request"))
    if isinstance(error, RelcardError):
        status, key = _OURS.get(type(error), (400, "bad_request"))
        return RefusalError(status, key, reason=error.message)
    _tell(error)
    return RefusalError(500, "fault")


def _tell(error: Exception) -> None:
    """Say at the terminal where relcard failed, and nothing of what it was about."""
    place = extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(place.filename)}:{place.lineno}"  # noqa: PTH119  a name is all that is wanted
    sys.stderr.write(f"  A page failed ({type(error).__name__} at {where}). The store is whole.\n")

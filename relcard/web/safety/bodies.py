"""How much a request may bring, and how long that may take: memory and threads are those of a laptop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from relcard.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp
    from starlette.types import Message
    from starlette.types import Receive
    from starlette.types import Scope
    from starlette.types import Send

MIB = 1024 * 1024
LARGEST_FORM = 256 * 1024  # bytes of words
LARGEST_UPLOAD = 20 * MIB + LARGEST_FORM  # a picture, and the words beside it
_PIECE_SECONDS = 15  # to wait for the next piece of a body
_BODY_SECONDS = 120  # for all of it: a picture over a slow network


class SmallBodies:
    """Refuses a body that is too large as soon as that is known, and one that trickles in for ever.

    Whoever may not upload sends words alone.
    """

    def __init__(self, app: ASGIApp, may_upload: Callable[[Scope], bool]) -> None:
        self._app = app
        self._may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or raise `RefusalError`."""
        headers = dict(scope["headers"])
        is_upload = headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")
        most = LARGEST_UPLOAD if is_upload and self._may_upload(scope) else LARGEST_FORM
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length[:20]) > most:
            raise RefusalError(413, "too_large")
        ends = asyncio.get_running_loop().time() + _BODY_SECONDS
        is_whole, taken = False, 0

        async def receive_some() -> Message:
            nonlocal is_whole, taken
            if is_whole:  # what comes after the body is only that the other side has gone
                return await receive()
            left = min(_PIECE_SECONDS, ends - asyncio.get_running_loop().time())
            try:
                message = await asyncio.wait_for(receive(), max(left, 0))
            except TimeoutError:
                raise RefusalError(408, "bad_request") from None
            taken += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if taken > most:
                raise RefusalError(413, "too_large")
            return message

        await self._app(scope, receive_some, send)

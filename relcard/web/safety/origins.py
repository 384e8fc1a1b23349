"""A form is taken from pages of ours alone: not one that another site sends in the browser's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.web.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp
    from starlette.types import Receive
    from starlette.types import Scope
    from starlette.types import Send

_READ_ONLY = ("GET", "HEAD")
_SAME = b"same-origin"


class OwnOrigins:
    """Lets a request that could change something through where its Origin is the page's own.

    A browser says the Origin with every form, as the policy of referrers is; one that says none must at least
    say that the request comes from the same origin (Fetch Metadata). "null" is no origin.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origin.encode("ascii") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or raise `RefusalError`."""
        if scope["method"] not in _READ_ONLY:
            origins = [value.lower() for name, value in scope["headers"] if name == b"origin"]
            sites = [value.lower() for name, value in scope["headers"] if name == b"sec-fetch-site"]
            is_own = len(origins) == 1 and origins[0] in self._origins if origins else sites == [_SAME]
            if not is_own:
                raise RefusalError(403, "stranger")
        await self._app(scope, receive, send)

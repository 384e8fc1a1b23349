"""Answers under its own address alone: a name that a stranger's DNS points here (rebinding) gets nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp
    from starlette.types import Receive
    from starlette.types import Scope
    from starlette.types import Send

_MISDIRECTED = 421


class KnownHosts:
    """Lets a request through whose one Host is an address that this page is served under."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.encode("ascii") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say that nothing of the kind is here."""
        hosts = [value.lower() for name, value in scope["headers"] if name == b"host"]
        if len(hosts) == 1 and hosts[0] in self._hosts:
            await self._app(scope, receive, send)
            return
        await PlainTextResponse("Nothing is served under this name.\n", _MISDIRECTED)(scope, receive, send)

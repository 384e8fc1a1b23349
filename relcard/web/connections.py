"""What a connection may cost: how many there are, how many from one address, and how long each may dawdle."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

MOST = 96  # connections
MOST_OF_ONE = 24  # from one address: a browser opens six
_REQUEST_SECONDS = 10  # until the head of a request is here, the first as any later one
_ANSWER_SECONDS = 150  # until it is answered: a picture may take two minutes to come in


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that lets nobody hold a connection by saying nothing, or by saying it letter by letter."""

    _open: Counter[str] = Counter()  # noqa: RUF012  shared on purpose: one page to a process

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection in, unless there are too many."""
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        self._deadline: asyncio.TimerHandle | None = None
        self._is_refused = self._open.total() >= MOST or self._open[self._address] >= MOST_OF_ONE
        if self._is_refused:
            transport.abort()
            return
        self._open[self._address] += 1
        super().connection_made(transport)
        self._wait(_REQUEST_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._is_refused:
            return
        self._stop_waiting()
        self._open[self._address] -= 1
        if self._open[self._address] <= 0:
            del self._open[self._address]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; once the head of a request is here there is more time."""
        if self._is_refused:
            return
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._wait(_ANSWER_SECONDS)

    def on_response_complete(self) -> None:
        """Wait for the next request, if there is one."""
        super().on_response_complete()
        self._wait(_REQUEST_SECONDS)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def uvicorn_settings() -> dict[str, Any]:
    """Return how uvicorn is to be set up besides: nothing is logged, and a head has at most 16 KiB."""
    return {
        "http": PatientProtocol,
        "ws": "none",
        "loop": "asyncio",
        "lifespan": "off",
        "interface": "asgi3",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 2,
        "h11_max_incomplete_event_size": 16 * 1024,
    }

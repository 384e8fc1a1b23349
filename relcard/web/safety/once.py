"""A form that comes twice is done once: a phone on a weak network sends what it saw no answer to."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from collections.abc import Callable

    from starlette.responses import Response

_KEPT = 500  # answers, the newest
_LARGEST = 100_000  # bytes: larger ones, as a paper to print, go to whoever asks meanwhile and are not kept


class Once:
    """Keeps what each form was answered while this page runs; the same form again is answered so."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, asyncio.Future[Response]] = OrderedDict()

    async def lead(self, key: str, do: Callable[[], Awaitable[Response]]) -> Response:
        """Do what the form of a key asks for, unless it was done or is being done; return its answer."""
        known = self._answers.get(key)
        if known is not None:
            return await asyncio.shield(known)
        future = self._answers[key] = asyncio.get_running_loop().create_future()
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        try:
            answer = await do()
        except BaseException as error:
            self._answers.pop(key, None)
            future.set_exception(error if isinstance(error, Exception) else RuntimeError())
            future.exception()  # seen: whoever waits gets it, and nobody need
            raise
        future.set_result(answer)
        if len(answer.body) > _LARGEST:
            self._answers.pop(key, None)
        return answer

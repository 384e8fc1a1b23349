from __future__ import annotations

import asyncio

import pytest
from starlette.responses import Response

from relcard.web.safety.once import Once


def test_form_that_comes_twice_is_done_once() -> None:
    """Also where the second comes while the first is being done; another form is another."""
    done = []

    async def do() -> Response:
        await asyncio.sleep(0)
        done.append(1)
        return Response(str(len(done)))

    async def come() -> list[bytes]:
        once = Once()
        answers = await asyncio.gather(*(once.lead(key, do) for key in ("a", "a", "b")))
        return [bytes(answer.body) for answer in (*answers, await once.lead("a", do))]

    assert asyncio.run(come()) == [b"1", b"1", b"2", b"1"]


def test_what_failed_may_come_again() -> None:
    """Whoever waits for it hears that it failed, and the next one does it."""

    async def fail() -> Response:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    async def do() -> Response:
        return Response("done")

    async def come() -> Response:
        once = Once()
        for failed in await asyncio.gather(once.lead("a", fail), once.lead("a", do), return_exceptions=True):
            assert isinstance(failed, ZeroDivisionError)
        return await once.lead("a", do)

    assert asyncio.run(come()).body == b"done"


@pytest.mark.parametrize(("size", "answers"), [(100, 1), (1_000_000, 2)])
def test_large_answer_is_not_kept(size: int, answers: int) -> None:
    """Five hundred papers to print would fill the memory."""
    made = []

    async def do() -> Response:
        made.append(1)
        return Response(b"x" * size)

    async def come() -> None:
        once = Once()
        await once.lead("a", do)
        await once.lead("a", do)

    asyncio.run(come())
    assert len(made) == answers

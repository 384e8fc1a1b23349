from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.web.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.visitor import Visitor

ROUTES = [route for page in PAGES for route in page.ROUTES]
SHOWN = sorted({re.sub(r"\{.*?\}", "1", route.path) for route in ROUTES if "GET" in (route.methods or ())})
SENT = sorted({re.sub(r"\{.*?\}", "1", route.path) for route in ROUTES if "POST" in (route.methods or ())})
FOR_ALL = {"/pair", "/language"}
FOR_READERS = {"/language", "/pair", "/people", "/letterbox"}  # what changes nothing in the store


def test_stranger_is_shown_nothing(visitor: Callable[[], Visitor]) -> None:
    """Every page but those named leads to the one on which a device is paired."""
    stranger = visitor()
    for path in {*SHOWN} - FOR_ALL:
        answer = stranger.get(path, follow=False)
        assert (answer.status, answer.header("location")) == (303, "/pair"), path


def test_stranger_does_nothing(visitor: Callable[[], Visitor]) -> None:
    """Not even with a token of the page for strangers."""
    stranger = visitor()
    page = stranger.get("/pair")
    for path in {*SENT} - FOR_ALL:
        assert stranger.post(path, token=page.token).status == 403, path


def test_device_that_reads_only_writes_nothing(visitor: Callable[[], Visitor]) -> None:
    """Whatever the form."""
    reader = visitor().paired(writes=False)
    page = reader.get("/people")
    for path in {*SENT} - FOR_READERS:
        answer = reader.post(path, token=page.token)
        assert answer.status == 403, path
        assert "may read here, and not write" in answer.words


def test_form_without_its_token_does_nothing(phone: Visitor) -> None:
    """Nor with a token that was made up."""
    for path in SENT:
        for token in ("", f"{'0' * 32}.{'0' * 64}"):
            phone.get("/people")
            assert phone.post(path, token=token).status == 403, path

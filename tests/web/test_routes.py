from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from relcard.web.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.visitor import Visitor

ROUTES = [route for page in PAGES for route in page.ROUTES]
SHOWN = sorted({re.sub(r"\{.*?\}", "1", route.path) for route in ROUTES if "GET" in (route.methods or ())})
SENT = sorted({re.sub(r"\{.*?\}", "1", route.path) for route in ROUTES if "POST" in (route.methods or ())})
FOR_ALL = {"/pair", "/language"}
FOR_READERS = {"/language", "/pair", "/people", "/letterbox"}  # what changes nothing in the store


@pytest.mark.parametrize("path", sorted({*SHOWN} - FOR_ALL))
def test_stranger_is_shown_nothing(visitor: Callable[[], Visitor], path: str) -> None:
    """Every page but those named leads to the one on which a device is paired."""
    answer = visitor().get(path, follow=False)
    assert (answer.status, answer.header("location")) == (303, "/pair")


@pytest.mark.parametrize("path", sorted({*SENT} - FOR_ALL))
def test_stranger_does_nothing(visitor: Callable[[], Visitor], path: str) -> None:
    """Not even with a token of the page for strangers."""
    stranger = visitor()
    stranger.get("/pair")
    assert stranger.post(path).status == 403


@pytest.mark.parametrize("path", sorted({*SENT} - FOR_READERS))
def test_device_that_reads_only_writes_nothing(visitor: Callable[[], Visitor], path: str) -> None:
    """Whatever the form."""
    reader = visitor().paired(writes=False)
    reader.get("/")
    answer = reader.post(path)
    assert answer.status == 403
    assert "may read here, and not write" in answer.words


@pytest.mark.parametrize("path", SENT)
def test_form_without_its_token_does_nothing(phone: Visitor, path: str) -> None:
    """Nor with a token of another device, or one that was made up."""
    phone.get("/")
    assert phone.post(path, token="").status == 403
    assert phone.post(path, token=f"{'0' * 32}.{'0' * 64}").status == 403

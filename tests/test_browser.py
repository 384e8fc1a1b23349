"""The browser that pages are tried in: what it sees, what it complains of, and that it leaves no trace in other tests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.support import peers
from tests.support.peers import peer

if TYPE_CHECKING:
    from tests.support.browser import Windows

PAGE = """<!doctype html><html lang="en"><title>Cards</title>
<style>@media (prefers-color-scheme: dark) { main { color: #eee; background: #111 } }</style>
<main><h1>Cards</h1><label>Name <input></label> <button>Written</button></main>
<script>document.querySelector("h1").textContent = `Cards ${innerWidth}`</script></html>"""


def test_a_window_is_as_large_and_as_dark_as_its_device(window: Windows) -> None:
    """A phone, a tablet and a desktop show the same page at their width, light or dark."""
    from tests.support.browser import barriers

    for size, width in (("phone", 390), ("tablet", 820), ("desktop", 1280)):
        page = window(size, dark=size == "tablet")
        page.set_content(PAGE)
        assert page.get_by_role("heading").inner_text() == f"Cards {width}"
        colour = page.evaluate("getComputedStyle(document.querySelector('main')).color")
        assert (colour == "rgb(238, 238, 238)") == (size == "tablet")
    assert not barriers(page)


def test_what_bars_somebody_is_named(window: Windows) -> None:
    """A field without a name and a button without words are serious; each is named with its element."""
    from tests.support.browser import barriers

    page = window()
    page.set_content(
        '<html lang="en"><title>Cards</title><main><h1>Cards</h1><input id="who"><button></button></main>'
    )
    assert [line.split(":")[0] for line in barriers(page)] == ["button-name", "label"]
    assert '<input id="who">' in barriers(page)[1]


def test_a_page_that_errs_or_asks_elsewhere_is_found_out(window: Windows) -> None:
    """An error of a script, a thing the policy holds back and a request to another computer are faults."""
    page = window()
    policy = """<meta http-equiv="Content-Security-Policy" content="style-src 'none'">"""
    page.set_content(
        f"{policy}<style>p {{}}</style><script>missing()</script><img src='http://192.0.2.1/a.png'>"
    )
    assert len(window.faults) == 3, window.faults
    window.faults.clear()


def test_without_scripts_a_page_is_still_shown(window: Windows) -> None:
    """A window can be opened in which no script runs."""
    page = window(scripts=False)
    page.set_content(PAGE)
    assert page.get_by_role("heading").inner_text() == "Cards"


def test_another_event_loop_runs_while_the_browser_waits(_chromium: object) -> None:  # noqa: PT019  wanted for what it leaves
    """A test without windows runs loops of its own, though the browser is still there."""

    async def nothing() -> int:
        return 1

    assert asyncio.run(nothing()) == 1


def test_a_missing_program_leaves_its_test_out_or_fails_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program a test is left out by name; where programs are required, that is a failure."""
    monkeypatch.setattr(peers, "_REQUIRED", False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        peer("no-such-program")
    monkeypatch.setattr(peers, "_REQUIRED", True)
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        peer("no-such-program")

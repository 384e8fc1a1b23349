"""Pages in a real browser, as phones, tablets and laptops show them, and what bars somebody from using them."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from playwright.sync_api import Browser
    from playwright.sync_api import ConsoleMessage
    from playwright.sync_api import Page
    from playwright.sync_api import ViewportSize

# Width and height in CSS pixels.
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "tablet": {"width": 820, "height": 1180},
    "desktop": {"width": 1280, "height": 800},
}
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",  # no way out
)
_AT_HOME = ("127.0.0.1", "::1", "localhost", None)  # None: data: and about: have no host


@contextmanager
def chromium(program: str) -> Iterator[Browser]:
    """Start a browser without a screen."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS])


@contextmanager
def loop_of(browser: Browser) -> Iterator[None]:
    """Let the event loop of a browser be the running one for so long: tests between pages run loops of their own."""
    asyncio._set_running_loop(browser._loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(None)


class Windows:
    """A browser's windows, each a device of its own: its cookies are nobody else's.

    Whatever a page did that no page of ours may do is in `faults`: an error of a script, something the content security
    policy held back, a question to another computer.
    """

    def __init__(self, browser: Browser, closing: ExitStack) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._closing = closing

    def __call__(self, size: str = "phone", *, dark: bool = False, scripts: bool = True) -> Page:
        """Open an empty window, as large as a phone, a tablet or a desktop."""
        device = self._browser.new_context(
            viewport=SIZES[size],
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            has_touch=size != "desktop",
        )
        self._closing.callback(device.close)
        page = device.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._look_at_message)
        page.on("request", lambda request: self._look_at_address(request.url))
        return page

    def _look_at_message(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _look_at_address(self, url: str) -> None:
        if urlsplit(url).hostname not in _AT_HOME:
            self.faults.append(f"asks another computer: {url}")


def barriers(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical on a page, each with its rule and the first element it is seen at."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']}, at {each['nodes'][0]['html']}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]

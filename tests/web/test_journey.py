"""A whole day at home in a real browser: today, the household, the desk, the letterbox, triage, years, papers, undo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.store.file import journal
from relcard.store.file.checks import examine

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.browser import Windows

LEAST_PX = 48  # of what is tapped
PATHS = (
    "/",
    "/people",
    "/desk",
    "/letterbox",
    "/season",
    "/season/1/look",
    "/season/1/labels",
    "/years",
    "/triage",
)


@pytest.fixture(autouse=True)
def season(book: Book, house: House) -> None:
    """Two cards to write; of a third household nothing was said yet."""
    book.circle(Circle.FRIEND, "Ada Oak", "Ben Elm")
    book.start()


@pytest.fixture
def paired(at_home: str, window: Windows) -> Callable[..., Page]:
    """Return an opener of windows that pairs the first of them; the link is good for one device."""

    def open_window(size: str, *, dark: bool = False) -> Page:
        page = window(size, dark=dark)
        page.goto(at_home)
        page.get_by_role("button", name="Pair").click()
        page.get_by_role("heading", name="Friday 20 November").wait_for()
        return page

    return open_window


def check_page(page: Page) -> None:
    """Nothing bars anybody, nothing is cut off at the side, and a thumb finds every target."""
    from tests.support.browser import barriers

    assert not barriers(page), page.url
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room, page.url
    smallest = page.locator(
        "main button:visible, main summary:visible, main input:visible:not([type=checkbox]), nav a"
    )
    heights = smallest.evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert min(heights) >= LEAST_PX - 0.01, page.url
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18


@pytest.mark.parametrize(("size", "dark"), [("phone", True), ("tablet", False), ("desktop", True)])
def test_every_page_is_fit_for_every_device(paired: Callable[..., Page], size: str, *, dark: bool) -> None:
    """Phone, tablet and desktop, dark and light: axe finds nothing serious on any page."""
    page = paired(size, dark=dark)
    base = page.url.rstrip("/")
    for path in PATHS:
        page.goto(base + path)
        check_page(page)
    page.goto(f"{base}/desk")
    page.get_by_role("link", name="Begin").click()
    check_page(page)


def test_a_day_is_spent_from_the_couch_to_the_desk(
    paired: Callable[..., Page], book: Book, store_path: str
) -> None:
    """Each tap is a step of the device, and the last is taken back by one."""
    page = paired("tablet")
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_role("link", name="Begin").click()
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("A line of yours").fill("the pears are in")
    page.get_by_role("button", name="Written").click()
    page.get_by_text("Kept.").wait_for()
    second = page.get_by_role("heading", level=1).inner_text()
    assert {first, second} == {"Ada Oak", "Ben Elm"}
    page.get_by_text("A note", exact=True).click()
    page.get_by_label("What came to mind").fill("plays the cello")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("plays the cello").wait_for()

    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="How near are they?").click()
    page.get_by_role("button", name=re.compile("^friend")).click()
    page.get_by_text("Every contact has a circle.").wait_for()

    page.get_by_role("link", name="Season").click()
    page.get_by_role("link", name="The years").click()
    page.get_by_role("link", name="Zoë Żak, 2025: Nothing").click()
    page.get_by_role("button", name="Came", exact=True).click()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("heading", name="Taken back").wait_for()

    page.get_by_role("link", name="Season").click()
    page.get_by_role("link", name="Labels").click()
    image = page.get_by_role("img", name="Page 1")
    image.scroll_into_view_if_needed()
    assert image.evaluate("each => each.decode().then(() => each.naturalWidth)") > 500
    with page.expect_download() as download:
        page.get_by_role("button", name="File to print").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")

    standing = [step for step in journal.history(book.db) if not step.undone]
    assert [step.command for step in standing[:4]] == [
        "print labels",
        "triage",
        f"note h{book.home_of(second)}",
        "desk",
    ]
    assert {step.device for step in standing[:4]} == {"Marta's phone"}
    assert not examine(store_path).findings

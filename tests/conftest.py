"""What tests of the store and of the services share: a fresh store on disk and small invented vCards."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections import Counter
from contextlib import ExitStack
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from relcard.domain.feasts import Season
from relcard.services.seasons.start_season import start_season
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from relcard.store.file.database import open_store
from tests.support.book import CIRCLES
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import Book
from tests.support.book import card
from tests.support.dose import dose as in_dose
from tests.support.peers import LEFT_OUT
from tests.support.peers import peer

# No example is timed: a loaded machine is no fault of ours. Where a change is judged, the same examples every
# time; at home, new ones with each run.
_EXAMPLES = in_dose(40, 400)
settings.register_profile("home", deadline=None, max_examples=_EXAMPLES)
settings.register_profile("judged", deadline=None, max_examples=_EXAMPLES, derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "home")

# No test sees what this computer's user keeps in the environment, and the same can be printed on every machine.
_ASKED_OF_TESTS = ("RELCARD_FAULTS", "RELCARD_GOLDEN", "RELCARD_PEERS")
_OF_THE_USER = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "EDITOR", "VISUAL")
for _name in [*os.environ]:
    if _name in _OF_THE_USER or (_name.startswith("RELCARD_") and _name not in _ASKED_OF_TESTS):
        del os.environ[_name]
os.environ["RELCARD_FONTS"] = "packaged"

# Compiled files are part of an installed program: without them every process of ours would compile all it imports.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Generator
    from collections.abc import Iterator
    from datetime import date

    from playwright.sync_api import Browser

    from tests.support.browser import Windows


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for garbage again once all tests are known: they are none, and looking through them takes a quarter of it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


# Files of few tests that take long: begun last, they would leave every core but one idle at the end.
_FIRST = (
    "tests/faults/",
    "tests/test_packaging.py",
    "tests/test_docs.py",
    "tests/cli/test_world_fails.py",
    "tests/cli/seasons/test_simulated_season.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; within that, and after it, the order by chance stays."""
    items.sort(key=lambda item: not item.nodeid.startswith(_FIRST))


@pytest.fixture(scope="session")
def dose() -> Callable[[int, int], int]:
    """Return how often a fault is tried: the first number, or the second in the full dose."""
    return in_dose


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day on which every test takes place."""
    return TODAY


@pytest.fixture
def store_path(tmp_path: Path) -> str:
    """Return where a store may be made."""
    return str(tmp_path / "relcard.db")


@pytest.fixture(scope="session")
def _empty_store(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make an empty store once: a copy of it is a fifth of the work."""
    path = tmp_path_factory.mktemp("empty") / "relcard.db"
    open_store(str(path), create=True).close()
    return path.read_bytes()


def _fresh(path: Path, empty: bytes) -> sqlite3.Connection:
    path.touch(mode=0o600)
    path.write_bytes(empty)
    db = open_store(str(path))
    db.execute("PRAGMA synchronous=OFF")  # no power fails here, and hundreds of tests begin like this
    return db


@pytest.fixture
def db(store_path: str, _empty_store: bytes) -> Iterator[sqlite3.Connection]:
    """Open a fresh store on disk."""
    with closing(_fresh(Path(store_path), _empty_store)) as db:
        yield db


@pytest.fixture
def book(db: sqlite3.Connection) -> Book:
    """Return a fresh store with a user's hands on it."""
    return Book(db)


@pytest.fixture
def open_season(book: Book) -> Book:
    """Return a book with a household of each circle in christmas-2026: Ada Oak, Ben Elm, Cyd Ash, Dee Fir."""
    book.imported(*(card(name, street=f"{number} High Street") for number, name in enumerate(CIRCLES, 1)))
    with journal.step(book.db, "circles", today=TODAY):
        for name, circle in CIRCLES.items():
            relationships.set_circle(book.db, book.id_of(name), circle, today=TODAY)
        start_season(book.db, Season("christmas", 2026), STANDPOINT)
        seasons.add_recipient(book.db, 1, book.home_of("Dee Fir"), "you added them")
    return book


@pytest.fixture
def new_book(tmp_path_factory: pytest.TempPathFactory, _empty_store: bytes) -> Iterator[Callable[[], Book]]:
    """Return a maker of further stores, for laws that are tried on many."""
    with ExitStack() as opened:

        def make() -> Book:
            path = tmp_path_factory.mktemp("store") / "relcard.db"
            return Book(opened.enter_context(closing(_fresh(path, _empty_store))))

        yield make


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Browser]:
    """Start a browser once: a second of work."""
    program = peer("chromium")
    from tests.support.browser import chromium
    from tests.support.browser import loop_of

    with ExitStack() as opened:
        browser = opened.enter_context(chromium(program))
        asyncio._set_running_loop(None)
        yield browser
        with loop_of(browser):
            opened.close()


@pytest.fixture
def browser(_chromium: Browser) -> Iterator[Browser]:
    """Return a browser without windows."""
    from tests.support.browser import loop_of

    with loop_of(_chromium):
        yield _chromium


@pytest.fixture
def window(browser: Browser) -> Iterator[Windows]:
    """Return an opener of windows, `window("phone", dark=True)`; no page in them may err or ask other computers."""
    from tests.support.browser import Windows

    with ExitStack() as opened:
        windows = Windows(browser, opened)
        yield windows
    assert not windows.faults


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which programs of others were missing, and after a failure how the same order and chances come again."""
    reasons = [
        skip.longrepr[2]
        for skip in terminalreporter.stats.get("skipped", ())
        if isinstance(skip.longrepr, tuple)
    ]
    missing = Counter(reason.partition(LEFT_OUT)[2] for reason in reasons if LEFT_OUT in reason)
    if missing:
        programs = ", ".join(f"{program} ({count} tests)" for program, count in sorted(missing.items()))
        terminalreporter.write_line(f"Left out, as these programs are not installed here: {programs}")
    seed = getattr(config.option, "randomly_seed", None)
    if seed is not None and (terminalreporter.stats.get("failed") or terminalreporter.stats.get("error")):
        terminalreporter.write_line(f"The same order once more: --randomly-seed={seed}")

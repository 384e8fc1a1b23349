"""What tests of paper share: fonts that are everywhere the same, and readers of what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.pdf import page_texts
from tests.support.pdf import read_glyphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.pdf import Glyph


@pytest.fixture
def every_script(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test see the fonts of the extras, and none of the system."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")


@pytest.fixture(scope="session")
def glyphs() -> Callable[[bytes], list[list[Glyph]]]:
    """Return the reader of a PDF's characters and their ink, page by page."""
    return read_glyphs


@pytest.fixture(scope="session")
def words() -> Callable[[bytes], list[str]]:
    """Return the reader of a PDF's text, page by page."""
    return page_texts

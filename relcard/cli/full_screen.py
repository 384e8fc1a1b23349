"""What the commands with a full-screen page need first: the extra that draws it, and a terminal."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from relcard.errors import ExtraError
from relcard.errors import UsageError
from relcard.installation import bring_extra

if TYPE_CHECKING:
    from types import ModuleType


def load_page(module: str, *, what: str, instead: str) -> ModuleType:
    """Return a module of `tui`, an extra that may not be there, ready to be shown on this terminal.

    Raises `ExtraError` without the extra and `UsageError` without a terminal; `instead` is the hint.
    """
    try:
        page = importlib.import_module(f"relcard.tui.{module}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("relcard"):
            raise
        raise ExtraError(
            f"The pages of {what} need {error.name.partition('.')[0]}, which is not installed.",
            hint=f"{bring_extra('tui')}. {instead}",
        ) from error
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            f"{what[:1].upper()}{what[1:]} is a full-screen pass, and there is no terminal here.",
            hint=instead,
        )
    if click.get_current_context().find_root().color is False:
        os.environ["NO_COLOR"] = "1"  # --no-color, in the one way the pages understand
    return page

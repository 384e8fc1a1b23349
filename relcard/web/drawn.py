"""Papers that were drawn to be looked at: page after page of one is asked for, and it is drawn once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.services.printing.print_run import PrintRun

_KEPT = 2


class Drawn:
    """The last papers drawn, each with the state of the store it was drawn from."""

    def __init__(self) -> None:
        self._runs: dict[object, PrintRun] = {}

    def paper(self, state: object, draw: Callable[[], PrintRun]) -> PrintRun:
        """Return what is drawn from a state, drawn now where it was not yet."""
        if state not in self._runs:
            self._runs = {**dict(list(self._runs.items())[1 - _KEPT :]), state: draw()}
        return self._runs[state]

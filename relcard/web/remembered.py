"""What was read or drawn of the store and is asked for again while nothing has changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Generic
from typing import TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_KEPT = 2


class Remembered(Generic[T]):
    """The last two of a kind, as papers page after page of which is shown, each with the state it is of."""

    def __init__(self) -> None:
        self._kept: dict[object, T] = {}

    def of(self, state: object, make: Callable[[], T]) -> T:
        """Return what there is of a state, made now where it was not yet. Nobody changes it."""
        kept = self._kept
        if state not in kept:
            kept = self.put(state, make())
        return kept[state]

    def put(self, state: object, value: T) -> dict[object, T]:
        """Keep what a change has made of the state before, and return what is kept."""
        self._kept = {**dict(list(self._kept.items())[1 - _KEPT :]), state: value}
        return self._kept

"""Who may share a household with whom, while an address book comes in: known without asking the store."""

from __future__ import annotations

from array import array
from itertools import islice
from typing import TYPE_CHECKING

from relcard.domain.kinds import Kind
from relcard.domain.people.household import why_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

_REASONS = {
    (is_individual, has_address): why_alone(
        Kind.INDIVIDUAL if is_individual else Kind.ORG, "letterbox" if has_address else ""
    )
    for is_individual in (False, True)
    for has_address in (False, True)
}
_WORDS = tuple(dict.fromkeys(_REASONS.values()))
_NUMBERS = {key: _WORDS.index(reason) for key, reason in _REASONS.items()}
_MOST = 2**30 - 1  # larger numbers take Python more room, and far longer to put in order


class Doors:
    """The letterboxes of contacts numbered in their order, in little memory: a hash of four bytes each.

    Two may share a household who have one letterbox, or one place and surname and equal numbers
    (`near_keys`): all of them have place, numbers and post box in common, and that is what is kept. That more
    than these meet in one hash costs a comparison and changes nothing.
    `is_tied` says that somebody's card names relations: then letterboxes alone do not tell.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self._keys = array("i")
        self._reasons = bytearray()
        self.is_tied = False

    def add(self, kind: Kind, letterbox: str) -> None:
        """Take in the next contact; `letterbox` comes from `household_key`, "" without an address."""
        if letterbox:
            place, _, numbers, _, box = letterbox.split("|")
            self._keys.append(hash((place, numbers, box)) & _MOST or 1)
        else:
            self._keys.append(0)
        self._reasons.append(_NUMBERS[kind is Kind.INDIVIDUAL, letterbox != ""])

    def crowded(self) -> list[list[int]]:
        """Return the contacts who may share a household with another, in order, in blocks that cannot."""
        ordered = sorted(self._keys)
        shared: dict[int, list[int]] = {
            key: []
            for key, following in zip(ordered, islice(ordered, 1, None), strict=False)
            if key == following and key
        }
        for number, key in enumerate(self._keys, self.first):
            if key in shared:
                shared[key].append(number)
        return list(shared.values())

    def reasons(self) -> Iterator[tuple[int, str]]:
        """Yield every contact with the reason it has where it is alone."""
        return ((number, _WORDS[one]) for number, one in enumerate(self._reasons, self.first))

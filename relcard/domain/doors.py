"""Who may share a household with whom, while an address book comes in: known without asking the store."""

from __future__ import annotations

from array import array
from itertools import islice
from typing import TYPE_CHECKING

from relcard.domain.household import surname_stems
from relcard.domain.household import why_alone
from relcard.domain.kinds import Kind

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


class Doors:
    """The letterboxes of contacts numbered in their order, in little memory: hashes, some dozen bytes each.

    Two may share a household who have one letterbox, or one place and surname and equal numbers
    (`near_keys`). That two different keys meet in one hash costs a comparison and changes nothing.
    `is_tied` says that somebody's card names relations: then letterboxes alone do not tell.
    """

    def __init__(self, first: int) -> None:
        self._first = first
        self._keys = array("q")
        self._owners = array("q")
        self._places = array("q")
        self._reasons = bytearray()
        self.is_tied = False

    def add(self, kind: Kind, family: str, name: str, letterbox: str) -> None:
        """Take in the next contact; `letterbox` comes from `household_key`, "" without an address."""
        self._reasons.append(_NUMBERS[kind is Kind.INDIVIDUAL, bool(letterbox)])
        if not letterbox:
            self._places.append(0)
            return
        place, _, numbers, _, box = letterbox.split("|")
        keys = [hash(letterbox)]
        keys += [hash((place, stem, numbers, box)) for stem in surname_stems(family, name)]
        self._owners.extend([self._first + len(self._places)] * len(keys))
        self._keys.extend(keys)
        self._places.append(hash(place))

    def crowded(self) -> list[list[int]]:
        """Return the contacts of each place, in order, who may share a household with another one there."""
        ordered = sorted(self._keys)
        shared = {
            key for key, following in zip(ordered, islice(ordered, 1, None), strict=False) if key == following
        }
        blocks: dict[int, set[int]] = {}
        for key, owner in zip(self._keys, self._owners, strict=True):
            if key in shared:
                blocks.setdefault(self._places[owner - self._first], set()).add(owner)
        return [sorted(block) for block in blocks.values()]

    def reasons(self) -> Iterator[tuple[int, str]]:
        """Yield every contact with the reason it has where it is alone."""
        return ((number, _WORDS[one]) for number, one in enumerate(self._reasons, self._first))

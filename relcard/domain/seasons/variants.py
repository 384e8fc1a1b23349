"""Which of the words a template offers a household gets: never by chance, and not a sister's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from relcard.domain.seasons.draft import Printed


class Choice(NamedTuple):
    """The words one household may get, one at the least.

    `kept` are those drafted for this card already, `last` those of its last card of this occasion.
    """

    household: int
    offered: tuple[Printed, ...]
    kept: Printed | None = None
    last: Printed | None = None


def choose_words(
    choices: Iterable[Choice], kin: Mapping[int, AbstractSet[int]], year: int, taken: Mapping[int, Printed]
) -> dict[int, Printed]:
    """Return the words of each household: the same ones whenever it is asked.

    `kin` are the households each is related to, `taken` the words drafted for others. What is drafted stays.
    Else a household's place among its kin and the year say where to begin, and from there the first words are
    taken that are neither last year's nor those of kin; where none are left, rather those of kin.
    """
    chosen = dict(taken)
    for choice in sorted(choices, key=lambda choice: choice.household):
        if choice.kept in choice.offered:
            chosen[choice.household] = choice.kept
            continue
        begin = (_place(choice.household, kin) + year) % len(choice.offered)
        related = {chosen[other] for other in kin.get(choice.household, ()) if other in chosen}
        in_turn = (*choice.offered[begin:], *choice.offered[:begin])
        chosen[choice.household] = min(in_turn, key=lambda words: (words == choice.last, words in related))
    return chosen


def _place(household: int, kin: Mapping[int, AbstractSet[int]]) -> int:
    """Return the first of all that are kin, over others too, and how many of them stand before a household.

    So it is another for each of them, and the same whoever is drafted beside it.
    """
    known = {household}
    news = known
    while news:
        news = {other for each in news for other in kin.get(each, ())} - known
        known = known | news
    return min(known) + sorted(known).index(household)

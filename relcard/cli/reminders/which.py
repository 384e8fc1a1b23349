"""Which of the days or gifts of somebody is meant, where one is to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import TypeVar

from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.services.reminders.whose import Kept
from relcard.services.reminders.whose import meant_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

_K = TypeVar("_K", bound=Kept)


def the_only(
    noun: str, among: Sequence[_K], who: str, words: str, *, in_words: Callable[[_K], str], hint: str = ""
) -> _K:
    """Return the day or gift (`noun`) of WHO that words mean. Raises `NotFoundError` and `UndecidedError`.

    `hint` says where else it may stand.
    """
    meant = meant_by(words, among)
    if not meant:
        called = f" called '{words}'" if words else ""
        raise NotFoundError(
            f"No {noun}{called} is kept of {who}.",
            hint=f"To see them: relcard {noun} list {quoted(who)}{hint}",
        )
    if len(meant) > 1:
        raise UndecidedError(
            f"{who} has {len(meant)} such {noun}s.",
            candidates=tuple(f"{kept.number}  {in_words(kept)}" for kept in meant),
            hint=f"Say the number: relcard {noun} remove {quoted(who)} {meant[0].number}",
        )
    return meant[0]

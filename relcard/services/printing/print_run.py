"""What a command that prints hands back: the PDF, who is not on the paper, and why as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Why(Enum):
    """Why someone is not on the paper; what is said of it stands beside it in words."""

    BY_HAND = "by hand"  # the sender's own choice: the envelope is written, from the crib
    NOBODY_LIVING = "nobody living"
    NO_ADDRESS = "no address"
    NO_COUNTRY = "no country"
    REFUSED = "refused"  # printed, it would break a promise: the room, a letter no font has, the size


@dataclass(frozen=True, slots=True)
class Skipped:
    """Someone who is not on the paper, and why: `reason` in words, for people alone."""

    who: str
    reason: str
    why: Why = Why.REFUSED

    @property
    def is_missing(self) -> bool:
        """Whether paper was wanted for them: true of all but those left out by choice."""
        return self.why is not Why.BY_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A finished PDF and who is not in it; `data` is empty when nothing could be printed.

    `copies` says of a file for a print shop for whom each of its cards is, `again` how many cards of a
    season had been printed before, `instead` once for each card what its words are printed in place of.
    """

    data: bytes
    pages: int
    items: int
    skipped: tuple[Skipped, ...] = ()
    copies: tuple[tuple[str, ...], ...] = ()
    again: int = 0
    instead: tuple[str, ...] = ()

"""The result of drawing a document: the PDF, and what was left out of it and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that was not printed, and why, in words."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPdf:
    """A finished PDF; `data` is empty when nothing could be printed.

    `copies` names for whom each card is, where equal cards are drawn once: for a print shop.
    """

    data: bytes
    pages: int
    items: int
    refused: tuple[Refusal, ...]
    copies: tuple[tuple[str, ...], ...] = ()

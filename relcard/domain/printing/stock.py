"""Bought paper as numbers: a sheet of labels, an envelope, paper for greeting cards; lengths in mm."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A sheet of labels: `left` and `top` say where the first begins, a pitch runs from one to the next."""

    part: str
    brand: str
    page: str
    page_w: float
    page_h: float
    label_w: float
    label_h: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int
    corner: float
    source: str

    @property
    def name(self) -> str:
        """Brand and part, as printed on the packet; the user's own have no brand."""
        return f"{self.brand} {self.part}".strip()

    @property
    def slots_per_sheet(self) -> int:
        """How many labels a sheet holds."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An envelope lying on its long side, flap at the top."""

    name: str
    width: float
    height: float
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStock:
    """Paper for greeting cards, whole or with several panels a page."""

    name: str
    page: str
    page_w: float
    page_h: float
    panel_w: float
    panel_h: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int
    source: str

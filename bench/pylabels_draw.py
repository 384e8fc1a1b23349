"""Draw a table of addresses with pylabels, for `peers.py`: `pylabels_draw.py ROWS.csv OUT.pdf`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import labels  # type: ignore[import-not-found]  # no part of relcard
from reportlab.graphics.shapes import String

if TYPE_CHECKING:
    from collections.abc import Sequence


def draw(label: Any, _width: float, height: float, lines: Sequence[str]) -> None:
    """Draw one address."""
    for row, text in enumerate(lines):
        label.add(String(8, height - 20 - 12 * row, text, fontSize=10))


def main(rows: Path, target: str) -> None:
    """Draw one label for each row, on sheets as L7160 has them."""
    sheet = labels.Specification(
        210, 297, 3, 7, 63.5, 38.1, left_margin=7.21, top_margin=15.15, column_gap=2.54, row_gap=0
    )
    page = labels.Sheet(sheet, draw)
    with rows.open(encoding="utf-8", newline="") as file:
        page.add_labels(csv.reader(file))
    page.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

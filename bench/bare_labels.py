"""Draw the labels of a generated file with ReportLab and nothing else: `bare_labels.py FILE.vcf OUT.pdf`.

Name, street, place and country in the places of L7160, 21 a sheet, in the same embedded typeface. No store,
no rules of countries, no shrinking and no checks: the least that the labels cost.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

LEADING = 12  # points


def addresses(source: Path) -> list[tuple[str, str, str, str]]:
    """Return name, street, place and country of each vCard that has an address."""
    found = []
    name = ""
    for line in source.read_text(encoding="utf-8").splitlines():
        head, _, value = line.partition(":")
        if head == "FN":
            name = value
        elif head.startswith("ADR"):
            _, _, street, town, _, postcode, country = value.split(";")
            found.append((name, street, f"{postcode} {town}", country.upper()))
    return found


def main(source: Path, target: str) -> None:
    """Draw one label for each vCard."""
    labels = addresses(source)
    face = Path(__file__).parents[1] / "relcard/paper/text/faces/NotoSans.ttf"
    pdfmetrics.registerFont(TTFont("Sans", str(face)))
    canvas = Canvas(target, pagesize=A4)
    for number, lines in enumerate(labels):
        place = number % 21
        if number and not place:
            canvas.showPage()
        if not place:
            canvas.setFont("Sans", 10)
        left = (7.25 + 66.0 * (place % 3) + 4) * mm
        top = A4[1] - (15.15 + 38.1 * (place // 3) + 10) * mm
        for row, text in enumerate(lines):
            canvas.drawString(left, top - row * LEADING, text)
    canvas.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

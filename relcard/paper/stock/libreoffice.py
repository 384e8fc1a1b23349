"""Label sheets as LibreOffice describes them in its labels.xml, in hundredths of a millimetre.

A row is `S;dx;dy;width;height;left;top;columns;rows;page width;page height`; C in the place of S is a
continuous roll.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from relcard.paper.stock.own import ROUNDED
from relcard.paper.stock.own import Measures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ROOT = "manufacturers"
_NUMBER = re.compile(r"\d{1,9}")
_LENGTHS = 10
# The file has only the box around a label; that it is round stands in its name, if anywhere.
_ROUND = re.compile(r"\b(?:round|oval|circular|ellip\w*|rund\w*|kreis\w*|cd|dvd)\b", re.IGNORECASE)


def sheets(files: Iterable[tuple[str, Element]]) -> Iterator[Measures | str]:
    """Yield the measures of each sheet in files of (name, root), or why one is passed over."""
    for name, root in files:
        for maker in root.iter("manufacturer"):
            yield from _sheets_of(maker, name)


def _sheets_of(maker: Element, file: str) -> Iterator[Measures | str]:
    brand = " ".join(maker.get("name", "").split())
    titles = [" ".join((label.findtext("name") or "").split()) for label in maker.iter("label")]
    often = Counter(title.partition(" ")[0] for title in titles)
    for title, label in zip(titles, maker.iter("label"), strict=True):
        first = title.partition(" ")[0]
        is_part = any(map(str.isdigit, first)) and often[first] == 1
        if _ROUND.search(title):
            yield "round, oval or CD labels"
            continue
        yield _measures(
            label.findtext("measure") or "",
            brand,
            first if is_part else title,
            f"LibreOffice: {file}" + (f", {title}" if is_part and title != first else ""),
        )


def _measures(row: str, brand: str, part: str, source: str) -> Measures | str:
    kind, *numbers = (number.strip() for number in row.split(";"))
    if kind == "C":
        return "continuous rolls"
    if (
        kind != "S"
        or len(numbers) != _LENGTHS
        or not part
        or not all(_NUMBER.fullmatch(number) for number in numbers)
    ):
        return "not measured"
    dx, dy, width, height, left, top, columns, rows, page_w, page_h = map(int, numbers)
    return Measures(
        part=part,
        brand=brand,
        page_w=page_w / 100,
        page_h=page_h / 100,
        label_w=width / 100,
        label_h=height / 100,
        columns=columns,
        rows=rows,
        left=left / 100,
        top=top / 100,
        pitch_x=dx / 100,
        pitch_y=dy / 100,
        source=source,
        slack=ROUNDED,
    )

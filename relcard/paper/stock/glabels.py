"""Label sheets as gLabels 3 and its successor for Qt describe them, in templates and in documents.

Lengths carry their unit and are points where they carry none; x0 and y0 run from the top-left corner of the
sheet, dx and dy are pitches. A template may be the `equiv` of another part of its brand. What is missing or
cannot be read is worked out as for a sheet of the user's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.paper.stock.own import LARGEST_PAGE
from relcard.paper.stock.own import MOST
from relcard.paper.stock.own import PAGES
from relcard.paper.stock.own import ROUNDED
from relcard.paper.stock.own import UNITS
from relcard.paper.stock.own import Measures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

ROOTS = frozenset({"Glabels-templates", "Glabels-document", "Template"})
_PAPERS = "Glabels-paper-sizes"
_COMPANIONS = frozenset({_PAPERS, "Glabels-categories", "Glabels-vendors"})
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*([a-z]*)\s*")
_COUNT = re.compile(r"\s*(\d{1,4})\s*")
_SAME = 0.3  # mm: layouts of one sheet that differ by less are one grid, rounded
_LONGEST_CHAIN = 8  # of equivalents
_FARTHEST = 10 * LARGEST_PAGE  # mm: a longer length measures nothing

_Size = tuple[float, float]
_Key = tuple[str, str]


def is_companion(root: Element) -> bool:
    """Tell a file that lies among the templates and holds none: paper sizes, categories, makers."""
    return root.tag in _COMPANIONS


def sheets(files: Iterable[tuple[str, Element]]) -> Iterator[Measures | str]:
    """Yield the measures of each template in files of (name, root), or why one is passed over."""
    papers: dict[str, _Size] = {_paper_key(name): size for name, size in PAGES.items()}
    templates: dict[_Key, tuple[str, Element]] = {}
    for name, root in files:
        if root.tag == _PAPERS:
            papers.update(_paper_sizes(root))
            continue
        for one in root.iter("Template"):
            templates.setdefault(_key(one), (name, one))
    for (brand, part), (name, template) in templates.items():
        whole = _original(template, templates)
        yield _sheet(whole, papers, brand, part, f"gLabels: {name}") if whole is not None else "not measured"


def _key(template: Element) -> _Key:
    """Return brand and part; gLabels 2 had both in one name."""
    part = template.get("part") or template.get("name") or ""
    return " ".join(template.get("brand", "").split()), " ".join(part.split())


def _original(template: Element, templates: Mapping[_Key, tuple[str, Element]]) -> Element | None:
    """Follow `equiv` to the template that has measures, or None where it leads nowhere."""
    brand, _ = _key(template)
    for _ in range(_LONGEST_CHAIN):
        equal = template.get("equiv")
        if not equal:
            return template
        found = templates.get((brand, " ".join(equal.split())))
        if found is None:
            return None
        template = found[1]
    return None


def _sheet(
    template: Element, papers: Mapping[str, _Size], brand: str, part: str, source: str
) -> Measures | str:
    shapes = [one for one in template if one.tag.startswith("Label-")]
    page = _page(template, papers)
    if not part or not shapes:
        return "not measured"
    if template.get("size", "").casefold() == "roll" or any(one.tag == "Label-continuous" for one in shapes):
        return "continuous rolls"
    if any(one.tag != "Label-rectangle" for one in shapes):
        return "round, oval or CD labels"
    if page is None or len(shapes) != 1:
        return "not measured"
    label = shapes[0]
    width, height = _length(label.get("width")), _length(label.get("height"))
    grid = _one_grid([_layout(one) for one in label.iter("Layout")])
    if width is None or height is None:
        return "not measured"
    if isinstance(grid, str):
        return grid
    return Measures(
        part=part,
        brand=brand,
        page_w=page[0],
        page_h=page[1],
        label_w=width,
        label_h=height,
        columns=grid.columns,
        rows=grid.rows,
        left=grid.x,
        top=grid.y,
        pitch_x=grid.dx,
        pitch_y=grid.dy,
        corner=_length(label.get("round")) or 0.0,
        source=source,
        slack=ROUNDED,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where labels stand, in mm; None could not be read."""

    columns: int
    rows: int
    x: float | None
    y: float | None
    dx: float | None
    dy: float | None


def _layout(layout: Element) -> _Grid | None:
    columns, rows = _count(layout.get("nx")), _count(layout.get("ny"))
    if columns is None or rows is None:
        return None
    return _Grid(
        columns=columns,
        rows=rows,
        x=_length(layout.get("x0", "0")),
        y=_length(layout.get("y0", "0")),
        dx=_length(layout.get("dx")) or None,
        dy=_length(layout.get("dy")) or None,
    )


def _one_grid(layouts: list[_Grid | None]) -> _Grid | str:
    """Return the grid that the layouts of a sheet make together, or why they make none."""
    known = [one for one in layouts if one is not None]
    if not known or len(known) != len(layouts):
        return "not measured"
    if len(known) == 1:
        return known[0]
    if sum(one.columns * one.rows for one in known) > MOST * MOST:
        return "not measured"
    places: list[tuple[float, float]] = []
    for one in known:
        if one.x is None or one.y is None:
            return "not measured"
        if (one.columns > 1 and one.dx is None) or (one.rows > 1 and one.dy is None):
            return "not measured"
        places += [
            (one.x + column * (one.dx or 0.0), one.y + row * (one.dy or 0.0))
            for row in range(one.rows)
            for column in range(one.columns)
        ]
    columns, rows = _evenly([x for x, _ in places]), _evenly([y for _, y in places])
    if columns is None or rows is None or columns[0] * rows[0] != len(places):
        return "not in one grid"
    return _Grid(columns=columns[0], rows=rows[0], x=columns[1], dx=columns[2], y=rows[1], dy=rows[2])


def _evenly(places: list[float]) -> tuple[int, float, float | None] | None:
    """Return how many places there are, the first, and the step between them, or None where it changes."""
    apart: list[float] = []
    for one in sorted(places):
        if not apart or one - apart[-1] > _SAME:
            apart.append(one)
    if len(apart) == 1:
        return 1, apart[0], None
    step = (apart[-1] - apart[0]) / (len(apart) - 1)
    if any(abs(one - apart[0] - number * step) > _SAME for number, one in enumerate(apart)):
        return None
    return len(apart), apart[0], step


def _page(template: Element, papers: Mapping[str, _Size]) -> _Size | None:
    found = papers.get(_paper_key(template.get("size", "")))
    if found is not None:
        return found
    width, height = _length(template.get("width")), _length(template.get("height"))
    return (width, height) if width and height else None


def _paper_sizes(root: Element) -> Iterator[tuple[str, _Size]]:
    for one in root.iter("Paper-size"):
        width, height = _length(one.get("width")), _length(one.get("height"))
        if width and height:
            yield _paper_key(one.get("id", "")), (width, height)


def _paper_key(name: str) -> str:
    return name.casefold().strip().removeprefix("us-")


def _length(said: str | None) -> float | None:
    """Return a length in mm, or None where there is none to read: "", "in", "11.in" has one."""
    found = _LENGTH.fullmatch((said or "").casefold())
    unit = UNITS.get(found[2] or "pt") if found else None
    length = float(found[1]) * unit if found and unit else None
    return length if length is not None and length <= _FARTHEST else None


def _count(said: str | None) -> int | None:
    found = _COUNT.fullmatch(said or "")
    return int(found[1]) if found else None

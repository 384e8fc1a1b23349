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
_UNMEASURED = "not measured"
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
        for template in root.iter("Template"):
            templates.setdefault(_key(template), (name, template))
    for (brand, part), (name, template) in templates.items():
        whole = _original(template, templates)
        yield _sheet(whole, papers, brand, part, f"gLabels: {name}") if whole is not None else _UNMEASURED


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
        _, other = templates.get((brand, " ".join(equal.split())), ("", None))
        if other is None:
            return None
        template = other
    return None


def _sheet(
    template: Element, papers: Mapping[str, _Size], brand: str, part: str, source: str
) -> Measures | str:
    """Return the measures of a template, or why it is passed over."""
    label = _only_rectangle(template) if part else _UNMEASURED
    if isinstance(label, str):
        return label
    page = _page(template, papers)
    width, height = _length(label.get("width")), _length(label.get("height"))
    if page is None or width is None or height is None:
        return _UNMEASURED
    grid = _one_grid([_layout(layout) for layout in label.iter("Layout")])
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


def _only_rectangle(template: Element) -> Element | str:
    """Return the one label of a template, or why its labels are not printed on."""
    shapes = [element for element in template if element.tag.startswith("Label-")]
    tags = {shape.tag for shape in shapes}
    if not shapes:
        return _UNMEASURED
    if template.get("size", "").casefold() == "roll" or "Label-continuous" in tags:
        return "continuous rolls"
    if tags != {"Label-rectangle"}:
        return "round, oval or CD labels"
    return shapes[0] if len(shapes) == 1 else _UNMEASURED


@dataclass(frozen=True, slots=True, kw_only=True)
class _LabelGrid:
    """Where labels stand, in mm; None could not be read."""

    columns: int
    rows: int
    x: float | None
    y: float | None
    dx: float | None
    dy: float | None

    def places(self) -> list[tuple[float, float]]:
        """Return where each label begins; nothing where a length could not be read."""
        if self.x is None or self.y is None:
            return []
        if (self.columns > 1 and self.dx is None) or (self.rows > 1 and self.dy is None):
            return []
        return [
            (self.x + column * (self.dx or 0.0), self.y + row * (self.dy or 0.0))
            for row in range(self.rows)
            for column in range(self.columns)
        ]


def _layout(layout: Element) -> _LabelGrid | None:
    columns, rows = _count(layout.get("nx")), _count(layout.get("ny"))
    if columns is None or rows is None:
        return None
    return _LabelGrid(
        columns=columns,
        rows=rows,
        x=_length(layout.get("x0", "0")),
        y=_length(layout.get("y0", "0")),
        dx=_length(layout.get("dx")) or None,
        dy=_length(layout.get("dy")) or None,
    )


def _one_grid(layouts: list[_LabelGrid | None]) -> _LabelGrid | str:
    """Return the grid that the layouts of a sheet make together, or why they make none."""
    grids = [layout for layout in layouts if layout is not None]
    if not grids or len(grids) != len(layouts):
        return _UNMEASURED
    return grids[0] if len(grids) == 1 else _drawn_together(grids)


def _drawn_together(grids: list[_LabelGrid]) -> _LabelGrid | str:
    labels = sum(grid.columns * grid.rows for grid in grids)
    places = [place for grid in grids for place in grid.places()] if labels <= MOST * MOST else []
    if len(places) != labels:
        return _UNMEASURED
    columns, rows = _evenly([x for x, _ in places]), _evenly([y for _, y in places])
    if columns is None or rows is None or columns[0] * rows[0] != len(places):
        return "not in one grid"
    return _LabelGrid(columns=columns[0], rows=rows[0], x=columns[1], dx=columns[2], y=rows[1], dy=rows[2])


def _evenly(places: list[float]) -> tuple[int, float, float | None] | None:
    """Return how many places there are, the first, and the step between them, or None where it changes."""
    apart: list[float] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > _SAME:
            apart.append(place)
    if len(apart) == 1:
        return 1, apart[0], None
    step = (apart[-1] - apart[0]) / (len(apart) - 1)
    if any(abs(place - apart[0] - number * step) > _SAME for number, place in enumerate(apart)):
        return None
    return len(apart), apart[0], step


def _page(template: Element, papers: Mapping[str, _Size]) -> _Size | None:
    paper = papers.get(_paper_key(template.get("size", "")))
    if paper is not None:
        return paper
    width, height = _length(template.get("width")), _length(template.get("height"))
    return (width, height) if width and height else None


def _paper_sizes(root: Element) -> Iterator[tuple[str, _Size]]:
    for paper in root.iter("Paper-size"):
        width, height = _length(paper.get("width")), _length(paper.get("height"))
        if width and height:
            yield _paper_key(paper.get("id", "")), (width, height)


def _paper_key(name: str) -> str:
    return name.casefold().strip().removeprefix("us-")


def _length(words: str | None) -> float | None:
    """Return a length in mm, or None where there is none to read: "", "in", "11.in" has one."""
    match = _LENGTH.fullmatch((words or "").casefold())
    unit = UNITS.get(match[2] or "pt") if match else None
    length = float(match[1]) * unit if match and unit else None
    return length if length is not None and length <= _FARTHEST else None


def _count(words: str | None) -> int | None:
    match = _COUNT.fullmatch(words or "")
    return int(match[1]) if match else None

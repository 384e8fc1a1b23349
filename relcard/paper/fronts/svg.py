"""Drawings from SVG files: shapes, colours and transforms; all else is refused by name.

What a file may hold is a small part of SVG 1.1: nothing in it can run, load another file or spell a word.
Sizes are in the units of the file's viewBox, y downwards.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.parsers import expat

from relcard.errors import FileError
from relcard.paper.fronts.svg_shapes import NUMBER
from relcard.paper.fronts.svg_shapes import Matrix
from relcard.paper.fronts.svg_shapes import Unreadable
from relcard.paper.fronts.svg_shapes import length
from relcard.paper.fronts.svg_shapes import outline
from relcard.paper.fronts.svg_shapes import read_colour
from relcard.paper.fronts.svg_shapes import read_transform

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.paper.fronts.svg_shapes import Colour
    from relcard.paper.fronts.svg_shapes import Segment

LARGEST = 1_000_000  # bytes of a file
MOST_SHAPES = 20_000
MOST_SAID = 50  # problems of a file
DEEPEST = 40  # elements in one another
HINT = "relcard design check FOLDER names everything that cannot be drawn."
_LONGEST_SAID = 60  # characters of a name that is said back
_NAMESPACE = "http://www.w3.org/2000/svg"
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_SILENT = frozenset({"title", "desc", "metadata"})  # say something about a drawing and draw nothing
# Geometry is read where a shape is outlined; these change nothing that is drawn.
_IDLE = frozenset(
    {
        *("id", "class", "version", "baseProfile", "preserveAspectRatio", "role", "lang", "color", "d"),
        *("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points"),
        *("viewBox", "transform", "style", "enable-background", "overflow", "shape-rendering", "direction"),
        *("paint-order", "vector-effect", "line-height", "letter-spacing", "word-spacing", "writing-mode"),
        *("color-interpolation", "color-interpolation-filters", "color-rendering", "image-rendering"),
        *("clip-rule", "solid-color", "solid-opacity", "white-space", "baseline-shift", "isolation"),
        *("stroke-dashoffset", "dominant-baseline", "pathLength", "tabindex", "focusable"),
    }
)
_IDLE_BEGINNINGS = ("font", "text-", "-inkscape-", "-webkit-", "data-", "aria-", "xmlns", "marker-none")
# These say nothing as long as they have one of these values.
_IDLE_VALUES = {
    "clip-path": ("none",),
    "display": ("inline", "block"),
    "filter": ("none",),
    "marker": ("none",),
    "marker-end": ("none",),
    "marker-mid": ("none",),
    "marker-start": ("none",),
    "mask": ("none",),
    "mix-blend-mode": ("normal",),
    "stop-color": (),
    "stroke-dasharray": ("none",),
    "visibility": ("visible",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeStyle:
    """How a shape is painted; a colour of None paints nothing, lengths are in the file's units."""

    fill: Colour | None = (0.0, 0.0, 0.0)
    fill_opacity: float = 1.0
    even_odd: bool = False
    stroke: Colour | None = None
    stroke_opacity: float = 1.0
    width: float = 1.0
    cap: int = 0  # as PDF counts them: butt, round, square
    join: int = 0  # miter, round, bevel
    miter: float = 4.0
    opacity: float = 1.0  # of the element and of those around it


@dataclass(frozen=True, slots=True)
class StyledShape:
    """An outline in the coordinates of its element, where it stands, and how it is painted."""

    outline: tuple[Segment, ...]
    matrix: Matrix
    style: ShapeStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a file draws, in a box of `width` by `height` units that begins at (left, top)."""

    left: float
    top: float
    width: float
    height: float
    shapes: tuple[StyledShape, ...]
    digest: str


def read_svg(data: bytes, name: str) -> Drawing:
    """Read an SVG file. Raises `FileError` with the line of the first thing that cannot be drawn."""
    drawing, problems = examine_svg(data)
    if problems or drawing is None:
        line, message = problems[0]
        raise FileError(f"{name}:{line}: {message}", hint=HINT)
    return drawing


def svg_bytes(path: Path) -> bytes:
    """Return what a drawing's file holds, and of one that is too large only so much that it is seen.

    Raises `FileError` for a file that cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise FileError(f"Cannot read {path}: {error.strerror or error}.", hint=HINT) from error


def examine_svg(data: bytes) -> tuple[Drawing | None, list[tuple[int, str]]]:
    """Return what a file draws and, with the line each stands in, everything in it that cannot be drawn."""
    if len(data) > LARGEST:
        return None, [(1, f"the file is larger than {LARGEST / 1e6:.0f} MB, the most that is read.")]
    reader = _SvgReader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        return None, [(error.lineno, f"this is no XML ({expat.ErrorString(error.code)}).")]
    except _Stop as stop:
        return None, [*reader.problems, (stop.line, str(stop))]
    except (LookupError, ValueError):
        return None, [(1, "the file says it is in an encoding that is not known; save it as UTF-8.")]
    if reader.box is None:
        return None, reader.problems or [(1, "this is no SVG drawing.")]
    if not reader.shapes and not reader.problems:
        reader.problems.append((1, "nothing is drawn in it."))
    left, top, width, height = reader.box
    drawing = Drawing(
        left=left,
        top=top,
        width=width,
        height=height,
        shapes=tuple(reader.shapes),
        digest=hashlib.sha256(data).hexdigest()[:16],
    )
    return drawing, reader.problems


class _Stop(Exception):  # noqa: N818  no error of ours: it leaves the parser
    """A file that is not read any further: hostile, or no drawing at all."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _SvgReader:
    """Takes a drawing apart as the parser meets its elements; nothing of the file is kept but shapes."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.box: tuple[float, float, float, float] | None = None
        self.shapes: list[StyledShape] = []
        self.problems: list[tuple[int, str]] = []
        self._open: list[tuple[str, ShapeStyle, Matrix]] = []
        self._aside = 0  # how many open elements draw nothing

    @property
    def line(self) -> int:
        return int(self.parser.CurrentLineNumber)

    def _refuse(self, message: str) -> None:
        if len(self.problems) < MOST_SAID:
            self.problems.append((self.line, message))

    def _doctype(self, *_: object) -> None:
        # An entity is declared here or nowhere; without one, a small file cannot become a large one.
        raise _Stop(self.line, "a drawing needs no DOCTYPE and no entities; take the line out.")

    def _instruction(self, target: str, _: str) -> None:
        self._refuse(f"the instruction <?{_short(target)}?> is not obeyed; take it out.")

    def _words(self, text: str) -> None:
        if text.strip() and not self._aside:
            self._refuse("words stand between the elements; they are not printed.")

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full.rpartition(" ")
        if len(self._open) + self._aside >= DEEPEST:
            raise _Stop(self.line, f"elements stand more than {DEEPEST} deep in one another.")
        if namespace == _NAMESPACE and name == "script":
            self._refuse("script is never run; take it out.")
        if self._aside or namespace not in ("", _NAMESPACE) or name in _SILENT:
            self._aside += 1  # an editor's own remarks, and titles
            return
        if self._open:
            self._take(name, attributes)
        else:
            self._begin(name, attributes)

    def _take(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element of SVG that stands in another."""
        around, style, matrix = self._open[-1]
        if name == "defs":
            self._aside += 1  # what it defines could only be used by elements that are refused
            return
        if name not in _SHAPES and name != "g":
            self._refuse(_no_element(name))
            self._aside += 1
            return
        if around in _SHAPES:
            self._refuse(f"{name} stands in a {around}.")
        try:
            style = self._style_of(attributes, style)
            matrix = matrix @ read_transform(attributes.get("transform", ""))
            if name in _SHAPES:
                self._shape(name, attributes, style, matrix)
        except Unreadable as error:
            self._refuse(f"{name}: {error}")
        self._open.append((name, style, matrix))

    def _end(self, _: str) -> None:
        if self._aside:
            self._aside -= 1
        else:
            self._open.pop()

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name != "svg":
            raise _Stop(self.line, f"the file begins with {_short(name)}, not with svg.")
        try:
            self.box = _view(attributes)
            style = self._style_of(attributes, ShapeStyle())
        except Unreadable as error:
            raise _Stop(self.line, f"svg: {error}") from error
        self._open.append((name, style, Matrix()))

    def _shape(self, name: str, attributes: dict[str, str], style: ShapeStyle, matrix: Matrix) -> None:
        segments = outline(name, attributes)
        if len(self.shapes) >= MOST_SHAPES:
            raise _Stop(self.line, f"there are more than {MOST_SHAPES:,} shapes in it.")
        if segments and not matrix.is_flat and (style.fill or (style.stroke and style.width)):
            self.shapes.append(StyledShape(segments, matrix, style))

    def _style_of(self, attributes: dict[str, str], above: ShapeStyle) -> ShapeStyle:
        """Return how an element is painted, given how the one around it is; `style` wins over attributes."""
        properties = {
            key: value for key, value in attributes.items() if " " not in key
        }  # with one: an editor's own
        for part in properties.pop("style", "").split(";"):
            key, colon, value = part.partition(":")
            if colon:
                properties[key.strip()] = value.replace("!important", "").strip()
        style = above
        for key, value in properties.items():
            if key in _READERS:
                style = _READERS[key](style, value.strip())
            elif not _is_idle(key, value.strip()):
                self._refuse(f"{_short(key)} is not drawn.")
        return style


def _is_idle(key: str, value: str) -> bool:
    if key.startswith("on") or "href" in key:
        return False
    return key in _IDLE or key.startswith(_IDLE_BEGINNINGS) or value in _IDLE_VALUES.get(key, ())


def _no_element(name: str) -> str:
    """Return why an element is refused, in words that say what to do."""
    return {
        "text": "text is not drawn: the words of a card are in its draft. Turn letters into paths.",
        "image": "image is not drawn: a drawing loads no other file.",
        "use": "use is not drawn: put a copy of the shape in its place.",
        "style": "style sheets are not read: give each shape its own fill and stroke.",
        "script": "script is never run; take it out.",
    }.get(name, f"{_short(name)} is not drawn.")


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_SAID else f"{name[:_LONGEST_SAID]}..."


def _view(attributes: dict[str, str]) -> tuple[float, float, float, float]:
    view_box = attributes.get("viewBox", "")
    if view_box:
        numbers = [float(number) for number in re.findall(NUMBER, view_box)]
        if len(numbers) != 4:
            raise Unreadable(f'the viewBox "{view_box[:40]}" is not four numbers.')
    else:
        if not {"width", "height"} <= attributes.keys():
            raise Unreadable("there is no viewBox.")
        numbers = [0.0, 0.0, length(attributes["width"]), length(attributes["height"])]
    left, top, width, height = numbers
    if not (0.01 <= width <= 1e5 and 0.01 <= height <= 1e5 and max(abs(left), abs(top)) <= 1e5):
        raise Unreadable("the viewBox has no sensible size; a side is 0.01 to 100000 units.")
    if not 0.01 <= width / height <= 100:
        raise Unreadable("the viewBox is more than a hundred times as long as it is wide.")
    return left, top, width, height


def _share(value: str) -> float:
    text, percent, _ = value.partition("%")
    return min(1.0, max(0.0, length(text) / (100 if percent else 1)))


def _paint(style: ShapeStyle, key: str, value: str) -> ShapeStyle:
    if value == "inherit":
        return style
    colour = read_colour(value)
    return replace(style, fill=colour) if key == "fill" else replace(style, stroke=colour)


def _choice(value: str, *choices: str) -> int:
    if value not in choices:
        raise Unreadable(f'"{value[:40]}" is none of {", ".join(choices)}.')
    return choices.index(value)


def _positive(value: str) -> float:
    number = length(value)
    if number < 0:
        raise Unreadable(f"{value} is less than nothing.")
    return number


_READERS: dict[str, Callable[[ShapeStyle, str], ShapeStyle]] = {
    "fill": lambda style, value: _paint(style, "fill", value),
    "stroke": lambda style, value: _paint(style, "stroke", value),
    # A group's opacity is handed to each of its shapes: the same, as long as these do not overlap.
    "opacity": lambda style, value: replace(style, opacity=style.opacity * _share(value)),
    "fill-opacity": lambda style, value: replace(style, fill_opacity=_share(value)),
    "stroke-opacity": lambda style, value: replace(style, stroke_opacity=_share(value)),
    "fill-rule": lambda style, value: replace(style, even_odd=_choice(value, "nonzero", "evenodd") == 1),
    "stroke-width": lambda style, value: replace(style, width=_positive(value)),
    "stroke-linecap": lambda style, value: replace(style, cap=_choice(value, "butt", "round", "square")),
    "stroke-linejoin": lambda style, value: replace(style, join=_choice(value, "miter", "round", "bevel")),
    "stroke-miterlimit": lambda style, value: replace(style, miter=max(1.0, length(value))),
}

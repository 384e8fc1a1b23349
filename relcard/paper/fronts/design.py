"""A design: how the front of a greeting card looks, as values, and as its `card.toml` says it.

All that is wrong with a file is said at once.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any

from relcard.files import packaged_templates
from relcard.paper.fronts.svg_shapes import Unreadable
from relcard.paper.fronts.svg_shapes import read_colour
from relcard.paper.text.font_files import Face

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from relcard.paper.fronts.svg_shapes import Colour

TOML = "card.toml"
ART_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
_LONGEST_LINE = 60  # characters of the title, and of the one line on the back
_LARGEST = 20_000  # bytes of a card.toml; ours have some hundred
_MOST_SAID = 50  # problems of one
_LIGHTEST = 0.5  # of words on paper
_LEAST_CONTRAST = 0.4  # of words on a ground


class Layout(Enum):
    """Where the art of a front stands."""

    ABOVE = "above"  # over the words, both centred as one group
    HUNG = "hung"  # hangs from the upper edge, the words beneath
    LOW = "low"  # stands on the lower edge, the words above
    SIDE = "side"  # runs up the left edge, repeated from foot to head
    FRAME = "frame"  # one corner, mirrored into all four, fine lines between
    AROUND = "around"  # the words stand within it
    WORDS = "words"  # none: the words alone
    WINDOW = "window"  # a picture in a white border, the words beneath
    PANEL = "panel"  # a picture over the whole panel, the words on a strip of paper at its foot
    GROUND = "ground"  # in the upper left corner of a coloured panel, with the words on it

    @property
    def takes_photo(self) -> bool:
        """Whether a photograph can be put into it."""
        return self in (Layout.WINDOW, Layout.PANEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A fine line: its width in points."""

    width_pt: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyle:
    """How the words of a front are set: from the size wished for to the smallest, in points."""

    face: Face = Face.SERIF
    largest: float = 18.0
    smallest: float = 15.0
    colour: Colour = (0.24, 0.24, 0.24)  # dark, and plainly not the blue or black of a pen
    align: str = "centre"  # or left
    box: tuple[float, float, float, float] | None = None  # within the art: x, y, width, height in its units


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The look of a front; `careful` says that it may go to a household in its careful year."""

    name: str
    title: str
    folder: Path
    layout: Layout
    occasions: tuple[str, ...]
    default_for: tuple[str, ...]
    careful: bool
    art: Path | None
    words: WordStyle
    rule: Rule | None
    ground: Colour | None  # of the panel, in the layout of that name
    back: str
    is_packaged: bool


@lru_cache(maxsize=64)
def read_card_toml(folder: Path, _stamp: int) -> tuple[Design | None, tuple[str, ...]]:
    """Return the design of a folder and what is wrong with it, read once while its file stays as it is."""
    try:
        with (folder / TOML).open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            return None, (f"it is larger than {_LARGEST // 1000} kB, and a design is a few lines.",)
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, ("it cannot be read: save it as UTF-8.",)
    except RecursionError:
        return None, ("it cannot be read: it is nested too deeply.",)
    except (OSError, ValueError) as error:
        return None, (f"it cannot be read: {error}.".replace("..", "."),)
    reader = _DesignReader(values, folder)
    design = reader.design()
    return (None if reader.problems else design), tuple(reader.problems[:_MOST_SAID])


class _DesignReader:
    """Takes `card.toml` apart and collects what is wrong with it."""

    def __init__(self, values: Mapping[str, Any], folder: Path) -> None:
        self.problems: list[str] = []
        self._values = values
        self._folder = folder

    def design(self) -> Design:
        values = self._values
        self._known(values, _KEYS, "")
        layout = Layout.WORDS
        name = values.get("layout")
        names = [layout.value for layout in Layout]
        if name in names:
            layout = Layout(name)
        else:
            self.problems.append(
                f'layout "{name}" is none of {", ".join(names)}.' if name else "layout is missing."
            )
        title = self._text(values, "title")
        if not title:
            self.problems.append("title is missing.")
        elif len(title) > _LONGEST_LINE or not title.isprintable():
            self.problems.append(f"title is one line of {_LONGEST_LINE} characters at most.")
        packaged = packaged_templates()
        return Design(
            name=self._folder.name,
            title=title,
            folder=self._folder,
            layout=layout,
            occasions=self._names(values, "occasions"),
            default_for=self._names(values, "default_for"),
            careful=self._of(values, "careful", bool, default=False),
            art=self._art_of(layout),
            words=self._words(layout),
            rule=self._rule(),
            ground=self._ground(layout),
            back=self._back(),
            is_packaged=packaged is not None and self._folder.resolve().is_relative_to(packaged),
        )

    def _known(self, values: Mapping[str, Any], keys: Sequence[str], table: str) -> None:
        for key in values:
            if key not in keys:
                near = get_close_matches(key, keys, n=1, cutoff=0.5)
                hint = f"do you mean {near[0]}?" if near else f"there are {', '.join(keys)}."
                self.problems.append(f"{table}{_said(key)} is no key of a design; {hint}")

    def _of(self, values: Mapping[str, Any], key: str, kind: type, *, default: Any) -> Any:
        value = values.get(key, default)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(max(-(10**9), min(value, 10**9)))  # a larger one may be no float at all
        if not isinstance(value, kind):
            words = {bool: "true or false", str: "words in quotes", list: "a list", dict: "a table"}
            self.problems.append(f"{key} must be {words.get(kind, 'a number')}.")
            return default
        return value

    def _text(self, values: Mapping[str, Any], key: str, default: str = "") -> str:
        return str(self._of(values, key, str, default=default)).strip()

    def _names(self, values: Mapping[str, Any], key: str) -> tuple[str, ...]:
        names = self._of(values, key, list, default=[])
        for name in names:
            if not (isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9-]*", name)):
                self.problems.append(f'{key}: "{_said(name)}" is no occasion; write it as birthday.')
        return tuple(str(name) for name in names)

    def _art_of(self, layout: Layout) -> Path | None:
        name = self._text(self._values, "art")
        if not name:
            if layout is not Layout.WORDS and not layout.takes_photo:
                self.problems.append(f"art is missing; the layout {layout.value} is made of it.")
            return None
        path = self._folder / name
        art = f'art "{_said(name)}"'
        if layout is Layout.WORDS:
            self.problems.append("art has no place in the layout words.")
        elif path.parent != self._folder or name.startswith("."):
            self.problems.append(f"{art} must stand in the folder itself.")
        elif path.suffix.lower() not in ART_ENDINGS:
            self.problems.append(f"{art} is neither SVG nor PNG, JPEG, WEBP or TIFF.")
        elif layout.value in _DRAWN and path.suffix.lower() != ".svg":
            self.problems.append(f"the layout {layout.value} takes an SVG drawing.")
        elif not os.path.isfile(path):  # noqa: PTH113  a name that is too long is not there either
            self.problems.append(f"{art} is not there.")
        elif path.resolve().parent != self._folder.resolve():
            self.problems.append(f"{art} is a link out of the folder; put a copy of the file there.")
        else:
            return path
        return None

    def _colour(self, values: Mapping[str, Any], default: Colour, key: str = "colour") -> Colour:
        text = self._text(values, key)
        if not text:
            return default
        try:
            return read_colour(text) or default
        except Unreadable as error:
            self.problems.append(f"{key} {error}")
            return default

    def _ground(self, layout: Layout) -> Colour | None:
        """Return the colour under the words of the layout ground, on which they must be read in grey too."""
        text = self._text(self._values, "ground")
        if layout is not Layout.GROUND:
            if text:
                self.problems.append("ground is for the layout ground alone.")
            return None
        if not text:
            self.problems.append("ground is missing: the colour of the panel.")
            return None
        ground = self._colour(self._values, (0.0, 0.0, 0.0), "ground")
        words = self._colour(self._of(self._values, "words", dict, default={}), WordStyle().colour)
        if abs(_lightness(words) - _lightness(ground)) < _LEAST_CONTRAST:
            self.problems.append("words.colour is too near to the ground to be read, or printed in grey.")
        return ground

    def _words(self, layout: Layout) -> WordStyle:
        values = self._of(self._values, "words", dict, default={})
        self._known(values, _WORDS_KEYS, "words.")
        plain = WordStyle()
        face = self._text(values, "face", "serif")
        if face not in ("serif", "sans"):
            self.problems.append(f'words.face is serif or sans, not "{face}".')
        align = self._text(values, "align", plain.align)
        if align not in ("centre", "left"):
            self.problems.append(f'words.align is centre or left, not "{align}".')
        largest, smallest = self._sizes(values, plain)
        colour = self._colour(values, plain.colour)
        if layout is not Layout.GROUND and _lightness(colour) > _LIGHTEST:
            self.problems.append("words.colour is too pale to be read on cream paper, or printed in grey.")
        return WordStyle(
            face=Face.SANS if face == "sans" else Face.SERIF,
            largest=largest,
            smallest=smallest,
            colour=colour,
            align=align,
            box=self._box(values, layout),
        )

    def _sizes(self, values: Mapping[str, Any], plain: WordStyle) -> tuple[float, float]:
        size = self._of(values, "size", list, default=[plain.largest, plain.smallest])
        if len(size) == 2 and all(isinstance(number, int | float) and 9 <= number <= 60 for number in size):
            return float(max(size)), float(min(size))
        self.problems.append("words.size is two sizes in points, from 9 to 60: [18, 15].")
        return plain.largest, plain.smallest

    def _box(self, values: Mapping[str, Any], layout: Layout) -> tuple[float, float, float, float] | None:
        box = self._of(values, "box", list, default=[])
        if layout is not Layout.AROUND:
            if box:
                self.problems.append("words.box is for the layout around alone.")
            return None
        if len(box) == 4 and all(_is_number(number) for number in box) and min(box[2:]) > 0:
            left, top, width, height = map(float, box)
            return left, top, width, height
        self.problems.append("words.box says where in the art the words stand: [x, y, width, height].")
        return None

    def _rule(self) -> Rule | None:
        values = self._of(self._values, "rule", dict, default={})
        if not values:
            return None
        self._known(values, _RULE_KEYS, "rule.")
        width = self._of(values, "width", float, default=0.4)
        if not 0.2 <= width <= 6:
            self.problems.append("rule.width is in points, from 0.2 to 6.")
        return Rule(width_pt=width, colour=self._colour(values, (0.36, 0.33, 0.31)))

    def _back(self) -> str:
        line = self._text(self._values, "back")
        if len(line) > _LONGEST_LINE or not line.isprintable():
            self.problems.append(f"back is one line of {_LONGEST_LINE} characters at most.")
        return line


def _lightness(colour: Colour) -> float:
    """Return how light a colour is printed in grey: 0 black, 1 paper (ITU-R BT.601)."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e5


def _said(value: object) -> str:
    """Return what stands in the file as it can be said back: on one line, and not all of a long one."""
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST_LINE else f"{words[:_LONGEST_LINE]}..."


_KEYS = ("title", "occasions", "default_for", "careful", "layout", "art", "ground", "words", "rule", "back")
_WORDS_KEYS = ("face", "size", "colour", "align", "box")
_RULE_KEYS = ("width", "colour")
_DRAWN = (
    "above",
    "hung",
    "low",
    "side",
    "frame",
    "around",
    "ground",
)  # layouts whose art is scaled or mirrored

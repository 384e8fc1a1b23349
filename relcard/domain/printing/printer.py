"""How a printer misses, put right: one affine map for everything on a page. Numbers only.

Millimetres are measured from the page's top-left corner, to the right and downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace

from relcard.errors import UsageError

MARK = 20.0  # mm from the left and the top edge: where the calibration page has the cross that is measured
SQUARE = 100.0  # mm: the side of its square
FARTHEST = 6.0  # mm: a print that lands further off was scaled, or the paper lay wrong
MOST_SCALE = 0.02  # 2 %: beyond it the print dialogue scaled the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """What is done to a page before it goes to a printer, so that it lands where it was drawn.

    What was drawn at (x, y) is sent to (scale_x * x + dx, scale_y * y + dy). Raises `UsageError` when that is
    more than a sound printer can need.
    """

    name: str
    dx: float = 0.0  # mm, to the right
    dy: float = 0.0  # mm, downwards
    scale_x: float = 1.0
    scale_y: float = 1.0

    def __post_init__(self) -> None:
        for moved, forth, back in ((self.dx, "right", "left"), (self.dy, "down", "up")):
            if not abs(moved) <= FARTHEST:
                raise UsageError(
                    f"A print that must move {abs(moved):g} mm {forth if moved > 0 else back} was not "
                    "printed at its true size.",
                    hint="Print at 100 % (actual size), the paper between its guides and not crooked, "
                    f"and measure again; {FARTHEST:g} mm is the most.",
                )
        for scale, way in ((self.scale_x, "across"), (self.scale_y, "down")):
            if not abs(scale - 1) <= MOST_SCALE + 1e-9:
                raise UsageError(
                    f"A print that must be scaled to {scale * 100:.1f} % {way} the page was not printed at "
                    "its true size.",
                    hint='Choose "100 %" or "actual size" in the print dialogue and measure again; '
                    f"{MOST_SCALE * 100:g} % is the most.",
                )

    @property
    def moves(self) -> bool:
        """Whether it changes anything."""
        return (self.dx, self.dy, self.scale_x, self.scale_y) != (0, 0, 1, 1)

    def sent(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point drawn at (x, y) is sent."""
        return self.scale_x * x + self.dx, self.scale_y * y + self.dy

    def drawn(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point that is sent to (x, y) was drawn."""
        return (x - self.dx) / self.scale_x, (y - self.dy) / self.scale_y

    def refined(
        self,
        *,
        mark: tuple[float | None, float | None] = (None, None),
        square: tuple[float | None, float | None] = (None, None),
    ) -> Printer:
        """Return what the printer needs after a page, printed with what it had, was measured.

        `mark` is how far from the left and the top edge the cross was found, `square` how wide and how high
        the square; None is what nobody measured. Raises `UsageError` when that is more than it can need.
        """
        scale_x, dx = _refine(self.scale_x, self.dx, mark[0], square[0])
        scale_y, dy = _refine(self.scale_y, self.dy, mark[1], square[1])
        return replace(self, dx=dx, dy=dy, scale_x=scale_x, scale_y=scale_y)


def _refine(scale: float, move: float, mark: float | None, square: float | None) -> tuple[float, float]:
    """Return scale and move along one side of the page, to a hundredth of a millimetre.

    The printer makes a * t + b of what is sent to t. The square says a, the cross then b; what it must be
    sent is the inverse of that.
    """
    if square is not None and square <= 0:
        raise UsageError("The square has a width and a height.", hint="Measure it in mm; it should be 100.")
    stretch = square / (SQUARE * scale) if square is not None else 1 / scale
    shift = -move / scale if mark is None else mark - stretch * (scale * MARK + move)
    return round(1 / stretch, 5), round(-shift / stretch, 2) + 0.0


def in_words(printer: Printer) -> str:
    """Say what is done to a page: "moved 1.5 mm to the left and 0.4 mm up, scaled to 100.8 % across"."""
    moved = [
        f"{abs(by):g} mm {forth if by > 0 else back}"
        for by, forth, back in (
            (printer.dx, "to the right", "to the left"),
            (printer.dy, "down", "up"),
        )
        if by
    ]
    scaled = [
        f"{round(by * 100, 2):g} % {way}"
        for by, way in ((printer.scale_x, "across"), (printer.scale_y, "down"))
        if by != 1
    ]
    parts = [
        f"{word} {' and '.join(some)}" for word, some in (("moved", moved), ("scaled to", scaled)) if some
    ]
    return ", ".join(parts) or "as it is drawn"

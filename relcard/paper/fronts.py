"""The front of a greeting card: a motif and, under it, a few words, centred as one group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.errors import InkContractError
from relcard.paper.motifs import draw_motif
from relcard.paper.motifs import find_motif
from relcard.paper.text import Face
from relcard.paper.typeset import set_words

if TYPE_CHECKING:
    from relcard.domain.draft import CardSize
    from relcard.paper.text import Sheet
    from relcard.paper.typeset import Setting

FRONT_PT = (18.0, 15.0)  # from the size wished for to the smallest that still looks meant
GREY = 0.24  # of print: dark, and plainly not the blue or black of a pen
_AIR_BETWEEN = 15.0  # mm between motif and words
_EYE = 0.47  # of a panel's height: where a thing looks centred


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front that fits: the words in type, the motif by name."""

    words: Setting
    motif: str
    size: CardSize

    def draw(self, sheet: Sheet) -> None:
        """Draw it on a panel whose top left corner is the origin."""
        size, words = self.size, self.words
        motif = find_motif(self.motif)
        group = motif.height + (_AIR_BETWEEN + words.height_mm if words.lines else 0)
        top = max(size.margin, min(_EYE * size.panel_h - group / 2, size.panel_h - size.margin - group))
        draw_motif(sheet, self.motif, size.panel_w / 2, top + motif.top)
        baseline = top + motif.height + _AIR_BETWEEN + words.ascent_mm
        for line in words.lines:
            sheet.text(size.panel_w / 2, baseline, line, Face.SERIF, words.size_pt, grey=GREY, align="centre")
            baseline += words.leading_mm


def set_front(text: str, motif: str, size: CardSize) -> Front:
    """Set the words of a front beside its motif.

    Raises `InkContractError` with the millimetres, `TooWideError`, or `NotFoundError` for an unknown motif.
    """
    height = size.writing_h - find_motif(motif).height - _AIR_BETWEEN
    words = set_words(text, size.writing_w, height, FRONT_PT)
    missing = words.height_mm - height
    if missing > 0:
        raise InkContractError(
            f"The words on the front are {missing:.1f} mm too tall beside the motif {motif}.",
            hint="Shorten them: relcard draft edit WHO",
        )
    return Front(words=words, motif=motif, size=size)

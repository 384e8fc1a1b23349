from __future__ import annotations

import numpy as np
import pypdfium2
import pytest

from relcard.errors import NotFoundError
from relcard.paper.motifs import MOTIFS
from relcard.paper.motifs import draw_motif
from relcard.paper.motifs import find_motif
from relcard.paper.motifs import motif_for
from relcard.paper.text import Face
from relcard.paper.text import new_canvas

DPMM = 6  # pixels a mm


def drawn(name: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    sheet = new_canvas(80, 80, title=name, face=Face.SERIF)
    draw_motif(sheet, name, 40, 40)
    document = pypdfium2.PdfDocument(sheet.to_bytes())
    grey = document[0].render(scale=DPMM * 25.4 / 72, grayscale=True).to_numpy().copy()
    document.close()
    return grey.reshape(grey.shape[0], grey.shape[1])


@pytest.mark.parametrize("name", MOTIFS)
def test_a_motif_fills_the_box_it_declares(name: str) -> None:
    """The ink stays within the declared box and reaches to within 1 mm of each of its edges."""
    motif = find_motif(name)
    ink = drawn(name) < 250
    rows = np.flatnonzero(ink.any(axis=1)) / DPMM - 40
    columns = np.flatnonzero(ink.any(axis=0)) / DPMM - 40
    for reach, limit in (
        (-rows[0], motif.top),
        (rows[-1], motif.bottom),
        (max(-columns[0], columns[-1]), motif.half_width),
    ):
        assert limit - 1 < reach <= limit
    assert motif.half_width <= 30


@pytest.mark.parametrize("name", MOTIFS)
def test_a_motif_is_quiet_and_right_in_grey(name: str) -> None:
    """In grey it has dark ink to be seen on cream paper, and most of its box stays paper."""
    grey = drawn(name)
    motif = find_motif(name)
    assert grey.min() < 110
    area = 2 * motif.half_width * motif.height * DPMM**2
    assert (grey < 250).sum() < 0.4 * area


def test_motif_by_occasion() -> None:
    """Each packaged occasion has its own motif, another one the plain rule, and each name is drawn."""
    chosen = [motif_for(one) for one in ("christmas", "newyear", "season", "birthday", "thankyou")]
    assert len(set(chosen)) == 5
    assert motif_for("midwinter") == "rule"
    assert all(find_motif(name) for name in (*chosen, motif_for("remembrance")))


def test_an_unknown_motif_is_named() -> None:
    """A motif nobody drew is refused with those there are."""
    with pytest.raises(NotFoundError, match="balloon") as caught:
        find_motif("balloon")
    assert "sprig" in caught.value.hint

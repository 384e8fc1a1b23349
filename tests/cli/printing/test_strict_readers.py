"""Every kind of PDF before a reader that forgives nothing: qpdf's, each of its warnings an error.

Skipped where pikepdf is not installed; the extra `test` brings it.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from relcard.domain.printing.card_size import SIZES
from relcard.paper.fronts.design_library import list_designs
from tests.support.pictures import from_camera

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

pikepdf = pytest.importorskip("pikepdf")
SENDER = "4 Orchard Row, Bath, BA1 5DQ"
PAPERS = [
    "labels --address-mode label",
    "return",
    "envelopes --address-mode label",
    "postcards --address-mode label",
    "envelopes --test-page",
    "crib",
    "crib --pictures",
    "guides",
    "years",
    "book --years",
    "book --booklet",
    "proof",
    "calibration",
    "cards",
    "cards --shop",
    "cards --ruled",
    "cards --sides 1 --test-page",
]
DESIGNS = [design.name for design in list_designs()]
CARDS = list(zip_longest(DESIGNS, SIZES, fillvalue="A6"))


def check(path: Path, language: str = "en") -> None:
    """Read a PDF to the last operator; whatever qpdf would mend or warn of fails."""
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        assert pdf.pdf_version == "1.7"
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo.Title)
        for page in pdf.pages:
            pikepdf.parse_content_stream(page)
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
                pikepdf.parse_content_stream(thing)
        assert pdf.get_warnings() == []


@pytest.mark.parametrize("words", PAPERS)
def test_every_paper_is_valid_to_the_letter(season: Runner, here: Path, words: str) -> None:
    """What each print command makes has no fault, says the version whose keys it uses, a language and a title."""
    season.done("settings", "set", "sender.address", SENDER)
    if "--pictures" in words:
        (here / "card.jpg").write_bytes(from_camera(orientation=6))
        season.done("picture", "kowalska", "card.jpg", "--on", "2025")
    assert season("print", *words.split(), "-o", "paper.pdf").code in (0, 5)
    are_addresses = words.split(maxsplit=1)[0] in ("labels", "return", "envelopes", "postcards", "proof")
    check(here / "paper.pdf", "und" if are_addresses and "--test-page" not in words else "en")


def test_the_page_of_the_hand_is_valid_to_the_letter(run: Runner, here: Path) -> None:
    """The page to write on, which another command makes, is so too."""
    run.done("hand", "page", "-o", "paper.pdf")
    check(here / "paper.pdf")


@pytest.mark.parametrize(("design", "size"), CARDS)
def test_every_size_and_design_is_valid_to_the_letter(
    season: Runner, here: Path, design: str, size: str
) -> None:
    """Drawn fronts too, with opacities in their forms or without."""
    Image.new("RGB", (1800, 1800), (120, 150, 110)).save(here / "picture.jpg")
    photo = ("--photo", "picture.jpg") if design.startswith("photo") else ()
    words = ("omar", "hannah", "--design", design, "--card", size, *photo)
    season.done("print", "cards", *words, "-o", "paper.pdf")
    check(here / "paper.pdf", "de")  # of two, the first card is in German


def test_cards_are_in_the_language_of_most_of_their_words(season: Runner, here: Path) -> None:
    """German words make a German document, also for a shop; in one of both the many decide."""
    season.done("household", "set", "hannah", "--language", "de")
    for more in ((), ("--shop",)):
        season.done("print", "cards", "hannah", *more, "-o", "paper.pdf")
        check(here / "paper.pdf", "de")
    season("print", "cards", "-o", "paper.pdf")
    check(here / "paper.pdf")

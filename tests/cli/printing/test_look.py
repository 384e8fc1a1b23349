from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.fixture
def picture(here: Path) -> Path:
    """Return a picture good enough for any card."""
    path = here / "family.jpg"
    Image.effect_noise((1800, 1400), 40).convert("RGB").save(path)
    return path


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def test_print_with_a_design(season: Runner, here: Path) -> None:
    """--design changes the front of one run and nothing of its words; an unknown name offers the nearest."""
    season.done("print", "cards", "omar", "-o", "plain.pdf")
    season.done("print", "cards", "omar", "--design", "hills", "-o", "hills.pdf")
    assert pdf_text(here / "plain.pdf") == pdf_text(here / "hills.pdf")
    assert (here / "plain.pdf").read_bytes() != (here / "hills.pdf").read_bytes()
    result = season("print", "cards", "omar", "--design", "hils")
    assert result.code == 4
    assert "hills" in result.err


def test_print_with_a_picture(season: Runner, here: Path, picture: Path) -> None:
    """A picture is printed on the front; what cannot be is refused before any card is set."""
    season.done("print", "cards", "omar", "mia", "--photo", str(picture), "--focus", "0.2,0.9")
    data = (here / "cards.pdf").read_bytes()
    assert data.count(b"/Subtype /Image") == 1
    for words, code, said in (
        (("--photo", "none.jpg"), 4, "There is no picture"),
        (("--photo", str(picture), "--design", "winter"), 2, "takes no picture"),
        (("--design", "photo"), 2, "wants a picture"),
        (("--focus", "0.5,0.5"), 2, "Name the picture"),
        (("--photo", str(picture), "--focus", "2,0"), 2, "outside the picture"),
        (("--photo", str(picture), "--focus", "middle"), 2, "no point"),
    ):
        result = season("print", "cards", "omar", *words, "-o", "not.pdf")
        assert result.code == code, words
        assert said in result.err
        assert not (here / "not.pdf").exists()


def test_a_coarse_picture_is_warned_of_or_refused(season: Runner, here: Path, picture: Path) -> None:
    """Below 200 pixels an inch a warning stands beside the report; below 120 nothing is printed."""
    Image.new("RGB", (500, 400), (90, 90, 90)).save(picture)
    result = season.done("print", "cards", "omar", "--photo", str(picture), "--json")
    assert "200 and more look sharp" in result.err
    assert result.json["files"][0]["items"] == 1
    Image.new("RGB", (300, 240), (90, 90, 90)).save(picture)
    result = season("print", "cards", "omar", "--photo", str(picture))
    assert result.code == 2
    assert "120 are the least" in result.err


def test_a_careful_year_keeps_its_plain_front(season: Runner, here: Path, picture: Path) -> None:
    """A household in its careful year gets no family picture, and the run says so."""
    season.done("rite", "death", "Jan Smith", "--on", "2026-09-01", "--keep-name")
    result = season.done("print", "cards", "kowalska", "--photo", str(picture))
    assert "plain front" in result.err
    assert "Kowalska" in result.err
    assert b"/Subtype /Image" not in (here / "cards.pdf").read_bytes()
    result = season.done("print", "cards", "kowalska", "--design", "candle")
    assert "plain front" not in result.err

"""Pictures of cards as they are kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.paper import card_pictures
from relcard.paper.card_pictures import for_terminal
from relcard.paper.card_pictures import kept_picture
from tests.support.pictures import from_camera
from tests.support.pictures import is_upright
from tests.support.pictures import near
from tests.support.pictures import opened

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE = Path(__file__).parents[1] / "data" / "pictures" / "turned.heic"  # lying, as EXIF says


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_picture_stands_upright_and_tells_nothing(orientation: int) -> None:
    """However the phone was held; where and with what it was taken is not in what is kept."""
    came = from_camera(orientation=orientation)
    assert b"TestCam" in came
    kept = kept_picture(came, "card.jpg")
    image = opened(kept)
    assert (image.format, image.size, is_upright(image)) == ("JPEG", (800, 600), True)
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(trace in kept for trace in (b"TestCam", b"Exif", b"GPS", b"ICC_PROFILE"))


def test_a_large_picture_is_made_small_and_the_same_each_time() -> None:
    """2000 pixels on its longer side, whether it lies or stands, and the same bytes for the same file."""
    for orientation, wide, high, size in ((1, 4000, 3000, (2000, 1500)), (6, 2100, 3000, (1400, 2000))):
        came = from_camera(wide, high, orientation=orientation)
        kept = kept_picture(came, "card.jpg")
        assert (opened(kept).size, is_upright(opened(kept))) == (size, True)
        assert kept_picture(came, "other name.jpg") == kept


def _saved(image: Image.Image, format_: str) -> bytes:
    out = BytesIO()
    image.save(out, format_)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["CMYK", "I;16", "16-bit TIFF", "RGBA", "LA", "P", "WEBP"])
def test_every_kind_of_picture_is_kept_in_its_colours(kind: str) -> None:
    """What scanners and programs write comes out as the eye has it, on white where it was clear."""
    grey = Image.new("RGB", (300, 200), (128, 128, 128))
    if kind == "I;16":
        came = _saved(Image.new("I;16", (300, 200), 128 * 256), "PNG")
    elif kind == "16-bit TIFF":
        came = _saved(Image.new("I;16", (300, 200), 128 * 256), "TIFF")
    elif kind == "CMYK":
        came = _saved(grey.convert("CMYK"), "JPEG")
    elif kind == "WEBP":
        came = _saved(grey, "WEBP")
    else:
        came = _saved(grey.convert(kind), "PNG")
    assert near(opened(kept_picture(came, "a")).getpixel((9, 9)), (128, 128, 128))
    clear = _saved(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "PNG")
    assert near(opened(kept_picture(clear, "a")).getpixel((9, 9)), (255, 255, 255))


def test_the_pictures_of_phones_are_read() -> None:
    """HEIC is turned upright like any other."""
    assert is_upright(opened(kept_picture(PHONE.read_bytes(), "turned.heic")))


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (
            lambda: from_camera()[:3000],
            FileError,
            "card.jpg cannot be read as a picture: it is damaged or cut off",
        ),
        (lambda: PHONE.read_bytes()[:900], FileError, "card.jpg"),
        (lambda: b"words", FileError, "card.jpg is no picture"),
        (lambda: b"", FileError, "card.jpg is no picture"),
        (lambda: b"GIF89a" + bytes(40), FileError, "no picture"),
        (lambda: _saved(Image.new("1", (20_000, 10_000)), "PNG"), UsageError, "60 million are the most"),
        (lambda: _saved(Image.new("1", (8_000, 8_000)), "PNG"), UsageError, "60 million are the most"),
    ],
    ids=["cut", "cut HEIC", "words", "nothing", "GIF", "bomb", "giant"],
)
def test_what_cannot_be_kept_is_refused_by_name(
    data: Callable[[], bytes], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        kept_picture(data(), "card.jpg")


def test_a_file_of_more_than_twenty_megabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_pictures, "LARGEST", 100)
    with pytest.raises(UsageError, match="MB is the most"):
        kept_picture(from_camera(80, 60), "card.jpg")


def test_a_terminal_gets_a_smaller_png() -> None:
    data, width, height = for_terminal(kept_picture(from_camera(1600, 1200), "card.jpg"))
    image = opened(data)
    assert (image.format, image.size, (width, height)) == ("PNG", (1000, 750), (1000, 750))

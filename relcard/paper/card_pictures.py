"""Pictures of cards that came, as they are kept: legible, small enough for a lifetime, nothing but pixels."""

from __future__ import annotations

from io import BytesIO

from relcard.errors import UsageError
from relcard.paper.picture_file import bare_jpeg
from relcard.paper.picture_file import opened
from relcard.paper.picture_file import pixels_of

LARGEST = 20_000_000  # bytes of a file as it comes
LONGEST_SIDE = 2000  # pixels: a postcard at 330 an inch, on which small handwriting can be read
_QUALITY = 82
_SHRINKS = ("RGB", "L", "CMYK")  # modes of which a mean of pixels is a colour
_ON_SCREEN = 1000  # pixels of the longer side on a terminal


def kept_picture(data: bytes, name: str) -> bytes:
    """Return a picture as JPEG, upright, its longer side at most 2000 pixels, the same for the same bytes.

    Raises `FileError` for what is no picture or a damaged one, `UsageError` for one that is too large.
    """
    if len(data) > LARGEST:
        raise UsageError(
            f"{name} has {len(data) / 1e6:.0f} MB; {LARGEST / 1e6:.0f} MB is the most.",
            hint="Save it smaller, as JPEG; 12 million pixels are plenty for a card.",
        )
    with opened(BytesIO(data), name) as image:
        shrink = LONGEST_SIDE / max(image.size)
        if shrink < 1:  # a large JPEG is decoded at a half or a quarter: as fast as it is small
            image.draft("RGB", (int(image.width * shrink), int(image.height * shrink)))
        if image.mode in _SHRINKS:  # before anything else is done with so many pixels
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=None)
        upright = pixels_of(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return bare_jpeg(upright, quality=_QUALITY, subsampling=2)


def for_terminal(data: bytes) -> tuple[bytes, int, int]:
    """Return a kept picture as the PNG that terminals show, with its width and height in pixels."""
    out = BytesIO()
    with opened(BytesIO(data), "the picture") as image:
        image.thumbnail((_ON_SCREEN, _ON_SCREEN))
        image.save(out, "PNG")
        return out.getvalue(), image.width, image.height

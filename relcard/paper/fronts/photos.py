"""Pictures for the front of a card: upright, in sRGB, cut to their frame, and silent about themselves.

A camera writes where and when a picture was taken into its file; nothing of that reaches the PDF.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.paper.picture_file import TURNED
from relcard.paper.picture_file import bare_jpeg
from relcard.paper.picture_file import opened
from relcard.paper.picture_file import pixels_of

if TYPE_CHECKING:
    from pathlib import Path

DPI = 300  # what a printer can show; never more, and never made up
GOOD_DPI, LEAST_DPI = 200, 120  # below the first it begins to look soft, below the second it is refused
LARGEST = 50_000_000  # bytes of a file
CENTRE = (0.5, 0.5)
_QUALITY = 88


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture that can be opened: its size in pixels once upright, and the point to keep when it is cut.

    `focus` runs from (0, 0), its top left corner, to (1, 1). `stamp` changes when the file does.
    """

    path: Path
    width: int
    height: int
    focus: tuple[float, float]
    stamp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A picture cut to a frame: a JPEG file, the pixels it has, and how fine it is on paper."""

    data: bytes
    width: int
    height: int
    dpi: float


def open_photo(path: Path, focus: tuple[float, float] = CENTRE) -> Photo:
    """Look at a picture without reading all of it.

    Raises `NotFoundError`, `FileError` for what is no picture, `UsageError` for one that is too large.
    """
    if not os.path.isfile(path):  # noqa: PTH113  a name that is too long is no file either
        raise NotFoundError(f"There is no picture {path}.", hint="Check the name; ls shows what is there.")
    if not (0 <= focus[0] <= 1 and 0 <= focus[1] <= 1):
        raise UsageError(
            "The focus lies outside the picture.", hint="It runs from 0,0 to 1,1: --focus 0.5,0.3"
        )
    stat = path.stat()
    if stat.st_size > LARGEST:
        raise UsageError(
            f"{path.name} has {stat.st_size / 1e6:.0f} MB; {LARGEST / 1e6:.0f} MB is the most.",
            hint="Save it smaller; 12 million pixels are plenty for any card.",
        )
    with opened(path, path.name) as image:
        width, height = image.size
        if image.getexif().get(0x0112) in TURNED:
            width, height = height, width
    return Photo(path=path, width=width, height=height, focus=focus, stamp=stat.st_mtime_ns)


def dpi_of(photo: Photo, width_mm: float, height_mm: float) -> float:
    """Return how fine a picture would be in a frame, in its own pixels an inch."""
    left, _, right, _ = _cut(photo, width_mm, height_mm)
    return (right - left) / (width_mm / 25.4)


def check_dpi(photo: Photo, width_mm: float, height_mm: float) -> float:
    """Return how fine a picture is in a frame. Raises `UsageError` where it would be seen to be coarse."""
    dpi = dpi_of(photo, width_mm, height_mm)
    if dpi < LEAST_DPI:
        needed = (math.ceil(side / 25.4 * GOOD_DPI) for side in (width_mm, height_mm))
        raise UsageError(
            f"{photo.path.name} is too small: on {width_mm:.0f} x {height_mm:.0f} mm it has {dpi:.0f} pixels"
            f" an inch, and {LEAST_DPI} are the least.",
            hint=f"Take one of {' x '.join(map(str, needed))} pixels or more, or a smaller card.",
        )
    return dpi


@lru_cache(maxsize=4)
def fit_photo(photo: Photo, width_mm: float, height_mm: float) -> Fitted:
    """Cut a picture to a frame around its focus, at most 300 pixels an inch. Raises `FileError`."""
    from PIL import Image  # noqa: PLC0415  13 ms, for cards with a picture

    wanted_w = round(width_mm / 25.4 * DPI)
    left, top, right, bottom = _cut(photo, width_mm, height_mm)
    shrink = min(1.0, wanted_w / (right - left))
    width, height = max(1, round((right - left) * shrink)), max(1, round((bottom - top) * shrink))
    with opened(photo.path, photo.path.name) as image:
        side = max(image.size) * shrink  # a JPEG can be read at a half or a quarter: as fast as it is small
        image.draft("RGB", (math.ceil(side), math.ceil(side)))
        upright = pixels_of(image)
        across, down = upright.width / photo.width, upright.height / photo.height
        sized = upright.resize(
            (width, height),
            Image.Resampling.LANCZOS,
            box=(left * across, top * down, right * across, bottom * down),
            reducing_gap=3.0,
        )
    data = bare_jpeg(sized, quality=_QUALITY, subsampling=0)
    return Fitted(data=data, width=width, height=height, dpi=width / (width_mm / 25.4))


def _cut(photo: Photo, width_mm: float, height_mm: float) -> tuple[float, float, float, float]:
    """Return the part of a picture that a frame of this shape shows: left, top, right, bottom in pixels."""
    width = min(photo.width, photo.height * width_mm / height_mm)
    height = width * height_mm / width_mm
    left = min(max(photo.focus[0] * photo.width - width / 2, 0), photo.width - width)
    top = min(max(photo.focus[1] * photo.height - height / 2, 0), photo.height - height)
    return left, top, left + width, min(top + height, photo.height)

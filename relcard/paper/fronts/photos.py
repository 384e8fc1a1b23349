"""Pictures for the front of a card: upright, in sRGB, cut to their frame, and silent about themselves.

A camera writes where and when a picture was taken into its file; nothing of that reaches the PDF.
"""

from __future__ import annotations

import math
import os
import struct
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.installation import bring_extra
from relcard.installation import has_extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image


DPI = 300  # what a printer can show; never more, and never made up
GOOD_DPI, LEAST_DPI = 200, 120  # below the first it begins to look soft, below the second it is refused
LARGEST = 50_000_000  # bytes of a file
MOST_PIXELS = 60_000_000
CENTRE = (0.5, 0.5)
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
_PHONE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")  # brands of HEIF (ISO/IEC 23008-12)
_AS_JPEG = "Save it as JPEG; a phone does so when it sends a picture by mail."
_QUALITY = 88
_DAMAGE = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    struct.error,
    ArithmeticError,
    MemoryError,
    LookupError,
    TypeError,
)
_TURNED = range(5, 9)  # EXIF orientations that lie on their side


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
    image = _open(path)
    with image, _reading(path):
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise _too_many(path, width * height)
        if image.getexif().get(0x0112) in _TURNED:
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
    image = _open(photo.path)
    with image, _reading(photo.path):
        side = max(image.size) * shrink  # a JPEG can be read at a half or a quarter: as fast as it is small
        image.draft("RGB", (math.ceil(side), math.ceil(side)))
        upright = _srgb(_upright(image))
        across, down = upright.width / photo.width, upright.height / photo.height
        sized = upright.resize(
            (width, height),
            Image.Resampling.LANCZOS,
            box=(left * across, top * down, right * across, bottom * down),
            reducing_gap=3.0,
        )
    bare = Image.new("RGB", sized.size)  # nothing but pixels: not even a comment comes along
    bare.paste(sized)
    out = BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return Fitted(data=out.getvalue(), width=width, height=height, dpi=width / (width_mm / 25.4))


def _cut(photo: Photo, width_mm: float, height_mm: float) -> tuple[float, float, float, float]:
    """Return the part of a picture that a frame of this shape shows: left, top, right, bottom in pixels."""
    width = min(photo.width, photo.height * width_mm / height_mm)
    height = width * height_mm / width_mm
    left = min(max(photo.focus[0] * photo.width - width / 2, 0), photo.width - width)
    top = min(max(photo.focus[1] * photo.height - height / 2, 0), photo.height - height)
    return left, top, left + width, min(top + height, photo.height)


def _open(path: Path) -> Image.Image:
    from PIL import Image  # noqa: PLC0415  as above

    with _reading(path):
        with path.open("rb") as file:
            start = file.read(12)
        if start[4:8] == b"ftyp" and start[8:12] == b"avif":
            raise FileError(f"{path.name} is AVIF, which is not read.", hint=_AS_JPEG)
        if start[4:8] == b"ftyp" and start[8:12] in _PHONE:
            _read_heic(path)
            return Image.open(path, formats=("HEIF",))
        return Image.open(path, formats=_FORMATS)


def _read_heic(path: Path) -> None:
    """Teach Pillow to read the pictures of phones. Raises `FileError` where the extra for it is not there."""
    if not has_extra("photos"):
        raise FileError(
            f"{path.name} is HEIC, which is not read yet.", hint=f"{bring_extra('photos')}\n{_AS_JPEG}"
        )
    from pi_heif import register_heif_opener  # noqa: PLC0415  an extra, not always there

    register_heif_opener(thumbnails=False)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what a damaged or hostile file makes the library raise into a refusal; its warnings are silent."""
    from PIL import Image  # noqa: PLC0415  as above
    from PIL import UnidentifiedImageError  # noqa: PLC0415  as above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(path) from error
    except UnidentifiedImageError as error:
        raise FileError(
            f"{path.name} is no picture that can be read.", hint="JPEG, PNG, WEBP and TIFF are."
        ) from error
    except _DAMAGE as error:
        raise FileError(
            f"{path.name} cannot be read as a picture: it is damaged or cut off.",
            hint="Open it in a viewer and save it again, as JPEG.",
        ) from error


def _too_many(path: Path, pixels: int = 0) -> UsageError:
    has = f"{path.name} has {pixels / 1e6:.0f} million pixels" if pixels else f"{path.name} is enormous"
    return UsageError(
        f"{has}; {MOST_PIXELS // 1_000_000} million are the most.",
        hint="Save it smaller; 12 million pixels are plenty for any card.",
    )


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps  # noqa: PLC0415  2 ms, for cards with a picture

    turned = ImageOps.exif_transpose(image)
    assert turned is not None  # noqa: S101  a copy is returned whenever it is not asked to turn in place
    return turned


def _srgb(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB on white paper: what is transparent is not printed."""
    from PIL import Image  # noqa: PLC0415  as above
    from PIL import ImageCms  # noqa: PLC0415  2 ms, for cards with a picture

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, (255, 255, 255))
        image.paste(clear, mask=clear.getchannel("A"))
    if image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):  # a profile for another kind of picture
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")

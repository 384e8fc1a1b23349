"""Files of pictures: opened whoever sent them, turned upright, in sRGB, and written silent about themselves.

A camera writes where and when a picture was taken into its file; nothing of that is in what is written here.
"""

from __future__ import annotations

import struct
import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.installation import bring_extra
from relcard.installation import has_extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

MOST_PIXELS = 60_000_000
TURNED = range(5, 9)  # EXIF orientations that lie on their side
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
_PHONE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")  # brands of HEIF (ISO/IEC 23008-12)
_AS_JPEG = "Save it as JPEG; a phone does so when it sends a picture by mail."
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


@contextmanager
def opened(source: Path | BytesIO, name: str) -> Iterator[Image.Image]:
    """Open a picture, of which nothing is decoded yet; `name` is what a refusal calls it.

    Raises `FileError` for what is no picture or a damaged one, here and inside, and `UsageError` for one of
    more pixels than memory should bear.
    """
    with _reading(name), _open(source, name) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_many(name, image.width * image.height)
        yield image


def pixels_of(image: Image.Image) -> Image.Image:
    """Return a picture upright and in sRGB."""
    return _srgb(_upright(image))


def bare_jpeg(image: Image.Image, *, quality: int, subsampling: int) -> bytes:
    """Return an RGB picture as a JPEG that holds nothing but pixels: not even a comment comes along."""
    from PIL import Image  # noqa: PLC0415  13 ms, for pictures alone

    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
    return out.getvalue()


def _open(source: Path | BytesIO, name: str) -> Image.Image:
    from PIL import Image  # noqa: PLC0415  as above

    if isinstance(source, BytesIO):
        start = source.getvalue()[:12]
    else:
        with source.open("rb") as file:
            start = file.read(12)
    if start[4:8] == b"ftyp" and start[8:12] == b"avif":
        raise FileError(f"{name} is AVIF, which is not read.", hint=_AS_JPEG)
    if start[4:8] == b"ftyp" and start[8:12] in _PHONE:
        _read_heic(name)
        return Image.open(source, formats=("HEIF",))
    return Image.open(source, formats=_FORMATS)


def _read_heic(name: str) -> None:
    """Teach Pillow to read the pictures of phones. Raises `FileError` where the extra for it is not there."""
    if not has_extra("photos"):
        raise FileError(
            f"{name} is HEIC, which is not read yet.", hint=f"{bring_extra('photos')}\n{_AS_JPEG}"
        )
    from pi_heif import register_heif_opener  # noqa: PLC0415  an extra, not always there

    register_heif_opener(thumbnails=False)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Turn what a damaged or hostile file makes the library raise into a refusal; its warnings are silent."""
    from PIL import Image  # noqa: PLC0415  as above
    from PIL import UnidentifiedImageError  # noqa: PLC0415  as above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(name) from error
    except UnidentifiedImageError as error:
        raise FileError(
            f"{name} is no picture that can be read.", hint="JPEG, PNG, WEBP and TIFF are."
        ) from error
    except _DAMAGE as error:
        raise FileError(
            f"{name} cannot be read as a picture: it is damaged or cut off.",
            hint="Open it in a viewer and save it again, as JPEG.",
        ) from error


def _too_many(name: str, pixels: int = 0) -> UsageError:
    has = f"{name} has {pixels / 1e6:.0f} million pixels" if pixels else f"{name} is enormous"
    return UsageError(
        f"{has}; {MOST_PIXELS // 1_000_000} million are the most.",
        hint="Save it smaller; 12 million pixels are plenty for any card.",
    )


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps  # noqa: PLC0415  2 ms, for pictures alone

    ImageOps.exif_transpose(image, in_place=True)
    return image


def _srgb(image: Image.Image) -> Image.Image:
    """Return a picture in sRGB on white paper: what is transparent is not printed."""
    from PIL import Image  # noqa: PLC0415  as above
    from PIL import ImageCms  # noqa: PLC0415  2 ms, for pictures alone

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
    return image if image.mode == "RGB" else image.convert("RGB")

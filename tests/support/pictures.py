"""Pictures as a camera has them, drawn here: four corners in four colours tell how one lies."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

CORNERS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0))  # from the top left, row by row
_BACK = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # by EXIF orientation: Pillow's operation that undoes it


def quarters(width: int = 800, height: int = 600) -> Image.Image:
    """Return a picture of four colours."""
    image = Image.new("RGB", (width, height))
    for place, colour in enumerate(CORNERS):
        x, y = place % 2 * width // 2, place // 2 * height // 2
        image.paste(colour, (x, y, x + width // 2, y + height // 2))
    return image


def from_camera(width: int = 800, height: int = 600, *, orientation: int = 1, format_: str = "JPEG") -> bytes:
    """Return such a picture as a camera held in that way writes it, with its place and its name."""
    image = quarters(width, height)
    if orientation in _BACK:
        image = image.transpose(Image.Transpose(_BACK[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "TestCam"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 1.0, 2.0)
    out = BytesIO()
    image.save(out, format_, exif=exif)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the picture in some bytes."""
    return Image.open(BytesIO(data))


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    """Whether two colours are one to the eye."""
    assert isinstance(found, tuple)
    return all(abs(one - two) < 24 for one, two in zip(found, wanted, strict=True))


def is_upright(image: Image.Image) -> bool:
    """Whether the four colours stand where they belong."""
    right, bottom = image.width - 5, image.height - 5
    found = [image.getpixel(at) for at in ((5, 5), (right, 5), (5, bottom), (right, bottom))]
    return all(near(one, two) for one, two in zip(found, CORNERS, strict=True))

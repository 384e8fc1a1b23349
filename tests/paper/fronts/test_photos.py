from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL import ImageCms

from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.paper import picture_file
from relcard.paper.fronts import photos
from relcard.paper.fronts.photos import check_dpi
from relcard.paper.fronts.photos import fit_photo
from relcard.paper.fronts.photos import open_photo
from tests.support.pictures import CORNERS
from tests.support.pictures import from_camera
from tests.support.pictures import is_upright
from tests.support.pictures import near
from tests.support.pictures import opened
from tests.support.pictures import quarters

if TYPE_CHECKING:
    from relcard.paper.fronts.photos import Fitted

PHONE = Path(__file__).parents[2] / "data" / "pictures" / "turned.heic"  # lying, as EXIF says


def pixels(fitted: Fitted) -> Image.Image:
    return opened(fitted.data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture_upright(tmp_path: Path, orientation: int) -> None:
    """However the camera was held, the red corner is on the top left."""
    path = tmp_path / "a.jpg"
    path.write_bytes(from_camera(orientation=orientation))
    photo = open_photo(path)
    assert (photo.width, photo.height) == (800, 600)
    assert is_upright(pixels(fit_photo(photo, 80, 60)))


def test_nothing_about_the_picture_comes_along(tmp_path: Path) -> None:
    """Place, camera, comment and profile of the file are not in what is printed."""
    exif = opened(from_camera()).getexif()
    path = tmp_path / "a.jpg"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    quarters().save(path, exif=exif, comment=b"at home", icc_profile=profile)
    assert b"TestCam" in path.read_bytes()
    data = fit_photo(open_photo(path), 80, 60).data
    for trace in (b"TestCam", b"Exif", b"at home", b"ICC_PROFILE", b"GPS"):
        assert trace not in data
    assert pixels(fit_photo(open_photo(path), 80, 60)).info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }


def test_a_profile_is_followed(tmp_path: Path) -> None:
    """A picture with another profile is turned into sRGB: the same numbers mean another colour."""
    path = tmp_path / "a.png"
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    Image.new("RGB", (400, 400), (120, 120, 120)).save(path, icc_profile=lab)
    assert fit_photo(open_photo(path), 20, 20).data  # a profile that fits badly is no reason to fail
    path.unlink()
    Image.new("RGB", (400, 400), (120, 120, 120)).save(path, icc_profile=b"no profile at all")
    assert near(pixels(fit_photo(open_photo(path), 20, 20)).getpixel((9, 9)), (120, 120, 120))


def test_the_focus_is_kept(tmp_path: Path) -> None:
    """A wide picture in a high frame is cut to the half its focus lies in, and never beyond its edge."""
    path = tmp_path / "a.png"
    quarters(1600, 600).save(path)
    left = pixels(fit_photo(open_photo(path, (0.1, 0.5)), 40, 60))
    right = pixels(fit_photo(open_photo(path, (1.0, 1.0)), 40, 60))
    assert near(left.getpixel((9, 9)), CORNERS[0])
    assert near(right.getpixel((9, 9)), CORNERS[1])
    assert left.size == right.size == (400, 600)
    for focus in ((-0.1, 0), (0, 1.1)):
        with pytest.raises(UsageError, match="outside"):
            open_photo(path, focus)


def test_three_hundred_dots_and_never_more(tmp_path: Path) -> None:
    """A large picture is brought to 300 pixels an inch; a small one keeps its own, and none is made up."""
    path = tmp_path / "a.jpg"
    quarters(3000, 2400).save(path)
    large = fit_photo(open_photo(path), 101.6, 81.28)
    assert (large.width, large.height) == (1200, 960)
    assert large.dpi == pytest.approx(300, rel=0.01)
    quarters(600, 480).save(path)
    small = fit_photo(open_photo(path), 101.6, 81.28)
    assert (small.width, small.height) == (600, 480)
    assert pixels(small).format == "JPEG"


def test_a_coarse_picture_is_refused(tmp_path: Path) -> None:
    """Below 120 pixels an inch it is refused with the pixels that would do; above, it says how fine it is."""
    path = tmp_path / "a.png"
    quarters(400, 300).save(path)
    with pytest.raises(UsageError, match="102 pixels an inch") as caught:
        check_dpi(open_photo(path), 100, 75)
    assert "788 x 591 pixels" in caught.value.hint
    assert check_dpi(open_photo(path), 80, 60) == pytest.approx(127, abs=0.1)


def test_what_is_clear_is_paper(tmp_path: Path) -> None:
    """Transparent parts are white, whatever colour lies hidden in them."""
    path = tmp_path / "a.png"
    image = Image.new("RGBA", (300, 300), (0, 0, 255, 0))
    image.paste((255, 0, 0, 255), (0, 0, 150, 300))
    image.save(path)
    found = pixels(fit_photo(open_photo(path), 20, 20))
    assert near(found.getpixel((5, 5)), (255, 0, 0))
    assert near(found.getpixel((found.width - 5, 5)), (255, 255, 255))


@pytest.mark.parametrize(
    ("mode", "name"),
    [("CMYK", "a.jpg"), ("L", "a.tif"), ("P", "a.png"), ("1", "a.png"), ("RGB", "a.webp"), ("I;16", "a.tif")],
)
def test_every_kind_of_picture_prints(tmp_path: Path, mode: str, name: str) -> None:
    """Whatever a scanner or a program writes, what is grey comes out grey."""
    path = tmp_path / name
    if mode == "I;16":
        Image.new("I;16", (300, 300), 128 * 256).save(path)
    else:
        Image.new("RGB", (300, 300), (128, 128, 128)).convert(mode).save(path)
    found = pixels(fit_photo(open_photo(path), 20, 20))
    assert found.mode == "RGB"
    if mode != "1":
        assert near(found.getpixel((50, 50)), (128, 128, 128))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "no picture that can be read"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "is AVIF"),
        (b"GIF89a" + bytes(40), "no picture that can be read"),
        (b"", "no picture"),
        (b"%PDF-1.7", "no picture"),
    ],
)
def test_what_is_not_read_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    """A phone's own format and what is no picture are refused, each with what to do."""
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with pytest.raises(FileError, match=said) as caught:
        open_photo(path)
    assert "JPEG" in caught.value.hint


def test_a_picture_as_a_phone_has_it(tmp_path: Path) -> None:
    """HEIC is turned upright and cut like any other, and says nothing of its camera; cut off it is refused."""
    photo = open_photo(PHONE)
    assert (photo.width, photo.height) == (160, 120)
    fitted = fit_photo(photo, 16, 12)
    assert is_upright(pixels(fitted))
    assert b"Relcard Camera" in PHONE.read_bytes()
    assert b"Camera" not in fitted.data
    cut = tmp_path / "cut.heic"
    cut.write_bytes(PHONE.read_bytes()[:900])
    with pytest.raises(FileError, match=r"cut\.heic"):
        fit_photo(open_photo(cut), 16, 12)


def test_without_the_extra_a_phones_picture_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks what reads HEIC is told the command that brings it, and the way without."""
    monkeypatch.setattr(picture_file, "has_extra", lambda _: False)
    with pytest.raises(FileError, match=r"turned\.heic is HEIC") as caught:
        open_photo(PHONE)
    assert "pi-heif" in caught.value.hint
    assert "JPEG" in caught.value.hint


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    """A picture that ends in the middle is refused, not printed half grey."""
    path = tmp_path / "a.jpg"
    noise = Image.effect_noise((500, 500), 80)
    noise.save(path)
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(FileError, match="damaged or cut off"):
        fit_photo(open_photo(path), 20, 20)


def test_bombs_and_giants_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that would unfold to more than 60 million pixels, or is above 50 MB, is refused unread."""
    path = tmp_path / "a.png"
    for width, height in ((20_000, 10_000), (10_000, 9_500), (8_000, 8_000)):
        Image.new("1", (width, height)).save(path)
        with pytest.raises(UsageError, match="60 million are the most"):
            open_photo(path)
    monkeypatch.setattr(photos, "LARGEST", 100)
    quarters(80, 60).save(path)
    with pytest.raises(UsageError, match="MB is the most"):
        open_photo(path)
    with pytest.raises(NotFoundError):
        open_photo(tmp_path / "none.jpg")


def test_a_damaged_file_never_does_more_than_be_refused(tmp_path: Path) -> None:
    """A picture with bytes changed anywhere is printed or refused in a sentence."""
    chance = random.Random(5)  # noqa: S311  the same damage every time
    hints = []
    for name in ("a.jpg", "a.png", "a.webp", "a.tif"):
        path = tmp_path / name
        quarters(64, 48).save(path)
        whole = path.read_bytes()
        for _ in range(25):
            broken = bytearray(whole)
            for _ in range(4):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            path.write_bytes(broken)
            try:
                assert fit_photo(open_photo(path), 5, 4).data
            except (FileError, UsageError) as error:
                hints.append(error.hint)
    assert hints
    assert all(hints)

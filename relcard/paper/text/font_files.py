"""The files that fonts are read from: the two faces, and where others are found for characters they lack.

Others come from the packages of the extras, then from the system.

RELCARD_FONTS says where to look, in order and divided as PATH is: the words `extras` and `system`, folders of
fonts, or `packaged` for none of them, which makes a run the same on every computer.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Face(Enum):
    """A typeface; the value is its name."""

    SANS = "Noto Sans"
    SERIF = "EB Garamond"

    __hash__ = object.__hash__  # Enum's own is asked for every word and costs more than the word


_FACES = Path(__file__).parent / "faces"  # with the licences (OFL) beside them
_FILES = {Face.SANS: _FACES / "NotoSans.ttf", Face.SERIF: _FACES / "EBGaramond.ttf"}


def face_file(face: Face) -> Path:
    """Return where a face is on disk: it came with the program."""
    return _FILES[face]


VARIABLE = "RELCARD_FONTS"
EVERYWHERE = os.pathsep.join(("extras", "system"))
_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_ENOUGH = 24  # fonts to open for one character: fontconfig sorts, and what is far down will not do


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font on disk; `number` is its place in a collection."""

    path: Path
    number: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """A character, its script (four letters, ISO 15924), the language of its text and the face beside it."""

    character: str
    script: str
    language: str
    face: Face


@dataclass(frozen=True, slots=True)
class _Package:
    """Fonts from the Python package index; Han characters are drawn after the language."""

    name: str
    scripts: frozenset[str]
    sans: str
    serif: str
    languages: tuple[str, ...] = ()


_HAN = frozenset({"Hani", "Hira", "Kana", "Bopo"})
_ARABIC, _HEBREW, _THAI = frozenset({"Arab"}), frozenset({"Hebr"}), frozenset({"Thai"})
_PACKAGES = (
    _Package("pylopdf_fonts_ar", _ARABIC, "NotoSansArabic-Variable.ttf", "NotoNaskhArabic-Variable.ttf"),
    _Package("pylopdf_fonts_he", _HEBREW, "NotoSansHebrew-Variable.ttf", "NotoSerifHebrew-Variable.ttf"),
    _Package("pylopdf_fonts_th", _THAI, "NotoSansThai-Variable.ttf", "NotoSerifThai-Variable.ttf"),
    _Package("pylopdf_fonts_jp", _HAN, "NotoSansJP-Regular.otf", "NotoSerifJP-Regular.otf", ("ja",)),
    _Package("pylopdf_fonts_zh_cn", _HAN, "NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf", ("zh-Hans",)),
    _Package("pylopdf_fonts_zh_tw", _HAN, "NotoSansTC-Regular.otf", "NotoSerifTC-Regular.otf", ("zh-Hant",)),
    _Package(
        "pylopdf_fonts_ko", _HAN | {"Hang"}, "NotoSansKR-Regular.otf", "NotoSerifKR-Regular.otf", ("ko",)
    ),
)
# What macOS and Windows carry for the scripts of addresses, the plain weights; other files are tried after.
_KNOWN = (
    "ヒラギノ角ゴシック W3.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "GeezaPro.ttc",
    "ArialHB.ttc",
    "Thonburi.ttc",
    "Kohinoor.ttc",
    "YuGothR.ttc",
    "msgothic.ttc",
    "msyh.ttc",
    "msjh.ttc",
    "malgun.ttf",
    "segoeui.ttf",
    "LeelawUI.ttf",
    "Nirmala.ttc",
    "Nirmala.ttf",
    "Arial Unicode.ttf",
    "arial.ttf",
)


def extra_for(script: str) -> str:
    """Return the extra of this package that brings a font for a script, or "" where none does."""
    for package in _PACKAGES:
        if script in package.scripts:
            return "cjk" if package.languages else "scripts"
    return ""


def places() -> str:
    """Return where to look, as the environment says."""
    return os.environ.get(VARIABLE) or EVERYWHERE


def candidates(where: str, wanted: Sought) -> Iterator[FontFile]:
    """Yield fonts that may have a character, the best first; the caller looks whether they do."""
    for place in where.split(os.pathsep):
        if place == "extras":
            yield from _extras(wanted)
        elif place == "system":
            yield from _system(wanted)
        elif place and place != "packaged":
            yield from _by_likeness(_in_folders((place,)), wanted)


def _extras(wanted: Sought) -> Iterator[FontFile]:
    # Signs such as the Japanese full stop belong to no script: any of the fonts may have them.
    fitting = [
        package
        for package in _PACKAGES
        if wanted.script in package.scripts or wanted.script in {"Zyyy", "Zinh"}
    ]
    for package in sorted(fitting, key=lambda package: wanted.language not in package.languages):
        folder = _package_folder(package.name)
        if folder:
            yield FontFile(folder / (package.serif if wanted.face is Face.SERIF else package.sans))


@cache
def _package_folder(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _system(wanted: Sought) -> Iterator[FontFile]:
    command = shutil.which("fc-match")
    if command:
        yield from _fontconfig(command, wanted)
    else:
        yield from _by_likeness(_in_folders(_folders()), wanted)


def _fontconfig(command: str, wanted: Sought) -> Iterator[FontFile]:
    """Ask fontconfig, which knows the user's preferences; what it cannot answer is no font."""
    import subprocess  # noqa: PLC0415  6 ms, where the system is asked for a font

    family = "serif" if wanted.face is Face.SERIF else "sans-serif"
    pattern = f"{family}:weight=80:slant=0:scalable=true:charset={ord(wanted.character):x}"
    if wanted.language:
        pattern += f":lang={_FC_LANGUAGES.get(wanted.language, wanted.language)}"
    try:
        answer = subprocess.run(  # noqa: S603  a fixed command and a pattern of our own
            [command, "--sort", "--format", "%{file}\t%{index}\n", pattern],
            capture_output=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return
    for line in answer.stdout.decode(errors="surrogateescape").splitlines()[:_ENOUGH]:
        name, _, number = line.partition("\t")
        # The upper half of the number is a named instance of a variable font; the weight is set by us.
        yield FontFile(Path(name), int(number or 0) & 0xFFFF)


_FC_LANGUAGES = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}


def _folders() -> tuple[str, ...]:
    home = Path.home()
    if sys.platform == "darwin":
        return ("/System/Library/Fonts", "/Library/Fonts", str(home / "Library/Fonts"))
    if os.name == "nt":
        return (
            str(Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"),
            str(Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts"),
        )
    own = (str(home / ".local/share/fonts"), str(home / ".fonts"))
    return ("/usr/share/fonts", "/usr/local/share/fonts", *own)


@cache
def _in_folders(folders: tuple[str, ...]) -> tuple[FontFile, ...]:
    """List the fonts of folders and all in them, plain weights and known names first."""
    paths = [
        Path(at) / name
        for folder in folders
        for at, _, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in _SUFFIXES
    ]
    rank = {name: place for place, name in enumerate(_KNOWN)}
    paths.sort(key=lambda path: (rank.get(path.name, len(rank)), _styled(path), path.name, str(path)))
    return tuple(FontFile(path) for path in paths)


_STYLES = ("bold", "italic", "oblique", "light", "black", "thin", "mono", "medium", "heavy")
_SERIFS = ("serif", "mincho", "naskh")


def _styled(path: Path) -> bool:
    name = path.stem.lower()
    return any(word in name for word in _STYLES)


def _by_likeness(files: tuple[FontFile, ...], wanted: Sought) -> Iterator[FontFile]:
    """Put fonts with or without serifs first, as the face beside them."""
    serif = wanted.face is Face.SERIF
    yield from sorted(
        files, key=lambda file: any(word in file.path.stem.lower() for word in _SERIFS) != serif
    )

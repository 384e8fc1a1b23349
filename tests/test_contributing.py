"""CONTRIBUTING.md: what it names exists, and its recipes work when they are followed in a copy of the house."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:relcard|templates|tests|docs)/[\w./-]+|CHANGELOG\.md)`")
PLANTED = "relcard/cli/people/wave.py"  # the recipe makes it up
COMMAND = '''"""A wave."""

from __future__ import annotations

import click


@click.command(short_help="Wave to somebody.")
@click.option("--twice", is_flag=True, help="Wave again.")
def wave(twice: bool) -> None:
    """Wave to somebody across the street."""
    click.echo("waved twice" if twice else "waved")
'''
SHEET = (
    '{ brand = "Planted", part = "X1", page = "A4", page_w = 210.0, page_h = 297.0, label_w = 99.1, label_h = 67.7, '
    "left = 4.65, top = 13.1, pitch_x = 101.6, pitch_y = 67.7, columns = 2, rows = 4, corner = 2.5, "
    'source = "planted" },'
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the house, to follow a recipe in."""
    for folder in ("relcard", "templates", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "sample_contacts.vcf"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def _python(copy: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "RELCARD_STORE": str(copy / "relcard.db"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_is_short() -> None:
    """A page for whoever carries on is read whole or not at all."""
    assert len(PAGE.splitlines()) <= 100


def test_everything_named_exists() -> None:
    """Each file and folder the page names is there; only the recipe for a command makes one up."""
    named = set(NAMED.findall(PAGE))
    assert len(named) > 20
    assert [path for path in sorted(named - {PLANTED}) if not (ROOT / path).exists()] == []


def test_a_planted_command_is_known_everywhere(copy: Path) -> None:
    """A module and a row of the chapters: the command runs, and help, completion and docs/cli.md have it."""
    (copy / PLANTED).write_text(COMMAND, encoding="utf-8")
    chapters = copy / "relcard" / "cli" / "chapters.py"
    text = chapters.read_text(encoding="utf-8")
    row = '            ("list", '
    assert text.count(row) == 1
    chapters.write_text(
        text.replace(row, f'            ("wave", "people.wave", "Wave to somebody."),\n{row}'), "utf-8"
    )
    assert _python(copy, "-m", "relcard", "wave", "--twice") == "waved twice\n"
    assert "Wave to somebody." in _python(copy, "-m", "relcard", "--help")
    completed = _python(
        copy, "-m", "relcard", _RELCARD_COMPLETE="bash_complete", COMP_WORDS="relcard wav", COMP_CWORD="1"
    )
    assert "wave" in completed
    page = _python(
        copy, "-c", "import sys; sys.path[:0] = ['docs']; import generate; print(generate.command_page())"
    )
    assert "### `relcard wave [OPTIONS]`" in page
    assert "Wave again." in page


def test_a_planted_label_sheet_is_known(copy: Path) -> None:
    """A row in the table of stock is a sheet that can be shown."""
    table = copy / "relcard" / "paper" / "stock" / "stock.toml"
    table.write_text(table.read_text("utf-8").replace("labels = [\n", f"labels = [\n  {SHEET}\n", 1), "utf-8")
    assert "99.1" in _python(copy, "-m", "relcard", "stock", "show", "X1")


def test_a_planted_design_is_checked_and_listed(copy: Path) -> None:
    """A folder with a card.toml is a design."""
    folder = copy / "templates" / "designs" / "planted"
    folder.mkdir()
    (folder / "card.toml").write_text('title = "A planted one"\nlayout = "words"\n', encoding="utf-8")
    _python(copy, "-m", "relcard", "design", "check", "planted")
    assert "A planted one" in _python(copy, "-m", "relcard", "design", "list")

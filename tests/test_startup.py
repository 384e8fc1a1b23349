"""Start-up: what a command that only looks must never load."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from relcard.cli.chapters import PRINTED

ROOT = Path(__file__).resolve().parents[1]
# Each of these costs more than everything a looking command does.
HEAVY = frozenset(
    {"reportlab", "jinja2", "vobject", "PIL", "fontTools", "uharfbuzz", "textual", "starlette", "uvicorn"}
)
ALMANAC = "relcard.domain.almanac"  # for who has a day of another calendar, as nobody in the sample has
# What --help loads beyond the words of the command: neither archives nor JSON.
UNHELPFUL = frozenset({"shutil", "lzma", "bz2", "json", "sqlite3"})
LOOKING = {
    "help": ["--help"],
    "version": ["--version"],
    "list": ["list"],
    "list, narrowed": ["list", "weber", "--country", "DE"],
    "show": ["show", "anna kowalska"],
    "today": ["today"],
    "upcoming": ["upcoming", "--days", "60"],
    "note": ["note", "anna kowalska", "started cello"],
    "season list": ["season", "list"],
    "warmth": ["warmth"],
    "drift": ["drift"],
    "stats": ["stats"],
}
_PROGRAM = """
import os, sys
from relcard.cli.main import run
code = run(sys.argv[1:])
sys.stdout.flush()
loaded = {".".join(name.split(".")[: 3 if name.startswith("relcard.") else 1]) for name in sys.modules}
os.write(2, " ".join([str(code), *loaded]).encode())
"""


def _modules(store: Path, *arguments: str) -> tuple[int, frozenset[str]]:
    """Run a command in a Python of its own; return its exit code and the libraries that were loaded."""
    environment = {**os.environ, "RELCARD_STORE": str(store), "RELCARD_TODAY": "2026-11-20"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code, *loaded = done.stderr.splitlines()[-1].split(" ")
    return int(code), frozenset(loaded)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a store with the sample in it and a season begun; return its path."""
    path = tmp_path_factory.mktemp("store") / "relcard.db"
    for arguments in (
        ["import", str(ROOT / "sample_contacts.vcf")],
        ["circle", "close", "Anna Kowalska"],
        ["season", "start", "christmas"],
    ):
        code, _ = _modules(path, *arguments)
        assert code in (0, 5)
    return path


@pytest.mark.parametrize("command", LOOKING)
def test_a_looking_command_loads_no_heavy_library(command: str, store: Path) -> None:
    """Help, lists, pages, reminders and notes load none of the libraries that draw, render or parse."""
    code, loaded = _modules(store, *LOOKING[command])
    assert code == 0
    assert not loaded & HEAVY
    assert ALMANAC not in loaded


def test_help_asks_no_library_for_the_width(store: Path) -> None:
    """The page of all commands loads neither archives, which Click would ask through, nor JSON or SQLite."""
    code, loaded = _modules(store, "--help")
    assert code == 0
    assert not loaded & UNHELPFUL


def test_a_new_shell_waits_for_little(store: Path) -> None:
    """A shell after the first of a day loads no SQLite and no JSON to say nothing."""
    assert _modules(store, "today", "--shell")[0] == 0
    code, loaded = _modules(store, "today", "--shell")
    assert code == 0
    assert not loaded & UNHELPFUL


def test_a_list_with_words_loads_no_json(store: Path) -> None:
    """Lines on a screen are no JSON; who counts milliseconds does without."""
    code, loaded = _modules(store, "list", "weber")
    assert code == 0
    assert "json" not in loaded


@pytest.mark.parametrize("paper", PRINTED)
def test_the_help_of_print_draws_nothing(paper: str, store: Path) -> None:
    """The options of a paper are told without what draws it."""
    code, loaded = _modules(store, "print", paper, "--help")
    assert code == 0
    assert not loaded & HEAVY


def test_a_printing_command_is_seen_to_load_them(store: Path, tmp_path: Path) -> None:
    """The same look at a command that draws finds what it loads, so the look is not blind."""
    code, loaded = _modules(store, "print", "cards", "anna kowalska", "-o", str(tmp_path / "cards.pdf"))
    assert code == 0
    assert {"reportlab", "jinja2"} <= loaded
    own = tmp_path / "own.db"  # the others look into a store without such a day
    shutil.copy(store, own)
    code, loaded = _modules(own, "day", "anna kowalska", "feast", "hebrew 15 Av")
    assert code == 0
    assert ALMANAC in loaded

"""Measure what a day costs: `.venv/bin/python bench/remind.py`.

`today`, its line for a shell and `season plan` against a bare program, `today` of 100,000 contacts against
that of 10,000, both less the start, and the seconds of `calendar`. Of every book 500 are near.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from run import HERE
from run import RELCARD
from run import cpu_seconds

_ROUNDS = 5
_NEAR = 500
_SEASON = 1_000


def main() -> None:
    """Make the books and print a line for each measure, with its aim."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files are part of an installed program
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CONFIG_HOME"] = str(folder)  # the settings of whoever measures play no part
        small, large, season = (_book(folder, size) for size in (10_000, 100_000, _SEASON))
        cpu_seconds((*season, "circle", "close", "--no-circle"))
        cpu_seconds((*season, "season", "start", "christmas"))
        calendar = (*small, "calendar", "-o", str(folder / "days.ics"))
        bare = _seconds((sys.executable, "-c", "import click, sqlite3"))
        start, ten = _seconds((*RELCARD, "--help")), _seconds((*small, "today"))
        hundred = _seconds((*large, "today"))
        _say("today of 10,000 / import click, sqlite3", ten / bare, 1.5)
        _say("today of 100,000 / 10,000, less the start", (hundred - bare) / (ten - bare), 12)
        _say("today --shell, a later one / --help", _seconds((*small, "today", "--shell")) / start, 1.3)
        _say("season plan of 1,000 / import click, sqlite3", _seconds((*season, "season", "plan")) / bare, 3)
        _say("calendar of 10,000, in seconds", _seconds(calendar), 1.5)


def _book(folder: Path, size: int) -> tuple[str, ...]:
    """Import so many contacts, some of them near; return the words that begin every command on the book."""
    cards, store = folder / f"{size}.vcf", folder / f"{size}.db"
    relcard = (*RELCARD, "--today", "2026-11-20", "--store", str(store))
    cpu_seconds((sys.executable, str(HERE / "generate.py"), str(cards), str(size)))
    cpu_seconds((*relcard, "--quiet", "import", str(cards)))
    near = (f"bench-{number:06}" for number in range(0, size, max(1, size // _NEAR)))
    cpu_seconds((*relcard, "--quiet", "circle", "close", *near))
    return relcard


def _seconds(command: tuple[str, ...]) -> float:
    cpu_seconds(command)  # writes compiled files and warms the disk's cache
    return statistics.median(cpu_seconds(command) for _ in range(_ROUNDS))


def _say(what: str, figure: float, aim: float) -> None:
    print(f"{what:<48}{figure:>7.2f}{aim:>7.2f}{'' if figure <= aim else ' !'}", flush=True)


if __name__ == "__main__":
    main()

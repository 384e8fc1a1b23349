"""Measure relcard against the least that its work could cost: `.venv/bin/python bench/run.py [-n PAIRS]`.

Each line is a pair of whole processes, run in turn (A B A B ...): relcard, and the bare work beside it on the
same data. What counts is the ratio of their CPU time (user and system), pair by pair; seconds only give the
size. The data are made anew, always the same: ten thousand contacts, unless a line says otherwise.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

HERE = Path(__file__).parent
RELCARD = (sys.executable, "-c", "from relcard.cli.main import main; main()")
CONTACTS = 10_000
LABELS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two commands to compare; `aim` is the most that the first may cost of the second."""

    what: str
    ours: Sequence[str]
    bare: Sequence[str]
    aim: float
    before: Callable[[], None] = lambda: None


def cpu_seconds(command: Sequence[str]) -> float:
    """Run a command, its output thrown away, and return its CPU seconds; one that fails ends the bench."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.execvp(command[0], list(command))  # noqa: S606  our own commands, without a shell
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime


def measure(pair: Pair, runs: int) -> str:
    """Return a line of the table: median, least and greatest ratio, the aim, the median seconds."""
    ours, bare = [], []
    for run in range(runs + 1):
        pair.before()
        one, other = cpu_seconds(pair.ours), cpu_seconds(pair.bare)
        if run:  # the first pair writes compiled files and warms the disk's cache
            ours.append(one)
            bare.append(other)
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    ratio = statistics.median(ratios)
    seconds = f"{statistics.median(ours):>7.3f}{statistics.median(bare):>8.3f}"
    return (
        f"{pair.what:<44}{ratio:>7.2f}  {min(ratios):>5.2f}..{max(ratios):<6.2f}{pair.aim:>5.2f}"
        f"{'' if ratio <= pair.aim else ' !':<3}{seconds}"
    )


def pairs(folder: Path) -> list[Pair]:
    """Make the data in a folder and return what is compared."""
    twins, with_twins = folder / "twins.vcf", folder / "twins.db"
    book, store = folder / "book.vcf", folder / "book.db"
    fresh, other = folder / "fresh.db", folder / "other.db"
    generate = (sys.executable, str(HERE / "generate.py"))
    cpu_seconds((*generate, str(book), str(CONTACTS)))
    # One day for all: where the store is of a later one, `today` first asks which of them is right.
    with_book = (*RELCARD, "--today", "2026-11-20", "--store", str(store))
    cpu_seconds((*with_book, "import", str(book)))
    names = [line for line in book.read_text(encoding="utf-8").splitlines() if line.startswith("FN:")]
    cards = (f"BEGIN:VCARD\r\nVERSION:3.0\r\n{name}\r\nEND:VCARD\r\n" for name in names[:30])
    twins.write_text("".join(cards), encoding="utf-8")
    cpu_seconds((*RELCARD, "--store", str(with_twins), "import", str(book)))
    cpu_seconds((*RELCARD, "--store", str(with_twins), "import", str(twins)))
    card_list, its_people, households = folder / "list.csv", folder / "list.vcf", folder / "households.csv"
    make_list = (sys.executable, str(HERE / "list.py"))
    cpu_seconds((*make_list, str(card_list), str(CONTACTS)))
    cpu_seconds((*make_list, str(its_people), str(CONTACTS), "vcf"))
    cpu_seconds((*make_list, str(households), str(LABELS)))
    with_years = (*RELCARD, "--store", str(folder / "years.db"), "--today", "2026-11-20")
    cpu_seconds((*with_years, "import", str(households)))
    today = (*with_book, "today")
    click = (sys.executable, "-c", "import click")
    with_sqlite = (sys.executable, "-c", "import click, sqlite3")
    vobject = (sys.executable, str(HERE / "vobject_read.py"), str(book))
    first_import = (*RELCARD, "--store", str(fresh), "import", str(book))

    def no_store() -> None:
        fresh.unlink(missing_ok=True)
        other.unlink(missing_ok=True)
        shutil.rmtree(folder / "backups", ignore_errors=True)

    return [
        Pair(what="--help / import click", ours=(*RELCARD, "--help"), bare=click, aim=1.15),
        Pair(what="today / import click, sqlite3", ours=today, bare=with_sqlite, aim=1.5),
        Pair(
            what="show / import click, sqlite3",
            ours=(*with_book, "show", "Anna Abbott-0"),
            bare=with_sqlite,
            aim=1.6,
        ),
        Pair(
            what="list WORD / import click, sqlite3",
            ours=(*with_book, "list", "Abbott-10"),
            bare=with_sqlite,
            aim=1.3,
        ),
        Pair(
            what="first page of --sit / import textual",
            ours=(sys.executable, str(HERE / "first_pair.py"), str(with_twins)),
            bare=(sys.executable, "-c", "import click, sqlite3, textual.app"),
            aim=2.3,
        ),
        Pair(what="list all / import click, sqlite3", ours=(*with_book, "list"), bare=with_sqlite, aim=4.0),
        Pair(
            what="first import / vobject.readComponents",
            ours=first_import,
            bare=vobject,
            aim=0.3,
            before=no_store,
        ),
        Pair(
            what="re-import / first import",
            ours=(*with_book, "import", str(book)),
            bare=first_import,
            aim=0.3,
            before=no_store,
        ),
        # Two short ways in `vcard` that stand beside a general one, each for what it saves.
        Pair(
            what="first import / without vcard.read.read_plain",
            ours=first_import,
            bare=(
                *_without("relcard.vcard.read", "read_plain", "None"),
                *("--store", str(other), "import", str(book)),
            ),
            aim=0.85,
            before=no_store,
        ),
        Pair(
            what="re-import / without split's plain cards",
            ours=(*with_book, "import", str(book)),
            bare=(
                *_without("relcard.vcard.split", "_Splitter._plain_cards", "()"),
                *with_book[len(RELCARD) :],
                "import",
                str(book),
            ),
            aim=0.85,
        ),
        Pair(
            what="list with ten years / the same people as vCards",
            ours=(*RELCARD, "--store", str(fresh), "import", str(card_list)),
            bare=(*RELCARD, "--store", str(other), "import", str(its_people)),
            aim=1.5,
            before=no_store,
        ),
        Pair(
            what="years of 3,000 / import click, sqlite3",
            ours=(*with_years, "years"),
            bare=with_sqlite,
            aim=3.0,
        ),
    ]


def _without(module: str, function: str, returned: str) -> tuple[str, ...]:
    """Return the command of a relcard of which one function returns this at once."""
    instead = f"import {module}; {module}.{function} = lambda *_: {returned}"
    program = f"{instead}; from relcard.cli.main import main; main()"
    return (sys.executable, "-c", program)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure relcard against the bare work.")
    parser.add_argument("-n", type=int, default=5, help="pairs of each line (5)")
    parser.add_argument("only", nargs="*", help="words of the lines to measure; else all")
    wanted = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files are part of an installed program
    with tempfile.TemporaryDirectory() as name:
        every = pairs(Path(name))
        title = f"CPU, median of {wanted.n}"
        print(f"{title:<44}{'ratio':>7}  {'least..most':<13}{'aim':>5}   {'ours s':>7}{'bare s':>8}")
        for pair in every:
            if not wanted.only or any(word in pair.what for word in wanted.only):
                print(measure(pair, wanted.n), flush=True)


if __name__ == "__main__":
    main()

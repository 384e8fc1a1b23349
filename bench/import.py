"""Measure first imports and their memory: `.venv/bin/python bench/import.py [COUNT ...]` (10000 100000).

Each count is a book made anew, once of singles and once of families, imported into a store that does not
exist yet, then imported again. CPU is user and system time of the whole process; the peak is the most memory
it held.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from run import HERE
from run import RELCARD


def run(command: tuple[str, ...]) -> tuple[float, float]:
    """Run a command with its output thrown away; return CPU seconds and the peak in MiB."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execvp(command[0], command)  # noqa: S606  our own commands, without a shell
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main(counts: list[int]) -> None:
    """Print a line for each count, and how the last compares with the first."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(
        f"{'contacts':>9}{'import s':>10}{'again s':>9}{'again/first':>13}{'peak MiB':>10}{'again MiB':>11}"
    )
    with tempfile.TemporaryDirectory() as name:
        for mix in ("singles", "families"):
            print(mix)
            measure(Path(name), mix, counts)


def measure(folder: Path, mix: str, counts: list[int]) -> None:
    """Print the lines of one mix of people."""
    first: tuple[float, float] | None = None
    for count in counts:
        book, store = folder / f"{mix}{count}.vcf", folder / f"{mix}{count}.db"
        run((sys.executable, str(HERE / "generate.py"), str(book), str(count), mix))
        command = (*RELCARD, "--store", str(store), "import", str(book))
        seconds, peak = run(command)
        again, again_peak = run(command)
        memory = f"{peak:>10.1f}{again_peak:>11.1f}"
        print(f"{count:>9}{seconds:>10.2f}{again:>9.2f}{again / seconds:>13.2f}{memory}", flush=True)
        if first is None:
            first = seconds, peak
        else:
            print(f"{'':>9}{seconds / first[0]:>9.1f}x{'':>22}{peak / first[1]:>9.2f}x")


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [10_000, 100_000])

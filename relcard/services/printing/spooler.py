"""The printers of this computer, by way of lp or lpr (CUPS), and a PDF sent to one at its true size."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.printing.imposition import PAGES
from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 60  # seconds: a spooler answers in one, a printer that sleeps is its own matter
_SIDES = {
    "one-sided": "one side",
    "two-sided-long-edge": "both sides, turned over the long edge",
    "two-sided-short-edge": "both sides, turned over the short edge",
}


class Sending(NamedTuple):
    """How a PDF goes to a printer; `media`, `sides` and `tray` as CUPS names them, "" for no tray."""

    printer: str
    media: str
    sides: str
    tray: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What lp and lpr are told: never scaled, the page's own size, its sides, the tray."""
        media = f"{self.media},{self.tray}" if self.tray else self.media
        return ("print-scaling=none", f"media={media}", f"sides={self.sides}")

    def in_words(self) -> str:
        """Say it as "Office: A4, one side, from manual, not scaled"."""
        tray = f", from {self.tray}" if self.tray else ""
        size = re.sub(r"Custom\.(.+)x(.+)mm", r"\1 x \2 mm", self.media)
        return f"{self.printer}: {size}, {_SIDES[self.sides]}{tray}, not scaled"


class Sent(NamedTuple):
    """What became of it: the spooler's name of the job, "" where it says none, or its complaint."""

    job: str = ""
    complaint: str = ""


def list_queues() -> list[str]:
    """Return the names of the printers, none where lpstat is missing or has nothing to say."""
    if shutil.which("lpstat") is None:
        return []
    code, said, _ = _run("lpstat", "-e")
    return said.split("\n") if code == 0 and said else []


def find_queue(name: str) -> str:
    """Return the printer of that name as the computer writes it.

    Raises `NotFoundError` where there is none, or no way to print at all.
    """
    if not _command():
        raise NotFoundError(
            "There is neither lp nor lpr on this computer, by which pages are sent to a printer.",
            hint="Leave --to out and print the PDF from a viewer at 100 %, or install CUPS.",
        )
    queues = list_queues()
    same = [queue for queue in queues if queue.casefold() == name.casefold()]
    if same or (not queues and shutil.which("lpstat") is None):
        return same[0] if same else name  # without lpstat the spooler alone knows its printers
    known = f" There are: {', '.join(queues)}." if queues else ""
    raise NotFoundError(
        f"This computer has no printer {name}.{known}", hint="All of them: relcard printer list"
    )


def plan_sending(pdf: bytes, printer: str, tray: str = "") -> Sending:
    """Return how a PDF is to be sent: media and sides are those it was drawn for."""
    from relcard.paper.page_format import read_format  # noqa: PLC0415  pypdfium2, 90 ms: only what is sent needs it

    page = read_format(pdf)
    for name, (width, height) in PAGES.items():
        if {round(page.width), round(page.height)} == {round(width), round(height)}:
            return Sending(printer, name, page.sides, tray)
    return Sending(printer, f"Custom.{page.width:.4g}x{page.height:.4g}mm", page.sides, tray)


def send(path: Path, sending: Sending) -> Sent:
    """Hand a PDF to the spooler. What it complains of is no fault of ours, and comes back in its words."""
    command = _command()
    to = ("-d", sending.printer, "-t", path.name) if command == "lp" else ("-P", sending.printer)
    options = [word for option in sending.options for word in ("-o", option)]
    code, said, complaint = _run(command, *to, *options, str(path.absolute()))
    if code:
        return Sent(complaint=complaint or f"{command} gave up without a word")
    job = re.search(r"request id is (\S+)", said)
    return Sent(job=job[1] if job else "")


def _command() -> str:
    return next((command for command in ("lp", "lpr") if shutil.which(command)), "")


def _run(command: str, *words: str) -> tuple[int, str, str]:
    """Run a command of the spooler in plain English; return its exit code, what it said and complained of."""
    import subprocess  # noqa: PLC0415  6 ms, where a page is sent or printers are listed

    try:
        answer = subprocess.run(  # noqa: S603  a command of the system's, its words given one by one
            [command, *words],
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        return 1, "", str(error)
    said, complaint = (part.decode(errors="replace").strip() for part in (answer.stdout, answer.stderr))
    return answer.returncode, said, complaint

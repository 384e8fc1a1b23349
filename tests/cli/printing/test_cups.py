"""Straight to the printer, with a real CUPS: a scheduler of the test's own, on a socket in a folder of its own.

Left out where CUPS is not installed. Its printers write what they get to a file: Office as it comes, Den behind
the filter by which CUPS scales.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import ImageChops

from tests.support.peers import peer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.command_line import Runner

DPI = 144
PATIENCE = 20  # seconds
PARTS = Path("/usr/lib/cups")  # ServerBin as Debian has it
KEEP = '#!/bin/sh\n[ $# = 0 ] && exit 0\nprintf "%s\\n" "$3" "$5" > "{out}/told"\ncat "${{6:--}}" > "{out}/part"\nmv "{out}/part" "{out}/taken.pdf"\n'
FILES = """SystemGroup root
ServerRoot {here}
ServerBin {here}/bin
RequestRoot {here}/spool
CacheDir {here}/cache
StateDir {here}/state
TempDir {here}/temp
ErrorLog {here}/errors
AccessLog {here}/accesses
PageLog {here}/pages
"""
SCHEDULER = """Listen {here}/socket
Browsing No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


# A printer that takes PDF, A4 or any size, behind the filter of CUPS that scales.
DRIVER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "DEN.PPD"
*Manufacturer: "Den"
*Product: "(Den)"
*ModelName: "Den"
*ShortNickName: "Den"
*NickName: "Den"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize: PickOne
*DefaultPageSize: Letter
*PageSize A4: ""
*PageSize Letter: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: Letter
*PageRegion A4: ""
*PageRegion Letter: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea A4: "12 12 583 830"
*ImageableArea Letter: "12 12 600 780"
*DefaultPaperDimension: Letter
*PaperDimension A4: "595 842"
*PaperDimension Letter: "612 792"
*VariablePaperSize: True
*MaxMediaWidth: "1000"
*MaxMediaHeight: "1400"
*HWMargins: 12 12 12 12
*CustomPageSize True: "pop pop pop pop pop"
*ParamCustomPageSize Width: 1 points 72 1000
*ParamCustomPageSize Height: 2 points 72 1400
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 3
"""


def waited_for(path: Path) -> bytes:
    """Return a file once a printer has finished it."""
    for _ in range(PATIENCE * 20):
        if path.exists():
            return path.read_bytes()
        time.sleep(0.05)
    pytest.fail(f"nothing was printed to {path}")


def edges(pdf: bytes) -> list[tuple[float, ...]]:
    """Return of each page its width and height, and where its ink begins and ends, in mm."""
    found = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            ink = ImageChops.invert(page.render(scale=DPI / 72).to_pil().convert("L")).point(
                lambda grey: 255 * (grey > 64)
            )
            found.append(tuple(length / DPI * 25.4 for length in (*ink.size, *(ink.getbbox() or ()))))
    return found


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Start a scheduler with a printer Office, which commands of this process know; return where it prints to."""
    scheduler = peer("cupsd")
    here = Path(tempfile.mkdtemp(prefix="cups"))  # a socket's path is short, and filters run as another user
    _furnish(here)
    monkeypatch.setenv("CUPS_SERVER", str(here / "socket"))
    process = subprocess.Popen(
        [scheduler, "-f", "-c", str(here / "cupsd.conf"), "-s", str(here / "cups-files.conf")]
    )
    try:
        for _ in range(PATIENCE * 20):
            if (here / "socket").exists():
                break
            time.sleep(0.05)
        administer("-p", "Office", "-E", "-v", "keep:/")
        yield here / "out"
    finally:
        process.terminate()
        process.wait(PATIENCE)
        shutil.rmtree(here)


def _furnish(here: Path) -> None:
    """Put what a scheduler needs into a folder: settings, CUPS's own parts, and a printer that keeps."""
    here.chmod(0o755)
    for name in ("out", "temp"):
        (here / name).mkdir()
        (here / name).chmod(0o1777)
    (here / "bin" / "backend").mkdir(parents=True)
    for part in PARTS.iterdir():
        if part.name != "backend":
            (here / "bin" / part.name).symlink_to(part)
    for path, text in (
        ("bin/backend/keep", KEEP.format(out=here / "out")),
        ("cups-files.conf", FILES.format(here=here)),
        ("cupsd.conf", SCHEDULER.format(here=here)),
    ):
        (here / path).write_text(text, encoding="utf-8")
    (here / "bin" / "backend" / "keep").chmod(0o700)


def administer(*words: str) -> None:
    """Tell the scheduler of a printer."""
    subprocess.run(
        ["lpadmin", *words], check=True, capture_output=True, env={**os.environ, "PATH": "/usr/sbin:/usr/bin"}
    )


def test_a_printer_gets_the_very_pages_and_is_told_how(season: Runner, here: Path, out: Path) -> None:
    """Found by its name, listed; media, tray and sides are those CUPS understood, and nothing is scaled."""
    assert "sends to: Office" in season.done("printer", "list").out
    said = season("print", "labels", "--to", "office", "--from", "manual").out
    assert "sent to Office: A4, one side, from manual, not scaled (Office-1)" in " ".join(said.split())
    assert waited_for(out / "taken.pdf") == (here / "labels.pdf").read_bytes()
    title, options = (out / "told").read_text(encoding="utf-8").splitlines()
    assert title == "labels.pdf"
    assert {"media=A4,manual", "sides=one-sided", "print-scaling=none"} <= set(options.split())


@pytest.mark.parametrize("words", ["envelopes", "cards --card A5-top"])
def test_cups_scales_nothing_on_the_way(season: Runner, here: Path, out: Path, words: str) -> None:
    """Through its filters a page keeps its size and all ink its place, also where the printer's paper is Letter."""
    driver = here / "den.ppd"
    driver.write_text(DRIVER, encoding="utf-8")
    administer("-p", "Den", "-E", "-v", "keep:/", "-P", str(driver))
    season("print", *words.split(), "-o", "sent.pdf", "--to", "Den")
    printed = edges(waited_for(out / "taken.pdf"))
    for theirs, ours in zip(printed, edges((here / "sent.pdf").read_bytes()), strict=True):
        assert theirs == pytest.approx(ours, abs=0.5)

"""Draw docs/pictures from the program itself: paper and screens as they come out, small.

`make docs` draws them in the folder in which the transcripts of README.md have just run. Each bears a digest
of the words that were to be seen when it was made; tests/test_docs.py holds it against today's, so a picture
of what is no longer so is a failure on any machine, however its libraries draw.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import os
import re
from io import BytesIO
from typing import TYPE_CHECKING
from unittest.mock import patch

import pypdfium2
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from relcard.cli.main import relcard
from relcard.paper.fronts.design_library import list_designs
from relcard.tui.page_app import PageApp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = "2026-11-20"  # the day of the transcripts
# What makes the paper, the file, and the parts of it that are shown side by side: the page, and of its
# width and height from where to where (left, top, right, bottom).
_PAPER = {
    "card.png": (
        "print cards kowalska --ruled -o opened.pdf",
        "opened.pdf",
        ((0, (0.5, 0.0, 1.0, 0.5)), (1, (0.0, 0.0, 1.0, 0.5))),
    ),
    "crib.png": ("print crib -o crib.pdf", "crib.pdf", ((0, (0.0, 0.0, 1.0, 0.645)),)),
    "labels.png": ("print proof -o proof.pdf", "proof.pdf", ((0, (0.0, 0.0, 1.0, 0.42)),)),
}
_SCREENS = {"triage.svg": ("triage", 22), "desk.svg": ("desk kowalska", 29)}  # and how many lines
_DESIGNS = "designs.png"
_WIDTH, _WIDEST = 760, 1080  # pixels, of paper and of the designs
_TABLE, _GAP = (226, 226, 226), 16
_COLOURS, _MOST_COLOURS = 48, 256
_MADE_FROM = re.compile(rb"made-from\W+([0-9a-f]{64})")
_WEB_FONT = re.compile(r"@font-face \{.*?\}\n?", re.DOTALL)  # a picture loads nothing
_SCREEN_TEXT = re.compile(r"<text class=[^>]*>([^<]*)</text>")


def digest_in(picture: bytes) -> str:
    """Return the digest a picture bears, "" where it bears none."""
    match = _MADE_FROM.search(picture)
    return match[1].decode() if match else ""


def pictures(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield each picture with its name and the digest of what it shows; `folder` is where transcripts ran."""
    for name, (line, file, parts) in _PAPER.items():
        _run(f"--quiet {line}", folder)
        document = pypdfium2.PdfDocument(folder / file)
        digest = _digest(*(document[number].get_textpage().get_text_range() for number, _ in parts))
        yield name, digest, _as_png(_side_by_side([_part(document[at], box) for at, box in parts]), digest)
        document.close()
    _run(f"--quiet design list -o {_DESIGNS}", folder)
    art = [design.art.read_text(encoding="utf-8") for design in list_designs() if design.art]
    digest = _digest(*(f"{design.name} {design.layout}" for design in list_designs()), *art)
    yield _DESIGNS, digest, _as_png(Image.open(folder / _DESIGNS), digest, _WIDEST, _MOST_COLOURS)
    for name, (line, height) in _SCREENS.items():
        screen = _screen(line, height, folder)
        digest = _digest(*_SCREEN_TEXT.findall(screen))
        yield name, digest, screen.replace("</svg>", f"<!-- made-from {digest} -->\n</svg>").encode()


def _digest(*words: str) -> str:
    # Without blanks: where a library breaks lines or cuts runs of a colour is no news.
    return hashlib.sha256("".join(html.unescape("".join(words)).split()).encode()).hexdigest()


def _part(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Image.Image:
    image: Image.Image = page.render(scale=2).to_pil()
    sides = (image.width, image.height) * 2
    left, top, right, bottom = (round(share * side) for share, side in zip(box, sides, strict=True))
    return image.crop((left, top, right, bottom))


def _side_by_side(images: list[Image.Image]) -> Image.Image:
    width = sum(image.width + _GAP for image in images) + _GAP
    table = Image.new("RGB", (width, max(image.height for image in images) + 2 * _GAP), _TABLE)
    left = _GAP
    for image in images:
        table.paste(image, (left, _GAP))
        left += image.width + _GAP
    return table


def _as_png(image: Image.Image, digest: str, width: int = _WIDTH, colours: int = _COLOURS) -> bytes:
    small = image.convert("RGB").resize(
        (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
    )
    note, out = PngInfo(), BytesIO()
    note.add_text("made-from", digest)
    small.quantize(colours).save(out, "PNG", optimize=True, pnginfo=note)
    return out.getvalue()


def _screen(line: str, height: int, folder: Path) -> str:
    """Return the first screen of a full-screen command as SVG."""
    screens: list[str] = []

    def look(page: PageApp) -> None:
        async def sit() -> None:
            async with page.run_test(size=(80, height)) as pilot:
                await pilot.pause()
                screens.append(page.export_screenshot(title=f"relcard {line}"))

        asyncio.run(sit())

    with patch.object(PageApp, "keep_to_the_end", look), patch("relcard.cli.full_screen.sys"):
        _run(f"--quiet {line}", folder)
    return _WEB_FONT.sub("", screens[0])


def _run(line: str, folder: Path) -> None:
    here = {"RELCARD_STORE": "relcard.db", "RELCARD_TODAY": TODAY, "RELCARD_FONTS": "packaged"}
    back = os.getcwd()  # noqa: PTH109  of this process, put back below
    os.chdir(folder)
    try:
        with patch.dict(os.environ, here):
            relcard.main(line.split(), prog_name="relcard", standalone_mode=False)
    finally:
        os.chdir(back)

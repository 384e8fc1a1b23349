"""Every kind of paper as the words of its command, and a process that prints them.

`python -m tests.support.papers` takes {"folder": where the stores lie, "to": a file} as JSON on its input and
writes the digest of each PDF there. It is for another process than that of the tests, whose sets are in
another order: the same words must make the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from relcard.cli import main
from relcard.domain.printing.card_size import SIZES
from relcard.paper.fronts.design_library import list_designs
from relcard.paper.text.shaping import forget
from tests.support.command_line import DAY
from tests.support.command_line import Screen

PICTURE = "picture.png"  # in the folder in which the commands are given


class Paper(NamedTuple):
    """What makes a PDF, from which store; `language` is that of its words, `fonts` is RELCARD_FONTS."""

    words: str
    store: str = "season"
    language: str = "en"
    fonts: str = "packaged"


# Addresses are in no language of ours: "und".
_PAPERS = (
    Paper("print labels --address-mode label", language="und"),
    Paper("print labels hannah omar --stock 5160", language="und"),
    Paper("print return", language="und"),
    Paper("print envelopes --address-mode label", language="und"),
    Paper("print envelopes --test-page"),
    Paper("print postcards --address-mode label", language="und"),
    Paper("print proof", language="und"),
    Paper("print crib"),
    Paper("print crib --full"),
    Paper("print crib --pictures"),
    Paper("print guides"),
    Paper("print years"),
    Paper("print book --years"),
    Paper("print book --booklet"),
    Paper("print calibration"),
    Paper("print cards"),
    Paper("print cards --shop"),
    Paper("print cards --ruled"),
    Paper("print cards --sides 1 --test-page"),
    Paper("hand page"),
    Paper("print postcards --all --address-mode label --boxes", "scripts", "und", "extras"),
    Paper("print labels --all --address-mode label", "scripts", "und", "extras"),
    Paper("print book", "scripts", "en", "extras"),
)


def _card(design: str, size: str) -> Paper:
    photo = f" --photo {PICTURE}" if design.startswith("photo") else ""
    return Paper(f"print cards hannah --design {design} --card {size}{photo}", language="de")


PAPERS = (
    *_PAPERS,
    *(
        _card(design, size)
        for design, size in zip_longest([design.name for design in list_designs()], SIZES, fillvalue="A6")
    ),
)


def digest(pdf: Path) -> str:
    """Return what two files share only when every byte of them is the same."""
    return sha256(pdf.read_bytes()).hexdigest()


def copied(folder: Path, name: str, to: Path) -> None:
    """Put a store, its settings and its pictures in another place."""
    shutil.copy(folder / f"{name}.db", to)
    shutil.copy(folder / f"{name}.toml", to.with_suffix(".toml"))
    pictures = folder / f"{name}.db.pictures"
    if pictures.exists():
        shutil.copytree(pictures, to.with_name(f"{to.name}.pictures"), dirs_exist_ok=True)


def _print_all() -> None:
    order = json.load(sys.stdin)
    store, pdf = Path("elsewhere.db"), Path("elsewhere.pdf")
    digests = {}
    for paper in PAPERS:
        os.environ["RELCARD_FONTS"] = paper.fonts
        forget()
        copied(Path(order["folder"]), paper.store, store)
        said = Screen()
        with redirect_stdout(said), redirect_stderr(said):
            main.run(["--store", str(store), "--today", DAY, *paper.words.split(), "-o", str(pdf)])
        if not pdf.exists():
            sys.exit(f"{paper.words}: {said.seen().decode()}")
        digests[paper.words] = digest(pdf)
        pdf.unlink()
    Path(order["to"]).write_text(json.dumps(digests), encoding="utf-8")


if __name__ == "__main__":
    _print_all()

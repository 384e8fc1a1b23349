"""Measure relcard beside other programs where they are installed: `bench/peers.py [-n PAIRS]`.

khard lists the same ten thousand contacts; pylabels and gLabels draw the same three thousand labels. None of
them is needed by relcard: pylabels and khard are looked for beside the Python given by --python and on the
PATH, and what is not there is passed over. Each line is a pair of whole processes in turn, as in `run.py`.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from run import CONTACTS
from run import HERE
from run import LABELS
from run import RELCARD
from run import Pair
from run import cpu_seconds
from run import measure

_TEMPLATE = """<?xml version="1.0"?>
<Glabels-document xmlns="http://glabels.org/xmlns/3.0/">
  <Template brand="Avery" part="L7160" size="A4" description="Labels">
    <Label-rectangle id="0" width="63.5mm" height="38.1mm" round="1.8mm" x_waste="0mm" y_waste="0mm">
      <Markup-margin size="5pt"/>
      <Layout nx="3" ny="7" x0="7.21mm" y0="15.15mm" dx="66.04mm" dy="38.1mm"/>
    </Label-rectangle>
  </Template>
  <Objects id="0" rotate="False">
    <Object-text x="8pt" y="8pt" w="160pt" h="90pt" justify="Left" valign="Top" auto_shrink="False"
                 shadow="False" a0="1" a1="0" a2="0" a3="1" a4="0" a5="0">
      <Span font_family="Sans" font_size="10" font_weight="Regular" font_italic="False" color="0x000000ff"
            line_spacing="1">{fields}</Span>
    </Object-text>
  </Objects>
  <Merge type="Text/Comma" src="{source}"/>
  <Data/>
</Glabels-document>
"""
_KHARD = """[addressbooks]
[[book]]
path = {folder}
[general]
debug = no
[contact table]
display = formatted_name
"""


def pairs(folder: Path, python: Path) -> list[Pair]:
    """Make the data in a folder and return what can be compared on this computer."""
    beside = os.pathsep.join((str(python.parent), os.environ["PATH"]))
    book, store = folder / "book.vcf", folder / "book.db"
    cpu_seconds((sys.executable, str(HERE / "generate.py"), str(book), str(CONTACTS)))
    found = []
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    khard = shutil.which("khard", path=beside)
    if khard:
        cpu_seconds((*RELCARD, "--store", str(store), "import", str(book)))
        cards, settings = folder / "cards", folder / "khard.conf"
        _divide(book, cards)
        settings.write_text(_KHARD.format(folder=cards), "utf-8")
        ours = (*RELCARD, "--store", str(store), "list")
        found.append(
            Pair(
                what="list of 10,000 / khard list",
                ours=ours,
                bare=(khard, "-c", str(settings), "list"),
                aim=0.03,
            )
        )
    labels, labels_store = folder / "labels.vcf", folder / "labels.db"
    cpu_seconds((sys.executable, str(HERE / "generate.py"), str(labels), str(LABELS)))
    cpu_seconds((*RELCARD, "--store", str(labels_store), "import", str(labels)))
    ours = (
        *RELCARD,
        "--store",
        str(labels_store),
        "print",
        "labels",
        "--all",
        "-o",
        str(folder / "ours.pdf"),
    )
    rows = folder / "labels.csv"
    _write_rows(labels, rows)
    if subprocess.run((str(python), "-c", "import labels"), check=False, capture_output=True).returncode == 0:
        theirs = (str(python), str(HERE / "pylabels_draw.py"), str(rows), str(folder / "pylabels.pdf"))
        found.append(Pair(what="3,000 labels / pylabels", ours=ours, bare=theirs, aim=1.0))
    glabels = shutil.which("glabels-3-batch") or shutil.which("glabels-batch-qt")
    if glabels:
        drawing = folder / "labels.glabels"
        fields = "<NL/>".join(f'<Field name="{number}"/>' for number in range(1, 5))
        drawing.write_text(_TEMPLATE.format(fields=fields, source=rows), "utf-8")
        theirs = (glabels, "-o", str(folder / "glabels.pdf"), str(drawing))
        found.append(Pair(what="3,000 labels / gLabels", ours=ours, bare=theirs, aim=1.0))
    return found


def _divide(book: Path, folder: Path) -> None:
    """Put each vCard into a file of its own, as khard reads them."""
    folder.mkdir()
    for number, card in enumerate(
        re.findall(r"BEGIN:VCARD.*?END:VCARD\r?\n", book.read_text("utf-8"), re.DOTALL)
    ):
        (folder / f"{number}.vcf").write_text(card, "utf-8", newline="")


def _write_rows(book: Path, rows: Path) -> None:
    """Write name, street, place and country of each vCard with an address, as a table that others read."""
    addresses = []
    name = ""
    for line in book.read_text(encoding="utf-8").splitlines():
        head, _, value = line.partition(":")
        if head == "FN":
            name = value
        elif head.startswith("ADR"):
            _, _, street, town, _, postcode, country = value.split(";")
            addresses.append((name, street, f"{postcode} {town}", country.upper()))
    with rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(addresses)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure relcard beside other programs.")
    parser.add_argument("-n", type=int, default=3, help="pairs of each line (3)")
    parser.add_argument(
        "--python", type=Path, default=Path(sys.executable), help="that has pylabels and khard"
    )
    wanted = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files are part of an installed program
    with tempfile.TemporaryDirectory() as name:
        every = pairs(Path(name), wanted.python)
        title = f"CPU, median of {wanted.n}"
        print(f"{title:<44}{'ratio':>7}  {'least..most':<13}{'aim':>5}   {'ours s':>7}{'theirs s':>8}")
        for pair in every:
            print(measure(pair, wanted.n), flush=True)
    if not every:
        print("None of khard, pylabels and gLabels is installed here.")


if __name__ == "__main__":
    main()

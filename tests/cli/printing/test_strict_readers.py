"""Every kind of PDF: before a reader that forgives nothing, and the same bytes again in another process.

The reader is qpdf's, each of its warnings an error. Skipped where pikepdf is not installed; the extra `test`
brings it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from relcard.cli.chapters import PRINTED
from relcard.paper.text.shaping import forget
from tests.support.command_line import Runner
from tests.support.papers import PAPERS
from tests.support.papers import PICTURE
from tests.support.papers import copied
from tests.support.papers import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.papers import Paper

pikepdf = pytest.importorskip("pikepdf")
ROOT = Path(__file__).parents[3]
SENDERS = {"season": "4 Orchard Row, Bath, BA1 5DQ", "scripts": "150-0002, 東京都渋谷区渋谷2-4-6"}
IN_SCRIPTS = (
    ("佐藤 健", "佐藤;健;;;", ";;本町1-2-3;渋谷区;東京都;150-0001;日本"),
    ("김민수", "김;민수;;;", ";;세종대로 12;서울;;03172;대한민국"),
    ("कमला शर्मा", "शर्मा;कमला;;;", ";;गांधी मार्ग 5;नई दिल्ली;;110001;India"),
    ("ليلى منصور", "منصور;ليلى;;;", ";;شارع النيل 7;القاهرة;;11511;مصر"),
)


def check(path: Path, language: str = "en") -> None:
    """Read a PDF to the last operator; whatever qpdf would mend or warn of fails."""
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        assert pdf.pdf_version == "1.7"
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo.Title)
        for page in pdf.pages:
            pikepdf.parse_content_stream(page)
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
                pikepdf.parse_content_stream(thing)
        assert pdf.get_warnings() == []


@pytest.fixture(scope="module")
def folder(_stores: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a picture lies, and two stores: of a season, and of people in four scripts."""
    folder = tmp_path_factory.mktemp("papers")
    Image.new("RGB", (1300, 1300), (120, 150, 110)).save(folder / PICTURE)
    copied(_stores["season"].parent, "season", folder / "season.db")
    cards = (
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:{parts}\nADR:{address}\nEND:VCARD\n"
        for name, parts, address in IN_SCRIPTS
    )
    (folder / "scripts.vcf").write_text("".join(cards), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        season, scripts = (Runner(folder / f"{name}.db", patch) for name in SENDERS)
        season.done("picture", "kowalska", str(folder / PICTURE), "--on", "2025")
        scripts.done("import", str(folder / "scripts.vcf"))
        scripts.done("settings", "set", "sender.country", "JP")
        for sender, address in zip((season, scripts), SENDERS.values(), strict=True):
            sender.done("settings", "set", "sender.address", address)
    return folder


@pytest.fixture(scope="module")
def elsewhere(folder: Path) -> Mapping[str, str]:
    """Return the digest of each paper as another process prints it, in which sets are in another order."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    subprocess.run(
        [sys.executable, "-m", "tests.support.papers"],
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "RELCARD_STOCK": ""},
        input=json.dumps({"folder": str(folder), "to": "digests.json"}).encode(),
    )
    digests: Mapping[str, str] = json.loads((folder / "digests.json").read_bytes())
    return digests


@pytest.mark.parametrize("paper", PAPERS, ids=[paper.words for paper in PAPERS])
def test_every_paper_is_valid_and_the_same_elsewhere(
    run: Runner,
    folder: Path,
    elsewhere: Mapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
    paper: Paper,
) -> None:
    """It has no fault, says the version whose keys it uses, a language and a title, and is the same again."""
    copied(folder, paper.store, run.store)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("RELCARD_FONTS", paper.fonts)
    forget()  # a file numbers the signs of other scripts as its process came upon them
    assert run(*paper.words.split(), "-o", "paper.pdf").code in (0, 5)
    check(folder / "paper.pdf", paper.language)
    assert digest(folder / "paper.pdf") == elsewhere[paper.words]


def test_no_paper_is_left_out() -> None:
    """Whatever `print` makes stands in the table."""
    assert {paper.words.split()[1] for paper in PAPERS if paper.words.startswith("print ")} == set(PRINTED)


def test_cards_are_in_the_language_of_most_of_their_words(season: Runner, here: Path) -> None:
    """German words make a German document, also for a shop; of two the first, else the many decide."""
    season.done("household", "set", "hannah", "--language", "de")
    for who, language in ((("hannah", "omar"), "de"), ((), "en")):
        for more in ((), ("--shop",)):
            season("print", "cards", *who, *more, "-o", "paper.pdf")
            check(here / "paper.pdf", language)

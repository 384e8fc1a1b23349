from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from relcard.cli.chapters import PRINTED
from relcard.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.mark.parametrize("what", ["labels", "cards", "envelopes", "crib", "guides"])
def test_a_preview_lies_beside_the_pdf(season: Runner, here: Path, what: str) -> None:
    """Every print command makes a PNG of the same name, the user's alone, and names it in JSON and words."""
    (file,) = season("print", what, "--preview", "--json").json["files"]
    assert file["preview"] == f"{what}.png"
    picture = here / f"{what}.png"
    assert picture.stat().st_mode & 0o777 == 0o600
    with Image.open(picture) as image:
        assert min(image.size) > 400
    assert f"{what}.png  a look at" in season("print", what, "--preview").out
    assert {one.name for one in here.iterdir()} == {f"{what}.pdf", f"{what}.png"}


def test_the_preview_takes_the_name_of_the_pdf(season: Runner, here: Path) -> None:
    """The ending changes; a PDF that is called .png itself keeps its place."""
    for name, picture in (("a.pdf", "a.png"), ("b", "b.png"), ("c.png", "c.png.png")):
        (file,) = season("print", "guides", "--preview", "--json", "-o", name).json["files"]
        assert (file["path"], file["preview"]) == (name, picture)
        assert (here / name).read_bytes().startswith(b"%PDF")
        assert (here / picture).read_bytes().startswith(b"\x89PNG")


def test_a_photo_of_the_users_is_never_replaced(season: Runner, here: Path) -> None:
    """Where another picture has the name, nothing is printed and nothing moves; a preview gives way to a new one."""
    out = BytesIO()
    Image.new("RGB", (30, 30), "red").save(out, "PNG")
    (here / "cards.png").write_bytes(out.getvalue())
    before = season.bytes
    result = season("print", "cards", "--preview")
    assert result.code == 2
    assert "cards.png" in result.err
    assert (here / "cards.png").read_bytes() == out.getvalue()
    assert not (here / "cards.pdf").exists()
    assert season.bytes == before
    (here / "cards.png").unlink()
    (here / "cards.png").mkdir()
    assert season("print", "cards", "--preview").code == 2


def test_a_run_counts_though_nobody_hears_of_it(season: Runner, here: Path) -> None:
    """Where the reader of the words has gone (| head), the PDF and the step that remembers it are there."""
    reader, writer = os.pipe()
    os.close(reader)
    words = ["--store", str(season.store), "--today", "2026-11-20", "print", "cards", "hannah"]
    subprocess.run([sys.executable, "-m", "relcard", *words], check=True, stdout=writer)
    os.close(writer)
    assert (here / "cards.pdf").exists()
    assert season("history", "--json").json["steps"][0]["command"] == "print cards hannah"


def test_a_run_of_nobody_has_no_preview(near: Runner, here: Path) -> None:
    """Where nothing is printed, the preview is null and no file is made."""
    result = near("print", "labels", "hannah", "--address-mode", "hand", "--preview", "--json")
    (file,) = result.json["files"]
    assert file["preview"] is None
    assert not list(here.iterdir())


def test_a_preview_that_cannot_be_written_costs_no_run(
    season: Runner, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PDF is there and the run counts; what is missing is said on the side, with exit code 5."""
    from relcard.cli.printing import pdf_file
    from relcard.errors import FileError

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".png":
            raise FileError("Cannot write cards.png: No space left on device.")
        write_atomically(path, data)

    monkeypatch.setattr(pdf_file, "write_atomically", full)
    result = season("print", "cards", "--preview")
    assert result.code == 5
    assert "No space left" in result.err
    assert (here / "cards.pdf").exists()
    assert {one["state"] for one in season("season", "list", "--json").json["recipients"]} == {"printed"}


def test_a_file_that_is_no_pdf_is_never_replaced(season: Runner, here: Path) -> None:
    """A photo, a design or an address book named with -o by mistake stays as it is; an older PDF gives way."""
    for name, data in (
        ("family.jpg", b"\xff\xd8\xff\xe0"),
        ("card.toml", b"title"),
        ("a.vcf", b"BEGIN:VCARD"),
    ):
        (here / name).write_bytes(data)
        refused = season("print", "labels", "-o", name)
        assert refused.code == 2
        assert "is no PDF" in refused.err
        assert (here / name).read_bytes() == data
    assert season("sheet", "list", "--json").json["sheets"] == []
    (here / "new.pdf").touch()
    for _ in range(2):
        season.done("print", "guides", "-o", "new.pdf")
    assert (here / "new.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("what", PRINTED)
def test_the_advice_to_print_what_is_written_by_hand_comes_where_there_is_such_an_option(
    near: Runner, here: Path, what: str
) -> None:
    """Of a household addressed by hand alone, labels, envelopes, postcards and proof say how to print it; no other command does."""
    has_option = "--address-mode" in near.done("print", what, "--help").out
    who = () if what in ("guides", "calibration") else ("wren",)
    said = near("print", what, *who).out
    assert ("--address-mode label" in said) is has_option
    assert has_option is (what in ("labels", "envelopes", "postcards", "proof"))
    assert not list(here.iterdir()) or not has_option


def test_left_out_by_choice_is_no_fault_and_left_out_without_an_address_is(
    season: Runner, here: Path
) -> None:
    """The exit code is 0 where only those are missing whom the sender writes to by hand."""
    mixed = season("print", "labels", "wren", "hannah", "--json")
    assert [one["who"] for one in mixed.json["files"][0]["skipped"]] == ["Aunt Wren"]
    assert mixed.code == 0
    season.done("add", "Nova Nowhere")
    season.done("circle", "friend", "Nova Nowhere")
    season.done("season", "add", "Nova Nowhere")
    assert season("print", "labels", "wren", "hannah", "nova").code == 5

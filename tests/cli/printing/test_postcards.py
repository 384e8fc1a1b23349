from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.pdf import page_texts

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.support.command_line import Runner


def test_postcards_are_printed_and_the_run_is_recorded(season: Runner, here: Path) -> None:
    """A page each; who is addressed by hand is named; undo takes the run back."""
    (file,) = season("print", "postcards", "--address-mode", "label", "--json").json["files"]
    assert (file["path"], file["pages"]) == ("postcards.pdf", file["items"])
    assert len(page_texts((here / "postcards.pdf").read_bytes())) == file["items"]
    assert "addressed by hand" in season("print", "postcards").out
    assert season.done("undo").out


def test_a_japanese_sender_has_hagaki(run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes, courtesies and the sender without an option."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")
    (here / "ken.vcf").write_bytes(
        "BEGIN:VCARD\nVERSION:3.0\nFN:佐藤 健\nN:佐藤;健;;;\n"
        "ADR;TYPE=home:;;本町1-2-3;渋谷区;東京都;150-0001;日本\nEND:VCARD\n".encode()
    )
    run.done("settings", "set", "sender.country", "JP")
    run.done("settings", "set", "sender.address", "150-0002, 東京都渋谷区渋谷2-4-6")
    run.done("import", "ken.vcf")
    run.done("print", "postcards", "--all", "--address-mode", "label", "--boxes")
    [page] = page_texts((here / "postcards.pdf").read_bytes())
    assert "様" in page
    assert "hagaki" in run.done("print", "postcards", "--all", "--address-mode", "label").out


def test_a_folded_card_is_no_postcard(season: Runner) -> None:
    """Its address stands on an envelope, and the way there is said."""
    result = season("print", "postcards", "--card", "A6")
    assert result.code == 2
    assert "envelopes" in result.err

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from relcard.installation import bring_extra
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.fixture
def sender(season: Runner) -> Runner:
    """Return a user whose name and address are said."""
    season.done("settings", "set", "sender.name", "Maud", "Ellery")
    season.done("settings", "set", "sender.address", "4 Orchard Row, Bath")
    return season


def _size(path: Path) -> tuple[int, int]:
    document = pypdfium2.PdfDocument(path)
    width, height = document[0].get_size()
    document.close()
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


def test_the_flap_is_a_second_file(sender: Runner, here: Path) -> None:
    """With --return flap no front has the return address, and as many backs as fronts have it alone."""
    result = sender("print", "envelopes", "--return", "flap", "--json")
    fronts, backs = result.json["files"]
    assert backs["path"] == "envelopes-flaps.pdf"
    assert fronts["pages"] == backs["pages"] == backs["items"] > 0
    assert "Maud Ellery" not in pdf_text(here / "envelopes.pdf")
    assert pdf_text(here / "envelopes-flaps.pdf").count("Maud Ellery") == backs["pages"]
    assert "envelopes-flaps.pdf" in sender("print", "envelopes", "--return", "flap").out


def test_the_return_address_is_where_the_settings_have_it(sender: Runner, here: Path) -> None:
    """sender.return decides where nothing is said, and --return for one run."""
    sender.done("settings", "set", "sender.return", "none")
    sender("print", "envelopes")
    assert "Maud Ellery" not in pdf_text(here / "envelopes.pdf")
    sender("print", "envelopes", "--return", "front")
    assert "Maud Ellery" in pdf_text(here / "envelopes.pdf")
    assert sender("settings", "set", "sender.return", "back").code == 3


def test_mail_abroad_says_where_the_sender_lives(sender: Runner, here: Path) -> None:
    """Without the country nothing would come back; at home it would be strange."""
    sender.done("settings", "set", "sender.country", "GB")
    sender("print", "envelopes", "yuki", "--address-mode", "label", "-o", "yuki.pdf")
    assert "UNITED KINGDOM" in pdf_text(here / "yuki.pdf")
    sender("print", "envelopes", "omar", "--address-mode", "label", "-o", "omar.pdf")
    assert "UNITED KINGDOM" not in pdf_text(here / "omar.pdf")
    sender(
        "print", "envelopes", "yuki", "omar", "--address-mode", "label", "--return", "flap", "-o", "both.pdf"
    )
    assert pdf_text(here / "both-flaps.pdf").count("UNITED KINGDOM") == 2


def test_no_address_no_flap(season: Runner, here: Path) -> None:
    """A name alone is no return address: asked for on the flap it stops the run and writes nothing."""
    season.done("settings", "set", "sender.name", "Maud", "Ellery")
    result = season("print", "envelopes", "--return", "flap")
    assert result.code == 2
    assert "settings set sender.address" in result.err
    assert not (here / "envelopes.pdf").exists()


def test_the_feed_of_the_settings_gives_way_to_what_is_said(sender: Runner, here: Path) -> None:
    """feed.edge turns the page, --rotate and --tray turn it otherwise, and each is said in words."""
    sender.done("settings", "set", "feed.edge", "short")
    said = sender("print", "envelopes").out
    assert "C6" in said.splitlines()[0]
    assert "the stamp end, the flap to the left" in said
    assert _size(here / "envelopes.pdf") == (114, 162)
    assert "In first goes the foot" in sender("print", "envelopes", "--rotate", "180").out
    assert _size(here / "envelopes.pdf") == (162, 114)
    sender.done("settings", "set", "feed.tray", "centre")
    assert "in the middle of the tray, on a page of A4" in sender("print", "envelopes").out
    assert _size(here / "envelopes.pdf") == (210, 297)
    sender("print", "envelopes", "--tray", "none")
    assert _size(here / "envelopes.pdf") == (114, 162)


def test_a_turn_that_is_kept_says_the_edge_too(sender: Runner, here: Path) -> None:
    """Of an edge and a turn that contradict each other the one said last is kept; others stay."""
    file = sender.store.with_suffix(".toml")
    sender.done("settings", "set", "feed.edge", "long")
    sender.done("settings", "set", "feed.rotate", "270")
    assert "edge" not in file.read_text()
    assert "In first goes the stamp end" in sender("print", "envelopes").out
    assert _size(here / "envelopes.pdf") == (114, 162)
    sender.done("settings", "set", "feed.edge", "short")
    assert "rotate = 270" in file.read_text()
    sender.done("settings", "set", "feed.edge", "long")
    assert "rotate" not in file.read_text()
    assert "In first goes the flap" in sender("print", "envelopes").out
    file.write_text(file.read_text().replace('edge = "long"', 'edge = "long"\nrotate = 90'))
    assert "In first goes the left edge" in sender("print", "envelopes").out


def test_a_feed_that_cannot_be_is_refused(sender: Runner, here: Path) -> None:
    """A turn against its edge and an envelope beyond its page stop the run with the way out."""
    result = sender("print", "envelopes", "--feed", "short", "--rotate", "180")
    assert result.code == 2
    assert "90 or 270" in result.err
    result = sender("print", "envelopes", "--size", "C5", "--tray", "left")
    assert result.code == 2
    assert "--feed short" in result.err
    assert sender("settings", "set", "feed.rotate", "45").code == 3
    assert not (here / "envelopes.pdf").exists()


def test_the_test_page_is_one_envelope_of_nobody(sender: Runner, here: Path) -> None:
    """It names its edges, bears no address, and the screen tells how to keep or to turn it."""
    result = sender.done("print", "envelopes", "--test-page", "--feed", "short")
    text = pdf_text(here / "envelope-test.pdf")
    assert "the flap is at this edge" in text
    assert "Maud" not in text
    assert "relcard settings set feed.rotate 270" in result.out
    assert "--rotate 90" in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines())


def test_a_return_address_no_font_has_says_which_character(
    sender: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way out is the font, not a shorter address."""
    monkeypatch.setenv("RELCARD_FONTS", "packaged")
    sender.done("settings", "set", "sender.name", "佐藤")
    result = sender("print", "envelopes")
    assert result.code == 2
    assert "no font here can print 佐" in result.err
    assert bring_extra("cjk") in result.err
    assert "Shorten" not in result.err

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def test_the_book_has_everybody_or_who_is_named(near: Runner, here: Path) -> None:
    """Without WHO all who live are on it with their phones; with WHO those alone. Nothing changes."""
    before = near.bytes
    near("print", "book")
    text = pdf_text(here / "book.pdf")
    for words in ("Omar Haddad", "07700 900786", "Ola Smith · 9 Dec 2017", "Old Mill Bakery"):
        assert words in text
    near.done("print", "book", "omar", "--page", "Letter", "-o", "one.pdf")
    text = pdf_text(here / "one.pdf")
    assert "Omar Haddad" in text
    assert "Hannah" not in text
    assert near.bytes == before


def test_a_segment_has_a_book_of_its_own(near: Runner, here: Path) -> None:
    """Those in it alone; with WHO besides it is refused."""
    near.done("tag", "lantern", "hannah")
    near.done("segment", "save", "lanterns", "--tag", "lantern")
    near.done("print", "book", "--segment", "lanterns")
    (file,) = near("print", "book", "--segment", "lanterns", "--json").json["files"]
    assert file["items"] == 1
    assert near("print", "book", "hannah", "--segment", "lanterns").code == 2


def test_members_and_years_are_on_it_and_no_circle(near: Runner, here: Path) -> None:
    """Who has no vCard is there with a birthday; --years has the cards; what is the sender's alone is not."""
    near.done("member", "add", "hannah", "Jack", "--role", "child", "--born", "2017-03-04")
    near.done("log", "hannah", "card", "--on", "2025-12-10", "--text", "CANARYLINE")
    near.done("note", "hannah", "CANARYNOTE")
    near.done("print", "book", "hannah", "--years")
    text = pdf_text(here / "book.pdf")
    assert "Jack · 4 Mar 2017" in text
    assert "2025 s" in text
    assert "CANARY" not in text
    assert "friend" not in text


def test_a_booklet_says_how_it_becomes_a_book(near: Runner) -> None:
    """The screen counts its sheets, and says how they are printed and folded."""
    out = " ".join(near("print", "book", "--booklet").out.split())
    assert "on 1 sheet" in out
    assert "turned over the short edge" in out
    assert "staple" in out


def test_an_empty_store_prints_no_book(run: Runner, here: Path) -> None:
    """Where nobody is known nothing is printed, and no file is made."""
    assert run("print", "book").code in (4, 5)
    assert list(here.iterdir()) == []

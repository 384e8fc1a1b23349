from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

CIRCLES = ["inner", "close", "friend", "wide"]


def test_the_hand_is_shown_in_lines_and_words(run: Runner) -> None:
    """Each circle's room on the card said, in JSON and words, without a store."""
    found = run.done("hand", "--json").json
    assert found["hand"] == {"pitch_mm": 8.0, "words_per_10cm": 6.0}
    assert found["card"] == "A6"
    assert [one["circle"] for one in found["rooms"]] == CIRCLES
    inner = found["rooms"][0]
    assert (inner["lines"], inner["words"], inner["share"]) == (15, 72, 1.0)
    screen = run.done("hand").out
    assert "not measured yet" in screen
    assert all(circle in screen for circle in CIRCLES)
    assert max(map(len, screen.splitlines())) <= 80
    larger = run.done("hand", "--card", "5x7", "--json").json["rooms"]
    assert larger[0]["words"] > inner["words"]


def test_what_is_measured_is_kept_and_comments_stay(run: Runner) -> None:
    """Five lines and ten words become the settings; units are read, and the way back is said."""
    file = run.store.with_suffix(".toml")
    file.write_text('# mine\nstock = "L7163"  # fourteen\n', encoding="utf-8")
    said = run.done("hand", "set", "--five-lines", "4,6cm", "--ten-words", "196").out
    assert "15 lines, about 72 words" in said
    assert "13 lines, about 53 words" in said
    assert "relcard hand set --pitch 8 --words 6" in said
    assert file.read_text(encoding="utf-8").startswith('# mine\nstock = "L7163"  # fourteen\n')
    assert run.done("hand", "--json").json["hand"] == {"pitch_mm": 9.2, "words_per_10cm": 5.1}
    assert "not measured" not in run.done("hand").out
    run.done("hand", "set", "--pitch", "0.35in")
    assert run.done("hand", "--json").json["hand"] == {"pitch_mm": 8.9, "words_per_10cm": 5.1}
    assert "It is as it was" in run.done("hand", "set", "--pitch", "8.9").out


def test_dry_run_shows_and_keeps_nothing(run: Runner) -> None:
    """A hand too large for a card is shown with the circle it fails; nothing is written."""
    said = run.done("hand", "set", "--pitch", "16", "--card", "A2", "--dry-run").out
    assert "does not fit" in said
    assert "inner: A2" in said
    assert not run.store.with_suffix(".toml").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--five-lines", "41", "--pitch", "8"],
        ["--ten-words", "165", "--words", "6"],
        ["--five-lines", "4.1"],
        ["--pitch", "wide"],
        ["--pitch", "8km"],
        ["--words", "nan"],
        ["--words", "-3"],
    ],
)
def test_what_no_hand_does_is_refused(run: Runner, words: list[str]) -> None:
    """Nothing said, a thing said twice and what is no length are refused, and nothing is written."""
    result = run("hand", "set", *words)
    assert result.code == 2
    assert "fault" not in result.err
    assert not run.store.with_suffix(".toml").exists()


def test_the_page_is_printed(run: Runner, here: Path) -> None:
    """The page to measure on goes where it was sent, and the next step is said."""
    result = run.done("hand", "page", "-o", "mine.pdf", "--page", "Letter")
    assert "relcard hand set --five-lines" in result.out
    assert "The kettle sang" in pdf_text(here / "mine.pdf")
    (file,) = run.done("hand", "page", "--json").json["files"]
    assert file == {"path": "hand.pdf", "pages": 2, "items": 1, "skipped": []}

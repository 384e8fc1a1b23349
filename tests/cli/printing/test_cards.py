from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from relcard.domain.printing.card_size import SIZES
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_printed_and_drawn(season: Runner, here: Path, size: str) -> None:
    """Whatever the card, the PDF is written, no line is wider than the terminal, and its draft keeps proportions."""
    result = season("print", "cards", "wren", "--card", size)
    assert result.code == 0
    assert "1 card on" in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines())
    document = pypdfium2.PdfDocument(here / "cards.pdf")
    assert len(document) == (1 if size.startswith("quarter") else 2)
    document.close()
    drawn = [line for line in season("draft", "wren", "--card", size).out.splitlines() if "│" in line]
    wide = drawn[0].rindex("│") - drawn[0].index("│") - 1
    card = SIZES[size]
    assert wide / (2 * len(drawn)) == pytest.approx(card.panel_w / card.panel_h, rel=0.08)


def test_a_run_says_how_it_is_printed(season: Runner, here: Path) -> None:
    """Which edge to flip, what to cut and to fold; and that a size has its own sheet."""
    assert "flip on the long edge; cut at lines, fold at dashes" in season.done("print", "cards").out
    quarter = season.done("print", "cards", "--card", "quarter-letter").out
    assert "Only Letter holds this size; your page is A4." in quarter
    assert "one side; fold at dashes, twice" in quarter
    season.done("settings", "set", "page", "Letter")
    assert "A2 on Letter" in season.done("print", "cards", "--card", "A2").out
    assert (here / "cards.pdf").exists()


def test_one_side_at_a_time(season: Runner, here: Path) -> None:
    """All outsides come first; the two lines say when the pile goes back, and the test page changes nothing."""
    said = season.done("print", "cards", "--sides", "1").out
    assert "put the pile back, print pages" in said
    assert "--test-page" in said
    before = season.bytes
    said = season.done("print", "cards", "--sides", "1", "--test-page", "-o", "try.pdf").out
    assert season.bytes == before
    assert "nothing was recorded" in said
    assert "against the light" in pdf_text(here / "try.pdf")


def test_a_coloured_ground_has_a_border_at_home_alone(season: Runner, here: Path) -> None:
    """Whoever prints red paper at home is told to cut the white border off; a shop prints to the edge."""
    words = ("print", "cards", "yuki", "--for", "lunar-newyear", "-o", str(here / "c.pdf"))
    assert "cut it off" in season(*words).out
    assert "cut it off" not in season(*words, "--shop").out


def test_a_file_for_a_shop_counts_copies(season: Runner, here: Path) -> None:
    """Equal cards are there once; JSON has the copies, the screen adds them up."""
    result = season("print", "cards", "--shop", "--json").json
    (file,) = result["files"]
    assert file["path"] == "cards-shop.pdf"
    assert file["items"] == sum(result["copies"])
    assert file["pages"] == 2 * len(result["copies"])
    said = season.done("print", "cards", "--shop").out
    assert " copies" in said
    assert "design" not in said
    assert (here / "cards-shop.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--shop", "--sides", "1"),
        ("--shop", "--print-salutation"),
        ("--test-page",),
        ("--last-first",),
        ("--sides", "1", "--test-page", "--card", "quarter-A4"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_refused(season: Runner, here: Path, words: tuple[str, ...]) -> None:
    """Nothing is written, nothing is changed, and the next step is said."""
    before = season.bytes
    result = season("print", "cards", *words)
    assert result.code == 2
    assert len(result.err.splitlines()) >= 2
    assert season.bytes == before
    assert not list(here.glob("*.pdf"))


def test_an_unknown_size_names_those_there_are(season: Runner) -> None:
    """The refusal can be answered."""
    result = season("print", "cards", "--card", "A3")
    assert result.code == 4
    assert "postcard-A6" in result.err


def test_everybody_is_no_occasion(season: Runner, here: Path) -> None:
    """A card for everybody has no occasion, and the refusal does not deny the season that is open."""
    result = season("print", "cards", "--all")
    assert result.code == 2
    assert "needs an occasion" in result.err
    assert "No season" not in result.err
    assert not (here / "cards.pdf").exists()


def test_cards_printed_before_are_counted(season: Runner, here: Path) -> None:
    """Paper is expensive: a second run says how many of its cards were printed already, and how to take it back."""
    assert "printed before" not in season.done("print", "cards", "wren").err
    assert "1 of these was printed before" in season.done("print", "cards", "wren").err
    result = season.done("print", "cards")
    assert "1 of these was printed before" in result.err
    assert "relcard undo" in result.err
    assert (here / "cards.pdf").exists()


@pytest.fixture
def signed(season: Runner) -> Runner:
    """Return the command line of somebody whose English Christmas template signs for the pen."""
    season.done("template", "copy", "christmas.en")
    (template,) = (season.store.parent / "templates").iterdir()
    template.write_text(
        "{% block front %}Peace{% endblock %}{% block inside %}Peace at home\nWarmly, the Hales{% endblock %}"
    )
    return season


def test_a_card_that_is_refused_is_missing_whatever_the_words_of_the_reason(
    signed: Runner, here: Path
) -> None:
    """The refusal says "write it by hand", and still nobody chose it: exit code 5, beside cards that are there."""
    result = signed("print", "cards", "wren", "mia", "--json")
    (file,) = result.json["files"]
    assert [one["who"] for one in file["skipped"]] == ["Mia Delgado and Daniel Reyes"]
    assert "by hand" in file["skipped"][0]["reason"]
    assert (file["items"], result.code) == (1, 5)
    assert (here / "cards.pdf").exists()


def test_a_refused_card_alone_brings_no_advice_of_another_command(signed: Runner, here: Path) -> None:
    """The option --address-mode belongs to addresses; `print cards` has none, and does not speak of it."""
    result = signed("print", "cards", "mia")
    assert result.code == 5
    assert "Nothing was printed." in result.out
    assert "--address-mode" not in result.out
    assert not (here / "cards.pdf").exists()

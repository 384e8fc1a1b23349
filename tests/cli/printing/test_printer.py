from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def known(run: Runner) -> list[dict[str, Any]]:
    found = run("printer", "list", "--json").json["printers"]
    assert isinstance(found, list)
    return found


def test_a_print_that_landed_too_far_right_is_moved_to_the_left(run: Runner) -> None:
    """What went wrong is said in words, and so is what is done about it."""
    said = run.done("printer", "set", "den", "--landed", "1.5", "right", "--landed", "0.5", "up").out
    assert "moved 1.5 mm to the left and 0.5 mm down" in said
    (den,) = known(run)
    assert (den["name"], den["stock"], den["dx_mm"], den["dy_mm"]) == ("den", None, -1.5, 0.5)
    run.done("printer", "set", "den", "--landed", "0.25", "left")
    assert known(run)[0]["dx_mm"] == -1.25


def test_measured_numbers_are_typed_as_they_were_read(run: Runner) -> None:
    """The cross 21 mm from the left and a square of 99.2 mm make a move and a scale."""
    run.done("printer", "set", "den", "--from-left", "20.84", "--measured-x", "99.2")
    (den,) = known(run)
    assert den["dx_mm"] == pytest.approx(-(20.84 - 0.992 * 20) / 0.992, abs=0.01)
    assert den["scale_x"] == pytest.approx(1 / 0.992, abs=1e-5)
    assert (den["dy_mm"], den["scale_y"]) == (0, 1)


def test_what_is_to_be_done_can_be_said_outright(run: Runner) -> None:
    """--dx and --dy move, --scale is a factor or per cent; what is not said stays."""
    run.done("printer", "set", "den", "--dx", "-1.5", "--dy", "0.4")
    run.done("printer", "set", "DEN", "--scale", "100.8", "--dy", "0")
    (den,) = known(run)
    assert (den["name"], den["dx_mm"], den["dy_mm"], den["scale_x"]) == ("den", -1.5, 0, 1.008)
    run.done("printer", "set", "den", "--scale", "0.995")
    assert known(run)[0]["scale_y"] == 0.995


def test_a_stock_may_have_an_offset_of_its_own(run: Runner) -> None:
    """What holds for one stock begins with what held on all, and is removed by itself."""
    run.done("printer", "set", "den", "--dx", "1")
    run.done("printer", "set", "den", "--dy", "2", "--stock", "l7160")
    run.done("printer", "set", "den", "--dy", "3", "--stock", "c6")
    assert [(one["stock"], one["dx_mm"], one["dy_mm"]) for one in known(run)] == [
        (None, 1, 0),
        ("Avery L7160", 1, 2),
        ("C6", 1, 3),
    ]
    run.done("printer", "remove", "den", "--stock", "L7160")
    assert [one["stock"] for one in known(run)] == [None, "C6"]
    run.done("printer", "remove", "den")
    assert known(run) == []
    run.done("undo")
    assert len(known(run)) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("set", "den"), 2, "Say how the printer misses"),
        (("set", "den", "--dx", "9"), 2, "9 mm right"),
        (("set", "den", "--measured-y", "90"), 2, "true size"),
        (("set", "den", "--scale", "big"), 2, "big"),
        (("set", "den", "--dx", "1", "--from-left", "21"), 2, "not both"),
        (("set", "den", "--from-left", "21", "--landed", "1", "right"), 2, "Say once"),
        (("set", " ", "--dx", "1"), 2, "name"),
        (("set", "den", "--dx", "1", "--stock", "L9999"), 4, "L9999"),
        (("remove", "den"), 4, "den"),
    ],
)
def test_what_cannot_be_is_refused(run: Runner, words: tuple[str, ...], code: int, said: str) -> None:
    """Absurd numbers, numbers that contradict each other and unknown names keep nothing."""
    result = run("printer", *words)
    assert result.code == code
    assert said in result.err
    assert known(run) == []


@pytest.mark.parametrize("what", ["cards", "labels", "proof", "envelopes"])
def test_a_run_says_for_which_printer_it_is(season: Runner, here: Path, what: str) -> None:
    """Nothing is said while no printer is known; the only one is named; of several the one that was said."""
    assert "oved" not in season("print", what).out
    season.done("printer", "set", "den", "--dx", "1")
    assert "Moved as the printer den needs it" in season("print", what).out
    season.done("printer", "set", "shop", "--dx", "2")
    assert "Not moved: there are several printers" in season("print", what).out
    assert "Moved as the printer shop needs it" in season("print", what, "--printer", "shop").out


def test_an_example_has_the_name_that_was_said(run: Runner) -> None:
    """What to type next is for the printer at hand."""
    assert "relcard printer set desk --landed" in run("printer", "set", "desk").err


def test_the_calibration_page_follows_what_is_known(run: Runner, here: Path) -> None:
    """A first page has the command to type; a second one is moved as the first one said."""
    (file,) = run("print", "calibration", "--json").json["files"]
    assert (file["path"], file["pages"]) == ("calibration.pdf", 1)
    assert "relcard printer set NAME" in pdf_text(here / "calibration.pdf")
    run.done("print", "calibration", "--printer", "den", "--stock", "5160")
    assert "relcard printer set den --stock 5160" in pdf_text(here / "calibration.pdf")
    run.done("printer", "set", "den", "--landed", "1.5", "right")
    run.done("print", "calibration")
    text = pdf_text(here / "calibration.pdf")
    assert "relcard printer set den" in text
    assert "moved 1.5 mm to the left" in text
    run.done("printer", "set", "shop", "--dx", "1")
    result = run("print", "calibration")
    assert result.code == 6
    assert "den" in result.err
    assert "shop" in result.err


@pytest.mark.parametrize("far", ["nan", "inf", "1e400", "1001", "-1e9", "six"])
@pytest.mark.parametrize("option", ["--dx", "--from-top", "--measured-x", "--scale"])
def test_what_is_no_measure_is_refused_as_such(run: Runner, option: str, far: str) -> None:
    """Numbers that no ruler shows are no lengths, and nothing is kept of them."""
    refused = run("printer", "set", "den", option, far)
    assert refused.code == 2
    assert "nan mm" not in refused.err
    assert known(run) == []


def test_no_name_removes_no_printer(run: Runner) -> None:
    """An empty name is nobody's: a script with an empty variable forgets nothing."""
    run.done("printer", "set", "den", "--dx", "1")
    run.done("printer", "set", "shed", "--dx", "2")
    assert run("printer", "remove", "").code == 4
    assert len(known(run)) == 2


def test_an_offset_of_an_envelope_is_proved_on_one(run: Runner, here: Path) -> None:
    """What is said to prove it can be typed as it stands."""
    said = run.done("printer", "set", "den", "--dx", "1", "--stock", "c6").out
    command = said.split("relcard ", 1)[1].strip()
    assert command == "print envelopes --test-page --printer den --size C6"
    run.done(*command.split(), "-o", "test.pdf")
    assert (here / "test.pdf").is_file()


def test_a_page_is_made_for_a_name_that_can_be_kept(run: Runner, here: Path) -> None:
    """The calibration page takes no name that printer set would refuse."""
    for name in ("x" * 41, "\x1b[31mden"):
        assert run("print", "calibration", "--printer", name).code == 2
    assert not list(here.glob("*.pdf"))

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

_LIST = (
    "Given name,Family name,Birthday,Street,Town,Zip,Country\n"
    "Anna,Nowak,,5 Elm St,Leeds,LS1 4AP,United Kingdom\n"
    "Jan,Nowak,,5 Elm St,Leeds,LS1 4AP,United Kingdom\n"
    "Ola,Nowak,2016-12-02,5 Elm St,Leeds,LS1 4AP,United Kingdom\n"
)


@pytest.fixture
def nowaks(run: Runner, tmp_path: Path) -> Runner:
    """Return the command on a book of one household, two adults and a child, close since July."""
    (tmp_path / "list.csv").write_text(_LIST)
    run.done("import", str(tmp_path / "list.csv"), today="2026-07-01")
    run.done("circle", "close", "h1", today="2026-07-01")
    return run


def _owed(run: Runner, today: str = "2026-11-20") -> list[str]:
    reminders = run("today", "--json", today=today).json["reminders"]
    return [one["who"] for one in reminders if one["kind"] == "cadence"]


def test_word_with_anybody_of_a_household_is_a_word_with_it(nowaks: Runner) -> None:
    """One reminder a household, and a visit to the child restarts it."""
    assert _owed(nowaks) == ["Anna Nowak and Jan Nowak"]
    (reminder,) = nowaks("today", "--json").json["reminders"]
    assert reminder["household"] == "h1"
    nowaks.done("log", "ola", "visit")
    assert _owed(nowaks) == []
    assert _owed(nowaks, "2026-12-20") == ["Anna Nowak and Jan Nowak"]


def test_circle_of_a_household_is_its_adults(nowaks: Runner) -> None:
    """A child carries no cadence and no circle; its birthday has a day to post by all the same."""
    contacts = nowaks("list", "--json").json["contacts"]
    assert {one["name"]: one["circle"] for one in contacts}["Ola Nowak"] is None
    assert "Write Ola Nowak's birthday - post by" in " ".join(nowaks.done("upcoming").out.split())


def test_household_has_a_cadence_of_its_own(nowaks: Runner) -> None:
    """In days, or never; none takes it back, and so does undo."""
    assert "every 14 days" in nowaks.done("cadence", "anna", "14", today="2026-07-01").out
    assert _owed(nowaks, "2026-07-16") == ["Anna Nowak and Jan Nowak"]
    nowaks.done("cadence", "h1", "never")
    assert _owed(nowaks) == []
    nowaks.done("undo")
    assert _owed(nowaks) == ["Anna Nowak and Jan Nowak"]
    nowaks.done("cadence", "h1", "never")
    nowaks.done("cadence", "jan", "none")
    assert _owed(nowaks) == ["Anna Nowak and Jan Nowak"]


def test_segment_that_is_never_due(nowaks: Runner) -> None:
    """It silences its households, but not one that has a cadence of its own."""
    nowaks.done("segment", "save", "quiet", "--circle", "close")
    assert "never" in nowaks.done("segment", "cadence", "quiet", "never").out
    assert "never" in nowaks.done("segment", "list").out
    assert _owed(nowaks) == []
    nowaks.done("cadence", "h1", "30")
    assert _owed(nowaks) == ["Anna Nowak and Jan Nowak"]
    nowaks.done("cadence", "h1", "none")
    nowaks.done("segment", "cadence", "quiet", "none")
    assert _owed(nowaks) == ["Anna Nowak and Jan Nowak"]


@pytest.mark.parametrize("said", ["0", "-3", "often", "40000", ""])
def test_cadence_refuses_what_is_no_number_of_days(nowaks: Runner, said: str) -> None:
    """With the words there are, and nothing changed."""
    result = nowaks("cadence", "--", "anna", said)
    assert result.code == 2
    assert "never" in result.err
    assert _owed(nowaks) == ["Anna Nowak and Jan Nowak"]

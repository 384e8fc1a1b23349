from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_a_time_away_is_said_listed_and_forgotten(near: Runner) -> None:
    """Its days in words; what falls into it is told before; undo and --forget take it back."""
    before = near("upcoming", "--days", "60", "--json").json["reminders"]
    assert "Away 1 Dec to 20 Dec" in near.done("away", "1 Dec..20 Dec").out
    assert near("away", "--json").json["away"] == [{"first": "2026-12-01", "last": "2026-12-20"}]
    told = near("upcoming", "--days", "60", "--json").json["reminders"]
    wren = next(due for due in told if due["who"] == "Aunt Wren" and due["kind"] == "birthday")
    assert (wren["due"], wren["on"]) == ("2026-11-28", "2026-12-16")
    assert wren["reason"].startswith("post by Mon 30 Nov")
    assert not [due for due in told if "2026-12-01" <= due["due"] <= "2026-12-20"]
    near.done("undo")
    assert near("upcoming", "--days", "60", "--json").json["reminders"] == before
    near.done("away", "2026-12-01..2026-12-20")
    near.done("away", "--forget")
    assert "No time away" in near.done("away").out


@pytest.mark.parametrize("words", [("tomorrow",), ("20 Dec..1 Dec",), ("soon..later",)])
def test_a_time_away_has_a_first_and_a_last_day(near: Runner, words: tuple[str, ...]) -> None:
    assert near("away", *words).code == 2

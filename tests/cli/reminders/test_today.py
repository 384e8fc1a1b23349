from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_a_shell_says_the_day_once(near: Runner) -> None:
    """The first shell of a day has one line, first names in it; the second has none, the next day again."""
    near.done("circle", "inner", "Jan Smith")
    near.done("log", "jan", "visit", "--on", "2026-11-01")
    near.done("done", "Jörg Großmann", today="2026-11-24")
    line = near.done("today", "--shell", today="2026-11-25").out
    assert line == "Write Yuki now · Jan 24 days · 3 more\n"
    assert near.done("today", "--shell", today="2026-11-25").out == ""
    assert near.done("today", "--shell", today="2026-11-26").out != ""


def test_a_shell_is_silent_where_nothing_waits(people: Runner) -> None:
    """No line, not even an empty one, where nothing is due."""
    assert people.done("today", "--shell", today="2026-11-21").out == ""


@pytest.mark.parametrize("wrong", ["no store", "no store of ours", "settings", "folder"])
def test_a_shell_opens_whatever_is_wrong(near: Runner, wrong: str) -> None:
    """Nothing is said on either stream and the exit code is 0: relcard doctor is for what is wrong."""
    match wrong:
        case "no store":
            near.store.unlink()
        case "no store of ours":
            near.store.write_bytes(b"no store")
        case "settings":
            near.store.with_suffix(".toml").write_text("sender = 7", encoding="utf-8")
        case _:
            near.store.with_suffix(".told").mkdir()
    result = near("today", "--shell", today="2026-11-25")
    assert (result.code, result.out, result.err) == (0, "", "")

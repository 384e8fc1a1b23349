from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the programs of a computer with cron and notices, which it keeps in files there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    scripts = {
        "crontab": f'if [ "$1" = - ]; then cat > {folder}/lines; else cat {folder}/lines; fi',
        "notify-send": f'printf "%s\\n" "$@" >> {folder}/shown',
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    (folder / "lines").touch()
    monkeypatch.setenv("PATH", f"{folder}:/bin")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setattr("sys.platform", "linux")
    return folder


def test_a_timer_is_shown_installed_and_removed(near: Runner, computer: Path) -> None:
    """It is shown first, nothing is done without a yes, and it is gone after."""
    lines = computer / "lines"
    shown = near.done("reminders", "install", "--at", "18:05", "--dry-run").out
    assert "5 18 * * * " in shown
    assert str(near.store) in shown
    asked = near("reminders", "install")
    assert (asked.code, lines.read_text(encoding="utf-8")) == (6, "")
    assert "--yes" in asked.err
    assert "every day at 18:05" in near.done("reminders", "install", "--at", "18:05", "--yes").out
    assert lines.read_text(encoding="utf-8").startswith("5 18 * * * ")
    assert near("reminders", "remove").code == 6
    near.done("reminders", "remove", "--yes")
    assert lines.read_text(encoding="utf-8") == ""
    assert "No timer is installed" in near.done("reminders", "remove").out


def test_a_computer_without_timers_or_notices_says_what_else(
    near: Runner, computer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused with the way that is left: a line in a terminal."""
    (computer / "notify-send").unlink()
    monkeypatch.setenv("PATH", str(computer))
    refused = near("reminders", "install", "--yes")
    assert (refused.code, "today --shell" in refused.err) == (3, True)
    (computer / "crontab").unlink()
    assert near("reminders", "install", "--yes").code == 3


def test_a_time_is_a_time_of_the_day(near: Runner, computer: Path) -> None:
    assert near("reminders", "install", "--at", "25:00", "--dry-run").code == 2


def test_one_notice_has_what_presses_by_first_names(near: Runner, computer: Path) -> None:
    """Several reminders are one notice; the week ahead is one too; nothing is shown where nothing presses."""
    near.done("reminders", "tell", today="2026-11-25")
    options, heading, *words = (computer / "shown").read_text(encoding="utf-8").splitlines()[1:]
    assert (options, heading) == ("--", "relcard: today")
    assert "Write Yuki now" in words
    assert not any("Tanaka" in line for line in words)
    week = near.done("reminders", "tell", "--weekly", "--dry-run", today="2026-11-22").out
    assert "the week ahead" in week
    assert "Write Ola by Fri" in week


def test_no_notice_where_nothing_presses(people: Runner, computer: Path) -> None:
    people.done("reminders", "tell", today="2026-11-21")
    assert not (computer / "shown").exists()

from __future__ import annotations

import plistlib
import shutil
import subprocess
from datetime import time
from pathlib import Path

import pytest

from relcard.errors import FileError
from relcard.notices import timers

COMMAND = ["/bin/echo", "--store", '/home/ada/50% "oak"/$x.db', "reminders", "tell"]
AT = time(8, 5)


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of somebody with a cron that keeps its lines in a file, and a systemctl that notes words."""
    programs = tmp_path / "programs"
    programs.mkdir()
    kept = tmp_path / "crontab"
    _program(
        programs,
        "crontab",
        f'if [ "$1" = - ]; then cat > {kept}; elif [ -e {kept} ]; then cat {kept}; '
        "else echo no crontab for ada >&2; exit 1; fi",
    )
    _program(programs, "systemctl", f'echo "$@" >> {tmp_path}/systemctl.log')
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    return tmp_path


def test_a_line_of_cron_comes_and_goes(home: Path) -> None:
    """Our line is added once, however often, and taken away alone; a percent sign is kept from cron."""
    kept = home / "crontab"
    kept.write_text("0 4 * * * backup\n", encoding="utf-8")
    for at in (time(7, 0), AT):
        timers.install(timers.timer_for("cron", COMMAND, at, weekly=False))
    first, ours = kept.read_text(encoding="utf-8").splitlines()
    assert first == "0 4 * * * backup"
    assert ours.startswith("5 8 * * * /bin/echo --store '/home/ada/50\\% ")
    timer = timers.timer_for("cron", COMMAND, AT, weekly=True)
    assert timer.line.startswith("5 8 * * 0 ")
    assert timers.is_installed(timer)
    timers.remove(timer)
    assert kept.read_text(encoding="utf-8") == "0 4 * * * backup\n"


def test_who_has_no_crontab_yet_gets_one(home: Path) -> None:
    timers.install(timers.timer_for("cron", COMMAND, AT, weekly=False))
    assert (home / "crontab").read_text(encoding="utf-8").count("\n") == 1


def test_a_crontab_that_cannot_be_read_is_left_alone(home: Path) -> None:
    """Where cron refuses to show the lines, none is written over them."""
    _program(
        home / "programs", "crontab", f'if [ "$1" = - ]; then touch {home}/lost; fi; echo denied >&2; exit 1'
    )
    with pytest.raises(FileError, match="denied"):
        timers.install(timers.timer_for("cron", COMMAND, AT, weekly=False))
    assert not (home / "lost").exists()


def test_units_of_systemd_come_and_go(home: Path) -> None:
    """Service and timer are written and begun, and taken away without a trace."""
    timer = timers.timer_for("systemd", COMMAND, AT, weekly=False)
    timers.install(timer)
    assert all(path.is_relative_to(home / "config/systemd/user") and path.exists() for path in timer.files)
    timers.remove(timer)
    assert not any(path.exists() for path in timer.files)
    assert (home / "systemctl.log").read_text(encoding="utf-8").splitlines() == [
        "--user daemon-reload",
        "--user enable --now relcard-reminders.timer",
        "--user disable --now relcard-reminders.timer",
    ]


def test_units_that_systemd_refuses_leave_nothing(home: Path) -> None:
    """What it says is said, and no file stays."""
    _program(home / "programs", "systemctl", "echo no bus >&2; exit 1")
    timer = timers.timer_for("systemd", COMMAND, AT, weekly=False)
    with pytest.raises(FileError, match="no bus"):
        timers.install(timer)
    assert not timers.is_installed(timer)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Its own checker takes them, and the time is the one that was said."""
    for weekly, when in ((False, "*-*-* 08:05:00"), (True, "Sun *-*-* 08:05:00")):
        for path, data in timers.timer_for("systemd", COMMAND, AT, weekly=weekly).files.items():
            (tmp_path / path.name).write_bytes(data)
        unit = str(tmp_path / "relcard-reminders.timer")
        seen = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
        )
        assert "relcard" not in seen.stderr
        assert f"OnCalendar={when}" in Path(unit).read_text(encoding="utf-8")
        assert not subprocess.run(
            ["systemd-analyze", "calendar", when], capture_output=True, check=False
        ).returncode


@pytest.mark.parametrize("weekly", [False, True])
def test_an_agent_of_launchd_says_command_and_time(home: Path, weekly: bool) -> None:
    timer = timers.timer_for("launchd", COMMAND, AT, weekly=weekly)
    ((path, data),) = timer.files.items()
    assert path == home / "Library/LaunchAgents/relcard.reminders.plist"
    agent = plistlib.loads(data)
    assert agent["ProgramArguments"] == COMMAND
    assert agent["StartCalendarInterval"] == {"Hour": 8, "Minute": 5, **({"Weekday": 0} if weekly else {})}


def test_the_timer_of_this_computer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Mac has launchd; elsewhere it is systemd where the user has one that runs, else cron, else nothing."""
    monkeypatch.setattr("sys.platform", "linux")
    assert timers.kind_here() == "cron"
    (home / "runtime/systemd").mkdir(parents=True)
    assert timers.kind_here() == "systemd"
    monkeypatch.setenv("PATH", str(home))
    assert timers.kind_here() == ""
    monkeypatch.setattr("sys.platform", "darwin")
    assert timers.kind_here() == "launchd"

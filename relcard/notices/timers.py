"""A timer of the user's own: systemd, launchd or cron runs a command every day, or every Sunday."""

from __future__ import annotations

import contextlib
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import FileError
from relcard.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import time

_NAME = "relcard-reminders"
_LABEL = "relcard.reminders"
_MARK = f"# {_NAME}"  # at the end of our line of a crontab
_SECONDS = 30  # for a command that begins or ends a timer
_SERVICE = """\
[Unit]
Description=relcard: what is due today

[Service]
Type=oneshot
ExecStart={command}
# Names of people stand in no log.
StandardOutput=null
"""
_TIMER = """\
[Unit]
Description=relcard: what is due today

[Timer]
OnCalendar={days}*-*-* {at}:00
Persistent=true

[Install]
WantedBy=timers.target
"""


class Timer(NamedTuple):
    """What makes a computer run a command by itself: files, commands that begin and end it, a crontab's line.

    `kind` is systemd, launchd or cron.
    """

    kind: str
    files: Mapping[Path, bytes] = {}
    begin: Sequence[Sequence[str]] = ()
    end: Sequence[Sequence[str]] = ()
    line: str = ""


def kind_here() -> str:
    """Return by what this computer runs a command every day, "" where nothing does."""
    if sys.platform == "darwin":
        return "launchd"
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid() if hasattr(os, 'getuid') else ''}"
    if shutil.which("systemctl") and Path(runtime, "systemd").is_dir():
        return "systemd"
    return "cron" if shutil.which("crontab") else ""


def timer_for(kind: str, command: Sequence[str], at: time, *, weekly: bool) -> Timer:
    """Return the timer that runs a command every day at a time, or every Sunday."""
    match kind:
        case "systemd":
            return _systemd(command, at, weekly=weekly)
        case "launchd":
            return _launchd(command, at, weekly=weekly)
        case _:
            line = f"{at.minute} {at.hour} * * {'0' if weekly else '*'} {shlex.join(command)}"
            return Timer("cron", line=f"{line.replace('%', chr(92) + '%')} {_MARK}")


def _systemd(command: Sequence[str], at: time, *, weekly: bool) -> Timer:
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    files = {
        folder / f"{_NAME}.service": _SERVICE.format(command=" ".join(map(_systemd_word, command))),
        folder / f"{_NAME}.timer": _TIMER.format(days="Sun " if weekly else "", at=f"{at:%H:%M}"),
    }
    user = ("systemctl", "--user")
    return Timer(
        "systemd",
        {path: text.encode() for path, text in files.items()},
        ((*user, "daemon-reload"), (*user, "enable", "--now", f"{_NAME}.timer")),
        ((*user, "disable", "--now", f"{_NAME}.timer"),),
    )


def _systemd_word(word: str) -> str:
    """Return a word of a command as a unit has it (systemd.service(5), Command Lines)."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, written)
    return f'"{word}"'


def _launchd(command: Sequence[str], at: time, *, weekly: bool) -> Timer:
    path = Path.home() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    when = {"Hour": at.hour, "Minute": at.minute, **({"Weekday": 0} if weekly else {})}
    agent = {"Label": _LABEL, "ProgramArguments": [*command], "StartCalendarInterval": when}
    session = f"gui/{os.getuid()}"
    return Timer(
        "launchd",
        {path: plistlib.dumps(agent)},
        (("launchctl", "bootstrap", session, str(path)),),
        (("launchctl", "bootout", f"{session}/{_LABEL}"),),
    )


def install(timer: Timer) -> None:
    """Begin a timer, in the place of an earlier one. Raises `FileError`, and then none is begun."""
    remove(timer)
    try:
        for path, data in timer.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, data)
        for command in timer.begin:
            _run(command)
        if timer.line:
            _write_crontab([*_crontab(), timer.line])
    except FileError:
        remove(timer)
        raise
    except OSError as error:
        remove(timer)
        reason = error.strerror or error
        raise FileError(f"The timer cannot be written: {reason}.", hint="Nothing is installed.") from error


def remove(timer: Timer) -> None:
    """End a timer and take away what it was made of. Raises `FileError`."""
    if any(path.exists() for path in timer.files):
        for command in timer.end:
            with contextlib.suppress(FileError):  # it may never have begun
                _run(command)
        for path in timer.files:
            path.unlink(missing_ok=True)
    if timer.kind == "cron" and is_installed(timer):
        _write_crontab([line for line in _crontab() if not line.endswith(_MARK)])


def is_installed(timer: Timer) -> bool:
    """Whether a timer of this kind was begun."""
    if timer.kind == "cron":
        return any(line.endswith(_MARK) for line in _crontab())
    return any(path.exists() for path in timer.files)


def shown(timer: Timer) -> Iterator[tuple[str, str]]:
    """Yield what a timer is made of: where it stands, and what stands there."""
    for path, data in timer.files.items():
        yield str(path), data.decode()
    if timer.line:
        yield "crontab -e", timer.line
    for command in timer.begin:
        yield "", shlex.join(command)


def _crontab() -> list[str]:
    """Return the lines of the user's crontab; who has none yet has no line. Raises `FileError`."""
    try:
        return _run(["crontab", "-l"]).splitlines()
    except FileError as error:
        if "no crontab" in error.message:
            return []
        raise


def _write_crontab(lines: Sequence[str]) -> None:
    _run(["crontab", "-"], "".join(f"{line}\n" for line in lines))


def _run(command: Sequence[str], text: str = "") -> str:
    """Run a command of this computer's and return what it says. Raises `FileError` where it fails."""
    try:
        done = subprocess.run(  # noqa: S603  fixed commands, and paths of the user's own
            [*command],
            input=text,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        said, failed = done.stderr.strip(), done.returncode != 0
    except (OSError, subprocess.SubprocessError) as error:
        said, failed = str(error), True
    if failed:
        words = f"{command[0]} does not do it: {said.rstrip('.') or 'no reason given'}."
        raise FileError(words, hint="Nothing is installed. relcard today --shell needs no timer.")
    return done.stdout

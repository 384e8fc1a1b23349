"""A notice on the screen of this computer, or with the extra `notify` wherever Apprise can send it."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.errors import ExtraError
from relcard.errors import FileError
from relcard.installation import bring_extra

if TYPE_CHECKING:
    from collections.abc import Sequence

_SECONDS = 30
_SCRIPT = "on run {heading, words}\ndisplay notification words with title heading\nend run"
_LOOK = "relcard today shows the same."


def shows_notices() -> bool:
    """Whether this computer can show a notice."""
    return shutil.which(_program()) is not None


def show(heading: str, lines: Sequence[str]) -> None:
    """Show a notice on the screen. Raises `FileError`."""
    words = "\n".join(lines)
    command = [_program()]
    if sys.platform == "darwin":
        command += ["-e", _SCRIPT, "--", heading, words]
    else:
        command += ["--app-name=relcard", "--", heading, words.replace("&", "&amp;").replace("<", "&lt;")]
    try:
        done = subprocess.run(  # noqa: S603  a fixed program; the words are its arguments
            command, capture_output=True, timeout=_SECONDS, check=False, env=_environment()
        )
        failed = done.returncode != 0
    except (OSError, subprocess.SubprocessError):
        failed = True
    if failed:
        raise FileError(f"{command[0]} shows nothing here.", hint=_LOOK)


def send(heading: str, lines: Sequence[str], to: Sequence[str]) -> None:
    """Send a notice to addresses as Apprise has them. Raises `ExtraError` without it, and `FileError`."""
    try:
        import apprise  # noqa: PLC0415  an extra, and 200 ms
    except ModuleNotFoundError as error:
        raise ExtraError(
            "To send a notice needs apprise, which is not installed.",
            hint=f"{bring_extra('notify')}. Or to the screen: relcard settings set reminders.to none",
        ) from error
    # An address may hold a password: neither a refusal nor a log says one.
    log = logging.getLogger("apprise")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    carrier = apprise.Apprise()
    if not (all(carrier.add(address) for address in to) and carrier.notify("\n".join(lines), heading)):
        raise FileError(
            "The notice could not be sent to every address of reminders.to.",
            hint=f"Look at them with: relcard settings. {_LOOK}",
        )


def _program() -> str:
    return "osascript" if sys.platform == "darwin" else "notify-send"


def _environment() -> dict[str, str]:
    """Return this environment, with the way to the user's screen, which cron does not hand on."""
    bus = Path(f"/run/user/{os.getuid()}/bus") if hasattr(os, "getuid") else Path()
    known = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"} if bus.is_socket() else {}
    return {**known, **os.environ}

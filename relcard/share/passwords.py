"""A password as a command of the user's says it: `pass show cloud`, `secret-tool lookup ...`."""

from __future__ import annotations

import os
import shlex
import subprocess

from relcard.errors import UsageError

_SECONDS = 60  # a keyring may ask to be unlocked first


def password_from(command: str) -> str:
    """Return the first line that a command prints; no shell takes part. Raises `UsageError`."""
    try:
        done = subprocess.run(  # noqa: S603  the user's own words, taken apart as a shell would
            shlex.split(command, posix=os.name != "nt"), stdout=subprocess.PIPE, timeout=_SECONDS, check=False
        )
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it does not end, or is no command"
        raise _no_password(command, reason or "it fails") from error
    password = done.stdout.decode(errors="surrogateescape").partition("\n")[0].rstrip("\r")
    if done.returncode or not password:
        raise _no_password(command, f"it ended with {done.returncode} and no password")
    return password


def _no_password(command: str, reason: str) -> UsageError:
    program = command.split(" ", 1)[0]  # what follows may say too much
    return UsageError(
        f"The password command {program} says no password: {reason}.",
        hint="Try the whole command in the terminal.",
    )

"""Programs of others that tests stand against: a browser, servers of address books, a folder in step, printers.

None is a package that pip brings: `.ci/run` installs them on Debian and requires them. Where one is missing, a test
that needs it is left out, and the run says so in its last lines.
"""

from __future__ import annotations

import os
import shutil

import pytest

LEFT_OUT = "not installed here: "
_REQUIRED = os.environ.get("RELCARD_PEERS") == "required"
_PATH = os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/usr/lib/cups/backend"))


def peer(program: str) -> str:
    """Return the path of a program, say "syncthing"; without it the test is left out, or fails where it is required."""
    path = shutil.which(program, path=_PATH)
    if path is None:
        reason = f"{LEFT_OUT}{program}"
        if _REQUIRED:
            pytest.fail(f"{reason}, and RELCARD_PEERS=required", pytrace=False)
        pytest.skip(reason)
    return path

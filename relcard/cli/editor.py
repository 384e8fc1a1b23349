"""The user's editor: open a text in it, read what came back, keep what was refused."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NoReturn

import click

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "relcard-"  # how the folder begins in which a page lies while it is edited
_MOST_KEPT = 1000


def open_editor(path: Path, *, command: str) -> None:
    """Open a file in the user's editor and wait. Raises `UsageError` saying how to give `command` another."""
    try:
        with _interrupted_by_hangup():
            click.edit(filename=str(path))
    except (click.ClickException, ValueError) as error:
        # A ValueError: $EDITOR is no command, as a quotation mark stands alone in it.
        raise UsageError(
            f"The editor did not do its work: {str(error).rstrip('.')}.",
            hint=f"Name one that is installed: EDITOR=nano relcard {command}",
        ) from error


@contextmanager
def _interrupted_by_hangup() -> Iterator[None]:
    """Take a closed window, or a computer that goes down, for Ctrl-C: what was typed is then kept."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    named = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    signals = [one for one in named if signal.getsignal(one) is not signal.SIG_IGN]  # as nohup has it
    is_main = threading.current_thread() is threading.main_thread()  # no other may ask for signals
    before = {number: signal.signal(number, interrupt) for number in signals} if is_main else {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def read_typed(path: Path) -> str | None:
    """Return what an editor saved: UTF-8, else Windows-1252. None when the file is gone."""
    try:
        data = path.read_bytes()
    except OSError:  # taken away by the editor: nothing was typed
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n")


def keep_typed(store: str, text: str, *, stem: str, suffix: str) -> Path:
    """Keep a text that was refused beside the store, under a name of its own; return where."""
    beside = Path(store).absolute()
    names = (
        beside.with_name(f"{stem}{end}{suffix}") for end in ("", *(f"-{n}" for n in range(2, _MOST_KEPT)))
    )
    path = next((name for name in names if not name.exists()), beside.with_name(f"{stem}{suffix}"))
    try:
        write_atomically(path, text.encode())
    except FileError:  # the folder of the store cannot be written to, or is not there yet
        handle, name = tempfile.mkstemp(prefix=f"{stem}-", suffix=suffix)
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode())
        path = Path(name)
    return path

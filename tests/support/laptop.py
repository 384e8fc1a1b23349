"""One store, and processes that work on it and may be killed."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import time
import traceback
from contextlib import closing
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.cli import main
from relcard.store.file import archive
from relcard.store.file.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = "2026-11-20"


@dataclass(frozen=True, slots=True)
class Said:
    """The end of a command in a process of its own."""

    code: int
    out: str
    err: str


_UUID = re.compile(r'\{"base64": "[A-Za-z0-9+/]{22}=="\}')  # 16 bytes


class Laptop:
    """One store, and processes that work on it and may be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "relcard.db"

    def command(self, *words: str) -> int:
        """Give a command in this process and return its exit code."""
        return main.run(["--store", str(self.store), "--today", DAY, "--quiet", *words])

    def started(self, work: Callable[[], int]) -> int:
        """Start work in a child and return its id; the child ends with what the work returns."""
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child:
            return child
        code = 70
        try:
            code = work()
        except BaseException:  # noqa: BLE001  the child must never go on as a second pytest
            traceback.print_exc()
        finally:
            os._exit(code)

    def ended(self, child: int) -> int:
        """Wait for a child and return its exit code; below zero, the signal that killed it."""
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def killed(self, work: Callable[[], int], after: float) -> None:
        """Start work in a child and kill it after some seconds, wherever it then is."""
        child = self.started(work)
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        assert self.ended(child) in (0, -signal.SIGKILL)

    def takes(self, work: Callable[[], int]) -> float:
        """Return how many seconds a piece of work takes when nobody kills it."""
        begun = time.monotonic()
        assert self.ended(self.started(work)) == 0
        return time.monotonic() - begun

    def said(self, *words: str, before: Callable[[], None]) -> Said:
        """Give a command in a child that `before` has handicapped, and return what it said."""
        out, err = self.folder / ".out", self.folder / ".err"
        handles = [os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600) for path in (out, err)]

        def work() -> int:
            for number, handle in enumerate(handles, start=1):
                os.dup2(handle, number)
            sys.dont_write_bytecode = (
                True  # with no room left, half a module would stay for all who come after
            )
            before()
            streams = [io.TextIOWrapper(io.FileIO(one, "w"), write_through=True) for one in handles]
            with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
                return self.command(*words)

        code = self.ended(self.started(work))
        for handle in handles:
            os.close(handle)
        found = Said(code, out.read_text(), err.read_text())
        out.unlink()
        err.unlink()
        return found

    def content(self) -> str:
        """Return everything the store holds, as text, but the UUIDs: work done again gives rows new ones."""
        with closing(open_store(str(self.store))) as db:
            return _UUID.sub("null", "".join(archive.as_text(db)))

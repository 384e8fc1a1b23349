"""The user's editor: open a text in it, read what came back, keep what was refused."""

from __future__ import annotations

import glob
import os
import shutil
import signal
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import NoReturn
from typing import TypeVar

import click

from relcard.cli import output
from relcard.domain.people.page_text import PageError
from relcard.domain.people.page_text import marked
from relcard.domain.people.page_text import unmarked
from relcard.domain.text import quoted
from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import read_bytes
from relcard.files import unreadable
from relcard.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from relcard.domain.people.page_text import Fault

T = TypeVar("T")
_OPENED = "as-it-was"  # beside the page, to tell whether anything was typed
_MOST_KEPT = 1000


@contextmanager
def page_folder(store: str, page: str, text: str) -> Iterator[Path]:
    """Give a page a folder of its own, 0700, which goes in the end with all that editors leave beside a file.

    It stands beside the store, not where a computer clears up by itself: from a relcard that was killed the
    page is still there, and is named the next time.
    """
    _name_left(store)
    beside = Path(store).absolute()
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{beside.name}.page-", dir=beside.parent))
    except OSError:  # the folder of the store cannot be written to, or is not there yet
        folder = Path(tempfile.mkdtemp(prefix="relcard-"))
    held = _held(folder)
    try:
        for name in (page, _OPENED):
            write_atomically(folder / name, text.encode())
        yield folder / page
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            os.close(held)


def _held(folder: Path) -> int | None:
    """Hold a folder for as long as this process lives; None where another has it or nobody can tell."""
    handle = None
    try:
        import fcntl  # noqa: PLC0415  not on every system

        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        if handle is not None:
            os.close(handle)
        return None
    return handle


def _name_left(store: str) -> None:
    """Name the pages that were open when a relcard was killed; one on which nothing was typed goes."""
    beside = Path(store).absolute()
    for folder in sorted(beside.parent.glob(f"{glob.escape(beside.name)}.page-*")):
        held = _held(folder)
        if held is None:
            continue
        try:
            files = {path.name: path for path in folder.iterdir()}
            opened = files.pop(_OPENED, None)
            before = read_typed(opened) if opened else None
            typed = [path for path in files.values() if read_typed(path) != before]
            if not typed:
                shutil.rmtree(folder, ignore_errors=True)
            for path in typed:
                output.say(
                    f"  A page was open when relcard was ended: {output.clean(str(path))}\n"
                    "  Take over what you typed there (of a contact: relcard edit WHO --from FILE),\n"
                    f"  then remove {output.clean(folder.name)}",
                    err=True,
                )
        finally:
            os.close(held)


class TypedPage(NamedTuple):
    """A page for the editor: its file's name and text, and how to go on from one that was refused.

    `command` opens it, `again` with a file's name behind it takes one that was kept, under the name `kept`.
    """

    name: str
    text: str
    command: str
    again: str
    kept: str


def edited(store: str, page: TypedPage, source: str | None, read: Callable[[str], T]) -> T | None:
    """Return what a page says, by `read`, once it was edited; None when nothing was changed.

    On a terminal a page that `read` finds fault with is opened again, each fault above its line. What is
    refused in the end, or left behind by an editor that failed, is kept in a file that the message names.
    `source` is a file to take the page from instead of the editor, "-" standard input.
    """
    if source is not None:
        text = _text_of(source)
        return None if text == page.text else read(text)
    text = page.text
    faults: tuple[Fault, ...] = ()
    with page_folder(store, page.name, text) as path:
        while True:
            write_atomically(path, marked(text, faults).encode())
            try:
                open_editor(path, command=page.command)
            except BaseException as error:
                text = _back(path, faults, page.text)
                if text != page.text and isinstance(error, UsageError):
                    error.hint = _kept(store, text, page)
                elif text != page.text:
                    output.say(f"  {_kept(store, text, page)}", err=True)
                raise
            text = _back(path, faults, page.text)
            if text == page.text:
                return None
            try:
                return read(text)
            except PageError as error:
                faults = error.faults
                if not _try_again(faults):
                    error.hint = _kept(store, text, page)
                    raise


def _back(path: Path, faults: tuple[Fault, ...], page: str) -> str:
    """Return the page as the editor left it; one that it took away says nothing new."""
    text = read_typed(path)
    return page if text is None else unmarked(text, faults)


def _try_again(faults: tuple[Fault, ...]) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    for fault in faults:
        output.say(f"  {output.clean(str(fault))}", err=True)
    try:
        again: bool = click.confirm("  Open the page again", default=True, err=True)
    except click.Abort:  # what was typed is kept first
        return False
    return again


def _text_of(source: str) -> str:
    if source == "-":
        try:
            data: bytes = sys.stdin.buffer.read()
        except OSError as error:
            raise unreadable("standard input", error, hint="Name a file instead of -") from error
        return data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    read_bytes(Path(source))  # a file that cannot be read is named
    return read_typed(Path(source)) or ""


def _kept(store: str, text: str, page: TypedPage) -> str:
    """Keep a page that was refused and return where it is and what to do with it."""
    path = keep_typed(store, text, stem=page.kept, suffix=Path(page.name).suffix)
    return f"What you typed is kept in {path}. Correct it there and: {page.again} {quoted(str(path))}"


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

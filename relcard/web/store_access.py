"""The store as a request sees it: one short connection, opened and closed in the thread of the request."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard import record
from relcard.store.file import journal
from relcard.store.file.database import session
from relcard.web.refusal import DoneBeforeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection


class Change(NamedTuple):
    """An open step: the connection to write through, and the step's number."""

    db: Connection
    step: int


class StoreAccess:
    """Where the store is, and where the user stands at the moment of a request."""

    def __init__(
        self, path: str, clock: Callable[[], date], standpoint: Callable[[date], Standpoint]
    ) -> None:
        self.path = path
        self._clock = clock
        self._standpoint = standpoint

    @property
    def today(self) -> date:
        """The day it is now: the page may be open past midnight."""
        return self._clock()

    @property
    def may_change(self) -> bool:
        """Whether the store can be written: one on a medium that is read only cannot."""
        store = Path(self.path).resolve()
        return os.access(store, os.W_OK) and os.access(store.parent, os.W_OK)

    @property
    def standpoint(self) -> Standpoint:
        """The day, and what of the settings every service is handed."""
        return self._standpoint(self.today)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open the store to read."""
        with session(self.path) as db:
            yield db

    def state(self, db: Connection) -> tuple[object, ...]:
        """Return what is another once anything in the store is, or another store in its place."""
        file = os.stat(self.path)  # noqa: PTH116  of the file alone: to open it would end locks of SQLite's
        return self.today, file.st_ino, file.st_mtime_ns, journal.mark(db)

    @contextmanager
    def undoing(self) -> Iterator[Connection]:
        """Open the store to take a step back, which is no step itself."""
        with self.reading() as db:
            yield db
        record.begin()

    @contextmanager
    def trying(self, command: str) -> Iterator[Connection]:
        """Open the store to do something of which nothing is kept."""
        with session(self.path) as db, journal.step(db, command, today=self.today, dry_run=True):
            yield db

    @contextmanager
    def changing(self, command: str, device: str, form: str) -> Iterator[Change]:
        """Open the store to change it in one step, which bears the name of a device and its form.

        Raises `DoneBeforeError` for a form that the store has taken in: also where this page was ended and
        begun anew between the change and its answer.
        """
        with session(self.path, device=device, form=form) as db:
            journal.leave_wal(db)
            with journal.step(db, command, today=self.today) as step:
                before = journal.earlier_of_form(db, form, step)
                if before is not None:
                    raise DoneBeforeError(before)
                yield Change(db, step)
        record.begin()  # what a command of the terminal would say at its end would only grow here

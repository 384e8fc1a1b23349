"""The store as a request sees it: one short connection, opened and closed in the thread of the request."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard import record
from relcard.store.file import journal
from relcard.store.file.database import session

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
    def standpoint(self) -> Standpoint:
        """The day, and what of the settings every service is handed."""
        return self._standpoint(self.today)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open the store to read."""
        with session(self.path) as db:
            yield db

    @contextmanager
    def trying(self, command: str) -> Iterator[Connection]:
        """Open the store to do something of which nothing is kept."""
        with session(self.path) as db, journal.step(db, command, today=self.today, dry_run=True):
            yield db

    @contextmanager
    def changing(self, command: str, device: str) -> Iterator[Change]:
        """Open the store to change it in one step, which bears the name of a device."""
        with session(self.path, device=device) as db:
            journal.leave_wal(db)
            with journal.step(db, command, today=self.today) as step:
                yield Change(db, step)
        record.begin()  # what a command of the terminal would say at its end would only grow here

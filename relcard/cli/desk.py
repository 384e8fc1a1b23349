"""What every command finds on its desk: the store, the settings and today's date.

The desk is made before every command, --help too: what it needs of other modules is loaded when asked for.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from relcard.errors import StoreError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from datetime import date

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.standpoint import Standpoint
    from relcard.settings import Settings
    from relcard.store.file.database import Connection


class Desk:
    """The options that stand before a command, made into what the command needs."""

    def __init__(
        self,
        *,
        store_option: str | None,
        today: date,
        quiet: bool,
        spared: Connection | None = None,
        clock: Callable[[], date] | None = None,
    ) -> None:
        self._store_option = store_option
        self._spared = spared  # a copy of the store without the rows that cannot be read
        self._settings: Settings | None = None
        self.today = today
        self.clock = clock or (lambda: today)  # for what may go on past midnight
        self.quiet = quiet

    @property
    def store(self) -> str:
        """Where the store is."""
        if self._store_option is None:
            from relcard.settings import default_store  # noqa: PLC0415  5 ms

            self._store_option = default_store()
        if not self._store_option:
            raise UsageError("--store names no file.", hint="For example: relcard --store FOLDER/relcard.db")
        if self._store_option.startswith("~"):  # --store=~/... comes as it was typed
            self._store_option = os.path.expanduser(self._store_option)  # noqa: PTH111
        return self._store_option

    @property
    def settings(self) -> Settings:
        """The user's settings, read once."""
        if self._settings is None:
            from relcard import settings  # noqa: PLC0415  5 ms, and many commands need none

            self._settings = settings.load(settings.path_beside(self.store))
        return self._settings

    @property
    def standpoint(self) -> Standpoint:
        """The day, and what of the settings every service is handed."""
        return self.settings.standpoint(self.today)

    @property
    def spares_rows(self) -> bool:
        """Whether rows that cannot be read are left out, and so nothing can be changed."""
        return self._spared is not None

    def card_size(self, name: str | None = None) -> CardSize:
        """Return the card said, or the user's: a name such as half-fold follows the page of the settings."""
        from relcard.domain.printing.card_size import find_size  # noqa: PLC0415  3 ms, for paper alone

        return find_size(name or self.settings.card, page=self.settings.page)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open the store to read; nothing is made that was not there."""
        from relcard.store.file.database import session  # noqa: PLC0415  SQLite, 2 ms

        if self._spared is not None:
            yield self._spared
            return
        with session(self.store) as db:
            yield db

    @contextmanager
    def changing(self, command: str, *, dry_run: bool = False, begins: bool = False) -> Iterator[Connection]:
        """Open the store to change it in one step that `undo` takes back.

        Only a command that `begins` something makes a store where there is none; the others speak of
        contacts, and there are none yet.
        """
        from relcard.store.file import journal  # noqa: PLC0415  reading needs none
        from relcard.store.file.database import session  # noqa: PLC0415  SQLite, 2 ms

        if self._spared is not None:
            raise StoreError(
                "Where a row cannot be read nothing is changed.",
                hint="relcard doctor names each, and how to bring a whole store back.",
            )
        with session(self.store, create=begins and not dry_run) as db:
            journal.leave_wal(db)
            with journal.step(db, command, today=self.today, dry_run=dry_run):
                yield db


pass_desk = click.make_pass_decorator(Desk)

"""The store as the exchange asks it."""

# ruff: noqa: D102  what each method is for stands in Ledger

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.sharing.steps import from_line
from relcard.errors import UndecidedError
from relcard.share.codes import read_code
from relcard.share.ledger import Standing
from relcard.store import migrations
from relcard.store.sharing import devices
from relcard.store.sharing import ledger
from relcard.store.sharing import unsettled
from relcard.store.sharing.ledger import Taken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from relcard.store.file.database import Connection
    from relcard.store.sharing.ledger import Reached


_MANY = 10_000  # steps; who was away for longer is asked about the rest next time


class StoreLedger:
    """A store that shares a list; each method is the one of `Ledger`."""

    def __init__(self, db: Connection, *, allowed: int | None = 0) -> None:
        self._db = db
        self._allowed = allowed  # contacts that may go or change at once, said by a person

    def standing(self) -> Standing:
        sharing = ledger.standing(self._db)
        assert sharing is not None  # noqa: S101  who has none exchanges nothing
        key = read_code(sharing.key).key
        return Standing(sharing.list_id, sharing.device_id, sharing.name, key, migrations.LATEST)

    def changing(self) -> AbstractContextManager[None]:
        return devices.changing(self._db)

    def unbundled(self, limit: int) -> Sequence[bytes]:
        return ledger.unbundled(self._db, limit)

    def check_unbundled(self) -> None:
        lines = self.unbundled(_MANY)
        if not lines:
            return
        from relcard.store.sharing.taking import MassChangeError  # noqa: PLC0415  as below
        from relcard.store.sharing.taking import guard  # noqa: PLC0415  as below

        try:
            guard(self._db, map(from_line, lines), allowed=self._allowed)
        except MassChangeError as error:
            some = ", ".join(error.names[:5])
            raise UndecidedError(
                f"What was done here would remove or change {error.count} contacts at once on the other "
                f"laptop, {some} among them. It was not sent.",
                hint=f"If it was meant: relcard share --allow-deletes {error.count}. If not: relcard undo",
            ) from error

    def keep_bundle(self, number: int, sha256: str, data: bytes, last: int) -> None:
        ledger.keep_bundle(self._db, number, sha256, data, last)

    def unsent(self) -> Sequence[tuple[int, bytes]]:
        return ledger.unsent(self._db)

    def mark_sent(self, number: int) -> None:
        ledger.mark_sent(self._db, number)

    def own_last(self) -> Reached:
        return ledger.own_last(self._db)

    def own_sent(self) -> Reached:
        return devices.own_sent(self._db)

    def reached(self) -> Mapping[str, Reached]:
        waiting = devices.last_waiting(self._db)
        return {
            device: read._replace(last=max(read.last, waiting.get(device, 0)))
            for device, read in ledger.read_so_far(self._db).items()
        }

    def keep(self, device: str, reached: Reached, lines: Sequence[bytes]) -> None:
        from relcard.store.sharing.taking import keep  # noqa: PLC0415  100 ms, where something has come

        keep(self._db, device, reached, lines)

    def take(self, today: date) -> Taken:
        if not devices.last_waiting(self._db) and not self.unbundled(1):
            return Taken({}, 0, unsettled.count(self._db))
        from relcard.services.people.suggest_households import suggest_households  # noqa: PLC0415  as above
        from relcard.store.sharing.taking import Terms  # noqa: PLC0415  as above
        from relcard.store.sharing.taking import take  # noqa: PLC0415  as above

        return take(self._db, Terms(today, suggest_households, self._allowed))

    def awaited(self) -> Mapping[str, int]:
        return devices.awaited(self._db)

    def steps(self, device: str, after: int) -> Sequence[bytes]:
        return ledger.steps(self._db, device, after)

    def renew_device(self) -> None:
        devices.renew(self._db)

    def names(self) -> Mapping[str, str]:
        return {
            known.device: known.name for known in devices.every(self._db) if known.name and not known.is_own
        }

    def name_device(self, device: str, name: str, on: str) -> None:
        devices.name(self._db, device, name, on)

    def tables_hash(self) -> str:
        return ledger.tables_hash(self._db, with_own_book=False)

    def vector(self) -> Mapping[str, int]:
        return ledger.vector(self._db)

    def remember(self, report: str) -> None:
        devices.remember(self._db, report)

"""A store whose indexes are damaged, built anew from its rows."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from relcard.errors import StoreError
from relcard.errors import UsageError
from relcard.files import put_in_place
from relcard.store.file import archive
from relcard.store.file import backups
from relcard.store.file import checks


def rescue_store(store: str, target: Path) -> int:
    """Write every row of a damaged store to a new one at `target` and return how many contacts it has.

    The steps for undo stay behind. Raises `StoreError` when rows are lost or a vCard is not what it was: then
    only a backup helps.
    """
    if not Path(store).exists() or checks.examine(store).is_sound:
        raise UsageError("There is nothing to rescue.", hint="relcard doctor looks at the store.")
    partial = backups.partial_beside(str(target))
    try:
        archive.rescue(store, partial)
        report = checks.examine(partial)
        damage = next((finding for finding in report.findings if finding.is_damage), None)
        if damage is not None:
            raise StoreError(
                f"The rows of {store} are damaged too: {damage.message.replace(partial, store)}",
                hint="relcard backup --list shows what can be restored.",
            )
        put_in_place(partial, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(partial)  # noqa: PTH108
    return report.contacts

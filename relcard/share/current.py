"""The list that a store shares: exchanged with its place, and given again where the place has lost of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.errors import NotFoundError
from relcard.share import whereabouts
from relcard.share.exchange import exchange
from relcard.share.store_ledger import StoreLedger
from relcard.store.sharing import ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date

    from relcard.share.exchange import Exchanged
    from relcard.share.repair import Lost
    from relcard.store.file.database import Connection
    from relcard.store.sharing.ledger import Sharing

    Ask = Callable[[str], str]  # for the password of a user on a server


def sharing_of(db: Connection) -> Sharing:
    """Return the list that a store shares. Raises `NotFoundError` where it shares none."""
    sharing = ledger.standing(db)
    if sharing is None:
        raise NotFoundError(
            "This store shares no list.",
            hint="Begin with: relcard share start FOLDER, or on the second laptop relcard share join FOLDER.",
        )
    return sharing


def share_list(db: Connection, *, ask: Ask, today: date, allowed: int = 0) -> Exchanged:
    """Exchange what is new with the place of the list; `allowed` contacts may go or change at once."""
    sharing = sharing_of(db)
    with whereabouts.opened(whereabouts.from_text(sharing.place), ask) as place:
        return exchange(StoreLedger(db, allowed=allowed), place, today)


def repair_list(db: Connection, *, ask: Ask, today: date, dry_run: bool) -> Sequence[Lost]:
    """Give again what the place has lost and this laptop had read; return what it is."""
    from relcard.share.repair import find_lost  # noqa: PLC0415  where something is repaired
    from relcard.share.repair import give_again  # noqa: PLC0415  as above

    sharing = sharing_of(db)
    kept = StoreLedger(db)
    with whereabouts.opened(whereabouts.from_text(sharing.place), ask) as place:
        lost = find_lost(kept, place)
        for what in lost if not dry_run else ():
            give_again(kept, place, what, today)
    return lost

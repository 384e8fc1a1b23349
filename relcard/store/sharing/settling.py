"""What differs between laptops, settled by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.errors import UsageError
from relcard.store import households
from relcard.store.file import journal
from relcard.store.sharing import conflicts
from relcard.store.sharing import taking
from relcard.store.sharing.state import OWN
from relcard.store.sharing.state import State

if TYPE_CHECKING:
    import sqlite3

    from relcard.store.sharing.conflicts import Conflict


def settle(
    db: sqlite3.Connection, conflict: Conflict, choice: str, terms: taking.Terms, which: int = 0
) -> None:
    """Settle something that differs, as a step of this laptop: "here", "there" or "both".

    Of several "there" it is the one of number `which`. Raises `UsageError` where there is no such choice.
    """
    words = f"{journal.SETTLING} {conflict.who}".strip()
    if conflict.kind == conflicts.GONE and choice == "there":
        with journal.step(db, words, today=terms.today) as step_id:
            _let_go(db, conflict)
            journal.note_answer(db, step_id, (OWN, State(db).own_last().number + 1))
        return
    taking.settle(db, conflicts.answer(db, conflict, choice, which), words, terms)


def _let_go(db: sqlite3.Connection, conflict: Conflict) -> None:
    """Remove a row with all that hangs on it, inside the caller's step."""
    uuid = bytes.fromhex(conflict.uuid)
    if conflict.table == "household":
        (inside,) = db.execute(
            """SELECT count(*) FROM membership JOIN household ON household.id = household_id
               WHERE household.uuid = ?""",
            (uuid,),
        ).fetchone()
        if inside:
            raise UsageError(
                "Somebody is in this household: it cannot go.", hint="relcard household join or delete first."
            )
        db.execute(
            """DELETE FROM recipient WHERE household_id =
               (SELECT id FROM household WHERE uuid = ?)""",
            (uuid,),
        )
    homes = {
        number
        for (number,) in db.execute(
            """SELECT household_id FROM membership JOIN contact ON contact.id = contact_id
               WHERE contact.uuid = ?""",
            (uuid,),
        )
    }
    db.execute(f'DELETE FROM "{conflict.table}" WHERE uuid = ?', (uuid,))
    households.delete_left(db, homes)

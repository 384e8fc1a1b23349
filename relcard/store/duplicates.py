"""What may tell that two contacts are one: names, e-mails, phones, birthday and letterbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.importing.duplicates import phone_digits
from relcard.domain.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator


_EMAILS, _PHONES = 4, 5  # columns


class ReachableRow(NamedTuple):
    """What two cards of one contact may have in common."""

    id: int
    uid: str
    name: str
    name_key: str
    emails: tuple[str, ...]  # folded
    phones: tuple[str, ...]  # digits
    month_day: tuple[int, int] | None  # of the birthday
    birth_year: int | None
    letterboxes: tuple[str, ...]


_AT_ONCE = 512  # rows whose e-mails and phones are decoded together: one by one takes three times as long
_REACHABLE = """
    SELECT contact.id, uid, name, name_key, coalesce(json_extract(detail, '$.emails'), '[]'),
           coalesce(json_extract(detail, '$.phones'), '[]'), coalesce(month_day, 0), coalesce(birth.date, ''),
           (SELECT group_concat(letterbox, char(31)) FROM address
            WHERE contact_id = contact.id AND letterbox <> '')
    FROM contact LEFT JOIN occasion AS birth ON birth.id =
         (SELECT id FROM occasion WHERE contact_id = contact.id AND kind = 'birthday'
          AND month_day IS NOT 0 LIMIT 1)
"""


def every(db: sqlite3.Connection, *, before: int | None = None) -> Iterator[ReachableRow]:
    """Yield all contacts with what may tell that they are another's twins; or only ids less than `before`."""
    rows = db.execute(
        f"""{_REACHABLE} WHERE archived_on IS NULL AND (? IS NULL OR contact.id < ?)
            ORDER BY contact.id""",
        (before, before),
    )
    yield from _rows(rows)


def some(db: sqlite3.Connection, contact_ids: Iterable[int]) -> Iterator[ReachableRow]:
    """Yield some contacts with what may tell that they are another's twins."""
    wanted = json.dumps(list(contact_ids))
    yield from _rows(
        db.execute(f"{_REACHABLE} WHERE contact.id IN (SELECT value FROM json_each(?))", (wanted,))
    )


def _rows(rows: sqlite3.Cursor) -> Iterator[ReachableRow]:
    while some_rows := rows.fetchmany(_AT_ONCE):
        all_emails, all_phones = (
            json.loads(f"[{','.join([row[column] for row in some_rows])}]") for column in (_EMAILS, _PHONES)
        )
        for row, emails, phones in zip(some_rows, all_emails, all_phones, strict=True):
            contact_id, uid, name, key, _, _, month_day, born, letterboxes = row
            yield ReachableRow(
                contact_id,
                uid,
                name,
                key,
                tuple([fold(email[0]) for email in emails]),
                tuple([phone_digits(phone[0]) for phone in phones]),
                divmod(month_day, 100) if month_day else None,
                int(born[:4]) if born[:4].isdigit() else None,
                tuple(letterboxes.split("\x1f")) if letterboxes else (),
            )


def name_keys(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """Return the folded names of some contacts in one query."""
    wanted = json.dumps(list(contact_ids))
    rows = db.execute(
        "SELECT id, name_key FROM contact WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return dict(rows)


def first_of(db: sqlite3.Connection, contact_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the first phone and e-mail of some contacts, as typed; who has neither is not among them."""
    rows = db.execute(
        """SELECT id, json_extract(detail, '$.phones[0][0]'), json_extract(detail, '$.emails[0][0]')
           FROM contact WHERE id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(contact_ids)),),
    )
    reached = ((contact_id, tuple(filter(None, ways))) for contact_id, *ways in rows)
    return {contact_id: ways for contact_id, ways in reached if ways}

"""What may tell that two contacts are one: names, e-mails, phones, birthday and letterbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.importing.duplicates import phone_digits
from relcard.domain.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator


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
    letterbox: str


_REACHABLE = """
    SELECT id, uid, name, name_key, json_extract(detail, '$.emails'), json_extract(detail, '$.phones'),
           (SELECT date FROM occasion WHERE contact_id = contact.id AND kind = 'birthday' LIMIT 1),
           (SELECT letterbox FROM address WHERE contact_id = contact.id AND letterbox <> '' LIMIT 1)
    FROM contact
"""


def every(db: sqlite3.Connection, *, before: int | None = None) -> Iterator[ReachableRow]:
    """Yield all contacts with what may tell that they are another's twins; or only ids less than `before`."""
    rows = db.execute(f"{_REACHABLE} WHERE ? IS NULL OR id < ? ORDER BY id", (before, before))
    yield from _rows(rows)


def some(db: sqlite3.Connection, contact_ids: Iterable[int]) -> Iterator[ReachableRow]:
    """Yield some contacts with what may tell that they are another's twins."""
    wanted = json.dumps(list(contact_ids))
    yield from _rows(db.execute(f"{_REACHABLE} WHERE id IN (SELECT value FROM json_each(?))", (wanted,)))


def _rows(rows: sqlite3.Cursor) -> Iterator[ReachableRow]:
    for contact_id, uid, name, key, emails, phones, birthday, letterbox in rows:
        born = PartialDate.parse(birthday) if birthday else None
        yield ReachableRow(
            id=contact_id,
            uid=uid,
            name=name,
            name_key=key,
            emails=tuple(fold(address) for address, *_ in json.loads(emails)) if emails else (),
            phones=tuple(phone_digits(number) for number, *_ in json.loads(phones)) if phones else (),
            month_day=born.month_day if born else None,
            birth_year=born.year if born else None,
            letterbox=letterbox or "",
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

"""WHO: from the words a user types to a contact or a household."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import Desk
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.store.file.database import Connection

_HOUSEHOLD = re.compile(r"[hH](\d+)\Z")
_URN = re.compile(r"urn:uuid:", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


def one_contact(db: Connection, words: str) -> int:
    """Return the contact meant; asks on a terminal when there are several.

    A household means its only member. Raises `NotFoundError` and `UndecidedError`.
    """
    found = _contacts(db, words)
    return found[0] if len(found) == 1 else _choose(db, words, found)


def some_contacts(db: Connection, who: Sequence[str]) -> list[int]:
    """Return the contacts meant by several WHO; a household means all its members."""
    found: list[int] = []
    for words in who:
        several = _contacts(db, words)
        if len(several) > 1 and not is_household(words) and several != _as_addressed(db, words):
            several = [_choose(db, words, several)]
        found.extend(several)
    return list(dict.fromkeys(found))


def one_household(db: Connection, words: str) -> int:
    """Return the household meant: by its id or by the name of a member."""
    found = _contacts(db, words)
    at = {households.of_contact(db, one): one for one in found}
    if len(at) > 1:
        chosen = _choose(db, words, list(at.values()))
        at = {households.of_contact(db, chosen): chosen}
    household_id = next(iter(at))
    assert household_id is not None  # noqa: S101  every contact is in a household
    return household_id


def some_households(db: Connection, who: Sequence[str]) -> list[int]:
    """Return the households meant by several WHO."""
    return list(dict.fromkeys(one_household(db, words) for words in who))


def _contacts(db: Connection, words: str) -> list[int]:
    number = _HOUSEHOLD.match(words)
    if number:
        row = households.get(db, int(number[1]))
        if row is None:
            raise NotFoundError(f"There is no household {words}.", hint="relcard household list")
        return list(row.members)
    found = contacts.find(db, words) or contacts.find(db, _kept_uid(words)) or _as_addressed(db, words)
    if not found:
        if not contacts.count(db):
            raise NotFoundError("There are no contacts yet.", hint="Begin with: relcard import FILE.vcf")
        near = contacts.near_names(db, words)
        first = words.split(maxsplit=1)[0] if words.split() else ""
        raise NotFoundError(
            f"No contact matches '{words}'." + (f" Near: {', '.join(near)}." if near else ""),
            hint=f"Try: relcard list {first[:3]}" if first[:3].isalnum() else "relcard list names them.",
        )
    return found


def _as_addressed(db: Connection, words: str) -> list[int]:
    """Return the members of the household whose envelope says just these words: screens name it so."""
    desk = click.get_current_context().find_object(Desk)
    if desk is None or not words.strip():
        return []
    from relcard.services.people.read_households import read_households  # noqa: PLC0415  27 ms; WHO is mostly a name

    views = read_households(db, None, desk.standpoint)
    named = [view.id for view in views if fold(view.addressee) == fold(words)]
    row = households.get(db, named[0]) if len(named) == 1 else None
    return list(row.members) if row else []


def _kept_uid(words: str) -> str:
    """Return a UID as the store keeps it, whatever way a vCard spells it: without urn:uuid: and capitals."""
    uid = _URN.sub("", words.strip(), count=1)
    return uid.lower() if _UUID.match(uid) else uid


def is_household(words: str) -> bool:
    """Whether WHO is the id of a household, such as h12."""
    return _HOUSEHOLD.match(words) is not None


def _choose(db: Connection, words: str, found: list[int]) -> int:
    names = contacts.names(db, found)
    uids = {one: contacts.uid_of(db, one) for one in found}
    labels = [f"{names[one]}  {uids[one]}" for one in found]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UndecidedError(
            f"'{words}' may be any of {len(found)} contacts.",
            candidates=tuple(labels[:12]),
            hint="Say more of the name, or the identifier beside it.",
        )
    click.echo(f"'{output.clean(words)}' may be:", err=True)
    for number, one in enumerate(found[:12], start=1):
        click.echo(f"  {number}  {output.clean(names[one])}", err=True)
    answer: int = click.prompt(
        "Which", type=click.IntRange(1, min(len(found), 12)), err=True, show_choices=False
    )
    return found[answer - 1]

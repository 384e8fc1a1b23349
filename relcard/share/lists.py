"""A list begun, joined, begun anew: what each does to the store and to its place, in that order."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import NotFoundError
from relcard.errors import RelcardError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.files import write_atomically
from relcard.services.data.export import export_cards
from relcard.share import whereabouts
from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.codes import new_code
from relcard.share.codes import read_code
from relcard.share.current import sharing_of
from relcard.share.exchange import exchange
from relcard.share.ledger import Standing
from relcard.share.reading import read_next
from relcard.share.store_ledger import StoreLedger
from relcard.store import contacts
from relcard.store import migrations
from relcard.store.file import backups
from relcard.store.file.database import session
from relcard.store.sharing import ledger
from relcard.store.sharing.bringing import Brought
from relcard.store.sharing.bringing import bring_own_book
from relcard.store.sharing.bringing import empty_copy
from relcard.store.sharing.emptying import empty
from relcard.store.sharing.ledger import Reached
from relcard.store.sharing.ledger import Sharing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from relcard.share.codes import Code
    from relcard.share.exchange import Exchanged
    from relcard.share.places import Place
    from relcard.share.whereabouts import Whereabouts
    from relcard.store.file.database import Connection

    Ask = Callable[[str], str]  # for the password of a user on a server


# For whoever finds the folder and would tidy it.
_NOTICE = "Please leave as it is.txt"
_WORDS = """By these files two computers keep one list of relcard.
Please rename, move and delete none of them. How things stand: relcard share status.
What somebody deleted, relcard share repair puts back.
"""


class OwnPeopleError(UndecidedError):
    """A store that has people of its own, before it takes those of a list."""


class Laptop(NamedTuple):
    """What a laptop brings to a list: its name, and the kinds of the own book that travel from it."""

    name: str
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining; `set_aside` and `cards` say where the people are who stood here before.

    `brought` says how much of their own book was brought back.
    """

    exchanged: Exchanged
    set_aside: Path | None
    cards: Path | None
    brought: Brought


def start_list(
    store: str, where: Whereabouts, laptop: Laptop, *, is_plain: bool, ask: Ask, today: date
) -> tuple[Code, Exchanged]:
    """Begin a list in a place that has none, with all that is here; return its code.

    Where the place cannot be used nothing is made here. Raises `UsageError` where this store shares one
    already, `UndecidedError` where the place has one.
    """
    with session(store) as db:
        _refuse_second(db)
    with whereabouts.opened(where, ask) as place:
        _prepare(place, where)
        with session(store, create=True) as db:
            return _put(db, place, where, laptop, is_plain=is_plain, today=today)


def join_list(
    store: str, where: Whereabouts, laptop: Laptop, code: str, *, puts_aside: bool, ask: Ask, today: date
) -> Joined:
    """Take part in a list that another laptop began.

    Raises `UsageError` for a code that is none, `NotFoundError` where nothing of its list is there, and
    `OwnPeopleError` where this store has people of its own and they are not to be put aside.
    """
    asked = read_code(code)
    with whereabouts.opened(where, ask) as place:
        _check_list(place, where, asked)
        set_aside = cards = None
        with closing(empty_copy()) as before, session(store, create=True) as db:
            _refuse_second(db)
            people = contacts.count(db)
            if people and not puts_aside:
                raise OwnPeopleError(
                    f"This store has {people} people of its own, and two lists are never blended.",
                    hint="With --put-aside they are kept as a backup and as vCards for relcard import.",
                )
            if people:
                set_aside = backups.back_up(store, None, today=today)
                cards = set_aside.with_suffix(".vcf")
                write_atomically(cards, b"".join(export_cards(db)))
                db.backup(before)
                empty(db)
            _begin(db, where, laptop, asked, today)
            try:
                exchanged = exchange(StoreLedger(db), place, today)
            except RelcardError as error:
                if set_aside is not None:
                    way_back = f"Who was here before is in {set_aside}; relcard restore brings them back."
                    error.hint = f"{error.hint} {way_back}".strip()
                raise
            finally:  # of the list some may have come
                brought = bring_own_book(db, before, today=today) if people else Brought()
            return Joined(exchanged, set_aside, cards, brought)


def begin_anew(db: Connection, where: Whereabouts, *, ask: Ask, today: date) -> tuple[Code, Exchanged]:
    """Leave a list and begin a new one, with a key of its own, in a place that has none."""
    sharing = sharing_of(db)
    if where.address == whereabouts.from_text(sharing.place).address:
        raise UsageError(
            "A new list wants a folder of its own: who has the old key still reads the old one.",
            hint="Make another folder and name it: relcard share rekey PLACE",
        )
    with whereabouts.opened(where, ask) as place:
        _prepare(place, where)
        ledger.end(db)
        laptop = Laptop(sharing.name, sharing.own)
        return _put(db, place, where, laptop, is_plain=sharing.is_plain, today=today)


def _prepare(place: Place, where: Whereabouts) -> None:
    """Refuse a place that has a list, or is not to be written to; leave a word to whoever finds it there."""
    there = place.look()
    if there.devices or there.packs:
        raise UndecidedError(
            f"There is a list in {where.address} already.",
            hint=f"To take part in it: relcard share join {where.address} --code CODE",
        )
    place.put(_NOTICE, _WORDS.encode())


def _put(
    db: Connection, place: Place, where: Whereabouts, laptop: Laptop, *, is_plain: bool, today: date
) -> tuple[Code, Exchanged]:
    """Begin a list and put it into its place."""
    code = new_code(is_plain=is_plain)
    _begin(db, where, laptop, code, today)
    return code, exchange(StoreLedger(db), place, today)


def _refuse_second(db: Connection) -> None:
    sharing = ledger.standing(db)
    if sharing is not None:
        address = whereabouts.from_text(sharing.place).address
        raise UsageError(
            f"This store shares a list already, through {address}.",
            hint="relcard share status shows it; relcard share stop leaves it.",
        )


def _begin(db: Connection, where: Whereabouts, laptop: Laptop, code: Code, today: date) -> None:
    asked = Sharing(
        name=laptop.name,
        key=code.text,
        is_plain=not code.key,
        place=where.as_text(),
        own=laptop.own,
        list_id=code.list_id,
    )
    ledger.begin(db, asked, today=today)


def _check_list(place: Place, where: Whereabouts, code: Code) -> None:
    """Refuse a place that has nothing of a list yet, or has another one."""
    there = place.look()
    standing = Standing(code.list_id, "", "", code.key, migrations.LATEST)
    for device in sorted(there.devices | {pack.device for pack in there.packs}):
        try:
            if read_next(place, there.packs, standing, device, Reached()) is not None:
                return
        except BundleError as error:
            if error.fault in (Fault.OTHER_KEY, Fault.OTHER_LIST):
                raise UsageError(
                    f"The code is not that of the list in {where.address}.",
                    hint="relcard share status --code, on the laptop that began it, shows the right one.",
                ) from error
            if error.fault is Fault.NEWER:
                raise
    raise NotFoundError(
        f"There is no list in {where.address} yet, or it has not arrived.",
        hint="Has the first laptop done relcard share start, and its folder been carried here?",
    )

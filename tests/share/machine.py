"""Laptops that share one list, random commands of a couple on them, and an oracle that knows nothing of merging.

Every command writes a word of its own. The oracle looks at the tables before and after: a word that a command
took off the screen of whoever saw it was replaced knowingly. Any other must stand in the end, or be listed.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import sqlite3
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from unittest import mock

from relcard.domain.feasts import Season
from relcard.domain.importing.differences import Side
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.season import State
from relcard.domain.sharing.steps import value_to_text
from relcard.domain.standpoint import Standpoint
from relcard.errors import RelcardError
from relcard.services.importing.merge_contacts import compare_contacts
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.people.add_contact import add_contact
from relcard.services.people.addresses import add_address
from relcard.services.people.archive_and_delete import delete_contacts
from relcard.services.people.edit_contact import edit_contact
from relcard.services.people.edit_contact import open_page
from relcard.services.people.state_households import HouseholdWords
from relcard.services.people.state_households import join_households
from relcard.services.people.state_households import set_words
from relcard.services.people.state_households import split_households
from relcard.services.people.suggest_households import suggest_households
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.move_cards import receive_cards
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season
from relcard.services.seasons.start_season import start_season
from relcard.store import households
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.file.database import open_store
from relcard.store.sharing import conflicts
from relcard.store.sharing import ledger
from relcard.store.sharing import settling
from relcard.store.sharing import taking
from tests.support.book import Book
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow
    from relcard.store.sharing.conflicts import Conflict

    Command = Callable[["Laptop", random.Random], None]

TODAY = date(2026, 11, 20)
STANDPOINT = Standpoint(today=TODAY, sender_country="GB", language="en")
TERMS = taking.Terms(TODAY, suggest_households, allowed=None)
KINDS = ("notes", "facts")  # of the own book, that these two share
WORD = re.compile(r"tok[a-z]\d+q", re.IGNORECASE)
SEASON = "christmas-2026"


class Dose(NamedTuple):
    """How much laptops are tried: seeds, edits of each laptop, households, and edits between two exchanges."""

    seeds: int
    edits: int
    people: int
    rest: int


# RELCARD_FAULTS chooses: the suite's own, what .ci/run adds to it, or the full one of `make gates`.
DOSE = {"gate": Dose(1, 150, 200, 15), "full": Dose(20, 1000, 200, 15)}.get(
    os.environ.get("RELCARD_FAULTS", ""), Dose(1, 10, 6, 4)
)
SEEDS = range(1, DOSE.seeds + 1)
# Where the user reads: not what is worked out from it, nor names that a merge remembers.
_SEEN = {
    "contact": ("name", "detail"),
    "address": ("street",),
    "note": ("text",),
    "fact": ("value",),
    "tag": ("name",),
    "household": ("addressee",),
    "recipient": ("front", "inside"),
    "interaction": ("text",),
}
_SEEN_IN_TABLES = " UNION ALL ".join(
    f"SELECT {column} FROM {table}" for table, columns in _SEEN.items() for column in columns
)
TICKS_OF_EDIT, TICKS_OF_TAKING = (
    120,
    1200,
)  # hundred steps of SQLite: what most need, so that most kills strike
_STEPS_OF_A_PILE = 3  # of another laptop's steps, that come at once


def _random_bytes(size: int) -> bytes:
    """Return random bytes of the system, or those that `the_same_again` has put there."""
    return os.urandom(size)


class KilledError(BaseException):
    """The moment at which a laptop was switched off."""


@dataclass
class Laptop:
    """A laptop with its store, and what its user knowingly replaced."""

    path: str
    letter: str
    list_id: str = ""
    key: str = ""
    words: list[str] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    dismissed: set[str] = field(default_factory=set)  # words that the command at hand lets go, if it is done
    read: dict[str, int] = field(default_factory=dict)  # of each other device: the last step that was fetched

    def __post_init__(self) -> None:
        self.db = self._open()
        sharing = ledger.Sharing(self.letter, self.key, own=KINDS, list_id=self.list_id)
        self.list_id = ledger.begin(self.db, sharing, today=TODAY).list_id
        standing = ledger.standing(self.db)
        assert standing is not None
        self.device = standing.device_id

    def _open(self) -> sqlite3.Connection:
        db = open_store(self.path, create=True)
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA trusted_schema=ON")  # for the two functions, by which a run can be had again
        db.create_function("randomblob", 1, _random_bytes)
        db.create_function("random", 0, lambda: int.from_bytes(_random_bytes(8), signed=True))
        self._words_at = (-1, set[str]())
        return db

    def reopen(self) -> None:
        """Switch the laptop off and on."""
        self.db.close()
        self.db = self._open()

    def word(self) -> str:
        """Return a word that nobody has written yet."""
        self.words.append(f"tok{self.letter}{len(self.words)}q")
        return self.words[-1]

    def seen(self) -> set[str]:
        """Return the words that stand in the tables; they are read where anything was written since."""
        changes, words = self._words_at
        if self.db.total_changes != changes:
            rows = self.db.execute(_SEEN_IN_TABLES)
            words = set(WORD.findall(" ".join(text or "" for (text,) in rows)))
            self._words_at = (self.db.total_changes, words)
        return words

    def listed(self) -> list[Conflict]:
        return conflicts.conflicts(self.db)

    def listed_words(self) -> set[str]:
        """Return the words that stand in the list of what differs."""
        return {
            word
            for conflict in self.listed()
            for word in WORD.findall(value_to_text([conflict.here, list(conflict.there)]))
        }

    def do(self, command: Command, chance: random.Random, kills: float = 0.0) -> None:
        """Run a command of the user: whole, or not at all where the program refuses it or is killed."""
        before, number = self.seen(), len(self.words)
        self.dismissed.clear()
        try:
            with maybe_killed(self, chance, kills, TICKS_OF_EDIT):
                command(self, chance)
        except RelcardError:
            pass
        except (sqlite3.OperationalError, KilledError):
            self.reopen()
        after = self.seen()
        self.replaced |= before - after
        if self.dismissed:
            self.replaced |= self.dismissed - after - self.listed_words()
        # A word that was never shown was never written.
        self.words[number:] = [word for word in self.words[number:] if word in after]

    @contextlib.contextmanager
    def killed_after(self, ticks: int) -> Iterator[None]:
        """Switch the laptop off after so many hundred steps of SQLite."""
        left = [ticks]

        def tick() -> int:
            left[0] -= 1
            return int(left[0] < 0)

        self.db.set_progress_handler(tick, 100)
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.ProgrammingError):
                self.db.set_progress_handler(None, 0)

    def fetch(self, other: Laptop, chance: random.Random | None = None, kills: float = 0.0) -> None:
        """Take what another laptop has sent: all of it, or with chance some, again, or out of order."""
        lines = ledger.steps(other.db, other.device, 0)
        if chance is None:
            start, end = self.read.get(other.device, 0), len(lines)
        else:
            at = self.read.get(other.device, 0)
            start = max(0, at + chance.randint(-_STEPS_OF_A_PILE, 1))
            end = min(len(lines), at + chance.randint(0, 3 * _STEPS_OF_A_PILE))
        if start >= end:
            return
        try:
            with maybe_killed(self, chance, kills, TICKS_OF_TAKING):
                taking.keep(self.db, other.device, ledger.Reached(0, "", 0), lines[start:end])
                taking.take(self.db, TERMS)
        except (sqlite3.OperationalError, KilledError):
            self.reopen()
        else:
            self.read[other.device] = ledger.read_so_far(self.db)[other.device].last


# What the two do.


def _someone(laptop: Laptop, chance: random.Random) -> int:
    ids: list[int] = [row[0] for row in laptop.db.execute("SELECT id FROM contact ORDER BY uid")]
    if not ids:
        raise RelcardError("nobody")
    return chance.choice(ids)


@contextlib.contextmanager
def _step(laptop: Laptop, command: str) -> Iterator[None]:
    with journal.step(laptop.db, command, today=TODAY):
        yield


def import_people(count: int) -> Command:
    """Return the command that takes in so many households from a file."""

    def command(laptop: Laptop, _: random.Random) -> None:
        people = range(1, count + 1)
        cards = [card(f"{laptop.word()} Oak", street=f"{number} High Street") for number in people]
        Book(laptop.db).imported(*cards)

    return command


def add(laptop: Laptop, chance: random.Random) -> None:
    word = laptop.word()
    street = Address(street=f"{chance.randint(1, 30)} High Street", locality="Leeds", country_code="GB")
    contact = Contact(
        kind=Kind.INDIVIDUAL,
        name=Name(given=word, family="Oak"),
        display_name=f"{word} Oak",
        addresses=(street,),
    )
    with _step(laptop, "add"):
        add_contact(laptop.db, contact, today=TODAY)


def _edit(laptop: Laptop, chance: random.Random, **parts: Any) -> None:
    with _step(laptop, "edit"):
        opened = open_page(laptop.db, _someone(laptop, chance))
        edit_contact(laptop.db, opened, opened.before._replace(**parts), today=TODAY)


def rename(laptop: Laptop, chance: random.Random) -> None:
    _edit(laptop, chance, display_name=f"{laptop.word()} Oak")


def give_title(laptop: Laptop, chance: random.Random) -> None:
    _edit(laptop, chance, title=laptop.word())


def call(laptop: Laptop, chance: random.Random) -> None:
    """Give somebody a nickname more, or one less."""
    with _step(laptop, "edit"):
        opened = open_page(laptop.db, _someone(laptop, chance))
        names = [*opened.before.nicknames]
        if names and chance.random() < 0.4:
            names.pop(chance.randrange(len(names)))
        else:
            names.append(laptop.word())
        edit_contact(laptop.db, opened, opened.before._replace(nicknames=tuple(names)), today=TODAY)


def move(laptop: Laptop, chance: random.Random) -> None:
    street = Address(street=f"{chance.randint(1, 30)} {laptop.word()}", locality="Leeds", country_code="GB")
    _edit(laptop, chance, addresses=(street,))


def add_house(laptop: Laptop, chance: random.Random) -> None:
    street = Address(street=f"{chance.randint(1, 30)} {laptop.word()}", locality="Leeds", country_code="GB")
    with _step(laptop, "address add"):
        add_address(laptop.db, [_someone(laptop, chance)], street, today=TODAY)


def note(laptop: Laptop, chance: random.Random) -> None:
    with _step(laptop, "note"):
        relationships.add_note(laptop.db, _someone(laptop, chance), laptop.word(), on=TODAY)


def change_note(laptop: Laptop, chance: random.Random) -> None:
    with _step(laptop, "note --edit"):
        laptop.db.execute(
            "UPDATE note SET text = ? WHERE uuid = (SELECT min(uuid) FROM note WHERE uuid > ?)",
            (laptop.word(), chance.randbytes(16)),
        )


def drop_note(laptop: Laptop, chance: random.Random) -> None:
    laptop.dismissed |= laptop.listed_words()  # what is kept beside it goes with it
    with _step(laptop, "note --remove"):
        laptop.db.execute(
            "DELETE FROM note WHERE uuid = (SELECT min(uuid) FROM note WHERE uuid > ?)",
            (chance.randbytes(16),),
        )


def know(laptop: Laptop, chance: random.Random) -> None:
    with _step(laptop, "fact"):
        relationships.set_fact(
            laptop.db, _someone(laptop, chance), chance.choice(("bread", "tea")), laptop.word(), today=TODAY
        )


def tag(laptop: Laptop, chance: random.Random) -> None:
    with _step(laptop, "tag"):
        contact = _someone(laptop, chance)
        if chance.random() < 0.6:
            relationships.add_tag(laptop.db, contact, chance.choice("abc"))
        else:
            relationships.remove_tag(laptop.db, contact, chance.choice("abc"))


def join(laptop: Laptop, chance: random.Random) -> None:
    laptop.dismissed |= laptop.listed_words()  # what is kept beside the words of a household that goes
    with _step(laptop, "household join"):
        join_households(laptop.db, [_someone(laptop, chance), _someone(laptop, chance)])


def split(laptop: Laptop, chance: random.Random) -> None:
    laptop.dismissed |= laptop.listed_words()  # what is kept beside the words of a household that goes
    with _step(laptop, "household split"):
        split_households(laptop.db, [_someone(laptop, chance)])


def wish(laptop: Laptop, chance: random.Random) -> None:
    home = households.of_contact(laptop.db, _someone(laptop, chance))
    assert home is not None
    with _step(laptop, "household set"):
        set_words(laptop.db, home, HouseholdWords(addressee=f"The {laptop.word()}"), STANDPOINT)


def delete(laptop: Laptop, chance: random.Random) -> None:
    laptop.dismissed |= laptop.listed_words()  # what is kept beside their facts goes with them
    with _step(laptop, "delete"):
        delete_contacts(laptop.db, [_someone(laptop, chance)], STANDPOINT)


def merge(laptop: Laptop, chance: random.Random) -> None:
    one, other = _someone(laptop, chance), _someone(laptop, chance)
    if one == other:
        return
    with _step(laptop, "merge"):
        differing = compare_contacts(laptop.db, one, other)
        take = {difference.field: chance.choice(list(Side)) for difference in differing.differences}
        merge_contacts(laptop.db, one, other, take=take, today=TODAY)


def season(laptop: Laptop, chance: random.Random) -> None:
    with _step(laptop, "season start"):
        if laptop.db.execute("SELECT 1 FROM season").fetchone():
            return
        start_season(laptop.db, Season.parse(SEASON), STANDPOINT)


def _card(laptop: Laptop, chance: random.Random) -> tuple[SeasonRow, Recipient]:
    try:
        open_season = find_season(laptop.db, SEASON)
    except RelcardError:
        season(laptop, chance)
        open_season = find_season(laptop.db, SEASON)
    recipients = read_season(laptop.db, open_season, STANDPOINT)
    if not recipients:
        raise RelcardError("nobody")
    return open_season, chance.choice(recipients)


def invite(laptop: Laptop, chance: random.Random) -> None:
    _card(laptop, chance) if not laptop.db.execute("SELECT 1 FROM season").fetchone() else None
    home = households.of_contact(laptop.db, _someone(laptop, chance))
    with _step(laptop, "season add"):
        laptop.db.execute(
            """INSERT OR IGNORE INTO recipient (season_id, household_id, state, reason)
               SELECT id, ?, 'planned', 'asked' FROM season""",
            (home,),
        )


def write_words(laptop: Laptop, chance: random.Random) -> None:
    _, recipient = _card(laptop, chance)
    with _step(laptop, "draft edit"):
        keep_draft(laptop.db, recipient, Printed(front="", inside=laptop.word()), edited=True)


def post(laptop: Laptop, chance: random.Random) -> None:
    open_season, recipient = _card(laptop, chance)
    with _step(laptop, "posted"):
        move_cards(
            laptop.db,
            open_season,
            [recipient],
            chance.choice([State.WRITTEN, State.POSTED]),
            today=TODAY,
            line=None,
        )


def receive(laptop: Laptop, chance: random.Random) -> None:
    open_season, recipient = _card(laptop, chance)
    with _step(laptop, "received"):
        receive_cards(laptop.db, open_season, [recipient], line=None, on=TODAY)


def undo(laptop: Laptop, chance: random.Random) -> None:
    steps = [step.id for step in journal.history(laptop.db) if not step.undone]
    journal.undo(laptop.db, chance.choice(steps[:9]) if steps and chance.random() < 0.3 else None)


def settle(laptop: Laptop, chance: random.Random) -> None:
    listed = laptop.listed()
    if not listed:
        return
    conflict = chance.choice(listed)
    laptop.dismissed |= laptop.listed_words()
    which = chance.randrange(len(conflict.there) or 1)
    settling.settle(laptop.db, conflict, chance.choice(("here", "there")), TERMS, which)


COMMANDS: dict[Command, int] = {
    add: 6,
    rename: 8,
    give_title: 10,
    call: 4,
    move: 6,
    add_house: 3,
    note: 14,
    change_note: 7,
    drop_note: 3,
    know: 6,
    tag: 6,
    join: 3,
    split: 1,
    wish: 4,
    delete: 4,
    merge: 3,
    invite: 5,
    write_words: 5,
    post: 6,
    receive: 2,
    undo: 6,
    settle: 3,
}


@dataclass
class Outcome:
    """What came of a run."""

    words: int
    lost: dict[str, str]  # the words that are nowhere, each with what is known of it
    listed: int
    tables: set[str]  # hashes of what stands, one where all agree
    conflicts: set[str]


def run(
    folder: Path,
    seed: int,
    *,
    dose: Dose,
    laptops: int = 2,
    kills: float = 0.0,
    commands: Sequence[Command] = (),
) -> tuple[Outcome, list[Laptop]]:
    """Let laptops work on one list, fetch after some edits, and come together at last."""
    chance = random.Random(seed)  # noqa: S311  a run can be had again
    with the_same_again(seed):
        first = Laptop(str(folder / "a.db"), "a")
        desk = [first]
        first.do(import_people(dose.people), chance)
        for letter in "bcd"[: laptops - 1]:
            desk.append(Laptop(str(folder / f"{letter}.db"), letter, list_id=first.list_id))
            desk[-1].fetch(first)
        for _ in range(dose.edits):
            for laptop in desk:
                laptop.do(choose(chance, commands), chance, kills)
                if chance.random() < 1 / dose.rest:
                    other = chance.choice([other for other in desk if other is not laptop])
                    laptop.fetch(other, chance, kills)
        come_together(desk)
    return judge(desk), desk


def the_same_again(seed: int) -> AbstractContextManager[object]:
    """Let UUIDs be those of a seed, so that a run can be had again."""
    chance = random.Random(f"UUIDs of {seed}")  # noqa: S311  no secret
    return mock.patch.object(os, "urandom", chance.randbytes)


def choose(chance: random.Random, commands: Sequence[Command] = ()) -> Command:
    """Return what is done next: one of some commands, or of all, those oftener that are in life."""
    return chance.choice(commands) if commands else chance.choices([*COMMANDS], [*COMMANDS.values()])[0]


def maybe_killed(
    laptop: Laptop, chance: random.Random | None, kills: float, most: int
) -> AbstractContextManager[None]:
    """Switch a laptop off now and then, after so many hundred steps of SQLite at most."""
    if chance is not None and chance.random() < kills:
        return laptop.killed_after(chance.randint(0, most))
    return contextlib.nullcontext()


def come_together(desk: list[Laptop]) -> None:
    """Let every laptop take all there is, until nothing is new."""
    while True:
        before = [ledger.vector(laptop.db) for laptop in desk]
        for laptop in desk:
            for other in desk:
                if other is not laptop:
                    laptop.fetch(other)
            taking.take(laptop.db, TERMS)
        if [ledger.vector(laptop.db) for laptop in desk] == before:
            return


def judge(desk: list[Laptop]) -> Outcome:
    """Say what became of every word."""
    replaced = set().union(*(laptop.replaced for laptop in desk))
    standing = set().union(*(laptop.seen() | laptop.listed_words() for laptop in desk))
    words = [word for laptop in desk for word in laptop.words]
    return Outcome(
        words=len(words),
        lost={word: "nowhere" for word in words if word not in replaced and word not in standing},
        listed=len(desk[0].listed()),
        tables={ledger.tables_hash(laptop.db) for laptop in desk},
        conflicts={value_to_text([list(conflict) for conflict in laptop.listed()]) for laptop in desk},
    )


def check(outcome: Outcome, desk: list[Laptop]) -> None:
    """See that nothing is lost, all agree, and each store is sound."""
    assert not outcome.lost
    assert len(outcome.tables) == 1
    assert len(outcome.conflicts) == 1
    for laptop in desk:
        laptop.db.close()
        assert [found.message for found in checks.examine(laptop.path).findings if found.is_damage] == []

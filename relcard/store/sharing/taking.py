"""Steps of another laptop on their way in: each waits for what it had seen, and is taken whole or not."""

from __future__ import annotations

import sqlite3
import traceback
import zlib
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.merging import displayed
from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import UnreadStepError
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import from_line
from relcard.errors import FileError
from relcard.errors import UndecidedError
from relcard.store import households
from relcard.store.file import journal
from relcard.store.sharing import capture
from relcard.store.sharing import conflicts
from relcard.store.sharing import devices
from relcard.store.sharing import projecting
from relcard.store.sharing import sense
from relcard.store.sharing import twins
from relcard.store.sharing.ledger import Taken
from relcard.store.sharing.state import OWN
from relcard.store.sharing.state import State
from relcard.store.sharing.state import decoded

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.sharing.steps import Step
    from relcard.store.sharing.ledger import Reached

    _Ready = tuple[str, Step, bytes]  # device, step, and its line
    # Proposes households after some contacts were written, as services/people/suggest_households does.
    Propose = Callable[..., object]

_FEWEST_GONE, _FEWEST_CHANGED = 5, 10  # of a short list no share is too much
_MOST_GONE, _MOST_CHANGED = 0.10, 0.30  # shares of a list
_NAMED = 5
# Of a step that nobody foresaw; what SQLite says of disk and locks is none of them.
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
    *(sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError),
)


class Terms(NamedTuple):
    """On what terms steps are taken."""

    today: date
    propose: Propose
    allowed: int | None = 0  # how many contacts go or change at once, said by a person; None: any number


class MassChangeError(UndecidedError):
    """Steps that would remove or change so much of the list that a person must look first."""

    def __init__(self, names: Sequence[str], count: int, *, is_removal: bool) -> None:
        what = "remove" if is_removal else "change"
        named = ", ".join(names[:_NAMED]) + (f" and {count - _NAMED} more" if count > _NAMED else "")
        super().__init__(
            f"The other laptop's steps {what} {count} contacts at once: {named}. Nothing was taken.",
            hint=f"If that was meant: relcard share --allow-deletes {count}",
        )
        self.names = tuple(names)
        self.count = count


def keep(db: sqlite3.Connection, device: str, reached: Reached, lines: Sequence[bytes]) -> None:
    """Keep the steps of a bundle that was read, until they are taken; what is known already is passed over.

    Raises `FileError` for a line that is no step.
    """
    try:
        steps = _read(db, lines)
    except UnreadStepError as error:
        raise FileError(
            f"a step of it cannot be read ({error}), nor is what follows taken. "
            "Update relcard here; where it is as new as there: relcard doctor there"
        ) from error
    with devices.changing(db):
        state = State(db)
        known = state.vector().get(device, 0)
        db.executemany(
            "INSERT OR IGNORE INTO share_waiting (device, number, line) VALUES (?, ?, ?)",
            (
                (bytes.fromhex(device), step.number, zlib.compress(line, 1))
                for step, line in zip(steps, lines, strict=True)
                if step.number > known
            ),
        )
        db.execute(
            "UPDATE share_device SET bundle = ?1, sha256 = ?2 WHERE id = ?3 AND bundle <= ?1",
            (reached.number, reached.sha256, state.number_of(device)),
        )


def _read(db: sqlite3.Connection, lines: Sequence[bytes]) -> list[Step]:
    """Read the steps of a bundle, which follow one another; raises `UnreadStepError`."""
    steps: list[Step] = []
    sensible = sense.Sense(db)
    for line in lines:
        step = from_line(line)
        sensible.check(step, behind=steps[-1].number if steps else step.number - 1)
        steps.append(step)
    return steps


def take(db: sqlite3.Connection, terms: Terms) -> Taken:
    """Take the steps that were kept and of which all that they had seen is here, in one transaction.

    What this laptop's own user did since may move other rows too: one that they removed stood in another's
    place, which comes back. A laptop whose steps end in a fault is left out, and they wait: those of others
    come in all the same. Raises `MassChangeError` where a person must look first; none are taken then.
    """
    try:
        return _take(db, terms)
    except _FAULTS as fault:
        for device in devices.last_waiting(db):
            with suppress(*_FAULTS):
                return _take(db, terms, without=device)._replace(untaken={device: _words_of(fault)})
        raise


def _words_of(fault: Exception) -> str:
    *_, last = traceback.extract_tb(fault.__traceback__)
    return (
        "its steps cannot be taken, and wait. Where relcard doctor finds nothing there, it is a fault of "
        f"relcard, to be reported: {type(fault).__name__} in {Path(last.filename).name}:{last.lineno}"
    )


def _take(db: sqlite3.Connection, terms: Terms, *, without: str = "") -> Taken:
    refused: MassChangeError | None = None
    with journal.taking(db) as history:
        state = State(db)
        ready = _ready(db, state, without)
        try:
            guard(db, [step for _, step, _ in ready], allowed=terms.allowed)
        except MassChangeError as error:
            refused, ready = error, []
        projection = projecting.Projection(db, state)
        _take_ready(db, state, projection, history, ready)
        if len(ready) != 1:  # what follows from several is none of theirs, and undo of one leaves it
            history.begin("share", terms.today, "", write=(OWN, 0))
        _bring_together(db, projection, history, terms)
        (waiting,) = db.execute("SELECT count(*) FROM share_waiting").fetchone()
    if refused is not None:
        raise refused
    steps = Counter(device for device, _, _ in ready)
    return Taken(steps, waiting, len(conflicts.conflicts(db)))


def _take_ready(
    db: sqlite3.Connection,
    state: State,
    projection: projecting.Projection,
    history: journal.Taking,
    ready: Sequence[_Ready],
) -> None:
    names = dict(db.execute("SELECT device, name FROM share_device WHERE name <> ''").fetchall())
    behind = max(0, len(ready) - journal.KEPT_STEPS)  # whom undo could not reach
    for place, (device, step, line) in enumerate(ready):
        this = Write(device, step.number)
        state.note_step(this, step.clock, line)
        if place < behind:
            projection.learn(step, this)
            continue
        if place == behind and behind:
            projection.settle()
            history.is_older_left_out = True
        name = names.get(bytes.fromhex(device)) or f"laptop {device[:4]}"
        history.begin(step.command, step.on, name, write=(state.number_of(device), step.number))
        projection.take(step, this)
    db.executemany(
        "DELETE FROM share_waiting WHERE device = ? AND number <= ?",
        [(bytes.fromhex(device), step.number) for device, step, _ in ready],
    )


def _ready(db: sqlite3.Connection, state: State, without: str) -> list[_Ready]:
    """Return the waiting steps that can be taken now, in an order that holds: device, step and line."""
    waiting: dict[str, dict[int, bytes]] = {}
    for key, number, line in db.execute(
        "SELECT device, number, line FROM share_waiting WHERE device <> ?", (bytes.fromhex(without),)
    ).fetchall():
        waiting.setdefault(key.hex(), {})[number] = zlib.decompress(line)
    vector = state.vector()
    ready: list[_Ready] = []
    while True:
        before = len(ready)
        for device, lines in sorted(waiting.items()):
            while line := lines.pop(vector.get(device, 0) + 1, b""):
                step = from_line(line)
                if any(vector.get(other, 0) < number for other, number in step.seen.items()):
                    lines[step.number] = line
                    break
                vector[device] = step.number
                ready.append((device, step, line))
        if len(ready) == before:
            return ready


def _bring_together(
    db: sqlite3.Connection,
    projection: projecting.Projection,
    history: journal.Taking,
    terms: Terms,
) -> None:
    """Bring the tables to what all rows say together, and let follow what each laptop works out by itself."""
    projection.settle()
    if projection.dear:
        _keep_dear(db, projection, history, terms)
        projection.settle()
    if _follow(db, projection, terms):
        projecting.Projection(db).settle()


def _follow(db: sqlite3.Connection, projection: projecting.Projection, terms: Terms) -> bool:
    """Let go what both laptops imported, and propose households for whom the steps brought.

    What changes of the list by that travels too. Returns whether something did.
    """
    alone = _ids(db, "SELECT id FROM contact WHERE id NOT IN (SELECT contact_id FROM membership)")
    people = (projection.people & _ids(db, "SELECT id FROM contact")) | alone
    if not people:
        households.drop_empty(db)  # whose people all went
        return False
    mark = journal.last_entry(db)
    if twins.let_go(db, projection.people):
        capture.capture_journal(db, twins.COMMAND, behind=mark, today=terms.today)
        projecting.Projection(db).settle()
        mark = journal.last_entry(db)
    terms.propose(db, people, today=terms.today)
    journal.settle_keys(db, mark)
    return bool(capture.capture_journal(db, "households as proposed", behind=mark, today=terms.today))


def _ids(db: sqlite3.Connection, question: str, *values: bytes) -> set[int]:
    return {number for (number,) in db.execute(question, values)}


def guard(db: sqlite3.Connection, steps: Iterable[Step], *, allowed: int | None = 0) -> None:
    """Raise `MassChangeError` where some steps remove or change more of the people here than one would.

    Who lives at an address that goes or changes is changed, but for what both laptops imported. Of this
    laptop's own steps, who went is counted beside those who are left. `allowed` is the exact number that a
    person said, None where any number may.
    """
    every = [change for step in steps if step.command != twins.COMMAND for change in step.changes]
    changes = [change for change in every if change.table == "contact"]
    names = dict(db.execute("SELECT lower(hex(uuid)), name FROM contact").fetchall())
    spoken_of = {change.uuid for change in changes}
    for uuid, kept in db.execute(
        "SELECT lower(hex(uuid)), kept FROM share_row WHERE name = 'contact' AND kept IS NOT NULL"
    ).fetchall():
        if uuid in spoken_of:
            names[uuid] = decoded(kept).get("name", "")
    gone = {change.uuid for change in changes if change.is_gone and change.uuid in names}
    came = {change.uuid for change in changes if change.row is not None}
    addresses = {change.uuid for change in every if change.table == "address" and change.row is None}
    changed = (spoken_of | _living_at(db, addresses)) & names.keys() - came
    is_removal = len(gone) > max(_FEWEST_GONE, _MOST_GONE * len(names))
    many = gone if is_removal else changed
    is_mass = is_removal or len(changed) > max(_FEWEST_CHANGED, _MOST_CHANGED * len(names))
    if is_mass and allowed not in (None, len(many)):
        raise MassChangeError(sorted(names[uuid] for uuid in many), len(many), is_removal=is_removal)


def _living_at(db: sqlite3.Connection, addresses: Collection[str]) -> set[str]:
    """Return the contacts of some addresses, of those that stand and of those that went."""
    if not addresses:
        return set()
    pairs = db.execute(
        """SELECT lower(hex(address.uuid)), lower(hex(contact.uuid))
           FROM address JOIN contact ON contact.id = contact_id"""
    ).fetchall()
    pairs += [
        (uuid, decoded(kept).get("contact_id"))
        for uuid, kept in db.execute(
            "SELECT lower(hex(uuid)), kept FROM share_row WHERE name = 'address' AND kept IS NOT NULL"
        )
    ]
    return {contact for uuid, contact in pairs if uuid in addresses}


def _keep_dear(
    db: sqlite3.Connection,
    projection: projecting.Projection,
    history: journal.Taking,
    terms: Terms,
) -> None:
    """Answer the removal of contacts of whom the own book says something: an edit, which lets them stand."""
    state = State(db)
    rows = [row for uuid in sorted(projection.dear) if (row := state.load("contact", uuid))]
    changes = [
        Change("contact", row.uuid, "name", row.values["name"], replaces=displayed(row, "name", state.clock))
        for row in rows
    ]
    history.begin("kept for what the own book says", terms.today, "")
    projection.write(changes, "kept for what the own book says", terms.today)


def settle(db: sqlite3.Connection, changes: Sequence[Change], command: str, terms: Terms) -> None:
    """Make a step of this laptop of changes to the list's rows that settle what differs."""
    with journal.taking(db) as history:
        projection = projecting.Projection(db)
        history.begin(command, terms.today, "", settles=(OWN, State(db).own_last().number + 1))
        projection.write(changes, command, terms.today)
        _bring_together(db, projection, history, terms)

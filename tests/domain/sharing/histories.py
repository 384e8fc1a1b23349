"""What laptops of one list may have done: steps that are true to what each had taken by then, of a few rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from relcard.domain.sharing.merging import differing
from relcard.domain.sharing.merging import displayed
from relcard.domain.sharing.merging import take
from relcard.domain.sharing.standing import Rows
from relcard.domain.sharing.standing import Standing
from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import Step
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.travelling import STATES
from relcard.domain.sharing.travelling import TABLES

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from collections.abc import Iterable

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.steps import Value

Action = tuple[int, str, int, int]  # device, what it does, and two numbers by which it chooses
_DAY = date(2026, 11, 20)
_TO_CHANGE = {
    "contact": "name",
    "household": "addressee",
    "note": "text",
    "recipient": "state",
    "membership": "household_id",
    "alias": "contact_id",
}


def key_uuid(table: str, parts: tuple[Value, ...]) -> str:
    """Return the UUID of a natural key."""
    return hashlib.md5(repr((table, parts)).encode(), usedforsecurity=False).hexdigest()


@dataclass
class Laptop:
    """A laptop: the rows of the list as it knows them, and the last step it took of each."""

    name: str
    history: History
    rows: dict[Key, Row] = field(default_factory=dict)
    vector: dict[str, int] = field(default_factory=dict)

    def take(self, step: Step, write: Write) -> None:
        self.rows |= take(step, write, self.rows.get)
        self.vector[write.device] = step.number

    def is_ready(self, step: Step) -> bool:
        """Whether all that a step had seen is here."""
        return all(self.vector.get(device, 0) >= number for device, number in step.seen.items())

    def standing(self) -> Standing:
        standing = Standing(Rows(self.rows.values()), self.history.clock, key_uuid)
        standing.work_out()
        return standing

    def do(self, changes: Iterable[Change]) -> None:
        """Make a step of changes, and take it."""
        every = tuple(changes)
        if every:
            seen = {device: number for device, number in self.vector.items() if device != self.name}
            number = self.vector.get(self.name, 0) + 1
            known = [self.history.clock(Write(*last)) for last in self.vector.items()]
            step = Step(number, max(known, default=0) + 1, seen, "", _DAY, every)
            self.history.steps[self.name].append(step)
            self.take(step, Write(self.name, number))


@dataclass
class History:
    """The steps of each laptop."""

    steps: dict[str, list[Step]]

    def clock(self, write: Write) -> int:
        return self.steps[write.device][write.number - 1].clock

    def arrived(self, chance: random.Random) -> Laptop:
        """Return a laptop to which all steps came, in any order in which none comes before what it had seen."""
        laptop = Laptop("", self)
        left = {device: list(steps) for device, steps in self.steps.items()}
        while ready := [device for device, steps in left.items() if steps and laptop.is_ready(steps[0])]:
            device = chance.choice(ready)
            step = left[device].pop(0)
            laptop.take(step, Write(device, step.number))
        assert not any(left.values())
        return laptop


class _Doing:
    """One thing that the user of a laptop does, to what stands there."""

    def __init__(self, laptop: Laptop, one: int, other: int) -> None:
        self._laptop = laptop
        self._one, self._other = one, other
        self._standing = laptop.standing()
        self._made = hashlib.md5(
            repr((laptop.name, laptop.vector)).encode(), usedforsecurity=False
        ).hexdigest()

    def _pick(self, table: str, number: int) -> str | None:
        there = sorted(uuid for name, uuid in self._standing.pointers if name == table)
        return there[number % len(there)] if there else None

    def _values(self, key: Key) -> dict[str, Value]:
        return {**self._standing.values(self._laptop.rows[key]), **self._standing.pointers.get(key, {})}

    def _come(self, table: str, uuid: str, values: dict[str, Value]) -> list[Change]:
        """Let a row come, or come back."""
        row = self._laptop.rows.get((table, uuid))
        if row is None:
            return [Change(table, uuid, row=values)]
        if (table, uuid) in self._standing.pointers:
            return []
        touches = self._pointed(table, values)
        back = Change(table, uuid, row={}, replaces=tuple(sorted(row.removals)), touches=touches)
        now = self._standing.values(row)
        return [
            back,
            *(self._write(row, column, value) for column, value in values.items() if now[column] != value),
        ]

    def _pointed(self, table: str, values: dict[str, Value]) -> tuple[str, ...]:
        return tuple(sorted(values[column] for column in TABLES[table].to if values.get(column)))

    def _write(self, row: Row, column: str, value: Value) -> Change:
        touches = self._pointed(row.table, {**self._values((row.table, row.uuid)), column: value})
        replaced = displayed(row, column, self._laptop.history.clock)
        return Change(row.table, row.uuid, column, value, replaces=replaced, touches=touches)

    def make(self) -> list[Change]:
        """Let a row come of any table."""
        contact, home = self._pick("contact", self._one), self._pick("household", self._other)
        season = self._pick("season", 0)
        if contact is None:
            return self.meet()
        makers: list[tuple[str, str | None, dict[str, Value]]] = [
            ("household", key_uuid("household", (contact,)), {"addressee": ""}),
            ("membership", key_uuid("membership", (contact,)), {"contact_id": contact, "household_id": home}),
            ("note", self._made, {"contact_id": contact, "text": self._made}),
            ("tag", key_uuid("tag", (contact, "a")), {"contact_id": contact, "name": "a"}),
            ("season", key_uuid("season", ("s",)), {"name": "s"}),
            (
                "recipient",
                season and home and key_uuid("recipient", (season, home)),
                {"season_id": season, "household_id": home, "state": "planned"},
            ),
        ]
        table, uuid, values = makers[(self._one + self._other) % len(makers)]
        needed = all(values[column] for column in TABLES[table].to)
        return self._come(table, uuid, values) if uuid and needed else self.meet()

    def meet(self) -> list[Change]:
        """Let a contact come: now and then of a card that the other may import too."""
        uid = f"u{self._other % 2}" if self._one % 2 else self._made
        if any(self._values(key).get("uid") == uid for key in self._standing.pointers if key[0] == "contact"):
            uid = self._made
        return [Change("contact", self._made, row={"uid": uid, "name": self._made})]

    def change(self) -> list[Change]:
        """Write one field of a row."""
        there = sorted(key for key in self._standing.pointers if key[0] in _TO_CHANGE)
        if not there:
            return []
        table, uuid = there[self._one % len(there)]
        column = _TO_CHANGE[table]
        value: Value = self._made
        if column in TABLES[table].to:
            value = self._pick(TABLES[table].to[column], self._other)
        elif column == "state":
            value = STATES[self._other % len(STATES)]
        return [self._write(self._laptop.rows[table, uuid], column, value)]

    def remove(self) -> list[Change]:
        """Remove a row, and with it those that point to it."""
        there = sorted(self._standing.pointers)
        return self._go(there[self._one % len(there)], "", {}) if there else []

    def _go(self, key: Key, via: str, gone: dict[Key, None]) -> list[Change]:
        if key in gone:
            return []
        gone[key] = None
        row = self._laptop.rows[key]
        changes = [Change(*key, is_gone=True, via=via, replaces=tuple(sorted(row.removals)))]
        for child, pointers in self._standing.pointers.items():
            if any(
                table == key[0] and pointers[column] == key[1]
                for column, table in TABLES[child[0]].to.items()
            ):
                changes += self._go(child, key[1], gone)
        for behind in self._behind(key):
            if via or not differing(behind, row, behind.columns, self._laptop.history.clock):
                changes += self._go((behind.table, behind.uuid), via, gone)
        return changes

    def _behind(self, key: Key) -> list[Row]:
        instead = self._standing.instead.items()
        return [self._laptop.rows[other] for other, uuid in instead if (other[0], uuid) == key]

    def bring_back(self) -> list[Change]:
        """Bring back a row that went, as undo does."""
        there = sorted(
            key
            for key, row in self._laptop.rows.items()
            if row.removals and key not in self._standing.pointers
        )
        if not there:
            return []
        key = there[self._one % len(there)]
        return self._come(*key, self._values(key))

    def merge(self) -> list[Change]:
        """Merge a contact into another, with its notes; what else hangs on it goes."""
        stays, goes = self._pick("contact", self._one), self._pick("contact", self._other)
        if not stays or not goes or stays == goes:
            return []
        alias = {"contact_id": stays, "vcard_id": None, "uid": self._values(("contact", goes))["uid"]}
        changes = [Change("alias", self._made, row={**alias, "merged": bytes.fromhex(goes)})]
        gone: dict[Key, None] = {}
        for key, pointers in self._standing.pointers.items():
            if key[0] in ("note", "alias") and pointers["contact_id"] == goes:
                gone[key] = None
                changes.append(self._write(self._laptop.rows[key], "contact_id", stays))
        return [*changes, *self._go(("contact", goes), "", gone)]


_DOING: dict[str, Callable[[_Doing], list[Change]]] = {
    "make": _Doing.make,
    "meet": _Doing.meet,
    "change": _Doing.change,
    "remove": _Doing.remove,
    "bring back": _Doing.bring_back,
    "merge": _Doing.merge,
}
_LAPTOPS = ("a" * 32, "b" * 32, "c" * 32)


def _played(actions: list[Action]) -> History:
    history = History({name: [] for name in _LAPTOPS})
    laptops = [Laptop(name, history) for name in _LAPTOPS]
    for place, what, one, other in actions:
        laptop = laptops[place]
        if what in _DOING:
            laptop.do(_DOING[what](_Doing(laptop, one, other)))
        elif what == "fetch":
            device = _LAPTOPS[one % len(_LAPTOPS)]
            for step in history.steps[device][laptop.vector.get(device, 0) :][: 1 + other]:
                if laptop.is_ready(step):
                    laptop.take(step, Write(device, step.number))
    return history


# What all have from the start: three contacts, and of each other table a row; then each fetches all.
_BEGINNING: list[Action] = [
    *[(0, "meet", 0, 0)] * 3,
    *[(0, "make", 0, number) for number in range(6)],
    *[(0, "make", number, 5 - number) for number in range(6)],
    *[(laptop, "fetch", 0, 99) for laptop in (1, 2)],
]
_numbers = st.integers(0, 11)
_OFTEN = [*_DOING, "fetch", "fetch", "rest"]
histories = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(_OFTEN), _numbers, _numbers), min_size=10, max_size=30
).map(lambda actions: _played(_BEGINNING + actions))

"""The laptops of the machine with the program's own exchange between them, and a place that fails them.

A folder is carried as Syncthing or Dropbox would on their worst day: in any order, half of it late, cut,
flipped, under names of conflicts. A server is a real one, that answers badly.
"""

from __future__ import annotations

import random
import sqlite3
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Protocol

from relcard.errors import FileError
from relcard.errors import ServerError
from relcard.share.codes import new_code
from relcard.share.exchange import exchange
from relcard.share.folder import Folder
from relcard.share.https import Login
from relcard.share.store_ledger import StoreLedger
from relcard.share.webdav import WebDav
from tests.share import machine
from tests.share.machine import KilledError
from tests.share.machine import Laptop
from tests.share.machine import maybe_killed
from tests.support.webdav import PASSWORD
from tests.support.webdav import USER
from tests.support.webdav import bad_answer

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.share.exchange import Exchanged
    from relcard.share.places import Contents
    from relcard.share.places import Place
    from tests.share.machine import Dose
    from tests.share.machine import Outcome
    from tests.support.webdav import WebDavServer

DAY = date(2026, 11, 30)
CLOCKS = {"a": 0, "b": -3, "c": 9, "d": 1}  # days by which each laptop's clock is wrong


class Road(Protocol):
    """What lies between the laptops."""

    def place(self, laptop: Laptop) -> Place:
        """Return the place as a laptop has it."""

    def carry(self, chance: random.Random) -> None:
        """Bring some of what is new to the others, badly."""

    def mend(self) -> None:
        """From now on let all be well, and bring everything."""


class Carried:
    """A folder of each laptop, and a program that carries what is new in one to the others."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: dict[str, Path] = {}
        self._is_well = False

    def place(self, laptop: Laptop) -> Place:
        folder = self._root / f"folder-{laptop.letter}"
        folder.mkdir(exist_ok=True)
        self._folders[laptop.device] = folder
        return Folder(folder)

    def carry(self, chance: random.Random) -> None:
        ways = [(own, to) for own in self._folders for to in self._folders if own != to]
        chance.shuffle(ways)
        for own, to in ways:
            self._carry(chance, own, self._folders[own], self._folders[to])

    def mend(self) -> None:
        self._is_well = True
        self.carry(random.Random(0))  # noqa: S311  nothing is left to chance

    def _carry(self, chance: random.Random, own: str, source: Path, target: Path) -> None:
        """Bring the files of a device; those that it removed go there too."""
        mine = {path.relative_to(source) for path in _files(source, own)}
        for name in chance.sample(sorted(mine), len(mine)):
            data = (source / name).read_bytes()
            there = target / name
            if not self._is_late(chance) and not (there.exists() and there.read_bytes() == data):
                there.parent.mkdir(exist_ok=True)
                self._bring(chance, data, there)
        for path in _files(target, own):
            if path.relative_to(target) not in mine and not self._is_late(chance):
                path.unlink()

    def _is_late(self, chance: random.Random) -> bool:
        return not self._is_well and chance.random() < 0.5

    def _bring(self, chance: random.Random, data: bytes, there: Path) -> None:
        fate = 1.0 if self._is_well else chance.random()
        if fate < 0.15:
            there.write_bytes(data[: chance.randrange(len(data))])
        elif fate < 0.20:
            at = chance.randrange(len(data))
            there.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        elif fate < 0.25:
            there.with_name(f"{there.stem}.sync-conflict-20261130-1200-ABC{there.suffix}").write_bytes(data)
            there.with_name(f"{there.name}.part").write_bytes(data[:7])
        else:
            there.write_bytes(data)


def _files(folder: Path, device: str) -> list[Path]:
    """Return the bundles and packs of a device."""
    return [
        path
        for path in sorted(folder.rglob("*.rcb"))
        if "sync-conflict" not in path.name and (device in (path.parent.name, path.name.split(".")[-2]))
    ]


class Served:
    """A server that answers two of five requests badly."""

    def __init__(self, server: WebDavServer, seed: int) -> None:
        self._server = server
        chance = random.Random(seed)  # noqa: S311  a run can be had again
        server.always = lambda method: bad_answer(chance, method)

    def place(self, laptop: Laptop) -> Place:
        del laptop
        return WebDav(self._server.url, Login(USER, PASSWORD))

    def carry(self, chance: random.Random) -> None:
        pass

    def mend(self) -> None:
        self._server.always = lambda _: None


class _Failing:
    """A place, before and after which a laptop may be switched off."""

    def __init__(self, place: Place, chance: random.Random, kills: float) -> None:
        self._place = place
        self._chance = chance
        self._kills = kills

    def _maybe(self) -> None:
        if self._chance.random() < self._kills:
            raise KilledError

    def look(self) -> Contents:
        return self._place.look()

    def read(self, name: str) -> bytes | None:
        data = self._place.read(name)
        self._maybe()
        return data

    def put(self, name: str, data: bytes, *, over: bytes | None = None) -> None:
        self._maybe()
        self._place.put(name, data, over=over)
        self._maybe()

    def remove(self, name: str) -> None:
        self._maybe()
        self._place.remove(name)


def _share(laptop: Laptop, road: Road, chance: random.Random, kills: float) -> Exchanged | None:
    """Exchange as `relcard share` does; None where the laptop was switched off or the place failed."""
    place = road.place(laptop)
    day = DAY + timedelta(days=CLOCKS[laptop.letter])
    try:
        with maybe_killed(laptop, chance, kills, machine.TICKS_OF_TAKING):
            return exchange(StoreLedger(laptop.db, allowed=None), _Failing(place, chance, kills / 5), day)
    except (FileError, ServerError):
        return None
    except (sqlite3.OperationalError, KilledError):
        laptop.reopen()
        return None
    finally:
        if isinstance(place, WebDav):
            place.close()


def run(
    root: Path,
    road: Road,
    seed: int,
    *,
    dose: Dose,
    laptops: int = 2,
    kills: float = 0.15,
) -> tuple[Outcome, list[Laptop]]:
    """Let laptops work on one list, exchange after some edits, and come together at last."""
    chance = random.Random(seed)  # noqa: S311  a run can be had again
    with machine.the_same_again(seed):
        code = new_code(is_plain=False)
        desk = [
            Laptop(str(root / f"{letter}.db"), letter, list_id=code.list_id, key=code.text)
            for letter in "abcd"[:laptops]
        ]
        desk[0].do(machine.import_people(dose.people), chance)
        for laptop in desk:
            _share(laptop, road, chance, 0.0)
            road.carry(chance)
        for _ in range(dose.edits):
            for laptop in desk:
                laptop.do(machine.choose(chance), chance, kills)
                if chance.random() < 1 / dose.rest:
                    _share(laptop, road, chance, kills)
                    road.carry(chance)
        _come_together(desk, road, chance)
    return machine.judge(desk), desk


def _come_together(desk: list[Laptop], road: Road, chance: random.Random) -> None:
    """Exchange over a good road until nothing is new and nothing remarked."""
    for _ in range(6):
        road.mend()
        outcomes = [_share(laptop, road, chance, 0.0) for laptop in desk]
        if all(outcome and not (outcome.sent or outcome.taken or outcome.remarks) for outcome in outcomes):
            return
    raise AssertionError([outcome and outcome.remarks for outcome in outcomes])

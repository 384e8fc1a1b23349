"""A store of a shared list as the exchange sees one, in memory: steps with what they had seen, and nothing else."""

from __future__ import annotations

import copy
import json
from collections import Counter
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from relcard.share.ledger import Standing
from relcard.store.sharing.ledger import Reached
from relcard.store.sharing.ledger import Taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

LIST = "11" * 16
PLAIN = ""


class Killed(BaseException):
    """The moment at which a laptop was switched off."""


class MemoryLedger:
    """The steps of each device by number; `moment` is called wherever something has become lasting."""

    def __init__(self, device: str, key: str = PLAIN, moment: Callable[[str], None] = lambda _: None) -> None:
        self.device = device
        self.key = key
        self.moment = moment
        self.format = 7
        self.known: dict[str, list[bytes]] = {device: []}
        self.others: dict[str, Reached] = {}
        self.late: dict[str, dict[int, bytes]] = {}
        self.bundles: list[tuple[Reached, bytes]] = []
        self.base = Reached()
        self.sent: set[int] = set()
        self.report = ""
        self.called: dict[str, str] = {}
        self.tables = ""

    def do(self, text: str) -> None:
        """Make a step."""
        own = self.known[self.device]
        seen = {device: len(lines) for device, lines in self.known.items() if device != self.device}
        own.append(json.dumps({"n": len(own) + 1, "seen": seen, "text": text}).encode())

    def texts(self) -> set[str]:
        return {json.loads(line)["text"] for lines in self.known.values() for line in lines}

    def standing(self) -> Standing:
        return Standing(LIST, self.device, f"laptop {self.device[:2]}", self.key, self.format)

    @contextmanager
    def changing(self) -> Iterator[None]:
        yield

    def unbundled(self, limit: int) -> Sequence[bytes]:
        return self.known[self.device][self.own_last().last :][:limit]

    def check_unbundled(self) -> None:
        """Let everything go out."""

    def keep_bundle(self, number: int, sha256: str, data: bytes, last: int) -> None:
        assert number == self.own_last().number + 1
        self.bundles.append((Reached(number, sha256, last), data))
        self.moment("made")

    def unsent(self) -> Sequence[tuple[int, bytes]]:
        return [(made.number, data) for made, data in self.bundles if made.number not in self.sent]

    def mark_sent(self, number: int) -> None:
        self.sent.add(number)
        self.moment("sent")

    def own_last(self) -> Reached:
        return self.bundles[-1][0] if self.bundles else self.base

    def own_sent(self) -> Reached:
        sent = [made for made, _ in self.bundles if made.number in self.sent]
        return sent[-1] if sent else self.base

    def reached(self) -> Mapping[str, Reached]:
        return dict(self.others)

    def keep(self, device: str, reached: Reached, lines: Sequence[bytes]) -> None:
        late = self.late.setdefault(device, {})
        late |= {json.loads(line)["n"]: line for line in lines}
        self.others[device] = reached
        self.moment("kept")

    def take(self, today: date) -> Taken:  # noqa: ARG002
        before = copy.deepcopy((self.known, self.late))
        taken = self._take_late()
        try:
            self.moment("taking")
        except Killed:
            self.known, self.late = before
            raise
        self.moment("taken")
        return Taken(taken, sum(map(len, self.late.values())), 0)

    def _take_late(self) -> Mapping[str, int]:
        taken: Counter[str] = Counter()
        while ready := [
            (device, n)
            for device, late in self.late.items()
            for n, line in late.items()
            if n <= self._last(device) + 1
            and all(self._last(d) >= s for d, s in json.loads(line)["seen"].items())
        ]:
            for device, n in sorted(ready):
                line = self.late[device].pop(n)
                if n == self._last(device) + 1:
                    self.known.setdefault(device, []).append(line)
                    taken[device] += 1
        return taken

    def _last(self, device: str) -> int:
        return len(self.known.get(device, ()))

    def awaited(self) -> Mapping[str, int]:
        wanted: dict[str, int] = {}
        for late in self.late.values():
            for line in late.values():
                for device, step in json.loads(line)["seen"].items():
                    if step > self._last(device) and step not in self.late.get(device, {}):
                        wanted[device] = max(step, wanted.get(device, 0))
        return wanted

    def steps(self, device: str, after: int) -> Sequence[bytes]:
        return self.known.get(device, [])[after:]

    def renew_device(self) -> None:
        reached = self.own_sent()
        own = self.known[self.device]
        self.others[self.device] = reached
        self.known[self.device], rest = own[: reached.last], own[reached.last :]
        self.device = sha256(self.device.encode()).hexdigest()[:32]
        self.known[self.device] = []
        self.bundles, self.sent, self.base = [], set(), Reached()
        for line in rest:
            self.do(json.loads(line)["text"])

    def names(self) -> Mapping[str, str]:
        return self.called

    def name_device(self, device: str, name: str, on: str) -> None:  # noqa: ARG002
        self.called[device] = name

    def tables_hash(self) -> str:
        return self.tables or sha256(" ".join(sorted(self.texts())).encode()).hexdigest()

    def vector(self) -> Mapping[str, int]:
        return {device: len(lines) for device, lines in self.known.items() if lines}

    def remember(self, report: str) -> None:
        self.report = report

"""The exchange: what is new on this laptop goes to the place, and what is new in the place comes here.

It may be killed anywhere and goes on where it was: bundles are kept in the store before they are sent, so
that every try sends the same bytes; what was taken is in the store with the note that it was.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import FileError
from relcard.errors import ServerError
from relcard.errors import UndecidedError
from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.bundle import Header
from relcard.share.bundle import check_place
from relcard.share.bundle import checksum
from relcard.share.bundle import pack
from relcard.share.bundle import unpack
from relcard.share.packs import pack_up
from relcard.share.places import NotYetError
from relcard.share.places import TakenError
from relcard.share.places import bundle_name
from relcard.share.places import send
from relcard.share.reading import read_next
from relcard.store.sharing.ledger import Reached

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.share.ledger import Ledger
    from relcard.share.places import Place

_AT_ONCE = 200  # steps read from the store
_LARGE_ENOUGH = 4 * 1024 * 1024  # bytes of text, behind which the next step begins a bundle of its own


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that keeps a laptop's steps from coming or going.

    `kind` is faulty, waits, newer, behind, differs, copied or untidy.
    """

    kind: str
    device: str
    laptop: str
    words: str


@dataclass(slots=True)
class Exchanged:
    """What came of an exchange."""

    sent: int = 0  # steps
    taken: dict[str, int] = field(default_factory=dict)  # steps, by the device they were made on
    names: dict[str, str] = field(default_factory=dict)  # of those laptops
    waiting: int = 0  # steps that have come and wait for others
    conflicts: int = 0  # fields that were changed on both sides and wait for a person
    remarks: list[Remark] = field(default_factory=list)

    def exit_code(self) -> int:
        """Return how a command ends: 1 where a place is behind or lists differ, 5 for faulty files."""
        kinds = {remark.kind for remark in self.remarks}
        if kinds & {"behind", "differs"}:
            return 1
        return 5 if kinds & {"faulty", "newer"} else 0

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def exchange(ledger: Ledger, place: Place, today: date) -> Exchanged:
    """Bring two laptops together through a place, as far as it can be done now.

    Raises `FileError` or `ServerError` where the place cannot be used, and `UndecidedError` where so much
    would change that a person must say so; what was taken or sent by then stands.
    """
    journey = _Journey(ledger, place, today)
    try:
        journey.go()
    except (FileError, ServerError) as error:
        journey.remark("faulty", journey.standing.device, error.message)
        raise
    except UndecidedError as error:
        journey.remark("asks", journey.standing.device, f"{error.message} {error.hint}")
        raise
    finally:
        ledger.remember(json.dumps({"on": today.isoformat(), **journey.outcome.as_json()}))
    return journey.outcome


class _Journey:
    def __init__(self, ledger: Ledger, place: Place, today: date) -> None:
        self.ledger = ledger
        self.place = place
        self.today = today
        self.standing = ledger.standing()
        self.outcome = Exchanged()
        self._newest: dict[str, Header] = {}  # of each device whose bundles were read
        self._names = {**ledger.names(), self.standing.device: "this laptop"}

    def go(self) -> None:
        contents = self.place.look()
        self._packs = contents.packs
        self._seen_there = contents.devices | {pack.device for pack in contents.packs}
        has_lost_us = self._notice_loss()
        if not has_lost_us:
            self._notice_copy()
        self._read_all()
        undecided = None
        try:
            self._take()
        except UndecidedError as error:
            undecided = error  # what is this laptop's own goes out all the same
        if not has_lost_us:
            self.ledger.check_unbundled()
            self._make()
            if self._send():
                self._tidy()
        if undecided is not None:
            raise undecided

    def remark(self, kind: str, device: str, words: str) -> None:
        laptop = self._names.get(device, f"laptop {device[:4]}")
        self.outcome.remarks.append(Remark(kind, device, laptop, words))

    def _notice_loss(self) -> bool:
        """Whether nothing of this laptop is there though it has sent: no disk there, or another folder."""
        known = {device for device, reached in self.ledger.reached().items() if reached.number}
        for device in sorted(known - self._seen_there):
            self.remark("behind", device, "nothing of it is in the place any more")
        if self.ledger.own_sent().number and self.standing.device not in self._seen_there:
            self.remark("behind", self.standing.device, "nothing of it is in the place any more")
            return True
        return False

    def _notice_copy(self) -> None:
        """Become a device of one's own where the place has later bundles of this one than the store knows."""
        own = self.standing.device
        if own not in self._seen_there:
            return
        unsent = self.ledger.unsent()
        number = unsent[0][0] if unsent else self.ledger.own_last().number + 1
        packed = max((kept.through for kept in self._packs if kept.device == kept.writer == own), default=0)
        there = self.place.read(bundle_name(own, number))
        is_own = bool(unsent) and there == unsent[0][1]
        if packed >= number or (there is not None and not is_own and self._is_ours(there, number)):
            self._renew()

    def _is_ours(self, data: bytes, number: int) -> bool:
        """Whether bytes are a whole bundle of this device."""
        try:
            header, _ = unpack(data, self.standing.key)
            check_place(header, self.standing.list_id, self.standing.device, number)
        except BundleError:
            return False
        return True

    def _renew(self) -> None:
        old = self.standing.device
        self.ledger.renew_device()
        self.standing = self.ledger.standing()
        self._names |= {self.standing.device: "this laptop", old: "this laptop before"}
        words = "this store was copied or brought back from a backup: it goes on as a new laptop of the list"
        self.remark("copied", self.standing.device, words)

    def _read_all(self) -> None:
        known = self.ledger.reached()
        for device in sorted((self._seen_there | known.keys()) - {self.standing.device}):
            self._read(device, known.get(device, Reached()))

    def _take(self) -> None:
        """Take what was read, and say where something is missing or has come out otherwise."""
        taken = self.ledger.take(self.today)
        self.outcome.taken = dict(taken.steps)
        self.outcome.names |= {device: self._names.get(device, "") for device in taken.steps}
        self.outcome.waiting, self.outcome.conflicts = taken.waiting, taken.conflicts
        for device, words in taken.untaken.items():
            self.remark("faulty", device, words)
        self._compare()
        held_up = {remark.device for remark in self.outcome.remarks}
        for device, step in sorted(self.ledger.awaited().items()):
            if device not in held_up:
                self.remark("behind", device, f"others have seen its step {step}, which is not there")

    def _read(self, device: str, reached: Reached) -> None:
        """Read everything that follows of a device, up to the first that cannot be read."""
        try:
            while bundle := read_next(self.place, self._packs, self.standing, device, reached):
                header, reached = bundle.header, bundle.reached
                self.ledger.name_device(device, header.name, header.on)
                self._names[device] = self.outcome.names[device] = header.name
                self.ledger.keep(device, reached, bundle.lines)
                self._newest[device] = header
        except BundleError as error:
            kind = "newer" if error.fault is Fault.NEWER else "faulty"
            kind = "waits" if error.fault is Fault.HALF else kind
            what_to_do = "; update relcard here" if kind == "newer" else ""
            self.remark(kind, device, f"bundle {reached.number + 1}: {error.message}{what_to_do}")
        except NotYetError as error:
            self.remark("waits", device, error.message)
        except (FileError, ServerError) as error:
            self.remark("faulty", device, error.message)

    def _compare(self) -> None:
        """Notice where this laptop, having seen the same steps as another, came to something else."""
        vector = self.ledger.vector()
        alike = [header for header in self._newest.values() if header.tables and header.vector == vector]
        tables = self.ledger.tables_hash() if alike else ""
        for header in alike:
            if header.tables != tables:
                words = "has seen the same steps and come to something else"
                self.remark("differs", header.device, words)

    def _make(self) -> None:
        """Put this laptop's new steps into bundles, each kept in the store as it is made."""
        try:
            while self._make_one():
                pass
        except BundleError as error:
            self.remark(
                "faulty", self.standing.device, f"what comes next {error.message.removeprefix('it ')}"
            )

    def _make_one(self) -> bool:
        with self.ledger.changing():
            lines = _some(self.ledger.unbundled(_AT_ONCE))
            before = self.ledger.own_last()
            if not lines and before.number:  # a laptop without a step says all the same that it is there
                return False
            last = before.last + len(lines)
            header = Header(
                list_id=self.standing.list_id,
                device=self.standing.device,
                name=self.standing.name,
                on=self.today.isoformat(),
                number=before.number + 1,
                before=before.sha256,
                format=self.standing.format,
                first=before.last + 1,
                last=last,
                tables=self.ledger.tables_hash(),
                vector=self.ledger.vector(),
            )
            data = pack(header, lines, self.standing.key)
            self.ledger.keep_bundle(header.number, checksum(data), data, last)
        return bool(lines)

    def _send(self) -> bool:
        """Send what was made and is not known to be there; whether all of it is."""
        for number, data in self.ledger.unsent():
            try:
                send(self.place, bundle_name(self.standing.device, number), data)
            except TakenError as taken:
                if self._is_ours(taken.there, number):
                    self._renew()  # written while this exchange was at work; the next one goes on from here
                    return False
                self._put_right(number, data, taken)
            self.ledger.mark_sent(number)
            self.outcome.sent += len(unpack(data, self.standing.key)[1])
        return True

    def _put_right(self, number: int, data: bytes, taken: TakenError) -> None:
        """Replace a damaged bundle of this device; anything else under its name is left."""
        try:
            unpack(taken.there, self.standing.key)
        except BundleError as error:
            if error.fault is not Fault.DAMAGED:
                raise taken from error
        else:
            raise taken
        name = bundle_name(self.standing.device, number)
        self.place.put(name, data, over=taken.there)
        send(self.place, name, data)

    def _tidy(self) -> None:
        """Put this laptop's small files together where there are many."""
        try:
            pack_up(self.place, self._packs, self.standing, self.ledger.own_last().number)
        except (FileError, ServerError, BundleError) as error:
            self.remark("untidy", self.standing.device, error.message)


def _some(lines: Sequence[bytes]) -> list[bytes]:
    """Return the first lines, at least one, as many as make a bundle."""
    some: list[bytes] = []
    size = 0
    for line in lines:
        size += len(line)
        if some and size > _LARGE_ENOUGH:
            break
        some.append(line)
    return some

"""What a place has lost for good, because somebody tidied it, is given again by a laptop that had read it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import FileError
from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.bundle import Header
from relcard.share.bundle import checksum
from relcard.share.bundle import pack
from relcard.share.packs import LARGE_ENOUGH
from relcard.share.places import NotYetError
from relcard.share.places import Pack
from relcard.share.places import send
from relcard.share.reading import read_next
from relcard.store.sharing.ledger import Reached

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.share.ledger import Ledger
    from relcard.share.places import Place


class Lost(NamedTuple):
    """What of a device is not in the place, behind `there`, though this laptop has read it up to `known`."""

    device: str
    there: Reached
    known: Reached

    @property
    def steps(self) -> int:
        """How many steps it is."""
        return self.known.last - self.there.last


def find_lost(ledger: Ledger, place: Place) -> list[Lost]:
    """Return what this laptop could give again. Reads the whole place; raises what `Place.read` does."""
    standing = ledger.standing()
    packs = place.look().packs
    known = {**ledger.reached(), standing.device: ledger.own_sent()}
    lost = []
    for device, reached in sorted(known.items()):
        there = Reached()
        try:
            while there.number < reached.number:
                bundle = read_next(place, packs, standing, device, there)
                if bundle is None:
                    break
                there = bundle.reached
        except NotYetError:
            continue  # it is there, and will be here
        except BundleError as error:
            if error.fault is Fault.NEWER:
                continue
        if there.number < reached.number:
            lost.append(Lost(device, there, reached))
    return lost


def give_again(ledger: Ledger, place: Place, lost: Lost, today: date) -> None:
    """Give what was lost again, in packs that say who gave them. Raises `FileError` or `ServerError`."""
    standing = ledger.standing()
    names = {**ledger.names(), standing.device: standing.name}
    lines = ledger.steps(lost.device, lost.there.last)[: lost.steps]
    if len(lines) < lost.steps:
        raise FileError(
            f"This laptop keeps {len(lines)} of the {lost.steps} steps that are missing.",
            hint="relcard share repair on another laptop of the list gives what that has.",
        )
    pieces = _pieces(lines)
    there = lost.there
    for count, piece in enumerate(pieces, 1):
        is_last = count == len(pieces)
        header = Header(
            list_id=standing.list_id,
            device=lost.device,
            name=names.get(lost.device, ""),
            on=today.isoformat(),
            number=there.number + 1,
            through=lost.known.number if is_last else there.number + 1,
            before=there.sha256,
            ends=lost.known.sha256 if is_last else checksum(b"".join(piece)),
            format=standing.format,
            first=there.last + 1,
            last=there.last + len(piece),
            tables="",
        )
        name = Pack(lost.device, header.number, header.through, standing.device).name
        send(place, name, pack(header, piece, standing.key))
        there = Reached(header.through, header.ends, header.last)


def _pieces(lines: Sequence[bytes]) -> list[list[bytes]]:
    """Return lines in as many pieces as packs are needed: no more than there were bundles."""
    pieces: list[list[bytes]] = [[]]
    size = 0
    for line in lines:
        size += len(line)
        if pieces[-1] and size > LARGE_ENOUGH:
            pieces.append([])
            size = len(line)
        pieces[-1].append(line)
    return pieces

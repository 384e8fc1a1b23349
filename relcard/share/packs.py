"""Few files for ever: a device's small bundles become packs, and packs of like size a larger one.

What a pack is made of is read from the place, and goes from there only when the pack has been read back.
Every step stays, so that a laptop that comes late, or back after a year, reads on from wherever it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.bundle import pack
from relcard.share.ledger import Reached
from relcard.share.places import Pack
from relcard.share.places import bundle_name
from relcard.share.places import send
from relcard.share.reading import read_next

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.share.bundle import Header
    from relcard.share.ledger import Standing
    from relcard.share.places import Place

MOST_SMALL = 14  # bundles of a device that lie by themselves
_LEFT_SMALL = 4  # the newest stay as they are: who exchanges often reads each by its number
_LIKE = 4  # a pack at most so many times as long as what comes to it is packed anew with it


def pack_up(place: Place, packs: Iterable[Pack], standing: Standing, last: int) -> None:
    """Put the small bundles of this device, up to number `last`, into a pack where there are many.

    Raises what reading and sending do; the small ones are there until the pack is.
    """
    own = [one for one in packs if one.device == one.writer == standing.device]
    chain = _chain(own)
    packed = chain[-1].through if chain else 0
    if last - packed < MOST_SMALL:
        return
    _sweep(place, standing.device, own, chain)
    through = last - _LEFT_SMALL
    joined: list[Pack] = []
    while chain and _length(chain[-1]) <= _LIKE * (through - chain[-1].through):
        joined.insert(0, chain.pop())
    while True:
        try:
            made = _pack(place, own, standing, joined[0].first if joined else packed + 1, through)
            break
        except BundleError as error:
            if error.fault is not Fault.TOO_LARGE or not joined:
                raise
            del joined[0]
    for one in joined:
        if one != made:
            place.remove(one.name)
    _remove_small(place, standing.device, packed + 1, through)


def _length(pack_: Pack) -> int:
    return pack_.through - pack_.first + 1


def _chain(own: Collection[Pack]) -> list[Pack]:
    """Return the packs that follow one another from the first bundle on, of several the longest."""
    chain: list[Pack] = []
    through = 0
    while nexts := [one for one in own if one.first == through + 1]:
        chain.append(max(nexts, key=lambda one: one.through))
        through = chain[-1].through
    return chain


def _pack(place: Place, own: Collection[Pack], standing: Standing, first: int, through: int) -> Pack:
    """Make a pack of some bundles, and send it."""
    headers: list[Header] = []
    lines: list[bytes] = []
    reached = Reached(first - 1)
    while reached.number < through:
        bundle = read_next(place, own, standing, standing.device, reached)
        if bundle is None:
            raise FileError(
                f"Bundle {reached.number + 1} of this laptop is missing.", hint="relcard share repair"
            )
        headers.append(bundle.header)
        lines += bundle.lines
        reached = bundle.reached
    header = replace(
        headers[-1],
        number=first,
        through=reached.number,
        before=headers[0].before,
        ends=reached.sha256,
        first=headers[0].first,
        format=max(one.format for one in headers),
    )
    made = Pack(standing.device, first, reached.number, standing.device)
    send(place, made.name, pack(header, lines, standing.key))
    return made


def _sweep(place: Place, device: str, own: Iterable[Pack], chain: Sequence[Pack]) -> None:
    """Take away what an earlier time, killed behind its pack, had left: packs in it, and small bundles."""
    for one in own:
        if one not in chain and any(two.first <= one.first and one.through <= two.through for two in chain):
            place.remove(one.name)
    if not chain:
        return
    first = through = chain[-1].through
    while first and place.read(bundle_name(device, first)) is not None:
        first -= 1
    _remove_small(place, device, first + 1, through)


def _remove_small(place: Place, device: str, first: int, through: int) -> None:
    for number in range(first, through + 1):  # upwards: as long as any is left, the last is
        place.remove(bundle_name(device, number))

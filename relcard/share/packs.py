"""Few files for ever: a device's small bundles become packs, and packs of like size a larger one.

What a pack is made of is read from the place, and goes from there only when the pack has been read back.
Every step stays, so that a laptop that comes late, or back after a year, reads on from wherever it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.share.bundle import BundleError
from relcard.share.bundle import check_place
from relcard.share.bundle import pack
from relcard.share.bundle import unpack
from relcard.share.places import Pack
from relcard.share.places import bundle_name
from relcard.share.places import send
from relcard.share.reading import read_next
from relcard.store.sharing.ledger import Reached

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.share.ledger import Standing
    from relcard.share.places import Place
    from relcard.share.reading import NextBundle

MOST_SMALL = 14  # bundles of a device that lie by themselves
_LEFT_SMALL = 4  # the newest stay as they are: who exchanges often reads each by its number
_LIKE = 4  # a pack at most so many times as long as what comes to it is packed anew with it
LARGE_ENOUGH = 6 * 1024 * 1024  # bytes of text in a pack, so that it stays below what others take


def pack_up(place: Place, packs: Iterable[Pack], standing: Standing, last: int) -> None:
    """Put the small bundles of this device, up to number `last`, into packs where there are many.

    Raises what reading and sending do; the small ones are there until the pack is.
    """
    own = [kept for kept in packs if kept.device == kept.writer == standing.device]
    chain = _chain(own)
    if last - (chain[-1].through if chain else 0) < MOST_SMALL:
        return
    while chain and not _is_whole(place, chain[-1], standing):
        chain.pop()
    packed = chain[-1].through if chain else 0
    _sweep(place, own, chain)
    through = last - _LEFT_SMALL
    first = packed + 1
    while chain and _length(chain[-1]) <= _LIKE * (through - chain[-1].through):
        first = chain.pop().first
    made = [
        _pack(place, group, standing)
        for group in _groups(_read(place, own, standing, first, through))
        if group
    ]
    for kept in own:
        if kept not in made and first <= kept.first and kept.through <= through:
            place.remove(kept.name)
    _remove_small(place, standing.device, packed + 1, through)


def _length(kept: Pack) -> int:
    return kept.through - kept.first + 1


def _chain(own: Collection[Pack]) -> list[Pack]:
    """Return the packs that follow one another from the first bundle on, of several the longest."""
    chain: list[Pack] = []
    through = 0
    while nexts := [kept for kept in own if kept.first == through + 1]:
        chain.append(max(nexts, key=lambda kept: kept.through))
        through = chain[-1].through
    return chain


def _is_whole(place: Place, kept: Pack, standing: Standing) -> bool:
    data = place.read(kept.name)
    try:
        check_place(
            unpack(data or b"", standing.key)[0], standing.list_id, kept.device, kept.first, kept.through
        )
    except BundleError:
        return False
    return True


def _read(
    place: Place, own: Collection[Pack], standing: Standing, first: int, through: int
) -> list[NextBundle]:
    """Return what there is from one number to another, packs and bundles as they come."""
    there: list[NextBundle] = []
    reached = Reached(first - 1)
    while reached.number < through:
        bundle = read_next(place, own, standing, standing.device, reached)
        if bundle is None:
            raise FileError(
                f"Bundle {reached.number + 1} of this laptop is missing.", hint="relcard share repair"
            )
        there.append(bundle)
        reached = bundle.reached
    return there


def _groups(bundles: Iterable[NextBundle]) -> list[list[NextBundle]]:
    """Return what goes into a pack each."""
    groups: list[list[NextBundle]] = [[]]
    size = 0
    for bundle in bundles:
        length = sum(map(len, bundle.lines))
        if groups[-1] and size + length > LARGE_ENOUGH:
            groups.append([])
            size = 0
        groups[-1].append(bundle)
        size += length
    return groups


def _pack(place: Place, group: Sequence[NextBundle], standing: Standing) -> Pack:
    """Send a pack of some bundles; one that is a pack already stays as it is."""
    first, last = group[0], group[-1]
    made = Pack(standing.device, first.header.number, last.reached.number, standing.device)
    if len(group) == 1 and first.header.through:
        return made
    header = replace(
        last.header,
        number=made.first,
        through=made.through,
        before=first.header.before,
        ends=last.reached.sha256,
        first=first.header.first,
        format=max(bundle.header.format for bundle in group),
    )
    send(place, made.name, pack(header, [line for bundle in group for line in bundle.lines], standing.key))
    return made


def _sweep(place: Place, own: Collection[Pack], chain: Sequence[Pack]) -> None:
    """Take away what an earlier time, killed behind its pack, had left: packs in it, and small bundles."""
    for kept in own:
        if kept not in chain and any(
            longer.first <= kept.first and kept.through <= longer.through for longer in chain
        ):
            place.remove(kept.name)
    if not chain:
        return
    newest = chain[-1]
    first = newest.through
    while first >= newest.first and place.read(bundle_name(newest.device, first)) is not None:
        first -= 1
    _remove_small(place, newest.device, first + 1, newest.through)


def _remove_small(place: Place, device: str, first: int, through: int) -> None:
    for number in range(first, through + 1):  # upwards: as long as any is left, the last is
        place.remove(bundle_name(device, number))

"""The next bundle of a device, wherever in its place it lies: by its exact number, or in a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.bundle import check_place
from relcard.share.bundle import checksum
from relcard.share.bundle import unpack
from relcard.share.places import bundle_name
from relcard.store.sharing.ledger import Reached

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.share.bundle import Header
    from relcard.share.ledger import Standing
    from relcard.share.places import Pack
    from relcard.share.places import Place


class NextBundle(NamedTuple):
    """A bundle or pack that was read whole, and how far its device is read with it."""

    header: Header
    lines: Sequence[bytes]
    reached: Reached


def read_next(
    place: Place, packs: Iterable[Pack], standing: Standing, device: str, before: Reached
) -> NextBundle | None:
    """Return what follows in the place on what was read of a device, None where nothing does.

    Raises `BundleError` where it is there and is not taken, and what `Place.read` does.
    """
    number = before.number + 1
    covering = (pack for pack in packs if pack.device == device and pack.first <= number <= pack.through)
    longest_first = sorted(covering, key=lambda pack: -pack.through)
    names = [(pack.name, pack.first, pack.through) for pack in longest_first]
    fault = None
    for name, first, through in (*names, (bundle_name(device, number), number, 0)):
        data = place.read(name)
        if data is None:
            continue
        try:
            header, lines = unpack(data, standing.key)
            check_place(header, standing.list_id, device, first, through)
            if len(lines) != header.last - header.first + 1:
                raise BundleError(Fault.DAMAGED)  # noqa: TRY301  a fault like those of `unpack`
            _check_follows(header, before, standing.format)
        except BundleError as error:
            fault = fault or error
            continue
        ends = header.ends if through else checksum(data)
        return NextBundle(header, lines, Reached(through or number, ends, max(header.last, before.last)))
    if fault is not None:
        raise fault
    return None


def _check_follows(header: Header, before: Reached, store_format: int) -> None:
    """Refuse what leaves a gap behind the known steps, or follows on another bundle than was read."""
    if header.format > store_format:
        raise BundleError(Fault.NEWER)
    if before.number and not before.sha256:
        return  # a chain that is picked up in its middle
    is_next = header.number == before.number + 1
    if header.first > before.last + 1 or (is_next and header.before != before.sha256):
        raise BundleError(Fault.OUT_OF_CHAIN)

"""What the exchange asks of the store: steps out, steps in, and how far it has come with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from relcard.store.sharing.ledger import Reached
    from relcard.store.sharing.ledger import Taken


class Standing(NamedTuple):
    """The list and this laptop's place in it. List and device are 32 hex digits; key: "" for a plain list."""

    list_id: str
    device: str
    name: str  # of this laptop, in its user's words
    key: str
    format: int  # of the store


class Ledger(Protocol):
    """The store of a shared list."""

    def standing(self) -> Standing:
        """Return the list and this laptop's place in it."""

    def changing(self) -> AbstractContextManager[None]:
        """Hold several changes together: all of them or none."""

    def unbundled(self, limit: int) -> Sequence[bytes]:
        """Return lines of this laptop's steps that are in no bundle yet, the oldest first."""

    def check_unbundled(self) -> None:
        """Raise `UndecidedError` where steps that would go out change so much that a person must say so."""

    def keep_bundle(self, number: int, sha256: str, data: bytes, last: int) -> None:
        """Keep a bundle of this laptop, up to its last step, before anybody sees it."""

    def unsent(self) -> Sequence[tuple[int, bytes]]:
        """Return the bundles of which it is not known yet that they are in the place."""

    def mark_sent(self, number: int) -> None:
        """Note that a bundle was read back from its place."""

    def own_last(self) -> Reached:
        """Return the last bundle of this laptop, sent or not."""

    def own_sent(self) -> Reached:
        """Return the last bundle of this laptop that was read back from its place."""

    def reached(self) -> Mapping[str, Reached]:
        """Return how far each other device has been read."""

    def keep(self, device: str, reached: Reached, lines: Sequence[bytes]) -> None:
        """Keep the steps of a bundle, and that it was read. Steps that are known already are passed over."""

    def take(self, today: date) -> Taken:
        """Take the steps that were kept, and let this laptop's own move what others wrote beside them.

        Raises `UndecidedError` where so much would change that a person must say so.
        """

    def awaited(self) -> Mapping[str, int]:
        """Return of each device the last step that others speak of and that has not come."""

    def steps(self, device: str, after: int) -> Sequence[bytes]:
        """Return the lines of a device's steps behind one, its own or another's, as far as they are known."""

    def renew_device(self) -> None:
        """Make this store a new device: what it has sent was the old one's, what it has not is its own."""

    def names(self) -> Mapping[str, str]:
        """Return what the other laptops are called, as far as they have said it."""

    def name_device(self, device: str, name: str, on: str) -> None:
        """Note what another laptop is called, and the day (ISO 8601) of its last sign of life."""

    def tables_hash(self) -> str:
        """Return what the shared tables come to."""

    def vector(self) -> Mapping[str, int]:
        """Return the last step known of each device, this one's own too."""

    def remember(self, report: str) -> None:
        """Keep what is to be told of the last exchange."""

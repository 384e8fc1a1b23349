"""What a page that is served has at hand: the store, devices, looks, and the names it answers under."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.web.devices import Devices
from relcard.web.looks import Looks
from relcard.web.pairing import Pairing
from relcard.web.remembered import Remembered
from relcard.web.safety.once import Once

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.seasons.card_order import CardOrder
    from relcard.services.importing.triage_queue import TriageQueue
    from relcard.services.printing.print_plan import PreflightReport
    from relcard.services.printing.print_run import PrintRun
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.services.seasons.read_years import HouseholdYears
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow
    from relcard.web.store_access import StoreAccess


class Writing(NamedTuple):
    """How the user's cards are: what is drafted for a season, and the order in which they are written.

    `papers` draw each kind of paper of a season, in a step that the caller holds; `look_over` says what wants
    a look before.
    """

    wanted: Callable[[SeasonRow], Wanted]
    order: CardOrder
    papers: Mapping[str, Callable[[Connection, SeasonRow], PrintRun]]
    look_over: Callable[[Connection, SeasonRow], PreflightReport]


class House:
    """One store, served under some hosts (with their ports), in the clear or with TLS."""

    def __init__(
        self, access: StoreAccess, writing: Writing, *, hosts: Sequence[str], is_secure: bool
    ) -> None:
        self.access = access
        self.writing = writing
        self.hosts = tuple(host.lower() for host in hosts)
        self.is_secure = is_secure
        self.devices = Devices(access.path)
        self.pairing = Pairing(access.path)
        self.looks = Looks()
        self.once = Once()
        self.drawn: Remembered[PrintRun] = Remembered()
        self.orders: Remembered[list[Recipient]] = Remembered()  # of the cards of a season
        self.queues: Remembered[TriageQueue] = Remembered()
        self.years: Remembered[list[HouseholdYears]] = Remembered()
        self.secret = secrets.token_urlsafe(32)  # of the forms of who is not paired yet

    @property
    def address(self) -> str:
        """The address to open it by."""
        return f"{'https' if self.is_secure else 'http'}://{self.hosts[0]}"

    @property
    def origins(self) -> frozenset[str]:
        """The origins of its own pages."""
        return frozenset(f"{'https' if self.is_secure else 'http'}://{host}" for host in self.hosts)

    @property
    def cookie(self) -> str:
        """The name of the cookie of a device: another store on this computer has another."""
        store = sha256(self.access.path.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return f"{'__Host-' if self.is_secure else ''}relcard-{store}"

"""What preflight is told, the plan of a print, and what it finds: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from relcard.domain.people.asking import USUAL_YEARS
from relcard.domain.printing.postage import Tariff

if TYPE_CHECKING:
    from relcard.domain.people.circle import AddressMode
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.stock import Envelope
    from relcard.domain.printing.stock import Stock
    from relcard.domain.standpoint import Standpoint
    from relcard.services.seasons.draft_cards import Wanted

_NO_PRICES = Tariff()


class RemarkKind(Enum):
    """What is to be done about a remark, in the order of the list."""

    GONE = "gone"  # nobody lives there: take the household off
    ASK = "ask"  # there is no address: ask for one
    CORRECT = "correct"  # the post would not find it
    DOUBLE = "double"  # somebody would be written to twice
    NAME = "name"  # it is written as an address book has it
    LANGUAGE = "language"  # a greeting in another one
    CONFIRM = "confirm"  # nobody has confirmed it for years
    FONT = "font"  # no font here has its letters
    SIZE = "size"  # it does not fit
    WORDS = "words"  # the card would break its contract
    LATE = "late"  # the day to post has passed
    MATERIAL = "material"  # card, envelope and stamp
    SENDER = "sender"  # who sends it


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightRemark:
    """One thing that wants a look: who, what is wrong and the command that mends it, "" where none does.

    `household` is None where all are meant.
    """

    kind: RemarkKind
    who: str
    reason: str
    mend: str = ""
    household: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPlan:
    """What is to be printed, on what and from where.

    `sender` is the return address, empty while it is not known, and `return_on` where on the envelope it is
    to stand: front, flap or none, as the settings have it. `addressed` says that addresses go straight
    on the envelope and must fit there, `postcards` that they go on the card itself, with `sender_abroad` on
    one to another country; `wanted` is what the cards will say, None where none is drafted.
    `years` is how long an address counts as known. A shape whose price is in the `tariff` is no surprise.
    """

    stock: Stock
    envelope: Envelope
    card: CardSize
    standpoint: Standpoint
    sender: tuple[str, ...] = ()
    sender_abroad: tuple[str, ...] = ()
    return_on: str = "front"
    wanted: Wanted | None = None
    address_mode: AddressMode | None = None
    addressed: bool = False
    postcards: bool = False
    years: int = USUAL_YEARS
    printer: Printer | None = None
    tariff: Tariff = _NO_PRICES


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightReport:
    """What wants a look, and in `notes` what is only to be known."""

    remarks: tuple[PreflightRemark, ...]
    notes: tuple[str, ...]

    @property
    def look(self) -> int:
        """How many households want a look."""
        return len({remark.household for remark in self.remarks if remark.household is not None})

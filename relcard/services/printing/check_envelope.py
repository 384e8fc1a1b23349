"""Card, envelope and sender: what concerns every household of a run at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.card_size import is_inches
from relcard.domain.printing.card_size import misfit
from relcard.domain.printing.postage import surcharge
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.paper.documents.envelopes import check_sender
from relcard.paper.stock.known import all_envelopes
from relcard.services.printing.print_plan import PreflightRemark
from relcard.services.printing.print_plan import RemarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.stock import Envelope
    from relcard.services.printing.print_plan import PrintPlan


def check_envelope(plan: PrintPlan) -> Iterator[PreflightRemark]:
    """Yield what is wrong with a card in its envelope, with the stamp on it and with the return address."""
    yield from _check_card(plan)
    yield from _check_sender(plan)


def _check_card(plan: PrintPlan) -> Iterator[PreflightRemark]:
    """Look whether the card goes into the envelope, and what the post asks for it."""
    card, envelope = plan.card, plan.envelope
    if not card.is_folded:
        return  # a postcard travels as it is
    if wrong := misfit(card.panel_w, card.panel_h, envelope.width, envelope.height):
        best = _envelope_for(card, plan.standpoint.sender_country)
        yield PreflightRemark(
            kind=RemarkKind.MATERIAL,
            who=f"card {card.name}",
            reason=f"in envelope {envelope.name}: {wrong}",
            mend=f"relcard settings set envelope {quoted(best.name)}" if best else "",
        )
    dearer = surcharge(plan.standpoint.sender_country, envelope.width, envelope.height)
    if dearer and dearer.shape.value not in plan.tariff.prices:
        yield PreflightRemark(
            kind=RemarkKind.MATERIAL,
            who=f"envelope {envelope.name}",
            reason=f"costs more: {dearer.reason}",
            mend=f"relcard stamps --envelope {quoted(envelope.name)}",
        )


def _envelope_for(card: CardSize, sender_country: str) -> Envelope | None:
    """Return the envelope to buy for a card: one without a surcharge, cut in its own unit, the smallest."""

    def dearness(envelope: Envelope) -> tuple[bool, bool, float]:
        return (
            surcharge(sender_country, envelope.width, envelope.height) is not None,
            all(is_inches(side) for side in (envelope.width, envelope.height)) is not card.inches,
            envelope.width * envelope.height,
        )

    fitting = [
        envelope
        for envelope in all_envelopes()
        if not misfit(card.panel_w, card.panel_h, envelope.width, envelope.height)
    ]
    return min(fitting, key=dearness, default=None)


def _check_sender(plan: PrintPlan) -> Iterator[PreflightRemark]:
    """Look whether what comes back would find its way."""
    if not plan.standpoint.sender_country:
        yield PreflightRemark(
            kind=RemarkKind.SENDER,
            who="your country",
            reason="not said yet: it decides domestic mail, days and stamps",
            mend="relcard settings set sender.country GB",
        )
    if not plan.sender:
        if plan.addressed:
            yield PreflightRemark(
                kind=RemarkKind.SENDER,
                who="your address",
                reason="none to return to: what cannot be delivered would not come back",
                mend="relcard settings set sender.address ...",
            )
        return
    if plan.return_on == "none":
        return
    try:
        check_sender(
            plan.sender,
            plan.envelope,
            on_flap=plan.return_on == "flap",
            country=plan.standpoint.sender_country,
            printer=plan.printer if plan.addressed else None,
        )
    except UsageError as error:
        yield PreflightRemark(
            kind=RemarkKind.SENDER, who="your address", reason=error.message, mend=error.hint
        )

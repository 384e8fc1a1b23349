"""Card, envelope and sender: what concerns every household of a run at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.enclosure import is_inches
from relcard.domain.printing.enclosure import misfit
from relcard.domain.printing.postage import surcharge
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.services.printing.remark import Kind
from relcard.services.printing.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.stock import Envelope
    from relcard.services.printing.remark import Plan


def check_envelope(plan: Plan) -> Iterator[Remark]:
    """Yield what is wrong with a card in its envelope, with the stamp on it and with the return address."""
    yield from _check_card(plan)
    yield from _check_sender(plan)


def _check_card(plan: Plan) -> Iterator[Remark]:
    """Look whether the card goes into the envelope, and what the post asks for it."""
    card, envelope = plan.card, plan.envelope
    if not card.is_folded:
        return  # a postcard travels as it is
    if wrong := misfit(card.panel_w, card.panel_h, envelope.width, envelope.height):
        best = _envelope_for(card, plan.standpoint.sender_country)
        yield Remark(
            kind=Kind.MATERIAL,
            who=f"card {card.name}",
            reason=f"in envelope {envelope.name}: {wrong}",
            mend=f"relcard settings set envelope {quoted(best.name)}" if best else "",
        )
    dearer = surcharge(plan.standpoint.sender_country, envelope.width, envelope.height)
    if dearer and dearer.shape.value not in plan.tariff.prices:
        yield Remark(
            kind=Kind.MATERIAL,
            who=f"envelope {envelope.name}",
            reason=f"costs more: {dearer.reason}",
            mend=f"relcard stamps --envelope {quoted(envelope.name)}",
        )


def _envelope_for(card: CardSize, sender_country: str) -> Envelope | None:
    """Return the envelope to buy for a card: one without a surcharge, cut in its own unit, the smallest."""
    from relcard.paper.stock.known import all_envelopes

    def dearness(one: Envelope) -> tuple[bool, bool, float]:
        return (
            surcharge(sender_country, one.width, one.height) is not None,
            all(is_inches(side) for side in (one.width, one.height)) is not card.inches,
            one.width * one.height,
        )

    fitting = [
        one for one in all_envelopes() if not misfit(card.panel_w, card.panel_h, one.width, one.height)
    ]
    return min(fitting, key=dearness, default=None)


def _check_sender(plan: Plan) -> Iterator[Remark]:
    """Look whether what comes back would find its way."""
    from relcard.paper.documents.envelopes import check_sender

    if not plan.standpoint.sender_country:
        yield Remark(
            kind=Kind.SENDER,
            who="your country",
            reason="not said yet: it decides domestic mail, days and stamps",
            mend="relcard settings set sender.country GB",
        )
    if not plan.sender:
        if plan.addressed:
            yield Remark(
                kind=Kind.SENDER,
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
        yield Remark(kind=Kind.SENDER, who="your address", reason=error.message, mend=error.hint)

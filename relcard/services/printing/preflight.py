"""Before a sheet is used: one list of what wants a look, by what is to be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.people.asking import Want
from relcard.domain.people.circle import Circle
from relcard.domain.printing.room import room_for
from relcard.domain.printing.room import sizes_with_room
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.seasons.season import State
from relcard.domain.text import quoted
from relcard.errors import FileError
from relcard.errors import RelcardError
from relcard.errors import TemplateError
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import remedy_for
from relcard.postal import check_address
from relcard.postal.countries import plain_name
from relcard.services.people.judge_addresses import judge_addresses
from relcard.services.printing.check_envelope import check_envelope
from relcard.services.printing.print_addresses import sort_addresses
from relcard.services.printing.remark import Flight
from relcard.services.printing.remark import Kind
from relcard.services.printing.remark import Remark
from relcard.services.seasons.draft_cards import check_words
from relcard.services.seasons.draft_cards import draft_cards

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.circle import AddressMode
    from relcard.domain.people.circle import CircleRule
    from relcard.paper.documents.address_block import Label
    from relcard.paper.documents.results import Refusal
    from relcard.services.people.judge_addresses import Judged
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.printing.remark import Plan
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

_TO_PRINT = (State.PLANNED, State.DRAFTED, State.PRINTED)


def preflight(db: Connection, recipients: Sequence[Recipient], plan: Plan) -> Flight:
    """Check every address, letter, size and word before paper; nothing is changed.

    An address that names no country and looks like the sender's own is only counted.
    """
    living = [one for one in recipients if one.household.living]
    views = [one.household for one in living]
    judged = judge_addresses(db, views, plan.standpoint, years=plan.years)
    remarks = [_gone(one) for one in recipients if not one.household.living]
    for one in living:
        remarks += _check_address(one, judged[one.household.id])
        remarks += _check_letters(one, plan)
        remarks += _check_day(one, plan.standpoint.today)
    told = {one.household for one in remarks if one.kind is Kind.FONT and one.household is not None}
    remarks += _check_fit(living, plan, told)
    if plan.wanted is not None:
        remarks += _check_words(db, living, plan.wanted)
    remarks += check_envelope(plan)
    order = list(Kind)
    remarks.sort(key=lambda one: order.index(one.kind))
    return Flight(
        remarks=tuple(remarks),
        notes=(*_notes(views, judged, plan.standpoint.sender_country), *_sender_note(plan)),
    )


def check_labels(
    recipients: Sequence[Recipient], *, sender_country: str, address_mode: AddressMode | None = None
) -> tuple[int, list[Remark]]:
    """Return how many addresses are to be printed, and those the post would not find as they are."""
    printed = [one for one in recipients if sort_addresses([one], address_mode)[0]]
    remarks = [
        _remark(one, Kind.CORRECT, reason, f"relcard edit {_contact(one.household)}")
        for one in printed
        if one.household.address is not None
        for reason in check_address(one.household.address, sender_country=sender_country)
    ]
    return len(printed), remarks


def _remark(one: Recipient, kind: Kind, reason: str, mend: str) -> Remark:
    view = one.household
    return Remark(kind=kind, who=view.addressee, reason=reason, mend=mend, household=view.id)


def _contact(view: HouseholdView, contact_id: int | None = None) -> str:
    """Return a member as a command takes one: the household where there is no other, else the name."""
    if len(view.members) == 1:
        return f"h{view.id}"
    return quoted(
        next((one.name for one in view.members if one.contact_id == contact_id), view.members[0].name)
    )


def _gone(one: Recipient) -> Remark:
    mend = f"relcard season drop h{one.household.id}" if one.row else ""
    return _remark(one, Kind.GONE, NOBODY_LIVING, mend)


def _check_address(one: Recipient, judged: Judged) -> Iterator[Remark]:
    view = one.household
    who = _contact(view, judged.contact_id)
    match judged.want:
        case Want.NONE | Want.RETURNED:
            yield _remark(one, Kind.ASK, judged.reason, "relcard ask-list")
        case Want.INVALID:
            yield _remark(one, Kind.CORRECT, judged.reason, f"relcard edit {who}")
        case Want.OLD:
            yield _remark(one, Kind.CONFIRM, judged.reason, f"relcard address confirm {who}")


def _check_letters(one: Recipient, plan: Plan) -> Iterator[Remark]:
    from relcard.paper.documents.address_block import what_is_missing

    reason, remedy = what_is_missing("\n".join(one.household.envelope_lines))
    if reason:
        by_hand = one.by_hand and plan.address_mode is None
        yield _remark(
            one, Kind.FONT, f"{reason}; the crib says so in its place" if by_hand else reason, remedy
        )


def _check_day(one: Recipient, today: date) -> Iterator[Remark]:
    if one.row is None or one.post_by is None or one.post_by >= today:
        return
    if State(one.row.state) not in (State.POSTED, State.RETURNED):
        reason = f"in time until {short_day(one.post_by, weekday=True, beside=today)}"
        yield _remark(one, Kind.LATE, reason, f"relcard posted h{one.household.id}")


def _check_fit(recipients: Sequence[Recipient], plan: Plan, told: Collection[int]) -> Iterator[Remark]:
    """Measure every address for the stock, or for the envelope when it goes there; `told` have no letters."""
    by_id = {str(one.household.id): one for one in recipients if one.household.id not in told}
    labels = [
        replace(label, who=key)
        for key, one in by_id.items()
        for label in sort_addresses([one], plan.address_mode)[0]
    ]
    for refused in _refused(labels, plan):
        one = by_id[refused.who]
        view = one.household
        widest = max(view.envelope_lines, key=len)
        mend = f"relcard edit {_contact(view)}"
        if widest == view.addressee:
            mend = f"relcard household set h{view.id} --addressee NAME"
        medium = plan.envelope.name if plan.addressed else plan.stock.part
        yield _remark(one, Kind.SIZE, f"{refused.reason} for {medium}", mend)


def _refused(labels: Sequence[Label], plan: Plan) -> Sequence[Refusal]:
    if plan.addressed:
        from relcard.paper.documents.envelopes import check_envelopes

        return check_envelopes(
            labels, plan.envelope, country=plan.standpoint.sender_country, printer=plan.printer
        )
    from relcard.paper.documents.labels import check_labels as check_on_stock

    return check_on_stock(labels, plan.stock, printer=plan.printer)


def _check_words(db: Connection, recipients: Sequence[Recipient], wanted: Wanted) -> Iterator[Remark]:
    """Draft what is still to be printed, and keep nothing of it."""
    open_ = [one for one in recipients if one.row is not None and State(one.row.state) in _TO_PRINT]
    too_small = [*_check_room(open_, wanted)]
    yield from (remark for remark, _ in too_small)
    cut_off = {id(one) for _, several in too_small for one in several}
    fresh: dict[int, Recipient] = {}
    for one in open_:
        assert one.row is not None  # noqa: S101  a card that is still to be printed is in a season
        if id(one) in cut_off:
            continue
        if not one.row.edited:
            fresh[one.household.id] = one
            continue
        try:
            check_words(one, Printed(one.row.front or "", one.row.inside or ""), wanted)
        except RelcardError as error:
            yield _worded(one, error)
    # Outside a season nothing of a draft is kept, and so none of these is.
    for refused in draft_cards(db, [replace(one, row=None) for one in fresh.values()], wanted).refused:
        yield _worded(fresh[refused.household.id], refused.error)


def _check_room(recipients: Sequence[Recipient], wanted: Wanted) -> Iterator[tuple[Remark, list[Recipient]]]:
    """Yield the circles whose room no card of this size has, once each, and who is in them."""
    circles: dict[CircleRule, list[Recipient]] = {}
    for one in recipients:
        circles.setdefault(one.rule, []).append(one)
    for rule, several in circles.items():
        try:
            room_for(wanted.size, rule, wanted.hand)
        except RelcardError as error:
            circle = (several[0].household.circle or Circle.WIDE).value
            larger = next((one.name for one in sizes_with_room(rule, wanted.hand)), "")
            mend = (
                f"relcard settings set card {larger}"
                if larger
                else f"relcard settings set circles.{circle}.room_lines N"
            )
            yield (
                Remark(kind=Kind.WORDS, who=f"{len(several)} of {circle}", reason=error.message, mend=mend),
                several,
            )


def _worded(recipient: Recipient, error: RelcardError) -> Remark:
    """Return a remark on words that cannot be printed, with the command that mends what is wrong."""
    mend = f"relcard draft edit h{recipient.household.id}"
    if isinstance(error, GlyphError):
        mend = remedy_for(error.character) or mend
    elif isinstance(error, TemplateError):
        mend = "relcard template check FILE"
    elif isinstance(error, FileError):  # a design and its drawing are files
        mend = "relcard design check FOLDER"
    return _remark(recipient, Kind.WORDS, error.message, mend)


def _sender_note(plan: Plan) -> tuple[str, ...]:
    """Say that nothing could come back, where the return address is not to be printed anyway."""
    return (
        ()
        if plan.sender or plan.addressed
        else ("no return address is known: relcard settings set sender.address ...",)
    )


def _notes(
    views: Sequence[HouseholdView], judged: Mapping[int, Judged], sender_country: str
) -> tuple[str, ...]:
    """Count what is assumed: an address without a country is the sender's own where it looks so."""
    assumed = sum(
        1
        for view in views
        if view.address is not None
        and not (view.address.country_code or view.address.country.strip())
        and judged[view.id].want is not Want.INVALID
    )
    if not assumed or not sender_country:
        return ()
    names = "1 address names" if assumed == 1 else f"{assumed} addresses name"
    return (f"{names} no country: taken for {plain_name(sender_country)}",)

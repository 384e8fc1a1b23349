"""Before a sheet is used: one list of what wants a look, by what is to be done."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.dates import short_day
from relcard.domain.languages import has_words
from relcard.domain.languages import language_code
from relcard.domain.people.asking import Want
from relcard.domain.people.circle import Circle
from relcard.domain.people.names import doubts_of_name
from relcard.domain.people.names import tidy_name
from relcard.domain.people.typed_address import read_apart
from relcard.domain.printing.card_size import is_inches
from relcard.domain.printing.card_size import misfit
from relcard.domain.printing.courtesy import with_courtesy
from relcard.domain.printing.postage import surcharge
from relcard.domain.printing.room import room_for
from relcard.domain.printing.room import sizes_with_room
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.seasons.season import State
from relcard.domain.text import fold
from relcard.domain.text import quoted
from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import RelcardError
from relcard.errors import TemplateError
from relcard.errors import UsageError
from relcard.paper.documents.address_block import left_out
from relcard.paper.documents.address_block import what_is_missing
from relcard.paper.documents.address_block import without_emoji
from relcard.paper.documents.envelopes import check_envelopes
from relcard.paper.documents.envelopes import check_sender
from relcard.paper.documents.labels import check_labels as check_on_stock
from relcard.paper.documents.postcards import check_postcards
from relcard.paper.documents.postcards import check_sender as check_sender_on_postcard
from relcard.paper.stock.known import all_envelopes
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import remedy_for
from relcard.postal.checks import check_address
from relcard.postal.countries import country_code
from relcard.postal.countries import plain_name
from relcard.postal.latin import asks_for_latin
from relcard.postal.latin import is_latin
from relcard.services.people.addresses import judge_addresses
from relcard.services.printing.check_doubles import check_doubles
from relcard.services.printing.check_doubles import check_numbers
from relcard.services.printing.check_doubles import notes_of_doubles
from relcard.services.printing.print_addresses import label_of
from relcard.services.printing.print_addresses import sort_recipients
from relcard.services.printing.print_plan import PreflightRemark
from relcard.services.printing.print_plan import PreflightReport
from relcard.services.printing.print_plan import RemarkKind
from relcard.services.printing.print_postcards import postcard_of
from relcard.services.seasons.draft_cards import check_has_words
from relcard.services.seasons.draft_cards import check_words
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import is_grave

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.people.circle import AddressMode
    from relcard.domain.people.circle import CircleRule
    from relcard.domain.people.household import Resident
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.stock import Envelope
    from relcard.paper.documents.results import Refusal
    from relcard.services.people.addresses import Judged
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.printing.print_plan import PrintPlan
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import RecipientRow

_TO_PRINT = (State.PLANNED, State.DRAFTED, State.PRINTED)


def preflight(db: Connection, recipients: Sequence[Recipient], plan: PrintPlan) -> PreflightReport:
    """Check every address, letter, size and word before paper; nothing is changed.

    An address that names no country and looks like the sender's own is only counted.
    """
    living = [recipient for recipient in recipients if recipient.household.is_lived_in]
    views = [recipient.household for recipient in living]
    judged = judge_addresses(db, views, plan.standpoint, years=plan.years)
    remarks = [_gone(recipient) for recipient in recipients if not recipient.household.is_lived_in]
    for recipient in living:
        remarks += _check_address(recipient, judged[recipient.household.id])
        remarks += _check_names(recipient)
        if plan.wanted is not None and is_grave(plan.wanted):
            remarks += _check_dead_named(recipient)
        remarks += _check_letters(recipient, plan)
        remarks += _check_latin(recipient)
        remarks += _check_day(recipient, plan)
        if plan.postcards:
            remarks += _check_courtesy(recipient)
    remarks += check_doubles(db, views)
    remarks += check_numbers(living)
    no_letters = {remark.household for remark in remarks if remark.kind is RemarkKind.FONT}
    remarks += _check_fit(living, plan, no_letters)
    if plan.wanted is not None:
        remarks += _check_words(db, living, plan.wanted)
    remarks += check_envelope(plan)
    order = list(RemarkKind)
    remarks.sort(key=lambda remark: order.index(remark.kind))
    return PreflightReport(
        remarks=tuple(remarks),
        notes=(
            *_notes(views, judged, plan.standpoint.sender_country),
            *notes_of_doubles(views, remarks),
            *_sender_note(plan),
        ),
    )


def check_labels(
    recipients: Sequence[Recipient], *, sender_country: str, address_mode: AddressMode | None = None
) -> tuple[int, list[PreflightRemark]]:
    """Return how many addresses are to be printed, and those the post would not find as they are."""
    printed, _ = sort_recipients(recipients, address_mode)
    remarks = [
        _remark(recipient, RemarkKind.CORRECT, reason, f"relcard edit {_contact(recipient.household)}")
        for recipient in printed
        if recipient.household.address is not None
        for reason in check_address(recipient.household.address, sender_country=sender_country)
    ]
    return len(printed), remarks


def _remark(recipient: Recipient, kind: RemarkKind, reason: str, mend: str) -> PreflightRemark:
    view = recipient.household
    return PreflightRemark(kind=kind, who=view.addressee, reason=reason, mend=mend, household=view.id)


def _contact(view: HouseholdView, contact_id: int | None = None) -> str:
    """Return a member as a command takes recipient: the household where there is no other, else the name."""
    if len(view.members) == 1:
        return f"h{view.id}"
    return quoted(
        next(
            (member.name for member in view.members if member.contact_id == contact_id), view.members[0].name
        )
    )


def _gone(recipient: Recipient) -> PreflightRemark:
    mend = f"relcard season drop h{recipient.household.id}" if recipient.row else ""
    return _remark(recipient, RemarkKind.GONE, NOBODY_LIVING, mend)


def _check_address(recipient: Recipient, judged: Judged) -> Iterator[PreflightRemark]:
    view = recipient.household
    who = _contact(view, judged.contact_id)
    match judged.want:
        case Want.NONE | Want.RETURNED:
            yield _remark(recipient, RemarkKind.ASK, judged.reason, "relcard ask-list")
        case Want.INVALID:
            yield _remark(recipient, RemarkKind.CORRECT, judged.reason, f"relcard edit {who}")
        case Want.OLD:
            yield _remark(recipient, RemarkKind.CONFIRM, judged.reason, f"relcard address confirm {who}")


def _check_names(recipient: Recipient) -> Iterator[PreflightRemark]:
    """Name what an address book keeps beside a name, and a greeting that is English for want of words.

    Where the user has said both, envelope and greeting are right as they are.
    """
    view = recipient.household
    is_settled = bool(view.wished_addressee and view.wished_salutation)
    ids = {member.uid: member.contact_id for member in view.members}
    for resident in view.greeted:
        # The second name of a card that names several people goes by its card: its UID ends in /2.
        who = _contact(view, ids.get(resident.uid, ids.get(resident.uid.rpartition("/")[0])))
        death = tidy_name(resident.display_name)[2]
        if death:
            year = max(re.findall(r"\b\d{4}\b", death), default="")
            mend = f"relcard rite death {who}{f' --on {year}' if year else ''}"
            yield _remark(recipient, RemarkKind.NAME, f"the name says {death}", mend)
        elif not is_settled:
            yield from _check_name(recipient, resident, who)
    if not is_settled and not has_words(view.language):
        yield from _check_english(recipient)


def _check_dead_named(recipient: Recipient) -> Iterator[PreflightRemark]:
    """Name an envelope of a condolence on which, as the user once wished, the dead still stand."""
    view = recipient.household
    words = fold(f"{view.wished_addressee} {view.wished_salutation}").replace(",", " ").split()
    dead = [member.name for member in view.members if member.died_on is not None]
    dead += [member.name for member in view.named if member.died_on is not None]
    for name in dead:
        if fold(name).split()[0] in words:
            reason = f"envelope or greeting names {name}, who has died"
            mend = f"relcard household set h{view.id} --addressee NAME"
            yield _remark(recipient, RemarkKind.NAME, reason, mend)


def _check_name(recipient: Recipient, resident: Resident, who: str) -> Iterator[PreflightRemark]:
    """Name what a name leaves open, with the command for `who` that mends it, or for the greeting."""
    view = recipient.household
    code, informal = language_code(view.language), view.formality == "informal"
    for reason, greeting in doubts_of_name(resident, code, informal=informal):
        mend = f"relcard edit {who}"
        if greeting:
            words = quoted(view.salutation.replace(*greeting))
            mend = f"relcard household set h{view.id} --salutation {words}"
        yield _remark(recipient, RemarkKind.NAME, reason, mend)


def _check_english(recipient: Recipient) -> Iterator[PreflightRemark]:
    """Name what is English for want of words: the greeting, or an envelope with words of ours."""
    view = recipient.household
    what, wish = ("envelope", "addressee") if view.wished_salutation else ("greeting", "salutation")
    if what == "greeting" or re.search(r"\b(and|The .* Family)\b", view.addressee):
        yield _remark(
            recipient,
            RemarkKind.LANGUAGE,
            f"no words for {view.language} yet: the {what} is English",
            f"relcard household set h{view.id} --{wish} WORDS",
        )


def _check_letters(recipient: Recipient, plan: PrintPlan) -> Iterator[PreflightRemark]:
    text = "\n".join(recipient.household.envelope_lines)
    reason, remedy = what_is_missing(without_emoji(text))
    pictures = left_out(text)
    if pictures:
        mend = f"relcard edit {_contact(recipient.household)}"
        yield _remark(recipient, RemarkKind.NAME, f"“{pictures}” is left off paper", mend)
    if reason:
        by_hand = recipient.by_hand and plan.address_mode is None
        yield _remark(
            recipient,
            RemarkKind.FONT,
            f"{reason}; the crib says so in its place" if by_hand else reason,
            remedy,
        )


def _check_latin(recipient: Recipient) -> Iterator[PreflightRemark]:
    """Name an address, or an addressee, in letters that the sender's post does not take alone."""
    view = recipient.household
    post = asks_for_latin(view.sender_country, view.country) if view.address else ""
    lacks = post and not view.in_other_letters and not is_latin("".join(view.address_lines))
    if lacks:
        mend = f"relcard address add {_contact(view)} --street STREET --town TOWN --country {view.country}"
        reason = f"{post} wants the address in Latin letters too; both are printed then"
        yield _remark(recipient, RemarkKind.CORRECT, reason, mend)
    if post and not is_latin(view.addressee):
        mend = f"relcard household set h{view.id} --addressee NAME"
        yield _remark(recipient, RemarkKind.NAME, f"{post} wants the name in Latin letters too", mend)


def _check_courtesy(recipient: Recipient) -> Iterator[PreflightRemark]:
    """Name an addressee of the user's own words that lies bare on an upright card, as on a summons."""
    view = recipient.household
    lacking = [
        name
        for name in view.names_on_envelope
        if postcard_of(recipient).upright and with_courtesy(name, view.country) != (name,)
    ]
    if lacking:
        wanted = with_courtesy(view.addressee, view.country, is_organisation=view.is_organisation)
        mend = f"relcard household set h{view.id} --addressee {quoted('、'.join(wanted))}"
        reason = f"as you said it, {'、'.join(lacking)} stands without {wanted[0].split()[-1]}"
        yield _remark(recipient, RemarkKind.NAME, reason, mend)


def _check_day(recipient: Recipient, plan: PrintPlan) -> Iterator[PreflightRemark]:
    today, row = plan.standpoint.today, recipient.row
    if recipient.post_by is None or recipient.post_by >= today:
        return
    if row is None or State(row.state) not in (State.POSTED, State.RETURNED):
        reason = f"in time until {short_day(recipient.post_by, weekday=True, beside=today)}"
        beside = f" --for {plan.wanted.occasion}" if plan.wanted and row is None else ""
        mend = f"relcard posted h{recipient.household.id}{beside}"
        yield _remark(recipient, RemarkKind.LATE, reason, mend)


def _check_fit(
    recipients: Sequence[Recipient], plan: PrintPlan, no_letters: Collection[int | None]
) -> Iterator[PreflightRemark]:
    """Measure every address for the stock, or for the envelope when it goes there.

    Households of `no_letters` are told of already: a font lacks theirs.
    """
    by_id = {
        str(recipient.household.id): recipient
        for recipient in recipients
        if recipient.household.id not in no_letters
    }
    for refused in _refused(by_id, plan):
        recipient = by_id[refused.who]
        view = recipient.household
        widest = max(view.envelope_lines, key=len)
        mend = f"relcard edit {_contact(view)}"
        if widest == view.addressee:
            mend = f"relcard household set h{view.id} --addressee NAME"
        medium = plan.card.name if plan.postcards else plan.stock.part
        medium = plan.envelope.name if plan.addressed else medium
        yield _remark(recipient, RemarkKind.SIZE, f"{refused.reason} for {medium}", mend)


def _refused(by_key: Mapping[str, Recipient], plan: PrintPlan) -> Sequence[Refusal]:
    """Return which addresses that are printed have no room where they go, by the keys of their recipients."""
    printed = {
        key: recipient
        for key, recipient in by_key.items()
        if sort_recipients([recipient], plan.address_mode)[0]
    }
    if plan.postcards:
        cards = [
            replace(card, label=replace(card.label, who=key))
            for key, recipient in printed.items()
            for card in (postcard_of(recipient),)
        ]
        return check_postcards(cards, plan.card, country=plan.standpoint.sender_country)
    labels = [replace(label_of(recipient), who=key) for key, recipient in printed.items()]
    if plan.addressed:
        return check_envelopes(
            labels, plan.envelope, country=plan.standpoint.sender_country, printer=plan.printer
        )
    return check_on_stock(labels, plan.stock, printer=plan.printer)


def _check_words(
    db: Connection, recipients: Sequence[Recipient], wanted: Wanted
) -> Iterator[PreflightRemark]:
    """Draft what is still to be printed, and keep nothing of it."""
    open_ = [recipient for recipient in recipients if _is_to_print(recipient)]
    try:
        check_has_words(wanted)
    except NotFoundError as error:
        yield PreflightRemark(kind=RemarkKind.WORDS, who="all", reason=error.message, mend=error.hint)
        return
    too_small = [*_check_room(open_, wanted)]
    yield from (remark for remark, _ in too_small)
    cut_off = {recipient.household.id for _, several in too_small for recipient in several}
    fresh: dict[int, Recipient] = {}
    for recipient in open_:
        if recipient.household.id in cut_off:
            continue
        if recipient.row is not None and recipient.row.edited:
            yield from _check_edited(recipient, recipient.row, wanted)
        else:
            fresh[recipient.household.id] = recipient
    run = draft_cards(db, [*fresh.values()], wanted, with_crib=False)
    for refused in run.refused:
        yield _worded(fresh[refused.household.id], refused.error)
    for draft in run.drafts:
        if draft.instead:
            mend = f"relcard template copy {wanted.occasion}.en"
            yield _remark(draft.recipient, RemarkKind.LANGUAGE, draft.instead, mend)


def _is_to_print(recipient: Recipient) -> bool:
    return recipient.row is None or State(recipient.row.state) in _TO_PRINT


def _check_edited(recipient: Recipient, row: RecipientRow, wanted: Wanted) -> Iterator[PreflightRemark]:
    """Hold the words that a person wrote to the card's contract."""
    try:
        check_words(recipient, Printed(row.front or "", row.inside or ""), wanted)
    except RelcardError as error:
        yield _worded(recipient, error)


def _check_room(
    recipients: Sequence[Recipient], wanted: Wanted
) -> Iterator[tuple[PreflightRemark, list[Recipient]]]:
    """Yield the circles whose room no card of this size has, once each, and who is in them."""
    circles: dict[CircleRule, list[Recipient]] = {}
    for recipient in recipients:
        circles.setdefault(recipient.rule, []).append(recipient)
    for rule, several in circles.items():
        try:
            room_for(wanted.size, rule, wanted.hand)
        except RelcardError as error:
            circle = (several[0].household.circle or Circle.WIDE).value
            larger = next((size.name for size in sizes_with_room(rule, wanted.hand)), "")
            mend = (
                f"relcard settings set card {larger}"
                if larger
                else f"relcard settings set circles.{circle}.room_lines N"
            )
            yield (
                PreflightRemark(
                    kind=RemarkKind.WORDS, who=f"{len(several)} of {circle}", reason=error.message, mend=mend
                ),
                several,
            )


def _worded(recipient: Recipient, error: RelcardError) -> PreflightRemark:
    """Return a remark on words that cannot be printed, with the command that mends what is wrong."""
    mend = f"relcard draft edit h{recipient.household.id}"
    if isinstance(error, GlyphError):
        mend = remedy_for(error.character) or mend
    elif isinstance(error, TemplateError):
        mend = "relcard template check FILE"
    elif isinstance(error, NotFoundError):  # no words for the occasion
        mend = "relcard template list"
    elif recipient.row is None:
        mend = "relcard template check FILE"
    elif isinstance(error, FileError):  # a design and its drawing are files
        mend = "relcard design check FOLDER"
    return _remark(recipient, RemarkKind.WORDS, error.message, mend)


def _sender_note(plan: PrintPlan) -> tuple[str, ...]:
    """Say that nothing could come back, where the return address is not to be printed anyway."""
    return (
        ()
        if plan.sender or plan.addressed or plan.postcards
        else ("no return address is known: relcard settings set sender.address ...",)
    )


def _notes(
    views: Sequence[HouseholdView], judged: Mapping[int, Judged], sender_country: str
) -> tuple[str, ...]:
    """Count what is assumed: an address without a country is the sender's own where it looks so."""
    notes = []
    typed = [view.address for view in views if view.address is not None]
    untidy = sum(read_apart(address, code_of=country_code).address is not address for address in typed)
    if untidy:
        wants = "1 address stands" if untidy == 1 else f"{untidy} addresses stand"
        notes.append(f"{wants} in one field: relcard address tidy")
    assumed = sum(_has_no_country(view) and judged[view.id].want is not Want.INVALID for view in views)
    if assumed and sender_country:
        names = "1 address names" if assumed == 1 else f"{assumed} addresses name"
        notes.append(f"{names} no country: taken for {plain_name(sender_country)}")
    return tuple(notes)


def _has_no_country(view: HouseholdView) -> bool:
    address = view.address
    return address is not None and not (address.country_code or address.country.strip())


def check_envelope(plan: PrintPlan) -> Iterator[PreflightRemark]:
    """Yield what is wrong with a card in its envelope, with the stamp on it and with the return address.

    A postcard has no envelope, and bears the sender only from Japan.
    """
    if plan.postcards:
        yield from _check_sender_of_postcards(plan)
        return
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


def _check_sender_of_postcards(plan: PrintPlan) -> Iterator[PreflightRemark]:
    """Look whether the sender has room on the cards themselves."""
    country = plan.standpoint.sender_country
    yield from _check_country(plan)
    if country == "JP" and not plan.sender:
        yield PreflightRemark(
            kind=RemarkKind.SENDER,
            who="your address",
            reason="none to stand at the lower left of each card",
            mend="relcard settings set sender.address ...",
        )
    try:
        check_sender_on_postcard(plan.sender, plan.sender_abroad, plan.card, country=country)
    except UsageError as error:
        yield PreflightRemark(
            kind=RemarkKind.SENDER, who="your address", reason=error.message, mend=error.hint
        )


def _check_country(plan: PrintPlan) -> Iterator[PreflightRemark]:
    if not plan.standpoint.sender_country:
        yield PreflightRemark(
            kind=RemarkKind.SENDER,
            who="your country",
            reason="not said yet: it decides domestic mail, days and stamps",
            mend="relcard settings set sender.country GB",
        )


def _check_sender(plan: PrintPlan) -> Iterator[PreflightRemark]:
    """Look whether what comes back would find its way."""
    yield from _check_country(plan)
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

"""Before paper: one list of what wants a look, by what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing.postcards import postcard_size
from relcard.cli.seasons import selection
from relcard.cli.seasons.whom import takes_whom
from relcard.cli.unsettled import say_unsettled
from relcard.domain.people.asking import USUAL_YEARS
from relcard.errors import UsageError
from relcard.paper.stock.known import find_envelope
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.find_stock import find_stock
from relcard.services.printing.preflight import check_labels
from relcard.services.printing.preflight import preflight as check
from relcard.services.printing.print_plan import PrintPlan
from relcard.services.printing.return_address import lines_abroad
from relcard.store.sharing import unsettled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.seasons.whom import Whom
    from relcard.domain.occasions import Occasion
    from relcard.domain.people.circle import AddressMode
    from relcard.services.printing.print_plan import PreflightRemark
    from relcard.services.printing.print_plan import PreflightReport
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

_SHOWN = 20  # of one kind; `--json` has all
_NAME = 26  # columns of an addressee
_TITLES = {
    "gone": "Nobody to write to",
    "ask": "No address",
    "correct": "Addresses the post would not find",
    "double": "Written to, named or numbered twice",
    "name": "Names that want a look",
    "language": "Languages without words of their own",
    "confirm": "Addresses nobody has confirmed for years",
    "font": "Letters no font here has",
    "size": "Addresses that do not fit",
    "words": "Words that break the card's contract",
    "late": "Too late to come in time, and welcome all the same",
    "material": "Card and envelope",
    "sender": "Who sends them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """What is to be printed on, as it was typed; what was not is as the settings have it."""

    stock: str | None
    envelope: str | None
    card: str | None
    postcards: bool
    years: int
    address_mode: str | None
    printer: str | None


AS_SET = Materials(
    stock=None,
    envelope=None,
    card=None,
    postcards=False,
    years=USUAL_YEARS,
    address_mode=None,
    printer=None,
)
_takes_materials = params.gathered(
    Materials,
    "materials",
    click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it."),
    click.option(
        "--envelope",
        metavar="NAME",
        help="C6, DL, #10 ...: addresses must fit there and not on labels; else that of the settings.",
    ),
    click.option("--card", metavar="SIZE", help="A6, 5x7 ...; else as the settings have it."),
    click.option(
        "--postcards", is_flag=True, help="Addresses stand on the card itself, as print postcards has them."
    ),
    click.option(
        "--years",
        type=click.IntRange(min=1),
        default=USUAL_YEARS,
        show_default=True,
        help="An address not confirmed for longer wants a look.",
    ),
    click.option(
        "--address-mode", type=pdf_file.MODES, help="label: those addressed by hand are printed too."
    ),
    params.printer,
)


@click.command(short_help="One list of what wants a look, before paper.")
@takes_whom
@_takes_materials
@params.as_json
@pass_desk
def preflight(desk: Desk, whom: Whom, materials: Materials, as_json: bool) -> int:
    """Check everything before a sheet is used, as one list of what wants a look.

    Addresses: there is one, the post finds it, somebody confirmed it not long ago, its letters can
    be printed and it fits. Names: nothing stands beside them, and their language
    has words here. Cards: their words keep the room for your pen, and the day to post has not passed.
    Envelopes: the card goes in, the post asks no more for its shape, and you can be found.
    """
    if materials.postcards and materials.envelope:
        raise UsageError("A postcard has no envelope.", hint="Leave --envelope out, or --postcards.")
    with desk.reading() as db:
        report, recipients, season, plan = look_over(desk, db, whom, materials)
        differing = unsettled.count(db)
    name = season.name if season else whom.occasion.name if whom.occasion else ""
    if as_json:
        _say_json(report, len(recipients), plan, name, differing)
    else:
        _say(report, len(recipients), plan, name)
        say_unsettled(differing)
    return 5 if report.remarks else 0


def look_over(
    desk: Desk, db: Connection, whom: Whom, materials: Materials = AS_SET
) -> tuple[PreflightReport, list[Recipient], SeasonRow | None, PrintPlan]:
    """Return what wants a look, of whom, in which season, and what is to be printed."""
    recipients, season = selection.recipients(desk, db, whom)
    home = desk.settings.sender.country
    abroad = any(recipient.household.country not in ("", home) for recipient in recipients)
    plan = _plan(desk, db, season, whom.occasion, materials, abroad=abroad)
    return check(db, recipients, plan), recipients, season, plan


def _plan(
    desk: Desk,
    db: Connection,
    season: SeasonRow | None,
    occasion: Occasion | None,
    materials: Materials,
    *,
    abroad: bool,
) -> PrintPlan:
    """Return what is to be printed: as it was typed, else as the settings have it."""
    settings = desk.settings
    sender = settings.sender.lines if settings.sender.address else ()
    card = postcard_size(desk, materials.card).name if materials.postcards else materials.card
    wanted = selection.wanted(desk, season, occasion=occasion, card=card)
    sheet = find_stock(db, materials.stock or settings.stock)
    envelope = find_envelope(materials.envelope or settings.envelope)
    on_envelope = materials.envelope is not None
    medium = wanted.size.name if materials.postcards else envelope.name if on_envelope else sheet.name
    return PrintPlan(
        stock=sheet,
        envelope=envelope,
        card=wanted.size,
        standpoint=desk.standpoint,
        sender=lines_abroad(sender, settings.sender.country)
        if abroad and not materials.postcards
        else sender,
        sender_abroad=lines_abroad(sender, settings.sender.country),
        return_on=settings.sender.return_on,
        # What is written on a postcard is the pen's, unless the card was said too.
        wanted=wanted if (season or occasion) and (materials.card or not materials.postcards) else None,
        address_mode=selection.mode(materials.address_mode),
        addressed=on_envelope,
        postcards=materials.postcards,
        years=materials.years,
        printer=find_printer(db, materials.printer, medium),
        tariff=settings.postage,
    )


def summary(desk: Desk, recipients: Sequence[Recipient], *, address_mode: AddressMode | None = None) -> None:
    """Say before labels are printed how many addresses there are, and which the post would not find."""
    number, remarks = check_labels(
        recipients, sender_country=desk.settings.sender.country, address_mode=address_mode
    )
    if not number or desk.quiet:
        return
    look = len({remark.household for remark in remarks})
    addresses = output.plural(number, "address", "addresses")
    output.say(f"  preflight: {addresses} · {_look(look) if look else 'nothing to correct'}")
    if remarks:
        _say_rows(remarks)


def _look(number: int) -> str:
    return f"{number} {'wants' if number == 1 else 'want'} a look"


def _say(report: PreflightReport, households: int, plan: PrintPlan, season: str) -> None:
    before = f"{season}: " if season else ""
    output.say(f"  {before}{output.plural(households, 'household')} · {_verdict(report)}")
    where = [f"card {plan.card.name}"]
    if not plan.addressed and not plan.postcards:
        where.append(f"labels {plan.stock.part}")
    if plan.card.is_folded or plan.addressed:
        where.append(f"envelope {plan.envelope.name}")
    output.say(output.dim(f"  {output.clean(', '.join(where))}"))
    for kind, group in groupby(report.remarks, attrgetter("kind")):
        remarks = list(group)
        commands = {remark.mend for remark in remarks}
        shared = commands.pop() if len(commands) == 1 and len(remarks) > 1 else ""
        output.say()
        title = f"  {output.bold(_TITLES[kind.value])}"
        output.say(f"{title}   {output.accent(output.clean(shared))}" if shared else title)
        _say_rows(remarks, shared=shared)
    if report.notes:
        output.say()
    for note in report.notes:
        output.say(output.dim(f"  {note}"))


def _verdict(report: PreflightReport) -> str:
    if not report.remarks:
        return "all is well"
    return _look(report.look) if report.look else "what goes with them wants a look"


def _say_rows(remarks: Sequence[PreflightRemark], *, shared: str = "") -> None:
    """Say who, what is wrong and what mends it, on one line where all of them find room, else on two."""
    shown = remarks[:_SHOWN]
    names = [output.cut(output.clean(remark.who), _NAME) for remark in shown]
    mends = ["" if shared else output.clean(remark.mend) for remark in shown]
    name = max(map(output.width, names))
    columns = output.terminal_width()
    reason = max(output.width(remark.reason) for remark in shown)
    longest = max(map(output.width, mends))
    is_beside = 4 + name + 2 + reason + 2 + longest <= columns
    below = " " * (6 + name if 6 + name + longest <= columns else 6)
    for who, remark, mend in zip(names, shown, mends, strict=True):
        first, *rest = output.wrap(remark.reason, reason if is_beside else columns - 6 - name)
        lines = [f"    {output.pad(who, name)}  {first}", *(f"{' ' * (6 + name)}{line}" for line in rest)]
        if is_beside and mend:
            lines = [f"    {output.pad(who, name)}  {output.pad(first, reason)}  {output.accent(mend)}"]
        elif mend:
            lines.append(f"{below}{output.accent(mend)}")
        output.say("\n".join(lines))
    if len(remarks) > _SHOWN:
        output.say(output.dim(f"    and {len(remarks) - _SHOWN} more"))


def _say_json(report: PreflightReport, households: int, plan: PrintPlan, season: str, differing: int) -> None:
    output.say_json(
        "remarks",
        [
            {
                "who": remark.who,
                "reason": remark.reason,
                "kind": remark.kind.value,
                "household": None if remark.household is None else f"h{remark.household}",
                "mend": remark.mend or None,
            }
            for remark in report.remarks
        ],
        addresses=households,
        notes=list(report.notes),
        season=season or None,
        card=plan.card.name,
        envelope=plan.envelope.name,
        stock=plan.stock.part,
        unsettled=differing,
    )

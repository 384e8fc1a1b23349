"""Envelopes, a page each, and how they go into the printer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing import printer as printers
from relcard.cli.seasons import selection
from relcard.domain.printing.feed import FIRST
from relcard.domain.printing.feed import FLAP_TO
from relcard.domain.printing.feed import Edge
from relcard.domain.printing.feed import TraySide
from relcard.domain.printing.feed import find_feed
from relcard.errors import UsageError
from relcard.paper.documents.envelopes import draw_flaps
from relcard.paper.documents.envelopes import draw_test_page
from relcard.paper.stock.known import find_envelope
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.print_addresses import OnEnvelopes
from relcard.services.printing.print_addresses import print_envelopes
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.return_address import lines_abroad

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.printing.feed import Feed
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection

_NAME = "envelopes.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeWish:
    """Which envelopes, how they go in and what stands on them, as it was typed."""

    size: str | None
    address_mode: str | None
    return_on: str | None
    edge: str | None
    rotate: str | None
    tray: str | None
    printer: str | None


AS_SET = EnvelopeWish(
    size=None, address_mode=None, return_on=None, edge=None, rotate=None, tray=None, printer=None
)
_takes_wish = params.gathered(
    EnvelopeWish,
    "wish",
    click.option(
        "--size",
        "--envelope",
        "size",
        metavar="NAME",
        help="C6, DL, #10, A7 ...; else as the settings have it.",
    ),
    click.option("--address-mode", type=pdf_file.MODES, help="label: print those addressed by hand too."),
    click.option(
        "--return",
        "return_on",
        type=click.Choice(["front", "flap", "none"]),
        help="Where your address stands; flap: in a second file, for the backs.",
    ),
    click.option("--feed", "edge", type=click.Choice(["long", "short"]), help="The edge that goes in first."),
    click.option(
        "--rotate",
        type=click.Choice(["0", "90", "180", "270"]),
        help="How the print is turned on its page, clockwise.",
    ),
    click.option(
        "--tray",
        type=click.Choice(["left", "centre", "right", "none"]),
        help="For printers that take a page of A4 or Letter for it: where the envelope lies.",
    ),
    params.printer,
)


@click.command(short_help="Envelopes, a page each.")
@pdf_file.takes_job
@_takes_wish
@click.option("--test-page", is_flag=True, help="One envelope that names its edges, and nobody's address.")
@pass_desk
def envelopes(desk: Desk, job: pdf_file.Job, wish: EnvelopeWish, test_page: bool) -> int:
    """Print envelopes in the agreed order; households addressed by hand are left out and named.

    How your printer wants them is found once, with --test-page, and kept in the settings: feed.edge,
    feed.rotate, feed.tray, sender.return.
    """
    if test_page:
        with desk.reading() as db:
            return _test_page(desk, job, on_envelopes(desk, db, job, wish))
    on_flap = (wish.return_on or desk.settings.sender.return_on) == "flap"
    if on_flap:
        need_address(desk, "on the flap")
    words = f"print envelopes {' '.join(job.who)}".strip()
    with pdf_file.Pages(job, _NAME) as pages, desk.changing(words) as db:
        medium = on_envelopes(desk, db, job, wish)
        recipients, season = selection.recipients(desk, db, job)
        run = print_envelopes(
            db, recipients, medium, season_id=season.id if season else None, today=desk.today
        )
        count = f"{output.plural(run.items, 'envelope')} on {output.plural(run.pages, 'page')}"
        moved = printers.in_use(db, wish.printer or job.to, medium.printer)
        lines = _flap_lines(desk, recipients)
        also, flaps, backs = (
            _draw_flaps(job, run.items, medium, lines) if on_flap and run.items else ([], [], {})
        )
        told = [f"{count}  {medium.envelope.name}", *_how(medium.feed), *moved, *flaps]
        if run.items:
            selection.keep_numbers(desk, db, job, season, recipients)
        pages.hold(run, db, more=backs)
    return pdf_file.write(
        job, run, desk=desk, name=_NAME, noun="envelope", lines=told, also=also, pages=pages
    )


def need_address(desk: Desk, where: str) -> None:
    """Refuse to print the sender's own address while it is not known. Raises `UsageError`."""
    if not desk.settings.sender.address:
        raise UsageError(
            f"Your address is not said yet, so none can stand {where}.",
            hint="relcard settings set sender.address 4 Orchard Row, Bath, BA1 5DQ",
        )


def on_envelopes(desk: Desk, db: Connection, job: pdf_file.Job, wish: EnvelopeWish) -> OnEnvelopes:
    """Return how envelopes are printed: as said now, else as the settings have it."""
    sender = desk.settings.sender
    envelope = find_envelope(wish.size or desk.settings.envelope)
    lines = sender.lines if (wish.return_on or sender.return_on) == "front" else ()
    return OnEnvelopes(
        envelope=envelope,
        sender=lines,
        sender_abroad=lines_abroad(lines, sender.country) if sender.address else lines,
        country=sender.country,
        feed=_feed(desk, wish),
        printer=find_printer(db, wish.printer, envelope.name, sent_to=job.to),
        address_mode=selection.mode(wish.address_mode),
    )


def _feed(desk: Desk, wish: EnvelopeWish) -> Feed:
    """Return how envelopes go in: as said now, else as the settings have it.

    A turn that is kept says which edge goes first; an edge kept before it no longer counts.
    """
    kept = desk.settings.feed
    edge = wish.edge
    turn = int(wish.rotate) if wish.rotate is not None else None
    if edge is None and turn is None:
        edge, turn = (kept.edge if kept.rotate is None else None), kept.rotate
    side = wish.tray or kept.tray
    return find_feed(
        Edge(edge) if edge else None,
        turn,
        TraySide(side) if side and side != "none" else None,
        desk.settings.page,
    )


def _how(feed: Feed) -> Sequence[str]:
    """Say how the envelopes go in."""
    flap = f", the flap {FLAP_TO[feed.turn]}" if feed.turn else ""
    lines = [f"    In first goes {FIRST[feed.turn]}{flap}, seen on the printed side."]
    if feed.tray:
        where = {"left": "at the left", "centre": "in the middle", "right": "at the right"}[feed.tray.value]
        lines.append(f"    It lies {where} of the tray, on a page of {feed.page}.")
    return (*lines, output.dim("    Not so in your printer? --test-page, then --feed, --rotate or --tray."))


def _flap_lines(desk: Desk, recipients: Iterable[Recipient]) -> tuple[str, ...]:
    """Return the address of all the flaps, which lie in no order: with the country where one goes abroad."""
    sender = desk.settings.sender
    countries = {recipient.household.country for recipient in recipients} - {"", sender.country}
    return lines_abroad(sender.lines, sender.country) if countries else sender.lines


def _draw_flaps(
    job: pdf_file.Job, count: int, medium: OnEnvelopes, sender: tuple[str, ...]
) -> tuple[list[output.Json], list[str], dict[Path, bytes]]:
    """Draw the backs, a second file; return it as JSON has it, what is said of it, and its bytes."""
    run = draw_flaps(
        count,
        medium.envelope,
        sender=sender,
        feed=medium.feed,
        printer=medium.printer,
    )
    path = Path(job.path or _NAME)
    path = path.with_name(f"{path.stem}-flaps{path.suffix}")
    told = f"  {output.clean(str(path))}  the backs, your address on each flap"
    turned = output.dim("    Print the fronts, turn the pile over, flaps to the same side; print these.")
    return (
        [{"path": str(path), "pages": run.pages, "items": run.items, "skipped": []}],
        [told, turned],
        {path: run.data},
    )


def _test_page(desk: Desk, job: pdf_file.Job, medium: OnEnvelopes) -> int:
    feed = medium.feed
    drawn = draw_test_page(medium.envelope, country=medium.country, feed=feed, printer=medium.printer)
    lines = (
        "one envelope that names its edges",
        *_how(feed)[:-1],
        f"    Upright under the flap: keep it with  relcard settings set feed.rotate {feed.turn}",
        f"    Upside down: --rotate {(feed.turn + 180) % 360}. On the back: turn the envelope over.",
    )
    run = PrintRun(data=drawn.data, pages=1, items=1)
    return pdf_file.write(job, run, desk=desk, name="envelope-test.pdf", noun="envelope", lines=lines)

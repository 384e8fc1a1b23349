"""Paper: preflight, and PDFs of cards, labels, envelopes and the crib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import selection
from relcard.cli.desk import pass_desk
from relcard.domain.segment import in_words
from relcard.errors import UsageError
from relcard.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.print_cards import PrintRun
    from relcard.services.print_cards import Skipped
    from relcard.store.seasons import SeasonRow

_MODES = click.Choice(["hand", "label"])
_SHOWN = 20


def _selection(command: Callable[..., object]) -> Callable[..., object]:
    """Give a print command the options all of them share."""
    for decorate in (
        params.as_json,
        click.option("--all", "everybody", is_flag=True, help="Every household with an address."),
        params.segment,
        params.season,
        click.option(
            "-o",
            "path",
            type=params.OUT_FILE,
            metavar="FILE",
            help="The PDF; else a plain name in this folder.",
        ),
        click.argument("who_", metavar="[WHO...]", nargs=-1),
    ):
        command = decorate(command)
    return command


@click.group("print", short_help="Make PDFs: cards, labels, envelopes, crib.")
def print_() -> None:
    """Make PDFs to print at 100 % ("actual size"). Before labels, look at: relcard preflight."""


@print_.command(short_help="Greeting cards, folded, with room for your pen.")
@_selection
@click.option(
    "--for", "occasion", type=click.Choice(selection.OCCASIONS), help="Outside any season; needs WHO."
)
@click.option(
    "--card", metavar="SIZE", help="A6 (two on A4) or quarter-letter; else as the settings have it."
)
@click.option("--ruled", is_flag=True, help="Light lines in the room, at your line pitch.")
@click.option("--print-salutation", is_flag=True, help="Typeset it for friend and wide; else it is ink.")
@pass_desk
def cards(
    desk: Desk,
    who_: tuple[str, ...],
    path: str | None,
    season: str | None,
    segment: str | None,
    everybody: bool,
    as_json: bool,
    occasion: str | None,
    card: str | None,
    ruled: bool,
    print_salutation: bool,
) -> int:
    """Print greeting cards: a motif and a few words, and room for your pen.

    The room is computed first; words that would eat it are refused with the millimetres. A6: print on both
    sides, flip on the long edge, cut once, fold. quarter-letter: one side, fold twice.
    """
    from relcard.services.print_cards import print_cards

    words = in_words({"segment": segment}) if segment else " ".join(who_)
    with desk.changing(f"print cards {words}".strip()) as db:
        if occasion:
            found, here = selection.for_occasion(desk, db, who_, segment), None
        else:
            found, here = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
            _need_season(here)
        what = selection.wanted(desk, here, occasion=occasion, card=card, print_salutation=print_salutation)
        run = print_cards(db, found, what, ruled=ruled)
        return _write(path or "cards.pdf", run, desk=desk, noun="card", as_json=as_json)


def _need_season(season: SeasonRow | None) -> None:
    if season is None:
        raise UsageError(
            "No season is open.",
            hint="Start one (relcard season start christmas), or say --for birthday and WHO.",
        )


@print_.command(short_help="Address labels on a sheet.")
@_selection
@click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it.")
@click.option(
    "--skip", type=click.IntRange(0), default=0, metavar="N", help="Slots of the first sheet used already."
)
@click.option("--address-mode", type=_MODES, help="label: print those addressed by hand too.")
@click.option("--outlines", is_flag=True, help="Draw the labels' edges, for a proof on plain paper.")
@pass_desk
def labels(
    desk: Desk,
    who_: tuple[str, ...],
    path: str | None,
    season: str | None,
    segment: str | None,
    everybody: bool,
    as_json: bool,
    stock: str | None,
    skip: int,
    address_mode: str | None,
    outlines: bool,
) -> int:
    """Print address labels; households addressed by hand (inner, close) are left out and named."""
    from relcard.paper.stock import find_stock
    from relcard.services.print_addresses import OnLabels
    from relcard.services.print_addresses import print_addresses

    medium = OnLabels(stock=find_stock(stock or desk.settings.stock), skip=skip, outlines=outlines)
    with desk.reading() as db:
        found, _ = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
        run = print_addresses(found, medium, address_mode=selection.mode(address_mode))
    return _write(path or "labels.pdf", run, desk=desk, noun="label", as_json=as_json)


@print_.command(short_help="Envelopes, a page each.")
@_selection
@click.option("--size", metavar="NAME", help="C6, DL, #10, A7 ...; else as the settings have it.")
@click.option("--address-mode", type=_MODES, help="label: print those addressed by hand too.")
@pass_desk
def envelopes(
    desk: Desk,
    who_: tuple[str, ...],
    path: str | None,
    season: str | None,
    segment: str | None,
    everybody: bool,
    as_json: bool,
    size: str | None,
    address_mode: str | None,
) -> int:
    """Print envelopes with the return address of the settings; hand-addressed households are left out."""
    from relcard.paper.stock import find_envelope
    from relcard.services.print_addresses import OnEnvelopes
    from relcard.services.print_addresses import print_addresses

    settings = desk.settings
    medium = OnEnvelopes(envelope=find_envelope(size or settings.envelope), sender=settings.sender.lines)
    with desk.reading() as db:
        found, _ = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
        run = print_addresses(found, medium, address_mode=selection.mode(address_mode))
    return _write(path or "envelopes.pdf", run, desk=desk, noun="envelope", as_json=as_json)


@print_.command(short_help="The writer's crib, large, in writing order.")
@_selection
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@pass_desk
def crib(
    desk: Desk,
    who_: tuple[str, ...],
    path: str | None,
    season: str | None,
    segment: str | None,
    everybody: bool,
    as_json: bool,
    page: str | None,
) -> int:
    """Print the crib: what to have beside the pen, in the order the cards are best written."""
    from relcard.services.print_crib import print_crib

    with desk.reading() as db:
        found, here = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
        what = selection.wanted(desk, here)
        run = print_crib(
            db,
            found,
            what,
            title=f"Crib for {here.name}" if here else "Crib",
            page="Letter" if (page or desk.settings.page) == "Letter" else "A4",
        )
    return _write(path or "crib.pdf", run, desk=desk, noun="entry", nouns="entries", as_json=as_json)


@click.command(short_help="Check addresses and glyphs before paper.")
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@params.season
@params.segment
@click.option("--all", "everybody", is_flag=True, help="Every household with an address.")
@click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it.")
@params.as_json
@pass_desk
def preflight(
    desk: Desk,
    who_: tuple[str, ...],
    season: str | None,
    segment: str | None,
    everybody: bool,
    stock: str | None,
    as_json: bool,
) -> int:
    """Check every address, glyph and size before a sheet is used, as one list of what wants a look."""
    from relcard.paper.stock import find_stock
    from relcard.services.preflight import preflight as check

    with desk.reading() as db:
        found, _ = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
        remarks = check(found, find_stock(stock or desk.settings.stock), home=desk.settings.sender.country)
    if as_json:
        output.say_json(
            "remarks", [{"who": one.who, "reason": one.reason} for one in remarks], addresses=len(found)
        )
    else:
        output.say(f"  {_flown(len(found), len({one.who for one in remarks}))}")
        _say_skipped(remarks)
    return 5 if remarks else 0


def _flown(addresses: int, look: int) -> str:
    words = output.plural(addresses, "household")
    if not look:
        return f"{words}, nothing to correct"
    return f"{words} · {look} {'wants' if look == 1 else 'want'} a look; relcard edit WHO corrects an address"


def _write(name: str, run: PrintRun, *, desk: Desk, noun: str, as_json: bool, nouns: str = "") -> int:
    """Write the PDF and say what it holds and who is not on it; exit code 5 when somebody is missing."""
    missing = [one for one in run.skipped if "by hand" not in one.reason]
    if run.data:
        write_atomically(Path(name), run.data)
    if as_json:
        files = [
            {
                "path": name,
                "pages": run.pages,
                "items": run.items,
                "skipped": [{"who": one.who, "reason": one.reason} for one in run.skipped],
            }
        ]
        output.say_json("files", files)
    elif not run.data:
        output.say("  Nothing was printed.")
        _say_skipped(run.skipped)
        if not run.skipped:
            output.say("  There is nobody to print for. Put them in with: relcard season add WHO")
        if len(missing) < len(run.skipped):
            output.say(f"  To print those addressed by hand too: {output.accent('--address-mode label')}")
    elif not desk.quiet:
        pages = output.plural(run.pages, "page")
        output.say(f"  {output.clean(name)}  {output.plural(run.items, noun, nouns)} on {pages}")
        _say_skipped(run.skipped)
    return 5 if missing or not run.data else 0


def _say_skipped(skipped: Sequence[Skipped]) -> None:
    if not skipped:
        return
    output.table(("", ""), [(one.who, one.reason) for one in skipped[:_SHOWN]], flexible=1, indent="    ")
    if len(skipped) > _SHOWN:
        output.say(output.dim(f"    and {len(skipped) - _SHOWN} more"))

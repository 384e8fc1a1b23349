"""Greeting cards on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing import printer
from relcard.cli.printing.look import design_of
from relcard.cli.printing.look import takes_look
from relcard.cli.printing.look import tell_of_words_and_front
from relcard.cli.printing.look import with_look
from relcard.cli.seasons import selection
from relcard.errors import UsageError
from relcard.paper.documents.cards import draw_test_sheets
from relcard.paper.documents.folds import Mark
from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import fold_for
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.print_cards import ForShop
from relcard.services.printing.print_cards import OnSheets
from relcard.services.printing.print_cards import print_cards
from relcard.services.printing.print_run import PrintRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.printing.look import FrontLook
    from relcard.domain.printing.card_size import CardSize
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How the cards are to be made, as it was typed."""

    sides: str
    last_first: bool
    test_page: bool
    shop: bool
    printer: str | None
    ruled: bool
    print_salutation: bool


_FEW = 3  # households whose common card is said by their names
_NAMES = 48  # columns

_takes_making = params.gathered(
    Making,
    "making",
    click.option(
        "--sides",
        type=click.Choice(["1", "2"]),
        default="2",
        help="1: the printer prints one side; first all outsides, then all insides.",
    ),
    click.option("--last-first", is_flag=True, help="With --sides 1: the insides from the last card on."),
    click.option("--test-page", is_flag=True, help="With --sides 1: two sheets to try the pile with."),
    click.option("--shop", is_flag=True, help="A file for a print shop: bleed, marks, equal cards once."),
    params.printer,
    click.option("--ruled", is_flag=True, help="Light lines beneath the words, at your line pitch."),
    click.option("--print-salutation", is_flag=True, help="Typeset it for friend and wide; else it is ink."),
)


@click.command(short_help="Greeting cards, folded, with room for your pen.")
@pdf_file.takes_job
@click.option("--card", metavar="SIZE", help="One of the sizes above; else as the settings have it.")
@takes_look
@_takes_making
@pass_desk
def cards(
    desk: Desk,
    job: pdf_file.Job,
    look: FrontLook,
    card: str | None,
    making: Making,
) -> int:
    """Print greeting cards: a drawn front and a few words, and room for your pen.

    The room is computed first; words that would eat it are refused with the millimetres.

    \b
    Books     A6  A5  5x7  A2-side  half-letter
    Tents     A5-top  A2  half-letter-top
    One side  quarter-A4  quarter-letter: folded twice
    Postcards postcard-A6  postcard-6x4  hagaki:
              your words left of the address

    They come on A4 or Letter as the settings have it (page); the file tells the printer which edge to flip.
    """  # noqa: D301  click's mark for lines that stay as they are
    _check(making, job)
    if making.test_page:
        return _try_the_pile(desk, job, making, card)
    name = "cards-shop.pdf" if making.shop else "cards.pdf"
    with pdf_file.Pages(job, name) as pages, desk.changing(f"print cards {job.whose}".strip()) as db:
        recipients, season = selection.recipients(desk, db, job)
        _need_occasion(season, job)
        wanted = selection.wanted(
            desk, season, occasion=job.occasion, card=card, print_salutation=making.print_salutation
        )
        wanted = with_look(desk, look, wanted, recipients)
        medium = _medium(desk, db, job, making, wanted.size)
        season_id = season.id if season is not None else None
        run = print_cards(
            db, recipients, wanted, medium, ruled=making.ruled, season_id=season_id, today=desk.today
        )
        if isinstance(medium, ForShop):
            lines, more = _of_shop(run, wanted.size), _copies(run)
        else:
            moved = printer.in_use(db, making.printer or job.to, medium.printer)
            lines, more = (*_of_sheets(desk, run, wanted, making), *moved), {}
        if run.items:
            selection.keep_numbers(desk, db, job, season, recipients)
        pages.hold(run, db)
    _tell_of_printed_before(desk, run)
    tell_of_words_and_front(desk, wanted, run.instead)
    return pdf_file.write(job, run, desk=desk, name=name, noun="card", lines=lines, more=more, pages=pages)


def _medium(
    desk: Desk, db: Connection, job: pdf_file.Job, making: Making, size: CardSize
) -> OnSheets | ForShop:
    if making.shop:
        return ForShop()
    offset = find_printer(db, making.printer, size.name, sent_to=job.to)
    return OnSheets(page=desk.settings.page, printer=offset, turning=_turning(making))


def _tell_of_printed_before(desk: Desk, run: PrintRun) -> None:
    """Say on the side how many of the cards were printed before: paper is expensive."""
    if run.again and not desk.quiet:
        verb = "was" if run.again == 1 else "were"
        output.say(f"  {run.again} of these {verb} printed before.", err=True)
        output.say("  If once was enough, take this back with: relcard undo", err=True)


def _check(making: Making, job: pdf_file.Job) -> None:
    """Refuse what does not go together. Raises `UsageError`."""
    if job.to and (making.shop or making.sides == "1"):
        raise UsageError(
            "A file for a shop is for no printer of yours."
            if making.shop
            else "With --sides 1 the pile is turned by hand half way, which no printer waits for.",
            hint="Leave --to out" + ("." if making.shop else " and print the two halves from a viewer."),
        )
    if making.shop and (making.sides == "1" or making.printer):
        raise UsageError(
            "A print shop has machines of its own: --shop goes without --sides 1 and --printer.",
            hint="Leave them out.",
        )
    if making.sides == "2" and (making.last_first or making.test_page):
        raise UsageError(
            "--last-first and --test-page are for printers that print one side.",
            hint="For example: relcard print cards --sides 1 --test-page",
        )


def _turning(making: Making) -> Turning:
    if making.sides == "2":
        return Turning.PRINTER
    return Turning.BY_HAND_LAST_FIRST if making.last_first else Turning.BY_HAND


def _try_the_pile(desk: Desk, job: pdf_file.Job, making: Making, card: str | None) -> int:
    """Print two sheets that show how a pile goes back in; nothing is recorded."""
    page = desk.settings.page
    fold = fold_for(desk.card_size(card), page)
    if fold.sides == 1:
        raise UsageError(
            f"{fold.name} is printed on one side alone; there is no pile to put back.",
            hint="Print the cards: relcard print cards",
        )
    data = draw_test_sheets(fold, turning=_turning(making))
    lines = (
        f"two sheets of {fold.page}, two sides each",
        "    Print pages 1 and 2, put the sheets back as they say, print pages 3 and 4.",
        "    Against the light the arrows lie on each other; nothing was recorded.",
    )
    run = PrintRun(data=data, pages=4, items=2)
    return pdf_file.write(job, run, desk=desk, name="test-page.pdf", noun="sheet", lines=lines)


def _of_sheets(desk: Desk, run: PrintRun, wanted: Wanted, making: Making) -> tuple[str, ...]:
    """Say what is in the file, and in a line or two how it is printed."""
    size = wanted.size
    fold = fold_for(size, desk.settings.page)
    first = f"{output.plural(run.items, 'card')} on {output.plural(run.pages, 'page')}"
    lines = [f"{first}  {size.name} on {fold.page}"]
    if fold.page != desk.settings.page:
        lines.append(f"    Only {fold.page} holds this size; your page is {desk.settings.page}.")
    steps = [
        *(["cut at lines"] if any(tick.mark is Mark.CUT for tick in fold.ticks) else []),
        *([f"fold at dashes{'' if fold.sides == 2 else ', twice'}"] if size.is_folded else []),
    ]
    then = ", ".join(steps)
    half = run.pages // 2
    if fold.sides == 1:
        lines.append(f"    Print one side; {then}.")
    elif making.sides == "2":
        lines.append(f"    Print both sides, flip on the {fold.flip} edge; {then}.")
    else:
        outsides, insides = _pages(1, half), _pages(half + 1, run.pages)
        lines.append(f"    Print {outsides}, put the pile back, print {insides};")
        lines.append(f"    then {then}.")
        lines.append("    How the pile goes back in: relcard print cards --sides 1 --test-page")
    if run.items > fold.cards_per_sheet > 1:
        lines.append("    Once cut, lay the second pile under the first: they are in the agreed order.")
    if design_of(wanted).ground is not None:
        lines.append("    No printer at home fills the white border of the front: cut it off, or --shop.")
    return tuple(lines)


def _copies(run: PrintRun) -> output.Json:
    """Return how many of each card a shop is to make, and for whom it is, for scripts."""
    return {"copies": [len(who) for who in run.copies], "copies_for": [list(who) for who in run.copies]}


def _of_copies(number: int) -> str:
    return "1 copy" if number == 1 else f"{number} copies"


def _for_whom(who: Sequence[str]) -> str:
    """Name whose card it is where few have it: the many have the common one."""
    return output.cut(", ".join(map(output.clean, who)), _NAMES) if len(who) <= _FEW else ""


def _of_shop(run: PrintRun, size: CardSize) -> tuple[str, ...]:
    """Say what the shop is to make: how many of each card, and on which pages it stands."""
    numbers = [len(who) for who in run.copies]
    copies = " + ".join(map(str, numbers))
    word = "copy" if run.items == 1 else "copies"
    trimmed = f"{size.measures} {size.fold.value}, trimmed from {size.bleed:g} mm bleed"
    pages = [_pages(2 * place + 1, 2 * place + 2) for place in range(len(run.copies))]
    copies_of_each = [_of_copies(number) for number in numbers]
    wide, wider = max(map(len, pages)), max(map(len, copies_of_each))
    rows = [
        f"    {output.pad(page, wide)}  {output.pad(number, wider)}  {_for_whom(who)}".rstrip()
        for page, number, who in zip(pages, copies_of_each, run.copies, strict=True)
    ]
    return (
        f"{output.plural(len(run.copies), 'card')}, {copies} {word}",
        f"    {trimmed}; no name stands in it",
        *(rows if len(rows) > 1 else ()),
    )


def _pages(first: int, last: int) -> str:
    return f"page {first}" if first == last else f"pages {first}-{last}"


def _need_occasion(season: SeasonRow | None, job: pdf_file.Job) -> None:
    """Refuse cards without an occasion. Raises `UsageError`."""
    if job.everybody:
        raise UsageError(
            "A card needs an occasion, and --all has none.",
            hint="Leave --all out for the season's cards, or say --for birthday and WHO.",
        )
    if season is None and job.occasion is None:
        raise UsageError(
            "No season is open.",
            hint="Start one (relcard season start christmas), or say --for birthday and WHO.",
        )

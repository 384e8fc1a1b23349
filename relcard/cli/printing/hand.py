"""The user's hand: what it means for each circle's room, a page to measure it on, and what was measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.data import settings
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.domain.printing.card_size import INCH
from relcard.domain.printing.hand import Measured
from relcard.domain.printing.hand import circle_rooms
from relcard.domain.printing.hand import measured_hand
from relcard.domain.printing.room import Hand
from relcard.errors import UsageError
from relcard.services.printing.print_run import PrintRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.hand import CircleRoom

_UNITS = {"": 1.0, "mm": 1.0, "cm": 10.0, "in": INCH, '"': INCH}
_LENGTH = re.compile(r'(\d+(?:[.,]\d+)?|[.,]\d+)\s*(mm|cm|in|"|)', re.IGNORECASE)


class _Length(click.ParamType[float]):
    """A length: 41, 41mm, 4.1cm, 1.6in; without a unit it is millimetres."""

    name = "mm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return millimetres."""
        if isinstance(value, float):
            return value
        match = _LENGTH.fullmatch(value.strip())
        if match is None:
            self.fail(f'"{value}" is no length; write it as 41, 4.1cm or 1.6in.', param, ctx)
        number, unit = match.groups()
        return float(number.replace(",", ".")) * _UNITS[unit.lower()]


_LENGTH_OF = _Length()
_card = click.option("--card", metavar="SIZE", help="A6, 5x7 ...; else as the settings have it.")


@click.group(
    invoke_without_command=True, short_help="Your handwriting, measured: lines and words of each room."
)
@_card
@params.as_json
@click.pass_context
def hand(ctx: click.Context, card: str | None, as_json: bool) -> None:
    """Show your hand, and how many lines and words of it the room of each circle holds."""
    if ctx.invoked_subcommand is not None:
        return
    desk: Desk = ctx.obj
    mine, size = desk.settings.hand, desk.card_size(card)
    rooms = circle_rooms(size, desk.settings.circles, mine)
    if as_json:
        measures = {"pitch_mm": mine.pitch_mm, "words_per_10cm": mine.words_per_10cm}
        output.say_json("rooms", [_as_dict(circle) for circle in rooms], hand=measures, card=size.name)
    else:
        _say_hand(mine, size, rooms)


def _say_hand(mine: Hand, size: CardSize, rooms: Sequence[CircleRoom]) -> None:
    output.say(f"  {output.bold('Your hand')}  {_in_words(mine)}")
    if mine == Hand():
        output.say(output.dim("  not measured yet: these are the numbers of many hands"))
    output.say()
    output.say(f"  On {size.name}, {size.measures}, it fills:")
    rows = [
        (circle.circle.value, *_lines_and_words(circle), _share(circle, size.writing_place))
        for circle in rooms
    ]
    output.table(("circle", "lines", "words", "room"), rows, flexible=3)
    output.say()
    output.say(f"  Measure it on paper: {output.accent('relcard hand page')}")


@hand.command(short_help="A page to measure your hand on.")
@pdf_file.takes_file
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@pass_desk
def page(desk: Desk, job: pdf_file.Job, page: Page | None) -> int:
    """Print a page to write on, with rulers to read two numbers from, and a page of lines to try."""
    from relcard.paper.documents.hand_page import draw_hand_page  # noqa: PLC0415  reportlab: 90 ms that hand and hand set spare

    data = draw_hand_page(page=page or desk.settings.page)
    run = PrintRun(data=data, pages=2, items=1)
    code = pdf_file.write(job, run, desk=desk, name="hand.pdf", noun="hand page")
    if not (job.as_json or desk.quiet):
        output.say("  Write six lines on it, read two numbers, then:")
        output.say(f"  {output.accent('relcard hand set --five-lines MM --ten-words MM')}")
    return code


_takes_measured = params.gathered(
    Measured,
    "measured",
    click.option(
        "--five-lines",
        type=_LENGTH_OF,
        help="From the first line to the sixth; 41, 4.1cm and 1.6in are the same.",
    ),
    click.option("--ten-words", type=_LENGTH_OF, help="How far ten words reach."),
    click.option("--pitch", type=_LENGTH_OF, help="From line to line, when you know it."),
    click.option("--words", type=float, metavar="N", help="Words on 10 cm, when you know them."),
)


@hand.command("set", short_help="Say what you measured.")
@_takes_measured
@_card
@params.dry_run
@pass_desk
def set_(desk: Desk, measured: Measured, card: str | None, dry_run: bool) -> None:
    """Keep your hand in the settings, and show what changes on your greeting card."""
    _check(measured)
    before, size = desk.settings.hand, desk.card_size(card)
    now = measured_hand(before, measured)
    if not dry_run:
        settings.keep(
            desk,
            {"hand.pitch_mm": f"{now.pitch_mm:g}", "hand.words_per_10cm": f"{now.words_per_10cm:g}"},
        )
    if not desk.quiet:
        output.say(f"  {output.bold('Your hand')}  {_in_words(now)}")
        if now == before:
            output.say("  It is as it was.")
        else:
            _say_change(desk, size, before, now, dry_run=dry_run)


def _check(measured: Measured) -> None:
    """Refuse to be told nothing, or one thing twice. Raises `UsageError`."""
    if measured.five_lines is not None and measured.pitch is not None:
        raise UsageError("--five-lines and --pitch say the same.", hint="Leave one of them out.")
    if measured.ten_words is not None and measured.words is not None:
        raise UsageError("--ten-words and --words say the same.", hint="Leave one of them out.")
    if measured == Measured():
        raise UsageError(
            "What did you measure?", hint="For example: relcard hand set --five-lines 41 --ten-words 165"
        )


def _say_change(desk: Desk, size: CardSize, before: Hand, now: Hand, *, dry_run: bool) -> None:
    """Show what each circle's room holds before and now, which card no longer holds one, and the way back."""
    output.say(output.dim(f"  {'it is' if dry_run else 'it was'} {_in_words(before)}"))
    output.say()
    output.say(f"  On {size.name}, {size.measures}:")
    was = circle_rooms(size, desk.settings.circles, before)
    will = circle_rooms(size, desk.settings.circles, now)
    rows = [(old.circle.value, _filling(old), _filling(new)) for old, new in zip(was, will, strict=True)]
    output.table(("circle", "before", "then" if dry_run else "now"), rows, flexible=2)
    lost = next((circle for circle in will if circle.room is None), None)
    if lost is not None:
        output.say()
        for line in output.wrap(f"{lost.circle.value}: {lost.reason}", output.terminal_width() - 2):
            output.say(f"  {line}")
    output.say()
    back = f"relcard hand set --pitch {before.pitch_mm:g} --words {before.words_per_10cm:g}"
    output.say(
        "  Nothing was kept: leave --dry-run out." if dry_run else f"  Back again: {output.accent(back)}"
    )


def _in_words(mine: Hand) -> str:
    return f"{mine.pitch_mm:g} mm from line to line, {mine.words_per_10cm:g} words on 10 cm"


def _lines_and_words(circle: CircleRoom) -> tuple[str, str]:
    return (str(circle.room.lines), str(circle.room.words)) if circle.room else ("-", "-")


def _share(circle: CircleRoom, place: str) -> str:
    if circle.room is None:
        return circle.reason
    if circle.room.is_whole_inside:
        return f"the whole {place}"
    return f"{circle.room.share:.0%} of the {place}, {circle.room.width:g} × {circle.room.height:g} mm"


def _filling(circle: CircleRoom) -> str:
    if circle.room is None:
        return "does not fit"
    return f"{output.plural(circle.room.lines, 'line')}, about {output.plural(circle.room.words, 'word')}"


def _as_dict(circle: CircleRoom) -> output.Json:
    room = circle.room
    return {
        "circle": circle.circle.value,
        "lines": room.lines if room else None,
        "words": room.words if room else None,
        "width_mm": room.width if room else None,
        "height_mm": round(room.height, 2) if room else None,
        "share": round(room.share, 3) if room else None,
        "reason": circle.reason,
    }

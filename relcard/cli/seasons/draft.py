"""Drafts on the terminal: the printed words, the room in true proportion, the crib beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.editor import keep_typed
from relcard.cli.editor import open_editor
from relcard.cli.editor import page_folder
from relcard.cli.editor import read_typed
from relcard.cli.groups import ShowFirst
from relcard.cli.seasons import selection
from relcard.cli.seasons import tone
from relcard.cli.seasons.whom import Whom
from relcard.cli.seasons.whom import takes_some
from relcard.domain.seasons.draft import format_draft
from relcard.domain.seasons.draft import parse_draft
from relcard.domain.text import quoted
from relcard.errors import RelcardError
from relcard.errors import UsageError
from relcard.services.seasons.draft_cards import check_words
from relcard.services.seasons.draft_cards import draft_cards
from relcard.services.seasons.draft_cards import keep_draft
from relcard.services.seasons.read_before import read_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.seasons.draft import Printed
    from relcard.domain.seasons.tone import Remark
    from relcard.domain.seasons.tone.repeats import Before
    from relcard.services.seasons.draft_cards import Draft
    from relcard.services.seasons.draft_cards import DraftRun
    from relcard.services.seasons.draft_cards import Wanted
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

_WIDEST = 76  # columns between the edges of the drawn card
_LEAST_BESIDE = 36  # columns the crib needs to stand beside the card and not below it
_BETWEEN = 3  # columns between the two


@click.group(cls=ShowFirst, short_help="Show greetings with room for your pen.")
def draft() -> None:
    """Show greetings: the printed words, the room for your pen, and the crib that lies beside the card.

    relcard draft [WHO...] drafts the open season; --for condolence, birthday and the like need none.
    """


@draft.command(short_help="Draft and show greetings.")
@takes_some
@click.option(
    "--card",
    metavar="SIZE",
    help="A6, A5, 5x7, A2, postcard ...; else as the settings have it.",
)
@click.option("--print-salutation", is_flag=True, help="Typeset it for friend and wide; else it is ink.")
@click.option("--cheer", is_flag=True, help="Cheerful words, even in a careful year.")
@params.allow
@params.as_json
@pass_desk
def show(
    desk: Desk,
    whom: Whom,
    card: str | None,
    print_salutation: bool,
    cheer: bool,
    allow: tuple[str, ...],
    as_json: bool,
) -> int:
    """Draft greetings and show them; words you have edited stay as they are.

    Looking keeps nothing: a card is drafted once its words are edited or printed.
    """
    with desk.reading() as db:
        recipients, here = _recipients(desk, db, whom)
        wanted = selection.wanted(
            desk,
            here,
            occasion=whom.occasion,
            card=card,
            print_salutation=print_salutation,
            cheer=cheer,
            allow=allow,
        )
        run = draft_cards(db, recipients, wanted)
    if as_json:
        output.say_json("drafts", [_as_dict(draft) for draft in run.drafts])
    elif run.drafts or run.refused:
        for draft in run.drafts:
            _say(desk, draft, wanted)
    else:
        output.say("  There is nobody to write to. Put them in with: relcard season add WHO")
    return _say_refused(run)


def _recipients(desk: Desk, db: Connection, whom: Whom) -> tuple[list[Recipient], SeasonRow | None]:
    """Return who gets a card for an occasion, without a season, or those of one. Raises `UsageError`."""
    recipients, season = selection.recipients(desk, db, whom)
    if season is None and whom.occasion is None:
        whose = " ".join(map(quoted, whom.who))
        if whom.segment is not None:
            whose = f"--segment {quoted(whom.segment)}"
        raise UsageError(
            "No season is open.",
            hint=f"Start one (relcard season start christmas), or: relcard draft {whose} --for birthday",
        )
    return recipients, season


def _say_refused(run: DraftRun) -> int:
    if len(run.refused) == 1 and not run.drafts:
        raise run.refused[0].error
    for refusal in run.refused:
        output.say(
            f"  {output.clean(refusal.household.addressee)}: {output.clean(refusal.error.message)}", err=True
        )
        output.say(output.dim(f"    {output.clean(refusal.error.hint)}"), err=True)
    return 5 if run.refused else 0


def _as_dict(draft: Draft) -> output.Json:
    return {
        "household": f"h{draft.recipient.household.id}",
        "printed": "\n".join(part for part in (draft.printed.front, draft.printed.inside) if part),
        "front": draft.printed.front,
        "inside": draft.printed.inside,
        "room": {
            "lines": draft.room.lines,
            "words": draft.room.words,
            "area_mm2": round(draft.room.area_mm2),
            "share": round(draft.room.share, 3),
        },
        "crib": [f"{label}: {text}" if label else text for label, text in draft.crib],
        "edited": draft.edited,
        "instead": draft.instead or None,
    }


def _say(desk: Desk, draft: Draft, wanted: Wanted) -> None:
    output.say()
    output.say(_title(desk, draft))
    drawn = _drawn(draft, wanted)
    width = max(map(output.width, drawn))
    left_over = output.terminal_width() - width - _BETWEEN - 2
    is_beside = left_over >= _LEAST_BESIDE
    lines = _aside(draft, wanted, left_over if is_beside else output.terminal_width() - 4)
    front = " ".join(draft.printed.front.split())
    for line in output.wrap(f"front: {front}" if front else "front: no words", output.terminal_width() - 2):
        output.say(f"  {line}")
    if is_beside:
        height = max(len(drawn), len(lines))
        drawn += [" " * width] * (height - len(drawn))
        lines += [""] * (height - len(lines))
        for left, right in zip(drawn, lines, strict=True):
            output.say(f"  {left}{' ' * _BETWEEN}{right}".rstrip())
    else:
        for left in drawn:
            output.say(f"  {left}")
        for right in lines:
            output.say(f"    {right}".rstrip())


def _title(desk: Desk, draft: Draft) -> str:
    """Return for whom a draft is, and what is to be known of them: circle, town, the day to post, a care."""
    view = draft.recipient.household
    aside = [view.circle.value if view.circle else "no circle yet"]
    if view.address is not None:
        aside.append(f"{view.address.locality}, {view.country}".strip(", "))
    if draft.recipient.post_by:
        aside.append(f"post by {output.short_day(draft.recipient.post_by, desk.today)}")
    if draft.edited:
        aside.append("your words")
    if view.care is not None:
        until = f"{output.plain_day(view.care.until, desk.today)}"
        aside.append(f"a careful year until {until}{': cheer, as you said' if view.cheer else ''}")
    return (
        f"  {output.bold(output.clean(view.addressee))}{output.dim('  ' + output.clean(' · '.join(aside)))}"
    )


def _aside(draft: Draft, wanted: Wanted, columns: int) -> list[str]:
    """Return what stands beside the card: the crib, how much room there is, what wants a second look."""
    room = draft.room
    lines = [
        *_crib_lines(draft, columns),
        "",
        f"room: {output.plural(room.lines, 'line')} of your hand,",
        f"about {room.words} words, {room.share:.0%} of the {wanted.size.writing_place}",
    ]
    if draft.instead:
        lines.extend(["", *output.wrap(draft.instead, min(columns, 44))])
    for remark in draft.remarks:
        lines.extend(["", *output.wrap(tone.in_words(remark), min(columns, 44))])
    return lines


def _drawn(draft: Draft, wanted: Wanted) -> list[str]:
    """Draw the panel the pen writes on, in the paper's proportions.

    A row of the terminal stands for one line of the hand, so that the blank lines are the lines there are,
    and is taken to be twice as high as a column is wide. Of a postcard the right half is the address's.
    """
    from relcard.paper.documents.cards import set_inside  # noqa: PLC0415  reportlab: 180 ms of `draft --help`

    size, room = wanted.size, draft.room
    row_mm = wanted.hand.pitch_mm
    widest = min(_WIDEST, output.terminal_width() - 4)
    column_mm = max(row_mm / 2, size.panel_w / widest)
    left = max(1, round(room.x / column_mm))
    lines = set_inside(draft.printed.inside, size, room).lines
    # Letters are narrower on paper: the card is drawn wider before a line breaks where the paper's does not.
    longest = max(map(output.width, lines), default=0)
    needed = left + longest + 1 if size.is_folded else 2 * (left + longest)
    width = max(round(size.panel_w / column_mm), min(needed, widest))
    half = width if size.is_folded else width // 2
    across = half - 2 * left
    top, foot = int(size.margin / row_mm), int((size.panel_h - room.y - room.height) / row_mm)
    above = round(size.panel_h / row_mm) - top - foot - room.lines
    words = [part for line in lines for part in output.wrap(line, half - left)]
    rows = [*[""] * top, *words, *[""] * (above - len(words)), *["_" * across] * room.lines, *[""] * foot]
    if size.is_folded:
        inside = [f"│{output.pad(' ' * left + row, width)}│" for row in rows]
    else:
        other = width - half - 1
        address = dict.fromkeys(range(len(rows) // 2, len(rows) // 2 + 4), f"  {'·' * (other - 4)}")
        inside = [
            f"│{output.pad(' ' * left + row, half)}│{output.pad(address.get(at, ''), other)}│"
            for at, row in enumerate(rows)
        ]
    return [f"┌{'─' * width}┐", *inside, f"└{'─' * width}┘"]


def _crib_lines(draft: Draft, columns: int) -> list[str]:
    lines = ["beside the card, never on it"]
    label_width = max((output.width(label) for label, _ in draft.crib), default=0) + 2
    for label, text in draft.crib:
        first, *rest = output.wrap(text, max(20, columns - label_width))
        lines.append(f"{output.dim(output.pad(label, label_width))}{first}")
        lines.extend(f"{' ' * label_width}{line}" for line in rest)
    return lines


@draft.command(short_help="Check how the printed words sound.")
@takes_some
@params.allow
@params.as_json
@pass_desk
def check(
    desk: Desk,
    whom: Whom,
    allow: tuple[str, ...],
    as_json: bool,
) -> int:
    """Check how drafts sound, of a season or for an occasion: what would make a friend feel processed.

    relcard template check --rules has every rule with its reason, and tone.off of the settings switches one
    off for good. Words you wrote are also held against their earlier cards and those to their family.
    """
    with desk.reading() as db:
        recipients, here = _recipients(desk, db, whom)
        run = draft_cards(db, recipients, selection.wanted(desk, here, occasion=whom.occasion, allow=allow))
    if as_json:
        output.say_json("remarks", tone.as_dicts(run))
    else:
        tone.say_run(run)
    return 5 if run.refused or any(draft.remarks for draft in run.drafts) else 0


@draft.command(short_help="Edit the printed words of a draft.")
@click.argument("who_", metavar="WHO")
@params.season
@params.allow
@pass_desk
def edit(desk: Desk, who_: str, season: str | None, allow: tuple[str, ...]) -> None:
    """Edit the printed words of one draft in $EDITOR; an edited draft is never overwritten.

    Words that would eat the room, a signature or a name in type are refused, and what you typed is kept in a
    file whose name is said. Words that sound processed are kept, and said.
    """
    # The store is not held while the editor is open.
    with desk.reading() as db:
        recipients, here = selection.recipients(desk, db, Whom(who=(who_,), season=season))
        if here is None:
            raise UsageError("No season is open.", hint="Start one: relcard season start christmas")
        wanted = selection.wanted(desk, here, allow=allow)
        run = draft_cards(db, recipients, wanted, checked=False)
        before = read_before(db, recipients)
    if run.refused:
        raise run.refused[0].error
    draft = run.drafts[0]
    edited = edited_words(desk, wanted, draft, before.get(draft.recipient.household.id, ()))
    if edited is not None:
        with desk.changing(f"draft edit {who_}") as db:
            keep_draft(db, draft.recipient, edited.printed, edited=True)
    if not desk.quiet:
        name = output.clean(draft.recipient.household.addressee)
        output.say(f"  {name}: {'nothing was changed' if edited is None else 'your words are kept'}")
        tone.say_remarks(edited.remarks if edited else ())


class EditedWords(NamedTuple):
    """Words as they came out of the editor, and what wants a second look in them."""

    printed: Printed
    remarks: tuple[Remark, ...]


def edited_words(desk: Desk, wanted: Wanted, draft: Draft, earlier: Sequence[Before]) -> EditedWords | None:
    """Return the words as they come out of the editor, None where they were left as they stood.

    Words that may not be printed raise what is wrong with them, and are kept in a file that is named.
    """
    aside = "\n".join(f"{label}: {text}" if label else f"  {text}" for label, text in draft.crib)
    before = format_draft(draft.printed, aside=aside)
    with page_folder(desk.store, "draft.txt", before) as path:
        try:
            open_editor(path, command="draft edit WHO")
        except BaseException:
            typed = read_typed(path)
            if typed is not None and typed != before:
                kept = keep_typed(desk.store, typed, stem="draft-not-kept", suffix=".txt")
                output.say(f"  What you typed is kept in {output.clean(str(kept))}.", err=True)
            raise
        typed = read_typed(path)
    if typed is None or typed == before:
        return None
    try:
        printed = parse_draft(typed)
        remarks = check_words(draft.recipient, printed, wanted, before=earlier)
    except RelcardError as error:
        again = f"relcard draft edit h{draft.recipient.household.id}"
        kept = keep_typed(desk.store, typed, stem="draft-not-kept", suffix=".txt")
        error.hint = f"What you typed is kept in {kept}. Try again: {again}"
        raise
    return EditedWords(printed, remarks)

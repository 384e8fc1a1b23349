"""The page of the desk as text of a given width and height; the screen only places it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from textual.content import Content

from relcard.domain.dates import short_day
from relcard.domain.seasons.season import State
from relcard.domain.seasons.years import Cell
from relcard.services.importing.triage_queue import plain
from relcard.services.importing.triage_queue import printable
from relcard.services.seasons.gather_crib import CAREFUL_YEAR
from relcard.tui import page_app
from relcard.tui.page_app import ACCENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from textual.geometry import Size

    from relcard.errors import RelcardError
    from relcard.services.seasons.desk_page import DeskPage
    from relcard.services.seasons.desk_sitting import DeskSitting
    from relcard.services.seasons.desk_sitting import Done
    from relcard.services.seasons.read_season import Recipient

ROWS_AROUND = 7  # of the screen: what stands above and beneath the page
ASK_LINE = "Written. A line of yours to remember, if you like:"
ASK_NOTE = "A note:"
NOTHING_NEW = "Nothing new was kept."

_LABEL = 13  # columns of the left-hand words
_BETWEEN = 3  # columns between the drawn card and what lies beside it
_LEAST_BESIDE = 40  # columns it needs; else it stands beneath
_NARROWEST, _WIDEST = 20, 40  # columns of the drawn card
_LETTER_MM = 2.6  # the width of a printed letter of 16 pt, on average
_YEARS = 3  # whose lines are shown
_MOST = 3  # lines of one remark
_KEYS = (("w", "written"), ("s", "skip"), ("b", "back"), ("n", "note"), ("e", "edit"), ("u", "undo"))
_OTHER_KEYS = (("q", "a question"), ("/", "search"), ("?", "help"), ("esc", "stop"))
_HELP = (
    ("w", "written", "with a line of yours, or enter alone"),
    ("s", "skip", "or the space bar: it waits; at the end it goes on"),
    ("b", "back", "the card before this one, also to add its line"),
    ("n", "note", "what came to mind, for next year's crib"),
    ("e", "edit", "the few printed words, in your editor"),
    ("q", "a question", "one worth asking; again for the next"),
    ("u", "undo", "takes back what you did last, as often as you like"),
    ("/", "search", "go to a card at once, by a name or a town"),
    ("up down", "more", "moves a page that is longer than the screen"),
    ("esc", "stop", "what you did is kept; go on another evening"),
)


class _Row(NamedTuple):
    """A label and the words behind it, on `most` lines at most."""

    label: str
    words: str
    style: str = ""
    most: int = _MOST


def top(sitting: DeskSitting, width: int) -> Content:
    """Return the line of progress: how many of the cards laid out are written."""
    tonight = " tonight" if sitting.further else ""
    right = (
        f"{sitting.written} of {sitting.total} written{tonight}" if sitting.total else "tonight's is written"
    )
    return page_app.heading(f"The desk · {sitting.season.name}", right, width)


def bar(sitting: DeskSitting, width: int) -> Content:
    """Return a thin bar of what is written."""
    return page_app.bar(sitting.written, sitting.total, width)


def card(sitting: DeskSitting, width: int, height: int, today: date) -> Content:
    """Return the card to write now in `height` rows, more where all does not fit: it can be scrolled."""
    page = sitting.page
    if page is None:
        return _end(sitting)
    head = [*_head(page, today, width), Content("")]
    drawn = _drawn(page, sitting, width, height - len(head))
    left = max((line.cell_length for line in drawn), default=0)
    if width - left - _BETWEEN < _LEAST_BESIDE:
        return Content("\n").join([*head, *_aside(page, sitting, width), Content(""), *drawn])
    aside = _aside(page, sitting, width - left - _BETWEEN)
    rows = max(len(drawn), len(aside))
    drawn += [Content("")] * (rows - len(drawn))
    aside += [Content("")] * (rows - len(aside))
    beside = [
        Content.assemble(line.truncate(left, pad=True), " " * _BETWEEN, text)
        for line, text in zip(drawn, aside, strict=True)
    ]
    return Content("\n").join([*head, *beside])


def _head(page: DeskPage, today: date, width: int) -> list[Content]:
    """Return for whom the card is and what is known of it; a line ends between two parts."""
    view, post_by, feast = page.recipient.household, page.recipient.post_by, page.recipient.own_feast
    place = [view.address.locality, view.country] if view.address else []
    aside = [
        view.circle.value if view.circle else "",
        ", ".join(filter(None, place)),
        f"for {feast.occasion}" if feast else "",
        f"post by {short_day(post_by, beside=today)}" if post_by else "",
        f"number {page.recipient.number}",
    ]
    rows = [Content.styled(plain(view.addressee), "bold")]
    gap = "  "
    for part in filter(None, aside):
        longer = Content.assemble(rows[-1], (gap + printable(part), "dim"))
        if longer.cell_length <= width:
            rows[-1] = longer
        else:
            rows.append(Content.styled(printable(part), "dim"))
        gap = " · "
    return [line for row in rows for line in row.wrap(width)]


def _aside(page: DeskPage, sitting: DeskSitting, width: int) -> list[Content]:
    """Return what lies beside the card: how to begin first, then their line and yours by year."""
    lines: list[Content] = []
    for row in _rows(page, sitting):
        lines += _row_lines(row, width)
    return lines


def _rows(page: DeskPage, sitting: DeskSitting) -> Iterator[_Row]:
    if not page.waits or page.recipient.state is State.RETURNED:
        line = f"“{page.line}”" if page.line else "no line kept"
        yield _Row(page.recipient.state.value, line, ACCENT)
    # What asks for care is read before a word is written.
    yield from (_Row("careful", text) for label, text in page.crib if label == CAREFUL_YEAR)
    yield _Row("begin with", page.recipient.household.salutation, "bold")
    yield from _lines_by_year(page)
    yield from (_Row(label, text) for label, text in page.crib if label != CAREFUL_YEAR)
    yield from _room(page, sitting)
    # A hand needs the envelope, where a label does the work the years come first.
    last = [[*_envelope(page.recipient)], [*_cells(page)]]
    for rows in last if page.recipient.by_hand else reversed(last):
        yield from rows


def _lines_by_year(page: DeskPage) -> Iterator[_Row]:
    shown = [(year, both) for year, both in page.lines.items() if any(both)][:_YEARS]
    for year, both in shown:
        label = str(year)
        for whose, line in (("they", both.came), ("you ", both.sent)):
            if line:
                yield _Row(label, f"{whose}  “{line}”", "" if whose == "they" else "dim")
                label = ""


def _room(page: DeskPage, sitting: DeskSitting) -> Iterator[_Row]:
    """Yield how much room there is, and the few printed words above it."""
    draft = page.draft
    if page.refused is not None:
        yield _Row("no card", f"{page.refused.message} {page.refused.hint}", ACCENT)
    if draft is None:
        return
    room = draft.room
    lines = "1 line" if room.lines == 1 else f"{room.lines} lines"
    place = sitting.wanted.size.writing_place
    yield _Row("room", f"{lines} of your hand, about {room.words} words, {room.share:.0%} of the {place}")
    label = "your words" if draft.edited else "printed"
    for where, words in (("front", draft.printed.front), ("inside", draft.printed.inside)):
        if words:
            yield _Row(label, f"{where}: {' / '.join(words.split(chr(10)))}", "dim")
            label = ""
    for remark in draft.remarks:
        yield _Row("second look", f"“{remark.line}” {remark.reason}")


def _envelope(recipient: Recipient) -> Iterator[_Row]:
    """Yield the address as it should stand, line by line."""
    if not recipient.household.address_lines:
        yield _Row("no address", "relcard ask-list has words to ask for it")
        return
    for number, line in enumerate(recipient.household.envelope_lines):
        how = "by hand" if recipient.by_hand else "label"
        yield _Row("" if number else how, line, "" if recipient.by_hand else "dim")


def _cells(page: DeskPage) -> Iterator[_Row]:
    """Yield the years, a column each from the first with a card: what was sent, what came."""
    used = [year for year, cell in page.cells.items() if cell is not Cell.NONE]
    years = [year for year in page.cells if used and year >= used[0]]
    if not years:
        return
    yield _Row("years", " ".join(f"{year % 100:02}" for year in years), "dim")
    for label, cells in (("sent", (Cell.SENT, Cell.BOTH)), ("came", (Cell.CAME, Cell.BOTH))):
        marks = (
            "x" if page.cells[year] in cells else "m" if page.cells[year] is Cell.MOURNING else "·"
            for year in years
        )
        yield _Row(label, " ".join(f"{mark:>2}" for mark in marks))


def _row_lines(row: _Row, width: int) -> list[Content]:
    lines = Content(printable(row.words)).wrap(max(10, width - _LABEL))
    if len(lines) > row.most:
        whole_words = lines[row.most - 1].plain.rstrip().rpartition(" ")[0]
        lines = [*lines[: row.most - 1], Content(f"{whole_words} …".lstrip())]
    return [
        Content.assemble(
            (f"{'' if number else row.label:<{_LABEL}}", "dim"), (line.plain.rstrip(), row.style)
        )
        for number, line in enumerate(lines)
    ]


def _drawn(page: DeskPage, sitting: DeskSitting, width: int, height: int) -> list[Content]:
    """Draw the panel the pen writes on, in the paper's proportions: the blank is framed, print is strokes.

    A row of the terminal is taken to be twice as high as a column is wide. Of a postcard the right half is
    the address's.
    """
    if page.draft is None:
        return []
    size, room = sitting.wanted.size, page.draft.room
    rows = max(8, height - 2)
    widest = max(_NARROWEST, min(_WIDEST, width - _LEAST_BESIDE - _BETWEEN - 2))
    column = max(size.panel_w / widest, size.panel_h / (2 * rows))  # mm
    row = 2 * column
    width, height = round(size.panel_w / column), round(size.panel_h / row)
    left, right = round(room.x / column), round((room.x + room.width) / column)
    foot = round((room.y + room.height) / row)
    head = min(round(room.y / row), foot - 2)
    inner = right - left - 2
    panel = [" " * width] * height
    frame = [f"┌{'─' * inner}┐", *[f"│{' ' * inner}│"] * (foot - head - 2), f"└{'─' * inner}┘"]
    for at, line in enumerate(frame, head):
        panel[at] = _put(panel[at], left, line)
    first = min(round(size.margin / row), max(0, head - 1))
    printed = page.printed_lines
    if max(map(len, printed), default=0) > right - left:
        printed = tuple("━" * max(1, round(len(words) * _LETTER_MM / column)) for words in printed)
    for at, words in enumerate(printed[: head - first], first):
        panel[at] = _put(panel[at], left, words[: right - left])
    if not size.is_folded:
        panel = [_put(line, width // 2, "│") for line in panel]
    lines = [f"┌{'─' * width}┐", *(f"│{line}│" for line in panel), f"└{'─' * width}┘"]
    return [Content(line) for line in lines]


def _put(line: str, at: int, text: str) -> str:
    """Return a line with a text in it."""
    return f"{line[:at]}{text}{line[at + len(text) :]}"


def _end(sitting: DeskSitting) -> Content:
    """Return what is said when the pile is written, or looked through."""
    skipped = sitting.total - sitting.written
    if not sitting.left:
        title = f"Every card of {sitting.season.name} is written."
    elif skipped:
        title = f"That is the pile: {sitting.written} of {sitting.total} written."
    elif not sitting.total:
        title = "Tonight's pile is written. Enough for one evening."
    else:
        title = f"That is the pile, all {sitting.total} written. Enough for one evening."
    lines = [Content.styled(title, "bold"), Content("")]
    on = f"goes on with the next {sitting.further}" if sitting.further else "goes through those you skipped"
    if sitting.left:
        lines.append(Content.assemble(("space", f"bold {ACCENT}"), f"  {on}"))
    if sitting.total:
        lines.append(Content.assemble(("b", f"bold {ACCENT}"), "      looks back"))
    lines.append(Content.assemble(("esc", f"bold {ACCENT}"), "    stops; what you did is kept"))
    return Content("\n").join(lines)


def counts(sitting: DeskSitting) -> Content:
    """Return what was done this evening and what is left of the season."""
    done = len(sitting.done)
    evening = f"{done} kept this evening · " if done else ""
    left = sitting.left
    return Content.styled(f"{evening}{left} {'card' if left == 1 else 'cards'} still to write", "dim")


def keys() -> Content:
    """Return the two lines of keys."""
    return page_app.lines_of_keys(_KEYS, _OTHER_KEYS)


def told(done: Done) -> str:
    """Return the sentence that something was kept."""
    return f"{plain(done.recipient.household.addressee)}: {done.deed.value}"


def taken_back(done: Done | None, *, had_done: bool) -> str:
    """Return the sentence that what was done last is taken back, or why not."""
    if done is not None:
        return f"Taken back: {told(done)}"
    if had_done:
        return "Another relcard changed something after it: relcard undo takes that back first."
    return "Nothing was kept this evening yet."


def no_editor(page: DeskPage) -> str:
    """Return the sentence that this terminal cannot show an editor in between."""
    return f"Not from here: relcard draft edit h{page.recipient.household.id}"


def refusal(error: RelcardError) -> Content:
    """Return the page that says why edited words were refused, and what to do."""
    lines = [Content.styled(error.message, "bold"), Content(""), Content(error.hint)]
    return Content("\n").join([*lines, Content(""), Content.styled("Any key goes back.", "dim")])


def found(several: Sequence[Recipient], marked: int, size: Size) -> Content:
    """Return as much of what a search found as fits, around the one that is marked by a sign before it."""
    lines = []
    for number in page_app.window(marked, len(several), size.height):
        view = several[number].household
        line = Content.assemble(
            ("› " if number == marked else "  ", f"bold {ACCENT}"),
            (plain(view.addressee), "bold" if number == marked else ""),
            (f"  {view.address.locality if view.address else 'no address'}", "dim"),
        )
        lines.append(line.truncate(size.width, ellipsis=True))
    return Content("\n").join(lines)


def help_page() -> Content:
    """Return the page of keys and their meaning."""
    return page_app.page_of_keys(
        "One card after the other",
        _HELP,
        (
            "Tonight's pile is the plan's: relcard season plan. The far ones come first.",
            "What lies beside the card is for you alone; nothing of it is printed.",
            "All is kept at once. The whole evening is one step for: relcard undo",
        ),
    )

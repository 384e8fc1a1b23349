"""The page of two contacts side by side as text of a given width; the screen only places it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from relcard.domain.importing.differences import Side
from relcard.services.importing.pair_sitting import Verdict
from relcard.services.importing.pair_words import lines_of
from relcard.services.importing.pair_words import outcome_of
from relcard.services.importing.triage_queue import plain
from relcard.tui import page_app
from relcard.tui.page_app import ACCENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.geometry import Size

    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.importing.pair_sitting import PairSitting
    from relcard.services.importing.pair_words import PairLine

_MARK = 3  # columns of the sign or number before a line
_LABEL = 10  # of the left-hand words
_GAP = 2  # between the two
_LONGEST = 3  # lines of one value
_KEYS = (("m", "merge"), ("n", "not the same"), ("l", "later"), ("u", "undo"))
_OTHER_KEYS = (("1-9", "which stands"), ("/", "search"), ("?", "help"), ("q", "stop"))
_HELP = (
    ("m", "merge", "one contact of the two; both vCards stay known"),
    ("n", "not the same", "remembered: they are never proposed again"),
    ("1-9", "which stands", "the other value, where only one can stand"),
    ("l", "later", "or the space bar: asked again in the next sitting"),
    ("u", "undo", "takes the last answer back, as often as you like"),
    ("/", "search", "go to a pair at once, by words of a name"),
    ("q", "stop", "what you said is kept; go on another day"),
)


def top(sitting: PairSitting, width: int) -> Content:
    """Return the line of progress: how many pairs are answered."""
    put_off = f" · {sitting.put_off} later" if sitting.put_off else ""
    done = sitting.total - sitting.waiting
    return page_app.heading("Are these one?", f"{done} of {sitting.total}{put_off}", width)


def bar(sitting: PairSitting, width: int) -> Content:
    """Return a thin bar of what was answered."""
    return page_app.bar(sitting.total - sitting.waiting, sitting.total, width)


def pair(sitting: PairSitting, width: int, today: date) -> Content:
    """Return the pair that is asked about: why, side by side, and what a merge would make of it."""
    page = sitting.page
    if page is None:
        return _nobody_left(sitting)
    lines = [Content.styled(page.reason, "bold"), *_outcome(outcome_of(sitting, page), width), Content("")]
    for line in lines_of(sitting, page, today):
        lines += _row(line, width)
    return Content("\n").join(lines)


def _outcome(words: str, width: int) -> list[Content]:
    first, *rest = Content(words).wrap(width - _MARK - _LABEL)
    head = Content.assemble(("m", f"bold {ACCENT}"), ("  makes".ljust(_MARK + _LABEL - 1), "dim"), first)
    return [head, *(Content.assemble(" " * (_MARK + _LABEL), line) for line in rest)]


def _row(line: PairLine, width: int) -> list[Content]:
    """Return one line of both on as many lines as it needs; the value that would stand is bold."""
    column = max(10, (width - _MARK - _LABEL - _GAP) // 2)
    styles = ["bold" if line.side is own else "dim" if line.side else "" for own in Side]
    cells = [_cell(text, column) for text in line.values]
    rows = []
    for at in range(max(map(len, cells))):
        ours, theirs = (cell[at] if at < len(cell) else "" for cell in cells)
        rows.append(
            Content.assemble(
                (f"{'' if at else line.mark:<{_MARK}}", f"bold {ACCENT}"),
                (f"{'' if at else line.label:<{_LABEL}}"[:_LABEL], "dim"),
                Content.styled(ours, styles[0]).truncate(column, ellipsis=True, pad=True),
                " " * _GAP,
                Content.styled(theirs, styles[1]).truncate(column, ellipsis=True),
            )
        )
    return rows


def _cell(text: str, column: int) -> list[str]:
    lines = [line.plain.rstrip() for part in text.split("\n") for line in Content(plain(part)).wrap(column)]
    return lines if len(lines) <= _LONGEST else [*lines[: _LONGEST - 1], f"{lines[_LONGEST - 1]} …"]


def _nobody_left(sitting: PairSitting) -> Content:
    lines = [Content.styled("That is every pair.", "bold"), Content("")]
    if sitting.put_off:
        lines.append(Content(f"{sitting.put_off} put off: l goes through them now, or leave them for later."))
    lines.append(Content("q stops."))
    return Content("\n").join(lines)


def counts(sitting: PairSitting) -> Content:
    """Return how many of each answer this sitting has."""
    answered = sitting.answered
    told = (f"{answered[verdict]} {verdict.value}" for verdict in (Verdict.ONE, Verdict.TWO))
    return Content.styled(" · ".join(told), "dim")


def keys() -> Content:
    """Return the two lines of keys."""
    return page_app.lines_of_keys(_KEYS, _OTHER_KEYS)


def found(several: Sequence[Twins], marked: int, size: Size) -> Content:
    """Return as much of what a search found as fits, around the one that is marked by a sign before it."""
    lines = []
    for number in page_app.window(marked, len(several), size.height):
        twins = several[number]
        line = Content.assemble(
            ("› " if number == marked else "  ", f"bold {ACCENT}"),
            (f"{plain(twins.a.name)} · {plain(twins.b.name)}", "bold" if number == marked else ""),
            (f"  {twins.reason}", "dim"),
        )
        lines.append(line.truncate(size.width, ellipsis=True))
    return Content("\n").join(lines)


def help_page() -> Content:
    """Return the page of keys and their meaning."""
    return page_app.page_of_keys(
        "One key for each pair",
        _HELP,
        (
            "Those nearest to you come first, then those that have most in common.",
            "What stands of two values is bold; phones, addresses and notes stay of both.",
            "Each answer is kept at once, as a step of its own for: relcard undo",
        ),
    )

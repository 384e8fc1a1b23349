"""The page of two contacts side by side as text of a given width; the screen only places it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from relcard.domain.dates import short_day
from relcard.domain.importing.differences import DIFFERS
from relcard.domain.importing.differences import ComparedLine
from relcard.domain.importing.differences import Side
from relcard.domain.importing.differences import address_in_words
from relcard.services.importing.pair_sitting import Verdict
from relcard.services.importing.triage_queue import plain
from relcard.tui import page_app
from relcard.tui.page_app import ACCENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from textual.geometry import Size

    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.importing.pair_sitting import PairAnswer
    from relcard.services.importing.pair_sitting import PairPage
    from relcard.services.importing.pair_sitting import PairSitting
    from relcard.store.merges import Origin
    from relcard.store.relationships import CardsOfYears

_MARK = 3  # columns of the sign or number before a line
_LABEL = 10  # of the left-hand words
_GAP = 2  # between the two
_LONGEST = 3  # lines of one value
_CALLED = {"organisation": "work", "phonetic": "say it", "remembrance": "died", "anniversary": "wedding"}
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
    lines = [Content.styled(page.reason, "bold"), *_outcome(sitting, page, width), Content("")]
    number = 0
    for line in _all_lines(page, today):
        number += line.mark == DIFFERS
        side = sitting.take.get(line.label) if line.mark == DIFFERS else None
        lines += _row(line, str(number) if side else line.mark, side, width)
    return Content("\n").join(lines)


def _all_lines(page: PairPage, today: date) -> Iterator[ComparedLine]:
    """Yield the lines: who and where first, then the rest, and last where each came from."""
    names, *rest = page.compared.lines
    yield names
    yield ComparedLine("household", *page.households, "")
    yield from rest
    years = [_years_in_words(years) for years in page.years]
    if any(years):
        yield ComparedLine("cards", years[0], years[1], "")
    came_from = [_origins_in_words(origins, today) for origins in page.compared.origins]
    yield ComparedLine("from", came_from[0], came_from[1], "")


def _years_in_words(years: CardsOfYears) -> str:
    told = [
        f"{word} {len(several)}, last {several[-1]}"
        for word, several in (("sent", years.sent), ("came", years.came))
        if several
    ]
    return " · ".join(told)


def _origins_in_words(origins: Sequence[Origin], today: date) -> str:
    told = (f"{one.source}, {short_day(one.imported_on, beside=today)}" for one in origins)
    return " · ".join(told) or "you"


def _row(line: ComparedLine, mark: str, side: Side | None, width: int) -> list[Content]:
    """Return one line of both on as many lines as it needs; the value that would stand is bold."""
    column = max(10, (width - _MARK - _LABEL - _GAP) // 2)
    styles = ["bold" if side is own else "dim" if side else "" for own in Side]
    cells = [_cell(text, column) for text in (line.first, line.second)]
    name = _CALLED.get(line.label, line.label.rpartition(".")[2])
    rows = []
    for at in range(max(map(len, cells))):
        ours, theirs = (cell[at] if at < len(cell) else "" for cell in cells)
        rows.append(
            Content.assemble(
                (f"{'' if at else mark:<{_MARK}}", f"bold {ACCENT}"),
                (f"{'' if at else name:<{_LABEL}}"[:_LABEL], "dim"),
                Content.styled(ours, styles[0]).truncate(column, ellipsis=True, pad=True),
                " " * _GAP,
                Content.styled(theirs, styles[1]).truncate(column, ellipsis=True),
            )
        )
    return rows


def _cell(text: str, column: int) -> list[str]:
    lines = [line.plain.rstrip() for part in text.split("\n") for line in Content(plain(part)).wrap(column)]
    return lines if len(lines) <= _LONGEST else [*lines[: _LONGEST - 1], f"{lines[_LONGEST - 1]} …"]


def _outcome(sitting: PairSitting, page: PairPage, width: int) -> list[Content]:
    """Return what a merge would make: the name, who stays with it, and where its cards would go."""
    whole = sitting.outcome()
    if whole is None:
        return []
    before = {relation.name for one in page.compared.wholes for relation in one.contact.relations}
    beside = [relation.name for relation in whole.contact.relations if relation.name not in before]
    address = whole.contact.address
    told = [
        plain(whole.contact.display_name),
        *([f"{plain(' and '.join(beside))} stays in the household"] if beside else []),
        f"cards go to {plain(address_in_words(address))}" if address else "no address is known",
    ]
    first, *rest = Content(" · ".join(told)).wrap(width - _MARK - _LABEL)
    head = Content.assemble(("m", f"bold {ACCENT}"), ("  makes".ljust(_MARK + _LABEL - 1), "dim"), first)
    return [head, *(Content.assemble(" " * (_MARK + _LABEL), line) for line in rest)]


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


def answered(given: PairAnswer) -> str:
    """Return the sentence that an answer was kept."""
    names = dict.fromkeys(plain(one.name) for one in (given.pair.a, given.pair.b))
    return f"{' and '.join(names)}: {given.verdict.value}"


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

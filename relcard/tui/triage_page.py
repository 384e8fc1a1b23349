"""The page of triage as text of a given width; the screen only places it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from textual.content import Content

from relcard.domain.dates import known_day
from relcard.domain.dates import short_day
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Kind
from relcard.tui import page_app
from relcard.tui.page_app import ACCENT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.geometry import Size

    from relcard.domain.importing.triage import Other
    from relcard.domain.importing.triage import TriageCandidate
    from relcard.services.importing.triage_sitting import Answer
    from relcard.services.importing.triage_sitting import Sitting

KEYS = {"i": Circle.INNER, "c": Circle.CLOSE, "f": Circle.FRIEND, "w": Circle.WIDE, "n": Circle.NONE}

_LABEL = 13  # columns of the left-hand words
_NAMED = 5  # others of a household, and tags, that are named
_NOTE_LINES = 3
_OTHER_KEYS = (
    ("h", "household"),
    ("l", "later"),
    ("u", "undo"),
    ("/", "search"),
    ("?", "help"),
    ("q", "stop"),
)
_HELP = (
    ("i", "inner", "the handful you would call at night: about 5"),
    ("c", "close", "those whose year you know without asking: about 15"),
    ("f", "friend", "those you write to gladly: about 50"),
    ("w", "wide", "those a card each year keeps near: about 150"),
    ("n", "none", "no card; the contact stays as it is"),
    ("h", "household", "the next answer is for all of the household who wait"),
    ("l", "later", "or the space bar: asked again in the next sitting"),
    ("u", "undo", "takes the last answer back, as often as you like"),
    ("/", "search", "go to someone at once, also to answer anew"),
    ("q", "stop", "what you said is kept; go on another day"),
)


def top(sitting: Sitting, width: int) -> Content:
    """Return the line of progress: how many of all contacts something was said of."""
    put_off = f" · {sitting.put_off} later" if sitting.put_off else ""
    right = f"{sitting.said} of {sitting.total}{put_off}"
    return page_app.heading("How near are they?", right, width)


def bar(sitting: Sitting, width: int) -> Content:
    """Return a thin bar of what was said, told by the strokes alone where there are no colours."""
    return page_app.bar(sitting.said, sitting.total, width)


def contact(sitting: Sitting, width: int, today: date) -> Content:
    """Return the page of the contact that is asked about."""
    candidate = sitting.current
    if candidate is None:
        return _nobody_left(sitting)
    lines = [Content.styled(candidate.name, "bold")]
    called = " · ".join(
        part
        for part in (", ".join(f'"{name}"' for name in candidate.nicknames), candidate.title, candidate.org)
        if part
    )
    if called:
        lines.extend(Content(called).wrap(width)[:2])
    lines.append(Content(""))
    for row in _rows(sitting, candidate, today):
        lines.extend(_row_lines(row, width))
    shown = sitting.hints()
    if shown:
        lines.append(Content(""))
        for hint in shown:
            first, *rest = Content(hint).wrap(width - 2)
            lines.append(Content.assemble(("· ", ACCENT), first))
            lines.extend(Content.assemble("  ", line) for line in rest)
    return Content("\n").join(lines)


class _Row(NamedTuple):
    """A label, the words behind it, and on how many lines they may stand."""

    label: str
    words: str
    most: int = 2


def _rows(sitting: Sitting, candidate: TriageCandidate, today: date) -> list[_Row]:
    now = sitting.circle_of(candidate.contact_id)
    reach = [
        *(["address"] if candidate.has_address else []),
        *([_number(candidate.phones, "phone")] if candidate.phones else []),
        *([_number(candidate.emails, "e-mail")] if candidate.emails else []),
    ]
    rows = [
        _Row("now", now.value if now else ""),
        _Row("lives in", candidate.place),
        _Row("household", _some([_with_circle(sitting, other) for other in candidate.housemates])),
        _Row("birthday", known_day(candidate.birthday) if candidate.birthday else ""),
        _Row("reached by", " · ".join(reach) or "nothing that is known"),
        _Row("last word", short_day(candidate.last_contact, beside=today) if candidate.last_contact else ""),
        _Row("tags", _some(candidate.tags)),
        _Row("note", candidate.note, _NOTE_LINES),
    ]
    return [row for row in rows if row.words]


def _row_lines(row: _Row, width: int) -> list[Content]:
    lines = Content(row.words).wrap(max(10, width - _LABEL))
    if len(lines) > row.most:
        whole_words = lines[row.most - 1].plain.rstrip().rpartition(" ")[0]
        lines = [*lines[: row.most - 1], Content(f"{whole_words} …".lstrip())]
    return [
        Content.assemble((f"{'' if number else row.label:<{_LABEL}}", "dim"), line.rstrip())
        for number, line in enumerate(lines)
    ]


def _with_circle(sitting: Sitting, other: Other) -> str:
    circle = sitting.circle_of(other.contact_id)
    return f"{other.name} ({circle.value})" if circle else other.name


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _nobody_left(sitting: Sitting) -> Content:
    lines = [Content.styled("That is everyone.", "bold"), Content("")]
    if sitting.put_off:
        lines.append(
            Content.assemble(
                f"{_number(sitting.put_off, 'contact')} put off until the next sitting; to go on now press ",
                ("l", f"bold {ACCENT}"),
                ".",
            )
        )
    lines.append(Content.assemble("What you said is kept. Stop with ", ("q", f"bold {ACCENT}"), "."))
    return Content("\n").join(lines)


def counts(sitting: Sitting) -> Content:
    """Return how many contacts are in each circle by now."""
    number = sitting.counts
    return Content.styled(" · ".join(f"{circle.value} {number[circle]}" for circle in Circle), "dim")


def keys(*, household: bool) -> Content:
    """Return the two lines of keys."""
    answers = [
        (key, circle.value if circle is not Circle.NONE else "no card") for key, circle in KEYS.items()
    ]
    others = [(key, "only this one" if household and key == "h" else word) for key, word in _OTHER_KEYS]
    return page_app.lines_of_keys(answers, others)


def for_household(others: Sequence[Other]) -> str:
    """Return the sentence that the next answer is for several."""
    return f"The next answer is also for {_some([other.name for other in others])}."


def answered(given: Answer) -> str:
    """Return the sentence that an answer was kept."""
    if given.circle is None:
        return f"{given.candidate.name}: later"
    more = len(given.before) - 1
    also = f" and {more} more of the household" if more > 0 else ""
    if not given.before:
        return f"{given.candidate.name}: already said elsewhere, and left as it is"
    return f"{given.candidate.name}{also}: {given.circle.value}"


def found(sitting: Sitting, several: Sequence[TriageCandidate], marked: int, size: Size) -> Content:
    """Return as much of what a search found as fits, around the one that is marked by a sign before it."""
    lines = []
    for number in page_app.window(marked, len(several), size.height):
        candidate = several[number]
        circle = sitting.circle_of(candidate.contact_id)
        beside = [
            candidate.place,
            candidate.org if candidate.kind is Kind.INDIVIDUAL else "",
            circle.value if circle else "",
        ]
        line = Content.assemble(
            ("› " if number == marked else "  ", f"bold {ACCENT}"),
            (candidate.name, "bold" if number == marked else ""),
            ("  " + " · ".join(part for part in beside if part), "dim"),
        )
        lines.append(line.truncate(size.width, ellipsis=True))
    return Content("\n").join(lines)


def help_page() -> Content:
    """Return the page of keys and their meaning."""
    return page_app.page_of_keys(
        "One key for each contact",
        _HELP,
        (
            "Likely ones come first, organisations last. Who has died is not asked about.",
            "A circle is your word alone; it stands on nothing that leaves the desk.",
            "Each answer is kept at once. The whole sitting is one step for: relcard undo",
        ),
    )

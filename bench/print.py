"""Measure printing against the least it could cost: `.venv/bin/python bench/print.py [-n PAIRS] [WORDS]`.

Each line is a pair of whole processes in turn, as in `run.py`: the labels or greeting cards of relcard, and a
bare loop over ReportLab's canvas with as many words in the same embedded typeface. "Drawn" begins with the
words in hand, "from the store" is the command a person gives. A printed book is held against the labels of
the same households. Then the memory of a run. The fonts are those of the package and its extras, on every
computer the same.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from run import RELCARD
from run import Pair
from run import cpu_seconds
from run import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

HERE = str(Path(__file__))
MEMORY = 30_000  # labels
LEADING = 12  # points
_GIVEN = ("Anna", "Elif", "Greta", "Jürgen", "Łucja", "Öykü", "Søren", "Ελένη", "Ольга", "Hương")
_FAMILY = ("Abbott", "Çelik", "Dahl", "García", "Kowalska", "Lindqvist", "Παύλου", "Жданова", "Nguyễn")
_SCRIPTS = (  # a name, a street and a place in eight scripts
    ("Jan Kowalski", "ul. Polna {}", "90-001 Łódź"),
    ("Ελένη Παύλου", "Ερμού {}", "105 63 Αθήνα"),
    ("कमला शर्मा", "गांधी मार्ग {}", "नई दिल्ली 110001"),
    ("ليلى منصور", "شارع النيل {}", "القاهرة"),
    ("שרה כהן", "רחוב הרצל {}", "תל אביב"),
    ("สมชาย ใจดี", "ถนนสุขุมวิท {}", "กรุงเทพ"),
    ("佐藤 健", "渋谷区神宮前{}", "東京都"),
    ("김민수", "세종대로 {}", "서울특별시"),
)


def addresses(count: int) -> list[tuple[str, ...]]:
    """Return addresses of four lines that the face draws by itself."""
    return [
        (
            f"{_GIVEN[one % len(_GIVEN)]} {_FAMILY[one % len(_FAMILY)]}-{one}",
            f"{one % 300} Mill Lane",
            f"LS{one % 29} {one % 9}AB Leeds",
            "UNITED KINGDOM",
        )
        for one in range(count)
    ]


def in_scripts(count: int) -> list[tuple[str, ...]]:
    """Return addresses of three lines, each in the next of eight scripts."""
    return [tuple(line.format(one) for line in _SCRIPTS[one % len(_SCRIPTS)]) for one in range(count)]


def our_labels(lines: list[tuple[str, ...]]) -> None:
    """Draw the labels as the program does."""
    from relcard.paper.documents.address_block import Label
    from relcard.paper.documents.labels import draw_labels
    from relcard.paper.stock.known import find_stock

    run = draw_labels([Label(who=one[0], lines=one) for one in lines], find_stock("L7160"))
    if run.items != len(lines):
        sys.exit(f"not printed: {run.refused[0]}")


def bare_labels(lines: list[tuple[str, ...]]) -> None:
    """Draw the lines, 21 labels a sheet, with ReportLab and nothing else."""
    canvas = _bare_canvas("NotoSans.ttf")
    for number, one in enumerate(lines):
        place = number % 21
        if number and not place:
            canvas.showPage()
        if not place:
            canvas.setFont("Face", 10)
        left, top = 36 + 187 * (place % 3), 780 - 108 * (place // 3)
        for row, text in enumerate(one):
            canvas.drawString(left, top - row * LEADING, text)
    canvas.save()


def our_cards(count: int) -> None:
    """Draw greeting cards as the program does: a plain rule and words in front, words inside."""
    from relcard.domain.people.circle import RULES
    from relcard.domain.people.circle import Circle
    from relcard.domain.printing.card_size import A6
    from relcard.domain.printing.room import Hand
    from relcard.domain.printing.room import room_for
    from relcard.paper.documents.cards import CardFace
    from relcard.paper.documents.cards import draw_cards
    from relcard.paper.documents.folds import fold_for
    from relcard.paper.fronts.design_library import find_design

    room = room_for(A6, RULES[Circle.WIDE], Hand())
    plain = find_design("letterpress")
    cards = [
        CardFace(who=str(one), front=front, inside="\n".join(inside), design=plain, room=room, size=A6)
        for one, (front, inside) in enumerate(_words(count))
    ]
    run = draw_cards(cards, fold_for(A6))
    if run.items != count:
        sys.exit(f"not printed: {run.refused[0]}")


def bare_cards(count: int) -> None:
    """Draw the same words and rule, two cards on two sides of a sheet, with ReportLab and nothing else."""
    canvas = _bare_canvas("EBGaramond.ttf")
    words = _words(count)
    for start in range(0, count, 2):
        for side in (0, 1):
            for place, (front, inside) in enumerate(words[start : start + 2]):
                canvas.saveState()
                canvas.translate(298, 421 * place)
                canvas.setFillGray(0.24)
                if side:
                    canvas.setFont("Face", 15)
                    for row, text in enumerate(inside):
                        canvas.drawString(34, 360 - 22 * row, text)
                else:
                    canvas.line(120, 240, 180, 240)
                    canvas.setFont("Face", 18)
                    canvas.drawCentredString(149, 200, front)
                canvas.restoreState()
            for tick in range(4):
                canvas.line(10, 10 + 200 * tick, 20, 10 + 200 * tick)
            canvas.showPage()
    canvas.save()


def _words(count: int) -> list[tuple[str, list[str]]]:
    return [
        (f"A quiet Christmas, {_GIVEN[one % len(_GIVEN)]}", ["And a kind new year", f"to house {one}"])
        for one in range(count)
    ]


def _bare_canvas(file: str) -> Canvas:
    from io import BytesIO

    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    face = Path(__file__).parents[1] / "relcard/paper/text/faces" / file
    pdfmetrics.registerFont(TTFont("Face", str(face)))
    return Canvas(BytesIO(), pagesize=(595.3, 841.9), pageCompression=1)


WORK: dict[str, Callable[[int], None]] = {
    "our-labels": lambda count: our_labels(addresses(count)),
    "bare-labels": lambda count: bare_labels(addresses(count)),
    "our-cards": our_cards,
    "bare-cards": bare_cards,
    "our-scripts": lambda count: our_labels(in_scripts(count)),
    "bare-scripts": lambda count: bare_labels(in_scripts(count)),
}


def pairs(folder: Path) -> list[Pair]:
    """Make stores of 1,000 and of 3,000 households in a folder, and return what is compared."""
    labels, cards = _store(folder, 3_000), _store(folder, 1_000)
    cpu_seconds((*cards, "season", "start", "christmas"))
    out = ("-o", str(folder / "out.pdf"))
    of_all = ("print", "labels", "--all", "--new-sheet", *out)

    def drawn(what: str, work: str, count: int, aim: float) -> Pair:
        return Pair(what=what, ours=_work(f"our-{work}", count), bare=_work(f"bare-{work}", count), aim=aim)

    return [
        drawn("30,000 labels, drawn", "labels", 30_000, 0.95),
        drawn("3,000 labels, drawn", "labels", 3_000, 1.2),
        drawn("1,000 cards, drawn", "cards", 1_000, 1.2),
        drawn("1,000 labels in eight scripts, drawn", "scripts", 1_000, 8.0),
        Pair(
            what="3,000 labels, from the store",
            ours=(*labels, *of_all),
            bare=_work("bare-labels", 3_000),
            aim=1.5,
        ),
        Pair(
            what="1,000 cards, from the store",
            ours=(*cards, "print", "cards", "--design", "letterpress", *out),
            bare=_work("bare-cards", 1_000),
            aim=2.0,
        ),
        Pair(
            what="book of 1,000 / their labels",
            ours=(*cards, "print", "book", *out),
            bare=(*cards, *of_all),
            aim=2.5,
        ),
    ]


def _store(folder: Path, households: int) -> tuple[str, ...]:
    """Import a list of so many households; return the words that begin every command on them."""
    rows = folder / f"{households}.csv"
    relcard = (*RELCARD, "--today", "2026-11-20", "--store", str(rows.with_suffix(".db")))
    cpu_seconds((sys.executable, str(Path(HERE).with_name("list.py")), str(rows), str(households)))
    cpu_seconds((*relcard, "import", str(rows)))
    cpu_seconds((*relcard, "settings", "set", "sender.country", "GB"))
    cpu_seconds((*relcard, "circle", "friend", "--no-circle"))  # whose envelopes bear labels
    return relcard


def _work(what: str, count: int) -> tuple[str, ...]:
    return (sys.executable, HERE, "--work", what, str(count))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure printing against bare ReportLab.")
    parser.add_argument("-n", type=int, default=5, help="pairs of each line (5)")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("only", nargs="*", help="words of the lines to measure; else all")
    wanted = parser.parse_args()
    if wanted.work:
        WORK[wanted.work[0]](int(wanted.work[1]))
        return
    os.environ["RELCARD_FONTS"] = "extras"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files are part of an installed program
    title = f"CPU, median of {wanted.n}"
    print(f"{title:<44}{'ratio':>7}  {'least..most':<13}{'aim':>5}   {'ours s':>7}{'bare s':>8}")
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = name  # the settings of whoever measures play no part
        for pair in pairs(Path(name)):
            if not wanted.only or any(word in pair.what for word in wanted.only):
                print(measure(pair, wanted.n), flush=True)
    our_labels(addresses(MEMORY))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(f"memory at {MEMORY:,} labels: {most:.0f} MB (aim: under 120)")


if __name__ == "__main__":
    main()

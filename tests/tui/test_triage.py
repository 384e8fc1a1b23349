"""Tests of the full-screen pass, by its keys, on a screen of 80x24."""

from __future__ import annotations

import asyncio
import os
import re
import select
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.errors import StoreError
from relcard.installation import bring_extra
from relcard.services.importing.triage_queue import triage_queue
from relcard.services.importing.triage_sitting import Sitting
from relcard.store import WITH_CIRCLE
from relcard.store.file import journal
from relcard.tui.triage import TriageApp
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from textual.app import App

    from tests.support.book import Book

SIZE = (80, 24)


class Pilot:
    """A user before the screen: gives keys, and reads what stands on the screen after each."""

    def __init__(self, book: Book, today: date) -> None:
        self.book = book
        self.today = today
        self.app: TriageApp
        self.picture = ""  # the last one

    def press(self, *keys: str, size: tuple[int, int] = SIZE) -> list[str]:
        """Sit down, press the keys, and return the screens: the first, and the one after each key."""

        async def sit() -> list[str]:
            sitting = Sitting(self.book.db, triage_queue(self.book.db), today=self.today)
            self.app = TriageApp(sitting, today=self.today)
            async with self.app.run_test(size=size) as pilot:
                await pilot.pause()
                screens = [screen_of(self.app)]
                for key in keys:
                    await pilot.press(key)
                    if not self.app.is_running:
                        break
                    screens.append(screen_of(self.app))
                self.picture = self.app.export_screenshot()
                return screens

        return asyncio.run(sit())

    def circles(self) -> dict[str, str | None]:
        return dict(self.book.db.execute(f"SELECT name, circle FROM contact {WITH_CIRCLE}").fetchall())


def screen_of(app: App[None]) -> str:
    """Return the text of the screen, line by line: a tenth of the work of a picture of it."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@pytest.fixture
def pilot(book: Book, today: date) -> Pilot:
    """Return a user before a couple with a child, a friend and a shop."""
    book.imported(
        card(
            "Anna Kowalska",
            "NICKNAME:Ania",
            "ORG:Lake Design",
            "BDAY:1984-12-16",
            "TEL:+44 113 496 0100",
            "EMAIL:anna@example.org",
            "CATEGORIES:choir,school",
            "NOTE:Met at the lake in the summer of 1999. Two cats and a boat that leaks\\, and a garden full "
            "of quinces. Ask about the cello. Likes short letters and long walks\\, and writes back in May. "
            "Remembers every birthday of everyone who ever came to the house.",
            street="1 Lake Road",
        ),
        card("Jan Kowalski", street="1 Lake Road"),
        card("Ola Kowalska", street="1 Lake Road"),
        card("Cleo Brown", street="2 Far Road"),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nUID:shop\r\nFN:Corner Shop\r\nORG:Corner Shop\r\nEND:VCARD\r\n",
    )
    return Pilot(book, today)


def test_the_page_at_80_columns_and_24_lines(pilot: Pilot) -> None:
    """Everything that helps to answer stands on one screen, and the keys beneath it."""
    (screen,) = pilot.press()
    assert screen == PAGE


def test_each_key_keeps_its_circle(pilot: Pilot) -> None:
    """One key each for inner, close, friend, wide and no card; the organisation comes last."""
    screens = pilot.press("i", "c", "f", "w", "n")
    assert pilot.circles() == {
        "Anna Kowalska": "inner",
        "Ola Kowalska": "close",
        "Jan Kowalski": "friend",
        "Cleo Brown": "wide",
        "Corner Shop": "none",
    }
    assert "an organisation: perhaps no card" in screens[4]
    assert "inner 1 · close 1 · friend 1 · wide 1 · none 1" in screens[5]
    assert "That is everyone." in screens[5]


def test_progress_and_hints_follow_the_answers(pilot: Pilot) -> None:
    """The line of progress, the thin bar and the hints change with each answer."""
    first, second = pilot.press("c")
    assert "0 of 5" in first
    assert "━" not in first
    assert "1 of 5" in second
    assert second.splitlines()[1].count("━") == 78 // 5
    assert "Anna Kowalska: close   u takes it back" in second
    assert "· Anna Kowalska of this household: close" in second
    assert "Anna Kowalska (close), Jan Kowalski" in second


@pytest.mark.parametrize("key", ["l", "space"])
def test_later_asks_the_next_one(pilot: Pilot, key: str) -> None:
    """Who is put off keeps no circle; when the rest is done they can be gone through at once."""
    screens = pilot.press(key, "w", "w", "w", "w", "l", "i")
    assert "0 of 5 · 1 later" in screens[1]
    assert "1 contact put off until the next sitting" in screens[5]
    assert "Ania" in screens[6]
    assert pilot.circles()["Anna Kowalska"] == "inner"


def test_undo_takes_single_answers_back(pilot: Pilot) -> None:
    """Each u takes one answer back and shows its contact; with none left it says so."""
    screens = pilot.press("i", "l", "u", "u", "u")
    assert "Taken back: Ola Kowalska: later" in screens[3]
    assert "Taken back: Anna Kowalska: inner" in screens[4]
    assert "Nothing was said in this sitting yet." in screens[5]
    assert set(pilot.circles().values()) == {None}


def test_the_whole_household_with_one_answer(pilot: Pilot) -> None:
    """After h the next answer is for all who wait there; the one after that is for one contact again."""
    screens = pilot.press("h", "f", "w")
    assert "The next answer is also for Jan Kowalski, Ola Kowalska." in screens[1]
    assert "Anna Kowalska and 2 more of the household: friend" in screens[2]
    assert [one for one in pilot.circles().values() if one] == ["friend", "friend", "friend", "wide"]


def test_the_household_key_can_be_let_go(pilot: Pilot) -> None:
    """A second h takes it back, and someone who lives alone has no one to answer for."""
    screens = pilot.press("h", "h", "w", "h", "w", "w", "h")
    assert "next answer" not in screens[2]
    assert pilot.circles()["Jan Kowalski"] == "wide"
    assert "Nobody else of this household waits." in screens[7]


def test_search_goes_to_a_contact(pilot: Pilot) -> None:
    """Words typed find contacts, the arrows choose, enter goes there, and then the pass goes on."""
    screens = pilot.press("slash", *"kowal", "down", "down", "enter", "c")
    assert screens[6].count("Leeds, United Kingdom") == 3
    assert "› Anna Kowalska" in screens[6]
    assert "› Jan Kowalski" in screens[8]
    assert screens[9].splitlines()[3].strip() == "Jan Kowalski"
    assert pilot.circles()["Jan Kowalski"] == "close"
    assert screens[10].splitlines()[3].strip() == "Anna Kowalska"


def test_search_can_be_left(pilot: Pilot) -> None:
    """Escape goes back to the page; letters typed in the search answer nothing, and enter without a find stays."""
    screens = pilot.press("slash", *"finnw", "enter", "escape")
    assert "Go to" in screens[7]
    assert screens[8] == screens[0]
    assert set(pilot.circles().values()) == {None}


def test_someone_answered_can_be_answered_anew(pilot: Pilot) -> None:
    """A contact answered in this sitting is found with its circle, and takes another one."""
    screens = pilot.press("w", "slash", *"ania", "enter", "i")
    assert "wide" in next(line for line in screens[6].splitlines() if "Anna Kowalska" in line)
    assert "now          wide" in screens[7]
    assert pilot.circles()["Anna Kowalska"] == "inner"


def test_help_says_what_the_keys_mean(pilot: Pilot) -> None:
    """The help page names each key, fits the screen, and any key leaves it without being an answer."""
    screens = pilot.press("question_mark", "i")
    assert all(f"\n  {key}  " in screens[1] for key in "icfwnhlu/q")
    assert "Any key goes back." in screens[1]
    assert screens[2] == screens[0]
    assert set(pilot.circles().values()) == {None}


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
def test_stopping_keeps_what_was_said(pilot: Pilot, key: str) -> None:
    """A stop ends the sitting; the next one begins with the next contact and counts the first."""
    pilot.press("c", key)
    assert not pilot.app.is_running
    (screen,) = pilot.press()
    assert "1 of 5" in screen
    assert screen.splitlines()[3].strip() == "Ola Kowalska"


def test_control_characters_of_a_card_are_not_obeyed(pilot: Pilot) -> None:
    """What could steer a terminal reaches neither the page nor the search, and markup stays text."""
    pilot.book.imported(card("Evil Cards", "NICKNAME:Zz"))
    name = "Evil \x1b]0;x\x07[red]Cards[/red]"
    pilot.book.db.execute("UPDATE contact SET name = ? WHERE name = 'Evil Cards'", (name,))
    screens = pilot.press("slash", *"zz", "enter")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", "".join(screens))
    assert screens[-1].splitlines()[3].strip() == "Evil ]0;x [red]Cards[/red]"


def test_a_small_screen_can_be_scrolled(pilot: Pilot) -> None:
    """On 40x14 the keys stay in sight and the page moves beneath."""
    first, *_, moved = pilot.press("pagedown", "pagedown", "down", "down", size=(40, 14))
    assert "Anna Kowalska" in first
    assert "the birthday is known" not in first
    assert "i inner   c close   f friend" in moved
    assert "there is a note" in moved


def test_the_words_follow_the_width_of_the_terminal(pilot: Pilot, today: date) -> None:
    """When the terminal gets narrower in mid-sitting, progress and note are laid out anew."""

    async def sit() -> list[str]:
        app = TriageApp(Sitting(pilot.book.db, triage_queue(pilot.book.db), today=today), today=today)
        async with app.run_test(size=SIZE) as driven:
            await driven.pause()
            await driven.resize_terminal(60, 24)
            await driven.pause()
            return screen_of(app).splitlines()

    lines = asyncio.run(sit())
    assert lines[0].endswith("0 of 5")
    assert max(map(len, lines)) <= 60
    assert lines[11:14] == [
        "  note         Met at the lake in the summer of 1999.",
        "               Two cats and a boat that leaks, and a",
        "               garden full of quinces. Ask about …",
    ]


def test_a_store_that_fails_ends_the_sitting_with_a_sentence(
    pilot: Pilot, monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    """A fault leaves the page at once and is raised to the one error boundary; names are not printed."""
    sitting = Sitting(pilot.book.db, triage_queue(pilot.book.db), today=today)
    app = TriageApp(sitting, today=today)

    def fail(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(sitting, "answer", fail)
    run = app.run_async

    def headless(**_: object) -> None:
        asyncio.run(run(headless=True, size=SIZE, auto_pilot=lambda driven: driven.press("i")))

    monkeypatch.setattr(app, "run", headless)
    with pytest.raises(StoreError, match=r"The disk is full\."):
        app.keep_to_the_end()


def test_it_keeps_its_meaning_without_colours(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the same words stand on the screen and none of it is coloured."""
    coloured = pilot.press("c", "u")
    in_colours = set(re.findall(r"fill: (#\w+)", pilot.picture))
    monkeypatch.setenv("NO_COLOR", "1")
    assert pilot.press("c", "u") == coloured
    assert set(re.findall(r"fill: (#\w+)", pilot.picture)) < in_colours


def _run(store: str | Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RELCARD_STORE": str(store), "RELCARD_TODAY": "2026-11-20"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_without_the_extra_a_sentence_says_what_to_do(pilot: Pilot, store_path: str) -> None:
    """Where Textual is missing the command ends with 3, names the extra and the way in bulk."""
    program = "import sys; sys.modules['textual'] = None; from relcard.cli.main import main; main(['triage'])"
    done = _run(store_path, "-c", program)
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == "The pages of triage need textual, which is not installed."
    assert bring_extra("tui") in done.stderr
    assert "relcard circle friend --tag choir --dry-run" in done.stderr


def test_without_a_terminal_the_way_in_bulk_is_named(pilot: Pilot, store_path: str) -> None:
    """In a pipe the command ends with 2 and says how to go on."""
    done = _run(store_path, "-m", "relcard", "triage")
    assert (done.returncode, done.stdout) == (2, "")
    assert "relcard circle friend --tag choir --dry-run" in done.stderr


def test_with_nobody_waiting_there_is_nothing_to_show(pilot: Pilot, store_path: str, tmp_path: Path) -> None:
    """An empty store and one where everyone has a circle are told apart; neither needs Textual."""
    program = "import sys; sys.modules['textual'] = None; from relcard.cli.main import main; main(['triage'])"
    done = _run(tmp_path / "empty.db", "-c", program)
    assert (done.returncode, "no contacts yet" in done.stdout) == (0, True)
    pilot.book.circle(Circle.WIDE, *pilot.circles())
    done = _run(store_path, "-c", program)
    assert (done.returncode, "Every contact has a circle, all 5." in done.stdout) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_real_terminal_it_is_one_step_of_history(pilot: Pilot, store_path: str) -> None:
    """From the first screen to the parting words on a terminal of 80x24, and one undo for the sitting."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "RELCARD_TODAY": "2026-11-20", "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "relcard", "--store", store_path, "triage"],
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        _until(ours, b"search")
        os.write(ours, b"c")
        _until(ours, b"takes it back")
        os.write(ours, b"f")
        _until(ours, b"friend 1")
        os.write(ours, b"q")
        parting = _until(ours, b"relcard undo")
        assert process.wait(30) == 0
    os.close(ours)
    assert "2 contacts said: 1 close · 1 friend" in parting.decode()
    assert [one.command for one in journal.history(pilot.book.db)] == ["triage", "import cards.vcf"]
    journal.undo(pilot.book.db)
    assert set(pilot.circles().values()) == {None}


def _until(terminal: int, wanted: bytes) -> bytes:
    """Read what the program writes until it has written this; a minute is far more than it needs."""
    seen = b""
    while wanted not in seen:
        assert select.select([terminal], [], [], 60)[0], f"waited for {wanted!r} and saw {seen!r}"
        with suppress(OSError):
            seen += os.read(terminal, 65536)
    return seen


PAGE = """\
 How near are they?                                                      0 of 5
 ──────────────────────────────────────────────────────────────────────────────

  Anna Kowalska
  "Ania" · Lake Design

  lives in     Leeds, United Kingdom
  household    Jan Kowalski, Ola Kowalska
  birthday     16 Dec 1984
  reached by   address · 1 phone · 1 e-mail
  tags         choir, school
  note         Met at the lake in the summer of 1999. Two cats and a boat
               that leaks, and a garden full of quinces. Ask about the
               cello. Likes short letters and long walks, and writes back …

  · an address is known: a card can be posted
  · the birthday is known
  · there is a note



 inner 0 · close 0 · friend 0 · wide 0 · none 0
 i inner   c close   f friend   w wide   n no card
 h household   l later   u undo   / search   ? help   q stop"""

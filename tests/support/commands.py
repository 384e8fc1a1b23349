"""Every kind of command that changes a store, each made up by chance of what the store holds at that moment."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from dataclasses import field
from types import SimpleNamespace
from typing import TYPE_CHECKING

from relcard.tui.desk import DeskApp
from relcard.tui.triage import TriageApp
from tests.support.book import card

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from relcard.tui.page_app import PageApp
    from tests.support.command_line import Runner

_GIVEN = ("Ada", "Ben", "Cyd", "Dee", "Eli", "Fay", "Gus", "Ivo", "Jo", "Kit", "Lea", "Max", "Ned", "Una")
_FAMILY = ("Oak", "Elm", "Ash", "Fir", "Yew", "O'Leary", "Łoś", "Quist")
_STREETS = ("1 High Street", "2 Low Road", "3 Mill Lane", "4 Orchard Row", "5 Quay", "6 Hill Rise")
_WORDS = ("rye", "it's", "Łódź", "tea; two sugars", "100 %", "a, b", "x" * 300, '"quoted"', "NULL")
_CIRCLES = ("inner", "close", "friend", "wide", "none")
_FEASTS = ("christmas", "newyear", "season", "easter")
_TRIAGE_KEYS = ("i", "c", "f", "w", "n", "l")
_DESK_KEYS = ("w enter", "w h i enter", "s", "b", "u", "n o k enter")

Words = tuple[str, ...]


@dataclass
class Hands:
    """A user who does what comes to mind; `serial` makes each name and word another one."""

    run: Runner
    folder: Path
    chance: random.Random
    serial: int = 0
    cards: dict[str, str] = field(default_factory=dict)  # by UID, as they were last imported

    def rows(self, question: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.run.store)) as db:
            return db.execute(question, values).fetchall()

    def drawn(self, question: str, *values: object) -> str:
        """Return a value of one row by chance, "" where there is none."""
        found = self.rows(question, *values)
        return str(self.chance.choice(found)[0]) if found else ""

    def some(self, question: str, most: int = 3) -> Words:
        """Return the values of one row or a few."""
        found = [str(row[0]) for row in self.rows(question)]
        return tuple(self.chance.sample(found, min(len(found), self.chance.randint(1, most))))

    def next(self) -> int:
        self.serial += 1
        return self.serial

    def contact(self) -> str:
        return self.drawn("SELECT uid FROM contact WHERE archived_on IS NULL")

    def home(self) -> str:
        return self.drawn("SELECT 'h' || household_id FROM membership")

    def season(self) -> str:
        return self.drawn("SELECT name FROM season WHERE closed_on IS NULL")

    def word(self) -> str:
        return f"{self.chance.choice(_WORDS)} {self.next()}"

    def day(self) -> str:
        return f"202{self.chance.randint(4, 5)}-0{self.chance.randint(1, 9)}-1{self.chance.randint(0, 9)}"

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return str(path)

    def recipient(self, which: str = "1") -> Words | None:
        """Return a household of an open season for which a condition holds, and the option that names the season."""
        found = self.rows(
            f"""SELECT household_id, season.name FROM recipient JOIN season ON season.id = season_id
                WHERE closed_on IS NULL AND {which}"""
        )
        if not found:
            return None
        home, season = self.chance.choice(found)
        return f"h{home}", "--season", str(season)

    def reminder(self) -> str:
        found = json.loads(self.run.done("upcoming", "--days", "200", "--json").out)["reminders"]
        return str(self.chance.choice(found)["id"]) if found else ""


def _new_card(hands: Hands) -> str:
    number = hands.next()
    name = f"{hands.chance.choice(_GIVEN)} {hands.chance.choice(_FAMILY)}"
    lines = [
        f"BDAY:19{number % 100:02}-0{1 + number % 9}-1{number % 10}",
        "CATEGORIES:choir,walk",
        "NOTE:met",
    ]
    uid = f"walk-{number}"
    hands.cards[uid] = card(
        name,
        *lines[: hands.chance.randint(0, 3)],
        uid=uid,
        street=hands.chance.choice((*_STREETS, "")),
    )
    return hands.cards[uid]


def _import_new(hands: Hands) -> Words:
    text = "".join(_new_card(hands) for _ in range(hands.chance.randint(1, 3)))
    return "import", hands.file("new.vcf", text)


def _import_again(hands: Hands) -> Words | None:
    known = [uid for uid in hands.cards if hands.rows("SELECT 1 FROM contact WHERE uid = ?", uid)]
    if not known:
        return None
    uid = hands.chance.choice(known)
    line = f"TEL:0113 496 {hands.next():04}\r\nNOTE:{hands.word()}\r\n"
    hands.cards[uid] = hands.cards[uid].replace("END:VCARD", f"{line}END:VCARD")
    return "import", hands.file("again.vcf", hands.cards[uid])


def _import_group(hands: Hands) -> Words:
    members = "".join(f"MEMBER:{uid}\r\n" for uid in hands.some("SELECT uid FROM contact"))
    return "import", hands.file(
        "group.vcf",
        f"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nUID:group-{hands.next()}\r\nFN:Choir {hands.serial}\r\n"
        f"{members}END:VCARD\r\n",
    )


def _import_kept(hands: Hands) -> Words:
    return "import", hands.file(
        "odd.vcf", f"BEGIN:VCARD\r\nVERSION:3.0\r\nX-ODD:{hands.next()}\r\nEND:VCARD\r\n"
    )


def _import_csv(hands: Hands) -> Words:
    return "import", hands.file(
        "list.csv", f"First Name,Last Name,E-mail\nIda,Moor {hands.next()},ida{hands.serial}@example.org\n"
    )


def _add(hands: Hands) -> Words:
    name = f"{hands.chance.choice(_GIVEN)} Newcomer{hands.next()}"
    return "add", name, "--town", "Leeds", "--street", hands.chance.choice(_STREETS), "--country", "GB"


def _edit(hands: Hands) -> Words:
    uid = hands.contact()
    page = hands.run.done("edit", uid, "--page").out
    number = hands.next()
    old, new = hands.chance.choice(
        (
            ('\ntitle = "', f'\ntitle = "Dr{number} '),
            ("\ntags = [", f'\ntags = ["edit{number}", '),
            ("\nnicknames = [", f'\nnicknames = ["Nick{number}", '),
            ("# [[email]]\n", f'[[email]]\nemail = "e{number}@example.org"\n'),
            ("\n[[address]]\n", f'\n[[phone]]\nnumber = "01632 {number:06}"\n\n[[address]]\n'),
        )
    )
    return "edit", uid, "--from", hands.file("page.toml", page.replace(old, new, 1))


def _untag(hands: Hands) -> Words | None:
    found = hands.rows("SELECT tag.name, uid FROM tag JOIN contact ON contact.id = contact_id")
    if not found:
        return None
    tag, uid = hands.chance.choice(found)
    return "tag", str(tag), str(uid), "--remove"


def _forget_fact(hands: Hands) -> Words | None:
    found = hands.rows("SELECT uid, key FROM fact JOIN contact ON contact.id = contact_id")
    return ("fact", *map(str, hands.chance.choice(found))) if found else None


def _relation(hands: Hands) -> Words:
    kind = hands.chance.choice(("mother", "godchild", "neighbour of", "tailor"))
    return "relation", hands.contact(), kind, hands.contact()


def _unrelate(hands: Hands) -> Words | None:
    found = hands.rows(
        """SELECT other.uid, relation.kind, one.uid FROM relation JOIN contact AS one ON one.id = contact_id
           JOIN contact AS other ON other.id = other_id"""
    )
    return ("relation", *map(str, hands.chance.choice(found)), "--remove") if found else None


def _address(hands: Hands, command: str, which: str) -> Words | None:
    """Return a command about an address for which a condition holds, by its number on the page."""
    uid = hands.drawn(
        f"""SELECT uid FROM contact JOIN address ON contact.id = contact_id
            WHERE archived_on IS NULL AND {which} GROUP BY uid"""
    )
    if not uid:
        return None
    listed = json.loads(hands.run.done("address", "list", uid, "--json").out)["addresses"]
    number = hands.chance.randint(1, len(listed))
    return "address", command, uid, str(number)


def _wedding(hands: Hands) -> Words | None:
    pair = hands.some("SELECT uid FROM contact WHERE kind = 'individual'", 2)
    return ("rite", "wedding", *pair, "--at", pair[0]) if len(pair) == 2 else None


def _parting(hands: Hands) -> Words | None:
    home = hands.drawn("SELECT household_id FROM membership GROUP BY household_id HAVING count(*) >= 2")
    members = [str(row[0]) for row in hands.rows(_MEMBERS, home)]
    if len(members) < 2:
        return None
    pair = hands.chance.sample(members, 2)
    return "rite", "parting", *pair, "--stays", pair[0], "--children", pair[0]


_MEMBERS = "SELECT uid FROM contact JOIN membership ON contact.id = contact_id WHERE household_id = ?"


def _leaves_home(hands: Hands) -> Words | None:
    uid = hands.drawn(
        """SELECT uid FROM contact JOIN membership ON contact.id = contact_id WHERE household_id IN
           (SELECT household_id FROM membership GROUP BY 1 HAVING count(*) >= 2)"""
    )
    return (
        ("rite", "leaves-home", uid, "--street", f"{hands.next()} Free Street", "--town", "York")
        if uid
        else None
    )


def _start(hands: Hands) -> Words:
    return "season", "start", hands.chance.choice(_FEASTS), "--year", str(hands.chance.randint(2026, 2040))


def _season_add(hands: Hands) -> Words | None:
    season = hands.season()
    return ("season", "add", hands.home(), "--season", season) if season else None


def _close(hands: Hands) -> Words | None:
    many = hands.rows("SELECT name FROM season WHERE closed_on IS NULL")
    return ("season", "close", "--season", str(hands.chance.choice(many)[0])) if len(many) > 1 else None


def _of_recipient(hands: Hands, *words: str, which: str = "1", more: Words = ()) -> Words | None:
    whom = hands.recipient(which)
    return (*words, *whom, *more) if whom else None


def _draft_edit(hands: Hands) -> Words | None:
    script = hands.folder / "editor.sh"
    script.write_text(f"#!/bin/sh\nsed -i '1s/.*/Frost and light {hands.next()}/' \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    hands.run.monkeypatch.setenv("EDITOR", str(script))
    return _of_recipient(hands, "draft", "edit")


def _print(hands: Hands, what: str, *more: str) -> Words | None:
    return _of_recipient(hands, "print", what, more=("-o", str(hands.folder / f"{what}.pdf"), *more))


def _stock_add(hands: Hands) -> Words:
    return "stock", "add", f"Jars {hands.next()}", "--page", "A4", "--label", "63.5x38.1", "--grid", "3x7"


def _of_name(hands: Hands, question: str, *words: str, more: Words = ()) -> Words | None:
    name = hands.drawn(question)
    return (*words, name, *more) if name else None


def _drift(hands: Hands) -> Words | None:
    asked = json.loads(hands.run.done("drift", "--json").out)["drift"]
    return ("drift", hands.chance.choice(asked)["uid"], "--as-it-should-be") if asked else None


def _merge(hands: Hands) -> Words | None:
    pair = hands.some("SELECT uid FROM contact WHERE kind = 'individual'", 2)
    return ("merge", *pair, "--take", "first") if len(pair) == 2 else None


def _not_same(hands: Hands) -> Words | None:
    pair = hands.some("SELECT uid FROM contact", 2)
    return ("duplicates", *pair, "--not-same") if len(pair) == 2 else None


def _triage(hands: Hands) -> Words | None:
    """Let the pages of triage be answered by keys instead of a person."""
    if not hands.drawn("SELECT uid FROM contact WHERE id NOT IN (SELECT contact_id FROM circle)"):
        return None
    keys = [*hands.chance.choices(_TRIAGE_KEYS, k=hands.chance.randint(2, 4)), "q"]
    sit_down(hands.run.monkeypatch, TriageApp, keys)
    return ("triage",)


def _desk(hands: Hands) -> Words | None:
    """Let cards be written at the desk by keys instead of a person."""
    season = hands.season()
    if not season:
        return None
    deeds = hands.chance.choices(_DESK_KEYS, k=hands.chance.randint(2, 4))
    sit_down(hands.run.monkeypatch, DeskApp, [*" ".join(deeds).split(), "escape"])
    return ("desk", "--season", season)


def sit_down(patch: pytest.MonkeyPatch, app: type[PageApp], keys: Sequence[str]) -> None:
    """Let a full-screen page be answered by keys, as on a terminal of 80x24."""

    def sat(page: PageApp) -> None:
        async def press() -> None:
            async with page.run_test(size=(80, 24)) as pilot:
                await pilot.press(*keys)

        asyncio.run(press())

    terminal = SimpleNamespace(isatty=lambda: True)
    patch.setattr("relcard.cli.full_screen.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    patch.setattr(app, "keep_to_the_end", sat)


def _reminded(hands: Hands, command: str) -> Words | None:
    reminder = hands.reminder()
    return (command, reminder) if reminder else None


_NO_CIRCLE = "SELECT uid FROM contact WHERE id NOT IN (SELECT contact_id FROM circle)"
_STATES = "recipient.state IN ('printed', 'drafted', 'planned')"

KINDS: dict[str, Callable[[Hands], Words | None]] = {
    "import new": _import_new,
    "import again": _import_again,
    "import group": _import_group,
    "import kept": _import_kept,
    "import csv": _import_csv,
    "import retry": lambda _: ("import", "--retry"),
    "add": _add,
    "edit": _edit,
    "circle": lambda hands: ("circle", hands.chance.choice(_CIRCLES), hands.contact()),
    "circle in bulk": lambda hands: _of_name(
        hands,
        "SELECT name FROM tag",
        "circle",
        hands.chance.choice(_CIRCLES),
        "--tag",
        more=("--no-circle",),
    ),
    "tag": lambda hands: ("tag", f"tag {hands.next()}", *hands.some("SELECT uid FROM contact")),
    "tag in bulk": lambda hands: ("tag", f"bulk {hands.next()}", "--country", "GB"),
    "tag remove": _untag,
    "segment save": lambda hands: (
        "segment",
        "save",
        f"seg{hands.next() % 9}",
        "--tag",
        f"choir {hands.serial}",
    ),
    "segment cadence": lambda hands: _of_name(
        hands, "SELECT name FROM segment", "segment", "cadence", more=(str(10 + hands.next()),)
    ),
    "segment drop": lambda hands: _of_name(hands, "SELECT name FROM segment", "segment", "drop"),
    "note": lambda hands: ("note", hands.contact(), hands.word()),
    "note in free words": lambda hands: ("note", f"Aunt Wren: {hands.word()}"),
    "fact": lambda hands: ("fact", hands.contact(), hands.chance.choice(("bread", "shoe")), hands.word()),
    "fact forgotten": _forget_fact,
    "log": lambda hands: ("log", hands.contact(), "visit", "--on", hands.day(), "--text", hands.word()),
    "relation": _relation,
    "relation remove": _unrelate,
    "address add": lambda hands: (
        "address",
        "add",
        hands.contact(),
        *("--street", f"{hands.next()} New Road", "--town", "Leeds", "--country", "GB"),
    ),
    "address confirm": lambda hands: _address(
        hands, "confirm", "retired_on IS NULL AND confirmed_on IS NULL"
    ),
    "address retire": lambda hands: _address(hands, "retire", "retired_on IS NULL"),
    "address restore": lambda hands: _address(hands, "restore", "retired_on IS NOT NULL"),
    "rite birth": lambda hands: (
        "rite",
        "birth",
        hands.contact(),
        "--name",
        f"Bee{hands.next()}",
        "--on",
        hands.day(),
    ),
    "rite death": lambda hands: ("rite", "death", hands.contact(), "--on", hands.day(), "--drop-name"),
    "rite leaves-home": _leaves_home,
    "rite move": lambda hands: (
        *("rite", "move", hands.home(), "--street", f"{hands.next()} Far Road", "--town", "York"),
        *("--country", "GB", "--everybody"),
    ),
    "rite wedding": _wedding,
    "rite parting": _parting,
    "household join": lambda hands: ("household", "join", *hands.some("SELECT uid FROM contact")),
    "household split": lambda hands: ("household", "split", hands.contact()),
    "household role": lambda hands: (
        *("household", "role", hands.contact()),
        hands.chance.choice(("organiser", "adult", "child", "pet")),
    ),
    "household set": lambda hands: (
        "household",
        "set",
        hands.home(),
        "--addressee",
        f"The house {hands.next()}",
    ),
    "household cheer": lambda hands: _of_name(
        hands,
        "SELECT 'h' || id FROM household WHERE careful_until IS NOT NULL",
        *("household", "set"),
        more=("--cheer", hands.chance.choice(("yes", "no"))),
    ),
    "season start": _start,
    "season add": _season_add,
    "season drop": lambda hands: _of_recipient(hands, "season", "drop"),
    "season close": _close,
    "stamps bought": lambda hands: _of_name(
        hands,
        "SELECT name FROM season WHERE closed_on IS NULL",
        *("stamps", "--season"),
        more=("--bought", "3"),
    ),
    "draft edit": _draft_edit,
    "written": lambda hands: _of_recipient(hands, "written", which=_STATES, more=("--line", hands.word())),
    "posted": lambda hands: _of_recipient(hands, "posted", which=f"{_STATES} OR recipient.state = 'written'"),
    "received": lambda hands: _of_recipient(hands, "received", more=("--line", hands.word())),
    "received with an address": lambda hands: _of_recipient(
        hands, "received", more=("--address", f"{hands.next()} High Street, Leeds LS1 4DY")
    ),
    "returned": lambda hands: _of_recipient(hands, "returned", which="recipient.state = 'posted'"),
    "written taken back": lambda hands: _of_recipient(
        hands, "written", which="recipient.state = 'written'", more=("--take-back",)
    ),
    "posted taken back": lambda hands: _of_recipient(
        hands, "posted", which="recipient.state = 'posted'", more=("--take-back",)
    ),
    "received taken back": lambda hands: _of_recipient(
        hands, "received", which="received_on IS NOT NULL", more=("--take-back",)
    ),
    "returned taken back": lambda hands: _of_recipient(
        hands, "returned", which="recipient.state = 'returned'", more=("--take-back",)
    ),
    "print labels": lambda hands: _print(hands, "labels", "--address-mode", "label"),
    "print cards": lambda hands: _print(hands, "cards"),
    "print envelopes": lambda hands: _print(hands, "envelopes", "--address-mode", "label"),
    "stock add": _stock_add,
    "stock remove": lambda hands: _of_name(hands, "SELECT name FROM stock", "stock", "remove"),
    "sheet add": lambda hands: ("sheet", "add", "L7160", "--used", f"1-{hands.chance.randint(1, 20)}"),
    "sheet drop": lambda hands: _of_name(hands, "SELECT id FROM sheet", "sheet", "drop"),
    "printer set": lambda hands: ("printer", "set", f"P{hands.next() % 3}", "--dx", f"{hands.serial % 7}.5"),
    "printer remove": lambda hands: _of_name(hands, "SELECT name FROM printer", "printer", "remove"),
    "done": lambda hands: _reminded(hands, "done"),
    "snooze": lambda hands: _reminded(hands, "snooze"),
    "drift answered": _drift,
    "drift at rest": lambda hands: ("drift", hands.contact(), "--rest", str(5 + hands.next())),
    "merge": _merge,
    "archive": lambda hands: ("archive", hands.contact()),
    "delete": lambda hands: ("delete", hands.drawn("SELECT uid FROM contact"), "--yes"),
    "archive taken back": lambda hands: _of_name(
        hands, "SELECT uid FROM contact WHERE archived_on IS NOT NULL", "archive", "--take-back"
    ),
    "duplicates not same": _not_same,
    "triage": _triage,
    "desk": _desk,
}

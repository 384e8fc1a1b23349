from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies

from relcard.cli import output

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

# Control characters, C1 ones among them, and what turns the order of letters about.
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

EVIL = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:eve\r\nFN:Eve \x1b[31mRed\x1b]0;pwned\x07 \xc2\x9b5mBlink\r\n"
    b"N:Red\x1b[31m;Eve;;;\r\nNICKNAME:E\x1b[1mvie\r\nORG:Evil\x1b[2J Ltd\r\n"
    b"ADR:;;1 Bad\x1b[2J Street;Leeds\x1b[H;;LS1 1AA;United Kingdom\r\nNOTE:no\x1b[5mte \xe2\x80\xae evig\r\n"
    b"CATEGORIES:t\x1b[7mag\r\nTEL:07700\x1b[1m900111\r\nEMAIL:eve\x1b[0m@example.org\r\nBDAY:sp\x1b[31mring\r\n"
    b"RELATED;TYPE=spouse;VALUE=text:Bob\x1b[31m\r\nX-EVIL:\x1b[0m\r\nEND:VCARD\r\n"
)


@given(strategies.text())
def test_clean_text_cannot_steer_a_terminal(text: str) -> None:
    """Whatever a text holds, what is printed of it holds no control character but the end of a line."""
    assert not _STEERING.search(output.clean(text))


@given(strategies.text(), strategies.integers(min_value=2, max_value=40))
def test_cut_text_fits_its_columns(text: str, columns: int) -> None:
    """A cut text is never wider than the column it was cut for."""
    assert output.width(output.cut(output.clean(text).replace("\n", " "), columns)) <= columns


_ASSIGNED = strategies.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
_NAMES = (
    "Łucja Wałęsa|Ελένη Παπαδοπούλου|Дмитрий Ёлкин|محمد عبد الله|مُحَمَّد|שָׁלוֹם כהן|राजेश कुमार|श्री लक्ष्मी|রবীন্দ্রনাথ ঠাকুর|"
    "தமிழ் செல்வன்|తెలుగు శ్రీ|മലയാളം|සිංහල|สมชาย ใจดี|မြန်မာ|ភាសាខ្មែរ|ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ|བོད་ཡིག|김철수|\u1100\u1161\u11a8|山田太郎|"
    "ｶﾞｷﾞ|Nguye\u0302\u0303n|አማርኛ|ქართული|Հայերեն|ᏣᎳᎩ|Ａｎｎａ|Ann … – “x”|Ann 🎂|👨‍👩‍👧‍👦|❤️|🇩🇪|👍🏽|1️⃣|☎ ✓ €"
)


@given(strategies.text(_ASSIGNED))
def test_a_text_is_as_wide_as_the_table_of_widths_says(text: str) -> None:
    """Widths worked out from the standard library are those of wcwidth, letter by letter and together."""
    assert output.width(text) == wcwidth.wcswidth(text)


@pytest.mark.parametrize("name", _NAMES.split("|"))
def test_names_in_many_scripts_are_as_wide_as_the_table_of_widths_says(name: str) -> None:
    """Accents take no column, ideographs two; joined letters and emoji what the library makes of them."""
    assert output.width(name) == wcwidth.wcswidth(name)


def test_a_plain_name_loads_no_table_of_widths() -> None:
    """The library of widths takes longer to load than most commands run: only joined letters ask for it."""
    program = (
        "import sys; from relcard.cli import output; loaded = lambda: 'wcwidth' in sys.modules;"
        "output.width('Дмитрий … 山田 مُحَمَّد'); print(loaded()); output.width('कुमार'); print(loaded())"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    "words",
    [
        ("import", "evil.vcf", "--dry-run"),
        ("import", "--report"),
        ("circle", "close", "eve"),
        ("list",),
        ("show", "eve"),
        ("household", "list"),
        ("household", "set", "eve", "--salutation", "Dear \x1b[31mEve,"),
        ("tag", "x\x1b[3m", "eve"),
        ("note", "eve", "no\x1b[31mte"),
        ("fact", "eve", "k\x1b[31m", "v\x1b[31m"),
        ("log", "eve", "call", "--text", "\x1b[31mred"),
        ("season", "start", "newyear"),
        ("season", "list"),
        ("season", "drop", "eve"),
        ("draft", "eve"),
        ("preflight",),
        ("print", "labels", "--address-mode", "label"),
        ("print", "labels"),
        ("print", "cards"),
        ("print", "crib"),
        ("written", "eve"),
        ("today",),
        ("upcoming", "--days", "366"),
        ("show", "zz\x1b[31m"),
        ("circle", "b\x1b[31mest", "eve"),
        ("print", "labels", "-o", "no\x1b[31mwhere/x.pdf", "--all"),
        ("import", "no\x1b[31mwhere.vcf"),
        ("fr\x1b[31mob",),
        ("list", "--fr\x1b[31mob"),
        ("history",),
        ("undo",),
    ],
    ids=lambda words: " ".join(words).encode("unicode_escape").decode(),
)
def test_escape_sequences_of_a_card_never_reach_the_terminal(
    run: Runner, here: Path, words: tuple[str, ...]
) -> None:
    """A name, note or argument with escape sequences in it is shown without steering the terminal."""
    (here / "evil.vcf").write_bytes(EVIL)
    assert run("import", "evil.vcf").code in (0, 5)
    run.done("circle", "friend", "eve")
    run.done("household", "set", "eve", "--addressee", "Eve \x1b[31mRed")
    run.done("note", "eve", "\x1b[31mred note")
    run.done("season", "start", "christmas")
    result = run(*words)
    assert result.code != 1, result.err
    for said in (result.out, result.err):
        assert not _STEERING.search(said), said


def test_escape_sequences_stay_escaped_in_json(run: Runner, here: Path) -> None:
    """What a script reads is escaped as JSON escapes it."""
    (here / "evil.vcf").write_bytes(EVIL)
    run("import", "evil.vcf")
    run.done("note", "eve", "red \x1b[31mnote")
    result = run("show", "eve", "--json")
    assert "\x1b" not in result.out
    assert result.json["contact"]["notes"][0]["text"] == "red \x1b[31mnote"


def test_no_color_where_it_is_not_wanted(season: Runner) -> None:
    """A pipe, --no-color and NO_COLOR get plain text; a terminal gets a little colour."""
    import os
    import pty
    import subprocess
    import sys

    assert "\x1b" not in season("season", "list").out

    def on_a_terminal(*options: str, **env: str) -> str:
        leader, follower = pty.openpty()
        words = ["--store", str(season.store), "--today", "2026-11-20", *options, "season", "list"]
        try:
            subprocess.run(
                [sys.executable, "-m", "relcard", *words],
                check=True,
                stdout=follower,
                env={**os.environ, "TERM": "xterm", **env},
            )
            return os.read(leader, 65536).decode()
        finally:
            os.close(follower)
            os.close(leader)

    assert "\x1b[" in on_a_terminal()
    assert "\x1b[" not in on_a_terminal("--no-color")
    assert "\x1b[" not in on_a_terminal(NO_COLOR="1")


def test_plurals() -> None:
    """One card, two cards; one entry, two entries."""
    assert output.plural(1, "card") == "1 card"
    assert output.plural(0, "card") == "0 cards"
    assert output.plural(2, "entry", "entries") == "2 entries"


def test_a_table_leaves_out_what_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A column in which no row says anything takes no room."""
    output.table(("name", "circle", "place"), [("Ann", "", "Leeds"), ("Ben", "", "")])
    assert capsys.readouterr().out == "  NAME  PLACE\n  Ann   Leeds\n  Ben\n"
    output.table(("name",), [])
    assert capsys.readouterr().out == ""


def test_a_table_counts_columns_not_characters(capsys: pytest.CaptureFixture[str]) -> None:
    """A Japanese name takes two columns a character, so that the next column still stands under its head."""
    output.table(("name", "place"), [("佐藤 健", "Tokyo"), ("Ann", "Leeds")])
    lines = capsys.readouterr().out.splitlines()
    assert (
        len(
            {
                output.width(line.split(place)[0])
                for line, place in zip(lines[1:], ("Tokyo", "Leeds"), strict=True)
            }
        )
        == 1
    )

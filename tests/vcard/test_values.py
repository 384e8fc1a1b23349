from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.vcard import values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("19850412", PartialDate(1985, 4, 12)),
        ("1985-04-12", PartialDate(1985, 4, 12)),
        ("1985-4-2", PartialDate(1985, 4, 2)),
        ("1985/04/02", PartialDate(1985, 4, 2)),
        ("1985-04-12T00:00:00Z", PartialDate(1985, 4, 12)),
        ("19850412T083000-0600", PartialDate(1985, 4, 12)),
        ("1985-04-12 00:00:00", PartialDate(1985, 4, 12)),
        (" 1985-04-12 ", PartialDate(1985, 4, 12)),
        ("--0415", PartialDate(None, 4, 15)),
        ("--04-15", PartialDate(None, 4, 15)),
        ("1604-04-15", PartialDate(None, 4, 15)),
        ("16040229", PartialDate(None, 2, 29)),
        ("0000-04-15", PartialDate(None, 4, 15)),
        ("1985-04", PartialDate(1985, 4)),
        ("1985", PartialDate(1985)),
        ("--04", PartialDate(None, 4)),
        ("---12", PartialDate(None, None, 12)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        ("--0229", PartialDate(None, 2, 29)),
        ("2023-02-29", None),
        ("spring", None),
        ("circa 1800", None),
        ("0000", None),
        ("1604", None),
        ("19723101", None),
        ("206-12-15", None),
        ("70-7-14", None),
        ("12/04/1985", None),
        ("٢٠٠١-٠١-٠١", None),
        ("²⁰⁰¹-01-01", None),
        ("1985-+4-12", None),
        ("-----", None),
        ("", None),
    ],
)
def test_dates(text: str, date: PartialDate | None) -> None:
    """Each form that programs write is read as the date it means, and nothing else as a date."""
    assert values.read_date(text) == date


def test_the_omitted_year_is_not_a_year() -> None:
    """X-APPLE-OMIT-YEAR names the year that was put in to fill the place."""
    assert values.read_date("1900-07-01", "1900") == PartialDate(None, 7, 1)
    assert values.read_date("1901-07-01", "1900") == PartialDate(1901, 7, 1)


@given(st.text(max_size=14))
def test_no_text_breaks_the_date_reader(text: str) -> None:
    """Any text is a date or none, and a date read back from what it says is the same."""
    date = values.read_date(text)
    assert date is None or PartialDate.parse(str(date)) == date


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"a\, b\; c\: d", "a, b; c: d"),
        (r"a\nb\Nc", "a\nb\nc"),
        (r"C:\\new", r"C:\new"),
        ("C:\\dir\\", "C:\\dir\\"),
        (r"a\\\, b", r"a\, b"),
        (r"\x stays", r"\x stays"),
    ],
)
def test_escapes_are_undone_once(text: str, plain: str) -> None:
    """Each escape is undone once, from left to right; an unknown one stays."""
    assert values.unescape(text) == plain


@given(st.text())
def test_unescape_undoes_escape(text: str) -> None:
    """What is escaped by the rule comes back."""
    escaped = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
    assert values.unescape(escaped) == text
    assert values.split_escaped(escaped, ";") == [escaped]


def test_split_sees_escapes() -> None:
    """An escaped separator does not separate; a separator behind an escaped backslash does."""
    assert values.split_escaped(r"a\;b;c\\;d", ";") == [r"a\;b", r"c\\", "d"]


def test_control_characters_go() -> None:
    """Escape sequences, NUL, C1 and bidirectional overrides leave a name; new lines become blanks."""
    assert values.one_line("A\x1b]52;x\x07 \x00B\x9b1\u202eC\u2066\\nD\tE\u2028F") == "A]52;x B1C D E F"
    assert values.many_lines("a\x00\r\nb\tc\rd\x85e\u202e") == "a\nb\tc\nd\ne"
    assert values.one_line("Zo\u00eb \u200dZ\u00a0x") == "Zo\u00eb \u200dZ\u00a0x"


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    """Whatever a value holds, a one-line value has no control character and no override."""
    line = values.one_line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in line)


@pytest.mark.parametrize(
    ("data", "charset", "others", "text"),
    [
        ("Žižka".encode("iso8859-2"), "ISO-8859-2", [], "Žižka"),
        ("Žižka".encode(), "Murks", [], "Žižka"),
        ("安藤".encode("shift_jis"), "Shift_JIS", [], "安藤"),
        ("naïve".encode("cp1252"), "", [], "naïve"),
        ("“so”".encode("cp1252"), "ISO-8859-1", [], "“so”"),
        ("“so”".encode("cp1252"), "us-ascii", [], "“so”"),
        ("ж".encode("cp1251") * 3, "", ["windows-1251"], "жжж"),
        ("жёлтый".encode()[:-1], "", [], "жёлты\ufffd"),
        (b"+AGEAZA-", "utf-7", [], "+AGEAZA-"),
        (b"abc", "rot13", [], "abc"),
        (b"abc", "a\x00b", [], "abc"),
        (b"x\x81y", "", [], "x\ufffdy"),
    ],
)
def test_each_line_finds_its_character_set(data: bytes, charset: str, others: list[str], text: str) -> None:
    """The stated set when it works, then UTF-8, then the card's others, then Windows-1252."""
    assert values.decode(data, charset, others)[0] == text

from __future__ import annotations

import pytest

from relcard.vcard.parameters import Encoding
from relcard.vcard.parameters import find_colon
from relcard.vcard.parameters import read_head


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"FN:a:b", b"a:b"),
        (b'ADR;LABEL="a:b;c":x', b"x"),
        (b'X;P="say \\"hi:\\"":x', b"x"),
        (b'TEL;X="open:1', b"1"),
        (b'X;P="C:\\\\":x', b"x"),
        (b"none", None),
    ],
)
def test_the_head_ends_at_the_first_colon_outside_quotes(line: bytes, value: bytes | None) -> None:
    """A quoted colon belongs to a parameter; when quotes do not balance the first colon counts."""
    colon = find_colon(line)
    assert (line[colon + 1 :] if colon >= 0 else None) == value


def test_types_come_in_three_styles() -> None:
    """Bare 2.1 words, lists and quoted lists are all types, in lower case, each once, without pref."""
    for text in (
        "TEL;HOME;VOICE;PREF",
        "TEL;TYPE=HOME,VOICE,PREF",
        'TEL;TYPE="home,voice";type=pref',
        "tel;TYPE=home;TYPE=voice;PREF=1;TYPE=HOME",
    ):
        head = read_head(text)
        assert (head.name, head.types, head.preferred) == ("TEL", ("home", "voice"), True)


def test_a_folded_head_waits_for_its_quote() -> None:
    """A colon in quotes does not end a line of which more may come, even where the quotes are still open."""
    assert find_colon(b'ADR;LABEL="a:b', whole=False) == -1
    assert find_colon(b'ADR;LABEL="a:b') == 12


def test_groups_and_vendor_names() -> None:
    """The group is read blind to case; a vendor's name gives the standard one, and stays known."""
    head = read_head("Item1.X_Evolution-Anniversary;VALUE=date")
    assert (head.group, head.name, head.written) == ("item1", "ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY")
    assert read_head("a.b.TEL").group == "a.b"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("NOTE;QUOTED-PRINTABLE", Encoding.QUOTED),
        ("NOTE;ENCODING=quoted-printable", Encoding.QUOTED),
        ("PHOTO;BASE64;JPEG", Encoding.BASE64),
        ("PHOTO;ENCODING=b;TYPE=JPEG", Encoding.BASE64),
        ("NOTE;ENCODING=8BIT", Encoding.NONE),
        ("NOTE;ENCODING=7bit;CHARSET=x", Encoding.NONE),
    ],
)
def test_encodings(text: str, encoding: Encoding) -> None:
    """Encodings are compared blind to case; 7BIT and 8BIT are none."""
    assert read_head(text).encoding is encoding


def test_circumflex_escapes() -> None:
    """RFC 6868: ^n, ^' and ^^ stand for a new line, a quote and a circumflex."""
    assert read_head('ADR;LABEL="a^nb^\'c^^n"').params == {"LABEL": 'a\nb"c^n'}


@pytest.mark.parametrize("text", ["", "Call him at 10", "a b;c", "näh", ";TYPE=x", "."])
def test_prose_is_no_head(text: str) -> None:
    """Words before a colon are not a property unless they could be a name."""
    assert read_head(text).name == ""


def test_any_number_of_heads_is_remembered_within_bounds() -> None:
    """A hostile file with a new head on each line does not fill the memory."""
    from relcard.vcard import parameters

    for number in range(parameters._MEMO_SIZE + 100):
        read_head(f"X-{number}")
    assert len(parameters._memo) <= parameters._MEMO_SIZE

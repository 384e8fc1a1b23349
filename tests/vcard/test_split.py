from __future__ import annotations

import io
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.vcard import split
from relcard.vcard.split import split_cards
from relcard.vcard.unfold import logical_lines

if TYPE_CHECKING:
    from relcard.errors import Problem
    from relcard.vcard.split import RawCard

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "tests" / "data" / "vcards").glob("*/*.vcf"))
GOOD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Good One\r\nEND:VCARD\r\n"
ALSO = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Good Two\r\nEND:VCARD\r\n"


def split_text(data: bytes) -> tuple[list[RawCard], list[str]]:
    problems: list[Problem] = []
    cards = list(split_cards(io.BytesIO(data), source="f.vcf", problems=problems))
    return cards, [str(problem) for problem in problems]


def check_places(data: bytes, cards: list[RawCard]) -> list[bytes]:
    """Check that cards and the gaps between them are the file, and that line numbers are right."""
    gaps = []
    place = 0
    for number, card in enumerate(cards):
        at = data.find(card.raw, place)
        assert at >= 0
        assert card.ordinal == number
        assert card.line == 1 + len(re.findall(rb"\r{0,2}\n|\r", data[:at]))
        gaps.append(data[place:at])
        place = at + len(card.raw)
    return [*gaps, data[place:]]


@pytest.mark.parametrize("path", [ROOT / "sample_contacts.vcf", *FIXTURES], ids=lambda path: path.stem)
def test_split_keeps_every_byte(path: Path) -> None:
    """The raw cards and the blank or wrapping text between them are the file."""
    data = path.read_bytes()
    if data.startswith(b"\xff\xfe"):
        data = data.decode("utf-16").encode("utf-8")
    cards, problems = split_text(path.read_bytes())
    assert cards
    assert problems == []
    for gap in check_places(data, cards):
        assert gap.strip() in {b"", b"BEGIN:VADDRESSBOOK", b"END:VADDRESSBOOK"}


def test_a_line_that_ends_something_else_ends_no_card() -> None:
    """END:VEVENT in a card is a line like any other, also where all cards stand one behind the other."""
    data = b"BEGIN:VCARD\r\nFN:a\r\nEND:VEVENT\r\nEND:VCARD\r\n" * 3
    cards, problems = split_text(data)
    assert problems == []
    assert len(cards) == 3
    assert b"".join(check_places(data, cards)) == b""


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_every_line_end_is_understood(end: bytes) -> None:
    """CRLF, LF, CR and the CRCRLF of some phones all end a line, and are one line each."""
    data = (GOOD + ALSO).replace(b"\r\n", end)
    cards, problems = split_text(data)
    assert [card.raw for card in cards] == [GOOD.replace(b"\r\n", end), ALSO.replace(b"\r\n", end)]
    assert [card.line for card in cards] == [1, 5]
    assert problems == []


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", ""),
        ("utf-8", "\ufeff"),
        ("utf-16-le", "\ufeff"),
        ("utf-16-be", "\ufeff"),
        ("utf-16-le", ""),
        ("utf-16-be", ""),
        ("utf-32-le", "\ufeff"),
    ],
)
def test_marks_and_wide_characters_are_recognised(encoding: str, mark: str) -> None:
    """A byte order mark is no part of a card, and two-byte files come out as UTF-8."""
    text = mark + "BEGIN:VCARD\r\nFN:Δάφνη\r\nEND:VCARD\r\n"
    cards, problems = split_text(text.encode(encoding))
    assert [card.raw.decode() for card in cards] == [text.removeprefix("\ufeff")]
    assert problems == []


@pytest.mark.parametrize(
    ("middle", "raws"),
    [
        (b"BEGIN:VCARD\r\nFN:No End\r\n", 3),
        (b"BEGIN VCARD\r\nFN:No Begin\r\nEND:VCARD\r\n", 3),
        (b"BEGIN:VCARD\r\n\xff\xfe\x00;:\r\nEND:VCARD\r\n", 3),
        (b"BEGIN:VCARD\r\nNOTE;ENCODING=QUOTED-PRINTABLE:cut=\r\nEND:VCARD\r\n", 3),
        (b"BEGIN:VCARD\r\nPHOTO;ENCODING=b:!!!\r\nEND:VCARD\r\n", 3),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", 3),
        (b'BEGIN:VCARD\r\nTEL;X="a:1\r\nEND:VCARD\r\n', 3),
        (b"end : vcard\r\nbegin:vcard \r\nFN:x\r\nitem1.End:vCard\r\n", 3),
    ],
)
def test_a_bad_card_costs_only_itself(middle: bytes, raws: int) -> None:
    """Between two good cards, a bad one is kept and the two stay whole."""
    cards, _ = split_text(GOOD + middle + ALSO)
    assert len(cards) == raws
    assert cards[0].raw == GOOD
    assert cards[-1].raw == ALSO
    check_places(GOOD + middle + ALSO, cards)


def test_a_card_without_end_is_closed_by_the_next() -> None:
    """An unterminated card is yielded, marked, up to the next BEGIN or the end of the file."""
    cards, problems = split_text(b"BEGIN:VCARD\nFN:a\n" + GOOD + b"BEGIN:VCARD\nFN:b")
    assert [card.closed for card in cards] == [False, True, False]
    assert cards[2].raw == b"BEGIN:VCARD\nFN:b"
    assert problems == []


def test_a_card_inside_agent_is_part_of_its_card() -> None:
    """A card behind AGENT does not end the one around it."""
    data = b"BEGIN:VCARD\nFN:a\nAGENT:\n" + GOOD + b"TEL:1\nEND:VCARD\n" + ALSO
    cards, problems = split_text(data)
    assert [card.raw for card in cards] == [data[: -len(ALSO)], ALSO]
    assert problems == []


def test_cards_inside_cards_have_a_depth() -> None:
    """A thousand nested cards are split without recursion, and none is lost."""
    data = b"BEGIN:VCARD\nFN:a\nAGENT:\n" * 1000 + b"END:VCARD\n" * 1000
    cards, _ = split_text(data)
    assert sum(card.raw.count(b"BEGIN:VCARD") for card in cards) == 1000


def test_text_between_cards_is_reported() -> None:
    """Text that belongs to no card is named with its line, shortened and without control characters."""
    cards, problems = split_text(GOOD + b"\nhello \x1b[2J there\nmore\n" + ALSO + b"END:VCARD\n")
    assert len(cards) == 2
    assert problems == [
        'f.vcf:6  text outside any vCard: "hello  [2J there" - not imported',
        "f.vcf:12  END:VCARD without a vCard before it",
    ]


def test_a_file_that_holds_no_cards_is_reported_once() -> None:
    """A large file of something else makes one problem, not a flood."""
    cards, problems = split_text(b"name,street,town\n" * 700_000)
    assert cards == []
    assert len(problems) == 1


def test_an_indented_card_is_a_card_and_an_indented_end_a_continuation() -> None:
    """Blanks before BEGIN indent the card; blanks before END inside another card continue its line."""
    cards, _ = split_text(
        b"  BEGIN:VCARD\n  FN:a\n  END:VCARD\nBEGIN:VCARD\nNOTE:b\n END:VCARD\nFN:c\nEND:VCARD\n"
    )
    assert len(cards) == 2
    assert all(card.closed for card in cards)
    (line,) = [line for line in logical_lines(cards[1].raw, 4) if line.value.startswith(b"b")]
    assert line.value == b"bEND:VCARD"


def test_an_overlong_card_is_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card over the limit is yielded with all its bytes, and says that it is too large."""
    monkeypatch.setattr(split, "MAX_CARD", 200)
    big = b"BEGIN:VCARD\r\nFN:Big\r\nNOTE:" + b"x" * 500 + b"\r\nEND:VCARD\r\n"
    cards, _ = split_text(GOOD + big + ALSO)
    assert [card.raw for card in cards] == [GOOD, big, ALSO]
    assert [card.too_large for card in cards] == [False, True, False]


@pytest.mark.parametrize("between", [b"", b" ", b"\xef\xbb\xbf", b"\t"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_a_begin_behind_an_end_on_one_line_begins_another_card(between: bytes, end: bytes) -> None:
    """Files that lack their last line end are joined with `cat`: three cards stay three."""
    one, two, three = (
        b"BEGIN:VCARD" + end + b"FN:" + name + end + b"END:VCARD" for name in (b"Ola", b"Pim", b"Quy")
    )
    cards, problems = split_text(one + between + two + between + three)
    assert not problems
    assert [b"FN:" in card.raw and card.closed for card in cards] == [True] * 3
    assert [card.raw.strip(b"\xef\xbb\xbf \t") for card in cards] == [one, two, three]


_PIECES = st.sampled_from(
    [
        GOOD,
        ALSO,
        b"BEGIN:VCARD\r",
        b"END:VCARD",
        b"BEGIN:VCARD",
        b"\r",
        b"\n",
        b" ",
        b"AGENT:\n",
        b"x",
        b"\xef\xbb\xbf",
        b"FN:a\r\r\n",
    ]
)


@given(st.lists(_PIECES, max_size=14), st.integers(min_value=1, max_value=60))
@settings(max_examples=150)
def test_chunks_do_not_matter(pieces: list[bytes], chunk: int) -> None:
    """However a file is cut into chunks, the cards, lines and problems are the same."""
    data = b"xx" + b"".join(pieces)  # does not begin like UTF-16
    whole = split_text(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "CHUNK", chunk)
        assert split_text(data) == whole
    place = 0
    for card in whole[0]:
        place = data.index(card.raw, place) + len(card.raw)


def test_every_begin_of_a_mutant_is_kept() -> None:
    """Whatever happens to a file, each BEGIN:VCARD line that stands in it is inside a yielded card."""
    base = (ROOT / "sample_contacts.vcf").read_bytes()
    tokens = [
        b"\r",
        b"\n",
        b"BEGIN:VCARD\r\n",
        b"END:VCARD\r\n",
        b"AGENT:\r\n",
        b"\r\nBEGIN:VCARD\r\n",
        b'"',
        b"=",
        b" ",
    ]
    for seed in range(150):
        rng = random.Random(seed)  # noqa: S311  a seed that can be repeated
        data = bytearray(base[: rng.randrange(500, len(base))])
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(data))
            if rng.random() < 0.5:
                data[at:at] = rng.choice(tokens)
            else:
                del data[at : at + rng.randint(1, 60)]
        cards, problems = split_text(bytes(data))
        for gap in check_places(bytes(data), cards):
            assert not re.search(rb"(?im)^BEGIN:VCARD\r?$", gap)
            assert not gap.strip() or problems


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"dn: cn=Ada\ncn: Ada\n", "LDIF"),
        (b'["vcard", []]', "jCard"),
        (b"<?xml version='1.0'?><vcards/>", "XML"),
        (b"# abook addressbook file\n[format]\n", "abook"),
        (b"alias ada Ada <ada@example.org>\n", "mutt"),
    ],
)
def test_another_kind_of_address_book_is_named_with_the_way_out(text: bytes, word: str) -> None:
    cards, problems = split_text(text)
    assert not cards
    assert word in problems[0]


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 18])
@pytest.mark.parametrize("between", ["", "\n", "\r\n", "\ufeff"])
def test_an_end_glued_to_a_value_never_makes_two_cards_one(
    between: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NOTE:hisEND:VCARD ends a card, whatever stands before the next one, and no byte of either is lost."""
    monkeypatch.setattr(split, "CHUNK", size)
    first = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nNOTE:hisEND:VCARD"
    data = f"{first}{between}BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEND:VCARD\n".encode()
    raws = [card.raw for card in split.split_cards(io.BytesIO(data), source="f.vcf", problems=[])]
    assert len(raws) == 2
    assert raws[0].startswith(first.encode())
    assert raws[1].startswith(b"BEGIN:VCARD\nVERSION:3.0\nFN:Bo")

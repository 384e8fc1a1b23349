"""Texts of one vCard from two laptops become one, in which nothing of either is missing or said twice."""

from __future__ import annotations

import hashlib
import io
import os
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.sharing import cards
from relcard.domain.sharing.cards import united
from relcard.domain.sharing.merging import Row
from relcard.domain.sharing.merging import beside
from relcard.domain.sharing.merging import displayed
from relcard.domain.sharing.merging import shown
from relcard.domain.sharing.steps import Write
from relcard.store import photos
from relcard.vcard import RawCard
from relcard.vcard import find_photos
from relcard.vcard import parse_card
from relcard.vcard.split import split_cards
from relcard.vcard.unfold import logical_lines

Text = list[object]  # as it travels
_MANY = 1_000 if os.environ.get("RELCARD_FAULTS") == "full" else 50
_LARGE = b"QUJD" * 600
_PICTURES = {hashlib.sha256(data).digest(): data for data in (_LARGE + b"QQ==", _LARGE + b"Qg==")}
_VALUES = (
    *(b"TEL;TYPE=home:0113 496 0101", b"EMAIL:ada@example.org", b"NOTE:a colon: here", b"X-UNKNOWN;A=B:;"),
    *(b"UID:ada", b"FN:Ada Oak", b"FN:Ada Elm", b"BDAY:19700101", b"N:Oak;Ada;;;", b"REV:1", b"REV:2"),
    *(b"NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo=\r\n", b"KEY;ENCODING=BASE64:QUJD\r\nQUI=\r\n"),
    *(
        b"NOTE:torn\r\noff; here",
        b"TITLE:Cap\r\n tain",
        b"TITLE:Captain",
        b"NOTE;ENCODING=QUOTED-PRINTABLE:x=",
    ),
    *(b"AGENT:\r\nBEGIN:VCARD\r\nFN:Ben\r\nEND:VCARD", b"PHOTO;ENCODING=b:" + _LARGE + b"QQ=="),
    b"PHOTO;ENCODING=b:" + _LARGE + b"Qg==",
)
_GROUPED = (b"X-ABDATE:2001-02-03", b"X-ABLabel:met", b"X-ABLabel:moved", b"URL:https://example.org")


def travelling(raw: bytes) -> Text:
    """Return a text as it travels, with its photos cut out."""
    kept, cuttings = photos.cut_out(raw, find_photos(raw))
    return [1, kept, [[at, hashlib.sha256(data).digest()] for at, data in cuttings]]


def whole(text: Text) -> bytes:
    _, kept, places = text
    assert isinstance(kept, bytes)
    assert isinstance(places, list)
    return photos.put_back(kept, [(at, _PICTURES[digest]) for at, digest in places])


def vcard(*lines: bytes, version: bytes = b"3.0", end: bytes = b"\r\n") -> bytes:
    return end.join([b"BEGIN:VCARD", b"VERSION:" + version, *lines, b"END:VCARD", b""])


@st.composite
def a_text(draw: st.DrawFn) -> Text:
    grouped = st.builds(
        lambda group, line: b"item%d.%s" % (group, line), st.integers(1, 2), st.sampled_from(_GROUPED)
    )
    lines = draw(st.lists(st.sampled_from(_VALUES) | grouped, max_size=7))
    raw = vcard(*lines, version=draw(st.sampled_from([b"2.1", b"3.0", b"4.0"])))
    end, indent = draw(st.sampled_from([b"\n", b"\r\n", b"\r"])), draw(st.sampled_from([b"", b"", b"  "]))
    raw = b"".join(indent + line for line in raw.replace(b"\r\n", end).splitlines(keepends=True))
    return travelling(raw)


def as_read(raw: bytes) -> list[tuple[str, bytes]]:
    """Return what the reader of vCards makes of each line, without its group."""
    return [(line.head.name if line.head else "", line.value.rstrip(b"=")) for line in logical_lines(raw, 1)]


@given(st.lists(a_text(), min_size=1, max_size=3))
@settings(max_examples=_MANY, deadline=None)
def test_the_later_stands_whole_with_every_line_that_only_the_others_have(texts: list[Text]) -> None:
    result = united(texts)
    raw = whole(result)
    latest = whole(texts[0])
    assert raw.startswith(latest[: latest.rindex(b"END")].rstrip(b" \r\n"))
    once = {name.decode() for name in cards._ONCE | cards._ONCE_BEFORE_4} | {"END"}
    there = as_read(raw)
    for text in texts:
        assert {line for line in as_read(whole(text)) if line[0] not in once} <= set(there)
    for name in ("VERSION", "UID", "BDAY", "REV", "N"):
        most = max(1, [line[0] for line in as_read(latest)].count(name))
        own = max([line[0] for line in as_read(whole(text))].count(name) for text in texts)
        assert [line[0] for line in there].count(name) <= max(most, own)


@given(st.lists(a_text(), min_size=1, max_size=3))
@settings(max_examples=_MANY, deadline=None)
def test_what_stands_depends_on_no_order_of_arrival_and_has_nothing_twice(texts: list[Text]) -> None:
    heads = {Write(f"{number:032x}", 1): text for number, text in enumerate(texts)}
    clocks = {write: number // 2 for number, write in enumerate(heads)}
    results = [
        shown(Row("vcard", "", fields={"card": dict(order)}), "card", clocks.__getitem__)
        for order in permutations(heads.items())
    ]
    assert all(result == results[0] for result in results)
    assert united([results[0], *texts]) == results[0]
    row = Row("vcard", "", fields={"card": heads})
    assert not beside(row, "card", clocks.__getitem__)
    assert displayed(row, "card", clocks.__getitem__) == tuple(sorted(heads))


@given(st.lists(a_text(), min_size=2, max_size=3))
@settings(max_examples=_MANY, deadline=None)
def test_what_comes_of_it_is_one_vcard_with_its_photos_where_they_were(texts: list[Text]) -> None:
    raw = whole(united(texts))
    (card,) = split_cards(io.BytesIO(raw), source="", problems=[])
    assert card.closed
    parsed = parse_card(card, source="")
    alone = [parse_card(RawCard(whole(text), 1, 0, closed=True), source="").contact for text in texts]
    assert parsed.contact is not None or not any(alone)
    pictures = [data for data in _PICTURES.values() if any(data in whole(text) for text in texts)]
    assert all(b":" + data in raw for data in pictures)


def test_a_line_is_the_same_however_it_is_folded_and_a_property_of_which_there_is_one_is_the_laters() -> None:
    later = vcard(b"UID:ada", b"FN:Ada Elm", b"BDAY:19700102", b"TITLE:Captain", b"TEL:2")
    other = vcard(b"UID:ada", b"FN:Ada Oak", b"BDAY:19700101", b"TITLE:Cap\r\n tain", b"TEL:1", b"TEL:1")
    assert whole(united([travelling(later), travelling(other)])) == vcard(
        b"UID:ada", b"FN:Ada Elm", b"BDAY:19700102", b"TITLE:Captain", b"TEL:2", b"TEL:1"
    )
    assert whole(united([travelling(other), travelling(later)])).count(b"TEL:") == 3


@pytest.mark.parametrize(("version", "names"), [(b"2.1", 1), (b"3.0", 1), (b"4.0", 2)])
def test_a_vcard_has_several_formatted_names_from_4_on(version: bytes, names: int) -> None:
    texts = [travelling(vcard(b"FN:Ada " + name, version=version)) for name in (b"Elm", b"Oak")]
    assert whole(united(texts)).count(b"FN:") == names


def test_lines_of_a_group_come_with_their_label_and_another_name_where_theirs_is_taken() -> None:
    later = vcard(b"item1.URL:https://example.org", b"item1.X-ABLabel:Boats")
    other = vcard(
        *(b"item1.X-ABDATE:2001-02-03", b"item1.X-ABLabel:met", b"item2.URL:https://example.org"),
        *(b"item2.X-ABLabel:Boats", b"item3.PHOTO;ENCODING=b:" + _LARGE + b"QQ==", b"item3.X-ABLabel:at sea"),
    )
    raw = whole(united([travelling(later), travelling(other)]))
    assert raw.splitlines()[2:-1] == [
        *(b"item1.URL:https://example.org", b"item1.X-ABLabel:Boats"),
        *(b"item2.X-ABDATE:2001-02-03", b"item2.X-ABLabel:met"),
        *(b"item3.PHOTO;ENCODING=b:" + _LARGE + b"QQ==", b"item3.X-ABLabel:at sea"),
    ]


def test_an_end_that_is_glued_to_a_value_or_missing_is_no_reason_to_lose_a_line() -> None:
    other = travelling(vcard(b"TEL:1"))
    glued = vcard(b"NOTE:x").replace(b"x\r\n", b"x")
    assert whole(united([travelling(glued), other])) == vcard(b"NOTE:x", b"TEL:1")
    cut_off = vcard(b"NOTE:x").removesuffix(b"\r\nEND:VCARD\r\n")
    assert whole(united([travelling(cut_off), other])) == vcard(b"NOTE:x", b"TEL:1").removesuffix(
        b"END:VCARD\r\n"
    )
    assert whole(united([other, travelling(cut_off)])) == vcard(b"TEL:1", b"NOTE:x")

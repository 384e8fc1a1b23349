from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.vcard import RawCard
from relcard.vcard import find_photos
from relcard.vcard import parse_card
from relcard.vcard.photos import without
from relcard.vcard.write import fold

PICTURE = base64.b64encode(bytes(range(256)) * 20)


def _card(*lines: bytes, end: bytes = b"\r\n") -> bytes:
    body = b"".join(fold(one) for one in (b"BEGIN:VCARD", b"VERSION:3.0", b"FN:Nora Quill", *lines))
    return (body + b"EMAIL:nora@example.org\r\nEND:VCARD\r\n").replace(b"\r\n", end)


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize(
    "head", [b"PHOTO;ENCODING=b;TYPE=JPEG", b"item1.LOGO;ENCODING=B", b"sound;ENCODING=BASE64"]
)
def test_photo_is_found_whole(head: bytes, end: bytes) -> None:
    """A photo's place is its value with its folds, without the line end behind it."""
    raw = _card(head + b":" + PICTURE, end=end)
    ((start, stop),) = find_photos(raw)
    assert b"".join(raw[start:stop].split()) == PICTURE
    assert raw[:start].endswith(head + b":")
    assert raw[stop:].startswith(end + b"EMAIL")


def test_other_long_lines_stay() -> None:
    """A long note, a small photo and a long line that only begins like one are text."""
    raw = _card(b"NOTE:" + b"x" * 5000, b"PHOTO;ENCODING=b:AAAA", b"PHOTOGRAPHER:" + b"y" * 5000)
    assert find_photos(raw) == []


def test_card_without_its_photo_says_the_same() -> None:
    """What stands around a photo is read alike, and a problem behind it keeps its line of the file."""
    raw = _card(b"PHOTO;ENCODING=b:" + PICTURE, b"BDAY:spring")
    card = RawCard(raw=raw, line=10, ordinal=0, closed=True)
    places = find_photos(raw)
    assert parse_card(card, source="a.vcf", photo_places=places) == parse_card(card, source="a.vcf")
    (problem,) = parse_card(card, source="a.vcf", photo_places=places).problems
    assert problem.line == 10 + raw[: raw.index(b"BDAY")].count(b"\n")
    assert len(without(raw, places)) < 200


@given(
    st.lists(
        st.sampled_from(
            (
                b"PHOTO:" + PICTURE,
                b"LOGO;X=1:" + PICTURE,
                b"NOTE:a",
                b" b",
                b"",
                b"\r",
                b"PHOTO:" + b"\r\n " * 900,
            )
        ),
        max_size=8,
    ),
    st.sampled_from((b"\r\n", b"\n", b"\r", b"\r\r\n")),
)
def test_places_are_in_order_and_apart(lines: list[bytes], end: bytes) -> None:
    """Whatever a text is, the places found in it can be cut out and put back."""
    raw = end.join(lines)
    done = 0
    for start, stop in find_photos(raw):
        assert done < start < stop <= len(raw)
        done = stop

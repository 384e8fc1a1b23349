from __future__ import annotations

from relcard.vcard.unfold import logical_lines


def test_lines_are_unfolded_as_bytes() -> None:
    """Folds inside a character, soft breaks and bare base64 all join, and each line knows its place."""
    raw = (
        b"BEGIN:VCARD\nNOTE:caf\xc3\n \xa9\nFN;QUOTED-PRINTABLE:a=\nb=\n=3D\n"
        b"PHOTO;BASE64:\nAAAA\nBBBB\n\nstray\nitem1.TEL;TYPE=\n CELL:1\nEND:VCARD\n"
    )
    found = list(logical_lines(raw, 10))
    assert [(line.number, line.head.name if line.head else None, line.value) for line in found] == [
        (10, "BEGIN", b"VCARD"),
        (11, "NOTE", b"caf\xc3\xa9"),
        (13, "FN", b"ab=3D"),
        (16, "PHOTO", b"AAAABBBB"),
        (20, None, b"stray"),
        (21, "TEL", b"1"),
        (23, "END", b"VCARD"),
    ]
    assert found[5].head is not None
    assert found[5].head.types == ("cell",)
    assert raw[found[5].start : found[5].end] == b"item1.TEL;TYPE=\n CELL:1\n"

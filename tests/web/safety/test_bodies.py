from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.web.safety import bodies
from tests.support.visitor import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.support.visitor import Visitor

FORM = ("content-type", "application/x-www-form-urlencoded")
UPLOAD = ("content-type", "multipart/form-data; boundary=x")
MALFORMED = (
    (b"", FORM),
    (b"%ff%fe=%00&&&===", FORM),
    (b"token=" + b"%C3%28" * 100, FORM),
    (b"a=1&" * 20_000, FORM),
    (b"--x", UPLOAD),
    (b"--x\r\n\r\n\r\n--x--\r\n", UPLOAD),
    (b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n', UPLOAD),
    (b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../x"\r\n\r\nx\r\n--x--', UPLOAD),
    (b"--y\r\n" * 500, UPLOAD),
    (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 200 + b"--x--", UPLOAD),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", UPLOAD),
    (b"x", ("content-type", "multipart/form-data")),
    (b"x", ("content-type", "multipart/form-data; boundary=")),
    (b"x", ("content-type", "multipart/form-data; boundary=" + "b" * 5000)),
    (b'{"token": 1}', ("content-type", "application/json")),
    (b"x", ("content-type", "\xff")),
    (b"x", ("x-no-type", "")),
)


def _send(phone: Visitor, body: bytes, *headers: tuple[str, str]) -> int:
    return phone.ask("POST", "/people", body, [("origin", ORIGIN), *headers]).status


def test_what_says_that_it_is_too_large_is_not_read(phone: Visitor) -> None:
    """Nor what says something else than a length."""
    for length in (str(bodies.LARGEST_FORM + 1), "9" * 40, "-1", "many", "1e9"):
        assert _send(phone, b"x", FORM, ("content-length", length)) == 413, length


def test_what_turns_out_too_large_is_not_read_on(phone: Visitor) -> None:
    """It said nothing, or less, of its length."""
    assert _send(phone, b"a=" + b"x" * bodies.LARGEST_FORM, FORM, ("content-length", "0")) == 413
    begun = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
    assert _send(phone, begun + b"x" * bodies.LARGEST_UPLOAD, UPLOAD, ("content-length", "0")) == 413


def test_malformed_form_is_refused_calmly(phone: Visitor) -> None:
    """As one without a token, or as one that is not understood: never as a fault."""
    phone.get("/people")
    for body, header in MALFORMED:
        assert _send(phone, body, header) in (400, 403), (body[:40], header)


def test_body_that_trickles_is_not_waited_for(phone: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece must follow the last one before long."""
    monkeypatch.setattr(bodies, "_PIECE_SECONDS", 0.01)
    assert phone.trickle("/people") == 408


def test_who_may_not_write_may_not_upload(visitor: Callable[[], Visitor]) -> None:
    """A stranger's pictures would fill the disk, and a reader's."""
    head = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
    body = head + b"x" * bodies.LARGEST_FORM
    for device in (visitor(), visitor().paired(writes=False)):
        for path in ("/pair", "/language", "/letterbox/1/came"):
            assert device.ask("POST", path, body, [("origin", ORIGIN), UPLOAD]).status == 413


def test_letters_that_are_none_are_refused(phone: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a form says that its letters are, half of a surrogate pair is none."""
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    for charset in ("utf-7", "unicode_escape", "raw_unicode_escape", "zlib", "undefined", "x"):
        words = "+2AA-" if charset == "utf-7" else r"\ud800"
        fields = {"token": phone.get("/people").token, "words": words}
        body = "".join(part.format(*pair) for pair in fields.items()) + "--x--"
        kind = ("content-type", f"multipart/form-data; boundary=x; charset={charset}")
        assert _send(phone, body.encode(), kind) in (200, 400), charset
    assert capsys.readouterr().err == ""


def test_ten_thousand_parts_are_not_read(phone: Visitor) -> None:
    """Neither files nor fields."""
    for name in ('name="a"', 'name="a"; filename="a"'):
        part = f"--x\r\nContent-Disposition: form-data; {name}\r\n\r\n1\r\n".encode()
        assert _send(phone, part * 10_000 + b"--x--", UPLOAD) == 400

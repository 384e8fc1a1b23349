from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.visitor import Visitor

FOREIGN = (
    "evil.example",
    "evil.example:8741",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1:8741.evil.example",
    "localhost:8741",
    "[::1]:8741",
    "[::ffff:127.0.0.1]:8741",
    "127.1:8741",
    "2130706433:8741",
    "0x7f.0.0.1:8741",
    "127.0.0.1.:8741",
    "127.0.0.1:08741",
    "ada@127.0.0.1:8741",
    "127.0.0.1:8741/",
    "127.0.0.1:8741,evil.example",
    "127\xb70.0.1:8741",
    "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1:8741",
    "",
)


def test_foreign_host_gets_nothing(phone: Visitor) -> None:
    """A name that was made to point here is answered with nothing of ours, whatever the cookie."""
    for host in FOREIGN:
        for path in ("/", "/pair", "/still/style.css"):
            answer = phone.ask("GET", path, host=host)
            assert answer.status == 421, (host, path)
            assert b"relcard" not in answer.body


def test_two_hosts_are_none(phone: Visitor) -> None:
    """Which of them another would believe is not for us to guess."""
    assert phone.ask("GET", "/", headers=[("host", "evil.example")]).status == 421

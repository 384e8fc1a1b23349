from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.web.safety.headers import HEADERS

if TYPE_CHECKING:
    from tests.support.visitor import Visitor


def test_every_answer_is_guarded(phone: Visitor) -> None:
    """Pages, refusals and what is not there alike."""
    answers = [phone.get(path) for path in ("/", "/pair", "/nowhere", "/households/99", "/still/x")]
    for answer in (*answers, phone.ask("GET", "/", host="evil.example")):
        for name, value in HEADERS.items():
            assert [said for key, said in answer.headers if key == name] == [value]
        assert not answer.header("server")


def test_policy_lets_no_words_be_a_script() -> None:
    """No inline script or style, nothing from elsewhere, in no frame."""
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


def test_still_files_alone_are_kept_by_the_browser(phone: Visitor) -> None:
    """They are ours and say nothing of anybody."""
    assert "immutable" in phone.get("/still/style.css").header("cache-control")
    assert phone.get("/").header("cache-control") == "no-store"

from __future__ import annotations

import pytest

from relcard.web.safety.tokens import is_own
from relcard.web.safety.tokens import make_token


def test_token_is_new_each_time_and_of_one_secret() -> None:
    """A page's token says nothing of the next one's."""
    one, two = make_token("a secret"), make_token("a secret")
    assert one != two
    assert is_own(one, "a secret")
    assert is_own(two, "a secret")
    assert not is_own(one, "another")


@pytest.mark.parametrize("change", [0, 10, 33, 60, 96])
def test_changed_token_is_none(change: int) -> None:
    token = make_token("s")
    other = "0" if token[change] != "0" else "1"
    assert not is_own(token[:change] + other + token[change + 1 :], "s")
    assert not is_own(token[change + 1 :], "s")
    assert not is_own(f"{token} ", "s")

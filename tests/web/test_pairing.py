from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.web.pairing import MINUTES
from relcard.web.pairing import TRIES
from relcard.web.pairing import Grant
from relcard.web.pairing import Pairing
from relcard.web.pairing import TriesOverError

if TYPE_CHECKING:
    from pathlib import Path

GRANT = Grant("tablet", writes=True, is_private=False)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pairing(tmp_path: Path, clock: Clock) -> Pairing:
    return Pairing(str(tmp_path / "relcard.db"), clock=clock)


def test_code_holds_once_however_it_is_typed(pairing: Pairing) -> None:
    """Small letters, spaces and no hyphen do; the second time nothing does."""
    code = pairing.make(GRANT)
    assert pairing.redeem(f" {code.lower().replace('-', ' ')} ") == GRANT
    assert pairing.redeem(code) is None


def test_code_holds_for_ten_minutes(pairing: Pairing, clock: Clock) -> None:
    """Not a second longer; nor after the computer was started anew, when its clock begins again."""
    first, second, third = (pairing.make(GRANT) for _ in range(3))
    clock.now += MINUTES * 60
    assert pairing.redeem(first) == GRANT
    clock.now += 1
    assert pairing.redeem(second) is None
    clock.now = 5.0
    assert pairing.redeem(third) is None


def test_five_wrong_codes_end_all(pairing: Pairing) -> None:
    """Whoever guesses has five tries, however many codes there are."""
    codes = [pairing.make(GRANT) for _ in range(3)]
    for _ in range(TRIES - 1):
        assert pairing.redeem("AAAA-AAAA") is None
    with pytest.raises(TriesOverError):
        pairing.redeem("AAAA-AAAA")
    assert [pairing.redeem(code) for code in codes] == [None] * 3


def test_code_lies_hashed_for_its_owner_alone(pairing: Pairing, tmp_path: Path) -> None:
    """What is on disk is not what is typed."""
    code = pairing.make(GRANT)
    (kept,) = (tmp_path / "relcard.page" / "codes").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert code.replace("-", "") not in kept.name + kept.read_text(encoding="utf-8")


def test_code_without_a_name_waits_for_one(pairing: Pairing) -> None:
    """Who forgot to type a name need not ask for another code."""
    code = pairing.make(GRANT._replace(name=""))
    assert pairing.redeem(code, has_name=False) == GRANT._replace(name="")
    assert pairing.redeem(code) == GRANT._replace(name="")
    assert pairing.redeem(code) is None

"""What somebody tidied away is given again by a laptop that had read it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.share import repair
from relcard.share.exchange import exchange
from relcard.share.folder import Folder
from relcard.share.places import bundle_name
from relcard.share.repair import find_lost
from relcard.share.repair import give_again
from tests.support.ledger import MemoryLedger

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 30)
ONE, OTHER, THIRD = "1a" * 16, "2b" * 16, "3c" * 16


@pytest.fixture
def couple(root: Path) -> tuple[MemoryLedger, MemoryLedger]:
    """Return two laptops, each with five bundles of two steps that the other has read."""
    ledgers = MemoryLedger(ONE), MemoryLedger(OTHER)
    for number in range(5):
        for ledger in ledgers:
            ledger.do(f"step {number} of {ledger.device[:2]}")
            ledger.do(f"and another, {number} of {ledger.device[:2]}")
            share(ledger, root)
    share(ledgers[0], root)
    return ledgers


def share(ledger: MemoryLedger, root: Path) -> list[str]:
    return [remark.kind for remark in exchange(ledger, Folder(root), TODAY).remarks]


def mend(ledger: MemoryLedger, root: Path) -> list[int]:
    lost = find_lost(ledger, Folder(root))
    for what in lost:
        give_again(ledger, Folder(root), what, TODAY)
    return [what.steps for what in lost]


def test_nothing_is_lost_where_everything_is_there(
    root: Path, couple: tuple[MemoryLedger, MemoryLedger]
) -> None:
    """A place that has everything wants no repair."""
    assert [find_lost(ledger, Folder(root)) for ledger in couple] == [[], []]


@pytest.mark.parametrize("gone", [(1,), (3,), (4, 5), (1, 2, 3, 4, 5)])
def test_a_hole_is_filled_by_who_had_read_it(
    root: Path, couple: tuple[MemoryLedger, MemoryLedger], gone: tuple[int, ...]
) -> None:
    """Bundles that were tidied away come again from the other laptop, and one who joins reads on through them."""
    for number in gone:
        (root / bundle_name(ONE, number)).unlink()
    third = MemoryLedger(THIRD)
    share(third, root)
    assert third.texts() != couple[0].texts()
    assert mend(couple[1], root) == [2 * (6 - gone[0])]
    assert mend(couple[1], root) == []
    assert share(third, root) == []
    assert third.texts() == couple[0].texts() == couple[1].texts()
    couple[0].do("and on")
    share(couple[0], root)
    for ledger in (third, couple[1]):
        assert share(ledger, root) == []
        assert "and on" in ledger.texts()


def test_an_emptied_place_is_filled_again(root: Path, couple: tuple[MemoryLedger, MemoryLedger]) -> None:
    """Where everything was deleted, one laptop gives all of it again, and both go on."""
    for path in sorted(root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    one, other = couple
    one.do("meanwhile")
    assert share(one, root) == ["behind", "behind"]
    assert mend(one, root) == [10, 10]
    assert share(one, root) == []
    assert share(other, root) == []
    assert "meanwhile" in other.texts()
    other.do("and an answer")
    assert share(other, root) == []
    third = MemoryLedger(THIRD)
    share(third, root)
    share(one, root)
    assert one.texts() == other.texts() == third.texts()


def test_much_is_given_in_pieces(
    root: Path, couple: tuple[MemoryLedger, MemoryLedger], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too large for a pack is given in several."""
    monkeypatch.setattr(repair, "LARGE_ENOUGH", 400)
    for path in (root / ONE).iterdir():
        path.unlink()
    assert mend(couple[1], root) == [10]
    assert len([path for path in root.iterdir() if path.is_file()]) > 1
    third = MemoryLedger(THIRD)
    assert share(third, root) == []
    assert third.texts() == couple[0].texts()


def test_a_damaged_bundle_is_as_good_as_lost(root: Path, couple: tuple[MemoryLedger, MemoryLedger]) -> None:
    """A bundle that the carrier damaged is given again beside it."""
    path = root / bundle_name(OTHER, 2)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert mend(couple[0], root) == [8]
    third = MemoryLedger(THIRD)
    assert share(third, root) == []
    assert third.texts() == couple[0].texts()


def test_who_does_not_have_them_gives_nothing(root: Path, couple: tuple[MemoryLedger, MemoryLedger]) -> None:
    """A laptop that kept less than is missing says so and writes nothing."""
    (root / bundle_name(ONE, 1)).unlink()
    couple[1].known[ONE] = couple[1].known[ONE][:3]
    (lost,) = find_lost(couple[1], Folder(root))
    with pytest.raises(FileError, match="keeps 3 of the 10 steps"):
        give_again(couple[1], Folder(root), lost, TODAY)
    assert not [path for path in root.iterdir() if path.is_file()]

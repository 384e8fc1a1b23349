"""The exchange between laptops that share a folder: everything arrives, whatever is killed or carried badly."""

from __future__ import annotations

import copy
import json
import random
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.share import packs
from relcard.share.exchange import exchange
from relcard.share.folder import Folder
from relcard.share.places import bundle_name
from tests.support.ledger import Killed
from tests.support.ledger import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.share.exchange import Exchanged
    from relcard.share.places import Contents

TODAY = date(2026, 11, 30)
KEY = "AGE-SECRET-KEY-122ZZJ39FFXCNDXCM2APE69LWFS56RVWGQSEGPR8DAM50SCYF3ZHSP7UPQL"
ONE, OTHER, THIRD = "1a" * 16, "2b" * 16, "3c" * 16


def share(ledger: MemoryLedger, root: Path) -> Exchanged:
    return exchange(ledger, Folder(root), TODAY)


def kinds(outcome: Exchanged) -> list[str]:
    return [remark.kind for remark in outcome.remarks]


def couple(root: Path, key: str = "") -> tuple[MemoryLedger, MemoryLedger]:
    """Return two laptops that have exchanged a step each."""
    one, other = MemoryLedger(ONE, key), MemoryLedger(OTHER, key)
    one.do("the list begins")
    share(one, root)
    share(other, root)
    other.do("she joins")
    share(other, root)
    share(one, root)
    assert one.texts() == other.texts() == {"the list begins", "she joins"}
    return one, other


@pytest.mark.parametrize("key", ["", KEY])
def test_what_one_writes_the_other_reads(root: Path, key: str) -> None:
    """Steps of both laptops reach the other, sealed or plain, and the report counts them."""
    one, other = couple(root, key)
    one.do("a note")
    one.do("a card")
    assert share(one, root).sent == 2
    outcome = share(other, root)
    assert (outcome.taken, outcome.remarks, outcome.exit_code()) == ({ONE: 2}, [], 0)
    assert one.texts() == other.texts()
    assert other.called[ONE] == "laptop 1a"
    assert json.loads(other.report)["taken"] == {ONE: 2}


class Counting(Folder):
    """A folder that counts what it is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked = 0

    def look(self) -> Contents:
        self.asked += 1
        return super().look()

    def read(self, name: str) -> bytes | None:
        self.asked += 1
        return super().read(name)


def test_nothing_new_costs_one_request_and_one_for_each_laptop(root: Path) -> None:
    """Where nothing is new, the place is asked for its devices and for the next number of each."""
    one, _ = couple(root)
    place = Counting(root)
    outcome = exchange(one, place, TODAY)
    assert place.asked == 1 + 2
    assert (outcome.sent, outcome.taken) == (0, {})


@pytest.mark.parametrize(
    ("spoil", "kind", "code"),
    [
        (lambda data: data[:60], "waits", 0),
        (lambda _: b"", "waits", 0),
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "faulty", 5),
        (lambda _: b"<html>", "faulty", 5),
        (lambda data: data.replace(b"bundle 1", b"bundle 2"), "newer", 5),
    ],
)
def test_what_is_not_whole_waits_and_nothing_after_it_is_taken(
    root: Path, spoil: Callable[[bytes], bytes], kind: str, code: int
) -> None:
    """A faulty bundle is named and stops its device alone; when it is whole, everything is taken."""
    one, other = couple(root)
    third = MemoryLedger(THIRD)
    share(third, root)
    third.do("from a third")
    share(third, root)
    for text in ("second", "third"):
        one.do(text)
        share(one, root)
    path = root / bundle_name(ONE, 2)
    data = path.read_bytes()
    path.write_bytes(spoil(data))
    outcome = share(other, root)
    assert (kinds(outcome), outcome.exit_code()) == ([kind], code)
    assert outcome.remarks[0].laptop == "laptop 1a" if outcome.taken.get(ONE) else True
    assert "from a third" in other.texts()
    assert not {"second", "third"} & other.texts()
    assert kinds(share(other, root)) == [kind]
    path.write_bytes(data)
    share(other, root)
    assert {"second", "third"} <= other.texts()


def test_swapped_and_foreign_bundles_are_refused(root: Path, tmp_path: Path) -> None:
    """A bundle under another's name, of another list or with another past is named and not taken."""
    one, other = couple(root)
    for text in ("second", "third"):
        one.do(text)
        share(one, root)
    second, third = (root / bundle_name(ONE, number) for number in (2, 3))
    sound = second.read_bytes()
    second.write_bytes(third.read_bytes())
    assert "another bundle than its name" in share(other, root).remarks[0].words
    twin = MemoryLedger(ONE)
    twin.do("another first")
    twin.do("another second")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    share(twin, elsewhere)
    twin.do("another third")
    share(twin, elsewhere)
    second.write_bytes((elsewhere / bundle_name(ONE, 2)).read_bytes())
    assert "does not follow" in share(other, root).remarks[0].words
    assert "another third" not in other.texts()
    second.write_bytes(sound)
    share(other, root)
    assert other.texts() == one.texts()


def test_a_gap_waits(root: Path) -> None:
    """A number that has not come yet holds up those behind it, and nothing is said of it."""
    one, other = couple(root)
    for text in ("second", "third"):
        one.do(text)
        share(one, root)
    path = root / bundle_name(ONE, 2)
    data = path.read_bytes()
    path.unlink()
    outcome = share(other, root)
    assert (outcome.taken, outcome.remarks) == ({}, [])
    path.write_bytes(data)
    share(other, root)
    assert other.texts() == one.texts()


def test_the_folder_is_behind_what_others_have_seen(root: Path) -> None:
    """Steps of a third that speak of what is not there wait, and it is said of whom something is missing."""
    one, other = couple(root)
    third = MemoryLedger(THIRD)
    one.do("second")
    share(one, root)
    path = root / bundle_name(ONE, 2)
    data = path.read_bytes()
    share(third, root)
    path.unlink()
    third.do("an answer to the second")
    share(third, root)
    outcome = share(other, root)
    assert (kinds(outcome), outcome.waiting, outcome.exit_code()) == (["behind"], 1, 1)
    assert outcome.remarks[0].laptop == "laptop 1a"
    assert kinds(share(other, root)) == ["behind"]
    path.write_bytes(data)
    share(other, root)
    assert "an answer to the second" in other.texts()


def test_an_empty_folder_under_a_known_name_is_not_written(root: Path) -> None:
    """A disk that is not mounted leaves an empty folder: it is behind, and nothing goes there."""
    one, _ = couple(root)
    one.do("second")
    for path in sorted(root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    outcome = share(one, root)
    assert (kinds(outcome), outcome.exit_code()) == (["behind", "behind"], 1)
    assert [*root.iterdir()] == []
    root.rmdir()
    with pytest.raises(FileError, match="is not there"):
        share(one, root)
    assert json.loads(one.report)["remarks"][-1]["kind"] == "faulty"


def test_laptops_that_come_to_different_tables_say_so(root: Path) -> None:
    """Where two have seen the same steps and their tables differ, it is said, with exit 1."""
    one, other = couple(root)
    one.do("second")
    one.tables = "f" * 64
    share(one, root)
    outcome = share(other, root)
    assert (kinds(outcome), outcome.exit_code()) == (["differs"], 1)


def test_a_copied_store_becomes_a_laptop_of_its_own(root: Path) -> None:
    """A store that was copied has a number that is taken: it becomes another device, and nothing is lost."""
    one, other = couple(root)
    copied = copy.deepcopy(one)
    one.do("on the old laptop")
    share(one, root)
    copied.do("on the new laptop")
    outcome = share(copied, root)
    assert "copied" in kinds(outcome)
    assert copied.device not in (ONE, OTHER)
    share(copied, root)
    share(other, root)
    share(one, root)
    assert one.texts() == other.texts() == copied.texts()
    assert {"on the old laptop", "on the new laptop"} <= one.texts()


def test_a_restored_store_reads_its_own_later_steps_again(root: Path) -> None:
    """A store brought back from a backup gets what it had sent since, as another's."""
    one, other = couple(root)
    restored = copy.deepcopy(one)
    one.do("after the backup")
    share(one, root)
    outcome = share(restored, root)
    assert kinds(outcome) == ["copied"]
    assert "after the backup" in restored.texts()
    restored.do("and on")
    share(restored, root)
    share(other, root)
    assert other.texts() == restored.texts()


def test_a_copy_that_is_noticed_only_when_writing(root: Path) -> None:
    """Where the other writes the number while this one is at work, this one becomes a device of its own."""
    one, other = couple(root)
    copied = copy.deepcopy(one)
    copied.do("on the new laptop")
    one.do("on the old laptop")

    def meanwhile(moment: str) -> None:
        if moment == "made":
            share(one, root)

    copied.moment = meanwhile
    assert "copied" in kinds(share(copied, root))
    copied.moment = lambda _: None
    for ledger in (copied, other, one):
        share(ledger, root)
    assert one.texts() == other.texts() == copied.texts()


@pytest.mark.parametrize("left", [b"relcard", b"", "flipped"])
def test_what_an_earlier_try_left_is_put_right(root: Path, left: bytes | str) -> None:
    """Half of a bundle, or a damaged one, under one's own next name is replaced by the whole."""
    one, other = couple(root)
    one.do("second")
    one.moment = lambda moment: _kill() if moment == "made" else None
    with pytest.raises(Killed):
        share(one, root)
    one.moment = lambda _: None
    (_, data), *_ = one.unsent()
    damaged = data[:-1] + bytes([data[-1] ^ 1])
    (root / bundle_name(ONE, 2)).write_bytes(damaged if isinstance(left, str) else left)
    assert share(one, root).remarks == []
    share(other, root)
    assert "second" in other.texts()


def _kill() -> None:
    raise Killed


def test_many_small_files_become_few(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a list is kept, few files lie in its place, and one who joins late reads everything."""
    one, other = couple(root)
    for number in range(70):
        one.do(f"step {number}")
        share(one, root)
        if number % 5 == 0:
            share(other, root)
    assert sum(path.is_file() for path in root.rglob("*")) < 24
    share(other, root)
    third = MemoryLedger(THIRD)
    place = Counting(root)
    exchange(third, place, TODAY)
    assert third.texts() == other.texts() == one.texts()
    assert place.asked < 30


def test_a_pack_that_is_damaged_takes_no_small_ones_with_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the pack was made of goes only when the pack was read back whole."""
    one, other = couple(root)

    def badly(place: Folder, name: str, data: bytes) -> None:
        raise FileError("it did not get there")

    monkeypatch.setattr(packs, "send", badly)
    for number in range(20):
        one.do(f"step {number}")
        outcome = share(one, root)
    assert kinds(outcome) == ["untidy"]
    assert outcome.exit_code() == 0
    share(other, root)
    assert other.texts() == one.texts()


def test_whatever_is_killed_goes_on(root: Path, dose: Callable[[int, int], int]) -> None:
    """Three laptops, switched off at any moment, with a folder that carries late and by half: all of it arrives."""
    for seed in range(dose(2, 100)):
        chance = random.Random(seed)  # noqa: S311  no secret
        here = root / str(seed)
        here.mkdir()
        carried = {device: here / device[:2] for device in (ONE, OTHER, THIRD)}

        def moment(_: str, chance: random.Random = chance) -> None:
            if chance.random() < 0.15:
                raise Killed

        ledgers = [MemoryLedger(device, moment=moment) for device in carried]
        for folder in carried.values():
            folder.mkdir()
        expected = set()
        for turn in range(60):
            ledger = chance.choice(ledgers)
            text = f"{turn} by {ledger.device[:2]}"
            expected.add(text)
            ledger.do(text)
            with suppress(Killed):
                share(ledger, carried[ledger.device])
            _carry(chance, [*carried.values()], whole=0.4)
        for ledger in ledgers:
            ledger.moment = lambda _: None
        for _ in range(4):
            for ledger in ledgers:
                outcome = share(ledger, carried[ledger.device])
                _carry(chance, [*carried.values()], whole=1.0)
        assert [ledger.texts() == expected for ledger in ledgers] == [True] * 3, seed
        assert outcome.remarks == [], seed


def _carry(chance: random.Random, folders: list[Path], whole: float) -> None:
    """Carry files from each folder to the others, as a program does: some late, some by half; and what went."""
    for source in folders:
        own = next(device for device in (ONE, OTHER, THIRD) if device[:2] == source.name)
        mine = {
            path.relative_to(source): path
            for path in source.rglob("*.rcb")
            if path.name.endswith(f".{own}.rcb") or path.parent.name == own
        }
        for target in folders:
            if target is source:
                continue
            for name, path in mine.items():
                there = target / name
                if chance.random() < whole and not _is_like(path, there):
                    there.parent.mkdir(exist_ok=True)
                    data = path.read_bytes()
                    is_whole = chance.random() < 0.7 or whole == 1
                    there.write_bytes(data if is_whole else data[: chance.randrange(len(data))])
            for path in [*target.rglob("*.rcb")]:
                is_theirs = path.name.endswith(f".{own}.rcb") or path.parent.name == own
                if is_theirs and path.relative_to(target) not in mine and chance.random() < whole:
                    path.unlink()


def _is_like(path: Path, there: Path) -> bool:
    return there.exists() and there.stat().st_size == path.stat().st_size


def test_a_pack_killed_half_way_is_done_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop switched off before its small files were gone, or with half a pack written, loses none of them."""
    one, other = couple(root)
    removing = Folder.remove

    def killed(place: Folder, name: str) -> None:
        removing(place, name)
        if name.endswith("00000005.rcb"):
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "remove", killed)
        for number in range(13):
            one.do(f"step {number}")
            with suppress(Killed):
                share(one, root)
    (made,) = [path for path in root.iterdir() if path.is_file()]
    for number in range(14):
        one.do(f"later {number}")
        share(one, root)
    assert sum(path.is_file() for path in (root / ONE).iterdir()) < 14
    assert not made.exists()
    share(other, root)
    assert other.texts() == one.texts()


def test_half_a_pack_does_not_replace_the_small_ones(root: Path) -> None:
    """A pack of which half is there is passed over, and what it was made of stays until the next is whole."""
    one, other = couple(root)
    for number in range(12):
        one.do(f"step {number}")
        share(one, root)
    half = root / f"{ONE}.00000001-00000012.{ONE}.rcb"
    half.write_bytes(b"relcard bundle 1 ")
    for number in range(16):
        one.do(f"later {number}")
        share(one, root)
    assert not half.exists()
    share(other, root)
    assert other.texts() == one.texts()

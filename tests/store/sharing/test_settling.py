"""A person's answers to what differs, on two laptops and three, and their undo."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from relcard.domain.sharing.steps import value_to_text
from relcard.errors import UsageError
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.sharing import accounts
from relcard.store.sharing import devices
from relcard.store.sharing import ledger
from relcard.store.sharing import settling
from tests.store.sharing.laptops import TERMS
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.store.sharing.laptops import delete
from tests.store.sharing.laptops import merge
from tests.support.book import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.store.sharing.accounts import Account
    from tests.store.sharing.laptops import Laptop


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Laptop, Laptop]:
    """Return two laptops of one list that know each other's names."""
    his, hers = couple(tmp_path, "notes", "facts")
    introduce(his, hers)
    return his, hers


def introduce(*desk: Laptop) -> None:
    for laptop in desk:
        with devices.changing(laptop.db):
            for other, name in zip(desk, ("his", "hers", "third"), strict=False):
                devices.name(laptop.db, other.device, name, TODAY.isoformat())


def both_rename(his: Laptop, hers: Laptop) -> None:
    his.rename("Ada Oak", "Ada His")
    hers.note("Ben Elm", "a step more: hers is the later")
    hers.rename("Ada Oak", "Ada Hers")


def he_removes(his: Laptop, hers: Laptop) -> None:
    delete(his, "Ada Oak")
    hers.note("Ada Oak", "tea")


def she_removes(his: Laptop, hers: Laptop) -> None:
    he_removes(hers, his)


def he_merges(his: Laptop, hers: Laptop) -> None:
    merge(his, "Ada Oak", "Ben Elm")
    hers.edit("Ben Elm", title="Captain")


def one_fact_each(his: Laptop, hers: Laptop) -> None:
    for laptop, who, bread in ((his, "Ada Oak", "rye"), (hers, "Ben Elm", "white")):
        with journal.step(laptop.db, "fact", today=TODAY):
            relationships.set_fact(laptop.db, laptop.id_of(who), "bread", bread, today=TODAY)
    merge(his, "Ada Oak", "Ben Elm")


def answer(laptop: Laptop, choice: str, which: int = 0) -> None:
    (conflict,) = laptop.listed()
    settling.settle(laptop.db, conflict, choice, TERMS, which)


def account_of(laptop: Laptop) -> Account:
    """Return whose hand is in what differs, but of what is empty."""
    (conflict,) = laptop.listed()
    account = accounts.account(laptop.db, conflict)
    wrote = {text: who for text, who in account.wrote.items() if text != "null"}
    return account._replace(wrote=wrote)


APART: list[tuple[Callable[[Laptop, Laptop], None], str]] = [
    (both_rename, "there"),
    (she_removes, "here"),
    (he_removes, "there"),
    (he_removes, "here"),
    (he_merges, "there"),
    (one_fact_each, "there"),
]


@pytest.mark.parametrize(("apart", "choice"), APART if os.environ.get("RELCARD_FAULTS") else APART[:3])
def test_an_answer_taken_back_is_asked_again(
    pair: tuple[Laptop, Laptop], apart: Callable[[Laptop, Laptop], None], choice: str
) -> None:
    """Both laptops list what they listed before, with whose hand it was, and each can answer anew."""
    his, hers = pair
    apart(his, hers)
    come_together(his, hers)
    before, account, names = his.listed(), account_of(his), his.names()
    answer(his, choice)
    come_together(his, hers)
    assert not hers.listed()
    taken = journal.undo(his.db)
    assert taken is not None
    assert (taken.command[:12], taken.left) == ("share settle", ())
    come_together(his, hers)
    for laptop in pair:
        assert (laptop.listed(), account_of(laptop), laptop.names()) == (before, account, names)
        assert checks.examine(laptop.path).is_sound
    answer(hers, choice)
    come_together(his, hers)
    assert not his.listed()


def test_a_removal_is_asked_again_though_its_laptop_knew_little(pair: tuple[Laptop, Laptop]) -> None:
    """The step that brings it back knows as little, and the other laptop takes it, and what follows."""
    his, hers = pair
    he_removes(his, hers)
    come_together(his, hers)
    for place in range(20):
        hers.note("Ben Elm", f"note {place}")
    come_together(his, hers)
    before = his.listed()
    answer(his, "here")
    come_together(his, hers)
    ledger.keep_bundle(his.db, 1, "00", b"", len(his.lines()))
    ledger.mark_sent(his.db, 1)
    journal.undo(his.db)
    devices.renew(his.db)  # brought back from a backup: what was not sent goes out as a new laptop's
    his.device = next(device.device for device in devices.every(his.db) if device.is_own)
    his.note("Ben Elm", "what follows")
    hers.take(his)
    assert hers.listed() == his.listed() == before
    assert hers.notes() == his.notes()


def test_an_answer_is_a_step_though_it_changed_no_table(pair: tuple[Laptop, Laptop]) -> None:
    """Undo after "keep" takes no other step back; another laptop's answer is taken back as one's own."""
    his, hers = pair
    both_rename(his, hers)
    come_together(his, hers)
    answer(his, "here")
    (last, *_) = journal.history(his.db)
    assert (last.command, last.changes, last.undone) == ("share settle Ada Hers", 1, False)
    journal.undo(his.db)
    (last, *_) = journal.history(his.db)
    assert (last.changes, last.undone) == (1, True)
    answer(his, "there")
    come_together(his, hers)
    (step, *_) = [step for step in journal.history(hers.db) if step.command.startswith("share settle")]
    journal.undo(hers.db, step.id)
    come_together(his, hers)
    assert [conflict.there for conflict in his.listed()] == [("Ada His",)]


def test_what_was_written_over_an_answer_stays(pair: tuple[Laptop, Laptop]) -> None:
    his, hers = pair
    both_rename(his, hers)
    come_together(his, hers)
    answer(his, "there")
    come_together(his, hers)
    hers.rename("Ada His", "Ada Later")
    come_together(his, hers)
    taken = journal.undo(his.db)
    assert taken is not None
    assert "the answer" in taken.left
    come_together(his, hers)
    assert "Ada Later" in his.names()
    assert not his.listed()


def test_of_three_values_any_can_be_taken(tmp_path: Path) -> None:
    """Each is listed with its laptop; undo lists all three again."""
    his, hers = couple(tmp_path, "notes")
    (tmp_path / "third").mkdir()
    third, _ = couple(tmp_path / "third", "notes", people=())
    desk = (his, hers, third)
    introduce(*desk)
    his.note("Ada Oak", "old")
    come_together(*desk)
    texts = {"his": "one", "hers": "two", "third": "three"}
    for laptop, text in zip(desk, texts.values(), strict=True):
        laptop.say("UPDATE note SET text = ?", text)
    come_together(*desk)
    (conflict,) = before = his.listed()
    assert {conflict.here, *conflict.there} == {*texts.values()}
    wrote = account_of(his).wrote
    assert {wrote[value_to_text(text)]: text for text in texts.values()} == texts
    for which in (0, 1):
        answer(his, "there", which)
        come_together(*desk)
        assert not third.listed()
        assert third.notes() == [conflict.there[which]]
        journal.undo(his.db)
        come_together(*desk)
        assert third.listed() == before
        assert account_of(third).wrote == wrote
    answer(his, "both")
    come_together(*desk)
    assert sorted(third.notes()[0].split("\n")) == ["one", "three", "two"]


def test_a_row_removed_by_who_knew_both_is_not_asked_about(pair: tuple[Laptop, Laptop]) -> None:
    """A note that went is no question any more; a fact that lost its place by a merge is one still."""
    his, hers = pair
    his.note("Ada Oak", "old")
    one_fact_each(his, hers)
    journal.undo(his.db)  # the merge
    come_together(his, hers)
    for laptop in pair:
        laptop.say("UPDATE note SET text = ?", f"words of {laptop.path[-8:]}")
        laptop.say("UPDATE fact SET value = ? WHERE value = 'white'", f"bread of {laptop.path[-8:]}")
    come_together(his, hers)
    assert [conflict.table for conflict in his.listed()] == ["fact", "note"]
    hers.say("DELETE FROM note")
    merge(hers, "Ada Oak", "Ben Elm")
    come_together(his, hers)
    assert {conflict.table for conflict in his.listed()} == {"fact"}
    delete(his, "Ada Oak")
    come_together(his, hers)
    assert not hers.listed()


def test_as_it_was_is_what_all_go_back_to(pair: tuple[Laptop, Laptop]) -> None:
    """Of a name that he changed twice and she once it is the first; no two names can stand as one."""
    his, hers = pair
    his.rename("Ada Oak", "Ada Between")
    his.rename("Ada Between", "Ada His")
    hers.rename("Ada Oak", "Ada Hers")
    come_together(his, hers)
    assert (account_of(his).before, account_of(hers).before) == ("Ada Oak", "Ada Oak")
    with pytest.raises(UsageError, match="only one"):
        answer(his, "both")

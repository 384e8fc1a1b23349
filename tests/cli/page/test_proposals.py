"""New addresses from another device, at the owner's terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.services.seasons.proposed_addresses import propose_address
from relcard.store import households
from relcard.store.file import journal
from relcard.store.file.database import session
from tests.support.book import TODAY
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.command_line import Runner


@pytest.fixture
def waiting(season: Runner) -> Runner:
    """Return the command line of somebody for whom a new address of the Webers waits."""
    home = int(season("show", "hannah", "--json").json["contact"]["household"]["id"].removeprefix("h"))
    with session(str(season.store)) as db, journal.step(db, "received", today=TODAY):
        assert households.get(db, home)
        propose_address(db, home, "Sonnenweg 4, 28203 Bremen", device="Marta's phone", today=TODAY)
    return season


def test_a_new_address_is_listed_with_the_one_it_would_replace(waiting: Runner) -> None:
    """Who, what, which device and when."""
    out = waiting.done("page", "proposals").out
    for words in ("Hannah", "Marta's phone, 20 Nov", "Sonnenweg 4, 28203 Bremen", "--take 1"):
        assert words in out
    (said,) = waiting("page", "proposals", "--json").json["proposals"]
    assert (said["number"], said["line"], said["device"], said["on"]) == (
        1,
        "Sonnenweg 4, 28203 Bremen",
        "Marta's phone",
        "2026-11-20",
    )


def test_a_new_address_is_taken_or_dropped_in_one_step(waiting: Runner) -> None:
    before = dump(waiting.store)
    assert "1 new address from another device waits" in waiting.done("today").out
    waiting.done("page", "proposals", "--take", "1")
    assert "from another device" not in waiting.done("today").out
    used = waiting("show", "hannah", "--json").json["contact"]["addresses"]
    assert [each["street"] for each in used if not each["retired_on"]] == ["Sonnenweg 4"]
    assert "No new address waits" in waiting.done("page", "proposals").out
    waiting.done("undo")
    assert dump(waiting.store) == before
    assert "dropped" in waiting.done("page", "proposals", "--drop", "1").out
    waiting.done("undo")
    waiting.done("page", "proposals", "--take", "1", "--as", "Sonnenweg 44, 28203 Bremen")
    used = waiting("show", "hannah", "--json").json["contact"]["addresses"]
    assert [each["street"] for each in used if not each["retired_on"]] == ["Sonnenweg 44"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--take", "9"), 4, "No new address 9"),
        (("--take", "1", "--drop", "1"), 2, "at a time"),
        (("--as", "Sonnenweg 4"), 2, "at a time"),
        (("--take", "1", "--as", "nowhere"), 2, "No town"),
    ],
)
def test_what_cannot_be_changes_nothing(
    waiting: Runner, words: tuple[str, ...], code: int, said: str
) -> None:
    before = dump(waiting.store)
    ended = waiting("page", "proposals", *words)
    assert (ended.code, said in ended.err) == (code, True), ended.err
    assert dump(waiting.store) == before

"""Both laptops import the same before they exchange: it stands once on both, and is known to the next import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.sharing.steps import from_line
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.sharing import taking
from relcard.store.sharing import twins
from tests.store.sharing.laptops import come_together
from tests.store.sharing.laptops import couple
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.sharing.laptops import Laptop

STREETS = ["9 Church Lane", "2 Mill Lane", "5 High Street"]
NEW = (
    card(
        "Dora Fir", "BDAY:1980-02-03", *(f"ADR:;;{street};York;;YO1 7HH;United Kingdom" for street in STREETS)
    ),
    card("Ed Yew", "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 1000, street="7 Ferry Road"),
)


def _post(laptop: Laptop, name: str, text: str) -> None:
    """Say that a card was sent last year, as the card list of both has it."""
    with journal.step(laptop.db, "years", today=TODAY):
        relationships.add_interaction(
            laptop.db,
            laptop.id_of(name),
            channel="card",
            direction="to them",
            on=TODAY.replace(year=2025),
            text=text,
        )


def _count(laptop: Laptop, table: str) -> int:
    (number,) = laptop.db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(number)


def test_it_stands_once(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    for laptop in (his, hers):
        laptop.book.imported(*NEW)
        _post(laptop, "Dora Fir", "")
    come_together(his, hers)
    for laptop in (his, hers):
        dora = contacts.load(laptop.db, laptop.id_of("Dora Fir"))
        assert [address.street for address in dora.addresses] == STREETS
        counts = {table: _count(laptop, table) for table in ("contact", "vcard", "occasion", "cutting")}
        assert counts == {"contact": 5, "vcard": 5, "occasion": 1, "cutting": 1}
        assert _count(laptop, "interaction") == 1
        assert checks.examine(laptop.path).is_sound
        assert laptop.book.imported(*NEW).unchanged == len(NEW)
    come_together(his, hers)


def test_nobody_is_asked_for_what_both_imported(tmp_path: Path) -> None:
    """However many stand twice, it is no mass change: no person brought it about."""
    his, hers = couple(tmp_path)
    for laptop in (his, hers):
        laptop.book.imported(*(card(f"Guest {number}", street=f"{number} Long Lane") for number in range(40)))
    sent = len(his.lines())
    his.take(hers)
    new = [*map(from_line, his.lines()[sent:])]
    assert [step.command for step in new] == [twins.COMMAND]
    taking.guard(his.db, new)
    come_together(his, hers)


def test_what_was_written_since_stays(tmp_path: Path) -> None:
    """An address that one of them corrected meanwhile is no twin."""
    his, hers = couple(tmp_path)
    for laptop in (his, hers):
        laptop.book.imported(*NEW)
    with journal.step(hers.db, "edit", today=TODAY):
        hers.db.execute("UPDATE address SET street = '7a Ferry Road' WHERE street = '7 Ferry Road'")
    come_together(his, hers)
    for laptop in (his, hers):
        streets = [address.street for address in contacts.load(laptop.db, laptop.id_of("Ed Yew")).addresses]
        assert sorted(streets) == ["7 Ferry Road", "7a Ferry Road"]
        assert _count(laptop, "vcard") == 5


def test_what_follows_from_several_steps_is_part_of_none(tmp_path: Path) -> None:
    """Who takes the last of them back takes back what it said, and no more."""
    his, hers = couple(tmp_path, "notes")
    for laptop in (his, hers):
        laptop.book.imported(*NEW)
    his.note("Ada Oak", "likes tea")
    hers.take(his)
    assert [step.changes for step in journal.history(hers.db) if step.command == "note Ada Oak"] == [1]

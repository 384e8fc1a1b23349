from __future__ import annotations

import asyncio
from threading import Thread
from typing import TYPE_CHECKING

from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.file.database import session
from tests.support.book import TODAY
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book


def test_two_devices_and_a_terminal_write_at_once(
    house: House, book: Book, store_path: str, dose: Callable[[int, int], int]
) -> None:
    """Nothing is lost and nothing doubled, though every third form comes twice; each step has its device."""
    many = dose(5, 250)
    faults: list[object] = []

    def write(name: str) -> None:
        with asyncio.Runner() as runner:
            device = Visitor(house, runner).paired(name)
            for number in range(many):
                page = device.get("/households/1")
                fields = {"text": f"{name} {number}", "revision": page.field("revision"), "token": page.token}
                statuses = [
                    device.post("/households/1/note", **fields).status for _ in range(1 + (not number % 3))
                ]
                if set(statuses) != {303}:
                    faults.append((name, number, statuses))

    def write_here() -> None:
        for number in range(many):
            with session(store_path) as db, journal.step(db, "note", today=TODAY):
                relationships.add_note(db, 1, f"terminal {number}", on=TODAY)

    threads = [Thread(target=write, args=(name,)) for name in ("phone", "tablet")] + [
        Thread(target=write_here)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    kept = sorted(text for (text,) in book.db.execute("SELECT text FROM note"))
    names = ("phone", "tablet", "terminal")
    assert kept == sorted(f"{name} {number}" for name in names for number in range(many))
    devices = [step.device for step in journal.history(book.db)]
    assert devices.count("phone") == devices.count("tablet") or len(devices) >= 200
    assert checks.examine(store_path).is_sound

"""Measure ten years of a shared list: `.venv/bin/python bench/share.py [--years N] [--shares N]`.

Two laptops, 300 people in 130 households, and in each year 200 notes, 60 facts, 390 visits and cards and the
like: 840 steps, exchanged through a folder. Told are the files and bytes in the folder, and the CPU of an
exchange that has something new and of a laptop that joins then.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Name
from relcard.services.people.add_contact import add_contact
from relcard.share.current import share_list
from relcard.share.lists import Laptop
from relcard.share.lists import join_list
from relcard.share.lists import start_list
from relcard.share.whereabouts import where
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.file.database import open_store

if TYPE_CHECKING:
    from relcard.store.file.database import Connection

PEOPLE, HOUSEHOLDS = 300, 130
A_YEAR = {"note": 200, "fact": 60, "log": 390, "tag": 40, "circle": 150}
BEGIN = date(2026, 1, 1)
OWN = ("notes", "facts", "visits", "circles")
WORDS = ("garden", "cello", "choir", "kitchen", "tea", "train", "harvest", "letter", "snow", "boat", "bread")


def silent(_: str) -> str:
    raise AssertionError


def fill(db: Connection) -> None:
    for number in range(PEOPLE):
        home = number % HOUSEHOLDS
        name = Name(given=f"Given{number}", family=f"Family{home}")
        address = Address(
            street=f"{home} High Street", locality="Leeds", postcode="LS1 4DY", country_code="GB"
        )
        contact = Contact(name=name, display_name=f"Given{number} Family{home}", addresses=(address,))
        with journal.step(db, "add", today=BEGIN):
            add_contact(db, contact, today=BEGIN)


def live(db: Connection, kind: str, day: date, chance: random.Random) -> None:
    who = chance.randrange(1, PEOPLE + 1)
    words = " ".join(chance.choices(WORDS, k=12))
    with journal.step(db, kind, today=day):
        if kind == "note":
            relationships.add_note(db, who, words, on=day)
        elif kind == "fact":
            relationships.set_fact(db, who, chance.choice(WORDS), words, today=day)
        elif kind == "circle":
            relationships.set_circle(db, who, chance.choice([*Circle]), today=day)
        elif kind == "tag":
            relationships.add_tag(db, who, chance.choice(WORDS))
        else:
            relationships.add_interaction(db, who, channel="visit", direction="to them", on=day, text=words)


def ten_years(folder: Path, years: int, shares: int) -> tuple[int, float]:
    """Live and exchange; return how many steps it was, and the CPU seconds of the exchanges."""
    chance = random.Random(1)
    stores = folder / "one.db", folder / "other.db"
    laptops = [open_store(str(path)) for path in stores]
    for db in laptops:
        db.execute("PRAGMA synchronous=OFF")
    plan = [kind for kind, times in A_YEAR.items() for _ in range(times)]
    turns, steps, seconds = 2 * shares, 0, 0.0
    for year in range(years):
        chance.shuffle(plan)
        for turn in range(turns):
            day = BEGIN + timedelta(days=365 * year + 365 * turn // turns)
            for kind in plan[len(plan) * turn // turns : len(plan) * (turn + 1) // turns]:
                live(laptops[turn % 2], kind, day, chance)
                steps += 1
            before = time.process_time()
            outcome = share_list(laptops[turn % 2], ask=silent, today=day)
            seconds += time.process_time() - before
            if outcome.remarks:
                sys.exit(str(outcome.remarks))
    share_list(laptops[0], ask=silent, today=day)
    for db in laptops:
        db.close()
    return steps, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--shares", type=int, default=230, help="exchanges of each laptop in a year")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Shared").mkdir()
        here = where(str(folder / "Shared"))
        with closing(open_store(str(folder / "one.db"), create=True)) as db:
            fill(db)
        store = str(folder / "one.db")
        code, _ = start_list(store, here, Laptop("one", OWN), is_plain=False, ask=silent, today=BEGIN)
        join = partial(join_list, where=here, code=code.text, puts_aside=False, ask=silent, today=BEGIN)
        join(str(folder / "other.db"), laptop=Laptop("other", OWN))
        steps, seconds = ten_years(folder, args.years, args.shares)
        files = [path for path in (folder / "Shared").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{steps} steps, an exchange {seconds / (2 * args.shares * args.years) * 1000:.0f} ms of CPU")
        print(f"{len(files)} files (aim: 40), {size:.2f} MB (aim: 2)")
        before = time.process_time()
        join(str(folder / "third.db"), laptop=Laptop("third", OWN))
        print(f"joining {time.process_time() - before:.1f} s of CPU (aim: 5)")


if __name__ == "__main__":
    main()

"""Do what `relcard duplicates --sit` does until its first page stands: `first_pair.py STORE`."""

from __future__ import annotations

import sys
from datetime import date

import relcard.cli.importing.duplicates  # noqa: F401  what the command loads
from relcard.domain.standpoint import Standpoint
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.find_duplicates import nearest_first
from relcard.services.importing.pair_sitting import PairSitting
from relcard.store.file.database import session
from relcard.tui import pair_page
from relcard.tui import pairs as _pairs  # noqa: F401

TODAY = date(2026, 11, 20)

with session(sys.argv[1]) as db:
    standpoint = Standpoint(today=TODAY, sender_country="GB", language="en")
    sitting = PairSitting(db, nearest_first(db, find_duplicates(db)), standpoint)
    if sitting.page is None:
        sys.exit("the book has no pair")
    print(pair_page.pair(sitting, 74, TODAY))

"""Read a file with vobject and do nothing with it: what importing is measured against."""

from __future__ import annotations

import sys
from pathlib import Path

import vobject

with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
    found = sum(1 for _ in vobject.readComponents(file))
print(found)

"""How much is tried: enough for every day in `make test`, all of it in `make faults`."""

from __future__ import annotations

import os

FULL = os.environ.get("RELCARD_FAULTS") == "full"


def dose(small: int, large: int) -> int:
    """Return how often something is tried: the first number, or the second in the full dose."""
    return large if FULL else small

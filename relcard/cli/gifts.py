"""Gifts for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relcard.cli import output
    from relcard.domain.reminders.gift import Gift


def gift_json(gift: Gift) -> output.Json:
    """Return a gift for scripts."""
    return {
        "number": gift.id,
        "what": gift.what,
        "state": gift.state,
        "occasion": gift.occasion or None,
        "year": gift.year,
        "ours": gift.ours,
    }

"""The line that says how much both laptops of a list changed apart, for the pages that count it."""

from __future__ import annotations

from relcard.cli import output


def say_unsettled(number: int) -> None:
    """Say how much waits for a person to settle it; nothing where nothing does."""
    if number:
        changed = output.plural(number, "change differs", "changes differ")
        output.say(f"  {changed} between the laptops: {output.accent('relcard share settle')}")

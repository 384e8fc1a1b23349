"""A note in free words: who is named, and one note for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.mentions import read_mentions
from relcard.domain.people.mentions import words_of
from relcard.store import mentions
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.mentions import Reading
    from relcard.store.file.database import Connection


def read_note(db: Connection, text: str) -> Reading:
    """Return who a text is about and what is to be noted; a name with several choices is for the user."""
    return read_mentions(text, mentions.some(db, words_of(text)))


def note_in_words(db: Connection, contact_ids: Sequence[int], text: str, *, on: date) -> None:
    """Keep one note for each contact named: it stays with everyone, whatever household that will be in."""
    for one in dict.fromkeys(contact_ids):
        relationships.add_note(db, one, text, on=on)

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.services.data.export_json import export_json
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book

_PRIVATE = {"circle", "facts", "notes", "interactions"}


def _known(book: Book, today: date) -> None:
    book.imported(
        card(
            "Anna Nowak",
            "BDAY:1984-05-19",
            "CATEGORIES:choir",
            "TEL:+44 113 496 0000",
            street="High Street 1",
        )
    )
    book.circle(Circle.INNER, "Anna Nowak")
    with journal.step(book.db, "know", today=today):
        relationships.add_note(book.db, 1, "canary-note", on=today)
        relationships.set_fact(book.db, 1, "bread", "canary-fact", today=today)
        relationships.add_interaction(
            book.db, 1, channel="visit", direction="to them", on=today, text="canary-line"
        )


def test_contact_is_said_in_parts(book: Book, today: date) -> None:
    """What the vCard says is there by name; nothing of the user's own is."""
    _known(book, today)
    (said,) = export_json(book.db)
    assert said["name"] == "Anna Nowak"
    assert said["addresses"][0]["street"] == "High Street 1"
    assert said["occasions"] == [{"kind": "birthday", "label": "", "date": "1984-05-19"}]
    assert said["tags"] == ["choir"]
    assert said["phones"][0]["value"] == "+44 113 496 0000"
    assert not _PRIVATE & said.keys()
    assert "canary" not in json.dumps(said)
    assert "inner" not in json.dumps(said)


def test_private_adds_what_is_the_users_own(book: Book, today: date) -> None:
    """Asked for, circle, facts, notes and what passed between are there too, and nothing else changes."""
    _known(book, today)
    (said,) = export_json(book.db, private=True)
    (plain,) = export_json(book.db)
    assert said["circle"] == "inner"
    assert said["facts"] == [{"key": "bread", "value": "canary-fact", "noted_on": today.isoformat()}]
    assert said["notes"] == [{"on": today.isoformat(), "text": "canary-note"}]
    assert [one["text"] for one in said["interactions"]] == ["canary-line"]
    assert {key: value for key, value in said.items() if key not in _PRIVATE} == plain

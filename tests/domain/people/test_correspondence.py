from __future__ import annotations

from datetime import date

from relcard.domain.people.correspondence import SharedNote
from relcard.domain.people.correspondence import Written
from relcard.domain.people.correspondence import exchanges
from relcard.domain.people.correspondence import shared_notes
from relcard.domain.people.correspondence import whose

THEIRS = Written(date(2026, 1, 4), True, "come and see the garden")
OURS = Written(date(2025, 12, 10), False, "the train is booked")
OLD = Written(date(2024, 12, 9), False, "the same pen")


def test_a_card_of_january_answers_that_of_december() -> None:
    """Their late card stands beside yours, and the newest year is first."""
    newest, older = exchanges([OLD, OURS, THEIRS])
    assert (newest.year, newest.theirs, newest.yours) == (2025, (THEIRS,), (OURS,))
    assert (older.year, older.theirs, older.yours) == (2024, (), (OLD,))


def test_a_card_to_a_household_counts_once() -> None:
    """The same line kept for two members is one; a card without its line gives way to one with it."""
    (found,) = exchanges([OURS, OURS, OURS._replace(text="")])
    assert found.yours == (OURS,)
    (found,) = exchanges([OURS._replace(text="")])
    assert found.yours == (OURS._replace(text=""),)


def test_notes_of_equal_day_and_text_are_one() -> None:
    """A note kept for two is shown once with both names; another day's, or one kept here alone, is another."""
    day, other = date(2026, 9, 1), date(2026, 9, 2)
    kept = [(other, 1, None), (day, 1, None), (day, 2, None), (day, 3, False)]
    notes = shared_notes((on, "new kitchen", contact_id, ours) for on, contact_id, ours in kept)
    assert notes.pop() == SharedNote(day, "new kitchen", (3,), ours=False)
    assert notes == [SharedNote(other, "new kitchen", (1,)), SharedNote(day, "new kitchen", (1, 2))]
    names = {1: "Anna", 2: "Tom", 3: "Ola"}
    assert whose(notes[1], names, among=3) == "Anna and Tom: "
    assert whose(notes[0], names, among=3) == "Anna: "
    assert whose(notes[1], names, among=2) == ""
    assert whose(SharedNote(day, "Ola started cello", (3,)), names, among=3) == ""

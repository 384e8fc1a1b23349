from __future__ import annotations

from relcard.domain.people.contact import Contact
from relcard.services.importing.merge_card import in_words
from relcard.services.importing.merge_card import merge_card

OURS = Contact(uid="nora", display_name="Nora Quill", title="Baker", note="rye")


def test_what_a_newer_text_leaves_out_goes() -> None:
    """Against the text before, a part the newer one has no more is taken away; the UID stays the store's."""
    theirs = Contact(uid="other", display_name="Nora Quill", title="Miller")
    merged = merge_card(OURS, theirs, OURS)
    assert merged.contact == Contact(uid="nora", display_name="Nora Quill", title="Miller")
    assert not merged.conflicts


def test_what_another_book_does_not_say_stays() -> None:
    """Beside a contact, a card of another address book adds what is missing and takes nothing."""
    theirs = Contact(uid="other", display_name="Quill, Nora", org="Mill")
    merged = merge_card(OURS, theirs, None)
    assert (merged.contact.note, merged.contact.org, merged.contact.uid) == ("rye", "Mill", "nora")
    assert not merged.conflicts


def test_a_conflict_names_both_words() -> None:
    """What the two disagree on is said with the words of both."""
    (conflict,) = merge_card(
        OURS, Contact(uid="nora", display_name="Nora Quill", title="Miller"), None
    ).conflicts
    assert in_words(conflict) == (
        'title is not the same here and there: kept "Baker", the card says "Miller" - '
        "correct the one that is wrong"
    )

"""What a newer card makes of a contact that is known: the three texts joined, and what they disagree on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.importing import differences
from relcard.domain.importing import three_way_merge
from relcard.domain.importing.match_keys import name_key

if TYPE_CHECKING:
    from relcard.domain.people.contact import Contact


def merge_card(ours: Contact, theirs: Contact, base: Contact | None) -> three_way_merge.Merged:
    """Return the contact as it stands with what a card says of it; `base` is what the card said before.

    With None the card is of another address book: what is missing there was never there. The UID is the
    store's own name for the contact and stays whatever a card says.
    """
    if base is not None:
        return three_way_merge.merge(replace(base, uid=ours.uid), replace(theirs, uid=ours.uid), ours)
    one = differences.Whole(contact=ours, said={})
    other = differences.Whole(contact=theirs, said={})
    conflicts = tuple(
        three_way_merge.Conflict(field=found.field, ours=found.first, theirs=found.second)
        for found in differences.differences(one, other)
        # Two ways to write one name are no conflict: by it they were found to be one.
        if found.field != "name" or name_key(ours) != name_key(theirs)
    )
    return three_way_merge.Merged(contact=differences.unite(one, other).contact, conflicts=conflicts)


def in_words(conflict: three_way_merge.Conflict) -> str:
    """Return what the report of an import says of a conflict."""
    called = {"display_name": "name", "org": "organisation", "addresses": "address"}
    return (
        f"{called.get(conflict.field, conflict.field)} is not the same here and there: kept "
        f'"{conflict.ours}", the card says "{conflict.theirs}" - correct the one that is wrong'
    )

"""A UID for who came without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.importing.match_keys import name_key
from relcard.services.importing.match_cards import reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.people.contact import Contact

# The root of the UIDs we mint: made of the name and the first e-mail or phone, so that a store built anew
# from the same files has the same ones.
_NAMESPACE = "8f7a3c5e-52c4-5f0b-9a64-3e0f6b1d2c71"


def minted_uid(contact: Contact, is_taken: Callable[[str], bool]) -> str:
    """Return a UID for a contact whose card has none: the same in a store built anew from the same cards."""
    import uuid  # hardly a card is without one

    namespace = uuid.UUID(_NAMESPACE)
    text = f"{name_key(contact)}|{min(reach(contact), default='')}"
    uid = str(uuid.uuid5(namespace, text))
    number = 1
    while is_taken(uid):
        number += 1
        uid = str(uuid.uuid5(namespace, f"{text}|{number}"))
    return uid

"""The parts of a contact that are shown, never searched, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relcard.domain.contact import Contact

_NAME_PARTS = ("family", "given", "additional", "prefixes", "suffixes")


def detail(contact: Contact) -> str:
    """Return the parts of a contact as a JSON object; what is empty is left out."""
    name = contact.name
    parts = {
        "n": {part: text for part in _NAME_PARTS if (text := getattr(name, part))},
        "nicknames": contact.nicknames,
        "phonetic": contact.phonetic,
        "org": contact.org,
        "title": contact.title,
        "phones": [(one.value, one.types, one.label) for one in contact.phones],
        "emails": [(one.value, one.types, one.label) for one in contact.emails],
        "urls": contact.urls,
        "relations": [(one.kind, one.name, one.uid) for one in contact.relations],
        "note": contact.note,
        "language": contact.language,
        "gender": contact.gender,
    }
    return json.dumps({part: value for part, value in parts.items() if value}, ensure_ascii=False)

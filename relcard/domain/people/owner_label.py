"""The label of an address: the whole of it in its owner's words, used where it says what the parts say.

A label is one rendering of its ADR (RFC 6350 section 6.3.1), but programs change the one and forget the
other, and some write a mere tag there ("Home").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.contact import is_short
from relcard.domain.people.contact import is_tag
from relcard.domain.people.contact import words_of

if TYPE_CHECKING:
    from relcard.domain.people.contact import Address

_SAID = ("street", "extended", "po_box", "postcode", "locality")  # what a label must say where the parts do
_REPLACED = (*_SAID, "region", "country")
_SHORT = 4  # letters of an abbreviation without its full stop: Rd, Ave, Blvd


def owner_label(address: Address) -> str:
    """Return the label an address is written by, "" where it is a tag or does not say what the parts say."""
    label = address.label.strip()
    return label if label and not is_tag(label) and not _unsaid(address) else ""


def contradicts(address: Address) -> bool:
    """Whether label and parts are two addresses; a tag says none."""
    label = address.label.strip()
    if not label or is_tag(label) or not _unsaid(address):
        return False
    words = words_of(label)
    shared = any(word in words for part in _SAID for word in words_of(getattr(address, part)))
    return shared or not is_short(label)


def follow_parts(before: Address, after: Address) -> str:
    """Return the label of an address whose parts were changed: with the new parts, "" where they do not fit.

    A label that was changed itself, a tag, and one that never said what the parts said stay as they are.
    """
    label = after.label
    if label != before.label or not owner_label(before) or not _unsaid(after):
        return label
    for part in _REPLACED:
        old, new = getattr(before, part).strip(), getattr(after, part).strip()
        if old and old != new:
            label = label.replace(old, new)
    label = "\n".join(line for line in label.splitlines() if line.strip(" ,;"))
    return "" if _unsaid(after._replace(label=label)) else label


def _unsaid(address: Address) -> bool:
    """Whether the parts say something that the label does not."""
    words = words_of(address.label)
    run = _run(address.label)
    return any(
        _run(text) not in run
        and not all(any(_alike(word, other) for other in words) for word in words_of(text))
        for part in _SAID
        if (text := getattr(address, part))
    )


def _run(text: str) -> str:
    return "".join(word.rstrip(".") for word in words_of(text))


def _alike(word: str, other: str) -> bool:
    """Whether two words are one, perhaps abbreviated; a number is never a slip."""
    bare, whole = sorted((word.rstrip("."), other.rstrip(".")), key=len)
    if bare == whole:
        return True
    if not (bare.isalpha() and whole.isalpha()) or bare[0] != whole[0]:
        return False
    if f"{bare}." in (word, other):
        return whole.startswith(bare) or _is_within(bare, whole)
    return len(bare) <= _SHORT < len(whole) + 1 and bare[-1] == whole[-1] and _is_within(bare, whole)


def _is_within(short: str, whole: str) -> bool:
    """Whether the letters of a short word stand in another in their order, as rd in road."""
    letters = iter(whole)
    return all(letter in letters for letter in short)

"""The label of an address: the whole of it in its owner's words, used where it says what the parts say.

A label is one rendering of its ADR (RFC 6350 section 6.3.1), but programs change the one and forget the
other, and some write a mere tag there ("Home").
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.text import fold

if TYPE_CHECKING:
    from relcard.domain.people.contact import Address

_SAID = ("street", "extended", "po_box", "postcode", "locality")  # what a label must say where the parts do
_REPLACED = (*_SAID, "region", "country")
_WORD = re.compile(r"[^\W_]+\.?")
_STREET = re.compile(r"strasse\b|str\b\.?")
_MOST_OF_A_TAG = 4  # words
_SHORT = 4  # letters of an abbreviation without its full stop: Rd, Ave, Blvd
_TAGS = frozenset(
    """
    home house work office business private personal privat zuhause daheim arbeit firma buro geschaftlich
    domicile maison bureau travail casa domicilio trabajo oficina lavoro ufficio dom praca biuro thuis werk
    hem hjem arbete koti place main primary other sonstige autre otro altro inne school holiday weekend summer
    winter parents billing shipping delivery postal mailing address adresse anschrift
    """.split()  # noqa: SIM905  a list of sixty would be sixty lines
)


def owner_label(address: Address) -> str:
    """Return the label an address is written by, "" where it is a tag or does not say what the parts say."""
    label = address.label.strip()
    return label if label and not is_tag(label) and not _unsaid(address) else ""


def contradicts(address: Address) -> bool:
    """Whether label and parts are two addresses; a tag says none."""
    label = address.label.strip()
    if not label or is_tag(label) or not _unsaid(address):
        return False
    words = _words(label)
    shared = any(word in words for part in _SAID for word in _words(getattr(address, part)))
    return shared or not _is_short(label)


def is_tag(label: str) -> bool:
    """Whether a label is a word about an address, as "Home" or "Summer house", and none itself."""
    return _is_short(label) and any(word.rstrip(".") in _TAGS for word in _words(label))


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
    return "" if _unsaid(replace(after, label=label)) else label


def _is_short(label: str) -> bool:
    is_line = len(label.strip().splitlines()) <= 1 and not any(sign in label for sign in ",;")
    return is_line and not any(map(str.isdigit, label)) and 0 < len(label.split()) <= _MOST_OF_A_TAG


def _unsaid(address: Address) -> bool:
    """Whether the parts say something that the label does not."""
    words = _words(address.label)
    run = _run(address.label)
    return any(
        _run(text) not in run
        and not all(any(_alike(word, other) for other in words) for word in _words(text))
        for part in _SAID
        if (text := getattr(address, part))
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(_STREET.sub("str", fold(text)))


def _run(text: str) -> str:
    return "".join(word.rstrip(".") for word in _words(text))


def _alike(one: str, other: str) -> bool:
    """Whether two words are one, perhaps abbreviated; a number is never a slip."""
    bare, whole = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if bare == whole:
        return True
    if not (bare.isalpha() and whole.isalpha()) or bare[0] != whole[0]:
        return False
    if f"{bare}." in (one, other):
        return whole.startswith(bare) or _is_within(bare, whole)
    return len(bare) <= _SHORT < len(whole) + 1 and bare[-1] == whole[-1] and _is_within(bare, whole)


def _is_within(short: str, whole: str) -> bool:
    """Whether the letters of a short word stand in another in their order, as rd in road."""
    letters = iter(whole)
    return all(letter in letters for letter in short)

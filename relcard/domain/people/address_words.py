"""The words of an address and of its label: which are one however written, and which are only a tag."""

from __future__ import annotations

import re

from relcard.domain.text import fold

_WORD = r"[^\W_]+\.?"
_STREET = r"strasse\b|str\b\.?"
_MOST_OF_A_TAG = 4  # words
_TAGS = frozenset(
    """
    home house work office business private personal privat zuhause daheim arbeit firma buro geschaftlich
    domicile maison bureau travail casa domicilio trabajo oficina lavoro ufficio dom praca biuro thuis werk
    hem hjem arbete koti place main primary other sonstige autre otro altro inne school holiday weekend summer
    winter parents billing shipping delivery postal mailing address adresse anschrift
    """.split()  # noqa: SIM905  a list of sixty would be sixty lines
)


def is_tag(label: str) -> bool:
    """Whether a label is a word about an address, as "Home" or "Summer house", and none itself."""
    return is_short(label) and any(word.rstrip(".") in _TAGS for word in words_of(label))


def is_short(label: str) -> bool:
    """Whether a label is a few words on one line, without a number."""
    is_line = len(label.strip().splitlines()) <= 1 and not any(sign in label for sign in ",;")
    return is_line and not any(map(str.isdigit, label)) and 0 < len(label.split()) <= _MOST_OF_A_TAG


def words_of(text: str) -> list[str]:
    """Return the folded words of an address, the German street always as str; a full stop stays."""
    return re.findall(_WORD, re.sub(_STREET, "str", fold(text)))

"""Surnames beside given names, and those that change with whoever bears them: Kowalska and Kowalski."""

from __future__ import annotations

from relcard.domain.text import fold_again
from relcard.domain.text import has_east_asian


def full_name(name: str, surname: str) -> str:
    """Return a given name with a surname: before it, without a space, in Chinese, Japanese and Korean."""
    return f"{surname}{name}" if has_east_asian(surname) else f"{name} {surname}".strip()


def surname_stems(family: str, display_name: str) -> frozenset[str]:
    """Return the stems of a surname: Kowalska and Kowalski, Novák and Nováková, Lee and Lee-Dow.

    Without a family name the last word of the name counts as one. Only for comparing, never for show.
    """
    family = family or display_name.rpartition(" ")[2]
    return frozenset([_stem(part) for part in fold_again(family).replace("-", " ").split()])


def common_stems(name: str) -> set[str]:
    """Return the stem of a folded surname and its other forms: kowalsk, novak."""
    return {
        name.removesuffix(form) + _shared(feminine, common)
        for feminine, common in _ENDINGS
        for form in (feminine, common)
        if form and name.endswith(form)
    }


def _shared(feminine: str, common: str) -> str:
    while not common.startswith(feminine):
        feminine = feminine[:-1]
    return feminine


def _stem(part: str) -> str:
    if not part.endswith(_CHANGING):
        return part
    for feminine, common in _ENDINGS:
        if len(part) > len(feminine) + 2 and part.endswith(feminine):
            return part.removesuffix(feminine) + common
    return part


# Surnames that change with whoever bears them; only ever compared, never shown.
_ENDINGS = (
    ("scy", "ski"),
    ("ccy", "cki"),
    ("dzcy", "dzki"),
    ("ovi", ""),
    ("ska", "ski"),
    ("cka", "cki"),
    ("dzka", "dzki"),
    ("ska", "sky"),
    ("ova", ""),
    ("ov", ""),
    ("eva", ""),
    ("ev", ""),
    ("ina", "in"),
    ("ская", "ский"),
    ("ова", ""),
    ("ов", ""),
    ("ева", ""),
    ("ев", ""),
    ("ou", ""),
    ("os", ""),
    ("ου", ""),
    ("οσ", ""),
    ("sky", "ski"),
    ("aki", "akis"),
    ("ακη", "ακησ"),
)
_CHANGING = tuple(feminine for feminine, _ in _ENDINGS)

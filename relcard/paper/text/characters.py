"""Characters as they are drawn: which stand alone, which stay together, and what is left out.

Text is put into NFC first. Telephones leave direction marks and zero-width characters in names; they print
nothing, so they go.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Scripts between Armenian and Latin Extended Additional, and their later extensions, join, stack or reorder
# their letters: drawn one character at a time they cannot be read, even where the face has the shapes.
_NEEDS_SHAPING = ((0x0590, 0x109F), (0x1100, 0x11FF), (0x1700, 0x1C7F), (0xA800, 0xABFF), (0xFB1D, 0xFDFF))
_JOINERS = "\u200c\u200d"
_MARKS = frozenset({"Mn", "Mc", "Me"})
_NEVER_ALONE = _MARKS | {"Cc", "Cf", "Co", "Cn", "Cs"}


def prepare(text: str) -> str:
    """Return `text` as it is drawn: NFC, every space a plain or no-break one, invisible marks left out.

    Joiners stay where they have work to do, after letters that take another shape by them.
    """
    if (text.isprintable() or text.replace("\n", "").isprintable()) and (
        text.isascii() or (max(text) < "\ufe00" and unicodedata.is_normalized("NFC", text))
    ):
        return text  # nearly every line there is
    prepared = ""
    for character in unicodedata.normalize("NFC", text):
        if character in _JOINERS:
            prepared += character if prepared and _joins(prepared[-1]) else ""
        else:
            prepared += _drawn_as(character)
    return prepared.rstrip(_JOINERS)


def describe(character: str) -> str:
    """Name a character for a person: the character, and what Unicode calls it where that is a name."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return character if name.startswith(("CJK ", "HANGUL ")) else f"{character} ({name.lower()})"


def is_emoji(character: str) -> bool:
    """Whether a character is a picture, or says how one looks: decoration, where a face does not have it."""
    return (
        unicodedata.category(character) == "So"
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # tones of skin
        or "\U000e0020" <= character <= "\U000e007f"  # of which flags are made
        or character == "\u20e3"  # a key around a digit
    )


def stands_alone(character: str) -> bool:
    """Tell whether a character can be drawn without regard to its neighbours."""
    if any(first <= ord(character) <= last for first, last in _NEEDS_SHAPING):
        return False
    # A combining mark that NFC leaves over has no place of its own without shaping.
    return unicodedata.category(character) not in _NEVER_ALONE and (
        unicodedata.bidirectional(character) not in {"R", "AL"}
    )


def is_silent(character: str) -> bool:
    """Tell what needs no glyph of its own: joiners and the choice among forms of a character."""
    return character in _JOINERS or "\U000e0100" <= character <= "\U000e01ef"


def clusters(text: str) -> Iterator[str]:
    """Divide a prepared text into letters with their marks: it may be broken between them, never within."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not (_clings(text[place]) or text[place - 1] == "\u200d"):
            yield text[start:place]
            start = place


def _clings(character: str) -> bool:
    return (
        unicodedata.category(character) in _MARKS
        or character in _JOINERS
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # the tones of skin
    )


def _joins(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" and not stands_alone(character)


def _drawn_as(character: str) -> str:
    if "\ufe00" <= character <= "\ufe0f":  # asks for another form of the character before it
        return ""
    if character == "\n" or character.isprintable():
        return character
    if character in "\u00a0\u202f\u2007":  # these keep words together on a line
        return "\u00a0"
    if character.isspace():
        return "\n" if character in "\r\u2028\u2029\x85" else " "
    return "" if unicodedata.category(character) in {"Cf", "Cc"} else character

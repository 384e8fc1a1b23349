"""Text as it is searched and compared, and as it is typed into a shell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base and a mark, and how people without them type.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


class _Folded(dict[int, str]):
    """What becomes of each character once accents stand apart from their letters, worked out once each."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = "" if unicodedata.combining(character) else character.casefold().translate(_UNDECOMPOSED)
        self[code] = folded
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=1024)
def fold_again(text: str) -> str:
    """Return a text folded, from memory: for parts that come back, as given names and towns."""
    return fold(text)


def fold(text: str) -> str:
    """Return text as it is searched: lower case, no accents, ł as l, spaces squeezed.

    `jurgen` finds Jürgen, `lodz` Łódź, `soren` Søren, `gross` Groß.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Taken apart first: ǽ is æ and an accent, and fancy letters (𝐀) are capitals only once they are plain.
    return " ".join(unicodedata.normalize("NFKD", text).translate(_FOLDED).split())


def plain_words(text: str) -> str:
    """Return a text as its words are compared: folded, without punctuation, "Rye, dark" as "rye dark"."""
    folded = fold(text)
    plain = " ".join("".join(letter if letter.isalnum() else " " for letter in folded).split())
    return plain or folded


def plain_postcode(text: str) -> str:
    """Return a postcode as it is compared: capitals, without spaces and dashes."""
    return "".join(letter for letter in text.upper() if letter not in " -")


def is_east_asian(character: str) -> bool:
    """Tell a letter of Chinese, Japanese or Korean: Han, kana and hangul, without their punctuation.

    A name of nothing else has the family first; an address that holds one is written the native way round.
    """
    # By comparing: a pattern of these ranges takes 4 ms to compile whenever relcard starts.
    return character >= "\u3005" and (
        character <= "\u3007"
        or "\u3040" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7a3"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def has_east_asian(text: str) -> bool:
    """Tell a text that holds a letter of Chinese, Japanese or Korean."""
    return not text.isascii() and any(map(is_east_asian, text))


def is_unspaced(character: str) -> bool:
    """Tell a character that needs no space to end a line: Chinese, Japanese, and their punctuation.

    Another range than `is_east_asian`: Korean has spaces, and a line may be divided beside a full stop.
    """
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


_BARE = r"[\w@%+=:,./-]+"  # what no shell takes for more than itself
_MEANT = frozenset('"$`\\!')  # what a shell looks at even between double quotes


def quoted(text: str) -> str:
    """Return words so that a shell takes them for one: bare, in double quotes, or as `shlex` has them."""
    if re.fullmatch(_BARE, text):
        return text
    if not _MEANT & set(text):
        return f'"{text}"'
    import shlex  # noqa: PLC0415  0.4 ms of every command, for a name that holds quotes

    return shlex.quote(text)

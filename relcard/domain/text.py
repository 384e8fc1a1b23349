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
    """Return what `fold` does, from memory: for parts that come back, as given names and towns do."""
    return fold(text)


def fold(text: str) -> str:
    """Return text as it is searched: lower case, no accents, ł as l, spaces squeezed.

    `jurgen` finds Jürgen, `lodz` Łódź, `soren` Søren, `gross` Groß.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Taken apart first: ǽ is æ and an accent, and fancy letters (𝐀) are capitals only once they are plain.
    return " ".join(unicodedata.normalize("NFKD", text).translate(_FOLDED).split())


def is_east_asian(letter: str) -> bool:
    """Whether a letter is kana, an ideograph or Hangul: there the family, or the region, is named first."""
    # By comparing: a pattern of these ranges takes 4 ms to compile whenever relcard starts.
    return letter >= "\u3005" and (
        letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7af"
        or "\uf900" <= letter <= "\ufaff"
        or "\U00020000" <= letter <= "\U0003ffff"
    )


_BARE = re.compile(r"[\w@%+=:,./-]+")  # what no shell takes for more than itself
_MEANT = frozenset('"$`\\!')  # what a shell looks at even between double quotes


def quoted(text: str) -> str:
    """Return words so that a shell takes them for one: bare, in double quotes, or as `shlex` has them."""
    if _BARE.fullmatch(text):
        return text
    if not _MEANT & set(text):
        return f'"{text}"'
    import shlex  # seldom wanted, and no part of starting up

    return shlex.quote(text)

"""Words as they are typed into a shell, for the commands that messages name."""

from __future__ import annotations

import re

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

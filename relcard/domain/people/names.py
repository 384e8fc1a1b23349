"""Names: the display name and its parts, made from each other; Mr, Mrs and titles before them."""

from __future__ import annotations

import re
from functools import lru_cache

from relcard.domain.languages import CODES
from relcard.domain.languages import language
from relcard.domain.people.contact import Name
from relcard.domain.text import is_east_asian


def parts_of(display_name: str) -> Name:
    """Guess given and family name: the last word is the family's, with small words before it (van der Berg).

    One word is a given name. In Chinese, Japanese and Korean the family comes first.
    """
    words = display_name.split()
    if len(words) < 2:
        return Name(given=display_name)
    if all(map(is_east_asian, "".join(words))):
        return Name(family=words[0], given=" ".join(words[1:]))
    begins = len(words) - 1
    while begins > 1 and words[begins - 1].islower():
        begins -= 1
    return Name(given=" ".join(words[:begins]), family=" ".join(words[begins:]))


def follow_parts(display_name: str, before: Name, after: Name) -> str:
    """Return a display name after parts of it changed: Anna Kowalska, family now Smith, is Anna Smith."""
    for old, new in zip(before, after, strict=True):
        if old and old != new:
            whole = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
            display_name = whole.sub(lambda _, new=new: new, display_name, count=1)  # type: ignore[misc]
    return " ".join(display_name.split())


def follow_name(parts: Name, before: str, after: str) -> Name:
    """Return the parts after words of the display name changed; as they are when it is not plain which."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return parts
    changes = {was: now for was, now in zip(old, new, strict=True) if was != now}
    return Name(
        *(
            " ".join(changes.get(word, word) for word in part.split())
            if changes.keys() & set(part.split())
            else part
            for part in parts
        )
    )


def title_key(word: str) -> str:
    """Return what two spellings of a title share: Dr, dr., DR."""
    return word.lower().replace(".", "").strip(",")


def academic(prefixes: str) -> str:
    """Return the titles among what stands before a name, as they are written: "Herr Prof. Dr." has two."""
    return " ".join(word for word in prefixes.split() if _courtesy(title_key(word)) is None)


def stated_gender(gender: str, prefixes: str) -> str:
    """Return "f" or "m" as GENDER, or else a Mr or Mrs, states it; "" where neither does."""
    if gender:
        return gender if gender in ("f", "m") else ""
    stated = {_courtesy(title_key(word)) for word in prefixes.split()} - {"", None}
    return stated.pop() or "" if len(stated) == 1 else ""


@lru_cache(maxsize=256)
def _courtesy(key: str) -> str | None:
    """Return for whom a Mr or Mrs of any language is: "f", "m" or "" for both; None for a title.

    The languages are asked one by one, so that "Mr" loads no other than English.
    """
    for code in CODES:
        words = language(code)
        if key in words.titles.split():
            return None
        for gender, courtesies in (("f", words.women), ("m", words.men), ("", words.anybody)):
            if courtesies and key in courtesies.split():
                return gender
    return None

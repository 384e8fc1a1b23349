"""The same sentence again: as on an earlier card to a household, or on one to their family."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

_SENTENCE = re.compile(r"[^.!?;…]+")
_SHORTEST = 5  # words: shorter ones are wishes, which everybody says to many


class Before(NamedTuple):
    """Words that somebody has read, and what is said of them: "you wrote this to them in 2025"."""

    text: str
    where: str


def find_repeats(lines: Iterable[str], before: Iterable[Before], common: Iterable[str]) -> Mapping[str, str]:
    """Return each line with which a sentence begins that was said before, and where that was.

    `common` are the lines of a template, its words for everybody and nobody's sentence. Case, accents, stops
    and where a line ends do not count.
    """
    told: dict[str, str] = {}
    for earlier in before:
        told |= dict.fromkeys(_sentences(earlier.text.split("\n")), earlier.where)
    everybodys = set(map(plain_words, common))
    own = [line for line in lines if plain_words(line) not in everybodys]
    return {line: told[sentence] for sentence, line in _sentences(own).items() if sentence in told}


def _sentences(lines: Iterable[str]) -> dict[str, str]:
    """Return whole sentences and single lines, as they are compared, each with the line it begins with."""
    text = "\n".join(line.strip() for line in lines)
    begins = [(match.start(), match.group()) for match in _SENTENCE.finditer(text)]
    begins += [(match.start(), match.group()) for match in re.finditer(r".+", text)]
    sentences = {}
    for start, words in begins:
        at = start + len(words) - len(words.lstrip())
        key = plain_words(words)
        if len(key.split()) >= _SHORTEST:
            sentences[key] = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    return sentences

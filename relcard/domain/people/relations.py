"""Who is what to whom, in plain words and in both directions: the mother of Ola, so Ola is her child.

A word says what one contact is to another. Its inverse is free of gender where nobody said one. A word
without a known inverse is turned round: what is "tailor of Anna" on one page is "tailor: Jan" on hers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIRS = (
    # what one is, in the words people use, and what the other is then; the first word is free of gender
    (("parent", "mother", "father", "mum", "mom", "dad"), ("child", "daughter", "son")),
    (("grandparent", "grandmother", "grandfather", "granny", "grandma", "grandpa"),
     ("grandchild", "granddaughter", "grandson")),
    (("godparent", "godmother", "godfather"), ("godchild", "goddaughter", "godson")),
    (("step-parent", "stepmother", "stepfather"), ("stepchild", "stepdaughter", "stepson")),
    (("parent-in-law", "mother-in-law", "father-in-law"), ("child-in-law", "daughter-in-law", "son-in-law")),
    (("aunt or uncle", "aunt", "uncle"), ("niece or nephew", "niece", "nephew")),
    (("teacher",), ("pupil", "student")),
    (("manager", "boss"), ("assistant",)),
    (("employer",), ("employee",)),
    (("guardian",), ("ward",)),
    (("host",), ("guest",)),
    (("landlord", "landlady"), ("tenant",)),
    (("doctor",), ("patient",)),
    (("owner",), ("pet", "dog", "cat")),
)  # fmt: skip
_MUTUAL = (
    ("partner", "domestic-partner", "girlfriend", "boyfriend"),
    ("spouse", "husband", "wife"),
    ("sibling", "brother", "sister"),
    ("sibling-in-law", "brother-in-law", "sister-in-law"),
    ("cousin",),
    ("friend",),
    ("neighbour", "neighbor"),
    ("colleague", "co-worker", "workmate"),
    ("relative", "kin"),
    ("acquaintance", "contact", "met"),
    ("co-resident", "flatmate", "roommate"),
    ("sweetheart", "date", "crush", "muse"),
    ("twin",),
)

_INVERSE: dict[str, str] = {}
_COVERS: dict[str, str] = {}  # the word free of gender that a word is a kind of
for _one, _other in _PAIRS:
    _INVERSE.update({**dict.fromkeys(_one, _other[0]), **dict.fromkeys(_other, _one[0])})
    _COVERS.update({**dict.fromkeys(_one, _one[0]), **dict.fromkeys(_other, _other[0])})
for _words in _MUTUAL:
    _INVERSE.update(dict.fromkeys(_words, _words[0]))
    _COVERS.update(dict.fromkeys(_words, _words[0]))
_COVERS["spouse"] = "partner"

# What ties a family together, across letterboxes too.
FAMILY = frozenset(
    word for words in (*(word for pair in _PAIRS[:6] for word in pair), *_MUTUAL[:5]) for word in words
)

# As vCards write them (RFC 6350 section 6.6.6, and Android's labels), and what people say.
_SAID = {
    "co-worker": "colleague",
    "kin": "relative",
    "neighbor": "neighbour",
    "domestic-partner": "partner",
    "domestic partner": "partner",
    "referred-by": "referred by",
}


End = int | str  # of a relation: the id of a contact, or the name of somebody who is none


class Tie(NamedTuple):
    """What a contact is to somebody, or what somebody is to it.

    `word` is what `of` makes it: "mother" of Ola.
    """

    one: End
    word: str
    of: End


class SeenRelation(NamedTuple):
    """One relation as a page says it: "mother of Ola" when `is_of`, else "tailor: Jan"."""

    word: str
    other: End
    is_of: bool


def plain_word(kind: str) -> str:
    """Return the word for a kind of relation as it is kept: lower case, one spelling, "of" left out."""
    words = " ".join(kind.lower().split()).removesuffix(" of").removesuffix(" to")
    return _SAID.get(words, words)


def inverse(word: str) -> str:
    """Return the word for the other, free of gender, or "" where nobody can tell."""
    return _INVERSE.get(word, "")


def seen_from(me: End, ties: Iterable[Tie]) -> list[SeenRelation]:
    """Return what a contact is to the others, each said once, in the order in which they were said.

    What was said of the contact itself ("mother") beats what follows from what was said of the other
    ("child", hence parent); of two words that mean the same the more exact one stays.
    """
    own: dict[End, list[str]] = {}
    follows: dict[End, list[str]] = {}
    turned: dict[End, list[str]] = {}
    for tie in ties:
        if tie.one == me and tie.of != me:
            own.setdefault(tie.of, []).append(tie.word)
        elif tie.of == me and tie.one != me:
            word = inverse(tie.word)
            (follows if word else turned).setdefault(tie.one, []).append(word or tie.word)
    others = dict.fromkeys((*own, *follows, *turned))
    seen = []
    for other in others:
        words = _most_exact((*own.get(other, ()), *follows.get(other, ())))
        seen += [SeenRelation(word, other, True) for word in words]
        turned_words = dict.fromkeys(turned.get(other, ()))
        seen += [SeenRelation(word, other, False) for word in turned_words if word not in words]
    return seen


def _most_exact(words: Iterable[str]) -> list[str]:
    """Drop a word that another one says more exactly: parent beside mother, partner beside wife."""
    known = list(dict.fromkeys(words))
    return [word for word in known if not any(_is_kind_of(other, word) for other in known if other != word)]


def _is_kind_of(exact: str, word: str) -> bool:
    """Whether the one word says all that the other does, and more."""
    covers = _COVERS.get(exact)
    while covers is not None and covers != exact:
        if covers == word:
            return True
        exact, covers = covers, _COVERS.get(covers)
    return False

"""The rules of tone: what makes a friend feel processed, each with its reason and an example.

The words by which a rule finds something in a language are that language's, `ToneWords` of domain/languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.languages import language
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Rule(NamedTuple):
    """One rule: what it says of a line, and a line it speaks of. A law of the ink cannot be switched off."""

    name: str
    reason: str
    example: str
    is_law: bool = False
    refuses: bool = False  # the card is not printed with such a line


RULES = (
    Rule(
        name="signature",
        reason="a signature is ink: names in type look like an office’s",
        example="Warmly, the Hales",
        is_law=True,
        refuses=True,
    ),
    Rule(
        name="name",
        reason="names are ink: by hand they say who is meant",
        example="A kind new year, Anna and Tom",
        is_law=True,
        refuses=True,
    ),
    Rule(
        name="merge-field",
        reason="a field nobody filled; a name is written by hand",
        example="Dear {{first_name}},",
        refuses=True,
    ),
    Rule(
        name="salutation",
        reason="the salutation is written by pen unless you ask for it in print",
        example="Dear Robin,",
    ),
    Rule(
        name="hundreds",
        reason="this sounds as if it had been sent to hundreds",
        example="We hope this card finds you well",
    ),
    Rule(
        name="boast",
        reason="praise of one’s own makes a friend an audience; news is for the pen",
        example="Our Tim got into Harvard",
    ),
    Rule(
        name="plural",
        reason="a family’s name has no apostrophe in its plural",
        example="Merry Christmas from the Smith’s",
    ),
    Rule(
        name="again",
        reason="they have read this sentence before, or their family reads it too",
        example="a sentence of last year’s card, or of their sister’s",
    ),
    Rule(
        name="jolly",
        reason="too jolly for a careful year or a condolence",
        example="Have a holly jolly Christmas",
    ),
    Rule(
        name="length",
        reason="so many words in type make it a circular; the lines belong to your pen",
        example="a printed letter of more than 200 letters",
    ),
    Rule(
        name="shout",
        reason="quiet words need no more than an exclamation mark or two",
        example="Happy New Year!!!",
    ),
)
RULE_OF = {rule.name: rule for rule in RULES}
SWITCHED = tuple(rule.name for rule in RULES if not rule.is_law)  # what may be switched off


def example_of(rule: Rule, tag: str) -> str:
    """Return a line the rule speaks of, in a language (a BCP 47 tag) where it has one, else in English."""
    words = language(tag).tone
    return words.examples.get(rule.name, rule.example) if words else rule.example


def check_switched(names: Iterable[str]) -> frozenset[str]:
    """Return rules that are to be switched off. Raises `UsageError` for one that is none, or a law."""
    off = frozenset(names)
    for name in sorted(off):
        if name in RULE_OF and name not in SWITCHED:
            raise UsageError(
                f"The rule {name} cannot be switched off: names and signatures are ink.",
                hint=f"These can: {', '.join(SWITCHED)}.",
            )
        if name not in RULE_OF:
            raise UsageError(
                f'There is no rule "{name}".',
                hint=f"There are {', '.join(SWITCHED)}: relcard template check --rules says what they are.",
            )
    return off

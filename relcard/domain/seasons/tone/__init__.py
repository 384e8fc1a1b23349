"""How printed words sound: which tone a household gets, and what no greeting card may say in type.

A typeset signature and a typeset name are refused, because both belong to the pen; what merely sounds
processed is a remark the writer may overrule. `rules` has them all with their reasons; the words by which
they find something are the languages'.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.tone.phrases import find_phrases
from relcard.domain.seasons.tone.repeats import find_repeats
from relcard.domain.seasons.tone.rules import RULE_OF
from relcard.domain.seasons.tone.signatures import find_names
from relcard.domain.seasons.tone.signatures import find_signature
from relcard.domain.seasons.tone.signatures import sender_alone
from relcard.domain.seasons.tone.signatures import signs_for_an_office
from relcard.domain.seasons.tone.signatures import words_of
from relcard.errors import InkContractError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.seasons.tone.repeats import Before


class Tone(Enum):
    """How much the printed words say."""

    PLAIN = "plain"
    WARM = "warm"


def tone_for(circle: Circle, *, careful: bool) -> Tone:
    """Return the tone for a household; plain in its careful year, the twelve months after a death in it.

    Warm words are for those who are near: for a wide circle they would be put on, and to the bereaved
    cheerful ones are unkind.
    """
    return Tone.PLAIN if careful or circle.nearness >= Circle.WIDE.nearness else Tone.WARM


class Reader(NamedTuple):
    """What is known beside the words: who reads the card, and who sends it.

    `language` is the card's (BCP 47). `names` and `sender_names` are given and family names, each by itself,
    of the household and of the sender. `salutation` is the one line that may hold names: what the user asked
    to have printed, else "". A word the unedited `template` prints for everybody is no name ("Noël" in
    "Joyeux Noël"), but a last line of nothing but the sender's names signs there too. `careful` says that the
    household is in a careful year, `before` what its people have read; rules that are `off` say nothing.
    """

    language: str
    names: Sequence[str] = ()
    sender_names: Sequence[str] = ()
    salutation: str = ""
    template: Printed | None = None
    careful: bool = False
    before: Sequence[Before] = ()
    off: frozenset[str] = frozenset()


class Remark(NamedTuple):
    """Something in the printed words that wants a second look: the rule, the line, and why.

    `refusal` says in a sentence why the card is not printed with it, "" where it may be.
    """

    rule: str
    line: str
    reason: str
    refusal: str = ""


def check_tone(printed: Printed, reader: Reader) -> list[Remark]:
    """Return remarks on words that sound processed; refuse what belongs to the pen.

    Raises `InkContractError` for a signature, a name or a field that was to be filled by a machine.
    """
    remarks = list(read_tone(printed, reader))
    for remark in remarks:
        if remark.refusal:
            raise InkContractError(remark.refusal, hint=_BY_PEN)
    return remarks


_BY_PEN = "Take it out of the print and write it by hand: relcard draft edit WHO"


def read_tone(printed: Printed, reader: Reader) -> Iterator[Remark]:
    """Yield everything the rules say of the words, what is refused as well as what is remarked."""
    asked = reader.salutation.strip()
    sides = [
        tuple(line.strip() for line in text.split("\n") if line.strip() and line.strip() != asked)
        for text in (printed.front, printed.inside)
    ]
    for lines in sides:
        yield from _signatures(lines, reader)
    for lines in sides:
        yield from _names(lines, reader)
    for lines in sides:
        yield from _phrases(lines, reader)
    if reader.before and "again" not in reader.off:
        yield from _repeats(sides, reader)


def _signatures(lines: tuple[str, ...], reader: Reader) -> Iterator[Remark]:
    signature = find_signature(lines, reader.language) or sender_alone(lines, tuple(reader.sender_names))
    if signature:
        yield _refused("signature", signature, f'"{signature}" is a signature, and a signature is ink.')


def _names(lines: tuple[str, ...], reader: Reader) -> Iterator[Remark]:
    """Yield the lines that sign for an office, or hold a name of other words than the template prints."""
    common = words_of(reader.template) if reader.template else frozenset()
    for line in lines:
        if signs_for_an_office(line):
            yield _refused("signature", line, f'"{line}" signs for somebody, and a signature is ink.')
        for name in find_names(line, (*reader.names, *reader.sender_names), common):
            yield _refused("name", line, f'The name {name} stands in "{line}"; names are ink.')


def _refused(rule: str, line: str, refusal: str) -> Remark:
    return Remark(rule=rule, line=line, reason=RULE_OF[rule].reason, refusal=refusal)


def _phrases(lines: tuple[str, ...], reader: Reader) -> Iterator[Remark]:
    for name, line in find_phrases(lines, reader.language, careful=reader.careful):
        if name not in reader.off:
            rule = RULE_OF[name]
            refusal = f'"{line}" has a field that nobody filled.' if rule.refuses else ""
            yield Remark(rule=name, line=line, reason=rule.reason, refusal=refusal)


def _repeats(sides: Sequence[tuple[str, ...]], reader: Reader) -> Iterator[Remark]:
    template = reader.template or Printed()
    common = f"{template.front}\n{template.inside}".split("\n")
    for lines in sides:
        for line, where in find_repeats(lines, reader.before, common).items():
            yield Remark(rule="again", line=line, reason=where)

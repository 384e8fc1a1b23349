"""How printed words sound: which tone a household gets, and what no greeting card may say in type.

A typeset signature and a typeset name are refused, because both belong to the pen; what merely sounds as if
it had been sent to hundreds is a remark the writer may overrule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import fold
from relcard.errors import InkContractError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.seasons.draft import Printed


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something in the printed words that wants a second look: the line, and why."""

    line: str
    reason: str


_WORD = re.compile(r"[^\W\d_]+")


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


# How a sender ends, in the languages of the packaged templates; English, German, Polish, French.
_CLOSING = _any(
    r"(?:with )?(?:all |much |lots of )?(?:my |our )?love(?: from)?|(?:with )?(?:kind|best|warm) regards",
    r"yours(?: sincerely| faithfully| truly| ever)?|sincerely(?: yours)?|fondly",
    r"(?:(?:mit )?(?:lieben?|herzlichen?|besten?|viele|freundlichen?) )?grü(?:ß|ss)en?(?: von)?",
    r"herzlichst|in liebe",
    r"z poważaniem|z? ?(?:serdeczn\w+ )?pozdrowieni(?:a|ami)",
    r"bien à (?:toi|vous)|amitiés|(?:bien )?cordialement|affectueusement|(?:grosses )?bises",
)
# What is a closing only when a comma ends it or a name follows: "All the best for the new year" is none.
_HALF_CLOSING = _any(
    r"all the best|best(?: wishes)?|cheers|warmly|from|the family",
    r"alles liebe|dein|deine|euer|eure|ihr|ihre|familie",
    r"twój|twoja|wasz|wasza|wasi|rodzina|od",
    r"la famille|de la part de",
)
_NAMES_LINE = re.compile(r"[Tt]he [A-Z][\w’'-]+(?:s| [Ff]amily)|[–—-] ?[A-ZÀ-ÖØ-Þ].*")
_OFFICE = _any(
    r"\bfrom the (?:offices?|desks?) of\b", r"\bon behalf of\b", r"\bfrom (?:us )?all (?:of us|at)\b"
)
_SALUTATION = _any(
    r"(?:my )?dear(?:est)?|hello|hi|lieb(?:e|er|es)|hallo|sehr geehrter?",
    r"drog[ai]|drodzy|kochan[iay]|szanown[iay]|ch(?:er|ère)s?|bonjour",
)
_FAUX = _any(
    r"\bfinds? you (?:well|all)\b|\byou and (?:yours|your (?:family|loved ones))\b",
    r"\bvalued\b|\bnear and dear\b",
    r"\banother year has\b|\bwhere (?:did|does|has) the (?:year|time)\b",
    r"\bthank you for your (?:business|custom)\b",
    r"\bund (?:deiner|eurer|ihrer) familie\b|\bi (?:twoich|waszych) bliskich\b",
    r"\bà (?:toi et aux tiens|vous et aux vôtres|vous et à votre famille)\b",
)


def check_tone(
    printed: Printed,
    *,
    names: Sequence[str] = (),
    salutation: str = "",
    template: Printed | None = None,
) -> list[Remark]:
    """Return remarks on words that sound sent to hundreds; refuse a typeset signature or name.

    `names` are given and family names, each by itself, of the household and of the sender. `salutation` is
    the one line that may hold names: what the user asked to have printed, else "". A word the unedited
    `template` prints for everybody is no name ("Noël" in "Joyeux Noël"). Raises `InkContractError`.
    """
    asked = salutation.strip()
    lines = {
        part: [line.strip() for line in text.split("\n") if line.strip() and line.strip() != asked]
        for part, text in (("front", printed.front), ("inside", printed.inside))
    }
    for part in lines.values():
        if part and _is_signature(part[-1]):
            raise InkContractError(f'"{part[-1]}" is a signature, and a signature is ink.', hint=_BY_PEN)
    common = _words(template) if template else frozenset()
    every = [line for part in lines.values() for line in part]
    for line in every:
        if _OFFICE.search(line):
            raise InkContractError(f'"{line}" signs for somebody, and a signature is ink.', hint=_BY_PEN)
        for name in _names_in(line, names):
            if not common.issuperset(_WORD.findall(name)):
                raise InkContractError(f'The name {name} stands in "{line}"; names are ink.', hint=_BY_PEN)
    return [
        Remark(line=line, reason=reason)
        for part in lines.values()
        for number, line in enumerate(part)
        for reason in _doubts(line, first=number == 0)
    ]


_BY_PEN = "Take it out of the print and write it by hand: relcard draft edit WHO"


def _is_signature(line: str) -> bool:
    """Whether a last line signs: a closing alone, before a comma or before names; or bare family names."""
    if _NAMES_LINE.fullmatch(line):
        return True
    closing = _CLOSING.match(line)
    if closing and not _goes_on(line[closing.end() :]):
        return True
    half = _HALF_CLOSING.match(line)
    return half is not None and half.end() < len(line) and not _goes_on(line[half.end() :], names_only=True)


def _goes_on(rest: str, *, names_only: bool = False) -> bool:
    """Whether a line is more than a closing: what follows begins small, or is not `names_only`."""
    words = _WORD.findall(rest)
    if names_only:
        return any(word.islower() and word not in _BETWEEN_NAMES for word in words)
    return bool(words) and words[0].islower()


_BETWEEN_NAMES = frozenset({"and", "und", "i", "et", "the", "family"})


def _names_in(line: str, names: Sequence[str]) -> Iterator[str]:
    """Yield the words of `line` that are one of `names`, also with an s; "joy" is no Joy."""
    words = _WORD.findall(line)
    folded = [fold(word) for word in words]
    for name in names:
        parts = [fold(part) for part in _WORD.findall(name)]
        forms = [[*parts[:-1], parts[-1] + ending] for ending in ("", "s", "es")] if parts else []
        for start in range(len(words) - len(parts) + 1):
            here = words[start : start + len(parts)]
            if folded[start : start + len(parts)] in forms and not all(word.islower() for word in here):
                yield " ".join(here)


def _doubts(line: str, *, first: bool) -> Iterator[str]:
    if "!" in line or "¡" in line or "！" in line:
        yield "quiet words need no exclamation mark"
    greeted = _SALUTATION.match(line)
    if first and greeted and line[greeted.end() :].lstrip()[:1].isupper() and line[greeted.end()] == " ":
        yield "the salutation is written by pen unless you ask for it in print"
    if _FAUX.search(line):
        yield "this sounds as if it had been sent to hundreds"


def _words(printed: Printed) -> frozenset[str]:
    return frozenset(_WORD.findall(f"{printed.front} {printed.inside}"))

"""A draft: the few printed words of a greeting card, and the file in which a person edits them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.text import quoted
from relcard.errors import InkContractError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.domain.printing.room import Room

_SEPARATOR = "---"
_COMMENT = "#"


@dataclass(frozen=True, slots=True)
class Printed:
    """The printed words of one greeting card; lines are separated by newlines, either may be empty.

    Spaces at line ends and blank lines around the words are dropped, letters are composed (NFC). A line of
    `---` or one that begins with # is refused with `UsageError`: it could not be kept in the file that
    `draft edit` opens.
    """

    front: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        for part in ("front", "inside"):
            words = _tidy(getattr(self, part))
            for line in words.split("\n"):
                if line == _SEPARATOR or line.startswith(_COMMENT):
                    raise UsageError(
                        f'A printed line cannot be "{line}": --- and # have a meaning in a draft\'s file.',
                        hint="Begin the line with another character.",
                    )
            object.__setattr__(self, part, words)

    @property
    def front_only(self) -> Printed:
        """The same front, and an inside that belongs to the pen."""
        return Printed(self.front)


def check_printed(printed: Printed, room: Room, *, who: str = "") -> None:
    """Refuse words on an inside that belongs to the pen, and characters that are no words.

    Raises `InkContractError`, and `UsageError` for a control character: paper has no use for it, and dropped
    in silence it would leave its arguments on the greeting card.
    """
    words = f"{printed.front}{printed.inside}".replace("\n", "")
    for letter in "" if words.isprintable() else words:
        if unicodedata.category(letter) == "Cc":
            raise UsageError(
                f"A control character (U+{ord(letter):04X}) stands among the printed words.",
                hint="Take it out; an editor often shows it as ^ and a letter.",
            )
    if printed.inside and room.is_whole_inside:
        step = f"relcard draft edit {quoted(who)}" if who else "relcard draft edit WHO"
        raise InkContractError(
            "The whole inside belongs to the pen, and there are printed words in it.",
            hint=f"Keep the words on the front: {step}",
        )


def format_draft(printed: Printed, *, aside: str = "") -> str:
    """Return the text file a person edits: the front, a line of ---, the inside, then what is never printed.

    Each line of `aside` begins with # in the file, so that a crib beside the words cannot become one of them.
    """
    guide = "Above the line of --- stands the front of the card, below it the inside.\n"
    guide += "Lines that begin with # are never printed."
    remarks = [f"# {line}".rstrip() for line in (f"{guide}\n\n{aside}" if aside else guide).splitlines()]
    return "\n".join([printed.front, _SEPARATOR, printed.inside, "", *remarks, ""])


def parse_draft(text: str) -> Printed:
    """Read a draft file back. Raises `UsageError` unless exactly one line of --- stands in it."""
    lines = [line.rstrip() for line in _newlines(text).split("\n") if not line.startswith(_COMMENT)]
    if lines.count(_SEPARATOR) != 1:
        raise UsageError(
            f"A draft has one line of ---, between front and inside; here are {lines.count(_SEPARATOR)}.",
            hint="Put a line of three hyphens between the words of the front and those of the inside.",
        )
    middle = lines.index(_SEPARATOR)
    return Printed("\n".join(lines[:middle]), "\n".join(lines[middle + 1 :]))


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", _newlines(text)).split("\n")]
    return "\n".join(lines).strip("\n")


def _newlines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")

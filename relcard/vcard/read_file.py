"""How the files of one import are read: vCards and spreadsheets alike come out as vCards."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import cast

from relcard.domain.people.typed_address import with_addresses_apart
from relcard.errors import FileError
from relcard.errors import Problem
from relcard.vcard.assemble import no_code
from relcard.vcard.read import parse_card
from relcard.vcard.split import CHUNK
from relcard.vcard.split import split_cards

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date
    from typing import BinaryIO

    from relcard.vcard.read import ParsedCard
    from relcard.vcard.split import RawCard

LARGEST_WORKBOOK = 64 * 1024 * 1024  # bytes
_SHEET_NAMES = (".csv", ".tsv")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # how .xlsx and .ods begin, and an .xls


class TakenColumn(NamedTuple):
    """A column of a spreadsheet, what it was taken for, and the first thing it says."""

    source: str
    column: str
    means: str
    example: str


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the files of one import.

    `choices` say what columns of spreadsheets are, over any guess; `encoding` is for text that is no UTF-8
    and names no other character set; `code_of` gives the ISO 3166-1 code of a country as people write it;
    a year in two digits is the last that `today` has seen. `columns` fills with what the columns of the
    spreadsheets read so far were taken for.
    """

    choices: tuple[str, ...] = ()
    encoding: str = ""
    code_of: Callable[[str], str] = no_code
    today: date | None = None
    columns: list[TakenColumn] = field(default_factory=list)

    def cards(self, stream: BinaryIO, *, source: str, problems: list[Problem]) -> Iterator[RawCard]:
        """Yield every vCard of a file, or every row of a spreadsheet as one. What is neither is a problem.

        Raises `UsageError` when a choice names a column that is not there.
        """
        head = stream.read(CHUNK)
        again = cast("BinaryIO", _WholeStream(head, stream))
        if head.startswith(_WORKBOOKS):
            # 50 ms, and most files are vCards.
            from relcard.vcard.spreadsheet.workbook import read_workbook  # noqa: PLC0415

            data = head + stream.read(LARGEST_WORKBOOK)
            try:
                sheet = read_workbook(data, source=source, problems=problems, choices=self.choices)
            except FileError as error:
                problems.append(Problem(source, 1, "", f"{error} {error.hint}"))
                return iter(())
        elif self._is_spreadsheet(head, source):
            from relcard.vcard.spreadsheet.csv_file import read_spreadsheet  # noqa: PLC0415  as above

            sheet = read_spreadsheet(
                again, source=source, problems=problems, choices=self.choices, encoding=self.encoding
            )
        else:
            return split_cards(again, source=source, problems=problems)
        taken = zip(sheet.columns, sheet.examples(), strict=True)
        self.columns += [TakenColumn(source, one.header.strip(), one.means, said) for one, said in taken]
        return sheet.cards(code_of=self.code_of, today=self.today)

    def parse(
        self, card: RawCard, *, source: str, photo_places: Sequence[tuple[int, int]] = ()
    ) -> ParsedCard:
        """Understand one vCard, as `parse_card` does, and read its addresses apart.

        What a row's problems name is the line of the row.
        """
        parsed = parse_card(
            card, source=source, encoding=self.encoding, code_of=self.code_of, photo_places=photo_places
        )
        if parsed.contact is not None and parsed.contact.addresses:
            contact, apart = with_addresses_apart(parsed.contact, code_of=self.code_of)
            parsed = parsed._replace(contact=contact, addresses=apart) if apart else parsed
        if self.today is not None and _has_year_to_come(parsed, self.today):
            parsed = _without_years_to_come(parsed, self.today, Problem(source, card.line, "", ""))
        if card.is_row and parsed.problems:
            problems = tuple(one._replace(line=card.line) for one in parsed.problems)
            return parsed._replace(problems=problems)
        return parsed

    def _is_spreadsheet(self, head: bytes, source: str) -> bool:
        if b"BEGIN:VCARD" in head[:4096].upper():
            return False
        # 41 ms, and most files are vCards.
        from relcard.vcard.spreadsheet.csv_file import HEAD  # noqa: PLC0415
        from relcard.vcard.spreadsheet.csv_file import is_spreadsheet  # noqa: PLC0415

        named = source.lower().endswith(_SHEET_NAMES) or bool(self.choices)
        return (named and b"\x00" * 8 not in head) or is_spreadsheet(head[:HEAD])


def _has_year_to_come(parsed: ParsedCard, today: date) -> bool:
    """Whether a card has an occasion of a later year: of thousands hardly any has."""
    days = parsed.contact.occasions if parsed.contact is not None else ()
    return any((day.date.year or 0) > today.year for day in days)


def _without_years_to_come(parsed: ParsedCard, today: date, problem: Problem) -> ParsedCard:
    """Read a birthday whose year is after this one without it, and say so in the like of `problem`."""
    contact = parsed.contact
    if contact is None or not contact.occasions:
        return parsed
    days = tuple(day.without_year_after(today.year) for day in contact.occasions)
    late = [str(day.date) for day, known in zip(contact.occasions, days, strict=True) if day != known]
    if not late:
        return parsed
    message = f'the birthday "{late[0]}" is still to come - read without its year'
    return parsed._replace(
        contact=contact._replace(occasions=days),
        problems=(*parsed.problems, problem._replace(name=contact.display_name, message=message)),
    )


class _WholeStream:
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Return at most that many bytes; fewer before the end where the beginning ends."""
        if not self._head:
            return self._stream.read(size)
        head, self._head = self._head[:size], self._head[size:]
        return head

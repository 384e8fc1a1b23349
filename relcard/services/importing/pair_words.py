"""The words of a pair's page, the same on the full screen and line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.domain.importing.differences import DIFFERS
from relcard.domain.importing.differences import ComparedLine
from relcard.domain.importing.differences import address_in_words
from relcard.services.importing.triage_queue import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.importing.differences import Side
    from relcard.services.importing.pair_sitting import PairAnswer
    from relcard.services.importing.pair_sitting import PairPage
    from relcard.services.importing.pair_sitting import PairSitting
    from relcard.store.merges import Origin
    from relcard.store.relationships import CardsOfYears

_CALLED = {"organisation": "work", "phonetic": "say it", "remembrance": "died", "anniversary": "wedding"}


class PairLine(NamedTuple):
    """One line of two contacts; where they differ the mark is a number, and `side` says who would stand."""

    mark: str
    label: str
    values: tuple[str, str]
    side: Side | None


def lines_of(sitting: PairSitting, page: PairPage, today: date) -> Iterator[PairLine]:
    """Yield the lines of a pair: name and household first, and last where each came from."""
    number = 0
    for line in _compared(page, today):
        differs = line.mark == DIFFERS
        number += differs
        yield PairLine(
            mark=str(number) if differs else line.mark,
            label=_CALLED.get(line.label, line.label.rpartition(".")[2]),
            values=(line.first, line.second),
            side=sitting.take.get(line.label) if differs else None,
        )


def _compared(page: PairPage, today: date) -> Iterator[ComparedLine]:
    names, *rest = page.compared.lines
    yield names
    yield ComparedLine("household", *page.households, "")
    yield from rest
    years = [_years_in_words(years) for years in page.years]
    if any(years):
        yield ComparedLine("cards", years[0], years[1], "")
    came_from = [_origins_in_words(origins, today) for origins in page.compared.origins]
    yield ComparedLine("from", came_from[0], came_from[1], "")


def _years_in_words(years: CardsOfYears) -> str:
    told = [
        f"{word} {len(several)}, last {several[-1]}"
        for word, several in (("sent", years.sent), ("came", years.came))
        if several
    ]
    return " · ".join(told)


def _origins_in_words(origins: Sequence[Origin], today: date) -> str:
    told = (f"{origin.source}, {short_day(origin.imported_on, beside=today)}" for origin in origins)
    return " · ".join(told) or "you"


def outcome_of(sitting: PairSitting, page: PairPage) -> str:
    """Return what a merge would make: the name, who stays with it, and where its cards would go."""
    whole = sitting.outcome()
    if whole is None:
        return ""
    before = {relation.name for side in page.compared.wholes for relation in side.contact.relations}
    beside = [relation.name for relation in whole.contact.relations if relation.name not in before]
    address = whole.contact.address
    told = (
        whole.contact.display_name,
        f"{' and '.join(beside)} stays in the household" if beside else "",
        f"cards go to {address_in_words(address)}" if address else "no address is known",
    )
    return plain(" · ".join(filter(None, told)))


def answered(given: PairAnswer) -> str:
    """Return the sentence that an answer was kept."""
    names = dict.fromkeys(plain(twin.name) for twin in (given.pair.a, given.pair.b))
    return f"{' and '.join(names)}: {given.verdict.value}"

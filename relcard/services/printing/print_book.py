"""The address book on paper: households by surname with their people, birthdays and phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.dates import known_day
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.text import fold
from relcard.paper.documents.address_book import BookEntry
from relcard.paper.documents.address_book import draw_address_book
from relcard.services.people.name_households import name_households
from relcard.services.people.read_households import read_households
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why
from relcard.services.seasons.read_years import read_years
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.dates import PartialDate
    from relcard.domain.printing.card_size import Page
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection


def print_book(
    db: Connection,
    household_ids: Sequence[int] | None,
    standpoint: Standpoint,
    *,
    page: Page,
    years: Sequence[int] = (),
    booklet: bool = False,
) -> PrintRun:
    """Draw some households, or all with None, by surname; where all have died they are left out and named.

    `years` are those whose cards stand on it, sent and came; a `booklet` is folded from sheets of the page.
    """
    shelves = {home.id: home.shelf for home in name_households(db, household_ids, standpoint)}
    views = sorted(read_households(db, household_ids, standpoint), key=lambda view: shelves[view.id])
    living = [view for view in views if view.is_lived_in]
    phones = contacts.phones(db, [member.contact_id for view in living for member in view.living])
    cards = {row.id: row.cells for row in read_years(db, household_ids, standpoint, years)} if years else {}
    entries = [
        BookEntry(
            name=view.addressee,
            address=view.address_lines,
            people=tuple(_people(view, phones)),
            years=" · ".join(
                f"{year} {cards[view.id][year].mark}"
                for year in (years if view.id in cards else ())
                if cards[view.id][year].mark
            ),
        )
        for view in living
    ]
    drawn = draw_address_book(entries, page=page, with_years=bool(years), booklet=booklet)
    left_out = (
        Skipped(view.addressee, NOBODY_LIVING, Why.NOBODY_LIVING) for view in views if not view.is_lived_in
    )
    refused = (Skipped(refusal.who, refusal.reason) for refusal in drawn.refused)
    return PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=(*left_out, *refused))


def _people(view: HouseholdView, phones: Mapping[int, tuple[str, ...]]) -> Iterator[str]:
    """Yield a line for each who lives: name, birthday as far as it is known, phones.

    A household of one has its name above already; a name alone that stands above is no line either.
    """
    above = set(fold(view.addressee).split())
    people = [
        (member.name, _birthday_and_phones(member.born, phones.get(member.contact_id, ())))
        for member in (*view.living, *view.living_pets)
    ]
    people += [
        (other.name, _birthday_and_phones(other.born, ())) for other in view.named if other.died_on is None
    ]
    for name, told in people:
        stands_above = all(word in above for word in fold(name).split() if word.isalnum())
        if told or not stands_above:
            is_named = name == view.addressee or (stands_above and len(people) == 1)
            yield " · ".join(filter(None, ("" if is_named else name, told)))


def _birthday_and_phones(born: PartialDate | None, numbers: Sequence[str]) -> str:
    return " · ".join(filter(None, (known_day(born) if born else "", *numbers)))

"""Stamps to buy for the envelopes still to be posted: how many for where, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard import postal
from relcard.domain.printing.postage import destination
from relcard.domain.printing.postage import surcharge
from relcard.domain.seasons.card_order import PILES
from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.seasons.season import State
from relcard.postal.checks import lacks_country
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.postage import Destination
    from relcard.domain.printing.postage import Surcharge
    from relcard.domain.printing.postage import Tariff
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """Envelopes that take the same stamp.

    `country` is set where a country has a price of its own. `each` is in hundredths of the currency, None
    while nobody has said. `countries` has how many go to each, by code; `numbers` are those of the cards.
    """

    going: Destination
    country: str
    countries: tuple[tuple[str, int], ...]
    numbers: tuple[int, ...]
    each: int | None

    @property
    def envelopes(self) -> int:
        """How many stamps to buy."""
        return len(self.numbers)

    @property
    def sum(self) -> int | None:
        """What they come to."""
        return None if self.each is None else self.each * self.envelopes


@dataclass(frozen=True, slots=True, kw_only=True)
class StampCount:
    """Everything to be bought; `posted` envelopes have their stamp, and `skipped` ones nobody can count.

    `dearer` is why each envelope takes `extra` on top; `extra` is None while nobody has said how much.
    """

    stamps: tuple[Stamps, ...]
    dearer: Surcharge | None
    extra: int | None
    posted: int
    skipped: tuple[Skipped, ...]

    @property
    def envelopes(self) -> int:
        """How many are still to be posted."""
        return sum(pile.envelopes for pile in self.stamps)

    @property
    def extra_sum(self) -> int | None:
        """What all envelopes take on top, None while nobody has said how much."""
        return None if self.extra is None else self.extra * self.envelopes

    @property
    def total(self) -> int | None:
        """What all of it comes to, None while a price is missing."""
        sums = [pile.sum for pile in self.stamps]
        if self.dearer:
            sums.append(self.extra_sum)
        known = [amount for amount in sums if amount is not None]
        return sum(known) if len(known) == len(sums) else None


def count_stamps(
    recipients: Sequence[Recipient], tariff: Tariff, *, sender_country: str, width: float, height: float
) -> StampCount:
    """Count the stamps of envelopes of a size in mm, by hand or by label; the far ones come first.

    `sender_country` is the country they are posted in.
    """
    numbers: dict[tuple[Destination, str], list[int]] = {}
    countries: dict[tuple[Destination, str], dict[str, int]] = {}
    skipped: list[Skipped] = []
    posted = 0
    for recipient in recipients:
        view = recipient.household
        if recipient.row is not None and recipient.row.state == State.POSTED.value:
            posted += 1
        elif uncounted := _uncounted(view, sender_country):
            skipped.append(uncounted)
        else:
            going = destination(sender_country, view.country)
            own = view.country if view.country in tariff.prices.keys() - {sender_country} else ""
            numbers.setdefault((going, own), []).append(recipient.number)
            there = countries.setdefault((going, own), {})
            there[view.country] = there.get(view.country, 0) + 1
    dearer = surcharge(sender_country, width, height)
    return StampCount(
        stamps=tuple(
            Stamps(
                going=going,
                country=own,
                countries=tuple(sorted(countries[going, own].items(), key=_most_first)),
                numbers=tuple(sorted(numbers[going, own])),
                each=tariff.each(going, own),
            )
            for going, own in sorted(numbers, key=_far_first)
        ),
        dearer=dearer,
        extra=tariff.prices.get(dearer.shape.value) if dearer else None,
        posted=posted,
        skipped=tuple(skipped),
    )


def _uncounted(view: HouseholdView, sender_country: str) -> Skipped | None:
    """Return why nobody knows which stamp an envelope takes, or None."""
    if not view.is_lived_in:
        return Skipped(view.addressee, NOBODY_LIVING, Why.NOBODY_LIVING)
    if view.address is None:
        return Skipped(view.addressee, "no address", Why.NO_ADDRESS)
    if not view.country:
        named = view.address.country.strip()
        return Skipped(view.addressee, f'no country is called "{named}"', Why.NO_COUNTRY)
    if lacks_country(view.address, sender_country=sender_country):
        return Skipped(view.addressee, "no country", Why.NO_COUNTRY)
    return None


def _far_first(key: tuple[Destination, str]) -> tuple[int, bool, str]:
    going, own = key
    return PILES.index(going), bool(own), postal.country_name(own) if own else ""


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]

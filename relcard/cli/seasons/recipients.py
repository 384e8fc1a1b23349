"""Who of a season is meant: all of it, names, or the numbers on label and crib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import who
from relcard.domain.seasons.card_order import read_numbers
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.services.seasons.read_season import read_season

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.seasons.card_order import CardOrder
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


def recipients_of(
    desk: Desk, db: Connection, season: SeasonRow, order: CardOrder | None = None
) -> list[Recipient]:
    """Return the recipients of a season in the agreed order, with the user's settings."""
    return read_season(
        db, season, desk.standpoint, order or desk.settings.order, regardless=order is not None
    )


def some_recipients(
    desk: Desk, db: Connection, season: SeasonRow, who_: tuple[str, ...], order: CardOrder | None = None
) -> list[Recipient]:
    """Return the recipients of a season meant by WHO, or all of them without WHO, in the agreed order."""
    recipients = recipients_of(desk, db, season, order)
    if not who_:
        return recipients
    ids = households_meant(db, season, recipients, who_)
    known = {recipient.household.id for recipient in recipients}
    for household_id, words in ids.items():
        if household_id not in known:
            raise NotFoundError(
                f"'{words}' is not in {season.name}.",
                hint=f"Put them in: relcard season add {quoted(words)}. A card beside it: --for OCCASION",
            )
    return [recipient for recipient in recipients if recipient.household.id in ids]


def households_meant(
    db: Connection, season: SeasonRow, recipients: list[Recipient], who_: tuple[str, ...]
) -> dict[int, str]:
    """Return the households meant by names or by the numbers on label and crib, each with the words for it.

    Raises `NotFoundError` for a number that the season does not have, and `UndecidedError` for one that two
    have: each was printed on another laptop.
    """
    meant: dict[int, str] = {}
    by_number: dict[int, list[Recipient]] = {}
    for recipient in recipients:
        by_number.setdefault(recipient.number, []).append(recipient)
    last = max(by_number, default=0)
    for words in who_:
        numbers = read_numbers(words)
        for span in numbers:
            there = [number for number in span if number in by_number]
            if span[0] < 1 or span[-1] > last or not there:
                raise NotFoundError(
                    _no_number(span, last, season.name),
                    hint="relcard season list names whom each number is for.",
                )
            meant.update((_only_one(by_number[number], season).household.id, words) for number in there)
        if not numbers:
            meant.setdefault(who.one_household(db, words), words)
    return meant


def _only_one(several: list[Recipient], season: SeasonRow) -> Recipient:
    if len(several) > 1:
        raise UndecidedError(
            f"Number {several[0].number} of {season.name} is on paper for {len(several)} households.",
            candidates=tuple(f"h{each.household.id} {each.household.addressee}" for each in several),
            hint="Name which is meant: h12, or a name.",
        )
    return several[0]


def _no_number(span: range, last: int, season: str) -> str:
    """Say that a season has not all of these numbers; who had one up to the last came off."""
    if 1 <= span[0] <= span[-1] <= last:
        return f"Number {span[0]} of {season} is nobody's any more: who had it came off the season."
    beyond = span[0] if span[0] < 1 or span[0] > last else last + 1
    known = f"1 to {last}" if last else "no numbers yet"
    return f"There is no number {beyond} in {season}; it has {known}."

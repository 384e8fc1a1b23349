"""The bought paper relcard knows by name: sheets of labels, envelopes, greeting card paper (stock.toml)."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.printing.stock import CardStock
from relcard.domain.printing.stock import Envelope
from relcard.domain.printing.stock import Stock
from relcard.domain.printing.stock import match_stock
from relcard.domain.printing.stock import name_key
from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping


@cache
def _table() -> Mapping[str, list[dict[str, Any]]]:
    with Path(__file__).with_name("stock.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def all_stock() -> tuple[Stock, ...]:
    """Return every sheet of labels we know, in the order of the table."""
    return tuple(Stock(**row) for row in _table()["labels"])


@cache
def all_envelopes() -> tuple[Envelope, ...]:
    """Return every envelope we know, in the order of the table."""
    return tuple(Envelope(**row) for row in _table()["envelopes"])


@cache
def all_card_stock() -> tuple[CardStock, ...]:
    """Return every greeting card paper we know, in the order of the table."""
    return tuple(CardStock(**row) for row in _table()["cards"])


def find_stock(name: str) -> Stock:
    """Return the sheet of our table called `name`: part alone or with its brand.

    Raises `NotFoundError` with the nearest names. The user's own sheets are in the store, and
    `services.find_stock` knows of those too.
    """
    stock = match_stock(name, all_stock())
    if stock is None:
        raise unknown_stock(name, all_stock())
    return stock


def unknown_stock(name: str, among: Iterable[Stock], *, listing: str = "relcard stock list") -> NotFoundError:
    """Return the refusal of a name that no sheet has, with the nearest of those that `listing` shows."""
    if match_envelope(name) is not None:
        return NotFoundError(
            f'"{name}" is an envelope, not a sheet of labels.', hint="Use it with: relcard print envelopes"
        )
    parts: dict[str, str] = {}
    for stock in among:
        parts.setdefault(name_key(stock.part), stock.part)
    return NotFoundError(f'No label sheet is called "{name}".', hint=_nearest(name, parts, listing))


def match_card_stock(name: str) -> CardStock | None:
    """Return the greeting card paper called `name`, whatever the case, spaces and hyphens."""
    return next((paper for paper in all_card_stock() if name_key(paper.name) == name_key(name)), None)


def match_envelope(name: str) -> Envelope | None:
    """Return the envelope called `name`, whatever the case, spaces and signs: `#10`, `no10`, `c6`, `DL`."""
    return _envelope_names().get(name_key(name))


def find_envelope(name: str) -> Envelope:
    """Return the envelope called `name`. Raises `NotFoundError` with the nearest names."""
    envelope = match_envelope(name)
    if envelope is None:
        names = {name_key(other.name): other.name for other in all_envelopes()}
        raise NotFoundError(
            f'No envelope is called "{name}".', hint=_nearest(name, names, "relcard stock list")
        )
    return envelope


@cache
def _envelope_names() -> dict[str, Envelope]:
    names: dict[str, Envelope] = {}
    for envelope in all_envelopes():
        for spelling in _spellings(envelope.name):
            names.setdefault(name_key(spelling), envelope)
    return names


def _spellings(name: str) -> Iterator[str]:
    """Yield an envelope's name, then the halves of one like "C6/C5 (DL+)"."""
    yield name
    before, bracket, inside = name.partition(" (")
    if bracket:
        yield before
        yield inside


def _nearest(name: str, names: Mapping[str, str], listing: str) -> str:
    near = [names[key] for key in get_close_matches(name_key(name), names, n=4, cutoff=0.5)]
    if not near:
        return f"All of them: {listing}"
    return f"The nearest are {', '.join(near)}. All of them: {listing}"

from __future__ import annotations

import asyncio
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import uvicorn

from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.card_order import CardOrder
from relcard.paper.stock.known import find_stock
from relcard.services.printing.print_addresses import OnLabels
from relcard.services.printing.print_addresses import print_labels
from relcard.services.printing.print_plan import PreflightReport
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.read_season import read_season
from relcard.web.application import application
from relcard.web.connections import uvicorn_settings
from relcard.web.house import House
from relcard.web.house import Writing
from relcard.web.pairing import Grant
from relcard.web.serving import LOOPBACK
from relcard.web.serving import listen
from relcard.web.store_access import StoreAccess
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.visitor import HOST
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from relcard.services.printing.print_run import PrintRun
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow
    from tests.support.book import Book


def _labels(db: Connection, season: SeasonRow) -> PrintRun:
    recipients = read_season(db, season, STANDPOINT)
    return print_labels(
        db, recipients, OnLabels(stock=find_stock("L7160")), season_id=season.id, today=TODAY
    ).run


WRITING = Writing(
    lambda season: Wanted(occasion=season.occasion, on=season.season.day, size=A6, hand=Hand()),
    CardOrder.POST_BY,
    {"labels": _labels, "crib": _labels},
    lambda _, __: PreflightReport(remarks=(), notes=()),
)


@pytest.fixture
def house(book: Book, store_path: str) -> House:
    """Return the page of a store with a few people in it."""
    book.imported(
        card("Ada Oak", "BDAY:1980-11-23", street="1 High Street"),
        card("Ben Elm", street="2 Low Road"),
        card("Zoë Żak", street="3 Mill Lane"),
    )
    access = StoreAccess(store_path, lambda: TODAY, lambda today: STANDPOINT._replace(today=today))
    return House(access, WRITING, hosts=[HOST], is_secure=False)


@pytest.fixture
def visitor(house: House) -> Iterator[Callable[[], Visitor]]:
    """Return what makes browsers at that page."""
    with asyncio.Runner() as runner:
        yield lambda: Visitor(house, runner)


@pytest.fixture
def phone(visitor: Callable[[], Visitor]) -> Visitor:
    """Return a paired browser that writes and sees notes."""
    return visitor().paired()


@pytest.fixture
def at_home(house: House) -> Iterator[str]:
    """Serve that page for a real browser and return the link that pairs it: it writes and sees notes."""
    place = listen(LOOPBACK, None)
    served = House(house.access, house.writing, hosts=place.hosts, is_secure=False)
    server = uvicorn.Server(uvicorn.Config(application(served), **uvicorn_settings()))
    thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[place.listener])), daemon=True)
    thread.start()
    code = served.pairing.make(Grant("Marta's phone", writes=True, is_private=True))
    yield f"{served.address}/pair#{code}"
    server.should_exit = True
    thread.join(30)
    place.listener.close()

"""Laptops that share through a real WebDAV server, which answers badly, late, by half or not at all."""

from __future__ import annotations

import random
from contextlib import closing
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.errors import ServerError
from relcard.share import https
from relcard.share.exchange import exchange
from relcard.share.https import Login
from relcard.share.webdav import WebDav
from tests.support.ledger import Killed
from tests.support.ledger import MemoryLedger
from tests.support.webdav import PASSWORD
from tests.support.webdav import USER
from tests.support.webdav import bad_answer
from tests.support.webdav import webdav

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.share.exchange import Exchanged

TODAY = date(2026, 11, 30)
KEY = "AGE-SECRET-KEY-122ZZJ39FFXCNDXCM2APE69LWFS56RVWGQSEGPR8DAM50SCYF3ZHSP7UPQL"
DEVICES = ("1a" * 16, "2b" * 16, "3c" * 16)

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the server's sockets


def test_everything_arrives_whatever_the_server_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dose: Callable[[int, int], int]
) -> None:
    """Three laptops, switched off at any moment, through a server with a fault in two of five answers."""
    monkeypatch.setattr(https, "SILENCE", 5)
    with webdav(tmp_path) as server:
        for seed in range(dose(1, 30)):
            chance = random.Random(seed)  # noqa: S311  no secret
            (tmp_path / str(seed)).mkdir()

            def moment(_: str, chance: random.Random = chance) -> None:
                if chance.random() < 0.1:
                    raise Killed

            ledgers = [MemoryLedger(device, KEY, moment) for device in DEVICES]
            expected = set()
            server.always = lambda method, chance=chance: bad_answer(chance, method)  # type: ignore[misc]
            for turn in range(45):
                ledger = chance.choice(ledgers)
                expected.add(f"step {turn}")
                ledger.do(f"step {turn}")
                with suppress(Killed, ServerError, FileError):
                    _share(ledger, f"{server.url}{seed}")
            server.always = lambda _: None
            for ledger in ledgers:
                ledger.moment = lambda _: None
            outcomes = [_share(ledger, f"{server.url}{seed}") for _ in range(4) for ledger in ledgers]
            assert [ledger.texts() == expected for ledger in ledgers] == [True] * 3, seed
            assert [outcome.remarks for outcome in outcomes[-3:]] == [[]] * 3, seed


def _share(ledger: MemoryLedger, url: str) -> Exchanged:
    with closing(WebDav(url, Login(USER, PASSWORD))) as place:
        return exchange(ledger, place, TODAY)
